"""The board: where every task stands, in memory for the runner and written through to records, results and events."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from workbench.errors import NaniteError
from workbench.events import Bus, CommandAsked, TaskBlocked, TaskEnded, TaskQueued
from workbench.model import State, Task
from workbench.spool.folder import Folder
from workbench.spool.records import Record, read_record, read_records, read_result, write_record, write_result

DONE = frozenset({State.DONE, State.APPLIED})
"""States in which whoever waited for a task may begin."""


class Board:
    """All tasks of a folder. Records of tasks at rest are read from disk when asked for; the others stay in memory."""

    def __init__(self, folder: Folder, bus: Bus, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._bus = bus
        self._clock = clock
        self._active: dict[str, Record] = {}
        self._states: dict[str, State] = {}
        self._ids_by_key: dict[str, str] = {}
        self._after: dict[str, tuple[str, ...]] = {}
        self._children: defaultdict[str, list[str]] = defaultdict(list)

    def load(self) -> None:
        """Read all records; write the results that a crash left unwritten."""
        for record in read_records(self._folder):
            self._note(record)
            if record.rests:
                known = read_result(self._folder, record.task.id)
                if known is None or known.state is not record.state:
                    write_result(self._folder, record)

    def _note(self, record: Record) -> None:
        task = record.task
        self._states[task.id] = record.state
        if record.state.is_final:
            self._active.pop(task.id, None)
        else:
            self._active[task.id] = record
        if task.spec.key is not None:
            self._ids_by_key[task.spec.key] = task.id
        if task.spec.after:
            self._after[task.id] = task.spec.after
        if task.parent is not None and task.id not in self._children[task.parent]:
            self._children[task.parent].append(task.id)

    def knows(self, task_id: str) -> bool:
        """Return whether there is such a task."""
        return task_id in self._states

    def state(self, task_id: str) -> State:
        """Return where a task stands.

        Raises:
            NaniteError: there is no such task.
        """
        try:
            return self._states[task_id]
        except KeyError:
            raise NaniteError(
                f"there is no task {task_id}", code="no-such-task", hint="nanites list shows the IDs"
            ) from None

    def record(self, task_id: str) -> Record:
        """Return the record of a task.

        Raises:
            NaniteError: there is no such task, or its record is damaged.
        """
        return self._active.get(task_id) or read_record(self._folder, task_id)

    def active(self, *states: State) -> list[Record]:
        """Return the records of tasks that do not rest, oldest first; only those in `states` where some are named."""
        return [record for record in self._active.values() if not states or record.state in states]

    def children(self, task_id: str) -> tuple[str, ...]:
        """Return the IDs of the tasks that a sweep made."""
        return tuple(self._children.get(task_id, ()))

    def add(self, record: Record) -> Record:
        """Take a new task onto the board, queued or blocked."""
        write_record(self._folder, record)
        self._note(record)
        self._announce(record)
        return record

    def _announce(self, record: Record) -> None:
        task, spec = record.task, record.task.spec
        common: dict[str, Any] = {
            "task": task.id,
            "kind": spec.kind,
            "targets": spec.targets,
            "text": spec.task[:400],
            "parent": task.parent,
            "by": spec.by,
        }
        if record.state is State.BLOCKED:
            self._bus.publish(TaskBlocked(after=spec.after, **common))
        else:
            self._bus.publish(TaskQueued(attempt=task.attempt, **common))

    def ask(self, record: Record) -> Record:
        """Take a task onto the board, or leave it there, that waits until somebody lets its commands run.

        Its result is there too: whoever waits for the task learns that nothing more comes of it by itself.
        """
        write_result(self._folder, record)
        record = self.add(record)
        self._bus.publish(
            CommandAsked(task=record.task.id, commands=record.asks, source=record.task.source, by=record.task.spec.by)
        )
        return record

    def queue(self, task_id: str, **changes: Any) -> Record:
        """Put a task (again) among those that wait for a slot."""
        record = self._change(task_id, State.QUEUED, changes)
        write_record(self._folder, record)
        self._note(record)
        self._announce(record)
        return record

    def note(self, task_id: str, state: State | None = None, **changes: Any) -> Record:
        """Write down a change that is no rest: that a task runs, or what is known of it by now."""
        record = self._change(task_id, state or self.state(task_id), changes)
        write_record(self._folder, record)
        self._note(record)
        return record

    def rest(self, task_id: str, state: State, **changes: Any) -> Record:
        """Bring a task to rest: final, or waiting for review. The result is written first, the event comes last.

        A crash in between leaves a task that still runs, whose last steps are then done again to the same end.
        """
        record = self._change(task_id, state, {"asks": ()} | changes)
        write_result(self._folder, record)
        write_record(self._folder, record)
        self._note(record)
        self._bus.publish(
            TaskEnded(
                task=task_id,
                state=state,
                verdict=record.verdict,
                summary=record.summary,
                error=record.error,
                usage=record.usage,
            )
        )
        return record

    def _change(self, task_id: str, state: State, changes: dict[str, Any]) -> Record:
        return self.record(task_id).model_copy(update={"state": state, "updated_at": self._clock(), **changes})

    def resolve(self, name: str) -> str | None:
        """Return the ID that an ID or a key stands for, or None where nothing is known by that name."""
        return name if name in self._states else self._ids_by_key.get(name)

    def unmet(self, after: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names in `after` that are not done yet, and those that ended otherwise."""
        waiting, failed = [], []
        for name in after:
            task_id = self.resolve(name)
            state = self._states[task_id] if task_id else None
            if state in DONE:
                continue
            if state is None or not state.is_final:
                waiting.append(name)
            else:
                failed.append(name)
        return tuple(waiting), tuple(failed)

    def closes_cycle(self, task: Task) -> bool:
        """Return whether a new task would wait for itself, through whatever others."""
        itself = {task.id, task.spec.key} - {None}
        seen: set[str] = set()
        ahead = list(task.spec.after)
        while ahead:
            name = ahead.pop()
            if name in itself:
                return True
            if name in seen:
                continue
            seen.add(name)
            task_id = self.resolve(name)
            if task_id is not None:
                ahead.extend(self._after.get(task_id, ()))
        return False
