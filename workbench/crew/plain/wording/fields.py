"""The values in formatted texts of one line: where they stand, and whether a text that a task shows is what they give.

Python 3.11 does not know where the parts of a formatted text are, so they are found in its text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import class_around, declared_fields, parts, quoted, set_at_the_top
from workbench.crew.slips.righted import FORMATTED, Changed

_PLACE = re.compile(r"\{(?P<value>[^{}:!'\"=]+)(?::(?P<how>[^{}:!'\"]*))?\}")
_ANY = re.compile(r"\{[^{}]*\}")
_TOKEN = re.compile(r"[^\s'\"`,;()]*\d[^\s'\"`,;()]*")


@dataclass(frozen=True)
class Field:
    """A value in a formatted text, with what stands around it there."""

    value: str
    how: str
    begin: int
    end: int
    ahead: str
    behind: str
    quote: str

    @property
    def name(self) -> str:
        """The last name of the value: `total` of `self.total()`."""
        return self.value.removesuffix("()").rpartition(".")[2].strip()

    def formatted(self, how: str) -> tuple[int, int, str]:
        """Return the value formatted in another way, and where."""
        return self.begin, self.end, f"{{{self.value}:{how}}}"


def fields(changed: Changed) -> Iterator[Field]:
    """Yield the values in a function's formatted texts of one line, those with braces of their own left out."""
    # How a value is formatted is a formatted text too, and Python 3.11 has it where the whole stands.
    for begin, end in dict.fromkeys(
        changed.lines.span(one) for one in parts(changed) if isinstance(one, ast.JoinedStr)
    ):
        written = FORMATTED.fullmatch(changed.lines.text[begin:end])
        if written is None or "{{" in written["body"] or "}}" in written["body"]:
            continue
        at = begin + written.start("body")
        for place in _PLACE.finditer(written["body"]):
            yield Field(
                place["value"],
                place["how"] or "",
                at + place.start(),
                at + place.end(),
                written["body"][: place.start()],
                written["body"][place.end() :],
                written["quote"],
            )


def shown_as(changed: Changed, one: Field, number: str) -> Iterator[str]:
    """Yield the numbers, each of a pattern, that a task shows in the place of a value."""
    known = {name: value.value for name, value in set_at_the_top(changed.tree) if isinstance(value, ast.Constant)}
    ahead, behind = (_pattern(text, known, changed.own) for text in (one.ahead, one.behind))
    every = [*quoted(changed.task), *(found.rstrip(".:!?") for found in _TOKEN.findall(changed.task))]
    for text in dict.fromkeys(every):
        found = re.fullmatch(rf"{ahead}(?<!\d)(?P<number>{number})(?!\d){behind}", text)
        if found:
            yield found["number"]


def _pattern(text: str, known: Mapping[str, object], own: set[str]) -> str:
    """Return a pattern of what a part of a formatted text may give."""
    found, at = "", 0
    for place in _ANY.finditer(text):
        name = place[0][1:-1]
        value = known.get(name) if name not in own else None
        found += re.escape(text[at : place.start()]) + (re.escape(value) if isinstance(value, str) else ".+?")
        at = place.end()
    return found + re.escape(text[at:])


def kind_of(changed: Changed, value: str) -> str:
    """Return the type that the file states of a value; nothing where it states none."""
    node = parameters(changed.node).get(value)
    if node is not None:
        return ast.unparse(node.node.annotation) if node.node.annotation and not changed.sets(value) else ""
    holder, _, field = value.partition(".")
    around = class_around(changed)
    return declared_fields(around).get(field, "") if holder == "self" and around is not None else ""
