"""Runs allowed commands on a scratch copy of the tree with a proposal in it: the checks that the repository brings.

No shell is involved. A command has a time, an amount of output and a process group; when its time is over, or the task
is cancelled, all of its processes end with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shlex
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from workbench.checks.environment import MARK, environment, find_program
from workbench.checks.output import Kept, shorten
from workbench.checks.worktree import Worktree, command_line, scratch, settled
from workbench.errors import CheckFailed
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

MAX_PRINTED = 64_000_000
"""Most bytes a command may print before it is ended."""

_DRAIN_SECONDS = 0.5


async def run_commands(
    repository: Repository, edits: Sequence[FileEdit], commands: Sequence[str], settings: CheckSettings
) -> tuple[Check, ...]:
    """Run `commands`, one after the other, on a scratch copy of the tree with `edits` applied; one check for each.

    A check is named by its command's exact text and passes if that exits with 0. A command that cannot be found or
    read, runs out of time or prints without end does not pass, and its output says so.

    Raises:
        CheckFailed: a command is not allowed by exact text (code `command-not-allowed`; none is then run), or no copy
            can be made (code `no-worktree`).
        EditRefused: an edit does not fit the tree as it is now.
    """
    for command in commands:
        if command not in settings.allow:
            raise CheckFailed(
                f"nanites.toml does not allow the command {command!r}",
                code="command-not-allowed",
                hint=f"to allow it, add to nanites.toml: [checks] allow = [{json.dumps(command, ensure_ascii=False)}]",
            )
    if not commands:
        return ()
    mark = secrets.token_hex(8)
    async with scratch(repository, edits) as worktree:
        try:
            return tuple([await _check(worktree, command, settings, mark) for command in commands])
        finally:
            end_marked(mark)


async def _check(worktree: Worktree, command: str, settings: CheckSettings, mark: str) -> Check:
    began = time.monotonic()
    variables = environment(worktree, mark)
    try:
        argv = shlex.split(command)
    except ValueError as error:
        return Check(name=command, ok=False, output=f"the command cannot be read: {error}")
    program = find_program(argv[0], worktree, variables) if argv else None
    if program is None:
        name = argv[0] if argv and argv[0] else repr(command)
        missing = f"{name}: command not found (install it, or put it into the repository's .venv)"
        return Check(name=command, ok=False, output=missing)
    try:
        ended = await _execute(command_line([program, *argv[1:]], worktree), worktree, variables, settings)
    except (OSError, ValueError) as error:
        # No program after all (its first line names none, say), or words that no program can be given.
        return Check(name=command, ok=False, output=f"{argv[0]}: {getattr(error, 'strerror', None) or error}")
    return Check(
        name=command,
        ok=ended.code == 0 and not ended.why,
        output=_output(ended, worktree, settings.output_limit),
        seconds=round(time.monotonic() - began, 3),
    )


@dataclass(frozen=True)
class _Ended:
    code: int
    kept: Kept
    why: str


def _output(ended: _Ended, worktree: Worktree, limit: int) -> str:
    # Paths as they are in the repository: shorter, and the same at each run.
    text = ended.kept.text(4 * limit).replace(f"{worktree.tree}/", "").replace(str(worktree.tree), ".").strip("\n")
    why = ended.why
    if not why and ended.code < 0:
        why = f"ended by signal {signal.Signals(-ended.code).name}" if -ended.code in list(signal.Signals) else "killed"
    if not why and ended.code and not text:
        why = f"exit code {ended.code}, no output"
    if not why:
        return shorten(text, limit)
    return f"{shorten(text, max(0, limit - len(why) - 1))}\n{why}".lstrip("\n")


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


async def _execute(
    argv: Sequence[str], worktree: Worktree, variables: Mapping[str, str], settings: CheckSettings
) -> _Ended:
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
            why = await _wait(exited, pipe, settings.timeout)
        finally:
            # What the command left running ends with it, whether it passed, failed or was cancelled.
            _end_group(process.pid)
            await settled(exited)
        with suppress(TimeoutError):
            await asyncio.wait_for(pipe.closed.wait(), _DRAIN_SECONDS)
        return _Ended(exited.result(), pipe.kept, why)
    finally:
        pipe.close()


async def _wait(exited: asyncio.Future[Any], pipe: _Pipe, limit: float) -> str:
    """Wait until the command ends, for `limit` seconds at most; return why it has to be ended, or nothing."""
    flooded: asyncio.Future[Any] = asyncio.ensure_future(pipe.flooded.wait())
    try:
        await asyncio.wait({exited, flooded}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
    finally:
        flooded.cancel()
    if exited.done():
        return ""
    return "ended: it printed without end" if pipe.flooded.is_set() else f"ended: it took longer than {limit:g} s"


def _end_group(leader: int) -> None:
    """Kill a command, its process group, and descendants that left the group."""
    import psutil

    descendants = []
    with suppress(psutil.Error):
        descendants = psutil.Process(leader).children(recursive=True)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for descendant in descendants:
        with suppress(psutil.Error):
            descendant.kill()


def end_marked(mark: str) -> None:
    """Kill every process of this user that carries `mark` in its environment, wherever it has gone."""
    import psutil

    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == mark:
                process.kill()
