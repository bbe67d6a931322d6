"""Dropped files: reading a task from JSON or Markdown, refusing what is none, and dropping one.

A dropped file is data from a stranger. It is bounded in size and depth before it is parsed, YAML is read without tags,
and whatever cannot be used goes to `inbox/refused/` unchanged: nothing dropped is ever lost.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import NaniteError, TaskRefused
from workbench.spool.folder import Folder, is_id, key_name, new_id, shown, write_json, write_whole
from workbench.spool.forms import decode, read_json, read_markdown

if TYPE_CHECKING:
    # pydantic costs more than all the rest of dropping a file, and dropping a good one needs none of it.
    from workbench.model import Decision, TaskSpec

MAX_BYTES = 1_000_000
SUFFIXES = {".json", ".md"}
UNFINISHED_SUFFIXES = {".tmp", ".part"}
_MAX_NAME_BYTES = 180


def is_finished_name(path: Path) -> bool:
    """Return whether the file's name says that its writer is done."""
    return not path.name.startswith(".") and path.suffix not in UNFINISHED_SUFFIXES


def waiting(folder: Path) -> list[Path]:
    """Return the files of a drop folder that are ready to be read, oldest name first."""
    try:
        entries = [Path(entry.path) for entry in os.scandir(folder) if not entry.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    return sorted(path for path in entries if is_finished_name(path))


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a dropped file.

    Raises:
        TaskRefused: it is no regular file (a symlink, a pipe) or larger than `limit` bytes.
        OSError: it cannot be read, or is gone.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise TaskRefused("this is no regular file", code="not-a-file", hint="drop the file itself") from error
        raise
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise TaskRefused("this is no regular file", code="not-a-file", hint="drop the file itself")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise TaskRefused(
            f"the file has {status.st_size:,} bytes, more than {limit:,}",
            code="too-large",
            hint="name files in `read` instead of pasting them",
        )
    return data


def parse_task(name: str, data: bytes) -> TaskSpec:
    """Return the task that a file called `name` holds.

    Raises:
        TaskRefused: with code `unfinished` where more bytes may make it a task, and others where they cannot.
    """
    return task_from_fields(parse_fields(name, data))


def parse_fields(name: str, data: bytes) -> Any:
    """Return the fields that a task file called `name` holds, as they stand there.

    Raises:
        TaskRefused: with code `unfinished` where more bytes may make it readable, and others where they cannot.
    """
    if shown(name) != name:
        raise TaskRefused("the file's name is not UTF-8", code="not-utf8", hint="give it another name")
    text = decode(data)
    if name.endswith(".md"):
        return read_markdown(text)
    if name.endswith(".json"):
        return read_json(text)
    raise TaskRefused(f"{name} is neither .json nor .md", code="unknown-form", hint="name it NAME.json or NAME.md")


def task_from_fields(fields: Any) -> TaskSpec:
    """Return the validated task for the fields of a task file.

    Raises:
        TaskRefused: a field is unknown, missing or wrong; the message and `field` name it.
    """
    from pydantic import ValidationError

    from workbench.model import TaskSpec

    if not isinstance(fields, dict):
        raise TaskRefused("a task file holds one object", code="not-an-object", hint='{"kind": "patch", "task": "…"}')
    try:
        return TaskSpec.model_validate_json(json.dumps(plain_fields(fields), default=_plain))
    except (ValidationError, ValueError, TypeError) as error:
        raise _refusal(error, TaskSpec) from error


def plain_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields in their full form: one path or command as a list of one, a link to the schema left out."""
    return {name: _listed(name, value) for name, value in fields.items() if name != "$schema"}


def _refusal(error: Exception, of: type[TaskSpec] | type[Decision]) -> TaskRefused:
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return TaskRefused(f"not plain JSON: {error}", code="not-json", hint="use text, numbers, lists and objects")
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return TaskRefused(first["msg"], code="not-json", hint="use plain text: no half of a surrogate pair")
    field = str(first["loc"][0]) if first["loc"] else ""
    known = ", ".join(of.model_fields)
    if first["type"] == "extra_forbidden":
        return TaskRefused(f"unknown field {field!r}", code="unknown-field", field=field, hint=f"known fields: {known}")
    return TaskRefused(f"{field}: {first['msg']}", code="wrong-value", field=field, hint="see docs/task-files.md")


def _plain(value: Any) -> str:
    """Return what YAML took for a date or a time as the text it was."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")


def _listed(name: str, value: Any) -> Any:
    return [value] if name in {"targets", "read", "check", "after"} and isinstance(value, str) else value


def digest(spec: TaskSpec) -> str:
    """Return what tells two tasks with the same key apart: a hash over everything but who asked."""
    import hashlib

    return hashlib.sha256(spec.model_dump_json(exclude={"by"}).encode("utf-8")).hexdigest()


