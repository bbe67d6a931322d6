"""Solving under the runner: the ladder it climbs, tests it finds, and what a restart asks again, which is nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from tests.house.place import PATCH_RULE, TRUNCATED, Place
from workbench.model import Approve, State, Verdict
from workbench.spool.records import read_record

WRONG = "```python\ndef truncate(text, limit):\n    return text[: limit + 3]\n```\n"


def place_of(tmp_path: Path, settings: str, *rules: dict[str, Any]) -> Place:
    return Place(tmp_path / "repository", settings=settings, rules=rules or [PATCH_RULE])


def models(place: Place) -> list[str]:
    return [line["model"] for line in place.asked()]


async def test_mid_is_asked_only_where_the_file_sets_it(tmp_path: Path) -> None:
    plain = "[solve]\nretries = 0\nsamples = 1\nwrap = false\n[runner]\nrepairs = 0\n"
    place = place_of(tmp_path, plain, {"answer": "Sure."})
    task = place.drop()
    await place.drain()
    assert len(models(place)) == 1
    place.configure(f'{plain}[models]\nnanite = "small"\nmid = "large"\n')
    place.script([{"answer": "Sure.", "times": 1}, {"answer": "Sure.", "times": 1}, PATCH_RULE])
    other = place.drop()
    await place.drain()
    assert models(place)[1:] == ["small", "large"]
    assert place.result(task).state is State.FAILED
    assert place.result(other).state is State.REVIEW
    assert "climbed to large" in read_record(place.folder, other).notes


async def test_a_wrapper_goes_into_the_function_it_wraps(tmp_path: Path) -> None:
    wrapper = "def truncate(text, limit):\n    if limit < 0:\n        return ''\n    return old_truncate(text, limit)"
    rule = {"contains": "def old_truncate", "answer": f"```python\n{wrapper}\n```"}
    place = place_of(tmp_path, "[solve]\nsamples = 1\n", rule)
    task = place.drop(task="truncate() must return '' when limit is negative")
    await place.drain(approve=Approve.ALL)
    assert place.result(task).state is State.APPLIED
    text = (place.root / "text.py").read_text(encoding="utf-8")
    assert "def truncate(text, limit):\n    if limit < 0:\n        return ''\n    if len(text) > limit:" in text
    assert "old_truncate" not in text


async def test_a_task_that_names_its_model_climbs_nowhere(tmp_path: Path) -> None:
    settings = '[solve]\nretries = 0\nsamples = 1\nwrap = false\n[models]\nmid = "large"\n'
    place = place_of(tmp_path, settings, {"answer": "Sure."})
    place.drop(model="own")
    place.drop(tier="mid", task="Make truncate() never exceed the limit")
    await place.drain()
    assert set(models(place)) == {"own", "large"}
    assert Counter(models(place)) == {"own": 2, "large": 2}


async def test_a_restart_goes_on_with_the_answers_it_had(tmp_path: Path) -> None:
    settings = "[solve]\nsamples = 5\nslips = false\n"
    one = {"answer": WRONG, "times": 1}
    place = place_of(tmp_path, settings, one, {"answer": "…", "hang": True})
    async with place.at_work():
        task = place.drop()
        await place.heard("answer-received", task)
        while len(place.asked("begun")) < 2:
            await place.heard("token-streamed", task, text="…")
    place.script([PATCH_RULE])
    await place.drain(approve=Approve.ALL)
    assert place.result(task).state is State.APPLIED
    assert (place.root / "text.py").read_text().count("max(limit - 3, 0)") == 1
    assert "3 of 4 answers agreed" in read_record(place.folder, task).notes
    requests = Counter(line["request"] for line in place.asked())
    assert len(requests) == 4
    assert set(requests.values()) == {1}


async def test_tests_that_touch_the_change_are_offered_with_the_command(tmp_path: Path) -> None:
    place = place_of(tmp_path, "[solve]\nsamples = 1\n")
    (place.root / "test_text.py").write_text("from text import truncate\n\n\ndef test_it():\n    truncate('a', 1)\n")
    task = place.drop()
    await place.drain()
    (note,) = [note for note in read_record(place.folder, task).notes if "test_text.py" in note]
    assert "python -m pytest -q test_text.py" in note
    assert place.result(task).verdict is Verdict.UNVERIFIED


async def test_a_budget_of_the_task_is_kept(tmp_path: Path) -> None:
    place = place_of(tmp_path, "[solve]\nsamples = 3\n", {"answer": TRUNCATED})
    task = place.drop(budget_tokens=1)
    await place.drain()
    assert len(place.asked()) == 1
    assert place.result(task).state is State.REVIEW


async def test_what_the_prompt_cache_held_is_in_the_record(tmp_path: Path) -> None:
    place = place_of(tmp_path, "")
    task = place.drop()
    await place.drain()
    assert read_record(place.folder, task).usage.cached == 0
    assert "cached" not in place.result(task).as_fields()["usage"]
