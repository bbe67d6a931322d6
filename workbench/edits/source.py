"""Python source as text with exact places: lines, line endings, syntax trees, and bytes kept as they were.

`ast` counts columns in UTF-8 bytes and ends lines at `\\n`, `\\r\\n` and `\\r` only; here that becomes offsets of
characters.
"""

from __future__ import annotations

import ast
import codecs
import re
import warnings
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from workbench import python_ast
from workbench.errors import EditRefused

PYTHON_SUFFIXES = (".py", ".pyi", ".pyw")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK_OR_COMMENT = re.compile(rb"^[ \t\f]*(?:#|$)")
_INDENT = re.compile(r"[ \t\f]*")

Whose = Literal["file", "answer", "result"]
_REFUSALS = {
    "file": ("the file", "file-does-not-parse", "mend its syntax first"),
    "answer": ("the answer", "does-not-parse", "answer with complete, valid Python"),
    "result": ("the changed file", "result-does-not-parse", "answer with complete, valid Python"),
}


class Lines:
    """A text and where its lines begin, with lines counted from 1 as `ast` counts them. A BOM belongs to no line."""

    def __init__(self, text: str) -> None:
        self.text = text
        bom = 1 if text.startswith("\ufeff") else 0
        if "\r" in text:
            pieces = [len(piece) for piece in _LINE.findall(text, bom) if piece]
        else:
            pieces = [len(piece) + 1 for piece in text[bom:].split("\n")][:-1]
        self.starts = list(accumulate(pieces, initial=bom))
        self.ending = self._dominant_ending()
        self._is_plain = text.isascii()

    def __len__(self) -> int:
        """Return how many lines there are; text after the last line ending counts as one."""
        return len(self.starts) - (self.starts[-1] == len(self.text))

    def start(self, line: int) -> int:
        """Return the offset at which `line` begins; the end of the text for lines beyond the last."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.text)

    def end(self, line: int) -> int:
        """Return the offset just after the last character of `line`, before its ending."""
        at = self.start(line + 1)
        if at > self.start(line) and self.text[at - 1] == "\n":
            at -= 1
        if at > self.start(line) and self.text[at - 1] == "\r":
            at -= 1
        return at

    def line(self, number: int) -> str:
        """Return a line without its ending."""
        return self.text[self.start(number) : self.end(number)]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that `offset` lies in."""
        return max(1, bisect_right(self.starts, offset))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place that `ast` names by line and by column in UTF-8 bytes."""
        start = self.start(line)
        if self._is_plain or (text := self.text[start : self.start(line + 1)]).isascii():
            return start + column
        return start + len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass"))

    def span(
        self, node: ast.expr | ast.stmt | ast.arg | ast.excepthandler | ast.alias | ast.keyword
    ) -> tuple[int, int]:
        """Return the offsets at which a node begins and ends. Decorators are not part of it."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)

    def margin(self, line: int) -> int:
        """Return the offset at which a line's indentation begins: form feeds before it set it back to nothing."""
        start = self.start(line)
        found = _INDENT.match(self.text, start, self.end(line))
        return start + found.group().rfind("\f") + 1 if found else start

    def indent(self, line: int) -> str:
        """Return the white space that a line is indented by."""
        found = _INDENT.match(self.text, self.margin(line), self.end(line))
        return found.group() if found else ""

    def ending_at(self, offset: int) -> str:
        """Return the line ending in force at a place: its own line's, else the file's usual one."""
        line = self.line_at(offset)
        return self.text[self.end(line) : self.start(line + 1)] or self.ending

    def _dominant_ending(self) -> str:
        if "\r" not in self.text:
            return "\n"
        pairs = self.text.count("\r\n")
        counts = Counter({"\n": self.text.count("\n") - pairs, "\r\n": pairs, "\r": self.text.count("\r") - pairs})
        return counts.most_common(1)[0][0]


@dataclass(frozen=True)
class Replacement:
    """Characters `start` to `end` of a text that become `text`; an insertion where they are equal."""

    start: int
    end: int
    text: str


def replace(text: str, replacements: list[Replacement]) -> str:
    """Return `text` with all replacements made; those at one place keep their order.

    Raises:
        EditRefused: two of them overlap (code `overlap`).
    """
    pieces = []
    at = 0
    for change in sorted(replacements, key=lambda change: (change.start, change.end)):
        if change.start < at:
            raise EditRefused("two changes overlap", code="overlap", hint="answer with each symbol once")
        pieces += [text[at : change.start], change.text]
        at = change.end
    return "".join([*pieces, text[at:]])


def parse(text: str, whose: Whose = "file") -> ast.Module:
    """Return the syntax tree of `text`, a leading BOM aside.

    Raises:
        EditRefused: it does not parse; the code is `does-not-parse`, with `file-` or `result-` before it where it is
            not the answer that is at fault.
    """
    what, code, hint = _REFUSALS[whose]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return python_ast.parse(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        line = error.lineno or 1
        message = f"{what} does not parse: line {line}: {error.msg}"
        raise EditRefused(message, code=code, hint=hint, nearest=numbered(text, line - 2, line + 2)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        why = str(error) or "it is nested too deeply"
        raise EditRefused(f"{what} does not parse: {why}", code=code, hint=hint) from error


def numbered(text: str, first: int, last: int, most: int = 40) -> str:
    """Return lines `first` to `last` of `text` with their numbers, at most `most` of them."""
    lines = Lines(text)
    first, last = max(1, first), min(last, len(lines), max(1, first) + most - 1)
    return "\n".join(f"{number:>4} {lines.line(number)}" for number in range(first, last + 1))


def decode(path: str, content: bytes) -> str:
    """Return the text of a file, its BOM kept as the first character.

    Raises:
        EditRefused: it is binary, not UTF-8, or Python that declares another encoding and uses it.
    """
    if b"\0" in content:
        raise EditRefused(f"{path} is binary", code="binary", hint="only text files can be changed")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "only UTF-8 text can be changed"
        raise EditRefused(f"{path} is not UTF-8 at byte {error.start}", code="not-utf8", hint=hint) from error
    check_encoding(path, content)
    return text


def check_encoding(path: str, content: bytes) -> None:
    """Refuse Python whose coding line says that these bytes are not UTF-8.

    Raises:
        EditRefused: the declared encoding is another and the text is not plain ASCII (code `encoding`).
    """
    if not path.endswith(PYTHON_SUFFIXES) or content.isascii():
        return
    for line in re.split(rb"\r\n|\r|\n", content[:2000], maxsplit=2)[:2]:
        found = _COOKIE.match(line)
        if found and not _means_utf8(found.group(1).decode("ascii", "replace")):
            declared = found.group(1).decode("ascii", "replace")
            hint = "only UTF-8 text can be changed"
            raise EditRefused(f"{path} declares the encoding {declared}", code="encoding", hint=hint)
        if not _BLANK_OR_COMMENT.match(line):
            return


def _means_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}
    except LookupError:
        return False
