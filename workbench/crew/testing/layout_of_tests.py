"""Where the test of a file belongs, and how a test there names what it tests: by the tests a repository has already."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from workbench.model import Value

_TEST_NAME = re.compile(r"test_\w+\.py|\w+_test\.py")
_HOLE = re.compile(r"\{(file|path|folder)\}")
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


class TestPlace(Value):
    """Where the test of one file goes.

    Attributes:
        path: the test file.
        text: what stands in it; None where it is still to be made.
        module: the name by which a test imports the file.
        command: the command that runs it; empty where nanites.toml allows none.
    """

    __test__ = False

    path: str
    text: str | None = None
    module: str
    command: str = ""


def read_place(found: str) -> TestPlace:
    """Return a place from the words it was kept in."""
    return TestPlace.model_validate(json.loads(found))


def is_test(path: str) -> bool:
    """Return whether a file is one of tests, by its name."""
    return _TEST_NAME.fullmatch(PurePosixPath(path).name) is not None


def test_path(path: str, files: Collection[str]) -> str:
    """Return where the tests of a file are, or where they would be: beside the repository's other tests."""
    stem = PurePosixPath(path).stem
    known = [name for name in files if PurePosixPath(name).name in {f"test_{stem}.py", f"{stem}_test.py"}]
    if known:
        return min(known, key=lambda name: (-_shared(name, path), len(name), name))
    folders = Counter(str(PurePosixPath(name).parent) for name in files if is_test(name))
    beside = str(PurePosixPath(path).parent)
    folder = "tests"
    if folders:
        folder = beside if beside in folders and beside != "." else folders.most_common(1)[0][0]
    endings = Counter(PurePosixPath(name).name.startswith("test_") for name in files if is_test(name))
    name = f"{stem}_test.py" if endings[False] > endings[True] else f"test_{stem}.py"
    return name if folder == "." else f"{folder}/{name}"


def _shared(one: str, other: str) -> int:
    """Return how many folders two paths have in common, wherever they stand."""
    return len(set(PurePosixPath(one).parts[:-1]) & set(PurePosixPath(other).parts[:-1]))


def module_of(path: str, files: Collection[str]) -> str:
    """Return the name by which a file is imported: from the folder above its outermost package."""
    place = PurePosixPath(path)
    parts = list(place.with_suffix("").parts)
    top = 0
    if parts and parts[0] in {"src", "lib"} and len(parts) > 1:
        top = 1
    elif len(parts) > 1 and "/".join([*parts[:-1], "__init__.py"]) in files:
        # The package's outermost folder: those above it have no __init__.py.
        top = len(parts) - 1
        while top > 0 and "/".join([*parts[:top], "__init__.py"]) in files:
            top -= 1
    parts = parts[top:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def is_test_command(command: str) -> bool:
    """Return whether a command runs Python tests."""
    try:
        words = [PurePosixPath(word).name for word in shlex.split(command)]
    except ValueError:
        return False
    return bool(words) and ("pytest" in words[:5] or "unittest" in words[:4] or "py.test" in words[:2])


def command_for(test: str, files: Collection[str], checks: Sequence[str], allowed: Sequence[str]) -> str:
    """Return the command that runs a test file: the first of the task's own that does, else the narrowest allowed."""
    for command in checks:
        if is_test_command(command) and reach(command, test) is not None:
            return command
    best: tuple[int, str] | None = None
    for pattern in allowed:
        if not is_test_command(pattern):
            continue
        command = _HOLE.sub(lambda hole: shlex.quote(_filling(hole[1], test, files)), pattern)
        rank = reach(command, test)
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, command)
    return best[1] if best else ""


def _filling(hole: str, test: str, files: Collection[str]) -> str:
    folder = str(PurePosixPath(test).parent)
    there = any(name.startswith(f"{folder}/") for name in files)
    return folder if hole == "folder" and there else test


def reach(command: str, test: str) -> int | None:
    """Return how much more than one test file a command runs: 0 for the file alone; None where it does not run it."""
    words = shlex.split(command)
    places = [word.partition("::")[0] for word in words[1:] if "/" in word or word.endswith(".py")]
    if not places:
        return _reach_by_name(words, test)
    if test in places:
        return 0 if set(places) == {test} else 1
    inside = [place.rstrip("/") for place in places if test.startswith(f"{place.rstrip('/')}/")]
    return min((8 - min(place.count("/") + 1, 7) for place in inside), default=None)


def _reach_by_name(words: Sequence[str], test: str) -> int | None:
    """Return the reach of a command that names no file: unittest takes modules, and others run what they find."""
    named = [word for word in words if _MODULE.fullmatch(word)] if "unittest" in words else []
    if named:
        module = test.removesuffix(".py").replace("/", ".")
        own = [word for word in named if f"{word}.".startswith(f"{module}.")]
        return None if not own else 0 if own == named else 1
    others = [word for word in words if word in {"tests", "test"}]
    return 9 if not others or any(test.startswith(f"{other}/") for other in others) else None
