"""A desk for tests at which answers are prepared but commands are real, in a scratch copy of a small repository."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.unit.scripted_desk import Answer, ScriptedDesk
from workbench.checks.command import read_command, run_commands
from workbench.checks.trial_values import Trial
from workbench.model import Brief, Check, FileEdit, Task, TaskSpec
from workbench.recipes.load import load
from workbench.repository import Repository
from workbench.runner.found import found
from workbench.settings import CheckSettings


class CommandDesk(ScriptedDesk):
    """Runs commands on a repository that is made of `files`, committed."""

    def __init__(self, root: Path, files: dict[str, str], *answers: str | Answer, allow: Sequence[str] = ()) -> None:
        super().__init__(*answers)
        self.repository = make_repository(root, files)
        self._settings = CheckSettings(allow=tuple(allow), timeout=60)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        return await run_commands(self.repository, edits, commands, self._settings, trials)

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        self.tried.append(tuple(edits))
        self.commands.append(command)
        return await read_command(self.repository, edits, command, self._settings)

    def brief(self, kind: str, task: str = "", targets: Sequence[str] = (), check: Sequence[str] = ()) -> Brief:
        """Return the brief of a task as the runner makes it."""
        spec = TaskSpec(kind=kind, task=task, targets=tuple(targets), check=tuple(check))
        recipe = load(kind)
        return Brief(
            task=Task(id="t1", spec=spec, created_at=0),
            targets=tuple(self.repository.read(path) for path in self.repository.expand(spec.targets)),
            model="tiny",
            found=found(self.repository, recipe.work, spec, self._settings.allow),
        )


def make_repository(root: Path, files: dict[str, str], message: str = "as it was") -> Repository:
    """Return a git repository with files in it, committed."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if not (root / ".git").exists():
        subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    commit(root, message)
    return Repository.find(root)


def commit(root: Path, message: str) -> None:
    """Commit all that is there."""
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", *who, "commit", "--allow-empty", "-qm", message], cwd=root, check=True)
