"""The meter: energy read from the GPUs' own counters, and shared among the questions that are under way."""

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

from tests.house.counting_gpu import counter_file, driver, without_gpus
from tests.unit.hostile_peer import lines, serving, value
from workbench.engines.ollama import OllamaEngine
from workbench.engines.pool import Pool
from workbench.exchange import ChatRequest, Message
from workbench.machine import Machine
from workbench.runner.meter import Meter, Share
from workbench.settings import Settings

MODEL = "small"
DONE = {"message": {"role": "assistant", "content": "hi"}, "done": True, "done_reason": "stop", "prompt_eval_count": 9}


@pytest.fixture(autouse=True)
def no_other_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_gpus(tmp_path, monkeypatch)


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
