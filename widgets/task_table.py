"""TaskTable: tasks as rows, live, sorted and filtered, sweeps folded under their parent; only what is seen is drawn.

    table = TaskTable()
    table.load(rows)
    table.put(TaskRow("t7", "running", "patch", "text.py", since=time.time()))
    table.filter(lambda row: row.state == "review")

The cursor stays on its task wherever that moves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from widgets.painted_view import PaintedView
from widgets.painting import clip
from widgets.palette import Palette, palette_of
from widgets.tasks.columns import age_text, columns_for, paint_row
from widgets.tasks.rows import Progress, RowFilter, RowOrder, SortKey, TaskRow, usual_order

__all__ = ["Progress", "TaskRow", "TaskTable", "usual_order"]

AT_REST = frozenset({"applied", "done", "rejected", "failed", "cancelled", "undone", "review"})
"""States in which a child no longer counts as under way."""


class TaskTable(PaintedView[Palette], can_focus=True):
    """A table of tasks; `clock` gives the seconds since the epoch that ages are counted to."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Down", show=False, id="tasks.down"),
        Binding("k,up", "cursor_up", "Up", show=False, id="tasks.up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="tasks.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="tasks.page_up"),
        Binding("home", "scroll_home", "First", show=False, id="tasks.first"),
        Binding("end,G", "scroll_end", "Last", show=False, id="tasks.last"),
        Binding("enter", "open", "Open", id="tasks.open"),
        Binding("right,l", "unfold", "Unfold", show=False, id="tasks.unfold"),
        Binding("left,h", "fold", "Fold", show=False, id="tasks.fold"),
    ]

    class Said(Message):
        """Base of what a TaskTable tells; `row_id` is the task it is about."""

        def __init__(self, task_table: TaskTable, row_id: str) -> None:
            super().__init__()
            self.task_table = task_table
            self.row_id = row_id

        @property
        def control(self) -> TaskTable:
            """The table that tells."""
            return self.task_table

    class RowFocused(Said):
        """The cursor came to another task; `row_id` is empty where none is left."""

    class RowOpened(Said):
        """A task was opened, by enter or a double click."""

    class RowFolded(Said):
        """The children of a row were folded away or shown."""

        def __init__(self, task_table: TaskTable, row_id: str, folded: bool) -> None:
            super().__init__(task_table, row_id)
            self.folded = folded

    def __init__(
        self,
        rows: Iterable[TaskRow] = (),
        *,
        clock: Callable[[], float] = time.time,
        tick_seconds: float | None = 1.0,
        empty_text: str = "Tasks will appear here.",
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.clock = clock
        self.tick_seconds = tick_seconds
        self.empty_text = empty_text
        self._order = RowOrder()
        self._cursor_id = ""
        self._columns: dict[str, int] = {}
        self._ages: dict[str, str] = {}
        self._order.load(rows)

    def on_mount(self) -> None:
        """Begin to count ages."""
        if self.tick_seconds is not None:
            self.set_interval(self.tick_seconds, self.tick)
        self._arranged()

    # Data

    def load(self, rows: Iterable[TaskRow]) -> None:
        """Show these rows and no others."""
        self._ages.clear()
        unfolded, key, reverse, accepts = self._order.unfolded, *self._order.settings
        self._order = RowOrder(key, reverse)
        self._order.unfolded = unfolded
        self._order.load(rows)
        if accepts is not None:
            self._order.filter_by(accepts)
        self._arranged()

    def put(self, row: TaskRow) -> None:
        """Show a row, or what became of it."""
        if self._order.put(row):
            self._arranged()
        else:
            self._refresh_row(row.id)
        if row.parent is not None:
            self._refresh_row(row.parent)

    def forget(self, row_id: str) -> None:
        """Show a row, and what is folded under it, no longer."""
        self._order.remove(row_id)
        self._ages.pop(row_id, None)
        self._arranged()

    def sort_by(self, key: SortKey = usual_order, reverse: bool = False) -> None:
        """Sort by a key; the usual order puts what waits for a person first."""
        self._order.sort_by(key, reverse)
        self._arranged()

    def filter(self, accepts: RowFilter | None) -> int:
        """Show only rows that pass, and parents of such; all with None. Returns how many are shown."""
        self._order.filter_by(accepts)
        self._arranged()
        return len(self._order.shown)

    def row(self, row_id: str) -> TaskRow | None:
        """Return a row by its id."""
        return self._order.rows.get(row_id)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each state, shown or not."""
        return {state: count for state, count in self._order.counts.items() if count}

    @property
    def shown_ids(self) -> tuple[str, ...]:
        """Ids of the rows that are shown, from the top."""
        return tuple(self._order.shown)

    @property
    def cursor_id(self) -> str:
        """Id of the task under the cursor, "" where there is none."""
        return self._cursor_id

    def move_to(self, row_id: str) -> bool:
        """Put the cursor on a task, unfolding its parent; return whether it is shown."""
        row = self._order.rows.get(row_id)
        if row is not None and row.parent in self._order.rows and row.parent not in self._order.unfolded:
            self._order.unfolded.add(row.parent)
            self._order.arrange()
            self._arranged()
        place = self._order.index_of(row_id)
        if place is None:
            return False
        self._move(place)
        return True

    def tick(self) -> None:
        """Draw the rows whose age now reads differently; not under another screen, which would be painted anew too."""
        if not self.screen.is_current:
            return
        for line in range(self.scrollable_content_region.height):
            place = line + self.scroll_offset.y
            if place < len(self._order.shown):
                row_id = self._order.shown[place]
                if self._ages.get(row_id) != self._age(self._order.rows[row_id]):
                    self.refresh_line(place)

    def _age(self, row: TaskRow) -> str:
        return age_text(self.clock() - row.since) if row.since else ""

    # Cursor

    def _arranged(self) -> None:
        """Take note of another order: the cursor goes with its task, the view with the cursor."""
        shown = self._order.shown
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(shown))
        place = self._order.index_of(self._cursor_id)
        if place is None:
            place = min(self._last_place, len(shown) - 1)
            self._focus_row(shown[place] if shown else "")
        elif place != self._last_place and self._is_seen(self._last_place):
            self._reveal(place)
        self._last_place = max(0, place)
        self.refresh()

    _last_place = 0

    def _is_seen(self, place: int) -> bool:
        return self.scroll_offset.y <= place < self.scroll_offset.y + self.scrollable_content_region.height

    def _reveal(self, place: int) -> None:
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        if place < top:
            self.scroll_to(y=place, animate=False)
        elif place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False)

    def _move(self, place: int) -> None:
        shown = self._order.shown
        if not shown:
            return
        place = max(0, min(place, len(shown) - 1))
        self.refresh_line(self._last_place)
        self._last_place = place
        self._reveal(place)
        self.refresh_line(place)
        self._focus_row(shown[place])

    def _focus_row(self, row_id: str) -> None:
        if row_id != self._cursor_id:
            self._cursor_id = row_id
            self.post_message(self.RowFocused(self, row_id))

    def _refresh_row(self, row_id: str) -> None:
        place = self._order.index_of(row_id)
        if place is not None:
            self.refresh_line(place)

    def action_cursor_down(self) -> None:
        """Go to the next task."""
        self._move(self._last_place + 1)

    def action_cursor_up(self) -> None:
        """Go to the previous task."""
        self._move(self._last_place - 1)

    def action_page_down(self) -> None:
        """Go on by a page."""
        self._move(self._last_place + max(1, self.scrollable_content_region.height - 1))

    def action_page_up(self) -> None:
        """Go back by a page."""
        self._move(self._last_place - max(1, self.scrollable_content_region.height - 1))

    def action_scroll_home(self) -> None:
        """Go to the first task."""
        self._move(0)

    def action_scroll_end(self) -> None:
        """Go to the last task."""
        self._move(len(self._order.shown) - 1)

    def action_open(self) -> None:
        """Open the task under the cursor."""
        if self._cursor_id:
            self.post_message(self.RowOpened(self, self._cursor_id))

    def action_unfold(self) -> None:
        """Show what is folded under the row."""
        self._fold(self._cursor_id, False)

    def action_fold(self) -> None:
        """Fold the row, or the parent of a child."""
        row = self._order.rows.get(self._cursor_id)
        if row is None:
            return
        if row.parent is not None and row.parent in self._order.rows:
            self.move_to(row.parent)
            self._fold(row.parent, True)
        else:
            self._fold(row.id, True)

    def _fold(self, row_id: str, folded: bool) -> None:
        if not self._order.has_children(row_id) or (row_id not in self._order.unfolded) == folded:
            return
        (self._order.unfolded.discard if folded else self._order.unfolded.add)(row_id)
        self._order.arrange()
        self._arranged()
        self.post_message(self.RowFolded(self, row_id, folded))

    # Painting

    def on_resize(self, event: events.Resize) -> None:
        """Fit the new width."""
        self._arranged()
        self._reveal(self._last_place)

    def make_brush(self, width: int) -> Palette:
        """Return the palette, and fit the columns to the width."""
        self._columns = columns_for(width)
        return palette_of(self)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        palette = self._brush or self._ready()
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place >= len(self._order.shown):
            text = clip(f" {self.empty_text}" if place == 0 else "", width)
            return Strip([Segment(text, palette.style("quiet"))], width)
        row = self._order.rows[self._order.shown[place]]
        age = self._ages[row.id] = self._age(row)
        fold = ""
        progress = row.progress
        if self._order.has_children(row.id):
            fold = "▾" if row.id in self._order.unfolded else "▸"
            if progress is None:
                children = self._order.children_of(row.id)
                progress = Progress(sum(child.state in AT_REST for child in children), len(children))
        cursor = row.id == self._cursor_id
        child = row.parent is not None and row.parent in self._order.rows
        key = (row, age, fold, progress, cursor, cursor and self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            segments = paint_row(
                row,
                self._columns,
                palette,
                age=age,
                fold=fold,
                child=child,
                progress=progress,
                cursor=cursor,
                focused=self.has_focus,
            )
            blank = palette.style("foreground", "cursor-background" if cursor else "surface")
            strip = self._strips[key] = Strip(segments).adjust_cell_length(width, blank)
        return strip

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the mouse; fold by the fold's sign; open by a double click."""
        offset = event.get_content_offset(self)
        place = (offset.y if offset else 0) + self.scroll_offset.y
        if offset is None or place >= len(self._order.shown):
            return
        self._move(place)
        row_id = self._order.shown[place]
        if offset.x == 1:
            self._fold(row_id, row_id in self._order.unfolded)
        elif event.chain == 2:
            self.action_open()
