"""Pieces of an answer made ready for their place in the file: moved, with the file's docstrings and line endings."""

from __future__ import annotations

import ast
import re
import textwrap
import tokenize

from workbench.edits.python.layout import header_end, tokens, unix
from workbench.edits.python.outline import Outline, Part
from workbench.edits.python.rows import margin_of
from workbench.edits.python.settling import settle
from workbench.edits.python.trees import Definition, docstring
from workbench.errors import EditRefused

_NOISE = re.compile(
    r"^#\s*(?:(?:file(?:name)?|path)\s*:.*|[\w./\\-]+\.\w{1,4}:?"
    r"|(?:(?:the|here is the|this is the)\s+)?"
    r"(?:updated?|modified|new|fixed|changed|added|improved|refactored|corrected)"
    r"\b.*|python)\s*$",
    re.IGNORECASE,
)
_PRAGMA = re.compile(r"#\s*(?:fmt|type|noqa|pylint|pragma|isort|mypy|ruff|pyright|flake8|yapf|region|endregion|%%)\b")


def comments_above(source: Outline, part: Part, *, has_header: bool = True) -> list[str]:
    """Return the comment lines directly above a part, without their indentation."""
    first = source.comment_line(part, has_header=has_header)
    return [source.lines.line(number).strip() for number in range(first, part.first)]


def comments_in(source: Outline, part: Part) -> list[str]:
    """Return all comments between the first and the last line of a part."""
    lines = [source.lines.line(number) for number in range(part.first, part.last + 1)]
    try:
        found = tokens(textwrap.dedent("\n".join(lines)) + "\n")
    except EditRefused:
        return []
    return [token.string for token in found if token.type == tokenize.COMMENT]


def chosen_comments(answer: Outline, answered: Part, known: list[str]) -> list[str]:
    """Return the comments that go above a symbol: the answer's own where they say something new, else `known`.

    Comments that speak to tools (`# fmt: off`, `# pragma: no cover`) are not the answer's to take away.
    """
    if any(_PRAGMA.match(line) for line in known):
        return known
    said = [line for line in comments_above(answer, answered, has_header=False) if not _NOISE.match(line)]
    return known if all(line in known for line in said) else said


def piece(answer: Outline, answered: Part, file: Outline, base: str, known: Part | None = None) -> str:
    """Return one part of the answer as it stands in the file at indentation `base`, without the comments above it.

    The last line has no ending; all others end with `\\n`. A docstring that the file's part has and the answer's lacks
    is kept.
    """
    lines = answer.lines
    text = unix(lines.text[lines.margin(answered.first) : _end(answer, answered, trailing=known is None)])
    unit = file.unit_of_indent(known.node if known and isinstance(known.node, Definition) else None)
    there = unix(file.text[file.lines.margin(known.first) : file.lines.end(known.last)]) if known else None
    moved = settle(text, base, unit, there)
    if known and isinstance(known.node, Definition) and isinstance(answered.node, Definition):
        kept = docstring(known.node)
        if kept and not docstring(answered.node):
            margin = docstring_indent(file, kept)
            text = unix(file.text[slice(*file.lines.span(kept))])
            said = (base + unit if margin is None else margin) + text
            return _with_docstring(answer, answered, moved, said, base + unit)
    return moved


def _end(answer: Outline, answered: Part, *, trailing: bool) -> int:
    return answer.after(answered) if trailing else answer.lines.end(answered.last)


def _with_docstring(answer: Outline, answered: Part, moved: str, said: str, indent: str) -> str:
    """Return `moved` with the lines `said` as the first thing in its body."""
    node = answered.node
    assert isinstance(node, Definition)
    colon, on_own_line = header_end(answer.lines, node)
    row = answer.lines.line_at(colon)
    lines = moved.split("\n")
    header = row - answered.first
    if on_own_line:
        return "\n".join([*lines[: header + 1], said, *lines[header + 1 :]])
    shift = len(margin_of(lines[header])) - len(margin_of(answer.lines.line(row)))
    column = colon - answer.lines.start(row) + shift
    rest = lines[header][column:].lstrip(" \t\f")
    if rest.startswith("\\"):
        raise EditRefused("a body goes on behind a backslash", code="cannot-place", hint="write it on lines of its own")
    return "\n".join([*lines[:header], lines[header][:column], said, indent + rest, *lines[header + 1 :]])


def docstring_indent(file: Outline, statement: ast.Expr) -> str | None:
    """Return the indentation of a docstring that stands on lines of its own, else None."""
    start, _ = file.lines.span(statement)
    before = file.text[file.lines.start(statement.lineno) : start]
    return None if before.strip(" \t\f") else before
