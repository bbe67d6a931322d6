"""DiffCanvas: shows a patch, line by line, with a cursor, a selection and a search; keys and mouse are DiffView's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.events import Resize
from textual.geometry import Size
from textual.reactive import var
from textual.strip import Strip
from textual.timer import Timer

from widgets.diff.colours import Colours
from widgets.diff.layout import Layout, Options, Place
from widgets.diff.model import Hunk, Patch
from widgets.diff.paint import BAR, Geometry, Look, Painter, Scene
from widgets.diff.parse import parse_patch
from widgets.diff.selection import Selection
from widgets.painted_view import PaintedView
from widgets.painting import clip
from widgets.palette import palette_of
from widgets.safe_text import safe_label, wrap_words

LayoutName = Literal["auto", "split", "unified"]

REMARK_SIGN = "› "

WARM_AFTER = 0.05
"""Seconds of rest after which the next page's code is lexed."""


class DiffCanvas(PaintedView[Painter], can_focus=True):
    """A laid-out patch on the screen.

    Attributes:
        layout_mode: `split`, `unified`, or `auto`: two columns from `split_from` cells on.
        wrap: whether long lines go on below instead of to the right.
        decidable: whether hunks can be kept or dropped; else they are only shown.
    """

    ALLOW_SELECT = False  # Textual's own selection knows no columns; this widget has one that does.
    DEFAULT_CSS: ClassVar[str] = """
    DiffCanvas {
        overflow-y: scroll; overflow-x: auto;
        scrollbar-size-horizontal: 1; scrollbar-size-vertical: 1;
    }
    """

    layout_mode: var[LayoutName] = var[LayoutName]("auto", init=False)
    wrap: var[bool] = var(False, init=False)
    decidable: var[bool] = var(True, init=False)

    def __init__(
        self,
        patch: str | Patch = "",
        *,
        layout_mode: LayoutName = "auto",
        wrap: bool = False,
        decidable: bool = True,
        split_from: int = 100,
        tab_size: int = 4,
        empty_text: str = "A diff will appear here.",
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(kept=2_048, name=name, id=id, classes=classes)
        self.split_from = split_from
        self.tab_size = tab_size
        self.empty_text = empty_text
        self.set_reactive(DiffCanvas.layout_mode, layout_mode)
        self.set_reactive(DiffCanvas.wrap, wrap)
        self.set_reactive(DiffCanvas.decidable, decidable)
        self._warmer: Timer | None = None
        self._laid_out_for: tuple[object, ...] = ()
        self._annotations: dict[int, str] = {}
        self._notes: dict[int, str] = {}
        self._remarks: tuple[str, ...] = ()
        self._sources: dict[str, Sequence[str]] = {}
        self._dropped: frozenset[int] = frozenset()
        self._above: dict[int, int] = {}
        self._below: dict[int, int] = {}
        self._cursor = 0
        self._hunk = 0
        self._selection: Selection | None = None
        self._needle = ""
        self._match: tuple[int, int] | None = None
        self._patch = patch if isinstance(patch, Patch) else parse_patch(patch)
        self._colours = Colours(self._patch, self._source, tab_size)
        self._layout = Layout(self._patch, Options(split=False), self._source)

    # What is shown

    @property
    def patch(self) -> Patch:
        """The patch that is shown."""
        return self._patch

    @property
    def shown_layout(self) -> Literal["split", "unified"]:
        """The layout in use, whatever the mode."""
        return "split" if self._layout.options.split else "unified"

    def show(
        self,
        patch: str | Patch,
        *,
        annotations: Mapping[int, str] | None = None,
        notes: Mapping[int, str] | None = None,
        remarks: Sequence[str] = (),
        dropped: frozenset[int] | set[int] = frozenset(),
        sources: Mapping[str, str] | None = None,
        keep_place: bool = False,
    ) -> None:
        """Show a patch from its beginning, or near the hunk that was in focus with `keep_place`.

        `annotations` (a line in the heading) and `notes` go by hunk number; `remarks` are about the whole and stand
        above it; `sources` are whole files by their path in the patch, as they would be after it, from which
        neighbouring context is shown; `dropped` hunks begin so.
        """
        hunk = self._hunk if keep_place else 0
        self._patch = patch if isinstance(patch, Patch) else parse_patch(patch)
        self._annotations = dict(annotations or {})
        self._notes = dict(notes or {})
        self._remarks = tuple(remarks)
        self._dropped = frozenset(dropped)
        self._sources = {path: text.split("\n") for path, text in (sources or {}).items()}
        self._above, self._below = {}, {}
        self._selection, self._needle, self._match = None, "", None
        self._colours = Colours(self._patch, self._source, self.tab_size)
        self._cursor, self._hunk = 0, 0
        self._lay_out(force=True)
        if self._patch.hunks:
            wanted = min(max(1, hunk), len(self._patch.hunks))
            self._place_cursor(self._layout.heading_row(wanted) if hunk > 1 else 0, at_top=True)

    def set_annotations(self, annotations: Mapping[int, str]) -> None:
        """Replace the texts beside the hunks' headings."""
        self._annotations = dict(annotations)
        self._repaint()

    def set_notes(self, notes: Mapping[int, str]) -> None:
        """Replace the notes under the hunks' headings; a note may have several lines."""
        self._notes = dict(notes)
        self._lay_out(force=True)

    def set_dropped(self, dropped: frozenset[int] | set[int]) -> None:
        """Mark these hunks as dropped and all others as kept, without a message."""
        self._dropped = frozenset(dropped)
        self._repaint()

    def set_sources(self, sources: Mapping[str, str]) -> None:
        """Give the whole text, as it would be after the patch, of files by path; adds to what is known."""
        self._sources |= {path: text.split("\n") for path, text in sources.items()}
        self._colours = Colours(self._patch, self._source, self.tab_size)
        self._repaint()

    @property
    def dropped(self) -> frozenset[int]:
        """Numbers of the hunks that were dropped."""
        return self._dropped

    @property
    def kept(self) -> tuple[int, ...]:
        """Numbers of the hunks that are kept, in order."""
        return tuple(hunk.number for hunk in self._patch.hunks if hunk.number not in self._dropped)

    @property
    def current_hunk(self) -> int:
        """Number of the hunk in focus, 0 where there is none."""
        return self._hunk

    @property
    def current_file(self) -> str:
        """Path of the file in focus."""
        hunk = self._hunk_in_focus
        return self._patch.files[hunk.file].path if hunk else ""

    @property
    def _hunk_in_focus(self) -> Hunk | None:
        return self._patch.hunks[self._hunk - 1] if self._hunk else None

    def _source(self, file: int) -> Sequence[str]:
        patched = self._patch.files[file]
        return self._sources.get(patched.path, ())

    # Layout

    def _lay_out(self, force: bool = False) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            if force:  # not on the screen yet: what is shown is known, how is not
                self._layout = Layout(self._patch, Options(split=False), self._source)
                self._laid_out_for = ()
                self._repaint()
            return
        split = self.layout_mode == "split" or (self.layout_mode == "auto" and width >= self.split_from)
        remarks = self._remark_lines(width - BAR) if self._remarks else []
        key = (width if self.wrap else 0, split, self.wrap, *remarks)
        if force or key != self._laid_out_for:
            place = self._layout.at_row(min(self._cursor, self._layout.rows - 1)) if self._layout.rows else None
            self._laid_out_for = key
            geometry = Geometry(self._patch, width, split)
            wrap = geometry.text if self.wrap else None
            options = Options(split, wrap, self._notes, dict(self._above), dict(self._below), self.tab_size, remarks)
            old, self._layout = self._layout, Layout(self._patch, options, self._source)
            self._selection = None
            self._cursor = self._moved(old, place)
        overflow = 0 if self.wrap else max(0, self._patch.longest - Geometry(self._patch, width, split).text)
        self.virtual_size = Size(width + overflow, self._layout.lines)
        self._repaint()

    def _remark_lines(self, width: int) -> list[str]:
        """Return the remarks as lines of `width` cells, cut where they would take more than a third of the view."""
        indent, lines = " " * len(REMARK_SIGN), []
        for text in map(safe_label, self._remarks):
            pieces = (text[first:last] for first, last in wrap_words(text, width - len(indent)))
            lines += [(indent if number else REMARK_SIGN) + piece for number, piece in enumerate(pieces)]
        room = max(2, self.scrollable_content_region.height // 3)
        return lines if len(lines) <= room else [*lines[: room - 1], f"{REMARK_SIGN}…"]

    def _moved(self, old: Layout, place: Place | None) -> int:
        """Return the row of the new layout that shows what `place` showed in the old."""
        if place is None or old.patch is not self._patch or not self._layout.rows:
            return 0
        section, row = place.section, old.row(place)
        if not section.hunk:
            return next(s.row for s in self._layout.sections if s.kind == "file" and s.file == section.file)
        if section.kind == "body" and row is not None:
            side = row.new or row.old
            return self._layout.row_of_line(section.hunk, side.line) if side else 0
        return self._layout.heading_row(section.hunk)

    def on_resize(self, event: Resize) -> None:
        """Fit the new width."""
        before = self._laid_out_for
        self._lay_out()
        if self._layout.rows and (not self._hunk or before != self._laid_out_for):
            self._place_cursor(self._cursor)

    def watch_layout_mode(self) -> None:
        """Lay out again."""
        self._lay_out()
        self._place_cursor(self._cursor)

    def watch_wrap(self) -> None:
        """Lay out again, from the left edge."""
        self.scroll_to(x=0, animate=False)
        self._lay_out()
        self._place_cursor(self._cursor)

    def watch_decidable(self) -> None:
        """Paint the headings again."""
        self._repaint()

    # Cursor

    def _place_cursor(self, row: int, at_top: bool = False) -> None:
        """Move the cursor to a row and bring it into sight, two lines below the top edge with `at_top`."""
        if not self._layout.rows:
            self._hunk = 0
            return
        row = max(0, min(row, self._layout.rows - 1))
        old, self._cursor = self._cursor, row
        line, height = self._layout.line_of(row), max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        if at_top and not top <= line < top + height - min(8, height // 2):
            self.scroll_to(y=max(0, line - 2), animate=False)
        elif line < top:
            self.scroll_to(y=line, animate=False)
        elif line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False)
        section = self._layout.at_row(row).section
        files = self._patch.files[section.file].hunks
        hunk = section.hunk or (files[0].number if files else 0)
        if hunk != self._hunk:
            self._hunk = hunk
            self.refresh()
            self._hunk_focused()
        elif self._selection is not None:
            self.refresh()
        else:
            for changed in (old, row):
                if changed < self._layout.rows:
                    self.refresh_line(self._layout.line_of(changed))

    def _hunk_focused(self) -> None:
        """Called when another hunk came into focus."""

    # Painting

    def _repaint(self) -> None:
        self._brush = None
        self.refresh()

    def make_brush(self, width: int) -> Painter:
        """Return the painter of what is shown."""
        return Painter(
            Scene(
                patch=self._patch,
                layout=self._layout,
                palette=palette_of(self),
                colours=self._colours,
                width=width,
                wrap=self.wrap,
                needle=self._needle,
                match=self._match,
                tab_size=self.tab_size,
                dropped=self._dropped,
                annotations=self._annotations,
                decidable=self.decidable,
            )
        )

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        painter = self._brush or self._ready()
        scroll_x, scroll_y = self.scroll_offset
        line = y + scroll_y
        if line >= self._layout.lines:
            text = clip(f" {self.empty_text}", painter.scene.width) if line == 0 else " " * painter.scene.width
            return Strip([Segment(text, painter.scene.palette.style("quiet"))])
        place = self._layout.at_line(line)
        look = self._look(place)
        key = (line, scroll_x, look)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = painter.paint(place, look, scroll_x)
        return strip

    def _look(self, place: Place) -> Look:
        row = place.section.row + place.row
        selected = None
        if self._selection is not None and (span := self._selection.span(row)) is not None:
            selected = (self._selection.side, *span)
        in_hunk = place.section.hunk == self._hunk != 0
        return Look(in_hunk, row == self._cursor and place.piece == 0, selected)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paint, and lex what comes next once the scrolling rests."""
        super().watch_scroll_y(old_value, new_value)
        if self._warmer is not None:
            self._warmer.stop()
        self._warmer = self.set_timer(WARM_AFTER, self._warm)

    def _warm(self) -> None:
        painter, height = self._ready(), self.scrollable_content_region.height
        top = self.scroll_offset.y
        for line in (*range(top + height, top + 2 * height), *range(max(0, top - height), top)):
            if line < self._layout.lines:
                painter.warm(self._layout.at_line(line))

    def _select(self, selection: Selection | None) -> None:
        self._selection = selection
        self.refresh()
