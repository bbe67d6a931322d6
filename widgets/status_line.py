"""StatusLine: keys at the left, what is going on at the right; what does not fit goes by priority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from widgets.palette import palette_of
from widgets.safe_text import cells, safe_label


@dataclass(frozen=True)
class KeyHint:
    """A key and what it does; the first hints are kept longest."""

    key: str
    label: str


@dataclass(frozen=True)
class StatusSegment:
    """A piece of news. Where room is short `short` stands for `text`, then the greatest `rank` goes first.

    `colour` is a name of the theme.
    """

    text: str
    short: str = ""
    rank: int = 1
    colour: str = "foreground"
    bold: bool = False


class StatusLine(Widget):
    """One line at the foot of a screen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StatusLine { height: 1; dock: bottom; background: $panel; }
    """

    class HintClicked(Message):
        """A key hint was clicked; `key` is the key as it is shown."""

        def __init__(self, status_line: StatusLine, key: str) -> None:
            super().__init__()
            self.status_line = status_line
            self.key = key

        @property
        def control(self) -> StatusLine:
            """The line that was clicked."""
            return self.status_line

    def __init__(
        self,
        hints: Sequence[KeyHint] = (),
        segments: Sequence[StatusSegment] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._hints = tuple(hints)
        self._segments = tuple(segments)
        self._spans: list[tuple[int, int, str]] = []

    def show_hints(self, hints: Sequence[KeyHint]) -> None:
        """Show other keys."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def show_segments(self, segments: Sequence[StatusSegment]) -> None:
        """Show other news."""
        if tuple(segments) != self._segments:
            self._segments = tuple(segments)
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the one line it takes."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        palette = palette_of(self)
        width = self.size.width
        hints = sum(cells(hint.key) + cells(hint.label) + 3 for hint in self._hints)
        news = _fit_news(self._segments, max(12, width // 2, width - hints - 2))
        room = width - sum(cells(text) for text, _ in news) - 3 * max(0, len(news) - 1) - 2
        segments: list[Segment] = []
        self._spans = []
        used = 0
        for hint in self._hints:
            key, label = f" {safe_label(hint.key)}", f" {safe_label(hint.label)} "
            if used + cells(key + label) > room:
                break
            self._spans.append((used, used + cells(key + label), hint.key))
            used += cells(key + label)
            segments += [Segment(key, palette.style("accent", flags="b")), Segment(label, palette.style("foreground"))]
        segments.append(Segment(" " * max(0, room - used + 1), palette.style("foreground")))
        for index, (text, segment) in enumerate(news):
            if index:
                segments.append(Segment(" · ", palette.style("quiet")))
            segments.append(Segment(text, palette.style(segment.colour, flags="b" if segment.bold else "")))
        return Strip(segments).adjust_cell_length(width, palette.style("foreground"))

    def on_click(self, event: events.Click) -> None:
        """Tell which hint was clicked."""
        for first, last, key in self._spans:
            if first <= event.x < last:
                self.post_message(self.HintClicked(self, key))

    def notify_style_update(self) -> None:
        """Paint anew."""
        super().notify_style_update()
        self.refresh()


def _fit_news(segments: Sequence[StatusSegment], width: int) -> list[tuple[str, StatusSegment]]:
    """Return the pieces that fit with ` · ` between them: all in full, else shortened, else the more important."""
    kept = [(safe_label(segment.text), segment) for segment in segments if segment.text]

    def taken() -> int:
        return sum(cells(text) + 3 for text, _ in kept) - 3

    by_rank = sorted(range(len(kept)), key=lambda index: (-kept[index][1].rank, -index))
    for index in by_rank:
        if taken() <= width:
            return kept
        text, segment = kept[index]
        kept[index] = (safe_label(segment.short) or text, segment)
    while len(kept) > 1 and taken() > width:
        last = max(range(len(kept)), key=lambda index: (kept[index][1].rank, index))
        del kept[last]
    return kept
