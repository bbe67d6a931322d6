"""A unified diff as files, hunks and rows paired left and right; what a row shows is worked out when it is seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

Status = Literal["modified", "added", "deleted", "renamed", "binary"]

_RUNS = re.compile(r" +|-+\+*|\++")


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
