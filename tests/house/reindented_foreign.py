"""Symbols of other languages given back with one small change and another layout: see `tests.house.reindented`."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.house.reindented import LAYOUTS, MARK, Body, Given, margin_of
from workbench.edits.foreign.grammars import language_of
from workbench.edits.foreign.nodes import is_string, long_strings, walk
from workbench.edits.foreign.outline import Outline, Symbol, build
from workbench.edits.foreign.settling import rows_in

PYTHON_ONLY = {"only the rest further", "steps at random", "steps mixed", "flat continuations"}
_NAMES = frozenset({"identifier", "word", "type_identifier", "field_identifier"})
_BLOCKS = frozenset({"block", "statement_block", "compound_statement"})
_COMMENT = {"ruby": "#", "shell": "#"}


def given(path: str, text: str, seed: str, most: int = 1_000, layouts: int = 0) -> Iterator[Given]:
    """Yield the answers of one file: every change of each function, in every layout or in some drawn at random."""
    language = language_of(path, text)
    if language is None or "\r" in text:
        return
    chance = random.Random(seed)
    file = build(language, text)
    last_names = [one.last_name for one in file.every()]
    wanted = [one for one in file.every() if _is_fit(file, one, last_names)]
    known = sorted(set(LAYOUTS) - PYTHON_ONLY)
    for symbol in chance.sample(wanted, min(most, len(wanted))):
        for what, at, new in _changes(file, symbol, chance):
            expected = f"{text[:at]}{new}{text[at:]}"
            begins = file.line_start(symbol.start)
            ends = file.line_end(symbol.tail) + len(new)
            lines = expected[begins:ends].split("\n")
            body = _body(language, expected, file.line(symbol.start), lines)
            if body is None or "```" in expected[begins:ends]:
                continue
            for name in chance.sample(known, min(layouts, len(known))) if layouts else known:
                code = "\n".join(LAYOUTS[name](body, chance))
                yield Given(f"{what}, {name}", text.encode(), f"```\n{code}\n```\n", expected.encode())


def _is_fit(file: Outline, symbol: Symbol, last_names: list[str]) -> bool:
    """Return whether a symbol is a function of several lines, alone on them, whose name no other has."""
    starts, ends = file.line_start(symbol.start), file.line_end(symbol.tail)
    return (
        symbol.kind == "function"
        and symbol.members is None
        and file.source.isascii()
        and not symbol.node.has_error
        and last_names.count(symbol.last_name) == 1
        and not file.source[starts : symbol.start].strip()
        and not file.source[symbol.tail : ends].strip()
        and file.source.count(b"\n", symbol.start, symbol.end) > 1
    )


def _changes(file: Outline, symbol: Symbol, chance: random.Random) -> Iterator[tuple[str, int, str]]:
    """Yield changes as an offset and what is put in there."""
    body = symbol.core.child_by_field_name("body")
    if body is None:
        return
    names = [node for node in walk(body) if node.type in _NAMES and file.said(node.start_byte, node.end_byte).isalnum()]
    if names:
        yield "a name", chance.choice(names).end_byte, "7"
    statements = [
        node
        for node in body.named_children
        if file.begins_line(node.start_byte) and node.start_point.row > symbol.node.start_point.row
    ]
    if statements:
        at = chance.choice(statements).start_byte
        yield "a line before", at, f"{_COMMENT.get(file.language, '//')} {MARK}\n{file.indent(at)}"
    inner = [
        node
        for node in walk(body)
        if node.is_named
        and node.parent is not None
        and node.parent.type in _BLOCKS
        and file.begins_line(node.start_byte)
        and not is_string(node)
    ]
    if inner:
        at = chance.choice(inner).start_byte
        yield "a line deep in", at, f"{_COMMENT.get(file.language, '//')} {MARK}\n{file.indent(at)}"


def _body(language: str, text: str, first: int, lines: list[str]) -> Body | None:
    made = build(language, text)  # type: ignore[arg-type]
    if made.root.has_error:
        return None
    inside = {row - first + 1 for string in long_strings(made.root) for row in rows_in(string)}
    return Body(lines, margin_of(lines[0]), inside & set(range(len(lines))), set(range(len(lines))))
