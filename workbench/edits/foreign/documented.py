"""Documentation comments of other languages: which symbols have one, and putting one above a symbol, by whole lines.

A comment that a tool reads (`//go:noinline`, `eslint-disable-next-line`) stays directly above what it is about, as do
attributes and annotations; the documentation goes above those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench.edits.foreign.nodes import COMMENTS, field, text
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.outline import Symbol as Found
from workbench.edits.foreign.publicity import is_public
from workbench.edits.foreign.symbols import as_symbol, is_listed, outline_of_file
from workbench.edits.symbols import Symbol
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

_DOC = re.compile(r"/\*[*!](?![*/])|//[/!](?!/)")
_TOOLS = re.compile(
    r"(?://|#|/\*)(?:[a-z0-9_-]+:[a-z0-9]|(?:export|extern|line) |#?(?:end)?region\b"
    r"|\s*(?:nolint\b|NOLINT|eslint-|@ts-|prettier-|istanbul |c8 |v8 |biome-|tslint:|jshint |clang-|noinspection "
    r"|shellcheck |rubocop:|\+build |frozen_string_literal:|typed: |(?:TODO|FIXME|XXX|HACK)(?:[:(]|$)))"
)
_OF_THE_FILE = re.compile(
    r"#!|\blicen[cs]ed?\b|copyright|spdx|@file|@flow|@ts-|eslint-|-\*-|code generated|@generated|frozen_string_literal:"
    r"|coding:|go:build|\A//!|\A/\*!",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rb"[ \t]*sig\s*(?:\{.*\}|\(.*\)\s*\{.*\})\s*")
_ALIGNED = re.compile(rb"^[ \t]*\w+ {2,}\S", re.MULTILINE)
_ALIGNED_BODY = re.compile(rb"^func .*\S {2,}\{", re.MULTILINE)
_PROSE_IS_DOC = frozenset({"go", "ruby", "shell", "c", "cpp"})
_ONE_FOR_ALL = frozenset({"javascript", "typescript", "tsx", "c", "cpp", "ruby"})
_BY_PARAMETERS = frozenset({"cpp"})


@dataclass(frozen=True)
class Place:
    """A symbol, and whether a documentation comment is there or can be.

    Attributes:
        number: which of the file's symbols it is, from 0; comments above others do not change it.
        symbol: the symbol as it is listed.
        has: whether it has a documentation comment.
        is_commented: whether it has one, or prose that serves as one.
        is_public: whether others use it, so that it wants one.
        fault: why none can be put there, or nothing.
    """

    number: int
    symbol: Symbol
    has: bool
    is_commented: bool
    is_public: bool
    fault: str


@dataclass(frozen=True)
class _Above:
    """What stands directly above a symbol.

    Attributes:
        says: what its comments are, the nearest first.
        at: where a documentation comment would go.
        tools: how many comments that tools read stand below that.
        touches: what ends on the line above it.
    """

    says: tuple[str, ...]
    at: int
    tools: int
    touches: Literal["", "file", "comment"]


def places(path: str, source: str) -> tuple[Place, ...]:
    """Return the functions, methods and types of a file, in its order; of overloads that share one comment, the first.

    Raises:
        EditRefused: no grammar is at hand for it (code `unknown-language`).
    """
    file = outline_of_file(path, source)
    remarks = _Remarks(file)
    every = _every(file)
    above = [_above(file, one, remarks) for one in every]
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(every):
        if one.kind != "assignment" and (is_listed(file, one) or one.role == "prototype"):
            groups.setdefault(_group(file, one), []).append(number)
    found = []
    for numbers in groups.values():
        says = {word for number in numbers for word in above[number].says}
        # C documents a function where it is defined, C++ a method where its class declares it.
        first = next((one for one in numbers if every[one].role == "function" and not every[one].outside), numbers[0])
        first = first if file.language in {"c", "cpp"} else numbers[0]
        place = Place(
            number=first,
            symbol=as_symbol(file, every[first]),
            has="doc" in says,
            is_commented=bool(says & {"doc", "prose"}),
            is_public=is_public(file, every[first]),
            fault=_fault(file, every[first], above[first].at),
        )
        found.append(place)
    return tuple(sorted(found, key=lambda place: place.number))


def place_comment(path: str, source: str, number: int, lines: Sequence[str]) -> str:
    """Return a file with a documentation comment above a symbol, set in as that is; line ends stay the file's.

    Args:
        path: where the file lies.
        source: its text.
        number: which symbol, as `places` numbers them.
        lines: the comment with its marks, at the margin.

    Raises:
        EditRefused: the symbol has one (code `already-documented`), none can be put there (`not-documentable`), or it
            would not be read as the symbol's (`not-as-meant`).
    """
    known = {place.number: place for place in places(path, source)}
    place = known[number]
    if place.has:
        hint = "existing comments are kept"
        raise EditRefused(f"{place.symbol.name} has a documentation comment", code="already-documented", hint=hint)
    if place.fault:
        hint = "write it by hand"
        raise EditRefused(f"{place.symbol.name} {place.fault}", code="not-documentable", hint=hint)
    file = outline_of_file(path, source)
    symbol = _every(file)[number]
    above = _above(file, symbol, _Remarks(file))
    indent = file.indent(symbol.start)
    rows = [f"{indent}{line}".rstrip() for line in lines]
    by_line = lines[0].startswith(("// ", "# "))
    if above.tools and file.language == "go":
        # gofmt's own form: what tools read comes last, below an empty line of the comment.
        rows.append(f"{indent}//")
    packed = file.language == "go" and symbol.frame is None and not file.blank_above(above.at)
    if packed or above.touches == "file" or (above.touches and by_line):
        # What stands above is not a part of it; gofmt wants a blank line above any documented function.
        rows.insert(0, "")
    end = "\r\n" if _ends_with_return(file, above.at) else "\n"
    said = "".join(f"{row}{end}" for row in rows).encode()
    data = file.source[: above.at] + said + file.source[above.at :]
    mark = "\ufeff" if source.startswith("\ufeff") else ""
    after = mark + data.decode("utf-8", "surrogatepass")
    now = {one.number: one for one in places(path, after)}
    if now.keys() != known.keys() or not now[number].has:
        hint = "write it by hand"
        raise EditRefused(f"the comment of {place.symbol.name} cannot be written", code="not-as-meant", hint=hint)
    return after


def comment_lines(file: Outline) -> list[str]:
    """Return all comments of a file that begin a line, as they stand."""
    return [text(file.source, node) for node in _comments(file) if file.begins_line(node.start_byte)]


def found_at(path: str, source: str, number: int) -> tuple[Outline, Found]:
    """Return the outline of a file, and one of its symbols as `places` numbers them."""
    file = outline_of_file(path, source)
    return file, _every(file)[number]


def _every(file: Outline) -> list[Found]:
    return sorted(file.every(), key=lambda one: (one.start, -one.end))


def _group(file: Outline, one: Found) -> object:
    """Return what symbols share that one comment documents: overloads in a script, the parts of a reopened class."""
    if file.language not in _ONE_FOR_ALL:
        return one.start
    static = one.role.startswith("static")
    return one.name, static, one.parameters if file.language in _BY_PARAMETERS else ""


class _Remarks:
    """All comments of a file, in order."""

    def __init__(self, file: Outline) -> None:
        self._file = file
        self._every = _comments(file)
        self._starts = [node.start_byte for node in self._every]
        self._ending = {}
        for node in self._every:
            end = node.start_byte + len(file.source[node.start_byte : node.end_byte].rstrip())
            if file.begins_line(node.start_byte) and not file.source[end : file.line_end(end)].strip():
                self._ending[file.line_end(end)] = node

    def above(self, top: int) -> Node | None:
        """Return the comment that ends on the line above the one that begins at `top`, alone on its lines."""
        return self._ending.get(self._file.line_end(self._file.line_start(top - 1))) if top else None

    def within(self, symbol: Found) -> list[str]:
        """Return the comments between a symbol's first word and its name, and those before it on its line."""
        end = max((field(symbol.core, "name") or symbol.core).start_byte, symbol.node.start_byte)
        first = bisect_left(self._starts, self._file.line_start(symbol.start))
        return [text(self._file.source, node) for node in self._every[first : bisect_left(self._starts, end)]]


