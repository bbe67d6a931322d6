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
from workbench.checks.trial_values import Ending, Endings, Trial
from workbench.checks.trial_verdict import fault
from workbench.checks.worktree import Worktree
from workbench.model import Check
from workbench.settings import CheckSettings

SECONDS = 5.0
"""How long all calls may take."""

MOST = 8
"""Trials that are made."""

LONGEST = 60_000
"""Bytes of all trials, which travel in the environment."""

_PROGRAM = Path(__file__).parent / "site" / "nanites_before.py"
_RUNS = frozenset({"pytest", "unittest", "doctest", "nose2"})

Place = tuple[int, int]
"""A trial, and a number among its calls and pairs."""


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
        took = time.monotonic() - began
        made: dict[tuple[str, str], list[tuple[Trial, Mapping[int, Endings]]]] = {}
        for place, trial in enumerate(trials):
            if found.get(place):
                made.setdefault((trial.path, trial.name), []).append((trial, found[place]))
        return tuple(_judged(some, round(took / len(made), 3)) for some in made.values())


def _spec(trial: Trial, worktree: Worktree) -> dict[str, object]:
    return {
        "file": str(worktree.tree / trial.path),
        "name": trial.name,
        "before": trial.before,
        "setup": trial.setup,
        "beside": str(worktree.tree / trial.beside),
        "runs": trial.runs,
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
    if words[:1] == ["-c"]:
        return len(words) > 1
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


def endings(text: str, *, was_ended: bool = False) -> dict[int, dict[int, Endings]]:
    """Return how calls that are compared ended, by trial and number; what is malformed is left out.

    The text was written by a process in which code of the repository runs, so it may be anything. Of a call that was
    begun and never came back, it is told that the program was `gone`, unless that was ended from outside.
    """
    found: dict[int, dict[int, Endings]] = {}
    last: Place | None = None
    is_done = False
    for line in text.splitlines():
        try:
            row = json.loads(line)
            if row.get("done") is True:
                is_done = True
                continue
            place = (int(row["trial"]), int(row["number"]))
            ending = _ending(row["ending"])
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            continue
        so_far = found.setdefault(place[0], {})
        so_far[place[1]] = (*so_far.get(place[1], ()), ending)
        last = place
    if last is not None and not is_done and not was_ended:
        found[last[0]][last[1]] += (Ending("gone"),)
    return found


def _ending(value: list[object]) -> Ending:
    how, kind, text, kinds = value
    if not isinstance(kinds, list):
        raise TypeError(kinds)
    return Ending(str(how), str(kind), str(text), tuple(map(str, kinds)))


def _judged(trials: Sequence[tuple[Trial, Mapping[int, Endings]]], seconds: float) -> Check:
    """Return what the calls of one function came to."""
    trial = trials[0][0]
    said = next(filter(None, (fault(one, place, ended) for one, calls in trials for place, ended in calls.items())), "")
    count = sum(len(calls) for _, calls in trials)
    same = "calls go as they did" if trial.keeps else "calls, none fails that did not"
    name = f"{trial.name} as before" if trial.before else f"{trial.name} in other shapes"
    return Check(name=name, ok=not said, output=said or f"{count} {same}", seconds=seconds)
