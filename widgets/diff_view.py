"""DiffView: a unified diff in two columns or one, read and decided hunk by hunk with keys or the mouse.

    view = DiffView()
    view.show(patch_text, annotations={1: "match exact"}, sources={"text.py": new_text})

Hunks are numbered from 1 over the whole patch. The view changes nothing but itself: it posts what was done with it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar, Literal

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.diff.canvas import DiffCanvas
from widgets.diff.paint import BAR
from widgets.diff.selection import Selection, find_lines, half_of, selected_text, text_of
from widgets.safe_text import safe_line, slice_cells

EXPAND = 10
"""Lines of neighbouring context that one press shows on each side of a hunk."""


class DiffView(DiffCanvas):
    """A diff to read and to decide upon; see DiffCanvas for how it is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Down", show=False, id="diff.down"),
        Binding("k,up", "cursor_up", "Up", show=False, id="diff.up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="diff.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="diff.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="diff.top"),
        Binding("end,G", "scroll_end", "End", show=False, id="diff.end"),
        Binding("left,h", "scroll_left", "Left", show=False, id="diff.left"),
        Binding("right,l", "scroll_right", "Right", show=False, id="diff.right"),
        Binding("n", "next", "Next hunk or match", id="diff.next"),
        Binding("p", "previous_hunk", "Previous hunk", id="diff.previous_hunk"),
        Binding("N", "previous_match", "Previous match", show=False, id="diff.previous_match"),
        Binding("right_square_bracket", "next_file", "Next file", show=False, id="diff.next_file"),
        Binding("left_square_bracket", "previous_file", "Previous file", show=False, id="diff.previous_file"),
        Binding("space", "toggle_hunk", "Keep or drop", id="diff.toggle_hunk"),
        Binding("d", "toggle_layout", "Layout", id="diff.toggle_layout"),
        Binding("w", "toggle_wrap", "Wrap", show=False, id="diff.toggle_wrap"),
        Binding("v", "select", "Select lines", show=False, id="diff.select"),
        Binding("s", "switch_side", "Other side", show=False, id="diff.switch_side"),
        Binding("y", "copy", "Copy", show=False, id="diff.copy"),
        Binding("o", "expand", "More context", show=False, id="diff.expand"),
        Binding("escape", "leave", "Leave selection or search", show=False, id="diff.leave"),
    ]

    class Said(Message):
        """Base of what a DiffView tells."""

        def __init__(self, diff_view: DiffView) -> None:
            super().__init__()
            self.diff_view = diff_view

        @property
        def control(self) -> DiffView:
            """The view that tells."""
            return self.diff_view

    class HunkFocused(Said):
        """Another hunk came into focus; `hunk` is its number, `file` the path it changes."""

        def __init__(self, diff_view: DiffView, hunk: int, file: str) -> None:
            super().__init__(diff_view)
            self.hunk = hunk
            self.file = file

    class HunkToggled(Said):
        """A hunk was kept or dropped by a key or the mouse."""

        def __init__(self, diff_view: DiffView, hunk: int, kept: bool) -> None:
            super().__init__(diff_view)
            self.hunk = hunk
            self.kept = kept

    class Copied(Said):
        """Text went to the clipboard: `text`, `lines` long."""

        def __init__(self, diff_view: DiffView, text: str) -> None:
            super().__init__(diff_view)
            self.text = text
            self.lines = text.count("\n") + 1 if text else 0

    class Searched(Said):
        """A search found `count` matching lines and stands at number `position` of them (0 of 0 for none)."""

        def __init__(self, diff_view: DiffView, needle: str, position: int, count: int) -> None:
            super().__init__(diff_view)
            self.needle = needle
            self.position = position
            self.count = count

    class LayoutChanged(Said):
        """A key changed how the diff is shown."""

        def __init__(self, diff_view: DiffView, layout: Literal["split", "unified"], wrap: bool) -> None:
            super().__init__(diff_view)
            self.layout = layout
            self.wrap = wrap

    class ContextWanted(Said):
        """Context around a hunk was asked for, but the text of its file is not known: see `set_sources`."""

        def __init__(self, diff_view: DiffView, hunk: int, file: str) -> None:
            super().__init__(diff_view)
            self.hunk = hunk
            self.file = file

    _matches: tuple[tuple[int, int], ...] = ()
    _pressed: Selection | None = None

    # Hunks and files

    def go_to_hunk(self, number: int) -> None:
        """Bring a hunk into focus, by its number."""
        if 1 <= number <= len(self.patch.hunks):
            self._place_cursor(self._layout.heading_row(number), at_top=True)

    def action_next(self) -> None:
        """Go to the next match while a search is on, else to the next hunk."""
        if self._needle:
            self.action_next_match()
        else:
            self.action_next_hunk()

    def action_next_hunk(self) -> None:
        """Go to the next hunk; the first time to the first."""
        at_heading = self._hunk and self._cursor < self._layout.heading_row(self._hunk)
        self.go_to_hunk(self._hunk if at_heading else min(self._hunk + 1, len(self.patch.hunks)))

    def action_previous_hunk(self) -> None:
        """Go to the previous hunk."""
        self.go_to_hunk(max(1, self._hunk - 1))

    def action_next_file(self) -> None:
        """Go to the next file."""
        self._go_to_file(1)

    def action_previous_file(self) -> None:
        """Go to the previous file."""
        self._go_to_file(-1)

    def _go_to_file(self, step: int) -> None:
        if not self._layout.rows:
            return
        wanted = self._layout.at_row(self._cursor).section.file + step
        for section in self._layout.sections:
            if section.kind == "file" and section.file == wanted:
                self._place_cursor(section.row, at_top=True)

    def action_toggle_hunk(self) -> None:
        """Keep the hunk in focus if it was dropped, else drop it."""
        if self._hunk and self.decidable:
            self._toggle(self._hunk)

    def _toggle(self, hunk: int) -> None:
        self.set_dropped(self.dropped ^ {hunk})
        self.post_message(self.HunkToggled(self, hunk, hunk not in self.dropped))

    def _hunk_focused(self) -> None:
        self.post_message(self.HunkFocused(self, self._hunk, self.current_file))

    # Moving and showing

    def action_cursor_down(self) -> None:
        """Move the cursor a row down."""
        self._step(1)

    def action_cursor_up(self) -> None:
        """Move the cursor a row up."""
        self._step(-1)

    def _step(self, rows: int) -> None:
        self._place_cursor(self._cursor + rows)
        if self._selection is not None:
            self._select(self._selection.to(self._cursor))

    def action_page_down(self) -> None:
        """Go on by a page."""
        self._page(1)

    def action_page_up(self) -> None:
        """Go back by a page."""
        self._page(-1)

    def _page(self, direction: int) -> None:
        if not self._layout.rows:
            return
        height = max(1, self.scrollable_content_region.height - 1)
        self.scroll_to(y=max(0, min(self.scroll_offset.y + direction * height, self.max_scroll_y)), animate=False)
        line = self._layout.line_of(self._cursor) + direction * height
        section, row, _ = self._layout.at_line(max(0, min(line, self._layout.lines - 1)))
        self._step(section.row + row - self._cursor)

    def action_scroll_home(self) -> None:
        """Go to the first row."""
        self._step(-self._cursor)

    def action_scroll_end(self) -> None:
        """Go to the last row."""
        self._step(self._layout.rows - 1 - self._cursor)

    def action_scroll_left(self) -> None:
        """Move the text eight cells to the right."""
        self.scroll_to(x=max(0, self.scroll_offset.x - 8), animate=False)

    def action_scroll_right(self) -> None:
        """Move the text eight cells to the left."""
        self.scroll_to(x=self.scroll_offset.x + 8, animate=False)

    def action_toggle_layout(self) -> None:
        """Change between two columns and one."""
        self.layout_mode = "unified" if self.shown_layout == "split" else "split"
        self.post_message(self.LayoutChanged(self, self.shown_layout, self.wrap))

    def action_toggle_wrap(self) -> None:
        """Change between wrapping long lines and scrolling sideways."""
        self.wrap = not self.wrap
        self.post_message(self.LayoutChanged(self, self.shown_layout, self.wrap))

    def action_expand(self) -> None:
        """Show more of the file around the hunk in focus."""
        hunk = self._hunk_in_focus
        if hunk is None:
            return
        if not self._source(hunk.file):
            self.post_message(self.ContextWanted(self, hunk.number, self.current_file))
            return
        # What is shown above is settled first: it may leave nothing hidden between this hunk and the one before.
        for shown, side in ((self._above, 0), (self._below, 1)):
            room = self._layout.room(hunk)[side]
            shown[hunk.number] = shown.get(hunk.number, 0) + min(EXPAND, room)
            self._lay_out(force=True)
        self._place_cursor(self._cursor)

    # Selecting, copying

    @property
    def selected_text(self) -> str:
        """The selected text, without signs and numbers; "" where nothing is selected."""
        return selected_text(self._layout, self._selection) if self._selection else ""

    def action_select(self) -> None:
        """Begin to select whole lines at the cursor, or stop."""
        if self._selection is not None or not self._layout.rows:
            self._select(None)
            return
        row = self._layout.row(self._layout.at_row(self._cursor))
        side: Literal["old", "new", "both"] = "both"
        if self.shown_layout == "split":
            side = "old" if row is not None and row.new is None else "new"
        self._select(Selection(side, self._cursor, self._cursor))

    def action_switch_side(self) -> None:
        """Take the other column's text into the selection."""
        if self._selection is not None and self._selection.side != "both":
            side: Literal["old", "new"] = "old" if self._selection.side == "new" else "new"
            self._select(Selection(side, self._selection.anchor_row, self._selection.head_row))

    def action_copy(self) -> None:
        """Copy the selection, or the new lines of the hunk in focus (the old ones of a hunk that only removes)."""
        text = self.selected_text
        hunk = self._hunk_in_focus
        if self._selection is None and hunk is not None:
            text = "\n".join(hunk.side_text("new") or hunk.side_text("old"))
        if not text:
            return
        self.app.copy_to_clipboard(text)
        self._select(None)
        self.post_message(self.Copied(self, text))

    def action_leave(self) -> None:
        """Give up the selection, else the search; with neither the key is free for others."""
        if self._selection is not None:
            self._select(None)
        elif self._needle:
            self.search("")
        else:
            raise SkipAction

    # Searching

    def search(self, needle: str) -> int:
        """Highlight `needle` (capitals count only where it has one), go to its next line, return how many there are."""
        self._needle = needle
        self._matches = tuple(find_lines(self._layout, needle)) if needle else ()
        self._match = None
        self._repaint()
        if self._matches:
            rows = [self._layout.row_of_line(*match) for match in self._matches]
            self._go_to_match(bisect_left(rows, self._cursor) % len(rows))
        elif needle:
            self.post_message(self.Searched(self, needle, 0, 0))
        return len(self._matches)

    def action_next_match(self) -> None:
        """Go to the next line that matches, after the last to the first."""
        self._step_match(1)

    def action_previous_match(self) -> None:
        """Go to the previous line that matches."""
        self._step_match(-1)

    def _step_match(self, step: int) -> None:
        if self._matches:
            at = self._matches.index(self._match) if self._match in self._matches else -1
            self._go_to_match((at + step) % len(self._matches))

    def _go_to_match(self, position: int) -> None:
        self._match = self._matches[position]
        self._repaint()
        self._place_cursor(self._layout.row_of_line(*self._match), at_top=True)
        self.post_message(self.Searched(self, self._needle, position + 1, len(self._matches)))

    # Mouse

    def _point(self, x: int, y: int) -> tuple[int, Literal["old", "new"], int] | None:
        """Return the row, the column and the character that lie under a cell of the widget."""
        line = y + self.scroll_offset.y
        painter = self._ready()
        hit = painter.geometry.hit(x)
        if hit is None or not 0 <= line < self._layout.lines:
            return None
        place = self._layout.at_line(line)
        row = self._layout.row(place)
        half = half_of(row, hit[0] if self.shown_layout == "split" else "both") if row else None
        column = 0
        if half is not None:
            text = safe_line(text_of(self._layout, place, half), self.tab_size)
            cell = max(0, hit[1]) + (place.piece * painter.geometry.text if self.wrap else self.scroll_offset.x)
            column = slice_cells(text, 0, cell)[1]
        return place.section.row + place.row, hit[0], column

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse is, and begin a selection there."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1:
            return
        line = offset.y + self.scroll_offset.y
        point = self._point(max(BAR, offset.x), offset.y)
        if point is None or line >= self._layout.lines:
            return
        row, side, column = point
        self._select(None)
        self._place_cursor(row)
        if self._layout.row(self._layout.at_row(row)) is not None:
            chosen: Literal["old", "new", "both"] = side if self.shown_layout == "split" else "both"
            self._pressed = Selection(chosen, row, row, column, column)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take in what lies between where the mouse was pressed and where it is."""
        if self._pressed is None:
            return
        offset = event.get_content_offset_capture(self)
        height = self.scrollable_content_region.height
        if not 0 <= offset.y < height:
            self.scroll_to(y=self.scroll_offset.y + (1 if offset.y > 0 else -1), animate=False)
        point = self._point(max(BAR, offset.x), max(0, min(offset.y, height - 1)))
        if point is not None:
            selection = self._pressed.to(point[0], point[2])
            self._select(None if selection.is_empty else selection)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection; a click on a hunk's heading keeps or drops it."""
        if self._pressed is not None:
            self.release_mouse()
            self._pressed = None

    def on_click(self, event: events.Click) -> None:
        """Keep or drop a hunk whose heading is clicked twice."""
        offset = event.get_content_offset(self)
        line = (offset.y if offset else 0) + self.scroll_offset.y
        if offset is None or line >= self._layout.lines:
            return
        section = self._layout.at_line(line).section
        if section.kind == "heading" and self.decidable and event.chain == 2:
            self._toggle(section.hunk)
