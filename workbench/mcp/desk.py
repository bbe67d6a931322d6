"""What the three tools do: a call drops files and reads results, and its answer is one short text.

Nothing here knows the protocol. Arguments come from a model, so they are data: a task's fields are held against its
schema by `client.submit`, and what remains is checked here.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import client
from workbench.errors import NaniteError, TaskRefused
from workbench.ledger import book, places
from workbench.mcp.answers import Answer, compact, envelope_of, list_of, listing, one_of, short, told, unfinished
from workbench.mcp.pages import diff_text, page_of, story_text
from workbench.mcp.tools import ACTIONS, CHAT, PATCH, QUEUE, names
from workbench.mcp.waiting import Keeper, Report, wait
from workbench.runner_process import RunnerProcess
from workbench.spool.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.model import Decision

WAIT_SECONDS = 95.0
"""How long a call waits for its tasks. Clients move calls of two minutes out of sight, or end them."""

IDLE_MINUTES = 10.0
"""How long a runner that was started here stays without work."""

MOST_TASKS = 200
MOST_IDS = 100
BY = "claude"

_PATH_FIELDS = ("targets", "read", "for_each")
_CHAT_FIELDS = ("task", "read", "rounds", "kind", "model", "tier", "key", "timeout", "by")
_QUEUE_FIELDS = ("action", "tasks", "ids", "hunks", "reason", "page", "seconds")
_DECIDE_SECONDS = 60.0


class Desk:
    """Serves the calls of one client about one repository.

    Args:
        start: a folder in the repository. Whether it is one is seen at each call: a session may begin before git does.
        wait_seconds: how long a call waits at most.
        environment: what a runner that is started here finds in its environment; None means all that is here.
        session: the client's session, for the ledger.
    """

    def __init__(
        self,
        start: Path,
        *,
        wait_seconds: float = WAIT_SECONDS,
        idle_minutes: float = IDLE_MINUTES,
        environment: Mapping[str, str] | None = None,
        session: str = "",
    ) -> None:
        self._start = start.resolve()
        self._wait_seconds = wait_seconds
        self._idle_minutes = idle_minutes
        self._environment = environment
        self._session = session
        self._at: tuple[Folder, RunnerProcess] | None = None
        self._is_noted = False

    async def call(self, tool: str, arguments: Any, report: Report) -> Answer:
        """Do what a call asks; whatever is wrong with it is told in the answer."""
        given: dict[str, Any] = {}
        try:
            given = _as_fields(arguments)
            answer = await self._do(tool, given, report)
        except NaniteError as error:
            answer = Answer(compact(told(error)), is_error=True)
        except OSError as error:
            words = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
            hint = "check permissions and the disk"
            answer = Answer(compact(told(NaniteError(words, code="system", hint=hint))), is_error=True)
        self._note(tool, given, answer)
        return answer

    def _note(self, tool: str, given: dict[str, Any], answer: Answer) -> None:
        if self._at is not None:
            book.note_call(
                self._at[0],
                session=self._session,
                tool=tool,
                action=str(given.get("action") or ""),
                ids=answer.ids,
                asked=len(compact(given)),
                answered=len(answer.text),
            )

    def note_session(self) -> None:
        """Write into the ledger that this client's session has the tools; nothing is made where none are used."""
        with contextlib.suppress(NaniteError):
            folder = Folder(client.find_root(self._start))
            if folder.path.is_dir() and not self._is_noted:
                self._is_noted = True
                book.note_session(folder, self._session)
                places.remember(folder.root)

    async def _do(self, tool: str, given: dict[str, Any], report: Report) -> Answer:
        if tool == CHAT:
            return await self._drop_and_wait(_chat_fields(given, self.folder().root), report)
        if tool == PATCH:
            return await self._drop_and_wait({"kind": "patch"} | given, report)
        if tool == QUEUE:
            return await self._queue(given, report)
        raise NaniteError(f"there is no tool {tool}", code="no-such-tool", hint=f"tools: {', '.join(names())}")

    def folder(self) -> Folder:
        """Return the repository's folder, made where it is missing.

        Raises:
            NaniteError: this is no repository, or the folder cannot be used.
        """
        return self._place()[0]

    def _place(self) -> tuple[Folder, RunnerProcess]:
        if self._at is None or not self._at[0].inbox.is_dir():
            folder = Folder(client.find_root(self._start)).ensure()
            runner = RunnerProcess(folder, idle_minutes=self._idle_minutes, environment=self._environment)
            self._at = folder, runner
            self.note_session()
        return self._at

    def _keeper(self) -> Keeper:
        return Keeper(*self._place())

    async def _drop_and_wait(self, fields: dict[str, Any], report: Report) -> Answer:
        folder = self.folder()
        events = client.tail(folder)
        task_id = client.submit(folder, _from_root(fields, folder.root, self._start))
        results = await wait(
            folder, [task_id], keeper=self._keeper(), within=self._wait_seconds, report=report, events=events
        )
        return Answer(compact(results[0]), ids=(task_id,))

    async def _queue(self, given: dict[str, Any], report: Report) -> Answer:
        action = given.get("action")
        if action not in ACTIONS:
            raise _wrong("action", f"there is no action {action!r}", f"actions: {', '.join(ACTIONS)}")
        for name in given:
            if name not in _QUEUE_FIELDS:
                raise TaskRefused(
                    f"unknown field {name!r}",
                    code="unknown-field",
                    field=name,
                    hint=f"known fields: {', '.join(_QUEUE_FIELDS)}; a task's own fields go into tasks",
                )
        if action == "submit":
            return self._submit(given)
        folder = self.folder()
        if action == "list":
            return Answer(compact(listing(folder)))
        ids = _ids(folder, given)
        page = _page(given)
        if action == "diff":
            return Answer(page_of(diff_text(folder, _only(ids)), page or 1, f"diff of {ids[0]}"), ids=ids)
        if action == "result" and page is not None:
            return Answer(page_of(story_text(folder, _only(ids)), page, f"words about {ids[0]}"), ids=ids)
        if action in {"wait", "result"}:
            within = _seconds(given, self._wait_seconds) if action == "wait" else 0.0
            if action == "result":
                return Answer(compact(one_of([_now(folder, task_id) for task_id in ids])), ids=ids)
            results = await wait(folder, ids, keeper=self._keeper(), within=within, report=report)
            return Answer(compact(one_of(results)), ids=ids)
        return await self._decide(folder, ids, _decision(str(action), given, ids))

    def _submit(self, given: dict[str, Any]) -> Answer:
        tasks = given.get("tasks")
        if not isinstance(tasks, list) or not tasks or not all(isinstance(task, dict) for task in tasks):
            raise _wrong(
                "tasks", "submit needs tasks: a list of objects", 'tasks: [{"task": "…", "targets": ["a.py"]}]'
            )
        if len(tasks) > MOST_TASKS:
            raise _wrong("tasks", f"{len(tasks)} tasks are more than {MOST_TASKS}", "use for_each, or several calls")
        folder = self.folder()
        wanted = [{"by": BY} | _from_root(task, folder.root, self._start) for task in tasks]
        for number, fields in enumerate(wanted, 1):
            try:
                client.check_fields(fields, folder.root)
            except TaskRefused as error:
                # Nothing is dropped where one of several is no task.
                error.message = f"task {number} of {len(wanted)}: {error.message}"
                raise
        ids = tuple(client.submit(folder, fields) for fields in wanted)
        self._keeper().begin()
        return Answer(compact({"ids": ids}), ids=ids)

    async def _decide(self, folder: Folder, ids: tuple[str, ...], decision: Decision) -> Answer:
        answers: list[dict[str, Any]] = []
        errors = 0
        keeper = self._keeper()
        for task_id in ids:
            try:
                result = await client.decide(folder, task_id, decision, run_here=keeper, within=_DECIDE_SECONDS)
                answers.append(envelope_of(result))
            except NaniteError as error:
                errors += 1
                answers.append({"id": task_id} | told(error))
        told_of = short(answers[0]) if len(ids) == 1 else list_of(answers)
        return Answer(compact(told_of), is_error=errors == len(ids), ids=ids)


