"""Colours of code: Pygments' tokens reduced to a few names that themes give colours to, chunk by chunk.

Pygments is imported at the first line of code that is shown, not before. Files are never lexed whole: a chunk is lexed
when it is looked at, and what a docstring or a block comment opened before it is found by a search for its marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

Spans = tuple[tuple[int, str], ...]
"""A line's colours: (end, name) pairs in order; each name holds from the end of the one before it."""

LONGEST_LINE = 2_000
"""Characters of a line that are lexed; what is beyond them is shown plain."""

# Checked from the token upwards to its parents, so the first entry that is an ancestor wins.
_NAMES: dict[str, str] = {
    "Token.Comment": "syntax-comment",
    "Token.Keyword": "syntax-keyword",
    "Token.Keyword.Constant": "syntax-constant",
    "Token.Operator.Word": "syntax-keyword",
    "Token.Literal.String": "syntax-string",
    "Token.Literal.String.Doc": "syntax-docstring",
    "Token.Literal.String.Interpol": "syntax-constant",
    "Token.Literal.String.Escape": "syntax-constant",
    "Token.Literal.Number": "syntax-number",
    "Token.Name.Function": "syntax-function",
    "Token.Name.Class": "syntax-class",
    "Token.Name.Exception": "syntax-class",
    "Token.Name.Namespace": "syntax-name",
    "Token.Name.Builtin": "syntax-builtin",
    "Token.Name.Decorator": "syntax-decorator",
    "Token.Name.Constant": "syntax-constant",
    "Token.Name.Tag": "syntax-tag",
    "Token.Name.Attribute": "syntax-attribute",
    "Token.Generic.Heading": "syntax-keyword",
    "Token.Generic.Subheading": "syntax-keyword",
    "Token.Generic.Deleted": "syntax-tag",
    "Token.Generic.Inserted": "syntax-string",
    "Token.Punctuation": "syntax-punctuation",
    "Token.Operator": "syntax-punctuation",
}
NAMES: tuple[str, ...] = (*sorted(set(_NAMES.values())),)
"""The theme variables that code is painted with; anything else is `syntax-name`."""

_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (('"""', '"""'), ("'''", "'''")),
    "c": (("/*", "*/"),),
    "html": (("<!--", "-->"),),
}
_FAMILIES: dict[str, str] = {
    "python": "python",
    "starlark": "python",
    "cython": "python",
    **dict.fromkeys(
        (
            "c",
            "cpp",
            "java",
            "javascript",
            "typescript",
            "go",
            "rust",
            "css",
            "scss",
            "kotlin",
            "swift",
            "csharp",
            "php",
        ),
        "c",
    ),
    "html": "html",
    "xml": "html",
}


@lru_cache(maxsize=64)
def lexer_for(path: str) -> Lexer | None:
    """Return Pygments' lexer for a file of this name, or None where it knows none."""
    from pygments.lexers import get_lexer_for_filename
    from pygments.util import ClassNotFound

    try:
        return get_lexer_for_filename(path.rsplit("/", 1)[-1], stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=64)
def lexer_named(language: str) -> Lexer | None:
    """Return Pygments' lexer for the word behind a code fence, or None where it knows none."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def name_of(token: _TokenType) -> str:
    """Return the theme variable that colours a token."""
    ancestor: _TokenType | None = token
    while ancestor is not None:
        name = _NAMES.get(repr(ancestor))
        if name is not None:
            return name
        ancestor = ancestor.parent
    return "syntax-name"


def marks_of(lexer: Lexer) -> tuple[tuple[str, str], ...]:
    """Return the pairs of marks that open and close what may span lines in the lexer's language."""
    for alias in lexer.aliases:
        family = _FAMILIES.get(alias)
        if family is not None:
            return _MARKS[family]
    return ()


def open_mark(text: str, marks: tuple[tuple[str, str], ...], within: str = "") -> str:
    """Return the mark that is still open at the end of `text`, or "" where none is; `within` was open before it."""
    closing = dict(marks)
    position = 0
    following = {mark: text.find(mark) for mark in closing}
    while True:
        if within:
            end = text.find(closing[within], position)
            if end < 0:
                return within
            position, within = end + len(closing[within]), ""
        for mark, found in following.items():
            if 0 <= found < position:
                following[mark] = text.find(mark, position)
        opened = min(((found, mark) for mark, found in following.items() if found >= 0), default=None)
        if opened is None:
            return ""
        position, within = opened[0] + len(opened[1]), opened[1]


def mark_before(text: str, marks: tuple[tuple[str, str], ...]) -> str:
    """Return the mark that was probably open before `text`, an excerpt: one that closes before it opens.

    A mark that opens and closes alike (a docstring's) is taken to close where text stands before it on its line, or
    nothing else does, and an odd number of them follows.
    """
    for opening, closing in marks:
        at = text.find(closing)
        if at < 0:
            continue
        if opening != closing:
            first = text.find(opening)
            if first < 0 or at < first:
                return opening
        elif text.count(closing) % 2:
            line = text[text.rfind("\n", 0, at) + 1 : at].strip()
            rest = text[at + len(closing) :].split("\n", 1)[0].strip()
            if not rest and not line.lower().endswith(("=", "(", ",", "return", "r", "f")):
                return opening
    return ""


def lex_lines(lexer: Lexer, lines: Sequence[str], within: str = "") -> list[Spans]:
    """Return the colours of each of `lines`, which follow each other; `within` is the mark open before the first."""
    text = "\n".join(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] for line in lines)
    skip = 1 if within else 0
    if within:
        text = f"{within}\n{text}"
    found: list[Spans] = []
    current: list[tuple[int, str]] = []
    column = 0
    for _, token, value in lexer.get_tokens_unprocessed(text):
        name = name_of(token)
        parts = value.split("\n")
        for index, part in enumerate(parts):
            if index:
                found.append(tuple(current))
                current, column = [], 0
            if part:
                column += len(part)
                if current and current[-1][1] == name:
                    current[-1] = (column, name)
                else:
                    current.append((column, name))
    found.append(tuple(current))
    return (found[skip:] + [()] * len(lines))[: len(lines)]
