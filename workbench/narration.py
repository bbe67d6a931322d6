"""One event, one line for people: how `nanites run`, the waiting commands and `nanites log` tell what happens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from workbench.terminal import one_line, plain

if TYPE_CHECKING:
    from workbench.spool.records import Record

Line = dict[str, Any]
"""A line of events.jsonl."""

SHORT_ID = 6
"""Characters from the end of an ID that are shown; commands take them for the whole."""


def short_id(task_id: str) -> str:
    """Return the end of an ID: enough for people, and for `resolve_id`."""
    return one_line(task_id)[-SHORT_ID:]


MOST_REMARKS, REMARK = 6, 240
"""Notes that stand beside a diff, and characters of each."""


def told(line: Line) -> str | None:
    """Return what a line of events.jsonl says, in words without control codes, or None where it is not worth a line."""
    tell = _TOLD.get(str(line.get("event")))
    try:
        return tell(line) if tell else None
    except (TypeError, ValueError, AttributeError):
        # Not what this version writes: a later one's, or a stranger's.
        return None


def stamped(line: Line) -> str | None:
    """Return `told` with the time of day and the short ID of the task before it."""
    words = told(line)
    if words is None:
        return None
    at = time.strftime("%H:%M:%S", time.localtime(float(line.get("at") or 0)))
    return f"{at}  {short_id(str(line.get('task') or '')):<{SHORT_ID}}  {words}"


def words_of(record: Record) -> str:
    """Return what a task came to in all its words: a summary that was cut to size stands whole among the notes."""
    if record.findings:
        listed = (
            f"  {one.file}:{one.line}  {one.severity}: {one.claim}\n      {one.evidence}" for one in record.findings
        )
        return plain("\n".join([f"{record.summary.partition('.')[0]}:", *listed]))
    begun = record.summary.removesuffix("…")
    whole = (note for note in record.notes if begun and " ".join(note.split()).startswith(begun))
    return plain(next(whole, record.summary))


def review_of(record: Record) -> str:
    """Return what the Reviewer said of a change, on one line; empty where none was asked."""
    return one_line(record.notes[0], 600) if record.task.spec.review and record.notes and record.files else ""


def remarks_of(record: Record) -> tuple[str, ...]:
    """Return what the crew noted about a change, as `remarks`; nothing of a task that changes nothing."""
    return remarks(record.notes, review_of(record), words_of(record)) if record.files else ()


def remarks(notes: Iterable[str], *said: str) -> tuple[str, ...]:
    """Return what of a change's notes a person should read beside its diff, each on one line.

    Left out is what was `said` already. Of very many the last line says where the rest stands.
    """
    lines = [one_line(note, REMARK) for note in notes if note.strip()]
    kept = [line for line in dict.fromkeys(lines) if line not in {one_line(text, REMARK) for text in said}]
    more = len(kept) - MOST_REMARKS
    return (*kept[:MOST_REMARKS], *([f"{more} more notes: nanites show says them"] if more > 0 else ()))


def _list(line: Line, name: str, limit: int = 60) -> str:
    return one_line(", ".join(str(part) for part in line.get(name) or ()), limit)


def _queued(line: Line) -> str:
    about = _list(line, "targets") or one_line(str(line.get("text") or ""), 60)
    again = f" (attempt {line['attempt']})" if int(line.get("attempt") or 1) > 1 else ""
    return f"queued {one_line(str(line.get('kind')), 40)} {about}{again}".rstrip()


def _error(line: Line) -> str:
    error = line.get("error") or {}
    hint = one_line(str(error.get("hint") or ""), 160)
    return one_line(str(error.get("message") or ""), 240) + (f" ({hint})" if hint else "")


def _answered(line: Line) -> str:
    seconds = float(line.get("seconds") or 0)
    speed = f", {line.get('completion_tokens', 0) / seconds:.0f}/s" if seconds else ""
    read = f"{line.get('prompt_tokens', 0)} tokens read"
    return f"answer: {read}, {line.get('completion_tokens', 0)} written in {seconds:.1f} s{speed}"


def _checked(line: Line) -> str:
    ok = line.get("ok")
    word = "passed" if ok else "not run" if ok is None else "failed"
    last = one_line((str(line.get("output") or "").strip().splitlines() or [""])[-1], 120)
    said = f": {last}" if last and not ok else ""
    return f"check {one_line(str(line.get('name')), 60)} {word}{said}"


def _refused(line: Line) -> str:
    """Of a program's many words the last say most; what failed stands before the first colon that ends a word."""
    first, *others = str(line.get("reason")).strip().splitlines() or [""]
    last = next((words for words in reversed(others) if words.strip()), "")
    # `a.py::test` is one word. However long it is, there is room for what follows.
    failed = re.split(r":(?:\s|$)", first, maxsplit=1)[0]
    begin = f"{one_line(failed, 80)}: " if last else first
    return f"answer refused: {one_line(f'{begin}{last.strip()}', 160)}"


def _review(line: Line) -> str:
    number = int(line.get("hunks") or 0)
    hunks = f"{number} hunk{'' if number == 1 else 's'}"
    return f"waits for a decision: {one_line(str(line.get('verdict')), 20)}, {hunks} in {_list(line, 'files')}"


def _decided(line: Line) -> str:
    by = f" by {one_line(str(line['by']), 40)}" if line.get("by") else ""
    hunks = f", hunks {_list(line, 'hunks')}" if line.get("hunks") else ""
    reason = f": {one_line(str(line['reason']), 100)}" if line.get("reason") else ""
    return f"{one_line(str(line.get('decision')), 20)}{by}{hunks}{reason}"


def _ended(line: Line) -> str | None:
    state = one_line(str(line.get("state")), 20)
    if state == "review":
        return None
    what = _error(line) if line.get("error") else one_line(str(line.get("summary") or ""), 120)
    return f"{state}{': ' if what else ''}{what}"


_TOLD: dict[str, Callable[[Line], str | None]] = {
    "runner-started": lambda line: f"runner {line.get('pid')} is up on {one_line(str(line.get('repository')), 200)}",
    "runner-stopped": lambda line: "nothing is left to run" if line.get("drained") else "runner stopped",
    "file-refused": lambda line: f"refused {one_line(str(line.get('file')), 100)}: {_error(line)}",
    "task-queued": _queued,
    "task-blocked": lambda line: f"waits for {_list(line, 'after')}" if line.get("after") else None,
    "command-asked": lambda line: f"waits for you: may {_list(line, 'commands', 160)} run?",
    "task-started": lambda line: "started",
    "run-resumed": lambda line: "goes on where a dead runner stopped",
    "prompt-sent": lambda line: (
        f"asks {one_line(str(line.get('model')), 60)} as {one_line(str(line.get('voice')), 40)}"
    ),
    "context-dropped": lambda line: f"left out of the prompt: {_list(line, 'left_out')}",
    "secrets-withheld": lambda line: f"withheld from the model: {_list(line, 'withheld', 160)}",
    "answer-received": _answered,
    "answer-refused": _refused,
    "check-finished": _checked,
    "review-asked": _review,
    "decision-taken": _decided,
    "decision-refused": lambda line: f"{one_line(str(line.get('decision')), 20)} refused: {_error(line)}",
    "change-applied": lambda line: f"changed {_list(line, 'files')}",
    "change-undone": lambda line: f"restored {_list(line, 'files')}",
    "task-ended": _ended,
}
