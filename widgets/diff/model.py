"""A unified diff as files, hunks and rows paired left and right, read in a few passes that C does.

unidiff makes an object of every line, which takes 2 µs each: 400 ms for the diff of a 100,000-line file. Here a line
stays a string, and what a row shows is worked out when the row is looked at. The tests hold it against unidiff and git.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Literal, NamedTuple

Status = Literal["modified", "added", "deleted", "renamed", "binary"]

_HUNK_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)")
_BODY = re.compile(r"[ +\-\\]*")
_RUNS = re.compile(r" +|-+\+*|\++")
_OCTAL = re.compile(rb"\\([0-7]{3}|.)")


class Side(NamedTuple):
    """One half of a row: which line of the hunk, and its number in the file."""

    line: int
    number: int


class Row(NamedTuple):
    """What a row shows: both halves for context; for a change a half is None where nothing stands opposite.

    In one column a changed row has one half, and `partner` is the line it is paired with, where there is one.
    """

    old: Side | None
    new: Side | None
    changed: bool
    partner: int | None = None


@dataclass(frozen=True)
class Hunk:
    """A hunk: `number` counts from 1 over the whole patch, `file` is the index of its file.

    `lines` are the lines as the patch has them, with their sign and without line end; `kinds` holds their signs.
    """

    number: int
    file: int
    old_start: int
    old_length: int
    new_start: int
    new_length: int
    section: str
    lines: Sequence[str]
    kinds: str

    @cached_property
    def _runs(self) -> list[str]:
        """The signs in runs: context, or removed lines and the added lines that stand against them."""
        return _RUNS.findall(self.kinds.replace("\\", "")) if "\\" in self.kinds else _RUNS.findall(self.kinds)

    @cached_property
    def _removed(self) -> list[int]:
        return [run.count("-") for run in self._runs]

    @cached_property
    def _split_starts(self) -> list[int]:
        # Of a run of n lines with r removed, n - r are context or added.
        pairs = zip(self._runs, self._removed, strict=True)
        return list(accumulate([max(removed, len(run) - removed) for run, removed in pairs], initial=0))

    @cached_property
    def _unified_starts(self) -> list[int]:
        return list(accumulate(map(len, self._runs), initial=0))

    @cached_property
    def _old_starts(self) -> list[int]:
        pairs = zip(self._runs, self._removed, strict=True)
        steps = (len(run) if run[0] == " " else removed for run, removed in pairs)
        return list(accumulate(steps, initial=self.old_first))

    @cached_property
    def _new_starts(self) -> list[int]:
        pairs = zip(self._runs, self._removed, strict=True)
        return list(accumulate((len(run) - removed for run, removed in pairs), initial=self.new_first))

    @cached_property
    def _plain(self) -> list[int] | None:
        """Where the lines that are shown stand among all; None where all are shown."""
        if "\\" not in self.kinds:
            return None
        return [line for line, kind in enumerate(self.kinds) if kind != "\\"]

    def _line(self, shown: int) -> int:
        return shown if self._plain is None else self._plain[shown]

    def _run(self, index: int) -> tuple[int, int, int, int, int]:
        """Return context, removed and added lines of a run, and the numbers its first lines have in both files."""
        run, removed = self._runs[index], self._removed[index]
        context, added = (len(run), 0) if run[0] == " " else (0, len(run) - removed)
        return context, removed, added, self._old_starts[index], self._new_starts[index]

    @property
    def split_height(self) -> int:
        """How many rows the hunk takes side by side."""
        return self._split_starts[-1]

    @property
    def unified_height(self) -> int:
        """How many rows the hunk takes in one column."""
        return len(self.kinds) - self.kinds.count("\\")

    @property
    def added(self) -> int:
        """How many lines it adds."""
        return self.kinds.count("+")

    @property
    def removed(self) -> int:
        """How many lines it removes."""
        return self.kinds.count("-")

    def split_row(self, row: int) -> Row:
        """Return the halves of a row, counted from 0, in the layout of two columns."""
        index = bisect_right(self._split_starts, row) - 1
        context, removed, added, old_number, new_number = self._run(index)
        at, first = row - self._split_starts[index], self._unified_starts[index]
        if context:
            line = self._line(first + at)
            return Row(Side(line, old_number + at), Side(line, new_number + at), False)
        old = Side(self._line(first + at), old_number + at) if at < removed else None
        new = Side(self._line(first + removed + at), new_number + at) if at < added else None
        return Row(old, new, True)

    def unified_row(self, row: int) -> Row:
        """Return the line shown by a row, counted from 0, in the layout of one column: both halves for context."""
        index = bisect_right(self._unified_starts, row) - 1
        context, removed, added, old_number, new_number = self._run(index)
        at, first = row - self._unified_starts[index], self._unified_starts[index]
        line = self._line(row)
        if context:
            return Row(Side(line, old_number + at), Side(line, new_number + at), False)
        pairs = min(removed, added)
        if at < removed:
            partner = self._line(first + removed + at) if at < pairs else None
            return Row(Side(line, old_number + at), None, True, partner)
        at -= removed
        partner = self._line(first + at) if at < pairs else None
        return Row(None, Side(line, new_number + at), True, partner)

    def row_of(self, line: int, split: bool) -> int:
        """Return the row in which the layout of two columns, or of one, shows a line."""
        shown = line if self._plain is None else bisect_right(self._plain, line) - 1
        if not split:
            return shown
        index = bisect_right(self._unified_starts, shown) - 1
        context, removed, _, _, _ = self._run(index)
        at = shown - self._unified_starts[index]
        return self._split_starts[index] + (at if context or at < removed else at - removed)

    @property
    def old_first(self) -> int:
        """Number of the first line the hunk covers, or would cover, in the old file."""
        return self.old_start if self.old_length else self.old_start + 1

    @property
    def new_first(self) -> int:
        """Number of the first line the hunk covers, or would cover, in the new file."""
        return self.new_start if self.new_length else self.new_start + 1

    def text(self, line: int) -> str:
        """Return a line without its sign."""
        return self.lines[line][1:]

    def ends_without_newline(self, line: int) -> bool:
        """Return whether the file ends after this line without a line end."""
        return self.kinds[line + 1 : line + 2] == "\\"

    def side_text(self, side: Literal["old", "new"], first: int = 0, last: int | None = None) -> list[str]:
        """Return the lines of one side among lines first..last-1 of the hunk, without signs."""
        last = len(self.lines) if last is None else last
        skip = "+\\" if side == "old" else "-\\"
        pairs = zip(self.lines[first:last], self.kinds[first:last], strict=True)
        return [line[1:] for line, kind in pairs if kind not in skip]

    def lines_with(self, signs: tuple[str, ...], side: Literal["old", "new"], first: int, last: int) -> list[str]:
        """Return those lines of one side among first..last-1 that hold any of `signs`, without their own."""
        skip = "+\\" if side == "old" else "-\\"
        lines = self.lines[first:last]
        found: set[int] = set()
        for sign in signs:
            found.update([index for index, line in enumerate(lines) if sign in line])
        return [lines[index][1:] for index in sorted(found) if self.kinds[first + index] not in skip]

    @property
    def heading(self) -> str:
        """Return the header without the section: `@@ -1,4 +1,5 @@`."""
        old = f"{self.old_start}" + (f",{self.old_length}" if self.old_length != 1 else "")
        new = f"{self.new_start}" + (f",{self.new_length}" if self.new_length != 1 else "")
        return f"@@ -{old} +{new} @@"


@dataclass(frozen=True)
class FilePatch:
    """The change of one file; a path is None where the file does not exist on that side."""

    index: int
    old_path: str | None
    new_path: str | None
    status: Status
    hunks: tuple[Hunk, ...]

    @property
    def path(self) -> str:
        """The path the file has now, or had last."""
        return self.new_path or self.old_path or ""

    @property
    def added(self) -> int:
        """How many lines it gains."""
        return sum(hunk.added for hunk in self.hunks)

    @property
    def removed(self) -> int:
        """How many lines it loses."""
        return sum(hunk.removed for hunk in self.hunks)


@dataclass(frozen=True)
class Patch:
    """A whole unified diff, with the text it was read from.

    `longest` is at least the width in cells of its longest line.
    """

    files: tuple[FilePatch, ...]
    longest: int = 0
    source: str = field(default="", repr=False)

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """All hunks in order; the hunk with number n is at n-1."""
        return tuple(hunk for file in self.files for hunk in file.hunks)


@dataclass
class _Header:
    """What was read of a file before its first hunk."""

    old: str | None = None
    new: str | None = None
    git: tuple[str, str] | None = None
    status: Status | None = None
    source_seen: bool = False


def parse_patch(text: str) -> Patch:
    """Return the files and hunks of a unified diff, git's or diff's.

    Text that is no diff is passed over, and a hunk that breaks off is kept as far as it goes: a view shows what there
    is. Whether a patch may be applied is for others to judge.
    """
    return _Reader(text).read()


class _Reader:
    """Reads one patch; a class because headers, hunks and files are filled in by turns."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.lines = text.split("\n")
        if self.lines and not self.lines[-1]:
            self.lines.pop()
        try:
            self.kinds = "".join(map(itemgetter(0), self.lines))
        except IndexError:  # an empty line: context whose blank was trimmed
            self.kinds = "".join([line[:1] or " " for line in self.lines])
        widest = max(map(len, self.lines), default=0)
        self.longest = widest * (1 if text.isascii() else 2) + (8 * max(0, min(widest, 60)) if "\t" in text else 0)
        self.files: list[FilePatch] = []
        self.hunks: list[Hunk] = []
        self.count = 0
        self.header = _Header()

    def read(self) -> Patch:
        """Return the patch."""
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if line.startswith("@@ ") and (match := _HUNK_HEADER.match(line)) and self._has_file():
                position = self._read_hunk(match, position + 1)
            else:
                self._read_header(line)
                position += 1
        self._close_file()
        return Patch(tuple(self.files), self.longest, self.source)

    def _has_file(self) -> bool:
        return self.header.source_seen or self.header.git is not None

    def _read_hunk(self, match: re.Match[str], start: int) -> int:
        old_length = int(match[2]) if match[2] is not None else 1
        new_length = int(match[4]) if match[4] is not None else 1
        body = _BODY.match(self.kinds, start)
        end = self._hunk_end(start, body.end() if body else start, old_length, new_length)
        self.count += 1
        self.hunks.append(
            Hunk(
                self.count,
                len(self.files),
                int(match[1]),
                old_length,
                int(match[3]),
                new_length,
                match[5],
                self.lines[start:end],
                self.kinds[start:end],
            )
        )
        return end

    def _hunk_end(self, start: int, limit: int, old_length: int, new_length: int) -> int:
        """Return where the hunk's counts are used up. Each step adds only lines that are surely missing."""
        end = start
        missing = max(old_length, new_length)
        while missing > 0 and end < limit:
            end = min(limit, end + missing)
            notes = self.kinds.count("\\", start, end)
            old = end - start - self.kinds.count("+", start, end) - notes
            new = end - start - self.kinds.count("-", start, end) - notes
            missing = max(old_length - old, new_length - new)
        return end + 1 if self.kinds[end : end + 1] == "\\" else end

    def _read_header(self, line: str) -> None:
        header = self.header
        if line.startswith("diff --git "):
            self._close_file()
            self.header.git = _git_paths(line)
        elif line.startswith("--- "):
            if self.hunks or header.source_seen:
                self._close_file()
            self.header.old, self.header.source_seen = _path(line[4:]), True
        elif line.startswith("+++ ") and header.source_seen:
            header.new = _path(line[4:])
        elif line.startswith("new file mode"):
            header.status = "added"
        elif line.startswith("deleted file mode"):
            header.status = "deleted"
        elif line.startswith("rename from "):
            header.old, header.status = _unquote(line[12:]), "renamed"
        elif line.startswith("rename to "):
            header.new = _unquote(line[10:])
        elif line.startswith(("Binary files ", "GIT binary patch")) and self._has_file():
            header.status = "binary"

    def _close_file(self) -> None:
        header = self.header
        self.header = _Header()
        if not (header.source_seen or header.git):
            self.hunks = []
            return
        old, new = header.old, header.new
        if not header.source_seen and header.git and header.status != "renamed":
            old, new = header.git
            old = None if header.status == "added" else old
            new = None if header.status == "deleted" else new
        status = header.status or ("added" if old is None else "deleted" if new is None else "modified")
        if header.status is None and old and new and old != new:
            status = "renamed"
        self.files.append(FilePatch(len(self.files), old, new, status, tuple(self.hunks)))
        self.hunks = []


