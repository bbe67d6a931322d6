"""The log of events, told line by line as `nanites run` tells it."""

from __future__ import annotations

from collections import deque
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Log

from widgets.safe_text import safe_line
from workbench.narration import stamped
from workbench.spool.folder import Folder
from workbench.spool.tail import Tail
from workbench.tui.pane import Pane

MOST_LINES = 2_000
_SECONDS = 0.25


class EventsScreen(ModalScreen[None]):
    """Shows what has happened, the newest at the end, and goes on as more does."""

    DEFAULT_CSS = """
    EventsScreen { align: center middle; }
    EventsScreen > Pane { width: 96%; height: 92%; background: $surface; }
    EventsScreen Log { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,g", "dismiss", "Close")]

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self._tail = Tail(folder.events)

    def compose(self) -> ComposeResult:
        """Return the log in a frame."""
        with Pane() as pane:
            pane.entitle("Events", "esc: close")
            yield Log(max_lines=MOST_LINES)

    def on_mount(self) -> None:
        """Show what there is, then what comes."""
        self.query_one(Log).focus()
        self._read()
        self.set_interval(_SECONDS, self._read)

    def _read(self) -> None:
        told = (stamped(line) for line in self._tail.read() if line.get("event") != "token-streamed")
        lines = deque((safe_line(words) for words in told if words), maxlen=MOST_LINES)
        if lines:
            self.query_one(Log).write_lines(lines)
