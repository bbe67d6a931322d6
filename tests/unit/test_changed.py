"""What a review without files is about: the lines that are not committed yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.place import TEXT, Place, git
from workbench.context.changed import changed_excerpts
from workbench.errors import TaskRefused
from workbench.model import State


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


def test_changed_lines_come_with_some_around_them(place: Place) -> None:
    long = "".join(f"a{number} = {number}\n" for number in range(100))
    (place.root / "long.py").write_text(long, encoding="utf-8")
    git(place.root, "add", "-A")
    git(place.root, "commit", "-qm", "more")
    (place.root / "long.py").write_text(
        long.replace("a50 = 50", "a50 = 51").replace("a90 = 90\n", ""), encoding="utf-8"
    )
    first, second = changed_excerpts(place.repository)
    assert (first.path, first.first, first.last) == ("long.py", 41, 61)
    assert "a50 = 51" in first.text
    assert second.first <= 90 <= second.last


def test_what_is_staged_goes_first_and_what_is_gone_is_left_out(place: Place) -> None:
    (place.root / "new.py").write_text("x = 1\n", encoding="utf-8")
    git(place.root, "add", "new.py")
    (place.root / "text.py").unlink()
    (only,) = changed_excerpts(place.repository)
    assert (only.path, only.text) == ("new.py", "x = 1")


def test_where_nothing_is_changed_there_is_nothing_to_do(place: Place) -> None:
    with pytest.raises(TaskRefused) as refused:
        changed_excerpts(place.repository)
    assert refused.value.code == "nothing-to-do"


async def test_a_review_without_files_is_of_the_working_tree(place: Place) -> None:
    found = {"line": 2, "evidence": "return text.upper()", "claim": "It no longer shouts.", "severity": "low"}
    yes = json.dumps({"does": "no mark", "holds": True})
    place.script([{"system": "claims a fault", "answer": yes}, {"answer": json.dumps({"findings": [found]})}])
    (place.root / "text.py").write_text(TEXT.replace(' + "!"', ""), encoding="utf-8")
    task = place.drop("", kind="review", targets=())
    await place.drain()
    result = place.result(task)
    assert result.state is State.DONE
    assert result.verdict is None
    assert result.summary == "1 finding (1 low). low: It no longer shouts. (text.py:5)"
    voices = {line["voice"] for line in place.lines if line["event"] == "answer-received"}
    assert voices == {"Reviewer", "Second Voice"}


async def test_a_kind_of_the_repositorys_own_that_reviews_sees_the_same(place: Place) -> None:
    (place.root / ".nanites-recipes").mkdir()
    (place.root / ".nanites-recipes" / "strict.toml").write_text('base = "review"\ntask = "Be strict."\n')
    place.script([{"answer": json.dumps({"findings": []})}])
    (place.root / "text.py").write_text(TEXT.replace(' + "!"', ""), encoding="utf-8")
    task = place.drop("", kind="strict", targets=())
    await place.drain()
    assert place.result(task).state is State.DONE
    (asked,) = place.asked()
    assert "return text.upper()" in json.dumps(asked)
