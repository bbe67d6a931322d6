"""What a cloud model would have spent on a task alone, from sizes: docs/savings.md says why each number is what it is.

Wherever there is a choice the smaller saving is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

CHARACTERS_PER_TOKEN = 4
LINE_NUMBER_CHARACTERS = 7
"""What Claude Code's Read puts before each line."""

READ_LINES = 2_000
"""Most lines of a file that one Read shows; a longer file is counted as this much of it."""

READ_FRAME_TOKENS = 60
"""A Read call and the frame of its result."""

EDIT_FRAME_TOKENS = 45
"""An Edit call without its texts: names of tool and parameters, the path, and the short result."""

MOST_BYTES = 4_000_000
GAINING_STATES = ("review", "applied", "done")


def tokens_of(characters: int) -> int:
    """Return characters in tokens, rounded up."""
    return -(-characters // CHARACTERS_PER_TOKEN)


@dataclass(frozen=True)
class Estimate:
    """Tokens of one task: what reading and writing would have cost, and what the call and the envelope cost instead."""

    reading: int = 0
    writing: int = 0
    call: int = 0
    envelope: int = 0

    @property
    def alone(self) -> int:
        """What it would have cost alone."""
        return self.reading + self.writing

    def net(self, state: str) -> int:
        """Return what is saved by a task in `state`: where it came to nothing, the model has to do it all the same."""
        return (self.alone if state in GAINING_STATES else 0) - self.call - self.envelope


def reading_tokens(root: Path, paths: Iterable[str], excerpts: Iterable[str]) -> int:
    """Return what it costs to read whole files and `PATH:FIRST-LAST` excerpts as Claude Code's Read shows them."""
    whole = {path for path in paths if not any(mark in path for mark in "*?[")}
    parts: dict[tuple[str, int, int], None] = {}
    for excerpt in excerpts:
        path, first, last = _split(excerpt)
        if path not in whole:
            parts[path, first, last] = None
    wanted = [(path, 1, READ_LINES) for path in sorted(whole)] + list(parts)
    return sum(_read_cost(root, path, first, last) for path, first, last in wanted)


def _split(excerpt: str) -> tuple[str, int, int]:
    found = re.fullmatch(r"(.+):(\d{1,9})(?:-(\d{1,9}))?", excerpt)
    if found is None:
        return excerpt, 1, READ_LINES
    first = int(found[2])
    return found[1], first, int(found[3] or first)


def _read_cost(root: Path, path: str, first: int, last: int) -> int:
    try:
        with (root / path).open("rb") as stream:
            data = stream.read(MOST_BYTES)
    except (OSError, ValueError):
        return 0
    lines = data.splitlines(keepends=True)[max(first - 1, 0) : min(last, first - 1 + READ_LINES)]
    characters = sum(len(line.decode("utf-8", "replace")) + LINE_NUMBER_CHARACTERS for line in lines)
    return tokens_of(characters) + READ_FRAME_TOKENS if lines else 0


def writing_tokens(patch: str) -> int:
    """Return what it costs to write a unified diff as Edit calls: each run of changes as old text and new text.

    A run that only adds names one line it stands after, in both texts; a new file is written whole.
    """
    return sum(
        EDIT_FRAME_TOKENS + tokens_of(_size(run.old) + _size(run.new) + 2 * len(run.anchor)) for run in _runs(patch)
    )


def grown_by(patch: str) -> int:
    """Return by how many tokens of reading a patch makes its files longer; negative where it shortens them."""
    added = sum(_size(run.new) + LINE_NUMBER_CHARACTERS * len(run.new) for run in _runs(patch))
    removed = sum(_size(run.old) + LINE_NUMBER_CHARACTERS * len(run.old) for run in _runs(patch))
    return (added - removed) // CHARACTERS_PER_TOKEN


@dataclass
class _Run:
    """Neighbouring changed lines; `anchor` is the line before them where nothing is removed."""

    old: list[str]
    new: list[str]
    anchor: str = ""


def _runs(patch: str) -> list[_Run]:
    runs: list[_Run] = []
    current: _Run | None = None
    before, in_hunk = "", False
    for line in patch.splitlines():
        if line.startswith("@@"):
            current, before, in_hunk = None, "", True
        elif line.startswith("diff ") or not in_hunk:
            current, in_hunk = None, False
        elif line.startswith(("+", "-")):
            if current is None:
                current = _Run([], [], before)
                runs.append(current)
            (current.new if line[0] == "+" else current.old).append(line[1:])
        elif not line.startswith("\\"):
            current, before = None, line[1:]
    for run in runs:
        if run.old:
            run.anchor = ""
    return runs


def _size(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)
