"""Calls functions as they were and as they are in the same ways, and says how each call went.

Run as a program in a check's scratch copy, with what to call in NANITES_TRIALS; lines of JSON go to standard output as
calls are made, so that what was found counts even if a later call does not come back. It must import nothing of ours,
and run on the Pythons of others.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import json
import os
import re
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

LONGEST = 2_000
"""Characters of a value that are compared."""

MOST = 50
"""Items of an iterator that are looked at."""

PATIENCE = 20
"""How many times as long as before a call may take now, and never less than a second."""


FIRST = 2.0
"""Seconds that the first of the calls that are compared may take."""


class TooLong(BaseException):
    """A call takes far longer than it did."""


class Unready(Exception):
    """What comes before a call in its test fails."""


def main() -> None:
    """Make the calls of all trials."""
    trials = json.loads(os.environ.pop("NANITES_TRIALS"))
    report = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    signal.signal(signal.SIGALRM, give_up)
    for place, trial in enumerate(trials):
        try:
            calls = Calls(trial)
            for number, runs in enumerate(trial["runs"]):
                for ending in compared(calls, runs):
                    say(report, {"trial": place, "number": number, "ending": ending})
        except Exception:  # noqa: S112 — what cannot be imported or called is left out
            continue
    say(report, {"done": True})
    os._exit(0)


def say(report: int, row: dict[str, Any]) -> None:
    """Write one line of the report."""
    os.write(report, json.dumps(row).encode() + b"\n")


def give_up(_number: int, _frame: object) -> None:
    """End a call."""
    raise TooLong


def compared(calls: Calls, runs: list[list[str]]) -> Any:
    """Make the calls that are compared, each of the function as it `was` or as it is `now`, and yield how they end.

    What does not go alike twice tells nothing: the last then ends as the one that it is held against. Nor is anything
    called as it is where two calls went differently before.
    """
    ended: list[list[Any]] = []
    longest = FIRST / PATIENCE
    for which, text in runs:
        if len(ended) == 2 and (ended[0][:2] != ended[1][:2] or (ended[0] != ended[1] and ended[0][0] == "gave")):
            return
        began = time.monotonic()
        ending = timed(calls, which, text, max(1.0, PATIENCE * longest))
        longest = max(longest if ended else 0.0, time.monotonic() - began)
        if ending is None or (ending[0] == "stuck" and which == "was"):
            return
        ended.append(ending)
        if len(ended) < len(runs):
            yield ending
    again = (timed(calls, which, text, max(1.0, PATIENCE * longest)) for which, text in runs[:-1])
    is_steady = all(one == other for one, other in zip(again, ended))  # noqa: B905 — unknown to Pythons before 3.10
    yield ended[-1] if is_steady else ended[-2]


def timed(calls: Calls, which: str, text: str, seconds: float) -> list[Any] | None:
    """Return how a call ends, which may take so long; None where what comes before it fails."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return calls.outcome(which, text)
    except TooLong:
        return ["stuck", "", "", []]
    except Unready:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Calls:
    """Calls of one function, or of one method of a class, as it was and as it is."""

    def __init__(self, trial: dict[str, Any]) -> None:
        self.setup = compile(trial["setup"], "<setup>", "exec") if trial["setup"] else None
        self.module = self._imported(trial)
        scope = dict(vars(self.module))
        owner, _, self.name = trial["name"].rpartition(".")
        self.owner = scope[owner] if owner else None
        # A method stands in a class of the same name: so its decorators and its private names mean the same.
        source = f"class {owner}:\n{trial['before']}" if owner else trial["before"]
        exec(compile(source, trial["file"], "exec"), scope)  # noqa: S102 — the user's own code, as it was
        here = vars(scope[owner]) if owner else scope
        there = vars(self.owner) if owner else vars(self.module)
        self.versions = {"was": here.get(self.name), "now": there[self.name]}
        if owner:
            scope[owner] = self.owner

    def _imported(self, trial: dict[str, Any]) -> ModuleType:
        if self.setup is not None:
            sys.path[:] = [os.path.dirname(trial["beside"]), *sys.path]  # noqa: PTH120
        try:
            return imported(trial["file"])
        except Exception:
            if self.setup is None:
                raise
            # Some tests make their package ready to be imported.
            with contextlib.suppress(BaseException):
                exec(self.setup, {"__name__": "setup"})  # noqa: S102 — the user's own tests
            return imported(trial["file"])

    def outcome(self, which: str, text: str) -> list[Any]:
        """Return how a call goes: what it gave, of which type, or what it raised, and what that is a kind of."""
        function = self.versions[which]
        if self.owner is None:
            return outcome(self._made(text), function)
        setattr(self.owner, self.name, function)
        try:
            return outcome(self._made(text), function)
        finally:
            setattr(self.owner, self.name, self.versions["now"])

    def _made(self, text: str) -> Callable[[Any], Any]:
        scope = dict(vars(self.module))
        if self.setup is not None:
            scope = {"__name__": "setup"}
            try:
                exec(self.setup, scope)  # noqa: S102 — the user's own tests
            except TooLong:
                raise
            except BaseException as error:
                raise Unready from error
        return eval("lambda __f: " + text, scope)  # type: ignore[no-any-return] # noqa: S307 — the same


def imported(file: str) -> ModuleType:
    """Return the module of a file, by the name that it has in its package."""
    folder, name = os.path.split(file)
    names = [name[: -len(".py")]]
    while os.path.exists(os.path.join(folder, "__init__.py")):  # noqa: PTH110, PTH118
        folder, package = os.path.split(folder)
        names.insert(0, package)
    if names[-1] == "__init__":
        names.pop()
    own = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    sys.path[:] = [folder, *(path for path in sys.path if path not in {own, folder})]
    module = importlib.import_module(".".join(names))
    if not os.path.samefile(module.__file__ or "", file):  # noqa: PTH121
        raise ImportError(file)
    return module


def outcome(make: Callable[[Any], Any], function: Any) -> list[Any]:
    """Return how a call goes: what it gave, of which type, or what it raised, and what that is a kind of."""
    try:
        value = make(function)
        if hasattr(value, "__next__"):
            value = list(itertools.islice(value, MOST))
        return ["gave", type(value).__name__, shown(value)[:LONGEST], []]
    except TooLong:
        raise
    except BaseException as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        try:
            words = str(error)
        except Exception:
            words = ""
        return ["raised", kinds[0], words[:LONGEST], kinds]


def shown(value: Any, deep: int = 4) -> str:
    """Return a value as text that is the same for values that are alike."""
    if deep and isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(shown(item, deep - 1) for item in value))}}}"
    if deep and type(value) in (list, tuple):
        inner = ", ".join(shown(item, deep - 1) for item in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if deep and type(value) is dict:
        pairs = [f"{shown(key, deep - 1)}: {shown(item, deep - 1)}" for key, item in value.items()]
        return f"{{{', '.join(pairs)}}}"
    return re.sub(r"\bat 0x[0-9a-fA-F]+", "at ...", repr(value))


if __name__ == "__main__":
    main()
