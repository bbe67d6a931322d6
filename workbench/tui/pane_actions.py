"""Moving about the main screen: from pane to pane, into one that has the whole screen, and by search and filter."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from widgets.diff_view import DiffView
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.tui.rows import filter_of
from workbench.tui.work_screen import WorkScreen

PANES = ("tasks", "diff", "transcript", "nanites", "machine")


class PaneActions(WorkScreen):
    """The moving part of the main screen."""

    def __init__(self) -> None:
        super().__init__()
        self._searching = "tasks"

    def pane_of(self, widget: Widget | None) -> str:
        """Return the name of the pane that a widget is in; `tasks` for none."""
        while widget is not None:
            if widget.id and widget.id.endswith("-pane"):
                return widget.id.removesuffix("-pane")
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return "tasks"

    def action_pane(self, name: str) -> None:
        """Bring a pane into focus, and into sight."""
        for other in PANES if name != "tasks" else ():
            self.set_class(other == name, f"-at-{other}")
        if self.has_class("-zoomed"):
            self._zoom(name)
        if name == "diff" and self.has_class("-words"):
            target: Widget = self.query_one("#words")
        else:
            target = self.query_one(f"#{name}")
        # At once, not after the next refresh: a key that is typed right behind belongs to this pane.
        self.set_focus(target if target.can_focus else self.query_one(f"#{name}-pane"))

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        at = PANES.index(self.pane_of(self.focused))
        self.action_pane(PANES[(at + step) % len(PANES)])

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        if self.has_class("-zoomed"):
            self.remove_class("-zoomed")
        else:
            self._zoom(self.pane_of(self.focused))

    def _zoom(self, name: str) -> None:
        is_left = name in {"tasks", "nanites", "machine"}
        self.add_class("-zoomed")
        self.set_class(is_left, "-zoom-left")
        self.set_class(not is_left, "-zoom-right")
        for other in PANES:
            self.query_one(f"#{other}-pane").set_class(other == name, "-zoom")

    # Search and filter

    def action_search(self) -> None:
        """Search in the focused pane; in the task list, filter."""
        self._searching = self.pane_of(self.focused)
        self._open_bar("filter: " if self._searching == "tasks" else "search: ")

    def action_filter(self) -> None:
        """Filter the tasks."""
        self._searching = "tasks"
        self._open_bar("filter: ")

    def action_leave(self) -> None:
        """Close the line at the foot, or leave the zoom."""
        if self.query_one("#bar").has_class("-open"):
            self.close_bar(None)
        else:
            self.remove_class("-zoomed")

    def _open_bar(self, label: str) -> None:
        hint = "a state, kind:patch, or words; empty shows all" if label.startswith("filter") else ""
        self.query_one("#bar-label", Static).update(Content(label))
        bar = self.query_one("#bar-input", Input)
        bar.placeholder = hint
        self.query_one("#bar").add_class("-open")
        bar.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while the person types."""
        if event.input.id == "bar-input" and self._searching == "tasks":
            self.query_one(TaskTable).filter(filter_of(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the pane, with what was searched."""
        if event.input.id == "bar-input":
            self.close_bar(event.value)

    def close_bar(self, needle: str | None) -> None:
        """Close the line at the foot; None gives the search up."""
        self.query_one("#bar").remove_class("-open")
        bar = self.query_one("#bar-input", Input)
        name = self._searching
        if name == "tasks":
            if needle is None:
                self.query_one(TaskTable).filter(None)
        elif needle is not None:
            self._search_pane(name, needle)
        with bar.prevent(Input.Changed):
            bar.value = ""
        self.action_pane(name)

    def _search_pane(self, name: str, needle: str) -> None:
        if name == "diff" and not self.has_class("-words"):
            self.query_one(DiffView).search(needle)
        elif name in {"diff", "transcript"}:
            self.query_one("#words" if name == "diff" else "#transcript", Transcript).search(needle)
