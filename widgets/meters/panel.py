"""A panel of a few lines that are made anew for the width they have: what does not fit is left out by priority."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from widgets.painted_view import PaintedView
from widgets.painting import clip
from widgets.palette import Palette, palette_of
from widgets.safe_text import cells


class Part(NamedTuple):
    """A piece of a line. Those of the least `rank` have the first claim to the room; rank 0 is cut, not left out."""

    text: str
    colour: str = "foreground"
    rank: int = 0
    flags: str = ""


def fit(parts: Sequence[Part], width: int) -> list[Part]:
    """Return the parts that fit `width` cells with a blank between each two, in their order.

    Where one does not fit, one of a greater rank that is short enough may still.
    """
    room, kept = width + 1, set[int]()
    for index, part in sorted(enumerate(parts), key=lambda item: item[1].rank):
        needed = cells(part.text) + 1
        if part.text and (part.rank == 0 or needed <= room):
            room -= needed
            kept.add(index)
    return [part for index, part in enumerate(parts) if index in kept]


def segments_of(parts: Sequence[Part], width: int, palette: Palette, background: str = "surface") -> list[Segment]:
    """Return the parts that fit as segments of exactly `width` cells."""
    segments: list[Segment] = []
    room = width
    for index, part in enumerate(fit(parts, width)):
        text = (" " if index else "") + part.text
        if cells(text) > room:
            text = clip(text, room)
        room -= cells(text)
        segments.append(Segment(text, palette.style(part.colour, background, part.flags)))
    if room > 0:
        segments.append(Segment(" " * room, palette.style("foreground", background)))
    return segments


class Panel(PaintedView[Palette]):
    """Lines of parts; a subclass says which."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Panel { height: 1fr; }
    """

    def __init__(
        self,
        *,
        empty_text: str,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.empty_text = empty_text
        self._lines: list[list[Part]] = []

    def lines(self, width: int) -> list[list[Part]]:
        """Return the lines for a width."""
        raise NotImplementedError

    @property
    def chosen_line(self) -> int:
        """The line under the cursor, -1 without one."""
        return -1

    def renew(self) -> None:
        """Make the lines anew and draw those that changed."""
        width = self.scrollable_content_region.width
        if not self.is_mounted or width <= 0:
            return
        old, self._lines = self._lines, self.lines(width)
        if len(old) != len(self._lines):
            self.virtual_size = Size(width, len(self._lines))
            self._strips.clear()
            self.refresh()
            return
        for index, (before, after) in enumerate(zip(old, self._lines, strict=True)):
            if before != after:
                self._strips.discard((index, False))
                self._strips.discard((index, True))
                self.refresh_line(index)

    def on_resize(self, event: Resize) -> None:
        """Fit the new width."""
        self._strips.clear()
        self._lines = []
        self.renew()
        self.refresh()

    def make_brush(self, width: int) -> Palette:
        """Return the palette."""
        return palette_of(self)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        width = self.scrollable_content_region.width
        palette = self._brush or self._ready()
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            text = clip(f" {self.empty_text}" if index == 0 else "", width)
            return Strip([Segment(text, palette.style("quiet"))], width)
        chosen = index == self.chosen_line
        strip = self._strips.get((index, chosen))
        if strip is None:
            back = "cursor-background" if chosen else "surface"
            strip = Strip(segments_of(self._lines[index], width, palette, back), width)
            self._strips[(index, chosen)] = strip
        return strip
