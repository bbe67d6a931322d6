"""A changed function called as it was and as it is, where a check has passed: what changed besides what was asked.

A check shows that what was asked for is there. It seldom shows that nothing else went: a count of items that takes
lists now and no iterators any more passes `count([1, 2]) == 2`. So the function is called as its tests and its examples
call it, and with the same in another shape, before the change and after. This happens in the same sandbox, by the same
Python, after a check that ran that code already; where there is no whole sandbox, it is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.execute import execute
from workbench.checks.guard import Guard
from workbench.checks.worktree import Worktree
from workbench.model import Check, Value
from workbench.settings import CheckSettings

SECONDS = 4.0
"""How long all calls of a trial may take."""

LONGEST = 60_000
"""Bytes of a trial, which travels in the environment."""

ANY = "*"
"""Stands for every exception in `Trial.may_raise`."""

_PROGRAM = Path(__file__).parent / "site" / "nanites_before.py"
_SLIPS = frozenset({"AttributeError", "NameError", "UnboundLocalError", "RecursionError", "SyntaxError"})
_SHOWN = 120
_ENOUGH = 3
"""Calls of which most must go as before, where a change is about some only."""


Row = tuple[int, list[str], list[str]]
"""The number of a call, how it went before and how it goes now: `gave`, the type and the value, or `raised`."""


class Trial(Value):
    """How one function is called.

    Attributes:
        path: its file, relative to the repository's top.
        name: its name; it stands at the top of the file.
        before: its definition as it was.
        calls: expressions in which `__f` is called. All of them fit the function as it was.
        may_raise: exceptions that the task speaks of; `ANY` where it speaks of errors and names none.
        keeps: whether calls that worked before must work as before: the change only adds parameters that need not be
            given.
        is_case: whether the change is about some calls only, so that most must give what they gave.
        may_be_none: whether the task speaks of giving nothing.
    """

    path: str
    name: str
    before: str
    calls: tuple[str, ...]
    may_raise: tuple[str, ...] = ()
    keeps: bool = False
    is_case: bool = False
    may_be_none: bool = False


def interpreter(program: Path) -> str | None:
    """Return the Python that a program is, or is run by as its first line says; None where it is none."""
    if program.name.startswith(("python", "pypy")):
        return str(program)
    try:
        with program.open("rb") as stream:
            line = stream.read(300).partition(b"\n")[0].decode("utf-8", "replace")
    except OSError:
        return None
    words = line.removeprefix("#!").split() if line.startswith("#!") else []
    return words[0] if words and Path(words[0]).name.startswith(("python", "pypy")) else None


@dataclass(frozen=True)
class Caller:
    """Makes the calls of trials in a check's scratch copy, by a Python there.

    Attributes:
        python: its path.
        variables: what a command finds in its environment there.
    """

    python: str
    worktree: Worktree
    variables: Mapping[str, str]
    settings: CheckSettings
    guard: Guard

    async def checks(self, trials: Sequence[Trial]) -> tuple[Check, ...]:
        """Return a check for each trial that could be made; it says which call goes another way, in words for a model.

        Nothing is called where the guard is not a whole sandbox.
        """
        if not self.guard.is_whole:
            return ()
        found = [await self._check(trial) for trial in trials]
        return tuple(check for check in found if check is not None)

    async def _check(self, trial: Trial) -> Check | None:
        spec = {"file": str(self.worktree.tree / trial.path), "name": trial.name}
        text = json.dumps(spec | {"before": trial.before, "calls": trial.calls})
        if len(text.encode()) > LONGEST:
            return None
        inner = dict(self.variables) | {"NANITES_TRIAL": text}
        seconds = min(self.settings.timeout, SECONDS)
        limits = self.settings.model_copy(update={"timeout": seconds, "output_limit": 4 * LONGEST})
        try:
            line = self.guard.line([self.python, str(_PROGRAM)], self.worktree, inner, limits)
            ended = await execute(line, self.worktree, inner, limits)
        except (OSError, ValueError):
            return None
        rows = _rows(ended.kept.text(4 * limits.output_limit))
        if not rows:
            return None
        said = _said_of(trial, rows)
        same = "calls go as they did" if trial.keeps else "calls, none fails that did not"
        return Check(name=f"{trial.name} as before", ok=not said, output=said or f"{len(rows)} {same}")


def _rows(text: str) -> list[Row]:
    rows = []
    for line in text.splitlines():
        try:
            row = json.loads(line)
            rows.append((int(row["number"]), list(map(str, row["was"])), list(map(str, row["now"]))))
        except (ValueError, KeyError, TypeError):
            continue
    return rows


def _said_of(trial: Trial, rows: Sequence[Row]) -> str:
    """Return what is wrong with the calls, in words for a model; nothing where all may be meant."""
    for number, was, now in rows:
        if words := _fault(trial, number, was, now):
            return words
    gave = [row for row in rows if row[1][0] == "gave"]
    others = [row for row in gave if row[1] != row[2]]
    if trial.is_case and len(gave) >= _ENOUGH and 2 * len(others) > len(gave):
        return _told(trial, *others[0])
    return ""


def _fault(trial: Trial, number: int, was: list[str], now: list[str]) -> str:
    """Return what is wrong with a call that goes another way now; nothing where that may be meant."""
    if was[:2] == now[:2] and (was[0] == "raised" or was[2] == now[2]):
        return ""
    if was[0] == now[0] == "gave" and now[1] == "NoneType" and not trial.may_be_none:
        return _told(trial, number, was, now)
    crashes = was[0] == "gave" and now[0] == "raised"
    if crashes and (now[1] in trial.may_raise or (ANY in trial.may_raise and now[1] not in _SLIPS)):
        return ""
    if not crashes and not trial.keeps:
        return ""
    return _told(trial, number, was, now)


def _told(trial: Trial, number: int, was: list[str], now: list[str]) -> str:
    call = trial.calls[number].replace("__f", trial.name) if 0 <= number < len(trial.calls) else trial.name
    return f"{call} {_said(was)} before the change; it must go on to do that, but now it {_said(now, now=True)}"


def _said(outcome: list[str], *, now: bool = False) -> str:
    kind, name, value = outcome
    if kind == "gave":
        return f"{'gives' if now else 'gave'} {value[:_SHOWN]}"
    return f"{'raises' if now else 'raised'} {name}{f': {value[:_SHOWN]}' if now and value else ''}"
