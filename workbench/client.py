"""The other end of the folder: dropping tasks, waiting for results, deciding, following events.

Every face goes through here, and nothing here reaches into the runner: whatever these functions do, a script can do
with files alone. Dropping a task must stay quick, so everything slow to load is imported where it is used.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import schemas
from workbench.errors import NaniteError, TaskRefused, TaskStopped
from workbench.recipes.names import check_kind
from workbench.spool.folder import Folder, new_id, write_whole
from workbench.spool.inbox import drop, drop_decision, parse_fields, plain_fields, read_bounded, task_from_fields
from workbench.spool.lock import runner_pid

if TYPE_CHECKING:
    import asyncio

    from workbench.model import Decision, Result
    from workbench.spool.records import Record
    from workbench.spool.tail import Tail

Line = dict[str, Any]
OnLine = Callable[[Line], None]
RunHere = Callable[[Collection[str]], Awaitable[None]]
"""Runs the tasks with these IDs in this process until they rest; returns at once where a runner is alive already."""

POLL_SECONDS = 0.04
_RESTED = frozenset({"task-ended", "command-asked"})
_LOOK_SECONDS = 1.0
_NOWHERE_SECONDS = 3.0


def find_root(start: Path) -> Path:
    """Return the top folder of the git repository that `start` lies in; git itself is asked only in odd cases.

    Raises:
        NaniteError: there is none (code `not-a-repository`).
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        mark = folder / ".git"
        # A worktree and a submodule have a file there; what else it may be, git knows.
        if (mark / "HEAD").is_file() or mark.is_file():
            return folder
    from workbench.repository import Repository

    return Repository.find(start).root


def fields_of_file(path: Path, root: Path | None = None) -> dict[str, Any]:
    """Return the fields of a task file (.json or .md) anywhere on disk, of a kind that the repository `root` knows.

    Raises:
        TaskRefused: it is none; the message names the file, `field` the field at fault.
    """
    try:
        fields = parse_fields(path.name, read_bounded(path))
        check_fields(fields, root)
    except OSError as error:
        raise TaskRefused(f"{path}: {error.strerror}", code="unreadable", hint="check the path") from error
    except TaskRefused as error:
        code = "not-whole" if error.code == "unfinished" else error.code
        raise TaskRefused(f"{path}: {error.message}", code=code, hint=error.hint, field=error.field) from error
    checked: dict[str, Any] = fields
    return checked


def check_fields(fields: Any, root: Path | None = None) -> None:
    """Make sure that `fields` are those of a task, of a kind that ships or that the repository `root` brings.

    Raises:
        TaskRefused: a field is unknown, missing or wrong; the message and `field` name it.
    """
    if not (isinstance(fields, dict) and schemas.fits(plain_fields(fields), schemas.load("task"))):
        task_from_fields(fields)
    if "kind" in fields:
        check_kind(fields["kind"], root)


def submit(folder: Folder, fields: dict[str, Any]) -> str:
    """Drop one task and return its ID; with a key that is known already, the ID of the task it names.

    Raises:
        TaskRefused: the fields are not those of a task, or the key stands for another content.
        OSError: the file cannot be written.
    """
    check_fields(fields, folder.root)
    if fields.get("key") is not None:
        return _drop_with_key(folder, fields)
    task_id = new_id()
    text = json.dumps(plain_fields(fields), ensure_ascii=False)
    write_whole(folder.inbox / f"{task_id}.json", text + "\n")
    return task_id


def _drop_with_key(folder: Folder, fields: dict[str, Any]) -> str:
    from workbench.spool.inbox import digest, waiting

    spec = task_from_fields(fields)
    # A task of this key that no runner has taken yet is known by nothing but its file.
    for path in waiting(folder.inbox):
        with contextlib.suppress(NaniteError, OSError):
            other = task_from_fields(parse_fields(path.name, read_bounded(path)))
            if other.key == spec.key and digest(other) == digest(spec):
                return path.stem
    return drop(folder, spec)


