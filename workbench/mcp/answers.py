"""What calls answer: envelopes short enough for whoever pays for each token, and errors in the form all faces have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.errors import NaniteError
from workbench.terminal import one_line

if TYPE_CHECKING:
    from workbench.model import Result
    from workbench.spool.folder import Folder
    from workbench.spool.records import Record

PAGE_CHARACTERS = 10_000
"""Most characters of an answer: clients put longer ones into files, which are dear to read."""

MOST_ROWS = 20
MOST_RECORDS = 500
"""How many of the newest tasks a list looks at."""


@dataclass(frozen=True)
class Answer:
    """What a call returns to the client, and the tasks it was about."""

    text: str
    is_error: bool = False
    ids: tuple[str, ...] = ()


def compact(value: Any) -> str:
    """Return a value as JSON without a space too many, and without control codes or halves of characters."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def told(error: NaniteError) -> dict[str, Any]:
    """Return an error as every face tells it: code, message, hint, and the field at fault."""
    return {"error": {name: one_line(text, 400) for name, text in error.as_dict().items() if text}}


def one_of(results: Sequence[dict[str, Any]]) -> Any:
    """Return the envelope of one task as it is, those of several as a list in short form."""
    return results[0] if len(results) == 1 else list_of(results)


def list_of(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return several envelopes in short form, with less of each where all together would be long."""
    shortened = [short(fields) for fields in results]
    for parts in (("summary",), ("files", "more_files"), ("verdict", "next", "checks_not_passed")):
        if len(compact(shortened)) <= PAGE_CHARACTERS:
            break
        shortened = [{name: part for name, part in fields.items() if name not in parts} for fields in shortened]
    if len(compact(shortened)) > PAGE_CHARACTERS:
        shortened = [_shortest(fields) for fields in shortened]
    return shortened


def _shortest(fields: dict[str, Any]) -> dict[str, Any]:
    least = {name: fields[name] for name in ("id", "state") if name in fields}
    return least | ({"error": {"code": fields["error"]["code"]}} if "error" in fields else {})


def short(fields: dict[str, Any]) -> dict[str, Any]:
    """Return what of an envelope is needed beside others: files as `path +added -removed`, the rest left out."""
    kept: dict[str, Any] = {
        name: fields[name] for name in ("id", "state", "verdict", "error", "next", "more_files") if name in fields
    }
    if fields.get("summary"):
        kept["summary"] = one_line(str(fields["summary"]), 160)
    if fields.get("files"):
        kept["files"] = [f"{file['path']} +{file['added']} -{file['removed']}" for file in fields["files"]]
    failed = [check["name"] for check in fields.get("checks", ()) if check["ok"] is not True]
    if failed:
        kept["checks_not_passed"] = failed
    return kept


def envelope_of(result: Result) -> dict[str, Any]:
    """Return an envelope for a client: empty parts are left out, for each costs tokens."""
    fields = result.as_fields()
    return {name: value for name, value in fields.items() if value not in ([], "", (), {})}


def unfinished(task_id: str, state: str) -> dict[str, Any]:
    """Return the handle of a task that goes on after its call: how it stands and how to wait for it."""
    return {"id": task_id, "state": state, "next": f'local_task_queue {{"action":"wait","ids":["{task_id}"]}}'}


def listing(folder: Folder) -> dict[str, Any]:
    """Return the newest tasks, those that wait for somebody first, and how many there are in each state."""
    from workbench.spool.inbox import waiting
    from workbench.spool.records import read_record

    records: list[Record] = []
    for task_id in list(folder.task_ids())[-MOST_RECORDS:]:
        try:
            records.append(read_record(folder, task_id))
        except NaniteError:
            continue
    states = Counter(str(record.state) for record in records)
    known = {record.task.id for record in records}
    dropped = [path.stem for path in waiting(folder.inbox) if path.stem not in known]
    if dropped:
        states["queued"] += len(dropped)
    newest = sorted(records, key=lambda record: (record.state != "review", record.state.is_final, _age(record)))
    rows = [_row(record) for record in newest[:MOST_ROWS]]
    value: dict[str, Any] = {"states": dict(states), "tasks": rows}
    if len(newest) > len(rows):
        value["more"] = len(newest) - len(rows)
    return value


def _age(record: Record) -> float:
    return -record.task.created_at


def _row(record: Record) -> dict[str, Any]:
    about = ", ".join(record.task.spec.targets) or record.task.spec.task
    row = {"id": record.task.id, "kind": record.task.spec.kind, "state": str(record.state)}
    if record.verdict is not None:
        row["verdict"] = str(record.verdict)
    return row | {"about": one_line(about, 80)}
