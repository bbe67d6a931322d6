"""Cuts code into pieces of a size that a small model can look at, between its functions where it can."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.context.budget import estimate
from workbench.model import Excerpt

_BEGINS = re.compile(
    r"^(?:@|(?:async\s+)?def\s|class\s|func\s|function\s|export\s|pub\s|fn\s|impl\s|[A-Za-z_][\w<>*&:\s]*\()"
)


def pieces(whole: Sequence[Excerpt], room: int) -> tuple[tuple[Excerpt, ...], ...]:
    """Return groups of excerpts of at most about `room` tokens each, in the order of the files.

    A file that is too large is cut before a line on which something of its own begins, else anywhere; small neighbours
    of one file stay together.
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
    found: list[Excerpt] = []
    begin = at = spent = 0
    best = 0
    while at < len(lines):
        if at > begin and _BEGINS.match(lines[at]) and not (at and lines[at - 1].startswith("@")):
            best = at
        spent += estimate(lines[at]) + 2
        if spent > room and at > begin:
            end = best if best > begin else at
            found.append(_part(excerpt, lines, begin, end))
            begin = at = end
            spent = best = 0
            continue
        at += 1
    found.append(_part(excerpt, lines, begin, len(lines)))
    return [part for part in found if part.text.strip()]


def _part(excerpt: Excerpt, lines: list[str], begin: int, end: int) -> Excerpt:
    text = "\n".join(lines[begin:end])
    return Excerpt(path=excerpt.path, first=excerpt.first + begin, last=excerpt.first + end - 1, text=text)
