"""Energy: read from the GPUs' own counters, shared among questions, kept with the task, told by the ledger."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.house.caller import Caller
from tests.house.counting_gpu import CountingNvml, counter_file
from tests.house.place import PATCH_RULE, TEXT, Place
from tests.unit.hostile_peer import lines, serving, value
from workbench.commands.savings import as_text, as_value
from workbench.engines.ollama import OllamaEngine
from workbench.engines.pool import Pool
from workbench.exchange import ChatRequest, Message
from workbench.ledger.estimate import Estimate
from workbench.ledger.report import Prices, report
from workbench.machine import Machine
from workbench.model import ResultUsage, State, Usage
from workbench.runner.meter import Meter, Share
from workbench.runner.outcome import energy_of, succeeded
from workbench.settings import Settings
from workbench.spool.folder import Folder, new_id
from workbench.spool.records import read_record, read_records

MODEL = "small"
DONE = {"message": {"role": "assistant", "content": "hi"}, "done": True, "done_reason": "stop", "prompt_eval_count": 9}


@pytest.fixture(autouse=True)
def no_other_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave this machine's own GPUs out."""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    monkeypatch.setattr("workbench.machine.Machine.__init__.__kwdefaults__", {"drm": tmp_path / "no-drm"})


def driver(monkeypatch: pytest.MonkeyPatch, *joules: float | None, step: float = 0.0) -> CountingNvml:
    nvml = CountingNvml(*joules, step=step)
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    return nvml


def pool_of(**engine: Any) -> Pool:
    return Pool(Settings.model_validate({"engine": engine, "models": {"nanite": MODEL}}))


def request(text: str = "hello") -> ChatRequest:
    return ChatRequest(model=MODEL, messages=(Message(role="user", content=text),))


async def asked(pool: Pool, meter: Meter, text: str = "hello") -> float | None:
    """Ask through a pool and return what the question took."""
    share = Share()
    await pool.chat(request(text), lambda _: None, partial(meter.measure, share))
    return share.joules


# --- the counters


def test_nvidia_counts_in_millijoules_and_the_driver_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = driver(monkeypatch, 12.5, 400.0)
    machine = Machine()
    assert machine.energy() == machine.energy() == {"nvidia0": 12.5, "nvidia1": 400.0}
    assert nvml.calls == ["init"]
    machine.close()
    assert nvml.calls == ["init", "shutdown"]


def test_a_card_of_nvidia_that_does_not_count_leaves_the_energy_open(monkeypatch: pytest.MonkeyPatch) -> None:
    driver(monkeypatch, 12.5, None)
    assert Machine().energy() == {}


def test_a_kernels_counter_is_in_microjoules_and_the_parts_of_a_card_do_not_count_twice(tmp_path: Path) -> None:
    drm = tmp_path / "drm"
    radeon = counter_file(drm, "card0", "hwmon3", 7_250_000)
    counter_file(drm, "card1", "hwmon1", 1_000_000, name="i915_gt0")
    arc = counter_file(drm, "card1", "hwmon2", 3_000_000, name="i915")
    (drm / "card2" / "device" / "hwmon" / "hwmon4").mkdir(parents=True)
    machine = Machine(drm=drm)
    assert machine.energy() == {str(radeon): 7.25, str(arc): 3.0}
    radeon.write_text("8000000\n")
    assert machine.energy() == {str(radeon): 8.0, str(arc): 3.0}
    arc.write_text("")
    assert machine.energy() == {}


def test_where_nothing_counts_only_the_first_look_costs_anything(tmp_path: Path) -> None:
    drm = tmp_path / "drm"
    machine = Machine(drm=drm)
    assert machine.energy() == {}
    counter_file(drm, "card0", "hwmon0", 5)
    assert machine.energy() == {}, "it is not looked for again"


