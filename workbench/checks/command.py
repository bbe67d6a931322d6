"""Runs allowed commands on a scratch copy of the tree with a proposal in it: the checks that the repository brings.

No shell is involved. A guard stands around each command (`workbench.checks.guard`); when its time is over, or the task
is cancelled, all of its processes end with it.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import shlex
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.allowance import refuse_unless_allowed
from workbench.checks.environment import environment, find_program
from workbench.checks.execute import Ended, execute
from workbench.checks.guard import Guard, choose
from workbench.checks.order import first
from workbench.checks.output import shorten
from workbench.checks.processes import end_marked
from workbench.checks.results import REPORT, Outcome, compared, failed, read, tool_of, wanted
from workbench.checks.trial import Caller, interpreter, runs_code
from workbench.checks.trial_values import Trial
from workbench.checks.worktree import Worktree, scratch
from workbench.consent import Consent
from workbench.errors import CheckFailed
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

_QUICK_SECONDS = 20
"""A run that took longer is not made again to learn more of its failure."""

REPORT_LIMIT = 400_000
"""Characters that are kept of a report for programs."""

_BASES_KEPT = 64
_known_bases: dict[tuple[str, str, str], tuple[Outcome, ...]] = {}


async def run_commands(
    repository: Repository,
    edits: Sequence[FileEdit],
    commands: Sequence[str],
    settings: CheckSettings,
    trials: Sequence[Trial] = (),
) -> tuple[Check, ...]:
    """Run `commands`, one after the other, on a scratch copy of the tree with `edits` applied; one check for each.

    A check is named by its command's exact text and passes if that exits with 0. A command that cannot be found or
    read, runs out of time or takes more than it may does not pass, and its output says so. Where all pass, the checks
    of `trials` follow, as far as they can be made (see `workbench.checks.trial`).

    Raises:
        CheckFailed: a command is not allowed (code `command-not-allowed`, `command-forbidden`), or no guard can be had
            here and nobody allowed it to run without one (code `no-sandbox`); none is then run. Or no copy can be
            made (code `no-worktree`).
        EditRefused: an edit does not fit the tree as it is now.
    """
    refuse_unless_allowed(commands, settings.allow, repository.root, made=_made(edits))
    if not commands:
        return ()
    guard = await _guard_for(repository, commands)
    runs, tried = await _run_all(repository, edits, commands, settings, guard, order=edits, trials=trials)
    return (*[await _explained(run, repository, edits, settings, guard) for run in runs], *tried)


async def read_command(
    repository: Repository, edits: Sequence[FileEdit], command: str, settings: CheckSettings
) -> Check:
    """Run one command like `run_commands`, for its words: many more are kept, and a linter reports for programs.

    Raises:
        CheckFailed, EditRefused: see `run_commands`.
    """
    refuse_unless_allowed([command], settings.allow, repository.root, made=_made(edits))
    guard = await _guard_for(repository, [command])
    longer = settings.model_copy(update={"output_limit": max(settings.output_limit, REPORT_LIMIT)})
    (run,), _ = await _run_all(repository, edits, [command], longer, guard)
    return run.check


def _made(edits: Sequence[FileEdit]) -> frozenset[str]:
    return frozenset(edit.path for edit in edits if edit.before is None and edit.after is not None)


async def _guard_for(repository: Repository, commands: Sequence[str]) -> Guard:
    guard = await asyncio.to_thread(choose)
    if guard.name == "none":
        _need_consent(repository, commands, guard)
    return guard


@dataclass(frozen=True)
class _Run:
    """A check with what is known of each test in it."""

    check: Check
    outcomes: tuple[Outcome, ...] = ()


async def _run_all(
    repository: Repository,
    edits: Sequence[FileEdit],
    commands: Sequence[str],
    settings: CheckSettings,
    guard: Guard,
    *,
    order: Sequence[FileEdit] = (),
    trials: Sequence[Trial] = (),
) -> tuple[list[_Run], tuple[Check, ...]]:
    """Run commands, and trials where all passed; `order` are edits whose tests come first."""
    mark = secrets.token_hex(8)
    async with scratch(repository, edits, bind=guard.is_whole) as worktree:
        try:
            # Known before anything runs that could change what is found.
            variables = environment(worktree, mark) if trials else {}
            python = _python(commands, worktree, variables) if trials else None
            runs = [await _check(worktree, command, settings, mark, guard, order=order) for command in commands]
            if python is None or not all(run.check.ok for run in runs):
                return runs, ()
            return runs, await Caller(python, worktree, variables, settings, guard).checks(trials)
        finally:
            if not guard.is_whole:
                end_marked(mark)


def _python(commands: Sequence[str], worktree: Worktree, variables: Mapping[str, str]) -> str | None:
    """Return the Python by which one of the commands runs code of the repository; None where none is known to."""
    for command in commands:
        with suppress(ValueError):
            argv = shlex.split(command)
            program = find_program(argv[0], worktree, variables) if runs_code(argv) else None
            if program and (python := interpreter(Path(program), worktree)):
                return python
    return None


async def _explained(
    run: _Run, repository: Repository, edits: Sequence[FileEdit], settings: CheckSettings, guard: Guard
) -> Check:
    """Say of a failed run what failed without the change too, and what fails only now and then.

    A check that fails again only in what it was never sure of is neither passed nor failed: `ok` becomes None.
    """
    check = run.check
    broken = failed(run.outcomes)
    if check.ok or not broken or not edits or check.seconds > _QUICK_SECONDS:
        return check
    before = await _base(repository, check.name, settings, guard)
    again: _Run | None = None
    if broken - failed(before):
        (again,), _ = await _run_all(repository, edits, [check.name], settings, guard)
    told = compared(run.outcomes, before, again.outcomes if again and (again.outcomes or again.check.ok) else None)
    output = shorten(f"{shorten(check.output, settings.output_limit - len(told) - 1)}\n{told}", settings.output_limit)
    ok = None if again is not None and again.check.ok else check.ok
    return check.model_copy(update={"ok": ok, "output": output.strip("\n")})


async def _base(repository: Repository, command: str, settings: CheckSettings, guard: Guard) -> tuple[Outcome, ...]:
    """Return the outcomes of a command on the tree as it is, run once for each content of the tree."""
    key = (str(repository.root), command, await asyncio.to_thread(_state_of, repository))
    if key not in _known_bases:
        (run,), _ = await _run_all(repository, (), [command], settings, guard)
        while len(_known_bases) >= _BASES_KEPT:
            del _known_bases[next(iter(_known_bases))]
        _known_bases[key] = run.outcomes
    return _known_bases[key]


def _state_of(repository: Repository) -> str:
    """Return a digest of what the tree holds, by the names, sizes and times of its files."""
    digest = hashlib.sha256()
    for name in repository.files():
        with suppress(OSError):
            status = (repository.root / name).lstat()
            digest.update(
                f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\0".encode("utf-8", "replace")
            )
    return digest.hexdigest()


def _need_consent(repository: Repository, commands: Sequence[str], guard: Guard) -> None:
    consent = Consent.of(repository.root)
    for command in commands:
        if not consent.may_run_unguarded(command):
            raise CheckFailed(
                f"{command!r} was not run: this machine has no sandbox for it ({'; '.join(guard.refused)})"[:400],
                code="no-sandbox",
                hint=f"install bubblewrap, or let it do all you can: nanites allow --unguarded {shlex.quote(command)}",
            )


async def _check(
    worktree: Worktree, command: str, settings: CheckSettings, mark: str, guard: Guard, *, order: Sequence[FileEdit]
) -> _Run:
    began = time.monotonic()
    variables = environment(worktree, mark)
    try:
        argv = shlex.split(command)
    except ValueError as error:
        return _Run(Check(name=command, ok=False, output=f"the command cannot be read: {error}"))
    program = find_program(argv[0], worktree, variables) if argv else None
    if program is None:
        name = argv[0] if argv and argv[0] else repr(command)
        missing = f"{name}: command not found (install it, or put it into the repository's .venv)"
        return _Run(Check(name=command, ok=False, output=missing))
    tool = tool_of(argv)
    variables |= wanted(tool, worktree.temporary) | first(tool, order)
    if Path(program).name.startswith(("python", "pypy")):
        variables |= {"NANITES_CHECK_EXPLAIN": "1"}
    if settings.output_limit >= REPORT_LIMIT:
        # The command stays what was allowed; ruff writes JSON where its environment says so.
        variables |= {"RUFF_OUTPUT_FORMAT": "json"}
    (worktree.temporary / REPORT).unlink(missing_ok=True)
    try:
        line = guard.line([program, *argv[1:]], worktree, variables, settings)
        ended = await execute(line, worktree, variables, settings)
    except (OSError, ValueError) as error:
        # No program after all (its first line names none, say), or words that no program can be given.
        return _Run(Check(name=command, ok=False, output=f"{argv[0]}: {getattr(error, 'strerror', None) or error}"))
    check = Check(
        name=command,
        ok=ended.code == 0 and not ended.why,
        output=_output(ended, worktree, settings.output_limit),
        seconds=round(time.monotonic() - began, 3),
        guard=guard.name,
    )
    return _Run(check, read(tool, ended.kept.text(4 * settings.output_limit), worktree.temporary))


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
