"""The proof that a change touches comments alone: all other tokens are equal, and in Python the syntax trees too."""

from __future__ import annotations

import ast
import re
import time
import tokenize
import warnings
from collections.abc import Iterator

from workbench import python_ast
from workbench.edits.foreign.grammars import language_of, parse
from workbench.edits.python.layout import tokens, unix
from workbench.edits.source import PYTHON_SUFFIXES, decode
from workbench.errors import EditRefused
from workbench.model import Check

_LAYOUT = {tokenize.NL, tokenize.COMMENT}
_MEANS = re.compile(
    r"#!|coding[:=]|noqa|type:|pragma|pylint|fmt:|isort|mypy:|ruff:|eslint|@ts-|prettier-|//go:|\+build|nolint"
    r"|shellcheck|rubocop|frozen_string_literal|#cgo|#include|//export ",
    re.IGNORECASE,
)


def comments_only(path: str, before: bytes, after: bytes) -> Check:
    """Return whether `after` is `before` apart from comments that no tool reads; `ok` is None where none can know."""
    begun = time.perf_counter()
    name = f"only comments of {path} change"
    try:
        old, new = decode(path, before), decode(path, after)
        if path.endswith(PYTHON_SUFFIXES):
            output = _python(old, new)
        elif (language_of(path, old)) is not None:
            output = _foreign(path, old, new)
        else:
            return Check(name=name, ok=None, output="no grammar is at hand for it", proof=True)
    except (EditRefused, SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        output = f"cannot be compared: {error}"
    return Check(name=name, ok=not output, output=output, seconds=round(time.perf_counter() - begun, 4), proof=True)


def _python(old: str, new: str) -> str:
    texts = [unix(text.removeprefix("\ufeff")) for text in (old, new)]
    if old.startswith("\ufeff") != new.startswith("\ufeff"):
        return "the byte order mark changes"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trees = [ast.dump(python_ast.parse(text)) for text in texts]
    if trees[0] != trees[1]:
        return "the syntax tree changes"
    plain = [[(one.type, one.string) for one in tokens(text) if one.type not in _LAYOUT] for text in texts]
    if plain[0] != plain[1]:
        return "more than comments changes"
    told = [[one.string for one in tokens(text) if one.type == tokenize.COMMENT] for text in texts]
    return _same_commands(*told)


def _foreign(path: str, old: str, new: str) -> str:
    every = [list(_leaves(path, text)) for text in (old, new)]
    plain = [[words for words, is_comment in leaves if not is_comment] for leaves in every]
    if plain[0] != plain[1]:
        return "more than comments changes"
    told = [[words.decode("utf-8", "replace") for words, is_comment in leaves if is_comment] for leaves in every]
    return _same_commands(*told)


def _same_commands(old: list[str], new: list[str]) -> str:
    """Return what is wrong where comments that tools read are not the same."""
    if [text for text in old if _MEANS.search(text)] != [text for text in new if _MEANS.search(text)]:
        return "a comment that a tool reads changes"
    return ""


def _leaves(path: str, text: str) -> Iterator[tuple[bytes, bool]]:
    """Yield the words of a file in order, each with whether it is a comment; line ends between them do not count."""
    language = language_of(path, text)
    assert language is not None, "whoever calls has looked"
    source = text.encode("utf-8", "surrogatepass")
    ahead = [parse(language, source).root_node]
    while ahead:
        node = ahead.pop()
        is_comment = "comment" in node.type
        if is_comment or not node.children:
            words = source[node.start_byte : node.end_byte]
            if words.strip():
                yield words, is_comment
        else:
            ahead += reversed(node.children)
