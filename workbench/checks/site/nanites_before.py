"""Calls a function as it was and as it is in the same ways, and says where the outcomes differ.

Run as a program in a check's scratch copy, with what to call in NANITES_TRIAL; a line of JSON for each call goes to
standard output, as it was made, so that what was found counts even if a later call does not end. It must import nothing
of ours, and run on the Pythons of others.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

LONGEST = 10_000
"""Characters of a value that are compared."""

MOST = 50
"""Items of an iterator that are looked at."""


def main() -> None:
    """Make the calls of one trial."""
    trial = json.loads(os.environ.pop("NANITES_TRIAL"))
    report = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    module = imported(trial["file"])
    scope = dict(vars(module))
    exec(compile(trial["before"], trial["file"], "exec"), scope)  # noqa: S102 — the user's own code, as it was
    before, after = scope[trial["name"]], vars(module)[trial["name"]]
    for number, call in enumerate(trial["calls"]):
        make = eval(f"lambda __f: {call}", dict(vars(module)))  # noqa: S307 — a call of the user's own tests
        was = outcome(make, before)
        if was == outcome(make, before):
            row = {"number": number, "was": was, "now": outcome(make, after)}
            os.write(report, json.dumps(row).encode() + b"\n")
    os._exit(0)


def imported(file: str) -> ModuleType:
    """Return the module of a file, by the name that it has in its package."""
    folder, name = os.path.split(file)
    names = [name[: -len(".py")]]
    while os.path.exists(os.path.join(folder, "__init__.py")):  # noqa: PTH110, PTH118
        folder, package = os.path.split(folder)
        names.insert(0, package)
    if names[-1] == "__init__":
        names.pop()
    sys.path[:] = [folder, *(path for path in sys.path if path != os.path.dirname(os.path.abspath(__file__)))]  # noqa: PTH100, PTH120
    module = importlib.import_module(".".join(names))
    assert os.path.samefile(module.__file__ or "", file), "another module has that name"  # noqa: PTH121
    return module


def outcome(make: Callable[[Any], Any], function: Any) -> list[str]:
    """Return how a call goes: what it gave, of which type, or what it raised."""
    try:
        value = make(function)
        if hasattr(value, "__next__"):
            value = list(itertools.islice(value, MOST))
        return ["gave", type(value).__name__, shown(value)]
    except BaseException as error:
        return ["raised", type(error).__name__, str(error)[:200]]


def shown(value: Any) -> str:
    """Return a value as text that is the same for values that are alike."""
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(repr, value)))}}}"[:LONGEST]
    return re.sub(r"\bat 0x[0-9a-fA-F]+", "at ...", repr(value))[:LONGEST]


if __name__ == "__main__":
    main()
