"""The record of each task under `tasks/ID/`, and the result envelope made from it.

A record is the truth about a task for every program but the runner, and for the runner after its store was lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from workbench.errors import NaniteError
from workbench.ledger import book, estimate
from workbench.model import (
    ENVELOPE_LIMIT,
    SUMMARY_LIMIT,
    Check,
    ErrorInfo,
    Finding,
    Result,
    ResultCheck,
    ResultFile,
    ResultUsage,
    State,
    Task,
    Usage,
    Value,
    Verdict,
)
from workbench.spool.folder import Folder, write_json, write_whole

MAX_FILES = 10
LEDGER_NAME = "ledger.json"
"""In a task's folder: what reading its files would have cost when it first rested."""

_WIDEST_SAVED = -999_999


class Record(Value):
    """What is known about a task now. `files` are (path, added, removed); `decided` counts decisions followed.

    `asks` are commands that run only when somebody lets them: of a blocked task those that nanites.toml does not allow,
    of one in review those whose own settings the proposal changes.
    """

    task: Task
    state: State
    updated_at: float
    verdict: Verdict | None = None
    summary: str = ""
    files: tuple[ResultFile, ...] = ()
    checks: tuple[Check, ...] = ()
    usage: Usage = Usage()
    error: ErrorInfo | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    hunks: int = 0
    decided: int = 0
    children: tuple[str, ...] = ()
    applied: bool = False
    asks: tuple[str, ...] = ()

    @property
    def rests(self) -> bool:
        """Whether nothing happens with the task unless somebody decides."""
        return self.state.is_final or self.state is State.REVIEW or (self.state is State.BLOCKED and bool(self.asks))


def write_record(folder: Folder, record: Record) -> None:
    """Write `tasks/ID/task.json`, whole."""
    home = folder.task(record.task.id)
    home.mkdir(mode=0o700, exist_ok=True)
    write_whole(home / "task.json", record.model_dump_json() + "\n")


def read_record(folder: Folder, task_id: str) -> Record:
    """Return the record of a task.

    Raises:
        NaniteError: there is no such task, or its record cannot be read (code `record-damaged`).
    """
    try:
        return Record.model_validate_json((folder.task(task_id) / "task.json").read_bytes())
    except FileNotFoundError as error:
        raise NaniteError(
            f"there is no task {task_id}", code="no-such-task", hint="nanites list shows the IDs"
        ) from error
    except (ValidationError, OSError) as error:
        raise NaniteError(
            f"the record of task {task_id} cannot be read", code="record-damaged", hint="look at its task.json"
        ) from error


def read_records(folder: Folder) -> Iterator[Record]:
    """Yield all readable records, oldest first."""
    for task_id in folder.task_ids():
        try:
            yield read_record(folder, task_id)
        except NaniteError:
            continue


