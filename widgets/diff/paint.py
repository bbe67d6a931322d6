"""Paints the lines of a laid-out patch: gutters, signs, code, marks, headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rich.segment import Segment
from textual.strip import Strip

from widgets.diff.colours import Colours
from widgets.diff.layout import Layout, Place
from widgets.diff.model import Hunk, Patch, Row, Side
from widgets.diff.words import Ranges, changed_words
from widgets.painting import clip, clip_start, layered, matches_in, window
from widgets.palette import Palette
from widgets.safe_text import cells, safe_label, safe_line, wrap_cells
from widgets.syntax import Spans

BAR = 2
"""Cells of the bar at the left: the hunk in focus, the cursor, the selection."""

SideName = Literal["old", "new"]
NO_NEWLINE = " ⊘ no newline at end of file"
STATUS_SIGNS = {"modified": "~", "added": "+", "deleted": "-", "renamed": "→", "binary": "◼"}


@dataclass(frozen=True)
class Look:
    """What is true of one line at this moment; part of the key under which its strip is kept."""

    in_hunk: bool = False
    cursor: bool = False
    selected: tuple[str, int, int] | None = None
    """Side, and first and last character; -1 for the whole line."""


@dataclass(frozen=True)
class Scene:
    """Everything a painted line depends on that holds for the whole view."""

    patch: Patch
    layout: Layout
    palette: Palette
    colours: Colours
    width: int
    wrap: bool
    needle: str = ""
    match: tuple[int, int] | None = None
    """The hunk and line of the match in focus."""
    tab_size: int = 4
    dropped: frozenset[int] = frozenset()
    annotations: Mapping[int, str] = field(default_factory=dict)
    decidable: bool = True


class Geometry:
    """The columns of a view `width` cells wide."""

    def __init__(self, patch: Patch, width: int, split: bool) -> None:
        hunks = [file.hunks[-1] for file in patch.files if file.hunks]
        most = max((max(h.old_start + h.old_length, h.new_start + h.new_length) for h in hunks), default=1)
        self.split = split
        self.number = max(3, len(str(most)))
        if split:
            self.half = max(8, (width - BAR - 1) // 2)
            self.rest = max(0, width - BAR - 1 - 2 * self.half)
            self.text = max(1, self.half - self.number - 3)
        else:
            self.half, self.rest = width - BAR, 0
            self.text = max(1, self.half - 2 * self.number - 4)

    @property
    def gutter(self) -> int:
        """Cells before the text within a column."""
        return self.half - self.text

    def hit(self, x: int) -> tuple[SideName, int] | None:
        """Return the column of text and the cell within it at cell `x` of the view; cells below zero are gutter."""
        x -= BAR
        if x < 0:
            return None
        if self.split and x > self.half:
            return "new", x - self.half - 1 - self.gutter
        return ("old" if self.split else "new"), x - self.gutter


class Painter:
    """Makes the strips of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.geometry = Geometry(scene.patch, scene.width, scene.layout.options.split)

    def paint(self, place: Place, look: Look, scroll: int) -> Strip:
        """Return the strip of a place, its text moved `scroll` cells to the left."""
        kind = place.section.kind
        if kind == "file":
            segments = self._file(place, look)
        elif kind == "heading":
            segments = self._heading(place, look)
        elif kind in ("note", "remark"):
            sign, style = ("✎ ", ("warning", "surface", "i")) if kind == "note" else ("", ("quiet", "surface"))
            text = clip(sign + safe_label(place.section.text), self.scene.width - BAR)
            segments = [*self._bar(place, look), Segment(text, self.scene.palette.style(*style))]
        else:
            segments = self._row(place, look, scroll)
        return Strip(segments).adjust_cell_length(self.scene.width, self.scene.palette.style("foreground"))

    def warm(self, place: Place) -> None:
        """Work out what is dear about a place that will probably be painted soon: the colours of its code."""
        row = self.scene.layout.row(place)
        if row is not None and row.old is not None and (self.geometry.split or row.new is None):
            self._text(place, row.old, "old")
        if row is not None and row.new is not None:
            self._text(place, row.new, "new")

    def _bar(self, place: Place, look: Look) -> list[Segment]:
        dropped = place.section.hunk in self.scene.dropped and place.section.kind == "body"
        edge = "▌" if look.in_hunk else " "
        edge = ("╏" if look.in_hunk else "┊") if dropped else edge
        point = "▸" if look.cursor else "┃" if look.selected else " "
        style = self.scene.palette.style
        return [
            Segment(edge, style("diff-bar" if look.in_hunk else "quiet")),
            Segment(point, style("diff-bar", flags="b")),
        ]

    def _file(self, place: Place, look: Look) -> list[Segment]:
        file = self.scene.patch.files[place.section.file]
        path = safe_label(file.path)
        if file.status == "renamed" and file.old_path:
            path = f"{safe_label(file.old_path)} → {path}"
        tail = f" {file.status}" if file.status != "modified" else ""
        tail += f"  +{file.added} -{file.removed}"
        room = self.scene.width - BAR - len(tail) - 3
        head = clip_start(path, min(cells(path), max(1, room)))
        line = f"{STATUS_SIGNS[file.status]} {head}{tail} "
        style = self.scene.palette.style
        rule = "─" * max(0, self.scene.width - BAR - cells(line))
        return [*self._bar(place, look), Segment(line, style("foreground", flags="b")), Segment(rule, style("quiet"))]

    def _heading(self, place: Place, look: Look) -> list[Segment]:
        scene = self.scene
        hunk = scene.patch.hunks[place.section.hunk - 1]
        state = ""
        if scene.decidable:
            state = "✘ dropped" if hunk.number in scene.dropped else "✔ kept"
        above, below = scene.layout.room(hunk)
        parts = [
            f"hunk {hunk.number}/{len(scene.patch.hunks)}",
            state,
            safe_label(scene.annotations.get(hunk.number, "")),
            f"line {hunk.new_first}",
            f"↕ {above + below} more" if above or below else "",
            safe_label(hunk.section),
        ]
        text = clip(" · ".join(part for part in parts if part), scene.width - BAR)
        flags = "b" if look.in_hunk else ""
        style = scene.palette.style("diff-heading-foreground", "diff-heading-background", flags)
        return [*self._bar(place, look), Segment(text, style)]

    def _row(self, place: Place, look: Look, scroll: int) -> list[Segment]:
        row = self.scene.layout.row(place)
        if row is None:
            return []
        segments = self._bar(place, look)
        if not self.geometry.split:
            return segments + self._half(place, row, "new" if row.new else "old", look, scroll=scroll, both=True)
        segments += self._half(place, row, "old", look, scroll=scroll)
        segments.append(Segment("│", self.scene.palette.style("meter-empty")))
        return segments + self._half(place, row, "new", look, scroll=scroll)

    def _half(
        self, place: Place, row: Row, name: SideName, look: Look, *, scroll: int, both: bool = False
    ) -> list[Segment]:
        palette, geometry = self.scene.palette, self.geometry
        side = row.old if name == "old" else row.new
        if side is None:
            return [Segment(" " * geometry.half, palette.style("diff-empty-foreground", "diff-empty-background"))]
        dropped = place.section.hunk in self.scene.dropped
        tone = ("removed" if name == "old" else "added") if row.changed else ""
        back = f"diff-{tone}-background" if tone and not dropped else "surface"
        fore = f"diff-{tone}-foreground" if tone and not dropped else "quiet"
        sign = {"removed": "-", "added": "+", "": " "}[tone]
        piece = place.piece
        numbers = self._numbers(row, name, both) if piece == 0 else " " * (geometry.gutter - 3)
        gutter = Segment(f"{numbers} {sign if piece == 0 else '↪'} ", palette.style(fore, back))
        text, spans, tail = self._text(place, side, name)
        if dropped and tone:
            spans = ()
        layers = self._layers(place, row, side, name, text=text, look=look) if not dropped or look.selected else []
        segments = [gutter]
        width = geometry.text
        if self.scene.wrap:
            first, last = self._piece(text, piece, width)
            used = cells(text[first:last]) if first <= len(text) else 0
            lead, rest = 0, width - used
        else:
            first, last, lead, rest = window(text, scroll, width)
        if lead:
            segments.append(Segment(" " * lead, palette.style(fore, back)))
        segments += layered(
            text,
            palette,
            spans=spans,
            foreground="quiet" if dropped and tone else "syntax-name",
            background=back,
            flags="s" if dropped and tone == "added" else "",
            layers=layers,
            first=first,
            last=last,
        )
        if rest:
            filler = clip(tail, rest) if tail and last == len(text) and first <= last else " " * rest
            segments.append(Segment(filler, palette.style("quiet", back)))
        return segments

    def _piece(self, text: str, piece: int, width: int) -> tuple[int, int]:
        if text.isascii():
            return piece * width, min(len(text), (piece + 1) * width)
        pieces = list(wrap_cells(text, width))
        return pieces[piece] if piece < len(pieces) else (len(text), len(text))

    def _numbers(self, row: Row, name: SideName, both: bool) -> str:
        width = self.geometry.number
        if not both:
            side = row.old if name == "old" else row.new
            return f"{side.number if side else '':>{width}}"
        old, new = (row.old.number if row.old else ""), (row.new.number if row.new else "")
        return f"{old:>{width}} {new:>{width}}"

    def _text(self, place: Place, side: Side, name: SideName) -> tuple[str, Spans, str]:
        """Return the harmless text of a half, its colours, and what is said after its end."""
        scene, section = self.scene, place.section
        if section.kind != "body":
            text = scene.layout.context(section)[side.line]
            hunk = scene.patch.hunks[section.hunk - 1]
            first = hunk.new_first - section.rows if section.kind == "above" else hunk.new_first + hunk.new_length
            return safe_line(text, scene.tab_size), scene.colours.of_source(section.file, first + side.line), ""
        hunk = scene.patch.hunks[section.hunk - 1]
        text = safe_line(hunk.text(side.line), scene.tab_size)
        tail = NO_NEWLINE if hunk.ends_without_newline(side.line) else ""
        return text, scene.colours.of_line(hunk, name, side.line), tail

    def _layers(
        self, place: Place, row: Row, side: Side, name: SideName, *, text: str, look: Look
    ) -> list[tuple[int, int, str, str]]:
        layers: list[tuple[int, int, str, str]] = []
        if row.changed:
            back = "diff-removed-word-background" if name == "old" else "diff-added-word-background"
            hunk = self.scene.patch.hunks[place.section.hunk - 1]
            layers += [(low, high, back, "u") for low, high in self._words(hunk, row, name, text)]
        if self.scene.needle:
            focus = self.scene.match == (place.section.hunk, side.line) and place.section.kind == "body"
            flags = "br" if focus else "bu"  # reversed colours keep their contrast
            layers += [(low, high, "search-background", flags) for low, high in matches_in(text, self.scene.needle)]
        if look.selected and look.selected[0] in (name, "both"):
            low, high = look.selected[1], look.selected[2]
            layers.append((low, len(text) if high < 0 else high, "select-background", ""))
        return layers

    def _words(self, hunk: Hunk, row: Row, name: SideName, text: str) -> Ranges:
        if row.old and row.new:
            other = row.new.line if name == "old" else row.old.line
        elif row.partner is not None:
            other = row.partner
        else:
            return ()
        opposite = safe_line(hunk.text(other), self.scene.tab_size)
        old, new = changed_words(text, opposite) if name == "old" else changed_words(opposite, text)
        return old if name == "old" else new
