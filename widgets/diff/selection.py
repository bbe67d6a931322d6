"""A stretch of selected text in a laid-out patch, and the plain text it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from widgets.diff.layout import Layout, Place
from widgets.diff.model import Row, Side
from widgets.painting import matches_in
from widgets.safe_text import safe_line, source_column

SelectedSide = Literal["old", "new", "both"]


@dataclass(frozen=True)
class Selection:
    """From one row and character to another, in either order; without characters whole lines are selected."""

    side: SelectedSide
    anchor_row: int
    head_row: int
    anchor_column: int | None = None
    head_column: int | None = None

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row."""
        return min(self.anchor_row, self.head_row), max(self.anchor_row, self.head_row)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies between the ends."""
        return self.anchor_row == self.head_row and self.anchor_column == self.head_column is not None

    def to(self, row: int, column: int | None = None) -> Selection:
        """Return the selection with its moving end elsewhere."""
        return replace(self, head_row=row, head_column=column if self.anchor_column is not None else None)

    def span(self, row: int) -> tuple[int, int] | None:
        """Return the selected characters (first, last) of a row; last is -1 up to the end; None outside."""
        first, last = self.rows
        if not first <= row <= last:
            return None
        if self.anchor_column is None or self.head_column is None:
            return 0, -1
        ends = sorted(((self.anchor_row, self.anchor_column), (self.head_row, self.head_column)))
        return ends[0][1] if row == ends[0][0] else 0, ends[1][1] if row == ends[1][0] else -1


def half_of(row: Row, side: SelectedSide) -> Side | None:
    """Return the half of a row that a selection on `side` takes."""
    if side == "both":
        return row.new or row.old
    return row.old if side == "old" else row.new


def text_of(layout: Layout, place: Place, side: Side) -> str:
    """Return the source text of half a row, as the file has it, without line end."""
    if place.section.kind == "body":
        text = layout.patch.hunks[place.section.hunk - 1].text(side.line)
    else:
        text = layout.context(place.section)[side.line]
    return text.removesuffix("\r")


def selected_text(layout: Layout, selection: Selection) -> str:
    """Return the text of a selection: no signs, no numbers, no headings; lines joined by line feeds."""
    first, last = selection.rows
    return "\n".join(_lines(layout, selection, first, min(last, layout.rows - 1)))


def _lines(layout: Layout, selection: Selection, first: int, last: int) -> Iterator[str]:
    for number in range(first, last + 1):
        place = layout.at_row(number)
        row, span = layout.row(place), selection.span(number)
        side = half_of(row, selection.side) if row else None
        if side is None or span is None:
            continue
        text = text_of(layout, place, side)
        size = layout.options.tab_size
        low = source_column(text, span[0], size)
        high = len(text) if span[1] < 0 else source_column(text, span[1], size)
        yield text[low:high]


def find_lines(layout: Layout, needle: str) -> list[tuple[int, int]]:
    """Return the (hunk, line) of all lines that hold `needle`, in order; capitals count only where it has one."""
    found: list[tuple[int, int]] = []
    plain = needle.isascii()
    lower = needle == needle.lower()
    for hunk in layout.patch.hunks:
        for number, line in enumerate(hunk.lines):
            if plain and needle not in (line.lower() if lower else line):
                continue
            if hunk.kinds[number] != "\\" and any(matches_in(safe_line(line[1:], layout.options.tab_size), needle)):
                found.append((hunk.number, number))
    return found