def is_at_work(folder: Folder) -> bool:
    """Return whether a runner is alive for this folder."""
    return runner_pid(folder) is not None


def rested(folder: Folder, task_id: str) -> Result | None:
    """Return the envelope of a task that is final or waits for review, else None.

    Raises:
        TaskRefused: its file was refused.
    """
    from workbench.spool.records import envelope, read_result

    record = _record(folder, task_id)
    if record is None:
        _raise_refusal(folder, task_id)
        return None
    if record.task.spec.for_each is not None and record.state == "running":
        return _sweep_in_review(folder, record)
    if not record.rests:
        return None
    result = read_result(folder, task_id)
    return result if result is not None and result.state is record.state else envelope(folder, record)


def _sweep_in_review(folder: Folder, record: Record) -> Result | None:
    """Return a sweep's envelope, as one in review, once none of its tasks is left to run."""
    from collections import Counter

    from workbench.model import State
    from workbench.spool.records import envelope

    children = [child for child in (_record(folder, name) for name in record.children) if child is not None]
    if not children or not all(child.rests for child in children):
        return None
    states = Counter(str(child.state) for child in children)
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    summary = f"{len(children)} files: {told}"
    return envelope(folder, record.model_copy(update={"state": State.REVIEW, "summary": summary}))


def _record(folder: Folder, task_id: str) -> Record | None:
    from workbench.spool.records import read_record

    try:
        return read_record(folder, task_id)
    except NaniteError as error:
        if error.code == "no-such-task":
            return None
        raise


def _raise_refusal(folder: Folder, task_id: str) -> None:
    from workbench.spool.records import read_refusal

    refusal = read_refusal(folder, task_id)
    if refusal is not None:
        known = {name: str(refusal.get(name) or "") for name in ("message", "code", "hint", "field")}
        raise TaskRefused(
            known["message"], code=known["code"] or None, hint=known["hint"], field=known["field"] or None
        )


def tail(folder: Folder) -> Tail:
    """Return a reader of the events that are written from now on."""
    from workbench.spool.tail import Tail

    return Tail(folder.events, from_end=True)


async def wait(
    folder: Folder,
    ids: Sequence[str],
    *,
    within: float | None = None,
    on_line: OnLine | None = None,
    events: Tail | None = None,
    run_here: RunHere | None = None,
) -> tuple[Result, ...]:
    """Return the envelopes of tasks, in the order of `ids`, once all of them are final or wait for review.

    Args:
        folder: whose tasks they are.
        ids: whole IDs, or the names under which files were dropped.
        within: most seconds to wait; None waits for ever.
        on_line: called with each event meanwhile, of all tasks.
        events: a reader made before the tasks were dropped, so that no event is missed.
        run_here: runs them in this process where no runner is alive.

    Raises:
        TaskRefused: a file was refused.
        TaskStopped: the time is over (code `timeout`).
        NaniteError: there is no such task.
    """
    import asyncio

    events = events or tail(folder)
    began = time.monotonic()
    results: dict[str, Result] = {}
    looked = 0.0
    async with _working(folder, ids, run_here, lambda: _pass_on(events, on_line)) as keep_working:
        while True:
            heard = _pass_on(events, on_line)
            if any(line.get("event") in _RESTED for line in heard) or time.monotonic() - looked > _LOOK_SECONDS:
                looked = time.monotonic()
                for task_id in (task_id for task_id in ids if task_id not in results):
                    result = rested(folder, task_id)
                    if result is not None:
                        results[task_id] = result
                    elif looked - began > _NOWHERE_SECONDS:
                        _insist_on(folder, task_id)
            if len(results) == len(set(ids)):
                break
            if within is not None and time.monotonic() - began > within:
                raise TaskStopped(
                    f"after {within:g} s {len(set(ids)) - len(results)} of {len(set(ids))} tasks do not rest",
                    code="timeout",
                    hint="wait again, or cancel them",
                )
            await keep_working()
            await asyncio.sleep(POLL_SECONDS)
    _pass_on(events, on_line)
    return tuple(results[task_id] for task_id in ids)


