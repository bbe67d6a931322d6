"""Tests that name what a proposal changes run first; what was approved still runs whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.place import git
from workbench.checks import command as command_module
from workbench.checks.command import run_commands
from workbench.checks.order import changed_symbols, first
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

BEFORE = b"def one():\n    return 1\n\n\ndef two():\n    return 2\n"
AFTER = BEFORE.replace(b"return 2", b"return 3")
EDIT = FileEdit(path="numbers_.py", before=BEFORE, after=AFTER)
COMMAND = "python -m pytest -v -p no:cacheprovider"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    command_module._known_bases.clear()
    place = tmp_path / "repository"
    place.mkdir()
    git(place, "init", "-q")
    (place / "numbers_.py").write_bytes(BEFORE)
    files = {
        "test_a.py": "def test_nothing(): pass\ndef test_more(): pass\n",
        "test_b.py": "import numbers_\ndef test_there(): assert numbers_\n",
        "test_c.py": "import numbers_\ndef test_late(): pass\ndef test_two(): assert numbers_.two() > 1\n",
        "test_d.py": "def test_last(): pass\n",
    }
    for name, text in files.items():
        (place / name).write_text(text)
    return place


async def run(root: Path, *edits: FileEdit, command: str = COMMAND) -> Check:
    (check,) = await run_commands(Repository(root), edits, [command], CheckSettings(allow=(command,)))
    return check


def names(check: Check) -> list[str]:
    return re.findall(r"::(test_\w+) PASSED", check.output)


async def test_files_that_name_the_change_come_first_and_each_stays_as_it_is(root: Path) -> None:
    check = await run(root, EDIT)
    assert check.ok, check.output
    assert names(check) == ["test_late", "test_two", "test_there", "test_nothing", "test_more", "test_last"]


async def test_without_a_change_the_order_is_the_authors(root: Path) -> None:
    assert names(await run(root)) == ["test_nothing", "test_more", "test_there", "test_late", "test_two", "test_last"]


async def test_a_suite_that_hangs_on_its_order_is_no_fault_of_the_change(root: Path) -> None:
    (root / "shared.py").write_text("seen = []\n")
    (root / "test_a.py").write_text("import shared\ndef test_nothing(): shared.seen.append(1)\n")
    (root / "test_d.py").write_text("import shared\n# two\ndef test_last(): assert shared.seen\n")
    check = await run(root, EDIT)
    assert check.ok is None, "it fails in one order and passes in the other: nothing is known by it"
    assert "test_last" in check.output


async def test_a_pytest_that_a_test_starts_knows_nothing_of_it(root: Path) -> None:
    (root / "test_c.py").write_text(
        "import os, subprocess, sys\n"
        "def test_two():\n"
        "    assert 'NANITES_CHECK_FIRST' not in os.environ\n"
        "    bare = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}\n"
        "    line = [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'test_d.py']\n"
        "    assert subprocess.run(line, env=bare).returncode == 0\n"
    )
    check = await run(root, EDIT)
    assert check.ok, check.output
    assert names(check)[0] == "test_two"


@pytest.mark.parametrize(
    "broken",
    [FileEdit(path="numbers_.py", before=BEFORE, after=b"def ("), FileEdit(path="x.txt", before=b"", after=b"y")],
)
async def test_a_change_that_cannot_be_read_is_no_obstacle(root: Path, broken: FileEdit) -> None:
    (root / "x.txt").write_text("")
    (check) = await run(root, broken, command="python -m pytest -v -p no:cacheprovider test_a.py test_d.py")
    assert check.ok, check.output


def test_symbols_are_those_whose_text_is_another() -> None:
    before = b"class A:\n    def same(self): return 1\n    def other(self): return 1\n\ndef gone(): pass\n"
    after = b"class A:\n    def same(self): return 1\n\n    def other(self): return 2\n\ndef new(): pass\n"
    assert changed_symbols(FileEdit(path="a.py", before=before, after=after)) == {"A", "other", "gone", "new"}
    assert changed_symbols(FileEdit(path="a.py", before=before, after=b"\n\n" + before)) == frozenset()
    assert changed_symbols(FileEdit(path="a.py", before=None, after=b"def made(): pass\n")) == {"made"}


def test_only_pytest_is_told() -> None:
    assert first("pytest", [EDIT]) == {"NANITES_CHECK_FIRST": "two|numbers_"}
    assert first("unittest", [EDIT]) == first(None, [EDIT]) == first("pytest", []) == {}
