"""Tokens saved since midnight, net: cheap enough for a status line, which asks again and again."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from workbench.ledger import book, overhead
from workbench.ledger.book import Place

SETTLED_STATES = ("applied", "done", "rejected", "failed", "cancelled", "undone")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_CHARACTERS = 9
# By folder: what was looked at, and what it came to.
_known: dict[Path, tuple[tuple[Any, ...], int]] = {}


def saved_today(place: Place) -> int:
    """Return the cloud tokens that this repository's tasks of today have saved, net; negative where they cost more.

    Tasks in review do not count yet. Nothing is read again while the folder stands still.
    """
    midnight = _midnight()
    stamp = (midnight, *(_stamp(place.path / name) for name in ("results", book.FILE_NAME)))
    known = _known.get(place.path)
    if known is not None and known[0] == stamp:
        return known[1]
    total = sum(_saved(path) for path in _results_since(place.path / "results", midnight))
    sessions: set[str] = set()
    for line in book.lines(place):
        if line["at"] < midnight:
            continue
        if book.is_extra(line):
            total -= book.asked_tokens(line) + book.answered_tokens(line)
        total -= overhead.of_line(line, sessions)
    _known[place.path] = (stamp, total)
    return total


def _midnight() -> float:
    now = time.localtime()
    return time.mktime((now.tm_year, now.tm_mon, now.tm_mday, 0, 0, 0, 0, 0, -1))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size


def made_at(task_id: str) -> float:
    """Return when an ID was made, in seconds since 1970: its first characters say so."""
    number = 0
    for character in task_id[:_TIME_CHARACTERS]:
        number = number * 32 + max(_ALPHABET.find(character), 0)
    return number / 1000


def _results_since(folder: Path, since: float) -> list[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 — names only, without a Path for each
    except OSError:
        return []
    return [folder / name for name in names if name.endswith(".json") and made_at(name) >= since]


def _saved(path: Path) -> int:
    try:
        result = json.loads(path.read_bytes())
        return int(result.get("saved") or 0) if result["state"] in SETTLED_STATES else 0
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0
