"""The lines of the working tree that differ from the last commit, with some around them, as excerpts to be read."""

from __future__ import annotations

import re
from itertools import pairwise

from workbench.context.changes import change
from workbench.errors import TaskRefused
from workbench.model import Excerpt
from workbench.repository import Repository

AROUND = 8
"""Lines on either side of a changed one."""

MOST_EXCERPTS = 24

_FILE = re.compile(r'^\+\+\+ "?b/(?P<path>.*?)"?\t?$')
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")


def changed_excerpts(repository: Repository) -> tuple[Excerpt, ...]:
    """Return what is staged, or else what is not committed, of text files that git does not ignore.

    Raises:
        TaskRefused: nothing is changed, or nothing of it is text to be read (code `nothing-to-do`).
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    path = ""
    for row in change(repository).diff.split("\n"):
        if found := _FILE.match(row):
            path = found["path"]
        elif (found := _HUNK.match(row)) and path:
            first, count = int(found["first"]), int(found["count"] or 1)
            spans.setdefault(path, []).append((first, first + max(count, 1) - 1))
    excerpts = [excerpt for path, found in spans.items() for excerpt in _excerpts(repository, path, found)]
    if not excerpts:
        raise TaskRefused("nothing that is changed can be read", code="nothing-to-do", hint="name files as targets")
    return tuple(excerpts[:MOST_EXCERPTS])


def _excerpts(repository: Repository, path: str, spans: list[tuple[int, int]]) -> list[Excerpt]:
    try:
        text = repository.read(path).content.decode("utf-8").removeprefix("\ufeff")
    except TaskRefused:
        # Gone, binary, or no place for anybody to read.
        return []
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if not lines:
        return []
    wide = sorted((max(1, first - AROUND), min(len(lines), last + AROUND)) for first, last in spans)
    merged = [wide[0]]
    for _, (first, last) in pairwise(wide):
        if first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return [
        Excerpt(path=path, first=first, last=last, text="\n".join(lines[first - 1 : last]))
        for first, last in merged
        if first <= last
    ]
