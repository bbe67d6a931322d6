"""Where each part of a patch stands on the screen: sections of rows, and rows of lines where long rows are wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple

from widgets.diff.model import FilePatch, Hunk, Patch, Row, Side
from widgets.safe_text import cells, safe_line

SectionKind = Literal["remark", "file", "heading", "note", "above", "body", "below"]


@dataclass(slots=True)
class Section:
    """Rows of one kind. `row` and `line` say where they begin; `heights` is there where some row is wrapped."""

    kind: SectionKind
    file: int
    hunk: int
    row: int
    line: int
    rows: int
    lines: int
    starts: list[int] | None = None
    text: str = ""


class Place(NamedTuple):
    """A line of the screen: the row of its section, counted from 0, and which piece of a wrapped row it is."""

    section: Section
    row: int
    piece: int


@dataclass(frozen=True)
class Options:
    """What a layout depends on beside the patch.

    `wrap` is the width in cells of a column of text, or None where rows are not wrapped. `above` and `below` say how
    many lines of the file are shown around a hunk, by its number. `remarks` are lines about the whole patch, cut to
    the width already; they stand above it.
    """

    split: bool
    wrap: int | None = None
    notes: Mapping[int, str] = field(default_factory=dict)
    above: Mapping[int, int] = field(default_factory=dict)
    below: Mapping[int, int] = field(default_factory=dict)
    tab_size: int = 4
    remarks: Sequence[str] = ()


class Layout:
    """The sections of a patch from top to bottom, found by row or by line."""

    def __init__(self, patch: Patch, options: Options, source: Callable[[int], Sequence[str]]) -> None:
        self.patch = patch
        self.options = options
        self._source = source
        self.sections: list[Section] = []
        self.rows = self.lines = 0
        self._heading: dict[int, Section] = {}
        for line in options.remarks if patch.files else ():
            self._add("remark", 0, 0, 1, text=line)
        for file in patch.files:
            self._add("file", file.index, 0, 1)
            for hunk in file.hunks:
                self._add_hunk(file, hunk)
        self._row_starts = [section.row for section in self.sections]
        self._line_starts = [section.line for section in self.sections]

    def _add_hunk(self, file: FilePatch, hunk: Hunk) -> None:
        options = self.options
        self._heading[hunk.number] = self._add("heading", file.index, hunk.number, 1)
        for line in options.notes.get(hunk.number, "").splitlines():
            self._add("note", file.index, hunk.number, 1, text=line)
        self._add("above", file.index, hunk.number, options.above.get(hunk.number, 0))
        self._add("body", file.index, hunk.number, hunk.split_height if options.split else hunk.unified_height)
        self._add("below", file.index, hunk.number, options.below.get(hunk.number, 0))

    def _add(self, kind: SectionKind, file: int, hunk: int, rows: int, text: str = "") -> Section:
        section = Section(kind, file, hunk, self.rows, self.lines, rows, rows, text=text)
        if not rows:
            return section
        if self.options.wrap is not None and kind in ("body", "above", "below"):
            section.starts = list(accumulate(self._heights(section, self.options.wrap), initial=0))
            section.lines = section.starts[-1]
        self.sections.append(section)
        self.rows += rows
        self.lines += section.lines
        return section

    def _heights(self, section: Section, width: int) -> list[int]:
        if section.kind != "body":
            return [self._wrapped(text, width) for text in self.context(section)]
        hunk = self.patch.hunks[section.hunk - 1]
        heights = [self._wrapped(hunk.text(line), width) for line in range(len(hunk.lines))]
        found = []
        for at in range(section.rows):
            row = hunk.split_row(at) if self.options.split else hunk.unified_row(at)
            found.append(max(heights[side.line] for side in (row.old, row.new) if side))
        return found

    def _wrapped(self, text: str, width: int) -> int:
        """Return how many lines a text takes; wide characters may leave a cell free at each break."""
        if len(text) <= width and text.isascii() and "\t" not in text:
            return 1
        shown = safe_line(text, self.options.tab_size)
        taken = cells(shown)
        if len(shown) != taken:
            from widgets.safe_text import wrap_cells

            return sum(1 for _ in wrap_cells(shown, width))
        return max(1, -(-taken // max(1, width)))

    def context(self, section: Section) -> Sequence[str]:
        """Return the lines of the file that a section above or below a hunk shows."""
        hunk = self.patch.hunks[section.hunk - 1]
        lines = self._source(section.file)
        if section.kind == "above":
            return lines[hunk.new_first - 1 - section.rows : hunk.new_first - 1]
        first = hunk.new_first - 1 + hunk.new_length
        return lines[first : first + section.rows]

    def at_line(self, line: int) -> Place:
        """Return what a line of the screen, counted from the top of the patch, shows."""
        section = self.sections[bisect_right(self._line_starts, line) - 1]
        at = line - section.line
        if section.starts is None:
            return Place(section, at, 0)
        row = bisect_right(section.starts, at) - 1
        return Place(section, row, at - section.starts[row])

    def at_row(self, row: int) -> Place:
        """Return the place of a row, counted from the top of the patch."""
        section = self.sections[bisect_right(self._row_starts, row) - 1]
        return Place(section, row - section.row, 0)

    def line_of(self, row: int) -> int:
        """Return the first line of the screen that a row takes."""
        section, at, _ = self.at_row(row)
        return section.line + (at if section.starts is None else section.starts[at])

    def heading_row(self, hunk: int) -> int:
        """Return the row of a hunk's heading, by the hunk's number."""
        return self._heading[hunk].row

    def row_of_line(self, hunk: int, line: int) -> int:
        """Return the row that shows a line of a hunk."""
        body = self.sections[bisect_right(self._row_starts, self._heading[hunk].row)]
        while body.kind != "body":
            body = self.sections[bisect_right(self._row_starts, body.row)]
        return body.row + self.patch.hunks[hunk - 1].row_of(line, self.options.split)

    def row(self, place: Place) -> Row | None:
        """Return the halves of a place in a body or in a file's context, None elsewhere.

        A half of a context section counts its lines from the section's first.
        """
        section = place.section
        if section.kind == "body":
            hunk = self.patch.hunks[section.hunk - 1]
            return hunk.split_row(place.row) if self.options.split else hunk.unified_row(place.row)
        if section.kind not in ("above", "below"):
            return None
        hunk = self.patch.hunks[section.hunk - 1]
        if section.kind == "above":
            old, new = hunk.old_first - section.rows, hunk.new_first - section.rows
        else:
            old, new = hunk.old_first + hunk.old_length, hunk.new_first + hunk.new_length
        return Row(Side(place.row, old + place.row), Side(place.row, new + place.row), False)

    def room(self, hunk: Hunk) -> tuple[int, int]:
        """Return how many lines of the file lie hidden above and below a hunk, up to what its neighbours show."""
        source = self._source(hunk.file)
        if not source:
            return 0, 0
        hunks = self.patch.files[hunk.file].hunks
        index = hunk.number - hunks[0].number
        before = hunks[index - 1] if index else None
        after = hunks[index + 1] if index + 1 < len(hunks) else None
        top = before.new_first + before.new_length - 1 + self.options.below.get(before.number, 0) if before else 0
        bottom = after.new_first - 1 - self.options.above.get(after.number, 0) if after else len(source)
        above = hunk.new_first - 1 - self.options.above.get(hunk.number, 0) - top
        below = bottom - (hunk.new_first + hunk.new_length - 1) - self.options.below.get(hunk.number, 0)
        return max(0, above), max(0, below)
