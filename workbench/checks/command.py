"""Runs allowed commands on a scratch copy of the tree with a proposal in it: the checks that the repository brings.

No shell is involved. A guard stands around each command (`workbench.checks.guard`); when its time is over, or the task
is cancelled, all of its processes end with it.
"""

from __future__ import annotations

import asyncio
import secrets
import shlex
import signal
import time
from collections.abc import Sequence

from workbench.checks.allowance import refuse_unless_allowed
from workbench.checks.consent import Consent
from workbench.checks.environment import environment, find_program
from workbench.checks.execute import Ended, execute
from workbench.checks.guard import Guard, choose
from workbench.checks.output import shorten
from workbench.checks.processes import end_marked
from workbench.checks.worktree import Worktree, scratch
from workbench.errors import CheckFailed
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings


async def run_commands(
    repository: Repository, edits: Sequence[FileEdit], commands: Sequence[str], settings: CheckSettings
) -> tuple[Check, ...]:
    """Run `commands`, one after the other, on a scratch copy of the tree with `edits` applied; one check for each.

    A check is named by its command's exact text and passes if that exits with 0. A command that cannot be found or
    read, runs out of time or takes more than it may does not pass, and its output says so.

    Raises:
        CheckFailed: a command is not allowed (code `command-not-allowed`, `command-forbidden`), or no guard can be had
            here and nobody allowed it to run without one (code `no-sandbox`); none is then run. Or no copy can be
            made (code `no-worktree`).
        EditRefused: an edit does not fit the tree as it is now.
    """
    refuse_unless_allowed(commands, settings.allow, repository.root)
    if not commands:
        return ()
    guard = await asyncio.to_thread(choose)
    if guard.name == "none":
        _need_consent(repository, commands, guard)
    mark = secrets.token_hex(8)
    async with scratch(repository, edits, bind=guard.is_whole) as worktree:
        try:
            return tuple([await _check(worktree, command, settings, mark, guard) for command in commands])
        finally:
            if not guard.is_whole:
                end_marked(mark)


def _need_consent(repository: Repository, commands: Sequence[str], guard: Guard) -> None:
    consent = Consent.of(repository.root)
    for command in commands:
        if not consent.may_run_unguarded(command):
            raise CheckFailed(
                f"{command!r} was not run: this machine has no sandbox for it ({'; '.join(guard.refused)})"[:400],
                code="no-sandbox",
                hint=f"install bubblewrap, or let it do all you can: nanites allow --unguarded {shlex.quote(command)}",
            )


async def _check(worktree: Worktree, command: str, settings: CheckSettings, mark: str, guard: Guard) -> Check:
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
        line = guard.line([program, *argv[1:]], worktree, variables, settings)
        ended = await execute(line, worktree, variables, settings)
    except (OSError, ValueError) as error:
        # No program after all (its first line names none, say), or words that no program can be given.
        return Check(name=command, ok=False, output=f"{argv[0]}: {getattr(error, 'strerror', None) or error}")
    return Check(
        name=command,
        ok=ended.code == 0 and not ended.why,
        output=_output(ended, worktree, settings.output_limit),
        seconds=round(time.monotonic() - began, 3),
        guard=guard.name,
    )


def _output(ended: Ended, worktree: Worktree, limit: int) -> str:
    # Paths as they are in the repository: shorter, and the same at each run.
    text = ended.kept.text(4 * limit).replace(f"{worktree.tree}/", "").replace(str(worktree.tree), ".").strip("\n")
    why = ended.why
    if not why and (number := _signal(ended.code)):
        why = f"ended by signal {signal.Signals(number).name}" if number in list(signal.Signals) else "killed"
    if not why and ended.code and not text:
        why = f"exit code {ended.code}, no output"
    if not why:
        return shorten(text, limit)
    return f"{shorten(text, max(0, limit - len(why) - 1))}\n{why}".lstrip("\n")


def _signal(code: int) -> int:
    """Return the signal that ended a command, or 0; the guard's own program passes it on as a shell would."""
    return -code if code < 0 else code - 128 if 128 < code < 193 else 0
