"""Files as lines, and where two versions of a file differ: what diffs, the choice of hunks and rebasing stand on.

Lines end at `\\n` and nowhere else, so that carriage returns, form feeds and the like stay inside their line untouched.
Unique common lines are matched first (patience diff, Bram Cohen); difflib sees only what lies between them, which keeps
it fast on long files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3
"""Lines of context on either side of a change, as git shows them."""

# More pairs of equal lines than this between two anchors make difflib crawl; popular lines are then left unmatched.
_MAX_PAIRS = 200_000


@dataclass(frozen=True)
class Change:
    """Lines `old_first` to `old_end` (from 0, end excluded) that become lines `new_first` to `new_end`."""

    old_first: int
    old_end: int
    new_first: int
    new_end: int


@dataclass(frozen=True)
class Region:
    """Changes that lie so close that they share their context; the numbers cover that context too."""

    old_first: int
    old_end: int
    new_first: int
    new_end: int
    changes: tuple[Change, ...]


def split_lines(content: bytes) -> list[bytes]:
    """Return the lines of `content` with their `\\n`; only the last may lack one."""
    *whole, rest = content.split(b"\n")
    lines = [line + b"\n" for line in whole]
    return [*lines, rest] if rest else lines


def changes(old: Sequence[bytes], new: Sequence[bytes]) -> list[Change]:
    """Return what must change in `old` to become `new`, in order."""
    found = []
    old_at = new_at = 0
    for old_first, new_first, length in [*_matches(old, new), (len(old), len(new), 0)]:
        if old_first > old_at or new_first > new_at:
            found.append(Change(old_at, old_first, new_at, new_first))
        old_at, new_at = old_first + length, new_first + length
    return found


def regions(old: Sequence[bytes], new: Sequence[bytes], context: int = CONTEXT) -> list[Region]:
    """Return the changes from `old` to `new` gathered into hunks with `context` lines around them."""
    groups: list[list[Change]] = []
    for change in changes(old, new):
        if groups and change.old_first - groups[-1][-1].old_end <= 2 * context:
            groups[-1].append(change)
        else:
            groups.append([change])
    found = []
    for group in groups:
        first, last = group[0], group[-1]
        before = min(context, first.old_first)
        after = min(context, len(old) - last.old_end)
        found.append(
            Region(
                first.old_first - before,
                last.old_end + after,
                first.new_first - before,
                last.new_end + after,
                tuple(group),
            )
        )
    return found


def _matches(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int, int]]:
    """Return runs of equal lines as (first in old, first in new, length), in order, not overlapping."""
    found = []
    parts = [Change(0, len(old), 0, len(new))]
    while parts:
        part = parts.pop()
        start, end = _equal_ends(old, new, part)
        found += [(part.old_first, part.new_first, start), (part.old_end - end, part.new_end - end, end)]
        part = Change(part.old_first + start, part.old_end - end, part.new_first + start, part.new_end - end)
        if part.old_first == part.old_end or part.new_first == part.new_end:
            continue
        anchors = _find_anchors(old[part.old_first : part.old_end], new[part.new_first : part.new_end])
        if not anchors:
            found += _match_closely(old, new, part)
            continue
        old_at, new_at = part.old_first, part.new_first
        for old_anchor, new_anchor in anchors:
            parts.append(Change(old_at, part.old_first + old_anchor, new_at, part.new_first + new_anchor))
            old_at, new_at = part.old_first + old_anchor, part.new_first + new_anchor
        parts.append(Change(old_at, part.old_end, new_at, part.new_end))
    return sorted(run for run in found if run[2])


def _equal_ends(old: Sequence[bytes], new: Sequence[bytes], part: Change) -> tuple[int, int]:
    """Return how many lines are equal at the start and, of the rest, at the end."""
    most = min(part.old_end - part.old_first, part.new_end - part.new_first)
    start = end = 0
    while start < most and old[part.old_first + start] == new[part.new_first + start]:
        start += 1
    while end < most - start and old[part.old_end - end - 1] == new[part.new_end - end - 1]:
        end += 1
    return start, end


def _find_anchors(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    found = _anchors(old, new)
    if found or not _is_crowded(old, new):
        return found
    # Where no line is unique, a run of lines may be.
    runs = ((_runs(old, length), _runs(new, length)) for length in (4, 16))
    return next((anchors for anchors in (_anchors(*pair) for pair in runs) if anchors), [])


def _runs(lines: Sequence[bytes], length: int) -> list[tuple[bytes, ...]]:
    return [tuple(lines[place : place + length]) for place in range(len(lines) - length + 1)]


def _is_crowded(old: Sequence[bytes], new: Sequence[bytes]) -> bool:
    in_new = Counter(new)
    return sum(count * in_new[line] for line, count in Counter(old).items()) > _MAX_PAIRS


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return places of items that stand exactly once in each, as the longest sequence that rises in both."""
    once_old = {line for line, count in Counter(old).items() if count == 1}
    once = {line for line, count in Counter(new).items() if count == 1 and line in once_old}
    place_in_new = {line: place for place, line in enumerate(new) if line in once}
    pairs = [(place, place_in_new[line]) for place, line in enumerate(old) if line in once]
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(top_pairs[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            top_pairs.append(number)
        else:
            tops[pile], top_pairs[pile] = place, number
    chosen = []
    number = top_pairs[-1] if top_pairs else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _match_closely(old: Sequence[bytes], new: Sequence[bytes], part: Change) -> Iterator[tuple[int, int, int]]:
    old_part, new_part = old[part.old_first : part.old_end], new[part.new_first : part.new_end]
    crowded = _is_crowded(old_part, new_part)
    # difflib leaves popular lines out only where there are 200 lines and more.
    if crowded and len(new_part) < 200:
        return
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=crowded)
    for block in matcher.get_matching_blocks():
        yield part.old_first + block.a, part.new_first + block.b, block.size
