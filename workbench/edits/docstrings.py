"""Docstrings put into place by the host: a model says the words, and nothing but the docstring can change.

The form is PEP 257's. Any text is safe: quotes and backslashes are written so that Python reads back the very words.
"""

from __future__ import annotations

import ast

from workbench.edits.docwords import clean_words, usual_width, wrap
from workbench.edits.python.layout import header_end
from workbench.edits.python.outline import Outline, Part, Unit, outline
from workbench.edits.python.trees import Definition, docstring, docstring_text
from workbench.edits.source import Replacement, numbered, replace
from workbench.edits.symbols import Symbol, as_symbol
from workbench.errors import EditRefused


def docstring_of(source: str, name: str) -> str | None:
    """Return a symbol's docstring as `inspect.getdoc` shows it, or None where it has none.

    Raises:
        EditRefused: the file does not parse, there is no such symbol, or its name is bound twice.
    """
    return docstring_text(outline(source).find(name).node)


def undocumented(source: str) -> tuple[Symbol, ...]:
    """Return the public functions, classes and methods without a docstring that one can be put into, in file order.

    Public is what has no part of its name beginning with `_`. Overloads and setters speak through their symbol.

    Raises:
        EditRefused: the file does not parse.
    """
    file = outline(source)
    found = [
        unit
        for unit in file.every_unit()
        if unit.kind != "assignment"
        and not any(part.startswith("_") for part in unit.name.split("."))
        and not unit.is_twin
        and _documentable(unit)
        and docstring(unit.node) is None
    ]
    return tuple(sorted((as_symbol(file, unit) for unit in found), key=lambda symbol: symbol.first))


def place_docstring(source: str, name: str, text: str) -> str:
    """Return `source` with `text` as the docstring of the symbol `name`.

    A model's habits are taken off first: fences, quotes around the whole, a repeated signature. Prose wider than the
    file's lines is wrapped; what looks like code is not.

    Args:
        source: the file, Python that parses.
        name: a function, method or class by its qualified name.
        text: the words, in any shape.

    Raises:
        EditRefused: it has a docstring (code `already-documented`), is a bare overload (`overload`), an assignment
            (`not-documentable`), unknown or bound twice, or no words are left (`no-docstring`).
    """
    file = outline(source)
    unit = file.find(name)
    part = _part_of(file, unit)
    node = part.node
    assert isinstance(node, Definition)
    if docstring(node) is not None:
        shown = numbered(source, part.first, min(part.last, part.first + 8))
        hint = "existing docstrings are kept"
        raise EditRefused(f"{name} has a docstring", code="already-documented", hint=hint, nearest=shown)
    colon, on_own_line = header_end(file.lines, node)
    indent = _body_indent(file, node, on_own_line=on_own_line)
    words = clean_words(text, unit.last_name)
    room = max(20, usual_width(file.text) - len(indent.expandtabs()))
    words, literal = _fitted(words, indent, room)
    change = _insertion(file, node, colon, indent, literal, on_own_line=on_own_line)
    placed = replace(source, [change])
    # Quotes that close on a line of their own leave that line's margin behind the words.
    if (docstring_of(placed, name) or "").rstrip() != words:
        raise EditRefused(f"the docstring of {name} cannot be written", code="not-as-meant", hint="write it by hand")
    return placed


def _documentable(unit: Unit) -> bool:
    return unit.parts[0].role in {"plain", "property"} or (
        unit.parts[0].role == "overload" and unit.parts[-1].role == "plain"
    )


def _part_of(file: Outline, unit: Unit) -> Part:
    part = next(part for part in unit.parts if part.node is unit.node)
    if unit.kind == "assignment":
        hint = "name a function, a method or a class"
        raise EditRefused(f"{unit.name} is an assignment", code="not-documentable", hint=hint)
    if not _documentable(unit):
        shown = numbered(file.text, part.first, part.last)
        hint = "only the implementation of an overload, or a property's getter, has a docstring"
        raise EditRefused(f"{unit.name} only declares", code="overload", hint=hint, nearest=shown)
    return part


def _body_indent(file: Outline, node: Definition, *, on_own_line: bool) -> str:
    lines = file.lines
    if on_own_line:
        first = node.body[0]
        decorators = getattr(first, "decorator_list", [])
        return lines.indent(min([first.lineno, *(one.lineno for one in decorators)]))
    return lines.indent(node.lineno) + file.unit_of_indent()


def _fitted(words: str, indent: str, room: int) -> tuple[str, str]:
    """Return the words wrapped, and their source: what must be escaped takes room of its own."""
    wrapped = wrap(words, room)
    literal = _literal(wrapped, indent, room)
    over = max(len(line) for line in literal.split("\n")) - len(indent) - room
    if 0 < over < room // 2:
        wrapped = wrap(words, room - over)
        literal = _literal(wrapped, indent, room)
    return wrapped, literal


def _literal(text: str, indent: str, room: int) -> str:
    """Return the docstring's source, its first line without indentation, all lines ending with `\\n`."""
    lines = text.split("\n")
    prefix = ""
    if "\\" in text:
        # PEP 257 asks for raw docstrings where there are backslashes; some texts cannot be written so.
        if '"""' in text or text.endswith(("\\", '"')):
            lines = [line.replace("\\", "\\\\") for line in lines]
        else:
            prefix = "r"
    lines = [line.replace('"""', '\\"\\"\\"') for line in lines]
    if len(lines) == 1 and lines[0].endswith('"'):
        words = lines[0][:-1]
        is_escaped = (len(words) - len(words.rstrip("\\"))) % 2
        lines[0] = lines[0] if is_escaped else words + '\\"'
    if len(lines) == 1 and len(lines[0]) + len(prefix) + 6 <= max(room, 30):
        return f'{prefix}"""{lines[0]}"""'
    rest = [indent + line if line else "" for line in lines[1:]]
    return "\n".join([f'{prefix}"""{lines[0]}', *rest, f'{indent}"""'])


def _insertion(
    file: Outline, node: Definition, colon: int, indent: str, literal: str, *, on_own_line: bool
) -> Replacement:
    lines = file.lines
    ending = lines.ending_at(colon)
    said = literal.replace("\n", ending)
    if on_own_line:
        line = lines.line_at(colon)
        gap = ending if isinstance(node, ast.ClassDef) and lines.line(line + 1).strip() else ""
        at = lines.start(line + 1)
        return Replacement(at, at, f"{indent}{said}{ending}{gap}")
    body = lines.span(node.body[0])[0]
    gap = ending if isinstance(node, ast.ClassDef) else ""
    return Replacement(colon, body, f"{ending}{indent}{said}{ending}{gap}{indent}")
