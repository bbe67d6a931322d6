"""Changes, their tests, and what comparing them tells in a real sandbox."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from workbench.checks.command import run_commands
from workbench.checks.trial_values import Trial
from workbench.crew.judging.trials import trials
from workbench.model import Check, Excerpt, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

CHECK = f"{sys.executable} check.py"


def source(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def edit(before: str, after: str, path: str = "a.py") -> FileEdit:
    return FileEdit(path=path, before=source(before).encode(), after=source(after).encode())


def a_test(text: str) -> Excerpt:
    return Excerpt(path="check.py", first=1, last=1 + text.count("\n"), text=text)


def found(before: str, after: str, test: str = "", task: str = "change it") -> Trial:
    (trial,) = trials(task, [edit(before, after)], [a_test(test)] if test else [])
    return trial


async def told(root: Path, changed: FileEdit, test: str, task: str = "change it") -> list[Check]:
    """Return the checks of the trials of a change that passes its test."""
    assert changed.before is not None
    place = root / changed.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(changed.before)
    (root / "check.py").write_text(test, encoding="utf-8")
    made = trials(task, [changed], [a_test(test)])
    checks = await run_commands(Repository(root), [changed], [CHECK], CheckSettings(allow=(CHECK,)), made)
    assert checks[0].ok, checks[0].output
    return list(checks[1:])
