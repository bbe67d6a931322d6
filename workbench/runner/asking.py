"""Commands that a person is asked about: which task waits for an answer, and what an answer does.

A task waits only where somebody is there to be asked, by its policy `ask`; any other policy is a script's, whose task
is refused at once as it always was. What was answered lies in nanites.toml, on this machine, or in the task's record.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.checks.allowance import allows, refuse_unless_allowed, steering, with_allowed
from workbench.consent import Consent
from workbench.errors import CheckFailed, SettingsError, TaskRefused
from workbench.events import Bus, DecisionTaken
from workbench.model import Approve, Check, Decision, ErrorInfo, FileEdit, State, Task, TaskSpec
from workbench.runner.board import Board
from workbench.runner.outcome import error_info
from workbench.settings import FILE_NAME, Settings, load
from workbench.spool.folder import Folder
from workbench.spool.records import Record


class Allowed:
    """The commands that nanites.toml allows, read again when the file has changed: an answer holds from then on."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._path = root / FILE_NAME
        self._commands = settings.checks.allow
        self._seen = self._mark()

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def now(self) -> tuple[str, ...]:
        """Return the commands; of a file that cannot be read now, those that it last allowed."""
        mark = self._mark()
        if mark != self._seen:
            try:
                self._commands = load(self._root, dict(os.environ)).checks.allow
            except SettingsError:
                return self._commands
            self._seen = mark
        return self._commands

    def add(self, command: str) -> None:
        """Write `command` into nanites.toml.

        Raises:
            NaniteError: the file is written in a way that nothing can be added to, or cannot be written.
        """
        if allows(self.now(), command, self._root):
            return
        try:
            text = self._path.read_text(encoding="utf-8") if self._path.exists() else ""
            # In place: the file is the user's, with an owner, a mode and perhaps a link of its own.
            self._path.write_text(with_allowed(text, command), encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{FILE_NAME} cannot be changed: {error}", hint="check who owns it") from error


class Asking:
    """Knows what may run now, and follows answers."""

    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        board: Board,
        bus: Bus,
        *,
        policy: Approve,
        queued: Callable[[Record], None],
        released: Callable[[Record], None],
    ) -> None:
        self._folder = folder
        self._board = board
        self._bus = bus
        self._policy = policy
        self._queued = queued
        self._released = released
        self.allowed = Allowed(folder.root, settings)

    def questions(self, spec: TaskSpec, granted: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the commands of a task that somebody must be asked about.

        Raises:
            TaskRefused: a command is forbidden here, or is not allowed and nobody is there to be asked (code
                `command-forbidden`, `command-not-allowed`; field `check`).
        """
        root = self._folder.root
        may = (*self.allowed.now(), *granted)
        asks = tuple(dict.fromkeys(command for command in spec.check if not allows(may, command, root)))
        if (spec.approve or self._policy) is Approve.ASK:
            may = (*may, *asks)
        try:
            refuse_unless_allowed(spec.check, may, root)
        except CheckFailed as error:
            raise TaskRefused(error.message, code=error.code, field="check", hint=error.hint) from error
        return asks

    def ask(self, task: Task, asks: tuple[str, ...], *, at: float, reason: str | None = None) -> Record:
        """Take a task onto the board that waits for an answer, since the time `at`."""
        record = Record(task=task, state=State.BLOCKED, updated_at=at, asks=asks, reason=reason)
        return self._board.ask(record.model_copy(update={"error": _question(task, asks)}))

    def answer(self, task_id: str, decision: Decision) -> None:
        """Follow an answer about the commands that a task asks about.

        Raises:
            TaskRefused: the task asks about none (code `wrong-state`).
        """
        record = self._board.record(task_id)
        if not record.asks:
            raise TaskRefused(
                f"task {task_id} asks about no command", code="wrong-state", hint=f"nanites show {task_id} says more"
            )
        scope = decision.scope or "once"
        if scope == "never":
            consent = Consent.of(self._folder.root)
            try:
                for command in record.asks:
                    consent = consent.with_never(command)
            except OSError as error:
                raise SettingsError(
                    f"what you decided cannot be kept: {error.strerror}", hint="check who owns the house's folder"
                ) from error
        elif scope == "repository" and record.state is State.BLOCKED:
            for command in record.asks:
                self.allowed.add(command)
        self._bus.publish(
            DecisionTaken(task=task_id, decision="allow", by=decision.by, reason=f"{scope}: {'; '.join(record.asks)}")
        )
        if record.state is State.REVIEW:
            self._answer_in_review(record, scope)
        elif scope == "once":
            self._release(record, granted=(*record.task.granted, *record.asks))
        self.look_again()

    def _answer_in_review(self, record: Record, scope: str) -> None:
        if scope == "never":
            note = f"you forbade {'; '.join(record.asks)} in this repository"
            self._board.rest(record.task.id, State.REVIEW, notes=(*record.notes, note))
            return
        task = record.task.model_copy(update={"attempt": record.task.attempt + 1, "only_checks": True})
        (self._folder.results / f"{task.id}.json").unlink(missing_ok=True)
        self._queued(self._board.queue(task.id, task=task, asks=()))

    def look_again(self) -> None:
        """Let go on, or turn down, whatever waits for an answer that is there by now."""
        for record in self._board.active(State.BLOCKED):
            if not record.asks:
                continue
            try:
                asks = self.questions(record.task.spec, record.task.granted)
            except TaskRefused as error:
                if error.code == "command-forbidden":
                    self._board.rest(record.task.id, State.REJECTED, error=error_info(error))
                continue
            if not asks:
                self._release(record)

    def _release(self, record: Record, granted: tuple[str, ...] | None = None) -> None:
        task = record.task if granted is None else record.task.model_copy(update={"granted": granted})
        (self._folder.results / f"{task.id}.json").unlink(missing_ok=True)
        self._released(self._board.note(task.id, task=task, asks=(), error=None))

    def held(self, task: Task, edits: Sequence[FileEdit], commands: Sequence[str]) -> dict[str, Check]:
        """Return the checks that are not run: of commands whose own settings, or script, the edits change.

        They are run as changed where somebody let them: then the proposal stands, and he has seen it.
        """
        found: dict[str, Check] = {}
        for command in () if task.only_checks else commands:
            changed = steering(edits, (command,))
            if changed:
                told = f"not run: the proposal changes {', '.join(changed)}, which says what this command does"
                words = f"{told}; read it, then: nanites allow --task {task.id}"
                found[command] = Check(name=command, ok=None, output=words)
        return found


def _question(task: Task, asks: tuple[str, ...]) -> ErrorInfo:
    return ErrorInfo(
        code="command-not-allowed",
        message=f"may {'; '.join(shlex.quote(command) if ';' in command else command for command in asks)} run? "
        "nanites.toml does not allow it",
        hint=f"nanites allow --task {task.id} shows what it may touch and asks you",
    )
