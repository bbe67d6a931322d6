"""Numbers written with at least so many digits, as a task says or shows: '03.05.2024' and not '3.5.2024'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import text

if TYPE_CHECKING:
    from tree_sitter import Node

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DIGITS = re.compile(r"\b(?P<count>two|three|four|five|six|[2-6])[ -]digits?\b", re.IGNORECASE)
_DECIMALS = re.compile(
    r"\bdigits? (?:behind|after) the (?:point|comma|dot|decimal)|\bdecimals?\b|\bshorten\w*|\bcut\b", re.IGNORECASE
)
_VALUE = re.compile(r"\$\{(?P<value>[^{}]*)\}")
_WRITTEN = re.compile(r"\.(?:padStart|padEnd|toFixed)\(")
_LAST = re.compile(r"([A-Za-z]+)\W*$")
_IN_GO = re.compile(r"(?<!%)%d")


def with_zeros_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield texts with the numbers filled up with zeros that a task names, or else each of its numbers alone."""
    found = _DIGITS.search(task)
    if found is None or _DECIMALS.search(task):
        return
    said = found["count"].lower()
    width = _COUNTS.get(said) or int(said)

    def filled(place: re.Match[str]) -> str:
        return f'${{String({place["value"]}).padStart({width}, "0")}}'

    for node in nodes:
        written = text(source, node)
        if language == "go" and "string_literal" in node.type:
            places = list(_IN_GO.finditer(written))
            yield from ((node, _put(written, some, lambda _: f"%0{width}d")) for some in _each(places))
        elif language in SCRIPTS and node.type == "template_string":
            places = [one for one in _VALUE.finditer(written) if not _WRITTEN.search(one["value"])]
            named = [one for one in places if _is_named(task, one["value"])]
            yield from ((node, _put(written, some, filled)) for some in _each(named or places))


def _each(places: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return all places together, and then each alone."""
    return [places, *([one] for one in places)] if len(places) > 1 else [places] if places else []


def _put(written: str, places: list[re.Match[str]], filled: Callable[[re.Match[str]], str]) -> str:
    for one in reversed(places):
        written = f"{written[: one.start()]}{filled(one)}{written[one.end() :]}"
    return written


def _is_named(task: str, value: str) -> bool:
    """Return whether a task speaks of a value by the word that it ends with: `day`, `this.month`, `date.getDay()`."""
    last = _LAST.search(value)
    word = last[1].removeprefix("get").lower() if last else ""
    return len(word) > 1 and re.search(rf"\b{re.escape(word.removesuffix('s'))}s?\b", task, re.IGNORECASE) is not None
