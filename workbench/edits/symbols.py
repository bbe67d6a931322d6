"""The symbols of a Python file by qualified name: listing them, cutting one out, and splicing an answer's in."""

from __future__ import annotations

import ast

from workbench.edits.python.layout import header_end, unix
from workbench.edits.python.outline import Kind, Outline, Unit, outline
from workbench.edits.python.trees import Definition
from workbench.edits.splicing import Splice, splice
from workbench.model import Value

__all__ = ["Splice", "Symbol", "as_symbol", "cut", "splice", "symbols"]


class Symbol(Value):
    """One function, class or assignment: its qualified name and where it stands.

    Attributes:
        first: its first line, decorators included, counted from 1.
        last: its last line.
        signature: its header on one line, without the colon; for an assignment, its name and annotation.
    """

    name: str
    kind: Kind
    first: int
    last: int
    signature: str


def symbols(source: str) -> tuple[Symbol, ...]:
    """Return the symbols of a file in its order, a class before its members; what a function holds is its own.

    A name that is bound twice is listed twice.

    Raises:
        EditRefused: the file does not parse (code `file-does-not-parse`).
    """
    file = outline(source)
    found = [as_symbol(file, unit) for unit in file.every_unit()]
    return tuple(sorted(found, key=lambda symbol: (symbol.first, -symbol.last)))


def cut(source: str, name: str) -> str:
    """Return the lines of one symbol as they stand in the file, decorators included, comments above it not.

    Raises:
        EditRefused: the file does not parse, there is no such symbol, or its name is bound twice.
    """
    file = outline(source)
    parts = file.find(name).parts
    return file.text[file.lines.start(parts[0].first) : file.lines.start(parts[-1].last + 1)]


def as_symbol(file: Outline, unit: Unit) -> Symbol:
    """Return the public face of a symbol."""
    first, last = unit.parts[0].first, unit.parts[-1].last
    return Symbol(name=unit.name, kind=unit.kind, first=first, last=last, signature=_signature(file, unit))


def _signature(file: Outline, unit: Unit) -> str:
    node = unit.node
    if isinstance(node, Definition):
        start = file.lines.span(node)[0]
        line = file.lines.line(node.lineno).rstrip()
        if line.endswith(":") and "#" not in line:
            return line.strip().removesuffix(":").rstrip()
        header = unix(file.text[start : header_end(file.lines, node)[0]]).removesuffix(":")
        # A comment or a string in a header keeps its lines, for they cannot be joined blindly.
        return header if "#" in header else " ".join(header.split())
    if isinstance(node, ast.AnnAssign):
        start, end = file.lines.span(node.annotation)
        return f"{unit.last_name}: {' '.join(file.text[start:end].split())}"
    return unit.last_name
