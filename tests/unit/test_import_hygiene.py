"""The core knows no screen, and what must be quick loads nothing slow: looked at from outside, in fresh processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCREEN = {"textual", "widgets", "themes"}
SLOW = SCREEN | {"ollama", "dbos", "xllamacpp", "httpx", "watchfiles", "huggingface_hub", "sqlalchemy", "rich"}
QUICK = SLOW | {"pydantic", "pydantic_core", "yaml", "asyncio", "ssl", "pygments", "subprocess"}

WATCH = """
import json, sys
before = set(sys.modules)
{code}
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})))
"""


def loaded(code: str, folder: Path) -> set[str]:
    """Return the names of top packages that `code` loads in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH.format(code=code)], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.strip().splitlines()[-1]))


def command(*arguments: str) -> str:
    return f"from workbench.cli import main\nassert main({list(arguments)!r}) == 0"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "task.json").write_text('{"task": "Make it so", "targets": "a.py"}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("submit", "--kind", "patch", "Make it so", "--target", "a.py", "--priority", "2"),
        ("submit", "task.json", "--json"),
        ("init",),
        ("schema", "task"),
        ("hook", "session-start"),
    ],
)
def test_quick_commands_load_nothing_slow(repository: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(command(*arguments), repository) & QUICK == set()


def test_the_status_line_may_ask_what_was_saved_today(repository: Path) -> None:
    code = """
from pathlib import Path
from workbench.ledger import saved_today
from workbench.spool.folder import Folder
assert saved_today(Folder(Path("."))) == 0"""
    assert loaded(code, repository) & QUICK == set()


@pytest.mark.parametrize("arguments", [("list",), ("--json",)])
def test_looking_loads_neither_an_engine_nor_the_queue(repository: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(command(*arguments), repository) & SLOW == set()


@pytest.mark.parametrize(
    "module",
    [
        "workbench.client",
        "workbench.headless",
        "workbench.doctor",
        "workbench.crew.desk",
        "workbench.engines.pool",
        "workbench.runner",
        "workbench.spool.watch",
        "workbench.settings",
    ],
)
def test_importing_a_room_loads_nothing_slow(repository: Path, module: str) -> None:
    assert loaded(f"import {module}", repository) & SLOW == set()


@pytest.mark.parametrize("module", ["workbench.runner.runner", "workbench.demo", "workbench.commands.house"])
def test_even_the_runner_knows_no_screen(repository: Path, module: str) -> None:
    assert loaded(f"import {module}", repository) & SCREEN == set()
