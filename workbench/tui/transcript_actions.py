"""The transcript of the selected task: its chapters, and what a voice is writing just now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from widgets.transcript import Entry, Transcript
from workbench.tui.detail import Detail
from workbench.tui.pane import ChapterLine
from workbench.tui.story import PROMPTS, Part
from workbench.tui.work_screen import WorkScreen

_ENTRY_KINDS = {"prompt": "prompt", "answer": "answer", "check": "output", "note": "note", "decision": "note"}


class TranscriptActions(WorkScreen):
    """The telling part of the main screen."""

    def __init__(self) -> None:
        super().__init__()
        self.chapter = ""

    def tell_line(self, detail: Detail, line: Mapping[str, Any]) -> None:
        """Show what an event of the selected task adds."""
        if line.get("event") == "token-streamed":
            self._stream(str(line.get("voice") or ""), str(line.get("text") or ""))
        else:
            self._tell(detail, line.get("event"), detail.story.add(line))

    def show_transcript(self) -> None:
        """Show the chapters of the selected task, and the chosen one from the start."""
        self._show_chapters()
        self._show_chapter()

    def _show_chapters(self) -> None:
        names = self.detail.story.names if self.detail else ()
        if self.chapter not in names:
            self.chapter = names[0] if names else ""
        self.query_one(ChapterLine).show(names, self.chapter)

    def _show_chapter(self) -> None:
        transcript, detail = self.query_one("#transcript", Transcript), self.detail
        wanted = []
        if detail is not None and self.chapter:
            parts = detail.story.chapters.get(self.chapter, [])
            wanted = [self._entry(number, part) for number, part in enumerate(parts)]
            voice = self.bench.scene.voices.get((detail.task_id, self.chapter))
            if voice is not None and voice.is_speaking and voice.text:
                wanted.append(self._live_entry(len(parts), "".join(voice.text)))
        known = transcript.entries
        if known and known == tuple(entry.id for entry in wanted)[: len(known)]:
            transcript.extend(wanted[len(known) :])
            return
        transcript.clear()
        transcript.extend(wanted)

    def _entry(self, number: int, part: Part) -> Entry:
        kind = "error" if part.ok is False else _ENTRY_KINDS[part.kind]
        folded = False if self.chapter == PROMPTS else None
        return Entry(f"{self._prefix}{number}", kind, part.title, part.text, folded=folded)  # type: ignore[arg-type]

    def _live_entry(self, number: int, text: str) -> Entry:
        return Entry(f"{self._prefix}{number}", "answer", "writes", text, streaming=True)

    @property
    def _prefix(self) -> str:
        return f"{self.selected}/{self.chapter}/"

    def _stream(self, voice: str, text: str) -> None:
        if voice != self.chapter or self.detail is None:
            return
        transcript = self.query_one("#transcript", Transcript)
        number = len(self.detail.story.chapters.get(voice, ()))
        name = f"{self._prefix}{number}"
        if name in transcript.entries:
            transcript.append(name, text)
        else:
            transcript.add(self._live_entry(number, text))

    def _tell(self, detail: Detail, event: object, parts: list[tuple[str, Part]]) -> None:
        """Show what an event added to the story; a voice that begins to speak comes to the front."""
        if event == "prompt-sent" and parts:
            self.chapter = parts[0][0]
        self._show_chapters()
        transcript = self.query_one("#transcript", Transcript)
        shown_parts = detail.story.chapters.get(self.chapter, [])
        fresh = sum(chapter == self.chapter for chapter, _ in parts)
        if event == "prompt-sent":
            self._show_chapter()
            return
        for number in range(len(shown_parts) - fresh, len(shown_parts)):
            transcript.add(self._entry(number, shown_parts[number]))

    def on_chapter_line_chosen(self, message: ChapterLine.Chosen) -> None:
        """Show another chapter."""
        self.chapter = message.name
        self._show_chapters()
        self._show_chapter()

    def action_voice(self, step: int) -> None:
        """Show the next or the previous chapter."""
        names = self.detail.story.names if self.detail else ()
        if names:
            at = names.index(self.chapter) if self.chapter in names else 0
            self.on_chapter_line_chosen(ChapterLine.Chosen(names[(at + step) % len(names)]))
