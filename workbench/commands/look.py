"""Commands that only look: `wait`, `list`, `show`, `diff`, `log`."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from workbench import client
from workbench.commands.face import Command, code_of, face
from workbench.errors import NaniteError
from workbench.terminal import as_json as json_of
from workbench.terminal import coloured_diff, one_line, plain, say, styled

if TYPE_CHECKING:
    from workbench.model import Result, TaskSpec
    from workbench.spool.folder import Folder
    from workbench.spool.records import Record

STATES = (
    "blocked", "queued", "running", "review", "applied", "done", "rejected", "failed", "cancelled", "undone",
)  # fmt: skip
_STATE_STYLES = {"review": "yellow", "applied": "green", "done": "green", "failed": "red", "running": "cyan"}


@click.command(cls=Command)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--timeout", type=click.FloatRange(min=0), metavar="S", help="Give up after S seconds (exit code 5).")
def wait(ids: tuple[str, ...], timeout: float | None) -> int:
    """Wait until tasks end or wait for review, and print their results.

    The exit code is the worst among them. With --json: the envelope of one task, a list for several.
    """
    import asyncio

    from workbench.commands.drop import result_text
    from workbench.spool.records import resolve_id

    answering = face()
    folder = answering.folder()
    whole = [resolve_id(folder, name) for name in ids]
    if not client.is_at_work(folder):
        answering.note("no runner is alive; nanites run starts one")
    progress = answering.progress(whole)
    results = asyncio.run(client.wait(folder, whole, within=timeout, on_line=progress))
    values = [result.as_fields() for result in results]
    text = "\n".join(result_text(folder, result) for result in results)
    answering.answer(values[0] if len(values) == 1 else values, text)
    return max(code_of(result) for result in results)


@click.command("list", cls=Command)
@click.option(
    "--state", "states", type=click.Choice(STATES), multiple=True, metavar="S", help="Only tasks in this state."
)
def list_tasks(states: tuple[str, ...]) -> int:
    """List the tasks of this repository, oldest first."""
    folder = face().folder()
    rows = [row for row in task_rows(folder) if not states or row["state"] in states]
    face().answer(rows, rows_text(rows))
    return 0


def task_rows(folder: Folder) -> list[dict[str, Any]]:
    """Return what `list` prints of each task, oldest first; files that no runner has taken yet count as queued."""
    from workbench.spool.records import read_records

    rows = [_row(record) for record in read_records(folder)]
    return rows + _dropped_rows(folder, {row["id"] for row in rows})


def _row(record: Record) -> dict[str, Any]:
    row = {"id": record.task.id, "state": str(record.state)} | _asked(record.task.spec)
    row |= {"summary": one_line(record.summary, 200), "created_at": record.task.created_at}
    if record.verdict is not None:
        row["verdict"] = str(record.verdict)
    if record.error is not None:
        row["error"] = record.error.model_dump(mode="json")
    return row


def _asked(spec: TaskSpec) -> dict[str, Any]:
    return {"kind": spec.kind, "targets": list(spec.targets), "task": one_line(spec.task, 200)}


def _dropped_rows(folder: Folder, known: set[str]) -> list[dict[str, Any]]:
    from workbench.spool.inbox import parse_task, read_bounded, waiting

    rows = []
    for path in waiting(folder.inbox):
        try:
            asked = _asked(parse_task(path.name, read_bounded(path)))
        except (NaniteError, OSError):
            continue
        if path.stem not in known:
            at = path.stat().st_mtime if path.exists() else time.time()
            rows.append({"id": path.stem, "state": "queued"} | asked | {"summary": "", "created_at": at})
    return rows


def rows_text(rows: list[dict[str, Any]]) -> str:
    """Return the rows of `task_rows` as a table for people."""
    if not rows:
        return "no tasks"
    lines = []
    for row in rows:
        state = styled(f"{row['state']:<9}", _STATE_STYLES.get(row["state"], "dim"), sys.stdout)
        error = row.get("error")
        about = ", ".join(row["targets"]) or row["task"]
        what = error["message"] if error else row["summary"] or row["task"]
        verdict = row.get("verdict", "")
        name = one_line(row["id"], 26)
        lines.append(
            f"{name:<14}  {state}  {one_line(row['kind'], 14):<10}  {verdict:<10}  {one_line(about, 32):<32}  "
            f"{one_line(what, 60)}".rstrip()
        )
    return "\n".join(lines)


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--full", is_flag=True, help="With --json: more than the envelope, at whatever length.")
def show(name: str, full: bool) -> int:
    """Show one task: what was asked, where it stands, what was found out.

    With --json: the result envelope; with --full also `task`, `notes`, `reason`, `children` and times.
    """
    from workbench.spool.records import envelope, read_record, resolve_id

    folder = face().folder()
    task_id = resolve_id(folder, name)
    if (folder.inbox / f"{task_id}.json").exists():
        for row in _dropped_rows(folder, set()):
            if row["id"] == task_id:
                face().answer(row, rows_text([row]))
                return 0
    record = read_record(folder, task_id)
    result = client.rested(folder, task_id) or envelope(folder, record)
    value = result.as_fields()
    face().answer(value | _besides(record) if full else value, _shown(folder, record, result))
    return 0


def _besides(record: Record) -> dict[str, Any]:
    """Return what a record says beyond its envelope."""
    more: dict[str, Any] = {
        "task": record.task.spec.model_dump(mode="json", exclude_defaults=True),
        "attempt": record.task.attempt,
        "created_at": record.task.created_at,
        "updated_at": record.updated_at,
        "hunks": record.hunks,
        "findings": [finding.model_dump(mode="json") for finding in record.findings],
        "notes": list(record.notes),
        "reason": record.reason,
        "parent": record.task.parent,
        "children": list(record.children),
    }
    return {name: part for name, part in more.items() if part not in (None, [])}


def _shown(folder: Folder, record: Record, result: Result) -> str:
    from workbench.commands.drop import result_text
    from workbench.narration import REMARK

    asked = record.task.spec.model_dump(mode="json", exclude_defaults=True)
    begin = result_text(folder, result)
    lines = [begin, *(f"  asked: {name}: {_told(part)}" for name, part in asked.items())]
    notes = (f"  note: {one_line(note, REMARK)}" for note in record.notes)
    lines += [note for note in notes if note not in begin]
    lines += [f"  reason: {one_line(record.reason, 200)}"] if record.reason else []
    lines += [f"  {line}" for check in record.checks if not check.ok for line in plain(check.output).splitlines()]
    return "\n".join(lines)


def _told(part: Any) -> str:
    return one_line(", ".join(map(str, part)) if isinstance(part, list) else str(part), 300)


@click.command(cls=Command)
@click.argument("name", metavar="ID")
def diff(name: str) -> int:
    """Print the change a task proposes, or has made, as a unified diff.

    On a terminal in colour and without control codes; into a pipe the exact bytes, so that git apply takes them.
    """
    from workbench.narration import review_of
    from workbench.spool.records import read_record

    folder = face().folder()
    task_id, patch = read_patch(folder, name)
    review = review_of(read_record(folder, task_id))
    if face().as_json:
        value = {"id": task_id, "patch": patch.decode("utf-8", "replace")}
        face().answer(value | {"review": review} if review else value)
    elif sys.stdout.isatty():
        if review:
            say(styled(review, "yellow", sys.stdout))
        say(coloured_diff(patch.decode("utf-8", "replace"), sys.stdout), end="")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(patch)
    return 0


def read_patch(folder: Folder, name: str) -> tuple[str, bytes]:
    """Return the whole ID that `name` means and the patch of that task.

    Raises:
        NaniteError: there is no such task, or it proposes no change.
    """
    from workbench.spool.records import resolve_id

    task_id = resolve_id(folder, name)
    try:
        return task_id, (folder.task(task_id) / "proposal.patch").read_bytes()
    except FileNotFoundError as error:
        raise NaniteError(
            f"task {task_id} proposes no change",
            code="no-proposal",
            hint=f"nanites show {task_id} says where it stands",
        ) from error


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--follow", is_flag=True, help="Go on until the task rests; with --json one event a line.")
def log(name: str, follow: bool) -> int:
    """Print what happened with a task. With --json: a list of its events."""
    from workbench.narration import stamped
    from workbench.spool.records import resolve_id
    from workbench.spool.tail import parse_line

    folder = face().folder()
    task_id = resolve_id(folder, name)
    if follow:
        return _follow(folder, task_id)
    path = folder.task(task_id) / "transcript.jsonl"
    parsed = (parse_line(line) for line in (path.read_bytes().splitlines() if path.exists() else ()))
    lines = [line for line in parsed if line is not None]
    text = []
    for line in lines:
        text += [words] if (words := stamped(line)) else []
        if line.get("event") == "answer-received":
            text += [f"    {part}" for part in plain(str(line.get("text"))).splitlines()]
    face().answer(lines, "\n".join(text) or "nothing yet")
    return 0


def _follow(folder: Folder, task_id: str) -> int:
    import asyncio

    from workbench.headless import Progress
    from workbench.spool.log import follow

    as_json = face().as_json
    progress = Progress(sys.stdout, [task_id], stamps=True)

    async def print_lines() -> None:
        # What a rested task's log would have said last may be gone with an old log file.
        if client.rested(folder, task_id) is None or folder.events.exists():
            async for line in follow(folder, task_id):
                if as_json:
                    say(json_of(line))
                else:
                    progress(line)
                if line.get("event") == "review-asked":
                    return

    asyncio.run(print_lines())
    return 0
