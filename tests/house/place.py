"""A user's repository in a temporary folder, and a runner at work on it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.model import Approve, Decision, Result, State, TaskSpec
from workbench.repository import Repository
from workbench.runner import run
from workbench.settings import Settings, load
from workbench.spool.folder import Folder
from workbench.spool.inbox import drop, drop_decision
from workbench.spool.records import read_result

TEXT = '''"""Small things about text."""


def shout(text):
    return text.upper() + "!"


def truncate(text, limit):
    if len(text) > limit:
        return text[:limit] + "..."
    return text
'''

TRUNCATED = """```python
def truncate(text, limit):
    if len(text) <= limit:
        return text
    return text[: max(limit - 3, 0)] + "..."[:limit]
```
"""

PATCH_RULE: dict[str, Any] = {"contains": "never exceed", "answer": TRUNCATED}


def git(root: Path, *arguments: str) -> str:
    """Run git as a user would."""
    identity = ("-c", "user.name=U", "-c", "user.email=u@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


class Place:
    """A git repository with a file `text.py`, settings for the scripted engine, and its script."""

    def __init__(self, root: Path, *, settings: str = "", rules: Sequence[Mapping[str, Any]] | None = None) -> None:
        root.mkdir(parents=True, exist_ok=True)
        git(root, "init", "-q")
        self.root = root.resolve()
        self.script_path = root.parent / f"{root.name}.script.json"
        self.script(rules if rules is not None else [PATCH_RULE])
        (root / "text.py").write_text(TEXT, encoding="utf-8")
        (root / ".gitignore").write_text("ignored/\n", encoding="utf-8")
        self.configure(settings)
        git(root, "add", "-A")
        git(root, "commit", "-qm", "begin")
        self.repository = Repository(self.root)
        self.folder = Folder(self.root).ensure()
        self.lines: list[dict[str, Any]] = []
        self._news = asyncio.Condition()

    def configure(self, settings: str) -> None:
        """Write nanites.toml; `settings` are sections besides that of the engine.

        Where they do not say how to solve, nothing is asked twice for the sake of agreement.
        """
        engine = f'[engine]\norder = ["scripted"]\nscript = {json.dumps(str(self.script_path))}\n'
        solve = "" if "[solve]" in settings else "\n[solve]\nsamples = 1\nwrap = false\n"
        (self.root / "nanites.toml").write_text(engine + settings + solve, encoding="utf-8")

    def script(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Say what the engine answers."""
        self.script_path.write_text(json.dumps({"rules": [dict(rule) for rule in rules]}), encoding="utf-8")

    @property
    def settings(self) -> Settings:
        """The settings as the file has them now."""
        return load(self.root)

    def drop(self, task: str = "Make truncate() never exceed limit", **fields: Any) -> str:
        """Drop a task as a program would; return its ID."""
        fields = {"targets": ("text.py",)} | fields
        return drop(self.folder, TaskSpec.model_validate({"task": task} | fields))

    def decide(self, task_id: str, decision: str, **fields: Any) -> None:
        """Drop a decision as a program would."""
        drop_decision(self.folder, task_id, Decision.model_validate({"decision": decision} | fields))

    def result(self, task_id: str) -> Result:
        """Return the envelope of a task, which must be there."""
        found = read_result(self.folder, task_id)
        assert found is not None, f"no result of {task_id}"
        return found

    def asked(self, which: str = "asked") -> list[dict[str, Any]]:
        """Return what the engine was asked and has answered."""
        path = self.script_path.with_name(f"{self.script_path.name}.{which}.jsonl")
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    async def drain(self, *, approve: Approve | None = None) -> None:
        """Run until nothing is left to run."""
        await run(self.repository, self.settings, drain=True, approve=approve, listener=self._hear)

    def _hear(self, line: dict[str, Any]) -> None:
        self.lines.append(line)
        self._pending = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Have a runner at work while the block runs."""
        stop = asyncio.Event()
        running = asyncio.create_task(run(self.repository, self.settings, stop=stop, listener=self._hear))
        try:
            started = asyncio.create_task(self.heard("runner-started"))
            await asyncio.wait({started, running}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                started.cancel()
                await running
            yield
        finally:
            stop.set()
            await asyncio.wait_for(running, 30)

    async def heard(self, event: str, task_id: str = "", **fields: Any) -> dict[str, Any]:
        """Wait until an event was published and return its line; fails after 30 seconds."""
        return await self.until(
            lambda line: (
                line["event"] == event
                and (not task_id or line.get("task") == task_id)
                and all(line.get(name) == value for name, value in fields.items())
            )
        )

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for the first line, of all there were, that is wanted."""
        async with asyncio.timeout(30), self._news:
            while True:
                for line in self.lines:
                    if wanted(line):
                        return line
                await self._news.wait()

    async def rested(self, task_id: str, *states: State) -> Result:
        """Wait until a task rests in one of `states` (any) and return its result."""
        names = {str(state) for state in states}
        await self.until(
            lambda line: (
                line["event"] == "task-ended" and line["task"] == task_id and (not names or line["state"] in names)
            )
        )
        return self.result(task_id)
