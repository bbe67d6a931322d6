"""Waiting for tasks within a call: a runner is kept alive meanwhile, and the client hears how it goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

from workbench import client
from workbench.errors import NaniteError, TaskStopped
from workbench.mcp.answers import envelope_of, unfinished
from workbench.narration import told
from workbench.runner_process import RunnerProcess
from workbench.spool.folder import Folder
from workbench.spool.tail import Tail

Report = Callable[[float, str], Awaitable[None]]
"""Tells the client how far a call is: seconds since it began, and what happens."""

REPORT_SECONDS = 2.0
"""Between two reports; clients give a call up that is silent for long."""

_START_SECONDS = 20.0
_BUSY = "already runs this folder"
_MOST_STARTS = 3


class Keeper:
    """Keeps a runner alive for a folder: starts one where none is, again where it died, and gives up after a few."""

    def __init__(self, folder: Folder, runner: RunnerProcess) -> None:
        self._folder = folder
        self._runner = runner
        self._starts = 0

    def begin(self) -> None:
        """Start a runner where none is alive, without waiting for it.

        Raises:
            NaniteError: the process cannot be started.
        """
        try:
            self._runner.start()
        except OSError as error:
            raise NaniteError(
                f"no runner can be started: {error.strerror}", code="runner-failed", hint="try nanites run"
            ) from error

    async def __call__(self, ids: Collection[str]) -> None:
        """Return once a runner is alive; see `client.RunHere`.

        Raises:
            NaniteError: it ends with an error, or again and again (code `runner-failed`); the message has its words.
        """
        # One that lives without the folder in its hands begins, or is killed and not yet gone.
        is_anothers = self._runner.is_starting
        self._start_one()
        deadline = time.monotonic() + _START_SECONDS
        while not client.is_at_work(self._folder):
            if not self._runner.is_starting:
                if is_anothers:
                    is_anothers = False
                    self._start_one()
                    continue
                words = self._runner.failure()
                if words is not None and _BUSY not in words:
                    raise self._failed(words.removeprefix("nanites: "))
                return
            if time.monotonic() > deadline:
                raise self._failed("the runner does not come up")
            await asyncio.sleep(client.POLL_SECONDS)

    def _start_one(self) -> None:
        if self._starts >= _MOST_STARTS:
            raise self._failed("the runner died again and again")
        self._starts += 0 if self._runner.is_starting else 1
        self.begin()

    def _failed(self, words: str) -> NaniteError:
        return NaniteError(
            words, code="runner-failed", hint="the task stays in .nanites/; nanites run shows what is wrong"
        )


async def wait(
    folder: Folder, ids: Sequence[str], *, keeper: Keeper, within: float, report: Report, events: Tail | None = None
) -> list[dict[str, Any]]:
    """Return the envelopes of tasks, in the order of `ids`; a handle for each that goes on after `within` seconds.

    Raises:
        TaskRefused: a file was refused.
        NaniteError: there is no such task, or no runner can be kept alive.
    """
    reporting = Reporting(ids, report)
    speaking = asyncio.create_task(reporting.speak())
    try:
        results = await client.wait(folder, ids, within=within, on_line=reporting.hear, events=events, run_here=keeper)
    except TaskStopped:
        return [_standing(folder, task_id) for task_id in ids]
    finally:
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
    return [envelope_of(result) for result in results]


def _standing(folder: Folder, task_id: str) -> dict[str, Any]:
    from workbench.spool.records import read_record

    result = client.rested(folder, task_id)
    if result is not None:
        return envelope_of(result)
    try:
        return unfinished(task_id, str(read_record(folder, task_id).state))
    except NaniteError:
        return unfinished(task_id, "queued")


class Reporting:
    """Gathers what happens with some tasks and tells it every few seconds."""

    def __init__(self, ids: Sequence[str], report: Report) -> None:
        self._ids = set(ids)
        self._report = report
        self._words = "waiting for a runner"
        self._tokens = 0

    def hear(self, line: dict[str, Any]) -> None:
        """Take an event."""
        if line.get("parent") in self._ids:
            self._ids.add(str(line.get("task")))
        if line.get("task") not in self._ids:
            return
        if line.get("event") == "token-streamed":
            tokens = line.get("tokens")
            self._tokens += 1 if tokens is None else int(tokens)
            self._words = f"{self._tokens} tokens written"
        else:
            self._words = told(line) or self._words

    async def speak(self) -> None:
        """Report until cancelled. A client that does not listen is no reason to stop the work."""
        began = time.monotonic()
        while True:
            await self._report(round(time.monotonic() - began, 1), self._words)
            await asyncio.sleep(REPORT_SECONDS)
