"""Edits moved onto a file that changed since they were made: by exact context, or not at all.

A hunk moves only if its old lines, context included, stand in the file exactly once and in order. Nothing is guessed:
whatever does not fit so is refused with the lines the file really has.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from workbench.edits.lines import Region, regions, split_lines
from workbench.errors import EditRefused
from workbench.model import FileEdit

_SHOWN_LINES = 12
_SHOWN_WIDTH = 160
_HINT = "look at the file as it is now, and retry the task to get a new proposal"


def reverse(edit: FileEdit) -> FileEdit:
    """Return the edit that takes `edit` back."""
    return edit.model_copy(update={"before": edit.after, "after": edit.before, "mode": None})


def rebase(edit: FileEdit, current: bytes | None) -> FileEdit:
    """Return `edit` as made from `current`, the bytes the file has now (None where there is none).

    Raises:
        EditRefused: the file changed where the edit would (code `changed`); `nearest` shows what stands there.
    """
    if current == edit.before:
        return edit
    if current is None:
        raise EditRefused(f"{edit.path} is gone", code="changed", hint=_HINT)
    if edit.before is None:
        raise EditRefused(f"{edit.path} exists by now", code="changed", hint=_HINT, nearest=_numbered(current, 0))
    if edit.after is None:
        raise EditRefused(f"{edit.path} was changed and is not deleted", code="changed", hint=_HINT)
    if edit.before == edit.after:
        return edit.model_copy(update={"before": current, "after": current})
    return edit.model_copy(update={"before": current, "after": _merge(edit.path, edit.before, edit.after, current)})


def _merge(path: str, before: bytes, after: bytes, current: bytes) -> bytes:
    old, new, now = split_lines(before), split_lines(after), split_lines(current)
    built: list[bytes] = []
    at = 0
    for number, region in enumerate(regions(old, new), 1):
        wanted = old[region.old_first : region.old_end]
        places = _places(now, wanted)
        what = f"{path} was changed since: hunk {number} (line {region.old_first + 1})"
        if not places:
            nearest = _numbered(current, _nearest(now, wanted))
            raise EditRefused(f"{what} no longer fits", code="changed", hint=_HINT, nearest=nearest)
        if len(places) > 1:
            lines = ", ".join(str(place + 1) for place in places[:8])
            nearest = _numbered(current, places[0])
            raise EditRefused(f"{what} fits at lines {lines}", code="changed", hint=_HINT, nearest=nearest)
        place = places[0]
        end = place + len(wanted)
        put = new[region.new_first : region.new_end]
        glued = bool(put) and not put[-1].endswith(b"\n") and end < len(now)
        if place < at or glued:
            nearest = _numbered(current, place)
            raise EditRefused(f"{what} has moved past another", code="changed", hint=_HINT, nearest=nearest)
        built += [*now[at:place], *_put(region, new, now[place:end])]
        at = end
    return b"".join([*built, *now[at:]])


def _put(region: Region, new: Sequence[bytes], now: Sequence[bytes]) -> list[bytes]:
    """Return the lines of a region after its changes; context comes from the file."""
    built: list[bytes] = []
    at = 0
    for change in region.changes:
        first, end = change.old_first - region.old_first, change.old_end - region.old_first
        built += [*now[at:first], *new[change.new_first : change.new_end]]
        at = end
    return [*built, *now[at:]]


def _places(lines: Sequence[bytes], wanted: Sequence[bytes]) -> list[int]:
    if not wanted:
        return [] if lines else [0]
    last = len(lines) - len(wanted)
    wanted = list(wanted)
    return [
        place
        for place in range(last + 1)
        if lines[place] == wanted[0] and list(lines[place : place + len(wanted)]) == wanted
    ]


def _nearest(lines: Sequence[bytes], wanted: Sequence[bytes]) -> int:
    """Return the line at which what is wanted probably began."""
    matcher = SequenceMatcher(None, [line.strip() for line in wanted], [line.strip() for line in lines])
    longest = matcher.find_longest_match()
    return max(0, longest.b - longest.a) if longest.size else 0


def _numbered(content: bytes, first: int) -> str:
    lines = split_lines(content)[first : first + _SHOWN_LINES]
    shown = (line.decode("utf-8", "replace").rstrip("\r\n")[:_SHOWN_WIDTH] for line in lines)
    return "\n".join(f"{number:>5} {line}" for number, line in enumerate(shown, first + 1))
