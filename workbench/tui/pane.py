"""A framed part of the screen, and the line of chapter names above a transcript."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from widgets.palette import palette_of
from widgets.safe_text import cells, safe_label


class Pane(Vertical):
    """A frame with a title and a subtitle; text in them is shown as it is."""

    DEFAULT_CSS = """
    Pane { border: round $border-blurred; border-title-color: $foreground; border-subtitle-color: $text-muted; }
    Pane:focus-within { border: round $border; border-title-style: bold; }
    """

    def entitle(self, title: str, subtitle: str = "") -> None:
        """Show other words in the frame."""
        self.border_title = Content(f" {safe_label(title)} ")
        self.border_subtitle = Content(f" {safe_label(subtitle)} ") if subtitle else None


class ChapterLine(Widget):
    """Names on one line, one of them chosen; a click chooses another."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChapterLine { height: 1; }
    """

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._chosen = ""
        self._spans: list[tuple[int, int, str]] = []

    def show(self, names: Sequence[str], chosen: str) -> None:
        """Show these names."""
        if (tuple(names), chosen) != (self._names, self._chosen):
            self._names, self._chosen = tuple(names), chosen
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the one line it takes."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        palette, width, used = palette_of(self), self.size.width, 0
        segments: list[Segment] = []
        self._spans = []
        for name in self._names:
            text = f"[{safe_label(name)}]" if name == self._chosen else f" {safe_label(name)} "
            self._spans.append((used, used + cells(text), name))
            used += cells(text)
            style = palette.style("accent", flags="b") if name == self._chosen else palette.style("quiet")
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, palette.style("foreground"))

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the mouse."""
        for first, last, name in self._spans:
            if first <= event.x < last:
                self.post_message(self.Chosen(name))

    def notify_style_update(self) -> None:
        """Paint anew."""
        super().notify_style_update()
        self.refresh()
