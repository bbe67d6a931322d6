"""What is put into a collection put there once, where the task says what happens if it is there already."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain_places import parts, put, written
from workbench.crew.slips_righted import Changed, Righted

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
    answers = list(_answers(changed.task))
    for part in parts(changed) if answers else ():
        match part:
            case ast.Call(func=ast.Attribute(value=held, attr="append" | "add"), args=[ast.Name(id=one)]):
                if one in changed.names and not _is_asked(changed, one, held):
                    yield from _asking_first(changed, f"{one} in {written(changed, held)}", one, answers)


def _answers(task: str) -> Iterator[str]:
    """Yield what a task says that is done where something is there already, as statements."""
    if found := _RAISES.search(task):
        yield f'raise {found["error"]}(f"already there: {{{{}}}}")'
    elif found := _RETURNS.search(task):
        yield f"return {found['value']}"
    elif _NOTHING.search(task):
        yield "return"


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


def _asking_first(changed: Changed, test: str, one: str, answers: list[str]) -> Iterator[Righted]:
    body = [
        part for part in changed.node.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
    ]
    lines, first = changed.lines, body[0]
    begin = lines.span(first)[0]
    if lines.text[lines.start(first.lineno) : begin].strip():
        return
    margin = lines.indent(first.lineno)
    for answer in answers:
        done = answer.replace("{{}}", f"{{{one}}}")
        yield from put(changed, f"`if {test}: {done}`", (begin, begin, f"if {test}:\n{margin}    {done}\n{margin}"))
