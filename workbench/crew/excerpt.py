"""A few lines of a file that a nanite sees and writes anew: the smallest thing around a line, in any language."""

from __future__ import annotations

import ast
import difflib
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from workbench import python_ast
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EditRefused

MOST_SHOWN = 60
"""Lines of a symbol that is shown whole; of a longer one, the statement around the line."""

AROUND = 4
"""Lines on either side where nothing better is known."""


@dataclass(frozen=True)
class Piece:
    """Lines `first` to `last` of a file, from 1, as they stand there; `margin` is what they are shown without."""

    text: str
    first: int
    last: int
    margin: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they stand in the file, without their ends."""
        return tuple(line.removesuffix("\r") for line in self.text.split("\n")[self.first - 1 : self.last])

    @property
    def shown(self) -> str:
        """The lines as a nanite sees them."""
        return "\n".join(line.removeprefix(self.margin) for line in self.lines)

    def fenced(self, language: str) -> str:
        """Return the lines in a code fence."""
        return f"```{language}\n{self.shown}\n```"

    def changed(self, lines: Sequence[str]) -> int:
        """Return how many lines differ, the larger of those that go and those that come."""
        return sum(
            max(end - begin, new_end - new_begin)
            for tag, begin, end, new_begin, new_end in difflib.SequenceMatcher(
                None, self.lines, list(lines), autojunk=False
            ).get_opcodes()
            if tag != "equal"
        )

    def with_lines(self, lines: Sequence[str]) -> str:
        """Return the file with other lines in the place of these; line ends stay the file's."""
        every = self.text.split("\n")
        ending = "\r" if every[self.first - 1].endswith("\r") else ""
        return "\n".join([*every[: self.first - 1], *(f"{line}{ending}" for line in lines), *every[self.last :]])


def piece_around(path: str, text: str, line: int) -> Piece:
    """Return the smallest symbol around a line, or the statement, or a few lines on either side."""
    total = text.count("\n") + (0 if text.endswith("\n") else 1)
    line = max(1, min(line, total))
    return _piece(text, *(_span(path, text, line) or (max(1, line - AROUND), min(total, line + AROUND))))


def _piece(text: str, first: int, last: int) -> Piece:
    shown = [row for row in text.split("\n")[first - 1 : last] if row.strip()]
    margin = "" if '"""' in "".join(shown) or "'''" in "".join(shown) or "`" in "".join(shown) else _margin(shown)
    return Piece(text, first, last, margin)


def one_line(text: str, line: int) -> Piece:
    """Return one line of a file."""
    total = text.count("\n") + (0 if text.endswith("\n") else 1)
    number = max(1, min(line, total))
    return Piece(text, number, number, _margin([text.split("\n")[number - 1]]))


def with_repeated(line: Piece, around: Piece, answer: str) -> Piece:
    """Return a line with those behind it that an answer ends with as well: it writes them anew, not a second time.

    Args:
        line: what was asked for.
        around: what was shown around it.
        answer: what came.
    """
    answered = [row.strip() for row in code_of(answer).split("\n")[1:] if row.strip()]
    rows = enumerate(line.text.split("\n")[line.last : around.last], line.last + 1)
    behind = [(number, row.strip()) for number, row in rows if row.strip()]
    for count in range(min(len(answered), len(behind)), 0, -1):
        if answered[-count:] == [row for _, row in behind[:count]]:
            return _piece(line.text, line.first, behind[count - 1][0])
    return line


def _margin(lines: Sequence[str]) -> str:
    margins = [re.match(r"[ \t]*", line)[0] for line in lines]  # type: ignore[index]
    shortest = min(margins, key=len, default="")
    return shortest if all(margin.startswith(shortest) for margin in margins) else ""


def _span(path: str, text: str, line: int) -> tuple[int, int] | None:
    try:
        around = [symbol for symbol in symbols_of(path, text) if symbol.first <= line <= symbol.last]
    except EditRefused:
        return None
    fitting = [
        (symbol.first, symbol.last)
        for symbol in around
        if symbol.kind != "class" and symbol.last - symbol.first < MOST_SHOWN
    ]
    if fitting:
        return min(fitting, key=lambda span: span[1] - span[0])
    return _statement(text, line) if path.endswith(PYTHON_SUFFIXES) else None


def _statement(text: str, line: int) -> tuple[int, int] | None:
    """Return the largest statement around a line that is not too long to be shown."""
    try:
        tree = python_ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return None
    spans = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max((span for span in spans if span[1] - span[0] < 20), key=lambda span: span[1] - span[0], default=None)


def answered_lines(answer: str, piece: Piece) -> list[str]:
    """Return the lines of an answer in one code block, set in as those that were shown.

    Raises:
        AnswerRejected: there is no code in it (code `empty-answer`).
    """
    code = code_of(answer)
    if not code.strip():
        raise AnswerRejected("the answer holds no code", code="empty-answer", hint="try again, or a larger model")
    if piece.margin:
        code = textwrap.indent(textwrap.dedent(code), piece.margin)
    return code.rstrip("\n").split("\n")


def code_of(answer: str) -> str:
    """Return the first code block of an answer, or all of it where it has none."""
    found = re.search(r"```[^\n]*\n(.*?)(?:\n```|\Z)", answer, re.DOTALL)
    code = found[1] if found else answer
    return code.strip("\n").replace("\r\n", "\n")