def _pass_on(events: Tail, on_line: OnLine | None) -> list[Line]:
    lines = list(events.read())
    for line in lines if on_line else ():
        on_line(line)  # type: ignore[misc]
    return lines


def _insist_on(folder: Folder, task_id: str) -> None:
    """Raise where a task is nowhere to be found: not dropped, not taken, not refused.

    The inbox is looked into first: what is taken from there between the two looks is found by the second one.
    """
    is_dropped = any((folder.inbox / f"{task_id}{suffix}").exists() for suffix in (".json", ".md"))
    if not is_dropped and not folder.task(task_id).is_dir():
        _raise_refusal(folder, task_id)
        raise NaniteError(f"there is no task {task_id}", code="no-such-task", hint="nanites list shows the IDs")


@contextlib.asynccontextmanager
async def _working(
    folder: Folder, ids: Collection[str], run_here: RunHere | None, pass_on: Callable[[], object]
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Keep the tasks worked on while the block runs: by the folder's runner, or here where there is none.

    The block calls what it gets now and then: it starts work here as soon as no runner is alive, and raises what went
    wrong with it. Work that was started here is waited for at the end, while `pass_on` goes on telling of it.
    """
    import asyncio

    work: asyncio.Future[None] | None = None

    async def keep_working() -> None:
        nonlocal work
        if run_here is None:
            return
        if work is not None and work.done():
            work.result()
            work = None
        if work is None and not is_at_work(folder):
            work = asyncio.ensure_future(run_here(ids))

    try:
        yield keep_working
        while work is not None and not work.done():
            pass_on()
            await asyncio.wait([work], timeout=POLL_SECONDS)
        if work is not None:
            work.result()
    finally:
        if work is not None and not work.done():
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def decide(
    folder: Folder,
    task_id: str,
    decision: Decision,
    *,
    on_line: OnLine | None = None,
    events: Tail | None = None,
    run_here: RunHere | None = None,
    within: float | None = None,
) -> Result:
    """Drop a decision, wait until it was followed, and return the task's envelope as it then is.

    A `retry` is followed when the task is queued again; with `run_here` it has also been run. `on_line` is called with
    each event meanwhile, of all tasks; who waits on with the same `events` misses none.

    Raises:
        TaskRefused: the decision could not be followed; the code and the message say why.
        TaskStopped: the time is over (code `timeout`); the decision still stands.
        NaniteError: there is no such task.
    """
    import asyncio

    from workbench.spool.records import envelope, read_record

    events = events or tail(folder)
    refused_before = _refusal_of_decision(folder, task_id)
    dropped = drop_decision(folder, task_id, decision)
    claimed = folder.task(task_id) / "decision.json"
    began = time.monotonic()
    async with _working(folder, [task_id], run_here, lambda: _pass_on(events, on_line)) as keep_working:
        while dropped.exists() or claimed.exists():
            await keep_working()
            _pass_on(events, on_line)
            if within is not None and time.monotonic() - began > within:
                raise TaskStopped(
                    f"after {within:g} s nobody has followed the decision",
                    code="timeout",
                    hint="it stays in decisions/ for the next runner",
                )
            await asyncio.sleep(POLL_SECONDS)
        refused = _refusal_of_decision(folder, task_id)
        if refused is not None and refused != refused_before:
            error = json.loads(refused[1])
            raise TaskRefused(error["message"], code=error["code"], hint=error.get("hint", ""))
    _pass_on(events, on_line)
    return rested(folder, task_id) or envelope(folder, read_record(folder, task_id))


def _refusal_of_decision(folder: Folder, task_id: str) -> tuple[int, str] | None:
    """Return what tells one refusal of a task's decisions from the next, and its text; None where there is none."""
    path = folder.decisions / "refused" / f"{task_id}.json.error.json"
    try:
        return path.stat().st_mtime_ns, path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
