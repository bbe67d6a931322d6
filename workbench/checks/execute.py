"""Runs one program to its end and reads what it prints, with limits on time, output and what it takes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from workbench.checks.output import Kept
from workbench.checks.processes import Watch, end_tree
from workbench.checks.worktree import Worktree, settled
from workbench.settings import CheckSettings

MAX_PRINTED = 64_000_000
"""Most bytes a command may print before it is ended."""

_DRAIN_SECONDS = 0.5
_WATCH_SECONDS = 0.1


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code, what was kept of its output, and why it had to be ended, if it had to."""

    code: int
    kept: Kept
    why: str


class _Pipe:
    """Reads what a command prints, as it comes, in the event loop."""

    def __init__(self, room: int) -> None:
        self.kept = Kept(room)
        self.closed = asyncio.Event()
        self.flooded = asyncio.Event()
        self._reading, self.writing = os.pipe()
        os.set_blocking(self._reading, False)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._reading, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._reading, 65_536)
        except BlockingIOError:
            return
        if not data:
            self._loop.remove_reader(self._reading)
            self.closed.set()
        self.kept.add(data)
        if self.kept.total > MAX_PRINTED:
            self.flooded.set()

    def let_go(self) -> None:
        """Close the end that the command writes to."""
        if self.writing >= 0:
            os.close(self.writing)
            self.writing = -1

    def close(self) -> None:
        """Stop reading, whoever still holds the other end."""
        self.let_go()
        self._loop.remove_reader(self._reading)
        os.close(self._reading)


async def execute(
    argv: Sequence[str], worktree: Worktree, variables: Mapping[str, str], settings: CheckSettings
) -> Ended:
    """Run `argv` in the worktree with the environment `variables`; whatever it leaves running ends with it."""
    pipe = _Pipe(4 * settings.output_limit)
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe.writing,
            stderr=pipe.writing,
            cwd=worktree.tree,
            env=dict(variables),
            start_new_session=True,
        )
        pipe.let_go()
        exited = asyncio.ensure_future(process.wait())
        try:
            why = await _wait(exited, pipe, settings.timeout, Watch.of(process.pid, settings, worktree.base))
        finally:
            # What the command left running ends with it, whether it passed, failed or was cancelled.
            end_tree(process.pid)
            await settled(exited)
        with suppress(TimeoutError):
            await asyncio.wait_for(pipe.closed.wait(), _DRAIN_SECONDS)
        return Ended(exited.result(), pipe.kept, why)
    finally:
        pipe.close()


async def _wait(exited: asyncio.Future[Any], pipe: _Pipe, limit: float, watch: Watch) -> str:
    """Wait until the command ends, for `limit` seconds at most; return why it has to be ended, or nothing."""
    flooded: asyncio.Future[Any] = asyncio.ensure_future(pipe.flooded.wait())
    loop = asyncio.get_running_loop()
    end = loop.time() + limit
    try:
        while (left := end - loop.time()) > 0:
            wanted = min(left, _WATCH_SECONDS)
            await asyncio.wait({exited, flooded}, timeout=wanted, return_when=asyncio.FIRST_COMPLETED)
            if exited.done():
                return ""
            if flooded.done():
                return "ended: it printed without end"
            excess = watch.excess()
            if excess:
                return f"ended: {excess}"
    finally:
        flooded.cancel()
    return f"ended: it took longer than {limit:g} s"
