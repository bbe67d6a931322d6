"""TranscriptCanvas: entries kept as data, laid out for a width, drawn line by line; keys and mouse are Transcript's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive, var
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from widgets.painted_view import PaintedView
from widgets.painting import clip
from widgets.palette import Palette, palette_of
from widgets.talk.block import Block, Entry


class TranscriptCanvas(PaintedView[Palette], can_focus=True):
    """What was said, newest at the end.

    Attributes:
        following: whether the end stays in sight as text comes; scrolling up ends it, going to the end begins it.
    """

    DEFAULT_CSS = """
    TranscriptCanvas { overflow-y: scroll; }
    """

    following: var[bool] = var(True, init=False)
    # Textual lays the whole screen out anew when this changes; here the scrollbar is always there, so nothing can move.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        most_characters: int = 400_000,
        frame_rate: float = 12.0,
        empty_text: str = "What is said will appear here.",
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.most_characters = most_characters
        self.frame_rate = frame_rate
        self.empty_text = empty_text
        self._blocks: list[Block] = []
        self._by_id: dict[str, Block] = {}
        self._tops: list[int] = [0]
        self._waiting: dict[str, list[str]] = {}
        self._flusher: Timer | None = None
        self._current: str | None = None
        self._needle = ""
        self._matches: list[tuple[str, int, int]] = []
        self._match = -1
        self._width = 0
        # Voices that speak at once would else all be painted at once, and the keys would wait for that.
        TranscriptCanvas._made += 1
        self._phase = 0.6 + 0.4 * (TranscriptCanvas._made * 0.618 % 1)
        for entry in entries:
            self._insert(entry)

    _made = 0

    def on_mount(self) -> None:
        """Show what came before there was a place for it."""
        self._flush()

    # Data

    def add(self, entry: Entry) -> None:
        """Put an entry at the end; one with a known id takes the place of the old."""
        self._flush()
        self._insert(entry)
        self._changed_from(self._blocks.index(self._by_id[entry.id]))

    def extend(self, entries: Iterable[Entry]) -> None:
        """Put many entries at the end at the cost of one."""
        self._flush()
        for entry in entries:
            self._insert(entry)
        self._changed_from(0)

    def append(self, entry_id: str, text: str) -> None:
        """Add text to a streaming entry; it is painted with what else comes within a frame."""
        if text and entry_id in self._by_id:
            self._waiting.setdefault(entry_id, []).append(text)
            if self._flusher is None and self.is_mounted:
                self._flusher = self.set_timer(self._phase / self.frame_rate, self._flush)

    def finish(self, entry_id: str, text: str | None = None) -> None:
        """End an entry's stream; it is shown with its marks, as `text` where that is given."""
        block = self._by_id.get(entry_id)
        if block is not None:
            self._flush()
            block.finish(text)
            self._forget_strips(entry_id)
            self._changed_from(self._blocks.index(block))

    def clear(self) -> None:
        """Forget everything."""
        self._blocks, self._by_id, self._tops = [], {}, [0]
        self._waiting, self._matches, self._match, self._current = {}, [], -1, None
        self._strips.clear()
        self.following = True
        self._changed_from(0)

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries, oldest first."""
        return tuple(block.id for block in self._blocks)

    def text_of(self, entry_id: str) -> str:
        """Return the text of an entry as it came."""
        waiting = "".join(self._waiting.get(entry_id, ()))
        return self._by_id[entry_id].text + waiting

    @property
    def current_entry(self) -> str | None:
        """Id of the entry that keys act on: the one chosen, else the last."""
        if self._current in self._by_id:
            return self._current
        return self._blocks[-1].id if self._blocks else None

    def _insert(self, entry: Entry) -> None:
        block = Block(entry)
        old = self._by_id.get(entry.id)
        if old is not None:
            self._blocks[self._blocks.index(old)] = block
            self._forget_strips(entry.id)
        else:
            self._blocks.append(block)
        self._by_id[entry.id] = block
        if self._width:
            block.lay_out(self._width)

    def _flush(self) -> None:
        """Bring what was streamed since the last frame onto the screen."""
        if self._flusher is not None:
            self._flusher.stop()
            self._flusher = None
        waiting, self._waiting = self._waiting, {}
        for entry_id, pieces in waiting.items():
            block = self._by_id.get(entry_id)
            if block is not None:
                height = block.height
                first = block.extend("".join(pieces))
                self._forget_strips(entry_id, first)
                self._grown(block, height, first)

    def _grown(self, block: Block, height: int, first: int) -> None:
        index = self._blocks.index(block)
        if block.height == height and self._kept() <= self.most_characters:
            if not block.folded:
                self.refresh_lines(self._tops[index] + first, max(1, block.height - first))
            return
        self._changed_from(index)

    # Layout

    def _kept(self) -> int:
        return sum(len(block.text) for block in self._blocks)

    def _trim(self) -> None:
        """Forget the oldest text beyond what may be kept."""
        excess = self._kept() - self.most_characters
        dropped = 0
        while excess > 0 and self._blocks:
            block = self._blocks[0]
            if len(block.text) <= excess and len(self._blocks) > 1 and not block.streaming:
                excess -= len(block.text)
                dropped += block.height
                del self._by_id[block.id]
                del self._blocks[0]
                continue
            height = block.height
            # A quarter more than needed, so that a long stream is not cut at every frame.
            block.cut_front(min(len(block.text), excess + self.most_characters // 4))
            dropped += max(0, height - block.height)
            break
        if dropped:
            self._strips.clear()
            if not self.following:
                self.scroll_to(y=max(0, self.scroll_offset.y - dropped), animate=False)

    def _changed_from(self, index: int) -> None:
        """Take note that blocks from `index` on have another height."""
        if self._kept() > self.most_characters:
            self._trim()
            index = 0
        heights = [block.height for block in self._blocks[index:]]
        self._tops[index:] = accumulate(heights, initial=self._tops[index] if index < len(self._tops) else 0)
        if not self._width:
            return
        size = Size(self._width, self._tops[-1])
        if size != self.virtual_size:
            self.virtual_size = size
        if self.following:
            self._go_to_end()
        self.refresh()

    def _go_to_end(self) -> None:
        self.scroll_to(y=max(0, self._tops[-1] - self.scrollable_content_region.height), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the new width."""
        width = self.scrollable_content_region.width
        if width and width != self._width:
            block, within = self._at(self.scroll_offset.y)
            self._width = width
            self._strips.clear()
            for each in self._blocks:
                each.lay_out(width)
            self._changed_from(0)
            if block is not None and not self.following:
                top = self._tops[self._blocks.index(block)]
                self.scroll_to(y=top + min(within, block.height - 1), animate=False)
        elif self.following:
            self._go_to_end()

    def _at(self, line: int) -> tuple[Block | None, int]:
        index = bisect_right(self._tops, line) - 1
        if line >= self._tops[-1] or not 0 <= index < len(self._blocks):
            return None, 0
        return self._blocks[index], line - self._tops[index]

    # Painting

    def _forget_strips(self, entry_id: str, first: int = 0) -> None:
        for key in tuple(self._strips.keys()):
            if key[0] == entry_id and (key[1] >= first or key[1] == 0):
                self._strips.discard(key)

    def make_brush(self, width: int) -> Palette:
        """Return the palette."""
        return palette_of(self)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        palette = self._brush or self._ready()
        line = y + self.scroll_offset.y
        block, at = self._at(line)
        width = self._width or self.scrollable_content_region.width
        if block is None:
            text = clip(f" {self.empty_text}", width) if not self._blocks and line == 0 else " " * width
            return Strip([Segment(text, palette.style("quiet"))])
        selection = self.text_selection
        span = selection.get_span(line) if selection is not None else None
        current = self.has_focus and block.id == self.current_entry
        focus = self._match >= 0 and self._focused_line(block) == at
        key = (block.id, at, current, focus, span, line)
        strip = self._strips.get(key)
        if strip is None:
            segments = block.paint(at, width, palette, current=current, needle=self._needle, focus=focus, span=span)
            strip = self._strips[key] = Strip(segments, width).apply_offsets(0, line)
        return strip

    def _focused_line(self, block: Block) -> int:
        entry, paragraph, character = self._matches[self._match]
        if entry != block.id or block.folded or paragraph >= len(block.paragraphs):
            return -1
        return block.at_paragraph(paragraph, character)

    # Selecting with the mouse is Textual's

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text as it stands on the screen."""
        lines = [block.plain_line(at) for block in self._blocks for at in range(block.height)]
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()

    def fold(self, entry_id: str, folded: bool) -> None:
        """Fold or unfold an entry without a message."""
        block = self._by_id[entry_id]
        block.folded = folded
        self._forget_strips(entry_id)
        self._changed_from(self._blocks.index(block))

    # Following

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow the end while it is in sight."""
        super().watch_scroll_y(old_value, new_value)
        at_end = new_value >= self._tops[-1] - self.scrollable_content_region.height
        if new_value < old_value and not at_end:
            self._set_following(False)
        elif at_end:
            self._set_following(True)

    def _set_following(self, following: bool) -> None:
        if following != self.following:
            self.following = following
            self._following_changed()

    def _following_changed(self) -> None:
        """Called when the end begins to be followed, or no longer is."""
