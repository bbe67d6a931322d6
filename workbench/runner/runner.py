"""The runner: one loop that takes files, follows decisions and hands tasks to slots, woken by the folder's watcher."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncIterator, Collection

from workbench.engines.pool import Pool
from workbench.errors import NaniteError
from workbench.events import Bus, Event, RunnerStarted, RunnerStopped, TaskEnded, TokenStreamed
from workbench.model import Approve, State
from workbench.repository import Repository
from workbench.runner import Listener, store, sweep, workflow
from workbench.runner.asking import Asking
from workbench.runner.board import Board
from workbench.runner.briefing import likeness
from workbench.runner.decisions import Decisions
from workbench.runner.discretion import discreet
from workbench.runner.intake import Intake
from workbench.runner.life import Lives
from workbench.runner.outcome import error_info
from workbench.runner.queue import ReadyQueue
from workbench.settings import Settings
from workbench.spool import watch
from workbench.spool.folder import Folder
from workbench.spool.lock import RunnerLock
from workbench.spool.log import TOKEN_INTERVAL, EventLog
from workbench.spool.records import Record

_log = logging.getLogger("nanites.runner")
_LOOK_AGAIN_SECONDS = 0.1
_PATIENCE_SECONDS = 5.0  # for workflows that were told to end
_FILES_AT_ONCE = 16


class Runner:
    """Works on one folder; see `workbench.runner.run` for what its arguments mean."""

    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        *,
        drain: bool = False,
        only: Collection[str] | None = None,
        approve: Approve | None = None,
        listener: Listener | None = None,
        stop: asyncio.Event | None = None,
        idle_seconds: float | None = None,
    ) -> None:
        self._repository = repository
        self._settings = settings
        self._drain = drain
        self._only = None if only is None else frozenset(only)
        self._listener = listener
        self._stop = stop or asyncio.Event()
        self._idle_seconds = idle_seconds
        self._busy_at = time.monotonic()
        self._folder = Folder(repository.root)
        self._bus = Bus()
        self._board = Board(self._folder, self._bus)
        self._ready = ReadyQueue(lambda record: likeness(record.task.spec, settings, repository.root))
        self._wake = asyncio.Event()
        self._is_folder_read = False
        self._occupied: set[str] = set()
        self._resuming: set[str] = set()
        self._workflows: dict[str, asyncio.Task[None]] = {}
        self._ended: set[str] = set()
        self._flush: asyncio.TimerHandle | None = None
        self._pool = Pool(settings)
        policy = approve or settings.approve.default
        self._asking = Asking(
            self._folder,
            settings,
            self._board,
            self._bus,
            policy=policy,
            queued=self._ready.put,
            released=self._look_at_blocked,
        )
        self._lives = Lives(
            repository,
            self._folder,
            settings,
            self._board,
            self._bus,
            pool=self._pool,
            asking=self._asking,
            policy=policy,
            on_end=self._free_slot,
        )
        self._intake = Intake(repository, self._folder, self._board, self._bus, self._asking)
        self._decisions = Decisions(
            repository,
            self._folder,
            self._board,
            self._bus,
            self._lives,
            asking=self._asking,
            queued=self._ready.put,
            forgotten=self._ready.remove,
        )

    async def run(self) -> None:
        """Work until stopped, or until what was asked for is done."""
        lock = RunnerLock(self._folder)
        try:
            self._folder.ensure()
            lock.acquire()
            async with self._events_written():
                await self._run_locked()
        except OSError as error:
            raise NaniteError(
                f"the runner cannot write its folder: {error.strerror or error}",
                code="folder-unusable",
                hint="free some space or check who owns .nanites, then start it again; it goes on where it was",
            ) from error
        finally:
            lock.release()

    @contextlib.asynccontextmanager
    async def _events_written(self) -> AsyncIterator[None]:
        log = EventLog(self._folder)
        if self._listener is not None:
            log.listen(self._listener)

        def write(event: Event) -> None:
            log.write(discreet(event))
            if isinstance(event, TokenStreamed) and self._flush is None:
                self._flush = asyncio.get_running_loop().call_later(TOKEN_INTERVAL, flush)
            elif isinstance(event, TaskEnded):
                self._ended.add(event.task)
                self._wake.set()

        def flush() -> None:
            self._flush = None
            log.flush()

        self._bus.subscribe(write)
        try:
            yield
        finally:
            if self._flush is not None:
                self._flush.cancel()
            log.close()

    async def _run_locked(self) -> None:
        workflow.set_worker(self._lives)
        self._board.load()
        self._lives.recover_changes()
        drained = False
        with store.open_store(self._folder, self._settings):
            self._bus.publish(RunnerStarted(pid=os.getpid(), repository=str(self._repository.root)))
            watching = asyncio.create_task(self._watch())
            stopping = asyncio.create_task(self._heed_stop())
            try:
                await self._take_over()
                drained = await self._loop()
            finally:
                watching.cancel()
                stopping.cancel()
                await self._leave_work()
                await self._pool.close()
                self._lives.close()
                workflow.set_worker(None)
                self._bus.publish(RunnerStopped(pid=os.getpid(), drained=drained))

    async def _take_over(self) -> None:
        """Go on where a dead runner stopped: with its workflows, its queue, its claims."""
        await store.forget_finished(self._folder)
        continuing = await store.unfinished(self._folder)
        for record in self._board.active():
            task = record.task
            name = workflow.workflow_id(task.id, task.attempt)
            if task.spec.for_each is not None and record.state is State.RUNNING:
                self._begin_sweep(record)
            elif record.state in {State.QUEUED, State.RUNNING} and name in continuing:
                self._occupied.add(task.id)
                self._resuming.add(task.id)
            elif record.state is State.RUNNING:
                # Its workflow is gone with the store, or ended without a word.
                if self._lives.end_applied(record):
                    continue
                # Begin anew under a new name.
                again = task.model_copy(update={"attempt": task.attempt + 1})
                self._ready.put(self._board.queue(task.id, task=again))
            elif record.state is State.QUEUED:
                self._ready.put(record)
        if not self._resuming:
            store.calm_recovery()
        await self._decisions.follow_claimed()
        for record in self._intake.take_claimed():
            self._place(record)
        self._asking.look_again()
        self._unblock()

    async def _watch(self) -> None:
        async for _ in watch.changes(self._folder, self._stop):
            self._is_folder_read = False
            self._wake.set()

    async def _heed_stop(self) -> None:
        await self._stop.wait()
        self._wake.set()

    async def _loop(self) -> bool:
        """Serve until the end; return whether nothing was left to run."""
        self._busy_at = time.monotonic()
        while not self._stop.is_set():
            self._wake.clear()
            if not self._is_folder_read or self._intake.waits_for_writers:
                await self._read_folder()
            self._follow_ends()
            self._fill_slots()
            if self._intake.waits_for_writers:
                asyncio.get_running_loop().call_later(_LOOK_AGAIN_SECONDS, self._wake.set)
            if not self._wake.is_set() and self._is_over():
                # The watcher may not have told of the latest file yet.
                await self._read_folder()
                if self._is_over():
                    return not self._occupied and not len(self._ready)
                continue
            left = self._idle_left()
            if left is not None and left <= 0:
                return True
            # Not `wait_for`: until Python 3.12 it loses a cancellation that comes together with what it waits for.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._wake.wait()
        return False

    def _idle_left(self) -> float | None:
        """Return for how many seconds more an idle runner may stay; None where it may stay for ever."""
        if self._has_work():
            self._busy_at = time.monotonic()
        return None if self._idle_seconds is None else self._busy_at + self._idle_seconds - time.monotonic()

    def _has_work(self) -> bool:
        return bool(self._occupied or len(self._ready) or self._intake.waits_for_writers)

    async def _read_folder(self) -> None:
        """Take dropped files and follow decisions.

        A slot that becomes free is no reason to look: with a thousand files waiting, each look costs as much as a task.
        """
        self._is_folder_read = True
        await self._take_files()
        await self._decisions.follow_waiting()

    async def _take_files(self) -> None:
        for number, path in enumerate(self._intake.waiting(), 1):
            record = self._intake.take(path)
            if record is not None:
                self._place(record)
            if number % _FILES_AT_ONCE == 0:
                # Slots are filled and decisions followed also while a thousand files wait.
                self._fill_slots()
                await self._decisions.follow_waiting()
                self._follow_ends()
                await asyncio.sleep(0)
            if self._stop.is_set():
                return

    def _place(self, record: Record) -> None:
        if record.state is State.QUEUED:
            self._ready.put(record)
        elif record.state is State.BLOCKED:
            self._look_at_blocked(record)

    def _follow_ends(self) -> None:
        """Do what the end of a task means for others: its sweep, those that wait for it, its slot."""
        if not self._ended:
            return
        ended, self._ended = self._ended, set()
        parents = {self._board.record(task_id).task.parent for task_id in ended} - {None}
        for parent in parents:
            if parent is not None and self._board.knows(parent) and not self._board.state(parent).is_final:
                sweep.settle(self._board, parent)
        self._unblock()

    def _unblock(self) -> None:
        for record in self._board.active(State.BLOCKED):
            self._look_at_blocked(record)

    def _look_at_blocked(self, record: Record) -> None:
        task = record.task
        if record.asks:
            return
        waiting, failed = self._board.unmet(task.spec.after)
        if failed:
            error = NaniteError(
                f"{failed[0]} had to be done first and was not",
                code="after-failed",
                hint=f"retry that one, then nanites retry {task.id}",
            )
            self._board.rest(task.id, State.FAILED, error=error_info(error))
        elif not waiting:
            self._ready.put(self._board.queue(task.id))

    def _fill_slots(self) -> None:
        while len(self._occupied) < self._settings.runner.parallel:
            task_id = self._ready.take(self._is_wanted)
            if task_id is None:
                return
            record = self._board.record(task_id)
            if record.state is not State.QUEUED:
                continue
            if record.task.spec.for_each is not None:
                self._begin_sweep(record)
                continue
            self._occupied.add(task_id)
            self._workflows[task_id] = asyncio.create_task(self._start(task_id, record.task.attempt))

    def _free_slot(self, task_id: str) -> None:
        self._occupied.discard(task_id)
        if task_id in self._resuming:
            self._resuming.discard(task_id)
            if not self._resuming:
                store.calm_recovery()
        self._wake.set()

    def _begin_sweep(self, record: Record) -> None:
        try:
            for child in sweep.expand(self._repository, self._board, record, time.time):
                self._ready.put(child)
            sweep.settle(self._board, record.task.id)
        except NaniteError as error:
            self._board.rest(record.task.id, State.FAILED, error=error_info(error))

    async def _start(self, task_id: str, attempt: int) -> None:
        try:
            await workflow.start(task_id, attempt)
        except Exception as error:
            _log.exception("the workflow of task %s broke", task_id)
            self._give_up(task_id, error)
        finally:
            del self._workflows[task_id]
            self._free_slot(task_id)

    async def _leave_work(self) -> None:
        """Leave what is under way to the next start, and let the store write down what has ended.

        What is only being started has nothing to leave yet: so it is looked again, but not for ever.
        """
        patience = time.monotonic() + _PATIENCE_SECONDS
        while True:
            left = await self._lives.leave()
            if not self._workflows:
                return
            for task_id, start in self._workflows.items():
                if task_id in left or time.monotonic() > patience:
                    start.cancel()
            await asyncio.wait(self._workflows.values(), timeout=_LOOK_AGAIN_SECONDS)

    def _give_up(self, task_id: str, error: Exception) -> None:
        """Write down that a workflow broke; where even that fails (a full disk), the next start begins it anew."""
        fault = NaniteError(f"{type(error).__name__}: {error}"[:300], code="store-failed", hint="see the runner's log")
        with contextlib.suppress(OSError, NaniteError):
            if not self._board.state(task_id).is_final:
                self._board.rest(task_id, State.FAILED, error=error_info(fault))

    def _is_wanted(self, task_id: str) -> bool:
        """Return whether a task may begin: with `only` those named, what they need and their children, else any.

        An earlier attempt that has rested may still be on its way out of the store; the next one waits for that.
        """
        if task_id in self._workflows or task_id in self._occupied:
            return False
        return self._only is None or task_id in self._needed()

    def _needed(self) -> set[str]:
        needed: set[str] = set()
        ahead = list(self._only or ())
        while ahead:
            task_id = ahead.pop()
            if task_id in needed or not self._board.knows(task_id):
                continue
            needed.add(task_id)
            ahead.extend(self._board.children(task_id))
            names = self._board.record(task_id).task.spec.after
            ahead.extend(found for found in map(self._board.resolve, names) if found is not None)
        return needed

    def _is_over(self) -> bool:
        if self._only is not None:
            return all(self._rests(task_id) for task_id in self._only)
        return self._drain and not self._has_work()

    def _rests(self, task_id: str) -> bool:
        if not self._board.knows(task_id):
            # Refused, or never dropped: nothing more will come of it once the inbox was looked at.
            return not any(path.stem == task_id for path in self._intake.waiting())
        children = self._board.children(task_id)
        if children:
            return all(self._rests(child) for child in children)
        return self._board.state(task_id).is_final or self._board.record(task_id).rests
