"""What is known of the selected task beyond its row, read from disk in one go, off the event loop."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.narration import remarks
from workbench.spool.folder import Folder
from workbench.tui import reading
from workbench.tui.scene import TaskView, from_record
from workbench.tui.story import Story


@dataclass(frozen=True, slots=True)
class Detail:
    """One task, whole.

    Attributes:
        patch: the change it proposes or has made, as a unified diff.
        words: what it came to, for kinds that change nothing, or why it failed.
        checks: name and outcome of each check.
        remarks: what the crew noted about its change.
        levels: how each hunk was matched, by its number, in words; empty where every place was exact.
        review: what the Reviewer said of the change, where the task asked for one.
    """

    task_id: str
    task: TaskView | None = None
    patch: str = ""
    words: str = ""
    checks: tuple[tuple[str, bool | None], ...] = ()
    remarks: tuple[str, ...] = ()
    levels: Mapping[int, str] = field(default_factory=dict)
    review: str = ""
    story: Story = field(default_factory=Story)

    @property
    def annotations(self) -> dict[int, str]:
        """What is written above hunks: how they were matched; above the first also what a Reviewer said."""
        said = {1: " · ".join(filter(None, (self.review, self.levels.get(1))))} if self.review else {}
        return {**self.levels, **said}


def read_detail(folder: Folder, task_id: str) -> Detail:
    """Return what lies in the folder about a task; what is not there, or not whole, is left out."""
    record = reading.record(folder, task_id)
    story = Story.of(reading.transcript(folder, task_id))
    if record is None:
        return Detail(task_id, story=story)
    try:
        task = from_record(record)
    except (KeyError, TypeError, ValueError):
        return Detail(task_id, story=story)
    return Detail(
        task_id,
        task=task,
        patch=reading.patch(folder, task_id),
        words=_words(record),
        checks=tuple((str(check.get("name")), check.get("ok")) for check in _dicts(record, "checks")),
        remarks=_remarks(record),
        review=_review(record),
        levels=_levels(reading.proposal(folder, task_id) or {}),
        story=story,
    )


def texts_after(folder: Folder, task_id: str) -> dict[str, str]:
    """Return the whole texts of a proposal's files as they would be, by path."""
    proposal = reading.proposal(folder, task_id) or {}
    found = {}
    for edit in _dicts(proposal, "edits"):
        try:
            found[str(edit["path"])] = base64.urlsafe_b64decode(edit["after"]).decode("utf-8")
        except (KeyError, TypeError, ValueError, binascii.Error):
            continue
    return found


def _dicts(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [part for part in record.get(name) or () if isinstance(part, dict)]


def _words(record: Mapping[str, Any]) -> str:
    """Return what a task came to in all its words: a summary that was cut to size stands whole among the notes."""
    error = record.get("error")
    if isinstance(error, dict):
        return f"{error.get('message') or ''}\n\n{error.get('hint') or ''}".strip()
    summary = str(record.get("summary") or "")
    if found := _dicts(record, "findings"):
        rows = [_finding(one) for one in found]
        return "\n\n".join([f"{summary.partition('.')[0]}:", *rows])
    begun = summary.removesuffix("…")
    notes = [str(note) for note in record.get("notes") or ()]
    return next((note for note in notes if begun and " ".join(note.split()).startswith(begun)), summary)


def _review(record: Mapping[str, Any]) -> str:
    """Return what the Reviewer said of a change: the first note of a task that asked for a review."""
    spec = (record.get("task") or {}).get("spec") or {}
    notes = record.get("notes") or ()
    return " ".join(str(notes[0]).split()) if spec.get("review") and notes and record.get("files") else ""


def _remarks(record: Mapping[str, Any]) -> tuple[str, ...]:
    notes = record.get("notes") or ()
    return remarks((str(note) for note in notes), _review(record), _words(record))


def _finding(one: Mapping[str, Any]) -> str:
    place = f"{one.get('file')}:{one.get('line')}"
    return f"{place}  {one.get('severity')}: {one.get('claim')}\n    {one.get('evidence')}"


def _levels(proposal: Mapping[str, Any]) -> dict[int, str]:
    """Return in words how the hunks of files were matched that were not matched exactly."""
    found: dict[int, str] = {}
    for entry in _dicts(proposal, "hunks"):
        if isinstance(entry.get("number"), int) and entry.get("level"):
            found[entry["number"]] = f"match level {entry['level']}"
    return found