def _comments(file: Outline) -> list[Node]:
    found = []
    waiting = [file.root]
    while waiting:
        node = waiting.pop()
        if node.type in COMMENTS:
            found.append(node)
        else:
            waiting += reversed(node.children)
    return found


def _above(file: Outline, symbol: Found, remarks: _Remarks) -> _Above:
    top = file.line_start(symbol.start)
    tools = 0
    while top:
        comment = remarks.above(top)
        if comment is None:
            start = file.line_start(top - 1)
            if file.language != "ruby" or not _SIGNATURE.fullmatch(file.source[start:top]):
                break
            top = start
        elif _says(file, text(file.source, comment)) == "tool" and not _is_of_the_file(file, comment):
            tools += 1
            top = file.line_start(comment.start_byte)
        else:
            break
    says = [_says(file, said) for said in remarks.within(symbol)]
    says += ["doc" for mark in symbol.marks if mark.startswith("#[doc")]
    beside = remarks.above(top)
    touches: Literal["", "file", "comment"] = ""
    if beside is not None:
        touches = "file" if _is_of_the_file(file, beside) else "comment"
    return _Above((*says, *_run(file, remarks, top)), top, tools, touches)


def _run(file: Outline, remarks: _Remarks, top: int) -> list[str]:
    """Return what the comments above `top` are, as far as no line without one stands between."""
    found = []
    while (comment := remarks.above(top)) is not None and not _is_of_the_file(file, comment):
        found.append(_says(file, text(file.source, comment)))
        top = file.line_start(comment.start_byte)
    return found


