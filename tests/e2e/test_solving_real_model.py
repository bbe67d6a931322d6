"""Solving with real models of unequal size: the 0.5B plays the nanite, the 1.5B the tier above it."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.e2e.conftest import MODEL, SMALL
from workbench.model import Approve, Result, State, TaskSpec, Verdict
from workbench.repository import Repository
from workbench.runner import run
from workbench.settings import load
from workbench.spool.folder import Folder
from workbench.spool.inbox import drop
from workbench.spool.records import Record, read_record, read_result

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

TARGET = "toolz/dicttoolz.py"
TASK = "assoc: if the key is already in d with an equal value, return d itself instead of a copy."
CHECK = "python check_assoc.py"
ORACLE = """from toolz import assoc

d = {"x": 1}
assert assoc(d, "x", 1) is d
assert assoc(d, "x", 2) == {"x": 2}
assert assoc(d, "y", 1) == {"x": 1, "y": 1}
assert d == {"x": 1}
"""
SETTINGS = f"""[engine]
order = ["embedded"]

[models]
nanite = "{SMALL}"
mid = "{MODEL}"

[checks]
allow = ["{CHECK}"]

[runner]
repairs = 0
"""


@pytest.fixture
def package(tmp_path: Path, embedded_home: Path) -> Repository:
    """Return the source archive of toolz as a git repository with a check and settings for two tiers."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "toolz", "toolz"]
    subprocess.run([*pip, "-d", str(tmp_path)], check=True, timeout=300)
    archive = next(tmp_path.glob("toolz-*.tar.gz"))
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    root = tmp_path / archive.name.removesuffix(".tar.gz")
    (root / "check_assoc.py").write_text(ORACLE, encoding="utf-8")
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "as fetched"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return Repository.find(root)


async def solved(repository: Repository, solve: str, **fields: object) -> tuple[Result, Record, list[str]]:
    """Return what became of a task, and the models that were asked for it, in order."""
    (repository.root / "nanites.toml").write_text(f"{SETTINGS}\n[solve]\n{solve}\n", encoding="utf-8")
    folder = Folder(repository.root).ensure()
    task = drop(folder, TaskSpec.model_validate({"task": TASK, "targets": (TARGET,)} | fields))
    await run(repository, load(repository.root), drain=True, approve=Approve.CHECKED)
    transcript = folder.task(task).joinpath("transcript.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [line["model"] for line in map(json.loads, transcript) if line["event"] == "prompt-sent"]
    result = read_result(folder, task)
    assert result is not None
    return result, read_record(folder, task), asked


async def test_what_the_small_model_cannot_do_the_larger_one_does(package: Repository) -> None:
    result, record, asked = await solved(
        package, "retries = 0\nbranches = 0\ntests = false\nwrap = false", check=(CHECK,)
    )
    assert asked[0] == SMALL
    assert asked[-1] == MODEL
    assert f"climbed to {MODEL}" in record.notes
    assert (result.state, result.verdict) == (State.APPLIED, Verdict.CHECKED)
    assert any(check.name == CHECK and check.ok for check in result.checks)
    assert b"if" in (package.root / TARGET).read_bytes().partition(b"def assoc(")[2].partition(b"def ")[0]


async def test_without_climbing_the_small_model_says_what_it_tried(package: Repository) -> None:
    solve = "retries = 0\nbranches = 0\ntests = false\nclimb = false\nwrap = false"
    result, _, asked = await solved(package, solve, check=(CHECK,))
    assert set(asked) == {SMALL}
    assert result.state is State.FAILED
    assert result.error is not None
    assert result.error.code == "checks-failed"
    assert not package.git("status", "--porcelain", "--", TARGET).stdout


async def test_turned_where_the_task_moves_it_the_small_model_does_it_after_all(package: Repository) -> None:
    solve = "retries = 0\nbranches = 9\ntests = false\nclimb = false\nwrap = false"
    result, record, asked = await solved(package, solve, check=(CHECK,))
    assert set(asked) == {SMALL}
    assert len(asked) > 2
    assert (result.state, result.verdict) == (State.APPLIED, Verdict.CHECKED), record.error
    folder = Folder(package.root)
    transcript = folder.task(result.id).joinpath("transcript.jsonl").read_text(encoding="utf-8")
    assert "[assistant]" in transcript
    lines = [json.loads(line) for line in transcript.splitlines()]
    answers = [line["text"] for line in lines if line["event"] == "answer-received"]
    # What goes on from a beginning is shown with it.
    assert len(answers) > 2
    assert all("def " in text for text in answers)


async def test_answers_that_nothing_checks_are_compared_and_stay_unverified(package: Repository) -> None:
    result, record, asked = await solved(package, "samples = 3\nwrap = false", model=MODEL)
    assert set(asked) == {MODEL}
    assert len(asked) in {2, 3}
    assert result.verdict is Verdict.UNVERIFIED
    assert result.state is State.REVIEW
    assert any("answers agreed" in note for note in record.notes)
    assert result.usage.cached > 0, "the second answer reads the same prompt"


async def test_where_no_command_judges_it_what_is_new_comes_as_a_wrapper_and_goes_into_the_function(
    package: Repository,
) -> None:
    result, _, asked = await solved(package, "samples = 1\nslips = false", model=MODEL)
    assert set(asked) == {MODEL}
    assert (result.state, result.verdict) == (State.REVIEW, Verdict.UNVERIFIED)
    folder = Folder(package.root)
    transcript = folder.task(result.id).joinpath("transcript.jsonl").read_text(encoding="utf-8")
    assert "def old_assoc(" in transcript
    change = folder.task(result.id).joinpath("proposal.patch").read_text(encoding="utf-8")
    assert "\n+" in change
    assert "old_assoc" not in change


async def test_where_a_command_judges_it_the_plain_answer_comes_first_and_is_compared(package: Repository) -> None:
    result, _, asked = await solved(package, "samples = 3", check=(CHECK,), model=MODEL)
    assert set(asked) == {MODEL}
    assert (result.state, result.verdict) == (State.APPLIED, Verdict.CHECKED)
    lines = Folder(package.root).task(result.id).joinpath("transcript.jsonl").read_text(encoding="utf-8").splitlines()
    first = next(line for line in map(json.loads, lines) if line["event"] == "prompt-sent")
    assert "old_assoc" not in first["prompt"]
    changed = (package.root / TARGET).read_text(encoding="utf-8")
    assert changed.count("def assoc(") == 1
    assert any(check.name in {CHECK, "assoc as before"} and check.ok for check in result.checks)
