"""One entry of a transcript laid out for a width: its header, its paragraphs, the lines they are broken into."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.segment import Segment

from widgets.painting import clip, layered, matches_in
from widgets.palette import Palette
from widgets.safe_text import cells, safe_label, wrap_cells, wrap_words
from widgets.talk.prose import Paragraph, plain, prose

EntryKind = Literal["prompt", "answer", "output", "note", "error"]

FOLD_FROM = 12
"""Lines from which a prompt or an output begins folded."""

SIGNS: dict[EntryKind, str] = {"prompt": "»", "answer": "◆", "output": "$", "note": "·", "error": "✘"}
_COLOURS: dict[EntryKind, str] = {
    "prompt": "secondary",
    "answer": "accent",
    "output": "warning",
    "note": "quiet",
    "error": "error",
}


@dataclass(frozen=True)
class Entry:
    """Something said: `text` is data and is shown as such.

    Attributes:
        id: names the entry towards its transcript.
        title: who speaks, or what was run.
        streaming: whether more text will come; while it does, it is shown plain.
        folded: whether only the header is shown; None leaves it to the length of prompts and outputs.
    """

    id: str
    kind: EntryKind = "answer"
    title: str = ""
    text: str = ""
    streaming: bool = False
    folded: bool | None = None


class Line(NamedTuple):
    """A line of the screen: characters first..last-1 of a paragraph; paragraph -1 is the header, -2 a blank line."""

    paragraph: int
    first: int
    last: int


HEADER = Line(-1, 0, 0)
BLANK = Line(-2, 0, 0)


class Block:
    """An entry with its layout, brought up to date piece by piece while it streams."""

    def __init__(self, entry: Entry) -> None:
        self.id = entry.id
        self.kind = entry.kind
        self.title = safe_label(entry.title)
        self.streaming = entry.streaming
        self.text = entry.text
        self.paragraphs = self._parse()
        folded = entry.folded
        if folded is None:
            folded = entry.kind in ("prompt", "output") and len(self.paragraphs) > FOLD_FROM
        self.folded = folded
        self.lines: list[Line] = []
        self._starts: list[int] = []
        self._width = 0

    @property
    def foldable(self) -> bool:
        """Whether there is anything to fold."""
        return bool(self.text)

    @property
    def height(self) -> int:
        """Lines the block takes, the header and the blank line after it among them."""
        return 2 if self.folded else len(self.lines) + 2

    def line(self, at: int) -> Line:
        """Return line `at` of the block."""
        if at == 0:
            return HEADER
        return BLANK if at == self.height - 1 else self.lines[at - 1]

    def _parse(self) -> list[Paragraph]:
        if self.streaming:
            return plain(self.text) if self.text else []
        text = self.text.rstrip("\n")
        if not text:
            return []
        return prose(text) if self.kind == "answer" else plain(text, "quiet" if self.kind == "note" else "foreground")

    def lay_out(self, width: int) -> None:
        """Break the paragraphs for a width in cells, unless that was done."""
        if width != self._width:
            self._width = width
            self._break_from(0)

    def _break_from(self, paragraph: int) -> None:
        del self.lines[self._starts[paragraph] if paragraph < len(self._starts) else len(self.lines) :]
        del self._starts[paragraph:]
        for index in range(paragraph, len(self.paragraphs)):
            self._starts.append(len(self.lines))
            shown = self.paragraphs[index]
            room = max(1, self._width - cells(shown.prefix))
            size = len(shown.text)
            if size <= room and shown.text.isascii():
                self.lines.append(Line(index, 0, size))
                continue
            pieces = wrap_words(shown.text, room) if shown.words else wrap_cells(shown.text, room)
            self.lines.extend(Line(index, first, last) for first, last in pieces)

    def extend(self, text: str) -> int:
        """Add text to a streaming entry; return the first line of the block that changed."""
        first = max(0, len(self.paragraphs) - 1)
        tail = self.text[self.text.rfind("\n") + 1 :] if self.paragraphs else ""
        self.text += text
        self.paragraphs[first:] = plain(tail + text)
        changed = self._starts[first] if first < len(self._starts) else len(self.lines)
        if self._width:
            self._break_from(first)
        return changed + 1

    def finish(self, text: str | None = None) -> None:
        """End the stream: `text`, or what came, is now shown with its marks."""
        self.text = self.text if text is None else text
        self.streaming = False
        self.restate()

    def cut_front(self, characters: int) -> None:
        """Forget the beginning of the text, to the end of a line."""
        end = self.text.find("\n", characters)
        self.text = "…\n" + self.text[end + 1 if end >= 0 else characters :]
        self.restate()

    def restate(self) -> None:
        """Make the paragraphs anew."""
        width, self._width = self._width, 0
        self.paragraphs, self._starts, self.lines = self._parse(), [], []
        if width:
            self.lay_out(width)

    def at_paragraph(self, paragraph: int, character: int) -> int:
        """Return the line of the block that shows a character of a paragraph."""
        start = self._starts[paragraph]
        end = self._starts[paragraph + 1] if paragraph + 1 < len(self._starts) else len(self.lines)
        firsts = [line.first for line in self.lines[start:end]]
        return start + max(0, bisect_right(firsts, character) - 1) + 1

    def plain_line(self, at: int) -> str:
        """Return the text of a line as it stands on the screen, for copying."""
        line = self.line(at)
        if line.paragraph < 0:
            return self.heading() if line.paragraph == -1 else ""
        shown = self.paragraphs[line.paragraph]
        return (shown.hang if line.first else shown.prefix) + shown.text[line.first : line.last]

    def heading(self) -> str:
        """Return the header's text."""
        fold = ("▸" if self.folded else "▾") if self.foldable else " "
        size = f" · {len(self.text):,} characters" if self.folded else ""
        more = " …" if self.streaming else ""
        return f"{fold} {SIGNS[self.kind]} {self.title or self.kind}{size}{more}"

    def paint(
        self,
        at: int,
        width: int,
        palette: Palette,
        *,
        current: bool,
        needle: str,
        focus: bool,
        span: tuple[int, int] | None,
    ) -> list[Segment]:
        """Return the segments of a line; `span` are the selected characters, `focus` whether the match is the one."""
        line = self.line(at)
        if line.paragraph == -2:
            return [Segment(" " * width, palette.style("foreground"))]
        if line.paragraph == -1:
            text = clip(self.heading(), width)
            rest = [(0, len(text) if span[1] < 0 else span[1], "select-background", "b")] if span else []
            flags = "br" if current else "b"
            return layered(text, palette, foreground=_COLOURS[self.kind], flags=flags, layers=rest)
        shown = self.paragraphs[line.paragraph]
        prefix = shown.hang if line.first else shown.prefix
        layers = list(shown.layers)
        if needle:
            flags = "br" if focus else "bu"
            layers += [(low, high, "search-background", flags) for low, high in matches_in(shown.text, needle)]
        if span:
            low = max(0, span[0] - len(prefix)) + line.first
            high = line.last if span[1] < 0 else max(0, span[1] - len(prefix)) + line.first
            layers.append((low, high, "select-background", ""))
        spans = shown.fence.spans(shown.fence_line) if shown.fence else ()
        segments = [Segment(prefix, palette.style("quiet", shown.background))] if prefix else []
        segments += layered(
            shown.text,
            palette,
            spans=spans,
            foreground="syntax-name" if shown.fence else shown.foreground,
            background=shown.background,
            flags=shown.flags,
            layers=layers,
            first=line.first,
            last=line.last,
        )
        rest_cells = width - cells(prefix) - cells(shown.text[line.first : line.last])
        if rest_cells > 0:
            segments.append(Segment(" " * rest_cells, palette.style("foreground", shown.background)))
        return segments
