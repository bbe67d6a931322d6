"""Reads what lies in the folder about tasks, as plain values: quickly, and without believing that it is whole."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from workbench.spool.folder import Folder, is_id
from workbench.spool.tail import parse_line

MAX_PATCH = 32_000_000
MAX_TRANSCRIPT = 8_000_000
"""Bytes of a file that are read; of a longer transcript the last ones."""


def task_ids(folder: Folder) -> list[str]:
    """Return the IDs of all recorded tasks, the newest first."""
    try:
        names = os.listdir(folder.tasks)  # noqa: PTH208 — ten thousand of them, without a Path for each
    except OSError:
        return []
    return sorted((name for name in names if is_id(name)), reverse=True)


def records(folder: Folder, ids: list[str]) -> list[dict[str, Any]]:
    """Return the records of tasks; one that cannot be read is left out."""
    found = (_json(folder.tasks / task_id / "task.json") for task_id in ids)
    return [each for each in found if each is not None]


def record(folder: Folder, task_id: str) -> dict[str, Any] | None:
    """Return the record of a task, or None."""
    return _json(folder.task(task_id) / "task.json")


def patch(folder: Folder, task_id: str) -> str:
    """Return the change that a task proposes or has made as a unified diff; empty where there is none."""
    try:
        data = (folder.task(task_id) / "proposal.patch").read_bytes()
    except OSError:
        return ""
    return data[:MAX_PATCH].decode("utf-8", "replace")


def transcript(folder: Folder, task_id: str) -> list[dict[str, Any]]:
    """Return what was written down of a task's life, oldest first."""
    lines: list[dict[str, Any]] = []
    with contextlib.suppress(OSError), (folder.task(task_id) / "transcript.jsonl").open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - MAX_TRANSCRIPT, 0))
        lines = [line for line in map(parse_line, stream.read().splitlines()) if line is not None]
    return lines


def proposal(folder: Folder, task_id: str) -> dict[str, Any] | None:
    """Return the proposal of a task as the runner keeps it, or None."""
    return _json(folder.task(task_id) / "proposal.json")


def waiting_files(folder: Folder) -> int:
    """Return how many files lie in the inbox and in decisions/ that nobody has taken."""
    number = 0
    for place in (folder.inbox, folder.decisions):
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            number += sum(entry.is_file(follow_symlinks=False) and not entry.name.startswith(".") for entry in entries)
    return number


def _json(path: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
