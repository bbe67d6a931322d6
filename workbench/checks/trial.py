"""A changed function called as it was and as it is, where a check has passed: what changed besides what was asked.

A check shows that what was asked for is there. It seldom shows that nothing else went: a count of items that takes
lists now and no iterators any more passes `count([1, 2]) == 2`. So the function is called as its tests and its examples
call it, and with the same in another shape, before the change and after. This happens in the same sandbox, by the same
Python, after a command that runs code of the repository; where there is no whole sandbox, it is left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.execute import execute
from workbench.checks.guard import Guard
from workbench.checks.worktree import Worktree
from workbench.model import Check, Value
from workbench.settings import CheckSettings

SECONDS = 5.0
"""How long all calls may take."""

MOST = 4
"""Functions that are tried."""

LONGEST = 60_000
"""Bytes of all trials, which travel in the environment."""

ANY = "*"
"""Stands for every exception in `Trial.may_raise`."""

_PROGRAM = Path(__file__).parent / "site" / "nanites_before.py"
_RUNS = frozenset({"pytest", "unittest", "doctest", "nose2"})
_SLIPS = frozenset({"AttributeError", "NameError", "RecursionError", "SyntaxError"})
_SHOWN = 200


class Trial(Value):
    """How one function is called.

    Attributes:
        path: its file, relative to the repository's top.
        name: its name; it stands at the top of the file.
        before: its definition as it was.
        calls: expressions in which `__f` is called. All of them fit the function as it was and as it is.
        may_raise: exceptions that the task speaks of; `ANY` where it speaks of errors and names none.
        keeps: whether calls that gave something must give the same: the change only adds parameters that need not be
            given.
        keeps_errors: whether calls that raised must go on to, because the task says so.
        may_be_none: whether the task speaks of giving nothing.
    """

    path: str
    name: str
    before: str
    calls: tuple[str, ...]
    may_raise: tuple[str, ...] = ()
    keeps: bool = False
    keeps_errors: bool = False
    may_be_none: bool = False


@dataclass(frozen=True)
class Ending:
    """How a call went: it `gave` a value of a type, `raised` an exception of some kinds, was `stuck` or `gone`."""

    how: str
    type: str = ""
    text: str = ""
    kinds: tuple[str, ...] = ()


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
        trials = trials[:MOST]
        text = json.dumps([_spec(trial, self.worktree) for trial in trials])
        if not self.guard.is_whole or not trials or len(text.encode()) > LONGEST:
            return ()
        began = time.monotonic()
        inner = dict(self.variables) | {"NANITES_TRIALS": text}
        seconds = min(self.settings.timeout, SECONDS)
        limits = self.settings.model_copy(update={"timeout": seconds, "output_limit": 8 * LONGEST})
        try:
            line = self.guard.line([self.python, str(_PROGRAM)], self.worktree, inner, limits)
            ended = await execute(line, self.worktree, inner, limits)
        except (OSError, ValueError):
            return ()
        found = endings(ended.kept.text(4 * limits.output_limit), was_ended=bool(ended.why))
        took = round((time.monotonic() - began) / len(trials), 3)
        made = ((trial, found[place]) for place, trial in enumerate(trials) if found.get(place))
        return tuple(_judged(trial, calls, took) for trial, calls in made)


def _spec(trial: Trial, worktree: Worktree) -> dict[str, object]:
    return {
        "file": str(worktree.tree / trial.path),
        "name": trial.name,
        "before": trial.before,
        "calls": trial.calls,
    }


def runs_code(argv: Sequence[str]) -> bool:
    """Return whether a command runs code of the repository by a Python: a test tool, or a program of its own."""
    if not argv:
        return False
    program, words = Path(argv[0]).name, argv[1:]
    if program in {"pytest", "py.test"}:
        return True
    if not program.startswith(("python", "pypy")):
        return False
    if words[:1] == ["-m"]:
        return bool(set(words[1:2]) & _RUNS)
    return bool(words) and words[0].endswith(".py")


def interpreter(program: Path, worktree: Worktree) -> str | None:
    """Return the Python that a program is, or is run by as its first line says; None where nobody can be sure.

    To be asked before a command runs. A program of the copy could name any other, and the guard lets a program see the
    folders around it; so a script's Python must lie beside the script.
    """
    if program.is_relative_to(worktree.base):
        return None
    if program.name.startswith(("python", "pypy")):
        return str(program)
    try:
        with program.open("rb") as stream:
            line = stream.read(300).partition(b"\n")[0].decode("utf-8", "replace")
    except OSError:
        return None
    words = line.removeprefix("#!").split() if line.startswith("#!") else []
    python = Path(words[0]) if words else None
    is_beside = python is not None and python.parent == program.parent and python.name.startswith(("python", "pypy"))
    return str(python) if is_beside else None


def endings(text: str, *, was_ended: bool = False) -> dict[int, dict[int, tuple[Ending, Ending]]]:
    """Return how calls went before and go now, by trial and number; what is malformed is left out.

    The text was written by a process in which code of the repository runs, so it may be anything. Of a call that was
    begun and never came back, it is told that the program was `gone`, unless that was ended from outside.
    """
    began: dict[tuple[int, int], Ending] = {}
    found: dict[int, dict[int, tuple[Ending, Ending]]] = {}
    is_done = False
    for line in text.splitlines():
        try:
            row = json.loads(line)
            if row.get("done") is True:
                is_done = True
                continue
            place = (int(row["trial"]), int(row["number"]))
            if "was" in row:
                began.setdefault(place, _ending(row["was"]))
            elif place in began:
                found.setdefault(place[0], {}).setdefault(place[1], (began[place], _ending(row["now"])))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            continue
    if not is_done and not was_ended:
        for (trial, number), was in began.items():
            found.setdefault(trial, {}).setdefault(number, (was, Ending("gone")))
    return found


def _ending(value: list[object]) -> Ending:
    how, kind, text, kinds = value
    if not isinstance(kinds, list):
        raise TypeError(kinds)
    return Ending(str(how), str(kind), str(text), tuple(map(str, kinds)))


def _judged(trial: Trial, calls: Mapping[int, tuple[Ending, Ending]], seconds: float) -> Check:
    faults = (_fault(trial, number, was, now) for number, (was, now) in sorted(calls.items()))
    said = next(filter(None, faults), "")
    same = "calls go as they did" if trial.keeps else "calls, none fails that did not"
    return Check(name=f"{trial.name} as before", ok=not said, output=said or f"{len(calls)} {same}", seconds=seconds)


def _fault(trial: Trial, number: int, was: Ending, now: Ending) -> str:
    """Return what is wrong with a call that goes another way now; nothing where that may be meant."""
    if (was.how, was.type) == (now.how, now.type) and (was.how == "raised" or was.text == now.text):
        return ""
    if was.how == "gave":
        if now.how == "raised" and _may_raise(trial, now):
            return ""
        is_lost = now.how != "gave" or (now.type == "NoneType" and not trial.may_be_none)
        if not is_lost and not trial.keeps:
            return ""
    elif not trial.keeps_errors:
        return ""
    if not 0 <= number < len(trial.calls):
        return ""
    call = trial.calls[number].replace("__f", trial.name)
    return f"{call} {_said(was)} before the change; it must go on to do that, but now it {_said(now, now=True)}"


def _may_raise(trial: Trial, now: Ending) -> bool:
    if set(now.kinds) & set(trial.may_raise):
        return True
    return ANY in trial.may_raise and not set(now.kinds) & _SLIPS


def _said(ending: Ending, *, now: bool = False) -> str:
    match ending.how:
        case "gave":
            return f"{'gives' if now else 'gave'} {_shown(ending)}"
        case "raised":
            words = f": {_shown(ending)}" if now and ending.text else ""
            return f"{'raises' if now else 'raised'} {ending.type}{words}"
        case "stuck":
            return "does not come back"
        case _:
            return "ends the program"


def _shown(ending: Ending) -> str:
    """Return a value, or what it is where it is long: of a text that is cut, nobody would know a secret again."""
    return ending.text if len(ending.text) <= _SHOWN else f"{len(ending.text)} characters ({ending.type})"