def resolve_id(folder: Folder, text: str) -> str:
    """Return the ID that `text` means: an ID, the only one that begins or ends with it, or a task's key.

    Raises:
        NaniteError: nothing or more than one fits.
    """
    inbox = [name.removesuffix(".json") for name in _names(folder.inbox) if name.endswith(".json")]
    everyone = sorted({*folder.task_ids(), *inbox})
    if text in everyone:
        return text
    fitting = [
        task_id for task_id in everyone if len(text) >= 4 and (task_id.startswith(text) or task_id.endswith(text))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        by_key = [record.task.id for record in read_records(folder) if record.task.spec.key == text]
        if by_key:
            return by_key[-1]
    what = "more than one task fits" if fitting else "there is no task"
    raise NaniteError(f"{what} {text}", code="no-such-task", hint="nanites list shows the IDs")


def _names(folder: Any) -> Sequence[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 — names only, without a Path for each
    except FileNotFoundError:
        return ()


def envelope(folder: Folder, record: Record) -> Result:
    """Return the result envelope of a record, shortened until its JSON has at most `ENVELOPE_LIMIT` characters."""
    fitted = _fitted(folder, record)
    if fitted.saved is None:
        return fitted
    saved = _estimate(folder, record, fitted).net(record.state)
    return fitted.model_copy(update={"saved": max(saved, _WIDEST_SAVED)})


def _fitted(folder: Folder, record: Record) -> Result:
    """Return the envelope with room for what was saved, where the task rests."""
    home = folder.task(record.task.id)
    files = record.files[:MAX_FILES]
    result = Result(
        id=record.task.id,
        kind=record.task.spec.kind,
        state=record.state,
        verdict=record.verdict,
        summary=_shorten(record.summary, SUMMARY_LIMIT),
        files=files,
        more_files=len(record.files) - len(files) or None,
        checks=tuple(ResultCheck(name=_shorten(check.name, 80), ok=check.ok) for check in record.checks[:6]),
        patch=_named(folder, home / "proposal.patch"),
        transcript=_named(folder, home / "transcript.jsonl"),
        usage=_told(record.usage),
        saved=_WIDEST_SAVED if record.rests else None,
        error=_short_error(record.error, 200),
    )
    return _fit(result)


def _told(usage: Usage) -> ResultUsage:
    """Return what an envelope tells of a task's usage."""
    fields = usage.model_dump(include=set(ResultUsage.model_fields)) | {"model": _shorten(usage.model, 80)}
    return ResultUsage.model_validate(fields)


def estimate_of(folder: Folder, record: Record) -> estimate.Estimate:
    """Return what a cloud model would have spent on a task alone, and what handing it over costs it instead.

    What reading would have cost is kept as it was when the task first rested: files change afterwards. A sweep's parts
    cost no call and no envelope of their own.
    """
    return _estimate(folder, record, _fitted(folder, record))


def _estimate(folder: Folder, record: Record, fitted: Result) -> estimate.Estimate:
    spec, is_part = record.task.spec, record.task.parent is not None
    patch = _read_patch(folder, record.task.id)
    reading = _kept_reading(folder, record.task.id)
    if reading is None:
        paths = {*spec.targets, *(file.path for file in record.files)}
        reading = estimate.reading_tokens(folder.root, paths, spec.read)
        reading -= max(estimate.grown_by(patch), 0) if record.applied else 0
    call = estimate.tokens_of(len(spec.model_dump_json(exclude_defaults=True))) + book.CALL_FRAME_TOKENS
    answer = estimate.tokens_of(len(as_json(fitted))) + book.RESULT_FRAME_TOKENS
    return estimate.Estimate(
        reading=max(reading, 0),
        writing=estimate.writing_tokens(patch),
        call=0 if is_part else call,
        envelope=0 if is_part else answer,
    )


def _read_patch(folder: Folder, task_id: str) -> str:
    try:
        with (folder.task(task_id) / "proposal.patch").open("rb") as stream:
            return stream.read(estimate.MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _kept_reading(folder: Folder, task_id: str) -> int | None:
    try:
        return int(json.loads((folder.task(task_id) / LEDGER_NAME).read_bytes())["reading"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_json(result: Result) -> str:
    """Return the envelope as the one line that is written and measured."""
    return json.dumps(result.as_fields(), ensure_ascii=False, separators=(",", ":"))


def _fit(result: Result) -> Result:
    for limit in (160, 80, 40, 20):
        if len(as_json(result)) <= ENVELOPE_LIMIT:
            return result
        fewer = tuple(file for file in result.files if len(file.path) <= limit)[: limit // 8]
        result = result.model_copy(
            update={
                "summary": _shorten(result.summary, 2 * limit),
                "files": fewer,
                "more_files": (result.more_files or 0) + len(result.files) - len(fewer) or None,
                "checks": tuple(
                    check.model_copy(update={"name": _shorten(check.name, limit)}) for check in result.checks
                ),
                "error": _short_error(result.error, limit),
            }
        )
    while len(as_json(result)) > ENVELOPE_LIMIT and (result.checks or result.summary):
        result = result.model_copy(update={"checks": result.checks[:-1], "summary": result.summary[:-8]})
    return result


def _short_error(error: ErrorInfo | None, limit: int) -> ErrorInfo | None:
    if error is None:
        return None
    return ErrorInfo(
        code=_shorten(error.code, 60), message=_shorten(error.message, limit), hint=_shorten(error.hint, limit)
    )


def _shorten(text: str, limit: int) -> str:
    """Return `text` on one line, at most `limit` characters as JSON writes them."""
    flat = " ".join(text.split())
    while len(json.dumps(flat, ensure_ascii=False)) - 2 > limit:
        flat = flat[: max(len(flat) - max(1, (len(flat) - limit) // 2 + 1), 0)]
        flat = flat[:-1] + "…" if flat else ""
        if len(flat) <= 1:
            break
    return flat


def _named(folder: Folder, path: Any) -> str | None:
    return folder.relative(path) if path.exists() else None


def write_result(folder: Folder, record: Record) -> Result:
    """Write `results/ID.json` for a record and return the envelope."""
    result = envelope(folder, record)
    if result.saved is not None and not (folder.task(record.task.id) / LEDGER_NAME).exists():
        reading = estimate_of(folder, record).reading
        write_json(folder.task(record.task.id) / LEDGER_NAME, {"reading": reading})
    write_whole(folder.results / f"{record.task.id}.json", as_json(result) + "\n")
    return result


def read_result(folder: Folder, task_id: str) -> Result | None:
    """Return the envelope of a task, or None where there is none yet."""
    try:
        return Result.model_validate_json((folder.results / f"{task_id}.json").read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def read_refusal(folder: Folder, task_id: str) -> dict[str, Any] | None:
    """Return the error of a task file that was refused, or None."""
    if "/" in task_id:
        return None
    try:
        found = json.loads((folder.refused / f"{task_id}.json.error.json").read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_checks(folder: Folder, task_id: str, checks: Sequence[Check]) -> None:
    """Write `tasks/ID/checks.json`."""
    write_json(folder.task(task_id) / "checks.json", [check.model_dump(mode="json") for check in checks])
