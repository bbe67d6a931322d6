"""What a test run says of each test, and what of a failure is the change's own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from workbench.checks import command as command_module
from workbench.checks.command import run_commands
from workbench.checks.results import MAX_REPORT_BYTES, REPORT, Outcome, compared, failed, read, tool_of
from workbench.checks.worktree import scratch
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("pytest -q", "pytest"),
        (".venv/bin/pytest", "pytest"),
        ("python -m pytest tests", "pytest"),
        ("python3.12 -m unittest", "unittest"),
        ("go test ./...", "go"),
        ("go vet", None),
        ("cargo test", "cargo"),
        ("npx jest", "jest"),
        ("make test", None),
        ("", None),
    ],
)
def test_a_tool_is_known_by_its_command(line: str, tool: str | None) -> None:
    assert tool_of(line.split()) == tool


GO = """--- PASS: TestA (0.00s)
--- FAIL: TestB (0.01s)
    --- FAIL: TestB/with_name (0.00s)
--- SKIP: TestC (0.00s)
FAIL\texample.com/m\t0.003s
"""
CARGO = """running 3 tests
test tests::adds ... ok
test tests::panics - should panic ... FAILED
test tests::slow ... ignored
"""
JEST = """FAIL ./sum.test.js
  sums
    ✓ adds (2 ms)
    ✕ takes away (1 ms)
    ○ skipped later
"""
UNITTEST = """F.
======================================================================
FAIL: test_b (tests.test_x.Case.test_b)
----------------------------------------------------------------------
"""


@pytest.mark.parametrize(
    ("tool", "output", "bad", "most"),
    [
        ("go", GO, {"TestB", "TestB/with_name"}, 4),
        ("cargo", CARGO, {"tests::panics"}, 3),
        ("jest", JEST, {"takes away"}, 3),
        ("jest", "FAIL ./a.test.js\n  ● sums › old\n\n    always\n\nPASS ./b.test.js\n", {"sums › old"}, 1),
        ("unittest", UNITTEST, {"test_b (tests.test_x.Case.test_b)"}, 1),
        ("pytest", "FAILED a.py::test_x - assert 0\nERROR b.py\n", {"a.py::test_x", "b.py"}, 2),
    ],
)
def test_outcomes_are_read_from_what_is_printed(
    tool: str, output: str, bad: set[str], most: int, tmp_path: Path
) -> None:
    found = read(tool, output, tmp_path)  # type: ignore[arg-type]  # one of the names
    assert failed(found) == bad
    assert len(found) == most


def test_unittest_says_so_itself(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(
        "import unittest\nclass Case(unittest.TestCase):\n"
        "    def test_a(self): pass\n    def test_b(self): self.fail()\n    def test_c(self): raise OSError\n"
    )
    done = subprocess.run([sys.executable, "-m", "unittest"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert {name.split()[0] for name in failed(read("unittest", done.stderr, tmp_path))} == {"test_b", "test_c"}


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"<a",
        b"\xff\xfe",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuite><testcase name="&a;"/></testsuite>',
        b"<t>" * 100_000,
        b" " * (MAX_REPORT_BYTES + 1),
    ],
)
def test_a_report_that_is_none_is_passed_over(tmp_path: Path, report: bytes) -> None:
    (tmp_path / REPORT).write_bytes(report)
    assert read("pytest", "", tmp_path) == ()


def test_a_report_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.xml"
    real.write_text('<testsuite><testcase name="secret"><failure/></testcase></testsuite>')
    (tmp_path / REPORT).symlink_to(real)
    assert read("pytest", "", tmp_path) == ()
    (tmp_path / REPORT).unlink()
    os.mkfifo(tmp_path / REPORT)
    assert read("pytest", "", tmp_path) == ()


def outcomes(**endings: str) -> tuple[Outcome, ...]:
    return tuple(Outcome(name, ending) for name, ending in endings.items())  # type: ignore[arg-type]


def test_what_is_told_of_a_failure() -> None:
    now = outcomes(a="failed", b="failed", c="failed", d="passed")
    told = compared(now, outcomes(a="passed", b="failed", c="passed"), outcomes(a="failed", b="failed", c="passed"))
    assert told.splitlines() == [
        "broken by this change: a",
        "failed before this change too: b",
        "flaky, failed once and passed once: c",
    ]
    assert compared(outcomes(a="passed"), (), ()) == ""
    assert compared(now, None, None) == ""


# For real

WITHOUT = "-p no:cacheprovider -p no:textual-snapshot -p no:syrupy -p no:hypothesispytest -p no:xdist"
"""Plugins of this environment that take longer to load than the tests do."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    command_module._known_bases.clear()
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "sums.py").write_text("def one(): return 1\ndef two(): return 1\n")
    (root / "test_sums.py").write_text(
        "import sums\ndef test_one(): assert sums.one() == 1\ndef test_two(): assert sums.two() == 2\n"
    )
    return root


async def check(root: Path, after: bytes) -> Check:
    command = f"{sys.executable} -m pytest -q {WITHOUT}"
    edit = FileEdit(path="sums.py", before=(root / "sums.py").read_bytes(), after=after)
    (found,) = await run_commands(Repository(root), [edit], [command], CheckSettings(allow=(command,)))
    return found


async def test_a_failure_says_what_the_change_broke_and_what_was_broken_before(root: Path) -> None:
    found = await check(root, b"def one(): return 2\ndef two(): return 1\n")
    assert found.ok is False
    assert "broken by this change: test_sums::test_one" in found.output
    assert "failed before this change too: test_sums::test_two" in found.output


@pytest.mark.slow
async def test_the_tree_without_the_change_is_run_once_for_each_content(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(repository: Repository, edits: list[FileEdit], *, bind: bool) -> object:
        made.append(len(edits))
        return scratch(repository, edits, bind=bind)

    monkeypatch.setattr(command_module, "scratch", counted)
    await check(root, b"def one(): return 2\ndef two(): return 1\n")
    await check(root, b"def one(): return 3\ndef two(): return 1\n")
    assert made.count(0) == 1
    (root / "sums.py").write_text("def one(): return 1\ndef two(): return 2\n")
    await check(root, b"def one(): return 3\ndef two(): return 1\n")
    assert made.count(0) == 2


async def test_what_fails_only_now_and_then_is_named_and_proves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def watched(repository: Repository, edits: list[FileEdit], *, bind: bool) -> object:
        made.append(len(edits))
        if len(made) == 3:
            # Of the three runs (with the change, without it, with it again) the last finds another world.
            (root / "later").write_text("")
        return scratch(repository, edits, bind=bind)

    monkeypatch.setattr(command_module, "scratch", watched)
    (root / "sums.py").write_text("def one(): return 1\ndef two(): return 2\n")
    flaky = b"import os\ndef one(): return 1\ndef two(): return 2 if os.path.exists('later') else 1\n"
    found = await check(root, flaky)
    assert made == [1, 0, 1]
    assert found.ok is None
    assert "flaky, failed once and passed once: test_sums::test_two" in found.output


async def test_a_repaired_tree_passes_without_more_ado(root: Path) -> None:
    found = await check(root, b"def one(): return 1\ndef two(): return 2\n")
    assert found.ok, found.output
    assert "change" not in found.output
