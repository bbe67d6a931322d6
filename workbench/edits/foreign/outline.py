"""A file's symbols by qualified name, with exact places: what splicing, showing and listing stand on.

What lies in a function's body is the function's own. A name that is bound twice in one role is a twin: it is told from
the other by its parameters and attributes, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from workbench.edits.foreign.grammars import Language, faults, parse
from workbench.edits.foreign.items import Item, Reader
from workbench.edits.foreign.marks import marks_of, parameters_of
from workbench.edits.foreign.nodes import COMMENTS, text
from workbench.edits.python.outline import Kind
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

_READERS: dict[Language, str] = {
    "javascript": "javascript",
    "typescript": "javascript",
    "tsx": "javascript",
    "go": "golang",
    "rust": "rust",
    "java": "java",
    "c": "cfamily",
    "cpp": "cfamily",
    "ruby": "ruby",
    "shell": "shell",
}
_BESIDE = frozenset({"attribute_item", "decorator"})
_NOT_A_MEMBER = frozenset({"name", "condition"})
_OF_THE_FILE = re.compile(
    r"#!|licen[cs]e|copyright|spdx|@file|@flow|@ts-|eslint-|-\*-|generated|pragma|//!|/\*!|go:build", re.I
)
_CACHED_CHARACTERS = 200_000


@dataclass(slots=True, eq=False)
class Symbol:
    """One definition.

    Attributes:
        start: offset in bytes of its first attribute or word.
        end: offset after its last word, a separator behind it not included.
        tail: offset after that separator (`;` or `,`) where there is one.
        lead: offset of the comments directly above it, or `start`.
        source: the whole text that it stands in.
        prefix: `export` or `export default` as it is written, which is not part of the `inner` node.
        conditional: whether it stands below a condition of the preprocessor.
    """

    name: str
    last_name: str
    role: str
    kind: Kind
    node: Node
    inner: Node
    core: Node
    start: int
    end: int
    tail: int
    lead: int
    prefix: str
    marks: tuple[str, ...]
    source: bytes
    scope: Scope
    frame: Item | None
    conditional: bool
    outside: bool
    members: Scope | None = None

    @property
    def parameters(self) -> str:
        """What tells a function from an overload of its name."""
        return parameters_of(self.source, self.core)

    @property
    def key(self) -> tuple[str, str]:
        """What a symbol is found by: its name and its role."""
        return self.name, self.role


@dataclass(slots=True, eq=False)
class Scope:
    """A file or a container: its members in order, imports, and statements without a name.

    Attributes:
        prefix: what members' names begin with, a dot at its end included.
        start: offset of what is inside, after the opening brace.
        end: offset of where the inside ends.
    """

    prefix: str
    node: Node
    start: int
    end: int
    owner: Symbol | None = None
    symbols: list[Symbol] = field(default_factory=list)
    imports: list[Node] = field(default_factory=list)
    loose: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A file's outline. Treat it as frozen: it is shared by all who ask about the same text."""

    language: Language
    source: bytes
    root: Node
    module: Scope
    by_key: dict[tuple[str, str], list[Symbol]] = field(default_factory=dict)
    by_name: dict[str, list[Symbol]] = field(default_factory=dict)
    by_last_name: dict[str, list[Symbol]] = field(default_factory=dict)
    shapes: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether all of it parses."""
        return not self.root.has_error

    def every(self) -> Iterator[Symbol]:
        """Yield all symbols, a container before its members."""
        return (symbol for symbols in self.by_key.values() for symbol in symbols)

    def said(self, start: int, end: int) -> str:
        """Return a stretch of the source as text."""
        return self.source[start:end].decode("utf-8", "surrogatepass")

    def line_start(self, at: int) -> int:
        """Return the offset at which the line of `at` begins."""
        return self.source.rfind(b"\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return the offset of the end of the line of `at`, before its ending."""
        found = self.source.find(b"\n", at)
        end = len(self.source) if found < 0 else found
        return end - 1 if end > at and self.source[end - 1 : end] == b"\r" else end

    def line(self, at: int) -> int:
        """Return the number of the line of `at`, from 1."""
        return self.source.count(b"\n", 0, at) + 1

    def indent(self, at: int) -> str:
        """Return the white space that the line of `at` begins with."""
        start = self.line_start(at)
        end = start
        while end < len(self.source) and self.source[end] in b" \t":
            end += 1
        return self.said(start, min(end, at)) if end > at else self.said(start, end)

    def begins_line(self, at: int) -> bool:
        """Return whether only white space stands before `at` on its line."""
        return not self.source[self.line_start(at) : at].strip()

    def blank_above(self, at: int) -> bool:
        """Return whether the line above that of `at` is blank, or `at` is on the first."""
        start = self.line_start(at)
        return start == 0 or not self.source[self.line_start(start - 1) : start].strip()