def test_without_nvidias_driver_its_library_is_not_loaded(tmp_path: Path) -> None:
    program = (
        "import ctypes, sys\nfrom pathlib import Path\nfrom workbench.machine import Machine\n"
        "def missing(name): raise OSError(name)\nctypes.CDLL = missing\nsys.platform = 'linux'\n"
        f"print(Machine(drm=Path({str(tmp_path)!r})).energy(), 'pynvml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{} False"


# --- sharing


async def test_questions_that_overlap_share_what_was_used_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = driver(monkeypatch, 1_000.0)
    meter, one, two = Meter(), Share(), Share()
    async with meter.measure(one, True):
        nvml.use(100)
        async with meter.measure(two, True):
            nvml.use(60)
        nvml.use(10)
    nvml.use(5_000)
    assert (one.joules, two.joules) == (100 + 30 + 10, 30)
    async with meter.measure(two, True):
        nvml.use(1)
    assert two.joules == 31, "what is used while nobody asks counts for nobody"


@pytest.mark.parametrize("seed", range(20))
async def test_no_joule_counts_twice_and_none_is_lost(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    nvml, chance = driver(monkeypatch, 0.0, 0.0), random.Random(seed)
    meter, shares, spent = Meter(), [], 0.0
    open_questions: list[AbstractAsyncContextManager[None]] = []
    for _ in range(60):
        used = chance.randint(0, 1_000)
        nvml.use(used, card=chance.randrange(2))
        spent += used if open_questions else 0
        if open_questions and chance.random() < 0.5:
            await open_questions.pop(chance.randrange(len(open_questions))).__aexit__(None, None, None)
        else:
            shares.append(Share())
            open_questions.append(meter.measure(shares[-1], True))
            await open_questions[-1].__aenter__()
    for question in open_questions:
        await question.__aexit__(None, None, None)
    assert sum(share.joules or 0 for share in shares) == pytest.approx(spent)
    assert spent > 0


@pytest.mark.parametrize("shown", [999.0, None])
async def test_a_counter_that_runs_backwards_or_vanishes_leaves_that_span_open(
    monkeypatch: pytest.MonkeyPatch, shown: float | None
) -> None:
    nvml = driver(monkeypatch, 1_000.0)
    meter, cut, before, after = Meter(), Share(), Share(), Share()
    async with meter.measure(before, True):
        nvml.use(5)
    async with meter.measure(cut, True):
        nvml.joules[0] = shown
    nvml.joules[0] = 3.0
    async with meter.measure(after, True):
        nvml.use(7)
    assert (before.joules, cut.joules, after.joules) == (5, None, 7)


async def test_without_a_counter_a_question_costs_no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = driver(monkeypatch, None)
    meter, shares = Meter(), [Share(), Share()]
    for share in shares:
        async with meter.measure(share, True):
            pass
    assert [share.joules for share in shares] == [None, None]
    assert (nvml.calls, nvml.readings) == (["init"], 1)


async def test_a_question_that_is_cancelled_took_energy_too(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = driver(monkeypatch, 0.0)
    meter, share, began = Meter(), Share(), asyncio.Event()

    async def ask() -> None:
        async with meter.measure(share, True):
            began.set()
            await asyncio.Event().wait()

    asking = asyncio.create_task(ask())
    await began.wait()
    nvml.use(40)
    asking.cancel()
    await asyncio.wait({asking})
    assert share.joules == 40


async def test_a_reading_that_is_broken_off_leaves_open_what_it_would_have_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nvml = driver(monkeypatch, 0.0)
    meter, cut, beside, later = Meter(), Share(), Share(), Share()
    answered = asyncio.Event()

    async def ask() -> None:
        async with meter.measure(cut, True):
            nvml.reading.clear()
            nvml.lets_read.clear()
            answered.set()

    async with meter.measure(beside, True):
        asking = asyncio.create_task(ask())
        await answered.wait()
        assert await asyncio.to_thread(nvml.reading.wait, 30)
        asking.cancel()
        await asyncio.wait({asking})
        nvml.lets_read.set()
    async with meter.measure(later, True):
        nvml.use(9)
    assert (cut.joules, beside.joules, later.joules) == (None, None, 9)


async def test_a_question_takes_nothing_while_it_waits_for_a_slot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver(monkeypatch, 0.0, step=6.0)
    (tmp_path / "script.json").write_text(json.dumps({"answer": "yes"}))
    pool, meter = pool_of(order=["scripted"], script=str(tmp_path / "script.json"), slots=1), Meter()
    one, two = await asyncio.gather(asked(pool, meter, "one"), asked(pool, meter, "two"))
    assert (one, two) == (6, 6), "whoever waited would share what the other one used"


@pytest.mark.parametrize("engine", ["openai", "ollama"])
async def test_what_an_engine_on_another_host_uses_is_not_known(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    nvml = driver(monkeypatch, 0.0, step=4.0)
    answer = [{"choices": [{"delta": {"content": "hi"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 9}}]
    replies = {
        "/models": value({"data": [{"id": MODEL}]}),
        "/chat/completions": lines(*(f"data: {json.dumps(part)}" for part in answer)),
        "/api/show": value({}),
        "/api/chat": lines(DONE),
    }
    async with serving(replies) as peer:
        # This address is not the loopback's, and whoever listens there listens here.
        elsewhere = peer.url.replace("127.0.0.1", "0.0.0.0")
        meter, found = Meter(), []
        for url in (elsewhere, peer.url):
            pool = pool_of(order=[engine], allow_hosts=["0.0.0.0"], **{f"{engine}_url": url})
            found.append((await asked(pool, meter), nvml.readings))
            await pool.close()
    assert found == [(None, 0), (4, 2)]


async def test_a_model_that_ollama_only_passes_on_works_elsewhere() -> None:
    replies = {"/api/show": value({})}
    async with serving(replies) as peer:
        settings = Settings.model_validate({"engine": {"ollama_url": peer.url, "allow_hosts": ["ollama.com"]}})
        engine = OllamaEngine(settings.engine)
        await engine.ready(MODEL)
        assert engine.is_here(MODEL)
        await engine.ready("gpt-oss:120b-cloud")
        assert not engine.is_here("gpt-oss:120b-cloud")
        replies["/api/show"] = value({"remote_host": "https://ollama.com:443"})
        await engine.ready(MODEL)
        assert not engine.is_here(MODEL)
        await engine.close()


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
    [({"answer": "``", "die_after": 1}, {}, 10.0), ({"answer": "…", "hang": True}, {"timeout": 0.5}, 5.0)],
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
    place = Place(tmp_path / "repository", settings="[solve]\nsamples = 3\n", rules=rules)
    async with place.at_work():
        task = place.drop(approve="all")
        await place.heard("answer-received", task)
        await place.heard("token-streamed", task, text="…")
    nvml.step = 100.0
    place.script([PATCH_RULE])
    await place.drain()
    assert [line["event"] for line in place.lines].count("answer-received") == 3
    assert read_record(place.folder, task).usage.energy == 5 + 2 * 100


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
