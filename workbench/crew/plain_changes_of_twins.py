"""What is put into a collection put there once, where the task says what happens if it is there already."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain_places import parts, written
from workbench.crew.slips_righted import Changed, Righted, at_the_top

_TWICE = re.compile(r"\b(?:already|twice|again|duplicates?|a second time|more than once)\b", re.IGNORECASE)
_RAISES = re.compile(r"\b(?:rais\w+|throw\w*|refus\w+ .{0,40}\bwith) an? `?(?P<error>[A-Z]\w*(?:Error|Exception))\b")
_RETURNS = re.compile(r"\breturns? (?P<value>True|False|None)\b")
_NOTHING = re.compile(
    r"\b(?:ignor\w+|nothing|not (?:be )?add\w*|n't (?:be )?add\w*|no more than once|only once|skip\w*)\b"
)


def no_twice(changed: Changed) -> Iterator[Righted]:
    """Yield the function with a question at its beginning whether what it adds is there, and what is done then."""
    if not _TWICE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=held, attr="append" | "add"), args=[ast.Name(id=one)]):
                done = _done(changed.task, one)
                if done and one in changed.names and not _is_asked(changed, one, held):
                    made = at_the_top(changed, [f"if {one} in {written(changed, held)}:", f"    {done}"])
                    yield from [made] if made else []


def _done(task: str, one: str) -> str:
    """Return the statement that a task wants where something is there already; nothing where it wants none."""
    if found := _RAISES.search(task):
        return f'raise {found["error"]}(f"already there: {{{one}}}")'
    if found := _RETURNS.search(task):
        return f"return {found['value']}"
    return "return" if _NOTHING.search(task) else ""


def _is_asked(changed: Changed, one: str, held: ast.expr) -> bool:
    """Return whether a function asks already whether something is in the collection."""
    return any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], ast.In | ast.NotIn)
        and isinstance(part.left, ast.Name)
        and part.left.id == one
        and ast.dump(part.comparators[0]) == ast.dump(held)
        for part in ast.walk(changed.node)
    )
