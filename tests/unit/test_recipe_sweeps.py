"""Kinds through the folder and the runner, with prepared answers: sweeps, own kinds, and what needs no target."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.place import Place, git
from workbench.model import Approve, State, Verdict

LINT = '[checks]\nallow = ["ruff check {file}", "python -m pytest -q {path}"]\n'
NONE = "def {name}(x):\n    return x == None\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "project", settings=LINT)
    (place.root / "src").mkdir()
    for name in ("alpha", "beta", "gamma"):
        (place.root / "src" / f"{name}.py").write_text(f"import os\n\n\n{NONE.format(name=name)}")
    (place.root / "ruff.toml").write_text('[lint]\nselect = ["E", "F"]\n')
    git(place.root, "add", "-A")
    git(place.root, "commit", "-qm", "Add them")
    return place


async def test_a_sweep_lints_every_file_in_a_task_of_its_own(place: Place) -> None:
    rule = {
        "match": r"def (?P<name>\w+)\(",
        "answer": "```python\ndef \\g<name>(x):\n    return x is None\n```",
        "expand": True,
    }
    place.script([rule])
    parent = place.drop("", kind="lint", for_each="src/*.py", targets=())
    await place.drain(approve=Approve.CHECKED)
    assert place.result(parent).state is State.DONE
    assert "3 applied" in place.result(parent).summary
    for name in ("alpha", "beta", "gamma"):
        text = (place.root / "src" / f"{name}.py").read_text()
        assert "import os" not in text
        assert "return x is None" in text


async def test_a_sweep_comments_every_file(place: Place) -> None:
    answer = json.dumps({"comments": [{"line": "return x == None", "why": "None alone counts, not what is empty"}]})
    place.script([{"answer": answer}])
    parent = place.drop(
        "Comment the function alpha, beta or gamma in {file}", kind="comments", for_each="src/*.py", targets=()
    )
    await place.drain(approve=Approve.PROVEN)
    assert "3 applied" in place.result(parent).summary
    assert "    # None alone counts, not what is empty\n    return x" in (place.root / "src" / "beta.py").read_text()


@pytest.mark.slow
async def test_a_sweep_writes_a_test_file_for_each(place: Place) -> None:
    rule = {
        "match": r"Test `(?P<name>\w+)`",
        "answer": "```python\ndef test_\\g<name>():\n    assert \\g<name>(None)\n    assert not \\g<name>(1)\n```",
        "expand": True,
    }
    place.script([rule])
    (place.root / "conftest.py").write_text("import sys\n\nsys.path.insert(0, 'src')\n")
    parent = place.drop("", kind="tests", for_each="src/[ab]*.py", targets=())
    await place.drain(approve=Approve.CHECKED)
    assert "2 applied" in place.result(parent).summary
    assert (place.root / "tests" / "test_alpha.py").read_text().startswith("from alpha import alpha\n")
    assert (place.root / "tests" / "test_beta.py").is_file()


async def test_a_rename_over_a_glob_is_proven_and_undone(place: Place) -> None:
    (place.root / "src" / "use.py").write_text("from alpha import alpha\n\nprint(alpha(1))\n")
    task = place.drop("rename the function alpha to is_missing", kind="rename", targets=("src/*.py",))
    await place.drain(approve=Approve.PROVEN)
    result = place.result(task)
    assert (result.state, result.verdict) == (State.APPLIED, Verdict.PROVEN)
    assert "from alpha import is_missing" in (place.root / "src" / "use.py").read_text()
    place.decide(task, "undo")
    await place.drain()
    assert "from alpha import alpha" in (place.root / "src" / "use.py").read_text()


async def test_what_a_recipe_asks_to_rename_is_looked_for_outside_the_targets_too(place: Place) -> None:
    (place.root / "src" / "use.py").write_text("from alpha import alpha\n\nprint(alpha(1))\n")
    (place.root / ".nanites-recipes").mkdir()
    (place.root / ".nanites-recipes" / "plain.toml").write_text(
        'base = "rename"\ntask = "Rename the function alpha to is_missing."\n'
    )
    task = place.drop("", kind="plain", targets=("src/alpha.py",))
    await place.drain()
    result = place.result(task)
    assert result.error is not None
    assert result.error.code == "used-elsewhere"


async def test_a_commit_message_and_a_changelog_need_no_target(place: Place) -> None:
    place.script(
        [
            {"system": "commit message", "answer": '{"subject": "compare with None by identity", "body": []}'},
            {
                "system": "changelog",
                "answer": '{"entries": [{"section": "Fixed", "entry": "None is compared by identity"}]}',
            },
        ]
    )
    (place.root / "src" / "alpha.py").write_text(NONE.format(name="alpha").replace("==", "is"))
    message = place.drop("", kind="commit-message", targets=())
    log = place.drop("", kind="changelog", targets=())
    await place.drain(approve=Approve.ALL)
    assert place.result(message).state is State.DONE
    assert place.result(message).summary == "Compare with None by identity"
    assert place.result(log).state is State.APPLIED
    assert "- None is compared by identity." in (place.root / "CHANGELOG.md").read_text()


async def test_a_linter_that_is_not_allowed_is_refused_with_what_to_allow(place: Place) -> None:
    place.configure("")
    task = place.drop("", kind="lint", targets=("src/alpha.py",))
    await place.drain()
    error = place.result(task).error
    assert error is not None
    assert (error.code, error.hint) == ("command-not-allowed", "nanites allow 'ruff check {file}'")


async def test_a_kind_of_the_repository_runs_with_its_own_words(place: Place) -> None:
    (place.root / ".nanites-recipes").mkdir()
    recipe = place.root / ".nanites-recipes" / "identity.toml"
    recipe.write_text('base = "patch"\ntask = "Compare with None by identity."\ninstruction = "You write `is None`."\n')
    place.script([{"system": "is None", "answer": "```python\ndef alpha(x):\n    return x is None\n```"}])
    task = place.drop("", kind="identity", targets=("src/alpha.py",))
    await place.drain(approve=Approve.ALL)
    assert place.result(task).state is State.APPLIED
    assert "return x is None" in (place.root / "src" / "alpha.py").read_text()


async def test_a_broken_recipe_of_the_repository_refuses_the_task(place: Place) -> None:
    (place.root / ".nanites-recipes").mkdir()
    (place.root / ".nanites-recipes" / "odd.toml").write_text('base = "patch"\nallow = ["make"]\n')
    task = place.drop("", kind="odd", targets=("src/alpha.py",))
    await place.drain()
    told = json.loads((place.folder.path / "inbox" / "refused" / f"{task}.json.error.json").read_text())
    assert (told["code"], told["field"]) == ("recipe-invalid", "kind")