def refuse(folder: Folder, path: Path, error: NaniteError) -> Path:
    """Move a bad file to `inbox/refused/`, unchanged, with `NAME.error.json` beside it; return where it went."""
    goal = _free_place(folder.refused, path)
    error_file = _error_file(goal)
    write_json(error_file, error.as_dict())
    try:
        path.replace(goal)
    except OSError:
        error_file.unlink(missing_ok=True)
        raise
    return goal


def _free_place(refused: Path, path: Path) -> Path:
    """Return a place for a refused file whose own name and its error's are both free and not too long for the disk."""
    stem = os.fsdecode(os.fsencode(path.stem)[:_MAX_NAME_BYTES])
    suffix = os.fsdecode(os.fsencode(path.suffix)[:20])
    goal = refused / f"{stem}{suffix}"
    number = 1
    while os.path.lexists(goal) or os.path.lexists(_error_file(goal)):
        number += 1
        goal = refused / f"{stem}-{number}{suffix}"
    return goal


def _error_file(goal: Path) -> Path:
    return goal.with_name(f"{goal.name}.error.json")


def drop(folder: Folder, spec: TaskSpec, *, task_id: str | None = None) -> str:
    """Put a task into the inbox and return its ID; with a key that is known already, that of the task it names.

    Raises:
        TaskRefused: the key stands for another content.
        OSError: the file cannot be written.
    """
    task_id = task_id or new_id()
    if spec.key is not None:
        task_id, is_new = _claim_key(folder, spec, task_id)
        if not is_new:
            return task_id
    write_whole(folder.inbox / f"{task_id}.json", spec.model_dump_json(exclude_defaults=True) + "\n")
    return task_id


def _claim_key(folder: Folder, spec: TaskSpec, task_id: str) -> tuple[str, bool]:
    """Return the ID that the spec's key stands for from now on, and whether its task is still to be dropped.

    Of two programs that drop the same task at once, one makes the link and the other finds it.
    """
    place = folder.keys / key_name(spec.key or "")
    mine = place.with_name(f".{place.name}.{task_id}.tmp")
    write_json(mine, _key_entry(spec, task_id))
    try:
        while True:
            known = known_key(folder, spec)
            if known is not None:
                # Its dropper may have died between the key and the file: then the file is still to be written.
                return known, not _is_somewhere(folder, known)
            try:
                place.hardlink_to(mine)
            except FileExistsError:
                if known_key(folder, spec) is None:
                    place.unlink(missing_ok=True)
                continue
            return task_id, True
    finally:
        mine.unlink(missing_ok=True)


def _is_somewhere(folder: Folder, task_id: str) -> bool:
    return (folder.inbox / f"{task_id}.json").exists() or folder.task(task_id).exists()


def known_key(folder: Folder, spec: TaskSpec) -> str | None:
    """Return the ID of the task that has this key and content already, or None.

    Raises:
        TaskRefused: the key stands for another content.
    """
    if spec.key is None:
        return None
    try:
        known = json.loads((folder.keys / key_name(spec.key)).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(known, dict) or not is_id(str(known.get("id"))):
        return None
    if known.get("digest") != digest(spec):
        raise TaskRefused(
            f"the key {spec.key!r} already stands for task {known.get('id')} with other content",
            code="key-conflict",
            field="key",
            hint="use another key, or drop the same content",
        )
    return str(known["id"])


def _key_entry(spec: TaskSpec, task_id: str) -> dict[str, str | None]:
    return {"key": spec.key, "id": task_id, "digest": digest(spec)}


def remember_key(folder: Folder, spec: TaskSpec, task_id: str) -> None:
    """Write down that the spec's key stands for this task."""
    if spec.key is not None:
        write_json(folder.keys / key_name(spec.key), _key_entry(spec, task_id))


def forget_key(folder: Folder, spec: TaskSpec, task_id: str) -> None:
    """Free the spec's key if it stands for this task, which was refused: the next drop may say it better."""
    if spec.key is not None and known_key(folder, spec) == task_id:
        (folder.keys / key_name(spec.key)).unlink(missing_ok=True)


def parse_decision(data: bytes) -> Decision:
    """Return the decision that a file in `decisions/` holds.

    Raises:
        TaskRefused: it is none; code `unfinished` where more bytes may make it one.
    """
    from pydantic import ValidationError

    from workbench.model import Decision

    fields = read_json(decode(data))
    if not isinstance(fields, dict):
        raise TaskRefused("a decision is one object", code="not-an-object", hint='{"decision": "approve"}')
    try:
        return Decision.model_validate_json(json.dumps(fields))
    except (ValidationError, ValueError) as error:
        raise _refusal(error, Decision) from error


def drop_decision(folder: Folder, task_id: str, decision: Decision) -> Path:
    """Put a decision about a task where the runner finds it; return its path."""
    folder.task(task_id)
    path = folder.decisions / f"{task_id}.json"
    write_whole(path, decision.model_dump_json(exclude_none=True) + "\n")
    return path
