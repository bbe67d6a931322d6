"""Calls functions as they were and as they are in the same ways, and says how each call went.

Run as a program in a check's scratch copy, with what to call in NANITES_TRIALS; lines of JSON go to standard output as
calls are made, so that what was found counts even if a later call does not come back. It must import nothing of ours,
and run on the Pythons of others.
"""

from __future__ import annotations

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


class TooLong(BaseException):
    """A call takes far longer than it did."""


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
            for row in compared(trial):
                say(report, {"trial": place, **row})
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


def compared(trial: dict[str, Any]) -> Any:
    """Make the calls of one trial and yield a row before each and after it.

    A call that does not go alike twice as it was tells nothing: it goes now as it did.
    """
    module = imported(trial["file"])
    scope = dict(vars(module))
    exec(compile(trial["before"], trial["file"], "exec"), scope)  # noqa: S102 — the user's own code, as it was
    before, after = scope[trial["name"]], vars(module)[trial["name"]]
    for number, call in enumerate(trial["calls"]):
        make = eval(f"lambda __f: {call}", dict(vars(module)))  # noqa: S307 — a call of the user's own tests
        began = time.monotonic()
        was = outcome(make, before)
        took = time.monotonic() - began
        yield {"number": number, "was": was}
        signal.setitimer(signal.ITIMER_REAL, max(1.0, PATIENCE * took))
        try:
            now = outcome(make, after)
        except TooLong:
            now = ["stuck", "", "", []]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        yield {"number": number, "now": now if was == outcome(make, before) else was}


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