def _path(text: str) -> str | None:
    """Return the path of a ---/+++ line: without time stamp, quotes and git's a/ and b/; None for /dev/null."""
    if not text.startswith('"'):
        text = text.split("\t", 1)[0]
    path = _unquote(text.rstrip("\r"))
    if path == "/dev/null":
        return None
    return path[2:] if path[:2] in ("a/", "b/") else path


def _git_paths(line: str) -> tuple[str, str] | None:
    rest = line[len("diff --git ") :]
    if rest.startswith('"'):
        match = re.match(r'("(?:[^"\\]|\\.)*") (.+)', rest)
        pair = (match[1], match[2]) if match else (rest, rest)
    else:
        middle = len(rest) // 2
        same = rest[middle : middle + 1] == " " and rest[2:middle] == rest[middle + 3 :]
        pair = (rest[:middle], rest[middle + 1 :]) if same else tuple(rest.split(" b/", 1))  # type: ignore[assignment]
        if len(pair) != 2:
            return None
        if not same:
            pair = (pair[0], f"b/{pair[1]}")
    old, new = _path(pair[0]), _path(pair[1])
    return (old, new) if old is not None and new is not None else None


def _unquote(text: str) -> str:
    """Return a path that git may have put in quotes, with its octal bytes read as UTF-8."""
    if not (len(text) > 1 and text.startswith('"') and text.endswith('"')):
        return text
    plain = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}

    def byte(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 0xFF]) if len(code) == 3 else plain.get(code, code)

    return _OCTAL.sub(byte, text[1:-1].encode("utf-8", "surrogateescape")).decode("utf-8", "replace")
