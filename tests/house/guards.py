"""The guards that tests try, and what becomes of a test where one cannot be had."""

from __future__ import annotations

import functools
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NoReturn

import pytest

from workbench.checks import command as command_module
from workbench.checks.command import run_commands
from workbench.checks.guard import Guard, GuardName, probe
from workbench.model import Check
from workbench.repository import Repository
from workbench.settings import CheckSettings

GUARDS: tuple[GuardName, ...] = ("bubblewrap", "namespaces", "landlock")


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail where nothing may be skipped."""
    if os.environ.get("NANITES_E2E_REQUIRED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def need(name: GuardName) -> None:
    """Skip the test, or fail, where a guard cannot be had."""
    fault = _fault(name)
    if fault is not None:
        absent(f"the guard {name} cannot be tried on this machine: {fault}")


_fault = functools.lru_cache(probe)


PROGRAM = f"program-{os.getpid()}.py"
"""What `run` calls a program. Tests that run at the same time in other processes are not to be taken for it."""


def make_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository to run commands in, and let scratch copies lie beside it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


async def run(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName, program: str, **limits: float
) -> tuple[Check, float]:
    """Run a program under a guard; return the check and how many seconds it took."""
    need(name)
    monkeypatch.setattr(command_module, "choose", lambda: Guard(name))
    (root / PROGRAM).write_text(program)
    command = f"python {PROGRAM}"
    settings = CheckSettings.model_validate({"allow": [command], "timeout": 30, **limits})
    began = time.monotonic()
    (check,) = await run_commands(Repository(root), (), (command,), settings)
    return check, time.monotonic() - began
