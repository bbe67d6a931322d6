"""From a dropped file to a task on the board, or to `inbox/refused/` with a reason.

A file is claimed by renaming it into its task's folder: that one move is the border between "dropped" and "taken", so a
crash on either side of it loses nothing and doubles nothing.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workbench.errors import NaniteError, TaskRefused
from workbench.events import Bus, FileRefused
from workbench.model import State, Task, TaskSpec
from workbench.recipes.load import load as load_recipe
from workbench.repository import Ignored, Repository, is_glob, safe_path
from workbench.runner.asking import Asking
from workbench.runner.board import Board
from workbench.runner.outcome import error_info
from workbench.spool import inbox
from workbench.spool.folder import Folder, is_id, new_id, shown
from workbench.spool.records import Record

UNFINISHED_SECONDS = 2.0
"""How long a file that is not yet whole is waited for (CONTRACT.md, section 1)."""

_CLAIMED = "dropped"


class Intake:
    """Takes what lies in the inbox. Keeps in mind only which files are still being written."""

    def __init__(
        self,
        repository: Repository,
        folder: Folder,
        board: Board,
        bus: Bus,
        asking: Asking,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._repository = repository
        self._folder = folder
        self._board = board
        self._bus = bus
        self._asking = asking
        self._clock = clock
        self._unfinished_since: dict[str, float] = {}
        self._asked: frozenset[str] = frozenset()
        self._ignored: frozenset[str] = frozenset()

    @property
    def waits_for_writers(self) -> bool:
        """Whether some file is not yet whole and must be looked at again soon."""
        return bool(self._unfinished_since)

    def take_claimed(self) -> list[Record]:
        """Take the files that a dead runner had claimed but not yet written down."""
        found = []
        for task_id in self._folder.task_ids():
            home = self._folder.task(task_id)
            if self._board.knows(task_id) or (home / "task.json").exists():
                continue
            for path in sorted(home.glob(f"{_CLAIMED}.*")):
                record = self._take(path, task_id, claimed=True)
                found += [record] if record else []
        return found

    def waiting(self) -> list[Path]:
        """Return the files to look at now; notes of files that are gone are dropped."""
        paths = inbox.waiting(self._folder.inbox)
        names = {path.name for path in paths}
        self._unfinished_since = {name: at for name, at in self._unfinished_since.items() if name in names}
        self._ask_git_once(paths)
        return paths

    def _ask_git_once(self, paths: Sequence[Path]) -> None:
        """Ask git about the targets of all files at once: a process for each would cost more than all the rest."""
        targets: set[str] = set()
        for path in paths if len(paths) > 1 else ():
            with contextlib.suppress(NaniteError, OSError):
                spec = inbox.parse_task(path.name, inbox.read_bounded(path))
                targets.update(safe_path(target) for target in spec.targets if not is_glob(target))
        self._ignored, self._asked = frozenset(), frozenset()
        # git answers nothing at all where it cannot answer one: then each file is asked about by itself, and refused.
        with contextlib.suppress(NaniteError):
            self._ignored = self._repository.ignored(targets)
            self._asked = frozenset(targets)

    def _ignored_of(self, paths: Iterable[str]) -> frozenset[str]:
        asked = frozenset(paths)
        return asked & self._ignored if asked <= self._asked else self._repository.ignored(asked)

    def take(self, path: Path) -> Record | None:
        """Take one file: return its record, or None where it was refused, is not yet whole, or is known already."""
        stem = path.stem
        task_id = stem if is_id(stem) and not self._board.knows(stem) else new_id()
        return self._take(path, task_id, claimed=False)

    def _take(self, path: Path, task_id: str, *, claimed: bool) -> Record | None:
        spec = None
        try:
            spec = inbox.parse_task(path.name, inbox.read_bounded(path))
            known = inbox.known_key(self._folder, spec)
            if known is not None and self._board.knows(known):
                # The same task a second time: there is nothing to do, and the first one's file is kept.
                path.unlink(missing_ok=True)
                self._unfinished_since.pop(path.name, None)
                return None
            task_id = known if known is not None and not claimed else task_id
            task = Task(id=task_id, spec=spec, created_at=self._clock(), source=shown(path.name))
            asks = self._check(task)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._refuse(path, _unreadable(error))
            return None
        except NaniteError as error:
            if error.code != "unfinished" or not self._still_written(path):
                self._refuse(path, error)
                if spec is not None and error.code != "key-conflict":
                    inbox.forget_key(self._folder, spec, path.stem)
            return None
        self._unfinished_since.pop(path.name, None)
        if not claimed:
            home = self._folder.task(task_id)
            home.mkdir(mode=0o700, exist_ok=True)
            path.replace(home / f"{_CLAIMED}{path.suffix}")
        return self._write_down(task, asks)

    def _still_written(self, path: Path) -> bool:
        since = self._unfinished_since.setdefault(path.name, self._clock())
        return self._clock() - since < UNFINISHED_SECONDS

    def _refuse(self, path: Path, error: NaniteError) -> None:
        self._unfinished_since.pop(path.name, None)
        if error.code == "unfinished":
            error = TaskRefused(f"the file never became whole: {error.message}", code="unfinished", hint=error.hint)
        try:
            goal = inbox.refuse(self._folder, path, error)
        except FileNotFoundError:
            return
        self._bus.publish(
            FileRefused(task=shown(path.stem), file=shown(self._folder.relative(goal)), error=error_info(error))
        )

    def _write_down(self, task: Task, asks: tuple[str, ...]) -> Record:
        inbox.remember_key(self._folder, task.spec, task.id)
        if asks:
            return self._asking.ask(task, asks, at=task.created_at)
        waiting, failed = self._board.unmet(task.spec.after)
        state = State.BLOCKED if waiting or failed else State.QUEUED
        return self._board.add(Record(task=task, state=state, updated_at=task.created_at))

    def _check(self, task: Task) -> tuple[str, ...]:
        """Refuse what can be known to be impossible before anything runs; return commands to be asked about."""
        spec = task.spec
        recipe = load_recipe(spec.kind, self._repository.root)
        if recipe.needs_task and not spec.task.strip():
            raise TaskRefused("the task says nothing", code="missing", field="task", hint="say in words what to do")
        if recipe.needs_targets and not spec.targets and spec.for_each is None:
            raise TaskRefused(
                f"a {spec.kind} task needs targets",
                code="missing",
                field="targets",
                hint="name the files that may change, as paths or globs",
            )
        asks = self._asking.questions(spec)
        check_words(spec)
        if self._board.closes_cycle(task):
            raise TaskRefused("this task would wait for itself", code="cycle", field="after", hint="break the circle")
        if not spec.after:
            # What an earlier task will make cannot be there yet; such targets are looked at when the task starts.
            check_tree(self._repository, spec, self._ignored_of)
        return asks


def _unreadable(error: OSError) -> TaskRefused:
    return TaskRefused(
        f"the file cannot be read: {error.strerror}", code="unreadable", hint="check who owns it and its permissions"
    )


def check_words(spec: TaskSpec) -> None:
    """Refuse paths that can be known to be unsafe by their words alone.

    Raises:
        TaskRefused: the message and `field` name what is wrong.
    """
    named: dict[str, tuple[str, ...]] = {
        "targets": tuple(target.replace("{file}", "x") for target in spec.targets),
        "read": tuple(entry.rpartition(":")[0] or entry for entry in spec.read),
        "for_each": (spec.for_each,) if spec.for_each else (),
    }
    for field, paths in named.items():
        for path in paths:
            try:
                safe_path(path)
            except TaskRefused as error:
                raise TaskRefused(error.message, code=error.code, hint=error.hint, field=field) from error


def check_tree(repository: Repository, spec: TaskSpec, ignored: Ignored | None = None) -> None:
    """Refuse targets that are not there, or are not files a task may change.

    Raises:
        TaskRefused: the message and `field` name what is wrong.
    """
    if spec.for_each is not None:
        repository.expand([spec.for_each], field="for_each")
        return
    for path in repository.expand(spec.targets, ignored=ignored):
        source = repository.read(path, field="targets")
        if not source.mode & 0o222:
            raise TaskRefused(
                f"{path!r} is read-only", code="read-only", field="targets", hint="make it writable, or leave it out"
            )
    for entry in spec.read:
        name = entry if is_glob(entry) or ":" not in entry else entry.rpartition(":")[0]
        repository.expand([name], field="read")
