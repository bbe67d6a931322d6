"""Transcript: a stream of entries (prompts, answers, outputs, notes) kept as data and drawn line by line.

    transcript.add(Entry("a1", "answer", "Implementer", streaming=True))
    transcript.append("a1", "def ")          # as often as tokens come; painted at most `frame_rate` times a second
    transcript.finish("a1", full_text)       # now with headings, lists and coloured code

It follows the end only while it stands there, wraps anew on a resize, and forgets the oldest beyond `most_characters`.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.painting import matches_in
from widgets.talk.block import Block, Entry, EntryKind
from widgets.talk.canvas import TranscriptCanvas
from widgets.talk.prose import code_of

__all__ = ["Entry", "EntryKind", "Transcript"]


class Transcript(TranscriptCanvas):
    """A transcript to read, search and copy from; see TranscriptCanvas for what it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False, id="transcript.down"),
        Binding("k,up", "scroll_up", "Up", show=False, id="transcript.up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="transcript.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="transcript.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="transcript.top"),
        Binding("end,G", "scroll_end", "Follow the end", show=False, id="transcript.end"),
        Binding("right_square_bracket", "next_entry", "Next entry", show=False, id="transcript.next_entry"),
        Binding("left_square_bracket", "previous_entry", "Previous entry", show=False, id="transcript.previous_entry"),
        Binding("space,enter", "toggle_fold", "Fold", id="transcript.toggle_fold"),
        Binding("y", "copy", "Copy entry", id="transcript.copy"),
        Binding("Y", "copy_code", "Copy code", show=False, id="transcript.copy_code"),
        Binding("n", "next_match", "Next match", show=False, id="transcript.next_match"),
        Binding("N", "previous_match", "Previous match", show=False, id="transcript.previous_match"),
        Binding("escape", "leave", "Leave the search", show=False, id="transcript.leave"),
    ]

    class Said(Message):
        """Base of what a Transcript tells."""

        def __init__(self, transcript: Transcript) -> None:
            super().__init__()
            self.transcript = transcript

        @property
        def control(self) -> Transcript:
            """The transcript that tells."""
            return self.transcript

    class Copied(Said):
        """Text went to the clipboard."""

        def __init__(self, transcript: Transcript, text: str) -> None:
            super().__init__(transcript)
            self.text = text
            self.lines = text.count("\n") + 1

    class EntryFolded(Said):
        """An entry was folded or unfolded by a key or the mouse."""

        def __init__(self, transcript: Transcript, entry: str, folded: bool) -> None:
            super().__init__(transcript)
            self.entry = entry
            self.folded = folded

    class Searched(Said):
        """A search found `count` matches and stands at number `position` of them (0 of 0 for none)."""

        def __init__(self, transcript: Transcript, needle: str, position: int, count: int) -> None:
            super().__init__(transcript)
            self.needle = needle
            self.position = position
            self.count = count

    class FollowingChanged(Said):
        """The end is now followed, or no longer."""

        def __init__(self, transcript: Transcript, following: bool) -> None:
            super().__init__(transcript)
            self.following = following

    def _following_changed(self) -> None:
        self.post_message(self.FollowingChanged(self, self.following))

    # Keys

    def action_scroll_down(self) -> None:
        """Go on by a line."""
        self.scroll_to(y=self.scroll_offset.y + 1, animate=False)

    def action_scroll_up(self) -> None:
        """Go back by a line."""
        self.scroll_to(y=self.scroll_offset.y - 1, animate=False)

    def action_page_down(self) -> None:
        """Go on by a page."""
        self.scroll_to(y=self.scroll_offset.y + self.scrollable_content_region.height - 1, animate=False)

    def action_page_up(self) -> None:
        """Go back by a page."""
        self.scroll_to(y=self.scroll_offset.y - self.scrollable_content_region.height + 1, animate=False)

    def action_scroll_home(self) -> None:
        """Go to the beginning."""
        self.scroll_to(y=0, animate=False)

    def action_scroll_end(self) -> None:
        """Go to the end and follow it."""
        self._set_following(True)
        self._go_to_end()

    def action_next_entry(self) -> None:
        """Choose the next entry."""
        self._choose(1)

    def action_previous_entry(self) -> None:
        """Choose the previous entry."""
        self._choose(-1)

    def _choose(self, step: int) -> None:
        if not self._blocks:
            return
        index = next((i for i, block in enumerate(self._blocks) if block.id == self.current_entry), 0)
        index = max(0, min(index + step, len(self._blocks) - 1))
        self._current = self._blocks[index].id
        top, height = self._tops[index], self.scrollable_content_region.height
        if not self.scroll_offset.y <= top < self.scroll_offset.y + height:
            self.scroll_to(y=top, animate=False)
        self.refresh()

    def action_toggle_fold(self) -> None:
        """Fold or unfold the chosen entry."""
        if self.current_entry is not None:
            self._toggle_fold(self._by_id[self.current_entry])

    def _toggle_fold(self, block: Block) -> None:
        if block.foldable:
            self.fold(block.id, not block.folded)
            self.post_message(self.EntryFolded(self, block.id, block.folded))

    def action_copy(self) -> None:
        """Copy the selected text, else the chosen entry as it came."""
        entry = self.current_entry
        selected = self.screen.get_selected_text() if self.text_selection is not None else None
        self._copy(selected or (self.text_of(entry) if entry else ""))

    def action_copy_code(self) -> None:
        """Copy the code in the chosen entry's fences."""
        entry = self.current_entry
        self._copy(code_of(self.text_of(entry)) if entry else "")

    def _copy(self, text: str) -> None:
        if text:
            self.app.copy_to_clipboard(text)
            self.post_message(self.Copied(self, text))

    def on_click(self, event: events.Click) -> None:
        """Choose the entry under the mouse; a click on its header folds it."""
        offset = event.get_content_offset(self)
        block, at = self._at((offset.y if offset else 0) + self.scroll_offset.y)
        if block is None:
            return
        self._current = block.id
        if at == 0:
            self._toggle_fold(block)
        self.refresh()

    # Searching

    def search(self, needle: str) -> int:
        """Highlight `needle` (capitals count only where it has one) and go to its last match; return how many."""
        self._flush()
        self._needle = needle
        self._strips.clear()
        self._matches = [
            (block.id, index, low)
            for block in self._blocks
            for index, paragraph in enumerate(block.paragraphs)
            for low, _ in matches_in(paragraph.text, needle)
        ]
        self._match = -1
        if self._matches:
            self._go_to_match(len(self._matches) - 1)
        elif needle:
            self.post_message(self.Searched(self, needle, 0, 0))
        self.refresh()
        return len(self._matches)

    def action_next_match(self) -> None:
        """Go to the next match, after the last to the first."""
        if self._matches:
            self._go_to_match((self._match + 1) % len(self._matches))

    def action_previous_match(self) -> None:
        """Go to the previous match."""
        if self._matches:
            self._go_to_match((self._match - 1) % len(self._matches))

    def _go_to_match(self, position: int) -> None:
        entry, paragraph, character = self._matches[position]
        block = self._by_id.get(entry)
        if block is None or paragraph >= len(block.paragraphs):
            return
        self._match = position
        if block.folded:
            self.fold(entry, False)
        line = self._tops[self._blocks.index(block)] + block.at_paragraph(paragraph, character)
        height = self.scrollable_content_region.height
        if not self.scroll_offset.y <= line < self.scroll_offset.y + height:
            self._set_following(False)
            self.scroll_to(y=max(0, line - height // 3), animate=False)
        self.post_message(self.Searched(self, self._needle, position + 1, len(self._matches)))
        self.refresh()

    def action_leave(self) -> None:
        """End the search; without one the key is free for others."""
        if not self._needle:
            raise SkipAction
        self.search("")
