"""Dropped files: reading a task from JSON or Markdown, refusing what is none, and dropping one.

A dropped file is data from a stranger. It is bounded in size and depth before it is parsed, YAML is read without tags,
and whatever cannot be used goes to `inbox/refused/` unchanged: nothing dropped is ever lost.
"""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import NaniteError, TaskRefused
from workbench.spool.folder import Folder, key_name, new_id, write_json, write_whole

if TYPE_CHECKING:
    # pydantic costs more than all the rest of dropping a file, and dropping a good one needs none of it.
    from workbench.model import Decision, TaskSpec

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
SUFFIXES = {".json", ".md"}
UNFINISHED_SUFFIXES = {".tmp", ".part"}
_FRONT_MATTER = r"(?sm)\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)"


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
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
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
    text = _decode(data)
    if name.endswith(".md"):
        return _from_markdown(text)
    if name.endswith(".json"):
        return _load_json(text)
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
        return TaskSpec.model_validate_json(json.dumps(plain_fields(fields)))
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
    field = str(first["loc"][0]) if first["loc"] else ""
    known = ", ".join(of.model_fields)
    if first["type"] == "extra_forbidden":
        return TaskRefused(f"unknown field {field!r}", code="unknown-field", field=field, hint=f"known fields: {known}")
    return TaskRefused(f"{field}: {first['msg']}", code="wrong-value", field=field, hint="see docs/task-files.md")


def _listed(name: str, value: Any) -> Any:
    return [value] if name in {"targets", "read", "check", "after"} and isinstance(value, str) else value


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        code = "unfinished" if error.reason == "unexpected end of data" else "not-utf8"
        raise TaskRefused(f"not UTF-8 at byte {error.start}", code=code, hint="save the file as UTF-8") from error
    if "\x00" in text:
        raise TaskRefused("the file holds a NUL character", code="not-text", hint="save the file as plain UTF-8 text")
    return text


def _load_json(text: str) -> Any:
    if not text.strip():
        raise TaskRefused(
            "the file is empty", code="unfinished", hint="write the whole task, then rename it into place"
        )
    if _depth(text) > MAX_DEPTH:
        raise TaskRefused(f"nested deeper than {MAX_DEPTH}", code="too-deep", hint="a task is one flat object")
    try:
        return json.loads(text, object_pairs_hook=_no_twins)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        raise TaskRefused(
            f"not JSON, line {error.lineno} column {error.colno}: {error.msg}",
            code="unfinished" if cut else "not-json",
            hint="check the commas and quotes there",
        ) from error


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise TaskRefused(f"field {twin!r} stands twice", code="twice", field=twin, hint="keep one of them")
    return fields


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _from_markdown(text: str) -> Any:
    import yaml

    if not text.strip():
        raise TaskRefused(
            "the file is empty", code="unfinished", hint="write the whole task, then rename it into place"
        )
    found = re.match(_FRONT_MATTER, text)
    if found is None:
        code = "unfinished" if text.startswith("---") else "no-front-matter"
        raise TaskRefused(
            "no YAML front matter between two lines of ---",
            code=code,
            hint="begin with ---, the fields, then --- again",
        )
    if _depth(found[1]) > MAX_DEPTH or (any(mark in found[1] for mark in ("&", "*")) and _has_alias(found[1])):
        raise TaskRefused("anchors, aliases or deep nesting", code="too-deep", hint="front matter is one flat list")
    try:
        fields = yaml.safe_load(found[1]) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise TaskRefused(
            f"front matter{where}: {problem}", code="not-yaml", hint="check indentation and quotes"
        ) from error
    if not isinstance(fields, dict):
        raise TaskRefused("front matter is no list of fields", code="not-an-object", hint="write `field: value` lines")
    body = text[found.end() :].strip()
    if body and fields.get("task"):
        raise TaskRefused(
            "the task stands twice, as field and as body", code="twice", field="task", hint="keep one of them"
        )
    fields = {str(name): value for name, value in fields.items()}
    return fields | {"task": body} if body else fields


def _has_alias(text: str) -> bool:
    import yaml

    try:
        return any(isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(text))
    except yaml.YAMLError:
        return False


def digest(spec: TaskSpec) -> str:
    """Return what tells two tasks with the same key apart: a hash over everything but who asked."""
    import hashlib

    return hashlib.sha256(spec.model_dump_json(exclude={"by"}).encode("utf-8")).hexdigest()


def refuse(folder: Folder, path: Path, error: NaniteError) -> Path:
    """Move a bad file to `inbox/refused/`, unchanged, with `NAME.error.json` beside it; return where it went."""
    goal = folder.refused / path.name
    number = 1
    while goal.exists() or goal.is_symlink():
        number += 1
        goal = folder.refused / f"{path.stem}-{number}{path.suffix}"
    write_json(goal.with_name(f"{goal.name}.error.json"), error.as_dict())
    path.replace(goal)
    return goal


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

    fields = _load_json(_decode(data))
    if not isinstance(fields, dict):
        raise TaskRefused("a decision is one object", code="not-an-object", hint='{"decision": "approve"}')
    try:
        return Decision.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        raise _refusal(error, Decision) from error


def drop_decision(folder: Folder, task_id: str, decision: Decision) -> Path:
    """Put a decision about a task where the runner finds it; return its path."""
    folder.task(task_id)
    path = folder.decisions / f"{task_id}.json"
    write_whole(path, decision.model_dump_json(exclude_none=True) + "\n")
    return path