def outline(language: Language, source: str) -> Outline:
    """Return the outline of a file's text, a BOM aside. What does not parse in it has no symbols."""
    return _cached(language, source) if len(source) < _CACHED_CHARACTERS else build(language, source)


@lru_cache(maxsize=4)
def _cached(language: Language, source: str) -> Outline:
    return build(language, source)


def build(language: Language, source: str, *, seconds: float | None = None) -> Outline:
    """Return a new outline; see `outline`, and `parse` for `seconds`.

    Raises:
        EditRefused: it is nested too deeply (code `too-deep`).
    """
    data = source.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    root = parse(language, data, seconds=seconds).root_node
    made = Outline(language, data, root, Scope("", root, 0, len(data)))
    reader: Reader = import_module(f"workbench.edits.foreign.{_READERS[language]}").read
    try:
        _Builder(made, reader).fill(made.module, root)
    except RecursionError as error:
        raise EditRefused("the code is nested too deeply", code="too-deep", hint="change it by hand") from error
    return made


def is_open(scope: Scope) -> bool:
    """Return whether what stands in a scope is as good as at the top: a file, a namespace, a module."""
    return scope.owner is None or scope.owner.role in {"namespace", "module"}


def first_fault(made: Outline) -> int | None:
    """Return the line of the first thing that does not parse, or None."""
    return next((node.start_point.row + 1 for node in faults(made.root)), None)


@dataclass
class _Near:
    """What stands directly before a statement: its attributes, and comments."""

    beside: list[Node]
    above: list[Node]


