"""Puts colours, marks and search matches on a line of text and cuts the window of it that is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rich.segment import Segment

from widgets.palette import Palette
from widgets.safe_text import cells, slice_cells
from widgets.syntax import Spans

Layer = tuple[int, int, str, str]
"""Characters first..last-1 take this background and these flags; an empty foreground keeps that of the code."""


def layered(
    text: str,
    palette: Palette,
    *,
    spans: Spans = (),
    foreground: str = "foreground",
    background: str = "surface",
    flags: str = "",
    layers: Sequence[tuple[int, int, str, str]] = (),
    first: int = 0,
    last: int | None = None,
) -> list[Segment]:
    """Return the segments of characters first..last-1 of harmless `text`.

    `spans` give the foreground; each of `layers` is (first, last, background, flags), later ones above earlier ones.
    """
    last = len(text) if last is None else min(last, len(text))
    if first >= last:
        return []
    style = palette.style
    if not spans and not layers:
        return [Segment(text[first:last], style(foreground, background, flags))]
    segments: list[Segment] = []
    for start, end, name in _within(spans, first, last, foreground):
        if not layers:
            segments.append(Segment(text[start:end], style(name, background, flags)))
            continue
        for low, high, back, more in _layers(layers, start, end, background):
            segments.append(Segment(text[low:high], style(name, back, flags + more)))
    return segments


def _within(spans: Spans, first: int, last: int, rest: str) -> Iterator[tuple[int, int, str]]:
    position = 0
    for end, name in spans:
        if end > first:
            start = max(position, first)
            if start >= last:
                return
            yield start, min(end, last), name
        position = end
    if position < last:
        yield max(position, first), last, rest


def _layers(layers: Sequence[Layer], start: int, end: int, background: str) -> Iterator[tuple[int, int, str, str]]:
    cuts = {start, end}
    for low, high, _, _ in layers:
        if low < end and high > start:
            cuts.add(max(low, start))
            cuts.add(min(high, end))
    ordered = sorted(cuts)
    for low, high in pairwise(ordered):
        back, flags = background, ""
        for first, last, name, more in layers:
            if first <= low and last >= high:
                back, flags = name or back, more
        yield low, high, back, flags


def matches_in(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Yield where `needle` stands in `text`; capitals count only where the needle has one."""
    if not needle:
        return
    if needle == needle.lower():
        lowered = text.lower()
        # A few characters change their length when lowered; then positions would lie.
        text = lowered if len(lowered) == len(text) else text
    position = text.find(needle)
    while position >= 0:
        yield position, position + len(needle)
        position = text.find(needle, position + len(needle))


def window(text: str, start: int, width: int) -> tuple[int, int, int, int]:
    """Return (first, last, lead, tail): the characters seen through a window and the blank cells on either side."""
    first, last, lead = slice_cells(text, start, width)
    taken = (last - first) if text.isascii() else cells(text[first:last])
    lead = min(lead, width)
    return first, last, lead, max(0, width - lead - taken)


def clip(text: str, width: int) -> str:
    """Return harmless `text` in exactly `width` cells, with `…` where it was cut."""
    if width <= 0:
        return ""
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    if width == 1:
        return "…"
    first, last, lead, tail = window(text, 0, width - 1)
    return " " * lead + text[first:last] + "…" + " " * tail


def clip_start(text: str, width: int) -> str:
    """Return the end of harmless `text` in exactly `width` cells: of a path the file's name says most."""
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    if width <= 1:
        return "…"[:width]
    first, last, lead, tail = window(text, taken - width + 1, width - 1)
    return "…" + " " * lead + text[first:last] + " " * tail


def total_cells(segments: Iterable[Segment]) -> int:
    """Return the width of segments in cells."""
    return sum(cells(segment.text) for segment in segments)
