"""A runner killed at any moment: the next one finishes the work as if nothing had happened."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.model import State
from workbench.spool.records import read_record, read_records, write_record

CHECK = 'python3 -c \'import text; assert text.truncate("abcdef", 5) == "ab..."\''
SLOTS = 2
SETTINGS = f"[checks]\nallow = [{json.dumps(CHECK)}]\n[runner]\nparallel = {SLOTS}\n"
DESCRIBED = {"summary": "Return the text in capitals.", "args": {"text": "the text"}, "returns": "the capitals"}
DOCUMENT = {"contains": "shout", "answer": json.dumps(DESCRIBED)}


def run_mortal(place: Place, kind: str, number: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.house.mortal_runner", str(place.root), kind, str(number)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def new_place(folder: Path) -> Place:
    """Return a repository with three tasks in its inbox: one with a check, one with many questions, one by policy."""
    place = Place(folder / "repository", settings=SETTINGS, rules=[PATCH_RULE, DOCUMENT, {"answer": "It is small."}])
    names = "".join(f"def shout{number}(text):\n    return text.upper()\n\n\n" for number in range(3))
    (place.root / "loud.py").write_text(names, encoding="utf-8")
    (place.root / "twin.py").write_text(TEXT, encoding="utf-8")
    place.drop(check=(CHECK,), key="patch")
    place.drop("", kind="docstrings", targets=("loud.py",), key="docstrings")
    place.drop("Make truncate() never exceed limit, in the twin", targets=("twin.py",), key="twin")
    return place


def expected(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, int], int]:
    """Return what the files are after an undisturbed run, how many moments went by, and how many questions."""
    place = new_place(tmp_path / "undisturbed")
    done = run_mortal(place, "none", 0)
    assert done.returncode == 0, done.stderr
    return files(place), json.loads(done.stdout.splitlines()[-1]), len(place.asked())


def files(place: Place) -> dict[str, bytes]:
    """Return the files of the repository; its settings name the test's own folder and are left out."""
    paths = [path for path in sorted(place.root.glob("*")) if path.is_file() and path.name != "nanites.toml"]
    return {path.name: path.read_bytes() for path in paths}


def draw(chance: random.Random, moments: dict[str, int], life: int) -> tuple[str, int]:
    """Return a moment to die at; later lives have less left to do, so they die sooner."""
    kind = chance.choice(sorted(moments))
    return kind, chance.randint(1, max(1, moments[kind] // (life + 1)))


def die_often(folder: Path, deaths: int, seed: int) -> None:
    """Kill runners, three lives to a repository, until so many died; each repository must end as if none had."""
    want, moments, questions = expected(folder)
    chance = random.Random(seed)
    died = rounds = 0
    while died < deaths:
        rounds += 1
        lives = [draw(chance, moments, life) for life in range(3)]
        died += die_and_finish(folder / str(rounds), lives, want, questions)
        assert rounds <= deaths, "moments are drawn that nobody dies at"


def asked_in_vain(asked: list[dict[str, Any]]) -> list[str]:
    """Return the questions that were asked again although their answer had been kept.

    An answer may come so late that the runner dies before the store has it: then it is among the last answers that this
    runner's slots got. Any other must never be asked for again.
    """
    found = []
    for number, line in enumerate(asked):
        last = [other["request"] for other in asked if other["pid"] == line["pid"]][-SLOTS:]
        if line["request"] in {other["request"] for other in asked[number + 1 :]} - set(last):
            found.append(line["request"])
    return found


def die_and_finish(folder: Path, moments: list[tuple[str, int]], want: dict[str, bytes], questions: int) -> int:
    """Kill runners of one repository one after the other, let the last one finish; return how many died."""
    place = new_place(folder)
    old = files(place)
    died = 0
    for kind, number in moments:
        died += run_mortal(place, kind, number).returncode == -9
        now = files(place)
        for name in ("text.py", "loud.py", "twin.py"):
            assert now[name] in {want[name], old[name]}, name
    last = run_mortal(place, "none", 0)
    assert last.returncode == 0, last.stderr
    records = list(read_records(place.folder))
    assert Counter(record.state for record in records) == {State.APPLIED: 3}, records
    assert {record.task.spec.key for record in records} == {"patch", "docstrings", "twin"}
    assert files(place) == want
    asked = place.asked()
    assert len({line["request"] for line in asked}) == questions
    assert not asked_in_vain(asked)
    for record in records:
        assert place.result(record.task.id).state is State.APPLIED
        assert not (place.folder.task(record.task.id) / "decision.json").exists()
    return died


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_killed_runner_finishes_the_task_it_was_on(tmp_path: Path) -> None:
    die_often(tmp_path, deaths=3, seed=1)


async def test_a_change_that_was_made_is_known_even_where_the_store_is_lost(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    task = place.drop(approve="all")
    await place.drain()
    # As a runner leaves it that is killed between the change and the word of it, on a disk that then loses the store.
    record = read_record(place.folder, task)
    write_record(place.folder, record.model_copy(update={"state": State.RUNNING, "applied": False}))
    (place.folder.results / f"{task}.json").unlink()
    place.folder.store.unlink()
    await place.drain()
    assert read_record(place.folder, task).state is State.APPLIED
    assert place.result(task).files == record.files
    assert len(place.asked()) == 1
    place.decide(task, "undo")
    await place.drain()
    assert (place.root / "text.py").read_text() == TEXT


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    die_often(tmp_path, deaths=110, seed=2)