def _as_fields(arguments: Any) -> dict[str, Any]:
    if arguments is None:
        return {}
    if not isinstance(arguments, dict):
        raise TaskRefused("arguments are one object", code="not-an-object", hint='{"task": "…"}')
    # Models write null for what they leave out.
    return {str(name): value for name, value in arguments.items() if value is not None}


def _chat_fields(given: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return the task that a question is. The tool is marked as one that changes nothing, so it takes no other kind."""
    fields = {"kind": "chat"} | given
    for name in fields:
        if name not in _CHAT_FIELDS:
            hint = f"known fields: {', '.join(_CHAT_FIELDS)}"
            raise TaskRefused(f"unknown field {name!r}", code="unknown-field", field=name, hint=hint)
    from workbench.recipes.load import load

    if not isinstance(fields["kind"], str) or load(fields["kind"], root).edits:
        raise _wrong("kind", f"{fields['kind']!r} changes files", "local_chat only reads; use local_patch")
    return fields


def _from_root(fields: dict[str, Any], root: Path, start: Path) -> dict[str, Any]:
    """Return a task's fields with its paths relative to the repository, as the client means them.

    Clients write paths from the root of the disk, or from the folder they work in where that is not the repository's
    top: what is there under that name is what is meant.
    """
    prefix = start.relative_to(root).as_posix() if start != root and start.is_relative_to(root) else ""

    def relative(path: Any) -> Any:
        if not isinstance(path, str) or "\0" in path or any("\ud800" <= character <= "\udfff" for character in path):
            # No path at all, or none that the disk could hold: its refusal says more than ours.
            return path
        if path.startswith("/"):
            # The client may have come here through a link.
            folder, _, name = path.rpartition("/")
            meant = path if path.startswith(f"{root}/") else f"{os.path.realpath(folder)}/{name}"
            return meant.removeprefix(f"{root}/")
        name = path.rpartition(":")[0] or path
        there = any(mark in path for mark in "*?[") or os.path.lexists(start / path) or os.path.lexists(start / name)
        return f"{prefix}/{path}" if prefix and there else path

    meant = {
        name: [relative(path) for path in value] if isinstance(value, list) else relative(value)
        for name, value in fields.items()
        if name in _PATH_FIELDS
    }
    return {"by": BY} | fields | meant


def _wrong(field: str, message: str, hint: str) -> TaskRefused:
    return TaskRefused(message, code="wrong-value", field=field, hint=hint)


def _ids(folder: Folder, given: dict[str, Any]) -> tuple[str, ...]:
    from workbench.spool.records import resolve_id

    ids = given.get("ids")
    if isinstance(ids, str):
        ids = [ids]
    if not isinstance(ids, list) or not ids or not all(isinstance(name, str) for name in ids):
        raise _wrong("ids", "this action needs ids: a list of them", "action list shows them")
    if len(ids) > MOST_IDS:
        raise _wrong("ids", f"{len(ids)} ids are more than {MOST_IDS}", "ask in several calls")
    return tuple(dict.fromkeys(resolve_id(folder, name) for name in ids))


def _only(ids: Sequence[str]) -> str:
    if len(ids) != 1:
        raise _wrong("ids", "pages are of one task", "name one id")
    return ids[0]


def _page(given: dict[str, Any]) -> int | None:
    page = given.get("page")
    if page is not None and type(page) is not int:
        raise _wrong("page", f"page is a number from 1, not {page!r}", "leave it out for the first")
    return page


def _seconds(given: dict[str, Any], most: float) -> float:
    seconds = given.get("seconds", most)
    if type(seconds) not in {int, float} or not 0 <= seconds <= 1e9:
        raise _wrong("seconds", f"seconds is a number, not {seconds!r}", f"at most {most:g} are waited in one call")
    return float(min(seconds, most))


def _decision(action: str, given: dict[str, Any], ids: Sequence[str]) -> Decision:
    from pydantic import ValidationError

    from workbench.model import Decision

    hunks = given.get("hunks")
    if hunks is not None and (action != "approve" or len(ids) != 1):
        raise _wrong("hunks", "hunks are approved of one task", "name one id, or leave hunks out")
    try:
        return Decision.model_validate(
            {"decision": action, "hunks": hunks or None, "reason": given.get("reason"), "by": BY}
        )
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise _wrong(field, f"{field}: {first['msg']}", "hunks: numbers from 1; reason: text") from error


def _now(folder: Folder, task_id: str) -> dict[str, Any]:
    """Return a task's envelope as it stands, or its handle where it is not at rest."""
    from workbench.spool.records import read_record

    result = client.rested(folder, task_id)
    if result is not None:
        return envelope_of(result)
    try:
        return unfinished(task_id, str(read_record(folder, task_id).state))
    except NaniteError:
        return unfinished(task_id, "queued")
