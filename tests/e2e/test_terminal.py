"""The terminal workbench in a real terminal, with the real 1.5B: what is pressed is what happens to the files."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import absent
from tests.e2e.terminal import Terminal
from tests.house.place import TEXT, git
from workbench.model import State
from workbench.spool.folder import Folder
from workbench.spool.lock import runner_pid
from workbench.spool.records import read_result

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600), pytest.mark.usefixtures("embedded_home")]

CHECK = """python3 -c 'import text; assert text.shout("a") == "A!!"'"""
TASK = {"kind": "patch", "task": "shout() must end with two exclamation marks", "targets": ["text.py"]}


class Repository:
    """A user's repository, seen through its files."""

    def __init__(self, root: Path) -> None:
        root.mkdir()
        git(root, "init", "-q")
        (root / "text.py").write_text(TEXT, encoding="utf-8")
        settings = f'[engine]\norder = ["embedded"]\n[checks]\nallow = [{json.dumps(CHECK)}]\n'
        (root / "nanites.toml").write_text(settings, encoding="utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "begin")
        self.root = root.resolve()
        self.folder = Folder(self.root).ensure()

    def drop(self, name: str = "task.json", **fields: object) -> None:
        (self.folder.inbox / name).write_text(json.dumps(TASK | fields), encoding="utf-8")

    @property
    def text(self) -> str:
        return (self.root / "text.py").read_text(encoding="utf-8")

    def is_changed(self) -> bool:
        return self.text != TEXT

    def until(self, holds: bool, patience: float = 20.0) -> None:
        """Wait until text.py is changed, or is as it was."""
        deadline = time.monotonic() + patience
        while self.is_changed() is not holds and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.is_changed() is holds, self.text

    def state(self) -> State | None:
        """Return where the only task stands."""
        (task_id,) = self.folder.task_ids()
        result = read_result(self.folder, task_id)
        return result.state if result else None


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    if shutil.which("tmux") is None:
        absent("tmux", "apt-get install tmux")
    made = Repository(tmp_path / "shop")
    yield made
    pid = runner_pid(made.folder)
    if pid:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 30
    while runner_pid(made.folder) is not None and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_dropped_task_is_reviewed_approved_and_undone_by_keys(repository: Repository) -> None:
    with Terminal(140, 40) as terminal:
        terminal.open(repository.root)
        terminal.until("embedded ● qwen2.5-coder:1.5b")
        repository.drop(check=[CHECK])
        terminal.until(lambda screen: "running" in screen or "review" in screen)
        # The list tells the verdict a moment before the change is drawn.
        terminal.until(lambda screen: "checked ✔" in screen and "hunk 1 of" in screen)
        assert not repository.is_changed()
        terminal.type("a")
        repository.until(True)
        terminal.until("applied")
        terminal.type("u")
        repository.until(False)
        terminal.until("undone")
        terminal.type("q")
        terminal.until(lambda _: terminal.has_ended())
    deadline = time.monotonic() + 30
    while runner_pid(repository.folder) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert runner_pid(repository.folder) is None, "an idle runner that the screen started ends with it"


def test_a_runner_that_was_there_before_is_joined_and_outlives_the_screen(repository: Repository) -> None:
    command = [sys.executable, "-m", "workbench.cli", "--repo", str(repository.root), "run"]
    runner = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with Terminal(160, 45) as terminal:
            terminal.open(repository.root)
            terminal.until("embedded ●")
            terminal.type("+")
            terminal.until("New task")
            terminal.write(str(TASK["task"]))
            terminal.type("Tab")
            # No hand is quicker: what is typed in the same millisecond would still go to the field before.
            time.sleep(0.5)
            terminal.write("text.p")
            # The completion comes when it was found.
            terminal.until("text.py")
            terminal.type("Right", "Enter")
            terminal.until("1 to review")
            terminal.type("r")
            terminal.until("Reject")
            terminal.write("not today")
            terminal.type("Enter")
            terminal.until("rejected")
            terminal.type("q")
            terminal.until(lambda _: terminal.has_ended())
        assert runner.poll() is None
        assert runner_pid(repository.folder) == runner.pid
        assert not repository.is_changed()
    finally:
        runner.terminate()
        runner.wait(30)


APART = "\n\n" + "".join(f"{name} = {number}\n" for number, name in enumerate("ABCDEFGH")) + "\n\n"
FAR = APART.join(
    f"def {name}(text):\n    return text.{method}()\n"
    for name, method in (("shout", "upper"), ("whisper", "lower"), ("name", "title"), ("trim", "strip"))
)
"""Four functions that are four hunks, of which a small model may leave out one or two."""


def test_eighty_columns_are_enough(repository: Repository) -> None:
    with Terminal(80, 24) as terminal:
        terminal.open(repository.root)
        terminal.until("embedded ●")
        (repository.root / "far.py").write_text(FAR, encoding="utf-8")
        repository.drop(kind="docstrings", task="", targets=["far.py"])
        shown = terminal.until(lambda screen: re.search(r"hunk 1 of [234] ", screen) is not None)
        assert "proven ≡" in shown
        assert max(map(len, shown.splitlines())) <= 80
        terminal.type("3")
        terminal.until("tokens read")
        terminal.type("2", "n", "Space")
        terminal.until("dropped")
        terminal.type("a")
        terminal.until("applied")
        assert repository.state() is State.APPLIED
        written = (repository.root / "far.py").read_text(encoding="utf-8").count('"""') // 2
        assert f"of {written + 1} " in shown, "all hunks but one"


def test_a_resize_in_the_middle_of_a_stream_loses_nothing(repository: Repository) -> None:
    with Terminal(200, 50) as terminal:
        terminal.open(repository.root)
        terminal.until("embedded ●")
        repository.drop(kind="docstrings", task="")
        terminal.until(" t/s ")
        for columns, rows in ((80, 24), (120, 30), (90, 50), (200, 50)):
            terminal.resize(columns, rows)
            time.sleep(0.3)
        shown = terminal.until("proven ≡")
        assert "def truncate" in shown
        assert max(map(len, shown.splitlines())) <= 200


def test_a_terminal_that_is_closed_in_mid_task_leaves_the_work_and_shows_it_again(repository: Repository) -> None:
    with Terminal(140, 40) as first:
        first.open(repository.root)
        first.until("embedded ●")
        repository.drop(kind="docstrings", task="")
        first.until(lambda screen: "running" in screen)
        pid = runner_pid(repository.folder)
    assert pid
    with Terminal(140, 40) as second:
        second.open(repository.root)
        second.until("proven ≡")
        assert runner_pid(repository.folder) == pid
        second.type("a")
        repository.until(True)
