"""Energy on its way: kept with the task, also after a crash, left out of the envelope, told by the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.house.caller import Caller
from tests.house.counting_gpu import driver, without_gpus
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.commands.savings import as_text, as_value
from workbench.ledger.estimate import Estimate
from workbench.ledger.report import Prices, report
from workbench.model import ResultUsage, State, Usage
from workbench.runner.outcome import energy_of, succeeded
from workbench.spool.folder import Folder, new_id
from workbench.spool.records import read_record, read_records


@pytest.fixture(autouse=True)
def no_other_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_gpus(tmp_path, monkeypatch)


# --- the task


def test_a_sum_is_unknown_where_a_part_of_it_is() -> None:
    begun = Usage(energy=0.0)
    assert begun.plus(Usage(prompt=1, energy=2.5)).plus(Usage(prompt=2, energy=1.25)) == Usage(prompt=3, energy=3.75)
    assert begun.plus(Usage(prompt=1)).plus(Usage(prompt=2, energy=1.0)) == Usage(prompt=3)


async def test_a_record_has_the_energy_and_the_envelope_has_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nvml = driver(monkeypatch, 0.0, step=5.0)
    place = Place(tmp_path / "repository")
    task = place.drop(approve="all")
    await place.drain()
    usage = read_record(place.folder, task).usage
    assert usage.energy == 5.0
    assert place.result(task).usage == ResultUsage.model_validate(usage.model_dump(exclude={"energy"}))
    assert "energy" not in (place.folder.results / f"{task}.json").read_text()
    (ended,) = [line for line in place.lines if line["event"] == "task-ended"]
    assert ended["usage"]["energy"] == 5.0
    assert nvml.calls == ["init", "shutdown"]


async def test_without_a_gpu_the_energy_of_a_task_is_unknown(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    task = place.drop()
    await place.drain()
    assert read_record(place.folder, task).usage.energy is None
    assert json.loads((place.folder.task(task) / "task.json").read_text())["usage"]["energy"] is None


@pytest.mark.parametrize(
    ("rule", "more", "joules"),
    [({"answer": "``", "die_after": 1}, {}, 10.0), ({"answer": "…", "hang": True}, {"timeout": 2.0}, 5.0)],
)
async def test_questions_that_fail_took_energy_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rule: dict[str, Any], more: dict[str, Any], joules: float
) -> None:
    driver(monkeypatch, 0.0, step=5.0)
    place = Place(tmp_path / "repository", rules=[rule])
    task = place.drop(**more)
    await place.drain()
    record = read_record(place.folder, task)
    # The engine that dies is asked twice.
    assert (record.state, record.usage) == (State.FAILED, Usage(energy=joules))


async def test_a_task_that_goes_on_keeps_what_its_answers_took(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nvml = driver(monkeypatch, 0.0, step=5.0)
    wrong = {"answer": "```python\ndef truncate(text, limit):\n    return text[: limit + 3]\n```\n", "times": 1}
    rules = [wrong, {"answer": "…", "hang": True}]
    place = Place(tmp_path / "repository", settings="[solve]\nsamples = 5\n", rules=rules)
    async with place.at_work():
        task = place.drop(approve="all")
        await place.heard("answer-received", task)
        await place.heard("token-streamed", task, text="…")
    nvml.step = 100.0
    place.script([PATCH_RULE])
    await place.drain()
    assert [line["event"] for line in place.lines].count("answer-received") == 4
    assert read_record(place.folder, task).usage.energy == 5 + 3 * 100


async def test_what_was_answered_before_energy_was_counted_is_unknown(tmp_path: Path) -> None:
    assert energy_of(succeeded("{}", 2.0)) == 2.0
    assert energy_of('{"value":"{}","raised":"NaniteError"}') is None
    place = Place(tmp_path / "repository")
    task = place.drop()
    await place.drain()
    path = place.folder.task(task) / "task.json"
    old = json.loads(path.read_text())
    del old["usage"]["energy"]
    path.write_text(json.dumps(old))
    usage = read_record(place.folder, task).usage
    assert (usage.energy, usage.model) == (None, old["usage"]["model"])


# --- the ledger


def settle(folder: Folder, energy: float | None, *, kind: str = "patch", **more: Any) -> str:
    """Write what the runner leaves of a task that the ledger reads."""
    task_id = new_id()
    folder.task(task_id).mkdir()
    usage = {"prompt": 300, "completion": 50, "seconds": 2.5, "model": "small", "energy": energy}
    record = {"state": "applied", "task": {"id": task_id, "spec": {"kind": kind}}, "usage": usage} | more
    (folder.task(task_id) / "task.json").write_text(json.dumps(record))
    return task_id


def savings_of(folder: Folder, *ids: str) -> dict[str, Any]:
    return as_value(report(folder, dict.fromkeys(ids, Estimate())), Prices(), "USD", "kind")


@pytest.mark.parametrize(
    ("energies", "joules", "told"),
    [
        ((1_000.0, 234.4), 1_234.4, "in 5.0 s, 1,234 J of the GPU"),
        ((9_000.0, 9_000.0, None), 18_000.0, "in 7.5 s, 5.0 Wh of the GPU (1 task not measured)"),
        ((5e6, None, None), 5e6, "in 7.5 s, 1.39 kWh of the GPU (2 tasks not measured)"),
        ((None, None), None, "in 5.0 s\n"),
    ],
)
def test_savings_tell_the_energy_that_is_known(
    tmp_path: Path, energies: tuple[float | None, ...], joules: float | None, told: str
) -> None:
    folder = Folder(tmp_path).ensure()
    value = savings_of(folder, *(settle(folder, energy) for energy in energies))
    assert (value["local"]["joules"], value["local"]["unmeasured"]) == (joules, energies.count(None))
    assert [task["joules"] for task in value["tasks"]] == list(energies)
    assert f"{350 * len(energies):,} tokens {told}" in as_text(value)


def test_savings_tell_the_energy_of_each_group(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ensure()
    ids = [settle(folder, 2.0), settle(folder, 3.0, kind="types"), settle(folder, None, kind="lint")]
    ids.append(settle(folder, 0.5))
    groups = savings_of(folder, *ids)["groups"]
    assert {group["name"]: group["joules"] for group in groups} == {"patch": 2.5, "types": 3.0, "lint": None}


def test_a_record_from_before_energy_was_counted_has_none(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ensure()
    old = settle(folder, None, usage={"prompt": 10, "completion": 5, "seconds": 1.0, "model": "small"})
    value = savings_of(folder, old, settle(folder, 7.0))
    assert (value["local"]["joules"], value["local"]["unmeasured"]) == (7.0, 1)


def test_what_asked_no_model_is_neither_measured_nor_missed(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ensure()
    nothing = {"prompt": 0, "completion": 0, "seconds": 0.0, "model": "", "energy": 0.0}
    value = savings_of(folder, settle(folder, None, usage=nothing), settle(folder, None, usage={}))
    assert (value["local"]["joules"], value["local"]["unmeasured"]) == (None, 0)


async def test_a_sweep_and_its_parts_are_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver(monkeypatch, 0.0, step=5.0)
    place = Place(tmp_path / "repository", settings="[runner]\nparallel = 1\n")
    (place.root / "other.py").write_text(TEXT)
    monkeypatch.chdir(place.root)
    sweep = place.drop(for_each="*.py", targets=(), approve="all")
    await place.drain()
    parts = [record.usage for record in read_records(place.folder) if record.task.parent == sweep]
    assert [usage.energy for usage in parts] == [5.0, 5.0]
    assert read_record(place.folder, sweep).usage.energy == 10.0
    told = Caller(monkeypatch).json("savings")["local"]
    assert told["joules"] == 10.0
    assert told["tokens"] == sum(usage.prompt + usage.completion for usage in parts)


async def test_a_part_that_never_ran_leaves_the_sum_of_its_sweep_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver(monkeypatch, 0.0, step=5.0)
    rules = [PATCH_RULE | {"times": 1}, {"answer": "…", "hang": True}]
    place = Place(tmp_path / "repository", settings="[runner]\nparallel = 1\n", rules=rules)
    for name in ("a.py", "b.py"):
        (place.root / name).write_text(TEXT)
    sweep = place.drop(for_each="*.py", targets=(), approve="all")
    async with place.at_work():
        await place.heard("token-streamed", text="…")
        states = {record.state: record.task.id for record in read_records(place.folder) if record.task.parent}
        place.decide(states[State.QUEUED], "cancel")
        await place.rested(states[State.QUEUED])
        place.decide(states[State.RUNNING], "cancel")
        await place.rested(sweep)
    assert read_record(place.folder, states[State.QUEUED]).usage == Usage()
    assert read_record(place.folder, sweep).usage.energy == 10.0
