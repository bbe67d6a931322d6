"""What is sorted by one thing, sorted by a second one where the first is the same, in JavaScript and Go.

A command always judges it: what type a field is of is only known where the file says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.go_structs import structs_of
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.ordering.ties import BY_LETTERS, FIRST, LARGE, LETTERED, SMALL, TIES, is_other_way
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset(
    {
        "arrow_function",
        "function_expression",
        "function_declaration",
        "func_literal",
        "method_declaration",
        "method_definition",
    }
)
_OF_A_THING = re.compile(r"[.{,]\s*([a-z$_][\w$]*)(?=[:,}?.;)\]]| [}=+<>|&?-])")
"""A name that may be one of a thing's fields, in code or in what a comment says of types."""

_PAIR = re.compile(r"\(\s*(?P<one>[\w$]+)(?:\s*:?\s*[\w.*\[\]]+)?,\s*(?P<other>[\w$]+)(?:\s*:?\s*[\w.*\[\]]+)?\s*\)")
_COMPARES = re.compile(r"(?i:compare)\(")
_LESS = re.compile(r"(?P<left>[^<>=\n]+) (?P<sign>[<>]) (?P<right>[^<>=\n]+)")
_EARLIER = re.compile(r"(?P<left>[^\n]+)\.(?P<sign>Before|After)\((?P<right>[^\n]+)\)")
_ORDERED = re.compile(r"string|u?int\d*|float\d\d|byte|rune")

_Second = tuple[str, bool]
"""A field, and whether the largest comes first."""


def ties_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what says which of two things comes first with what says it where they are the same."""
    ties = TIES.search(task)
    if ties is None or is_other_way(task, ties.start()):
        return
    for node in nodes:
        pair = _PAIR.fullmatch(text(source, field(node, "parameters"))) if node.type in _FUNCTIONS else None
        made = _returned(node) if pair else None
        if pair and made:
            put = _in_go if language == "go" else _in_scripts
            yield from put(task, source, made, (pair["one"], pair["other"]))


def _returned(function: Node) -> Node | None:
    """Return the one thing that a function does: what it returns, or its statement that returns it."""
    body = field(function, "body")
    if body is None or body.type not in {"statement_block", "block"}:
        return body
    # A comment beside the list of Go's statements is one thing more.
    inner = statements_in(body) if len(body.named_children) == 1 else body.named_children
    return inner[0] if len(inner) == 1 and inner[0].type == "return_statement" else None


def _seconds(task: str, fields: list[str]) -> list[_Second]:
    """Return the fields by which a task wants ties, the one that it names before one that has letters."""
    found: list[_Second] = []
    said = task.lower()
    for name in fields:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        if words not in said:
            continue
        if re.search(
            rf"\b(?:by|order of) (?:the |their |its )?(?:\w+ of the )?(?:\w+ )?{re.escape(words)}s?\b",
            task,
            re.IGNORECASE,
        ):
            found.append((name, False))
        for size, is_largest in ((SMALL, False), (LARGE, True)):
            if re.search(FIRST.format(size=size, field=re.escape(words)), task, re.IGNORECASE):
                found.append((name, is_largest))
    lettered = [name for name in fields if name.lower() in LETTERED] if BY_LETTERS.search(task) else []
    return list(dict.fromkeys([*found, *((name, False) for name in lettered[:1])]))


def _in_scripts(task: str, source: bytes, made: Node, pair: tuple[str, str]) -> Iterator[SwapElsewhere]:
    value = made.named_children[0] if made.type == "return_statement" and made.named_children else made
    said = text(source, value)
    is_difference = value.type == "binary_expression" and text(source, field(value, "operator")) == "-"
    if not (is_difference or (value.type == "call_expression" and _COMPARES.search(said))):
        return
    one, other = pair
    if any(not re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", said) for name in pair):
        return
    if re.search(rf"(?<![\w$.]){re.escape(one)}\.", said):
        known = list(dict.fromkeys(_OF_A_THING.findall(source.decode("utf-8"))))
        used = {name.rpartition(".")[2] for name in re.findall(r"[\w$.]+", said)}
        for name, is_largest in _seconds(task, [name for name in known if name not in used]):
            first, second = (other, one) if is_largest else (one, other)
            if name not in LETTERED:
                yield value, f"{said} || {first}.{name} - {second}.{name}"
            yield value, f"{said} || {first}.{name}.localeCompare({second}.{name})"
    elif BY_LETTERS.search(task):
        end = "[0]" if f"{one}[1]" in said else ""
        if end or f"{one}[" not in said:
            yield value, f"{said} || {one}{end}.localeCompare({other}{end})"


def _in_go(task: str, source: bytes, made: Node, pair: tuple[str, str]) -> Iterator[SwapElsewhere]:
    said = text(source, made)
    value = said.removeprefix("return ")
    found = _LESS.fullmatch(value) or _EARLIER.fullmatch(value)
    if made.type != "return_statement" or found is None or _turned(found["left"], pair) != found["right"]:
        return
    one = pair[0] if re.search(rf"\b{pair[0]}\b", found["left"]) else pair[1]
    mine = found["left"] if one == pair[0] else found["right"]
    is_same = f"!{found['left']}.Equal({found['right']})" if "Before" in value or "After" in value else ""
    test = is_same or f"{found['left']} != {found['right']}"
    for first, is_largest in _seconds_in_go(task, source, mine, pair):
        other = _turned(first, pair)
        lines = (f"if {test} {{", f"\t{said}", "}", f"return {first} {'>' if is_largest else '<'} {other}")
        if (placed := in_its_place(source, made, lines)) is not None:
            yield made, placed


def _turned(value: str, pair: tuple[str, str]) -> str:
    """Return what is said of one of two things said of the other."""
    names = dict(zip(pair, reversed(pair), strict=True))
    return re.sub(rf"(?<![\w.])(?:{'|'.join(map(re.escape, pair))})\b", lambda found: names[found[0]], value)


def _seconds_in_go(task: str, source: bytes, mine: str, pair: tuple[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield what may decide between things that are the same, as it is said of the first of them."""
    thing, _, by = mine.rpartition(".")
    having = [fields for fields in structs_of(source).values() if by in fields]
    fields = having[0] if len(having) == 1 and re.search(rf"\b{pair[0]}\b", thing) else {}
    others = [name for name, kind in fields.items() if name != by and _ORDERED.fullmatch(kind)]
    yield from ((f"{thing}.{name}", is_largest) for name, is_largest in _seconds(task, others))
    # What is sorted may be names itself, by what stands under them elsewhere.
    names = re.search(rf"\w+\[{pair[0]}\]", mine)
    if names and names[0] != thing and BY_LETTERS.search(task):
        yield names[0], False
