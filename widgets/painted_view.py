"""PaintedView: a scrolled view that paints line by line and keeps what it painted until colours or width change."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual.cache import LRUCache
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.palette import palette_key

Brush = TypeVar("Brush")


class PaintedView(Generic[Brush], ScrollView):
    """Base of the views here: a subclass makes the brush that its lines are painted with.

    Args:
        kept: how many painted lines are kept.
    """

    DEFAULT_CSS = """
    PaintedView { overflow-y: auto; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    def __init__(
        self,
        *,
        kept: int = 1_024,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._strips: LRUCache[tuple[Any, ...], Strip] = LRUCache(kept)
        self._brush: Brush | None = None
        self._painted_with: object = None

    def make_brush(self, width: int) -> Brush:
        """Return what lines of this width are painted with, in the colours of now."""
        raise NotImplementedError

    def _ready(self) -> Brush:
        width = self.scrollable_content_region.width
        key = (palette_key(self), width)
        if self._brush is None or key != self._painted_with:
            self._painted_with = key
            self._strips.clear()
            self._brush = self.make_brush(width)
        return self._brush

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; whether colours changed is asked once for all of them."""
        self._ready()
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        """Paint anew where the colours changed; what was painted is kept where they did not."""
        super().notify_style_update()
        self.refresh()
