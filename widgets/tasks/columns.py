"""Which columns of a task table fit a width, and how each is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.segment import Segment

from widgets.meters.gauges import bar_text
from widgets.painting import clip, clip_start
from widgets.palette import Palette
from widgets.safe_text import safe_label
from widgets.tasks.rows import Progress, TaskRow


class Sign(NamedTuple):
    """A sign and a colour of the theme; the sign alone must say it."""

    sign: str
    colour: str


STATES: Mapping[str, Sign] = {
    "asks": Sign("▲", "warning"),
    "blocked": Sign("⋯", "quiet"),
    "queued": Sign("○", "foreground"),
    "running": Sign("◐", "primary"),
    "review": Sign("▲", "warning"),
    "applied": Sign("✔", "success"),
    "done": Sign("✔", "success"),
    "rejected": Sign("⊘", "quiet"),
    "failed": Sign("✘", "error"),
    "cancelled": Sign("⊗", "quiet"),
    "undone": Sign("↶", "quiet"),
}
VERDICTS: Mapping[str, Sign] = {
    "proven": Sign("≡", "success"),
    "checked": Sign("✔", "success"),
    "unverified": Sign("?", "warning"),
}
_OTHER = Sign("·", "foreground")

LEAST_TARGET = 14
"""Cells a target must keep for another column to be added."""

_BY_PRIORITY: tuple[tuple[str, int], ...] = (
    ("age", 4),
    ("verdict", 1),
    ("state", 9),
    ("kind", 11),
    ("progress", 20),
    ("text", 24),
    ("by", 8),
    ("verdict_word", 10),
)
ORDER = ("state", "kind", "target", "text", "progress", "by", "age", "verdict", "verdict_word")


def columns_for(width: int) -> dict[str, int]:
    """Return the columns that fit `width` cells, in order, with their widths; the target takes what is left."""
    room = width - 4 - LEAST_TARGET  # the cursor, the fold and the sign of the state are always there
    chosen: dict[str, int] = {}
    for name, size in _BY_PRIORITY:
        if size + 1 <= room:
            chosen[name] = size
            room -= size + 1
        elif name != "progress":  # a count stands in for the bar; nothing else is worth less than what comes after it
            break
    chosen["target"] = LEAST_TARGET + max(0, room)
    if "text" in chosen:  # words say more than a long path: they share the rest
        more = max(0, room - 10)
        chosen["target"] -= more
        chosen["text"] += more
    return {name: chosen[name] for name in ORDER if name in chosen}


def age_text(seconds: float) -> str:
    """Return an age in at most four characters."""
    seconds = max(0, int(seconds))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{min(seconds // size, 999)}{unit}"
    return f"{seconds}s"


def progress_text(progress: Progress, width: int) -> str:
    """Return a bar, the count and the estimate in exactly `width` cells."""
    words = f" {progress.done}/{progress.total}" + (f" {safe_label(progress.estimate)}" if progress.estimate else "")
    room = width - len(words)
    if room < 3:
        return clip(words.strip(), width)
    share = progress.done / progress.total if progress.total else 0.0
    return clip(bar_text(share, min(room, 12)) + words, width)


def paint_row(
    row: TaskRow,
    columns: Mapping[str, int],
    palette: Palette,
    *,
    age: str,
    fold: str,
    child: bool,
    progress: Progress | None,
    cursor: bool,
    focused: bool,
) -> list[Segment]:
    """Return a row's segments. `fold` is the sign of a parent, `child` whether the row stands under one."""
    back = "cursor-background" if cursor else "surface"
    flags = "b" if cursor and focused else ""
    state = STATES.get(row.state, _OTHER)
    verdict = VERDICTS.get(row.verdict, Sign(" ", "quiet") if not row.verdict else _OTHER)
    style = palette.style
    plain, quiet = style("foreground", back, flags), style("quiet", back, flags)
    segments = [
        Segment(("▸" if focused else "▹") if cursor else " ", style("diff-bar", back, "b")),
        Segment(fold or ("└" if child else " "), quiet),
        Segment(state.sign, style(state.colour, back, "b")),
    ]
    texts = {
        "state": (clip(safe_label(row.state), columns.get("state", 0)), style(state.colour, back, flags)),
        "kind": (clip(safe_label(row.kind), columns.get("kind", 0)), plain),
        "text": (clip(safe_label(row.text), columns.get("text", 0)), quiet),
        "by": (clip(safe_label(row.by), columns.get("by", 0)), quiet),
        "age": (f"{age:>4}", quiet),
        "verdict": (verdict.sign, style(verdict.colour, back, "b")),
        "verdict_word": (
            clip(safe_label(row.verdict), columns.get("verdict_word", 0)),
            style(verdict.colour, back, flags),
        ),
        "progress": (" " * columns.get("progress", 0), quiet),
    }
    width = columns["target"]
    target = safe_label(row.target or row.text)
    if progress is not None and "progress" in columns:
        texts["progress"] = (progress_text(progress, columns["progress"]), style("primary", back, flags))
    elif progress is not None:
        short = f" {progress.done}/{progress.total}"
        target = clip_start(target, max(1, width - len(short))) + short
    texts["target"] = (clip_start(target, width) if row.target else clip(target, width), plain)
    for name in columns:
        text, painted = texts[name]
        segments += [Segment(" ", plain), Segment(text, painted)]
    return segments
