"""Things without a value counted, or put, under a word: "guests without a country come under 'unknown'"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in
from workbench.crew.plain.places import fields_beside, made, parts, quoted, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_MISSES = (
    r"\b(?:no|without an?|without|missing|empty|blank)\b[^.;\n]{{0,20}}\b{name}\b"
    r"|\b{name}s? (?:is|are) (?:missing|empty|blank)\b"
)
_UNDER = re.compile(r"\b(?:under|as|for) ['\"]", re.IGNORECASE)
_OTHERWISE = re.compile(r"\b(?:unless|rais\w*|throw\w*|skip\w*|ignor\w*|leav\w*|errors?|not count\w*)\b", re.IGNORECASE)
_STATEMENTS = frozenset({"expression_statement", "assignment_statement", "inc_statement"})
_NUMBERS = re.compile(r"\b(?:int|float|complex|Decimal|bool|Fraction)\b")
_FIELD = re.compile(r"\b\w+\.(\w+)")


def under_a_word(changed: Changed) -> Iterator[Righted]:
    """Yield a key that is a field put under the word that a task quotes where it is nothing."""
    word = _word(changed.task)
    for part in parts(changed) if word else ():
        match part:
            case (
                ast.Assign(targets=[ast.Subscript(slice=ast.Attribute() as key)])
                | ast.AugAssign(target=ast.Subscript(slice=ast.Attribute() as key))
            ) if _misses(changed.task, key.attr):
                same = [
                    one
                    for one in ast.walk(part)
                    if isinstance(one, ast.Attribute) and ast.dump(one.value) == ast.dump(key.value)
                ]
                same = [one for one in same if one.attr == key.attr]
                if not _is_only_there(changed, key, same) or _NUMBERS.search(_type_of(changed, key.attr)):
                    continue
                spans = [spot(changed, one) for one in same]
                if all(spans):
                    new = f'{written(changed, key)} or "{word}"'
                    yield from made(changed, f"`{new}`", *((*span, new) for span in spans if span))


def _is_only_there(changed: Changed, key: ast.Attribute, same: list[ast.Attribute]) -> bool:
    """Return whether nobody else looks at a field: what is put under a word is looked for there, too."""
    return len([one for one in parts(changed) if isinstance(one, ast.Attribute) and one.attr == key.attr]) == len(same)


def _type_of(changed: Changed, name: str) -> str:
    """Return how a field is declared by the one class that does so: 0 is a number like others."""
    return fields_beside(changed, name).get(name, "")


def under_a_word_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same of statements in JavaScript and Go that look at one such field."""
    word = _word(task)
    for node in nodes if word else ():
        said = text(source, node)
        fields = {found[0]: found[1] for found in _FIELD.finditer(said)} if node.type in _STATEMENTS else {}
        named = [whole for whole, name in fields.items() if _misses(task, name)]
        if len(named) != 1 or re.match(rf"{re.escape(named[0])}\b(?! *[!=]=)", said):
            continue
        whole = re.compile(rf"\b{re.escape(named[0])}\b(?!\()")
        if language != "go":
            new = f"{named[0]} || '{word}'"
            yield node, whole.sub(f"({new})", said).replace(f"[({new})]", f"[{new}]")
        elif "[" in said and field(node.parent, "body") is None:
            name = fields[named[0]].lower()
            is_free = name not in names_in(source, nodes)
            steps = (f"{name} := {named[0]}", f'if {name} == "" {{', f'\t{name} = "{word}"', "}", whole.sub(name, said))
            if is_free and (placed := in_its_place(source, node, steps)) is not None:
                yield node, placed


def _word(task: str) -> str:
    """Return the one word under which a task wants things that have no name; nothing where it wants none."""
    words = [one for one in quoted(task) if re.fullmatch(r"[A-Za-z][\w -]*", one)]
    return words[0] if len(words) == 1 and _UNDER.search(task) and not _OTHERWISE.search(task) else ""


def _misses(task: str, name: str) -> bool:
    said = re.escape(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()).replace(r"\ ", " ")
    return re.search(_MISSES.format(name=said), task.lower()) is not None
