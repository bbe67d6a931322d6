"""Comments: how a language writes them, and how whole lines of them are put above lines of code."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Mapping
from functools import lru_cache

from workbench.edits.foreign.grammars import language_of, parse
from workbench.edits.python.layout import tokens
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused

_HASHES = frozenset({"ruby", "shell"})
_LONG = re.compile(r"string|template|heredoc|comment|raw|text|regex|content", re.IGNORECASE)


def comment_mark(path: str, text: str = "") -> str:
    """Return what begins a line comment in a file's language; nothing where that is not known."""
    if path.endswith(PYTHON_SUFFIXES):
        return "#"
    language = language_of(path, text)
    if language is None:
        return ""
    return "#" if language in _HASHES else "//"


def with_comments(path: str, text: str, comments: Mapping[int, str]) -> str:
    """Return a file with comments above lines (from 1), set in as those are; line ends stay the file's."""
    mark = comment_mark(path, text)
    lines = text.split("\n")
    for number in sorted(comments, reverse=True):
        line = lines[number - 1]
        found = re.match(r"[ \t]*", line)
        margin = found.group() if found else ""
        ending = "\r" if line.endswith("\r") else ""
        lines.insert(number - 1, f"{margin}{mark} {comments[number]}{ending}")
    return "\n".join(lines)


def is_inside_text(path: str, text: str, number: int) -> bool:
    """Return whether a line begins inside a string, a comment or the like, where no comment can stand above it."""
    return number in _inside(path, text)


@lru_cache(maxsize=4)
def _inside(path: str, text: str) -> frozenset[int]:
    if path.endswith(PYTHON_SUFFIXES):
        return _inside_python(text)
    language = language_of(path, text)
    if language is None:
        return frozenset(range(1, text.count("\n") + 2))
    found: set[int] = set()
    ahead = [parse(language, text.encode("utf-8", "surrogatepass")).root_node]
    while ahead:
        node = ahead.pop()
        if node.start_point[0] == node.end_point[0]:
            continue
        if _LONG.search(node.type):
            found.update(range(node.start_point[0] + 2, node.end_point[0] + 2))
        ahead += node.children
    return frozenset(found)


def _inside_python(text: str) -> frozenset[int]:
    try:
        every = tokens(text)
    except (EditRefused, tokenize.TokenError, SyntaxError, IndentationError):
        return frozenset(range(1, text.count("\n") + 2))
    found: set[int] = set()
    previous = 0
    for token in every:
        if token.start[0] < token.end[0]:
            found.update(range(token.start[0] + 1, token.end[0] + 1))
        if token.type in {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}:
            continue
        if previous and token.start[0] > previous:
            # The line goes on from the one above it.
            found.add(token.start[0])
        previous = 0 if token.type == tokenize.NEWLINE else token.end[0]
    return frozenset(found)
