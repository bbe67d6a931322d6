"""Which commands may run: by exact text, by patterns with holes, never where a person said so; and who judges them."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.checks.allowance import allows, judged, refuse_unless_allowed, steering, with_allowed
from workbench.consent import Consent
from workbench.errors import CheckFailed, NaniteError
from workbench.home import HOME_VARIABLE
from workbench.model import FileEdit, Proposal, Verdict


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "nanites-home"))
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "tests").mkdir()
    (root / "tests/test_a.py").write_text("")
    (root / "-x").write_text("")
    (root / "out").symlink_to("/etc")
    return root


@pytest.mark.parametrize("command", ["pytest -q tests/test_a.py", "pytest  -q 'tests/test_a.py'"])
def test_a_hole_takes_a_file_of_the_repository(root: Path, command: str) -> None:
    assert allows(["pytest -q {file}"], command, root)


@pytest.mark.parametrize(
    "command",
    [
        "pytest -q",
        "pytest -q tests/test_a.py -p evil",
        "pytest -q 'tests/test_a.py -p evil'",
        "pytest -q tests",
        "pytest -q tests/gone.py",
        "pytest -q -x",
        "pytest -q /etc/passwd",
        "pytest -q ../outside.py",
        "pytest -q tests/../../outside.py",
        "pytest -q out/passwd",
        "pytest -q .git/config",
        "pytest -q .nanites/events.jsonl",
        "pytest -q ''",
        "pytest -q {file}/..",
        "sh -q tests/test_a.py",
        "pytest -q 'unclosed",
    ],
)
def test_a_hole_takes_nothing_else(root: Path, command: str) -> None:
    assert not allows(["pytest -q {file}"], command, root)


def test_holes_may_stand_within_a_word(root: Path) -> None:
    allowed = ["run --file={file} --in={folder}::{path}"]
    assert allows(allowed, "run --file=tests/test_a.py --in=tests::tests", root)
    assert not allows(allowed, "run --file=tests --in=tests::tests", root)


def test_other_braces_are_text(root: Path) -> None:
    assert allows(["awk '{print}' x"], "awk '{print}' x", root)
    assert not allows(["awk '{print}' x"], "awk tests x", root)


@given(st.text(max_size=40))
def test_without_holes_only_the_exact_text_fits(text: str) -> None:
    assert allows(["pytest -q"], text, Path("/nowhere")) == (text == "pytest -q")


def test_a_persons_no_is_stronger_than_the_repositorys_yes(root: Path) -> None:
    refuse_unless_allowed(["make"], ("make",), root)
    Consent.of(root).with_never("make")
    with pytest.raises(CheckFailed) as caught:
        refuse_unless_allowed(["make"], ("make",), root)
    assert caught.value.code == "command-forbidden"
    Consent.of(root).forget("make")
    refuse_unless_allowed(["make"], ("make",), root)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("", []),
        ("# mine\n[engine]\nslots = 1\n", []),
        ("[checks]\n", []),
        ("[checks]", []),
        ("[checks]\ntimeout = 5\n\n[approve]\ndefault = 'ask'\n", []),
        ("[checks]\nallow = []\n", []),
        ("[checks]\nallow = ['a']\n", ["a"]),
        ("[checks]\nallow = [\n  'a', # why\n  \"b ] c\",\n]\ntimeout = 5\n[engine]\nslots = 1\n", ["a", "b ] c"]),
        ("[ checks ] # here\nallow=[ ]\n", []),
    ],
)
def test_allowing_adds_one_command_and_leaves_the_rest(text: str, known: list[str]) -> None:
    command = 'pytest -k "a\\b" é'
    changed = with_allowed(text, command)
    assert set(tomllib.loads(changed)["checks"].pop("allow")) == {*known, command}
    assert all(line in changed for line in text.splitlines() if "allow" not in line)


@pytest.mark.parametrize("text", ["checks.allow = ['a']\n", "checks = {allow = ['a']}\n", "not toml", "[[checks]]\n"])
def test_what_cannot_be_added_to_is_left_alone(text: str) -> None:
    with pytest.raises(NaniteError) as caught:
        with_allowed(text, "make")
    assert "by hand" in caught.value.hint


def nanites(root: Path, *arguments: str) -> dict[str, object]:
    done = subprocess.run(
        ["python", "-m", "workbench.cli", "--json", "--repo", str(root), "allow", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    value: dict[str, object] = json.loads(done.stdout)
    return value


def test_the_command_line_allows_forbids_and_tells(root: Path) -> None:
    assert nanites(root)["allow"] == []
    assert nanites(root, "pytest -q")["allow"] == ["pytest -q"]
    assert nanites(root, "pytest -q")["allow"] == ["pytest -q"]
    assert (root / "nanites.toml").read_text() == '[checks]\nallow = ["pytest -q"]\n'
    assert nanites(root, "--never", "pytest -q")["never"] == ["pytest -q"]
    told = nanites(root, "--unguarded", "pytest -q")
    assert (told["never"], told["unguarded"]) == ([], ["pytest -q"])
    assert told["guard"] in {"bubblewrap", "namespaces", "landlock", "none"}
    assert nanites(root, "pytest -q")["unguarded"] == []


def edit(path: str) -> FileEdit:
    return FileEdit(path=path, before=None, after=b"")


@pytest.mark.parametrize(
    "path",
    [
        "conftest.py",
        "tests/conftest.py",
        "Makefile",
        "deep/package.json",
        "pyproject.toml",
        "pytest.ini",
        "jest.config.ts",
        "Cargo.toml",
        "build.rs",
        "nanites.toml",
        "check.sh",
        "tools/check.py",
    ],
)
def test_a_proposal_that_changes_what_its_checks_do_is_not_checked(path: str) -> None:
    commands = ("./check.sh", "python tools/check.py", "pytest -q")
    proposal = Proposal(summary="s", edits=(edit("code.py"), edit(path)), verdict=Verdict.CHECKED)
    found = judged(proposal, commands)
    assert found.verdict is Verdict.UNVERIFIED
    assert path in found.notes[-1]


def test_any_other_proposal_keeps_its_verdict() -> None:
    edits = (edit("code.py"), edit("tests/test_a.py"), edit("docs/package.json.md"))
    assert steering(edits, ("pytest -q tests/test_a.py", "'unclosed")) == ()
    proposal = Proposal(summary="s", edits=edits, verdict=Verdict.CHECKED)
    assert judged(proposal, ("pytest -q tests/test_a.py",)) == proposal
    proven = Proposal(summary="s", edits=(edit("conftest.py"),), verdict=Verdict.PROVEN)
    assert judged(proven, ()) == proven


@pytest.mark.parametrize(
    "command",
    [
        "mypy a.py",
        "flake8 a.py b.py",
        "pytest a.py",
        "shellcheck a.py",
        "python -m pytest a.py",
        "python3.12 -mmypy a.py",
        "python -X dev -m pytest -q a.py",
        "uv run pytest -q a.py",
        "uv run --with x mypy a.py",
        "env FOO=1 pytest a.py",
        "timeout 60 mypy a.py",
        "nice -n 10 python -m mypy a.py",
        "npx jest a.py",
        "bun test a.py",
        "node --test a.py",
        "coverage run -m pytest a.py",
        "bash -c 'mypy a.py && pytest -q a.py'",
        "make a.py",
        "test -f a.py",
        "grep -c x a.py",
        "run --file=a.py",
    ],
)
def test_what_a_command_only_looks_at_may_change(command: str) -> None:
    assert steering((edit("a.py"),), (command,)) == ()


@pytest.mark.parametrize(
    "command",
    [
        "a.py",
        "./a.py --fast",
        "python a.py",
        "python ./a.py b.py",
        "/usr/bin/python3.12 -u a.py",
        "python -X dev a.py",
        "python -W error -X dev a.py",
        "python -m a",
        "python -mcoverage run a.py",
        "python -m pdb a.py",
        "env FOO=1 python a.py",
        "env -u FOO python -u a.py",
        "uv run a.py",
        "uv run --with x --with y a.py",
        "uv run python a.py",
        "poetry run python -X dev a.py",
        "npx ts-node a.py",
        "node a.py",
        "node --require ./b.js a.py",
        "node -r ./a.py b.js",
        "deno run -A a.py",
        "bun a.py",
        "bun run a.py",
        "bash a.py",
        "bash -euo pipefail a.py",
        "sh -c './a.py'",
        "bash -ec 'cd . && . ./a.py'",
        "bash -c 'true;python a.py|cat'",
        "coverage run a.py",
        "timeout 60 nice -n 5 python a.py",
        "go run a.py",
        "make -f a.py",
        "bash -o pipefail -c './a.py --all'",
        "pytest -q --config=a.py",
        "mypy --config-file a.py b.py",
        "pytest -c a.py",
        "awk -f a.py b.py",
    ],
)
def test_what_a_command_runs_is_not_judged_by_it(command: str) -> None:
    assert steering((edit("a.py"),), (command,)) == ("a.py",)


WORDS = st.lists(st.sampled_from(["env", "sh", "-c", "uv", "run", "-m", "a.py", "-x"]), max_size=60)


@given(st.text(max_size=60) | WORDS.map(" ".join))
def test_any_command_can_be_looked_into(command: str) -> None:
    assert steering((edit("b/c.py"),), (command,)) == ()


def test_a_command_within_many_others_is_found() -> None:
    for deep in ("env " * 3_000, "env -x " * 60):
        assert steering((edit("a.py"),), (f"{deep} python a.py",)) == ("a.py",)
