"""Runs first in every Python that a check starts: makes an editable install of the repository mean its scratch copy.

The user's environment has the repository itself on its path, so tests in the copy would import, and prove, the wrong
code. This folder alone is put on PYTHONPATH; it must import nothing of ours.
"""

from __future__ import annotations

import atexit
import importlib
import importlib.machinery
import importlib.util
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROOT = os.environ.get("NANITES_CHECK_ROOT", "")
TREE = os.environ.get("NANITES_CHECK_TREE", "")
LINKED = os.environ.get("NANITES_CHECK_LINKED", "").split(os.pathsep)


def moved(path: Any) -> Any:
    """Return where `path` lies in the copy, or `path` itself if it is none of the repository's own."""
    if not isinstance(path, str) or not ROOT or not (path == ROOT or path.startswith(ROOT + os.sep)):
        return path
    inner = path[len(ROOT) :].lstrip(os.sep)
    if inner.partition(os.sep)[0] in LINKED:
        return path
    goal = os.path.join(TREE, inner) if inner else TREE  # noqa: PTH118 — pathlib is slow to load in every Python
    return goal if os.path.exists(goal) else path  # noqa: PTH110


def move_everything() -> None:
    """Move the search path, and the packages that setuptools' editable finders know by name."""
    sys.path[:] = [moved(path) for path in sys.path]
    for name, module in list(sys.modules.items()):
        if name.startswith("__editable__"):
            packages = getattr(module, "MAPPING", {})
            packages.update({package: moved(path) for package, path in packages.items()})
            spaces = getattr(module, "NAMESPACES", {})
            spaces.update({space: [moved(path) for path in paths] for space, paths in spaces.items()})


def run_the_next() -> None:
    """Run the sitecustomize that this one stands before, if there is one."""
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    others = [path for path in sys.path if os.path.abspath(path or ".") != here]  # noqa: PTH100
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def put_likely_tests_first() -> None:
    """Have pytest load the plugin beside this file; from here it is sure to be found."""
    if os.environ.get("NANITES_CHECK_FIRST") and " -p nanites_first" not in os.environ.get("PYTEST_ADDOPTS", ""):
        os.environ["PYTEST_ADDOPTS"] = os.environ.get("PYTEST_ADDOPTS", "") + " -p nanites_first"


def explain_a_bare_assert() -> None:
    """Have the first Python of a check, if it ends by `assert a == b`, say what both were: a traceback does not.

    No hook is set, for a program may look at it; what ended the program is known when it goes.
    """
    if os.environ.pop("NANITES_CHECK_EXPLAIN", ""):
        atexit.register(say_what_an_assert_compared)


def say_what_an_assert_compared() -> None:
    """Print it, if the program ended by a bare assertion and no test framework tells of it."""
    error, trace = getattr(sys, "last_value", None), getattr(sys, "last_traceback", None)
    if type(error) is not AssertionError or error.args or trace is None or "_pytest" in sys.modules:
        return
    try:
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
        sys.stderr.write(importlib.import_module("nanites_asserts").told(trace))
        sys.stderr.flush()
    except Exception:  # noqa: S110 — the program has failed already; this is only a word about it
        pass


move_everything()
put_likely_tests_first()
explain_a_bare_assert()
run_the_next()