class _Builder:
    def __init__(self, made: Outline, reader: Reader) -> None:
        self.made = made
        self.read = reader

    def fill(self, scope: Scope, holder: Node, frame: Item | None = None, depth: int = 0) -> None:
        """Take the children of `holder` into `scope`."""
        near = _Near([], [])
        for number, node in enumerate(holder.children):
            if frame is not None and holder.field_name_for_child(number) in _NOT_A_MEMBER:
                continue
            if node.type in COMMENTS:
                near.above.append(node)
                continue
            if node.type in _BESIDE:
                near.beside.append(node)
                continue
            if node.is_error or node.is_missing:
                near = _Near([], [])
                continue
            item = self.read(self.made.source, node, holder.type)
            if item.what == "symbol" and _is_broken(item):
                scope.loose.append(node)
            elif item.what == "symbol":
                self._symbol(scope, item, near, frame, depth)
            elif item.what == "import":
                scope.imports.append(node)
            elif item.what == "loose":
                scope.loose.append(node)
            elif item.what == "frame" and item.body is not None and depth < 60:
                item.mirrors = item.mirrors or (frame.mirrors if frame else "")
                self.fill(scope, item.body, item, depth + 1)
            near = _Near([], [])

    def _symbol(self, scope: Scope, item: Item, near: _Near, frame: Item | None, depth: int) -> None:
        made, node = self.made, item.node
        start = near.beside[0].start_byte if near.beside else node.start_byte
        end = whole = node.start_byte + len(made.source[node.start_byte : node.end_byte].rstrip())
        if made.source[end - 1 : end] == b";":
            end = node.start_byte + len(made.source[node.start_byte : end - 1].rstrip())
        inner = item.inner or node
        prefix = ""
        if node.type == "export_statement":
            inner = node.child_by_field_name("declaration") or node.child_by_field_name("value") or node
            word = next((child for child in node.children if child.type == "export"), node)
            prefix = made.said(word.start_byte, inner.start_byte)
        role = f"{frame.mirrors} {item.role}" if frame is not None and frame.mirrors else item.role
        name = f"{scope.prefix}{item.name}"
        symbol = Symbol(
            name=name,
            last_name=item.name.rpartition(".")[2] if item.role != "impl" else item.name,
            role=role,
            kind=item.kind,
            node=node,
            inner=inner,
            core=item.core or node,
            start=start,
            end=end,
            tail=whole if whole > end else self._tail(node, end),
            lead=self._lead(start, near.above),
            prefix=prefix,
            marks=marks_of(made.source, node, near.beside),
            source=made.source,
            scope=scope,
            frame=frame,
            conditional=self._is_conditional(frame),
            outside=item.outside,
        )
        scope.symbols.append(symbol)
        made.by_key.setdefault(symbol.key, []).append(symbol)
        made.by_name.setdefault(name, []).append(symbol)
        made.by_last_name.setdefault(symbol.last_name, []).append(symbol)
        if item.body is not None and depth < 60:
            members = f"{scope.prefix}{item.scope or item.name}."
            symbol.members = Scope(members, item.body, *_inside(made.source, item.body), owner=symbol)
            self.fill(symbol.members, item.body, depth=depth + 1)

    def _tail(self, node: Node, end: int) -> int:
        follows = node.next_sibling
        if (
            follows is not None
            and follows.type in {";", ","}
            and not self.made.source[end : follows.start_byte].strip()
        ):
            return follows.end_byte
        return end

    def _lead(self, start: int, above: list[Node]) -> int:
        """Return where the comments directly above `start` begin: no blank line between, none that trails code."""
        made = self.made
        at = start
        for comment in reversed(above):
            said = text(made.source, comment).rstrip()
            end = comment.start_byte + len(made.source[comment.start_byte : comment.end_byte].rstrip())
            if comment.start_byte > start:
                continue
            gap = made.source[end:at]
            if gap.count(b"\n") > 1 or not made.begins_line(comment.start_byte):
                break
            if b"\n" not in gap and not said.startswith("/*"):
                break
            of_file = made.line_start(comment.start_byte) == 0 or said.startswith(("//!", "/*!"))
            if of_file and _OF_THE_FILE.search(said):
                break
            at = comment.start_byte
        return at

    def _is_conditional(self, frame: Item | None) -> bool:
        if frame is None or frame.role != "condition":
            return False
        return not _is_guard(self.made.source, frame.node) and frame.node.type != "preproc_call"


def _is_broken(item: Item) -> bool:
    """Return whether what does not parse lies in a definition's head, so that nobody knows what it defines."""
    if not item.node.has_error:
        return False
    body = item.body or (item.core or item.node).child_by_field_name("body")
    if body is None:
        return True
    return any(node.start_byte < body.start_byte or node.end_byte > body.end_byte for node in faults(item.node))


def _is_guard(source: bytes, node: Node) -> bool:
    """Return whether this is the guard around a header: it is what the file is, not a condition."""
    name = node.child_by_field_name("name")
    if node.type != "preproc_ifdef" or name is None:
        return False
    defined = next((child for child in node.named_children if child.type == "preproc_def"), None)
    return defined is not None and text(source, defined.child_by_field_name("name")) == text(source, name)


def _inside(source: bytes, body: Node) -> tuple[int, int]:
    """Return where the inside of a container begins and ends, its braces not included."""
    start, end = body.start_byte, body.end_byte
    if source[start : start + 1] in {b"{", b"(", b";"}:
        start += 1
    if source[end - 1 : end] in {b"}", b")"} and body.children and body.children[-1].type in {"}", ")"}:
        end -= 1
    return start, end
