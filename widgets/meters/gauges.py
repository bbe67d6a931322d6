"""Numbers as pictures one cell high: sparklines, bars, and the words for bytes and seconds."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from widgets.palette import palette_of

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline_text(values: Sequence[float], width: int, most: float | None = None) -> str:
    """Return the last `width` of `values` as a line of blocks, the newest at the right.

    `most` is the value of a full block; None takes the greatest seen. Zero and less is the lowest block.
    """
    seen = list(values)[-width:] if width > 0 else []
    top = most if most is not None else max(seen, default=0.0)
    steps = len(_BLOCKS) - 1
    picture = "".join(
        _BLOCKS[max(0, min(steps, round(steps * value / top)))] if top > 0 else _BLOCKS[0] for value in seen
    )
    return picture.rjust(width, _BLOCKS[0]) if width > 0 else ""


def bar_text(share: float, width: int) -> str:
    """Return a bar `width` cells wide of which `share` (0 to 1) is full; full and empty differ without colour."""
    full = max(0, min(width, round(share * width)))
    if full == width and share < 1 and width > 0:
        full -= 1  # what is not done must not look done
    return "▇" * full + "▁" * (width - full)


def bytes_text(size: float) -> str:
    """Return bytes in at most six characters: `9.1G`, `512M`."""
    for unit, scale in (("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)):
        if size >= scale:
            amount = size / scale
            return f"{amount:.0f}{unit}" if amount >= 10 else f"{amount:.1f}{unit}"
    return f"{max(0, int(size))}B"


def seconds_text(seconds: float) -> str:
    """Return a stretch of time in at most four characters."""
    for scale, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= scale:
            return f"{min(999, int(seconds // scale))}{unit}"
    return f"{max(0, int(seconds))}s"


class Gauge(Widget):
    """A picture one cell high, as wide as its place."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Gauge { height: 1; width: 1fr; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the one line it takes."""
        return 1

    def picture(self, width: int) -> str:
        """Return the picture in `width` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return the picture."""
        width = self.size.width
        return Strip([Segment(self.picture(width), palette_of(self).style("primary"))], width)


class Sparkline(Gauge):
    """The last values of a series, newest at the right."""

    def __init__(
        self,
        values: Sequence[float] = (),
        *,
        most: float | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._values = tuple(values)
        self._most = most

    def show(self, values: Sequence[float]) -> None:
        """Show other values."""
        if self._values != tuple(values):
            self._values = tuple(values)
            self.refresh()

    def picture(self, width: int) -> str:
        """Return the line of blocks."""
        return sparkline_text(self._values, width, self._most)


class Bar(Gauge):
    """A share of a whole, with its percentage."""

    def __init__(
        self,
        share: float = 0.0,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._share = share

    def show(self, share: float) -> None:
        """Show another share, from 0 to 1."""
        if self._share != share:
            self._share = share
            self.refresh()

    def picture(self, width: int) -> str:
        """Return the bar and the percentage, the bar alone where there is no room."""
        words = f" {self._share:4.0%}"
        if width < len(words) + 3:
            return bar_text(self._share, width)
        return bar_text(self._share, width - len(words)) + words
