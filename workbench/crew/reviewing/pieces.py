"""Cuts code into pieces of a size that a small model can look at, between its functions where it can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.context.budget import estimate
from workbench.model import Excerpt

LONGEST = 5
"""Times the room that one function may take before it is cut in its middle."""

_BEGINS = re.compile(
    r"^(?:@|(?:async\s+)?def\s|class\s|func\s|function\s|export\s|pub\s|fn\s|impl\s|[A-Za-z_][\w<>*&:\s]*\()"
)


def pieces(whole: Sequence[Excerpt], room: int) -> tuple[tuple[Excerpt, ...], ...]:
    """Return groups of excerpts of at most about `room` tokens each, in the order of the files.

    A file that is too large is cut before a line on which something of its own begins; a function that alone is larger
    stays whole up to `LONGEST` times that. Small neighbours stay together.
    """
    groups: list[list[Excerpt]] = []
    spent = room + 1
    for excerpt in whole:
        for part in _cut(excerpt, room):
            cost = _cost(part)
            if spent + cost > room:
                groups.append([])
                spent = 0
            groups[-1].append(part)
            spent += cost
    return tuple(tuple(group) for group in groups)


def _cost(excerpt: Excerpt) -> int:
    return estimate(excerpt.text) + 2 * (excerpt.last - excerpt.first + 1)


def _cut(excerpt: Excerpt, room: int) -> list[Excerpt]:
    if _cost(excerpt) <= room:
        return [excerpt]
    lines = excerpt.text.split("\n")
    cuts = [0]
    spent = best = spent_at_best = 0
    for at, line in enumerate(lines):
        if at > cuts[-1] and _BEGINS.match(line) and not lines[at - 1].startswith("@"):
            if spent > room:
                cuts.append(at)
                spent = best = 0
            else:
                best, spent_at_best = at, spent
        cost = estimate(line) + 2
        spent += cost
        if spent > room and best > cuts[-1]:
            cuts.append(best)
            spent, best = spent - spent_at_best, 0
        elif spent > LONGEST * room and at > cuts[-1]:
            cuts.append(at)
            spent, best = cost, 0
    parts = [_part(excerpt, lines, begin, end) for begin, end in pairwise([*cuts, len(lines)])]
    return [part for part in parts if part.text.strip()]


def _part(excerpt: Excerpt, lines: list[str], begin: int, end: int) -> Excerpt:
    text = "\n".join(lines[begin:end])
    return Excerpt(path=excerpt.path, first=excerpt.first + begin, last=excerpt.first + end - 1, text=text)