def _is_of_the_file(file: Outline, comment: Node) -> bool:
    return file.line_start(comment.start_byte) == 0 and bool(_OF_THE_FILE.search(text(file.source, comment)))


def _says(file: Outline, said: str) -> str:
    if _TOOLS.match(said):
        return "tool"
    if not any(character.isalpha() for character in said):
        return "divider"
    if _DOC.match(said) and file.language not in {"ruby", "shell", "go"}:
        return "doc"
    return "doc" if file.language in _PROSE_IS_DOC else "prose"


def _fault(file: Outline, symbol: Found, at: int) -> str:
    if not file.begins_line(symbol.start):
        return "does not begin a line of its own"
    if file.source[:at].rstrip(b"\r\n").endswith(b"\\") and at:
        return "goes on from the line above"
    if file.language == "go" and _is_in_columns(file, symbol):
        # gofmt would draw the columns anew, which is no comment.
        return "stands in columns with the lines beside it"
    return ""


def _is_in_columns(file: Outline, symbol: Found) -> bool:
    """Return whether gofmt lined up a type with others of its group, or the body of a function with those beside it."""
    if symbol.frame is not None:
        group = symbol.frame.node
        return _ALIGNED.search(file.source[group.start_byte : group.end_byte]) is not None
    start, end = file.line_start(symbol.start), file.line_end(symbol.end)
    if b"\n" in file.source[start:end]:
        return False
    beside = file.source[file.line_start(max(0, start - 1)) : file.line_end(min(end + 2, len(file.source)))]
    return _ALIGNED_BODY.search(beside) is not None


def _ends_with_return(file: Outline, at: int) -> bool:
    end = file.source.find(b"\n", at)
    return end > 0 and file.source[end - 1 : end] == b"\r"
