"""The code fences of an answer, with the language and the path that each one names.

Fences may be nested, indented or missing. One that is never closed means that the answer was cut off.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from workbench import python_ast
from workbench.edits.forms.paths import is_path, path_of_comment, path_of_heading
from workbench.errors import EditRefused
from workbench.model import Value

FENCE = re.compile(r"^(?P<margin>[ \t]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`\r\n]*)$")
"""A line that opens or closes a fence."""

_CODE_BEGINS = re.compile(r"^[ \t]*(?:async def |def |class |@\w|import \w|from [\w.]+ import )")
_PARSE_LIMIT = 200_000
_LATER_CLOSES = 8
_MOST_FENCES = 2_000


class Block(Value):
    """One piece of code in an answer.

    Attributes:
        language: what the fence says, in lower case; empty where it says nothing.
        path: the file that the fence, the line above it or the first line in it names.
        code: the text in the fence, lines ending with `\\n`, without the fence's own margin.
    """

    language: str
    path: str | None
    code: str


def code_blocks(text: str) -> tuple[Block, ...]:
    """Return the code in an answer whose lines end with `\\n`, in its order: see `blocks` in `answer`."""
    lines = text.split("\n")
    marks = {}
    for number, line in enumerate(lines):
        if found := FENCE.match(line):
            marks[number] = found
        if len(marks) > _MOST_FENCES:
            raise EditRefused("the answer has far too many fences", code="too-large", hint="ask for less at once")
    if not marks:
        return _unfenced(lines)
    if len(marks) % 2 and (first := _around_a_path(lines, marks)) is not None:
        del marks[first]
    only = next(iter(marks))
    if len(marks) == 1 and not marks[only]["info"].strip() and not "".join(lines[only:]).strip("`~ \t"):
        # Only the closing fence is there: the opening one was part of the prompt.
        return _unfenced(lines[:only]) or tuple(_Fences(lines, marks).blocks())
    return tuple(_Fences(lines, marks).blocks())


def _around_a_path(lines: list[str], marks: dict[int, re.Match[str]]) -> int | None:
    """Return the first fence where nothing but a file's name stands between it and the next, which opens the code.

    A small model that was shown `name:` above a fence likes to give that back in a fence of its own.
    """
    first, second, *_ = [*marks, -1]
    if second != first + 2 or marks[first]["info"].strip():
        return None
    return first if path_of_heading(lines[first + 1]) is not None else None


class _Fences:
    """The fences of an answer by the number of their line. Trying where code ends by parsing it has a budget."""

    def __init__(self, lines: list[str], marks: dict[int, re.Match[str]]) -> None:
        self.lines = lines
        self.marks = marks
        self.places = sorted(marks)
        self.characters_left = _PARSE_LIMIT

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.places):
            first = self.places[at]
            opening = self.marks[first]
            closing = self._closing(at)
            if closing is None:
                raise EditRefused(
                    f"the code that begins in line {first + 1} of the answer has no end",
                    code="cut-off",
                    hint="allow a longer answer, or ask for less at once",
                )
            language, path = _said(opening["info"])
            if language in {"", "python", "py", "python3"}:
                closing = self._later_closing(at, closing)
            inside = self.lines[first + 1 : self.places[closing]]
            code = "".join(line.removeprefix(opening["margin"]) + "\n" for line in inside)
            path = path or _path_above(self.lines, first) or _path_inside(inside)
            yield Block(language=language, path=path, code=code)
            at = closing + 1

    def _closing(self, at: int) -> int | None:
        """Return which fence closes the one at `at`: fences that say a language open one inside, which closes first."""
        opening = self.marks[self.places[at]]
        kind, length, margin = opening["marks"][0], len(opening["marks"]), len(opening["margin"].expandtabs())
        depth = 1
        for number in range(at + 1, len(self.places)):
            mark = self.marks[self.places[number]]
            if mark["marks"][0] != kind or len(mark["marks"]) < length:
                continue
            if info := mark["info"].strip():
                depth += len(mark["marks"]) == length and bool(re.match(r"[\w+#.-]+$", info))
            elif len(mark["margin"].expandtabs()) <= margin + 3 or depth > 1:
                depth -= 1
                if not depth:
                    return number
        return None

    def _later_closing(self, at: int, closing: int) -> int:
        """Return a later closing fence where the code up to the first does not parse as Python but up to it does."""
        tries = 0
        for number in range(closing, len(self.places)):
            mark = self.marks[self.places[number]]
            if mark["info"].strip() or mark["marks"] != self.marks[self.places[at]]["marks"]:
                continue
            inside = self.lines[self.places[at] + 1 : self.places[number]]
            self.characters_left -= sum(map(len, inside))
            if tries > _LATER_CLOSES or self.characters_left < 0:
                break
            if parses(inside):
                return number
            tries += 1
        return closing


def _said(info: str) -> tuple[str, str | None]:
    """Return the language and the path of a fence's own line: `python src/a.py`, `python:src/a.py`, `src/a.py`."""
    words = info.strip().strip("{}").replace("=", " ").replace(":", " ").split()
    words = [word.strip("\"'`*") for word in words]
    path = next((word for word in words if is_path(word)), None)
    language = words[0].lower().lstrip(".") if words and words[0] != path else ""
    return language, path


def _path_above(lines: list[str], fence: int) -> str | None:
    for line in lines[max(0, fence - 2) : fence][::-1]:
        if line.strip():
            return path_of_heading(line)
    return None


def _path_inside(inside: list[str]) -> str | None:
    return path_of_comment(inside[0]) if inside else None


def _unfenced(lines: list[str]) -> tuple[Block, ...]:
    """Return the code of an answer without fences: from its first line of code to the last with which it parses."""
    if any(map(_CODE_BEGINS.match, lines)) and parses(lines):
        return (Block(language="", path=None, code="\n".join(lines).strip("\n") + "\n"),)
    first = next((number for number, line in enumerate(lines) if _CODE_BEGINS.match(line)), None)
    if first is None:
        return _bare_assignment(lines)
    end = len(lines)
    for _ in range(3):
        if parses(lines[first:end]):
            return (Block(language="", path=None, code="\n".join(lines[first:end]).rstrip("\n") + "\n"),)
        # What follows the code is prose: it begins after a blank line, at the margin.
        end = next(
            (
                number
                for number in range(end - 1, first, -1)
                if lines[number][:1].strip() and not lines[number - 1].strip() and not _CODE_BEGINS.match(lines[number])
            ),
            first,
        )
        if end == first:
            break
    return ()


def _bare_assignment(lines: list[str]) -> tuple[Block, ...]:
    body = _parsed(lines)
    if body and all(isinstance(statement, ast.Assign | ast.AnnAssign) for statement in body):
        return (Block(language="", path=None, code="\n".join(lines).strip("\n") + "\n"),)
    return ()


def parses(lines: list[str]) -> bool:
    """Return whether lines are Python, whatever margin they have."""
    return _parsed(lines) is not None


def _parsed(lines: list[str]) -> list[ast.stmt] | None:
    text = "\n".join(lines)
    if len(text) > _PARSE_LIMIT:
        return None
    margin = bool(re.match(r"\s*\n?[ \t]+\S", text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return python_ast.parse("if True:\n" + text if margin else text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
