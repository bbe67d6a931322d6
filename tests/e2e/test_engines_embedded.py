"""The embedded engine with real weights: one process for all, cancelled within a second, back after a kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from string import printable
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.e2e.conftest import MODEL, SMALL, engine_states
from workbench.engines.counting import prompt_bounds
from workbench.engines.embedded import EmbeddedEngine
from workbench.engines.process import BATCH_TOKENS, EngineState, Place, is_locked
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Message
from workbench.settings import EngineSettings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

STORY = "Tell a very long story about the city of Rome, with many chapters."
SOURCES = sorted((Path(__file__).parents[2] / "workbench").rglob("*.py"))[:20]


def request(text: str, model: str = SMALL, **fields: Any) -> ChatRequest:
    system = Message(role="system", content="You are a careful programmer. Be brief.")
    return ChatRequest(model=model, messages=(system, Message(role="user", content=text)), **fields)


@pytest.fixture
async def engine(embedded_home: Path) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(EngineSettings(idle_minutes=5))
    yield engine
    await engine.close()


def nothing(_text: str) -> None:
    """Take no notice of what is said."""


async def is_busy(state: EngineState) -> bool:
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {state.key}"}, trust_env=False) as client:
        slots = (await client.get(state.url.removesuffix("/v1") + "/slots", timeout=30)).json()
    return any(slot["is_processing"] for slot in slots)


async def seconds_until(state: EngineState, *, busy: bool) -> float:
    started = time.monotonic()
    while await is_busy(state) is not busy:
        assert time.monotonic() - started < 60
        await asyncio.sleep(0.02)
    return time.monotonic() - started


async def seconds_of_a_batch(engine: EmbeddedEngine) -> float:
    """Return how long reading a batch takes now: on a machine that is busy otherwise, more than a third of a second."""
    started = time.monotonic()
    words = " ".join(f"{time.time()} measure" for _ in range(20))
    completion = await engine.chat(request(words, max_tokens=1), nothing)
    return (time.monotonic() - started) * BATCH_TOKENS / completion.prompt_tokens


async def gone(place: Place) -> None:
    """Wait until the engine process has ended."""
    for _ in range(600):
        if not is_locked(place.life_lock):
            return
        await asyncio.sleep(0.05)
    pytest.fail("the engine process does not end")


@pytest.mark.parametrize("model", [SMALL, MODEL])
async def test_a_real_model_answers_a_question(engine: EmbeddedEngine, model: str) -> None:
    pieces: list[str] = []
    question = request("Write a Python function `add(a, b)` that returns their sum, in a code fence.", model)
    completion = await engine.chat(question, pieces.append)
    assert "def add(a, b)" in completion.text
    assert "".join(pieces) == completion.text
    assert len(pieces) > 5
    assert completion.finish == "stop"
    assert (await engine.count(question)).low == completion.prompt_tokens


async def test_the_same_question_gets_the_same_answer_from_the_cache(engine: EmbeddedEngine) -> None:
    question = request("Name the capital of France in one word, and nothing else. " + "Think of maps. " * 30)
    answers = [await engine.chat(question, nothing) for _ in range(2)]
    assert answers[0].text == answers[1].text
    assert answers[1].cached_tokens > 100
    assert answers[1].prompt_tokens == answers[0].prompt_tokens


async def test_an_answer_keeps_to_its_schema(engine: EmbeddedEngine) -> None:
    schema = {"type": "object", "properties": {"sorted": {"enum": ["yes", "no"]}}, "required": ["sorted"]}
    completion = await engine.chat(request("Is the list 3, 1, 2 sorted?", response_schema=schema), nothing)
    assert json.loads(completion.text)["sorted"] in {"yes", "no"}


async def test_an_answer_that_is_cut_off_says_so(engine: EmbeddedEngine) -> None:
    completion = await engine.chat(request(STORY, max_tokens=5), nothing)
    assert completion.finish == "length"
    assert completion.completion_tokens == 5


async def test_stop_words_and_limits_reach_the_model(engine: EmbeddedEngine) -> None:
    completion = await engine.chat(request("Count: one, two, three, four, five.", stop=("three",)), nothing)
    assert "three" not in completion.text


async def test_a_prompt_longer_than_the_window_is_an_error_and_never_cut(engine: EmbeddedEngine) -> None:
    question = request("7 " * 6_000, context=8_192)
    assert prompt_bounds(question).low < 100
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(question, nothing)
    assert caught.value.code == "prompt-shortened"


async def test_the_bounds_hold_for_source_code(engine: EmbeddedEngine) -> None:
    assert len(SOURCES) == 20
    for path in SOURCES:
        question = request(path.read_text())
        exact, guessed = (await engine.count(question)).low, prompt_bounds(question)
        assert guessed.low <= exact <= guessed.high, path
        assert guessed.high <= 2 * exact + 200


def test_the_bounds_hold_for_any_text(embedded_home: Path) -> None:
    loop = asyncio.new_event_loop()
    engine = EmbeddedEngine(EngineSettings(idle_minutes=5))

    @hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.text(max_size=300)
        | st.text("abcdefghijklmnopqrstuvwxyz \n", max_size=300)
        | st.text(printable, max_size=300)
    )
    def hold(text: str) -> None:
        question = request(text)
        exact, guessed = loop.run_until_complete(engine.count(question)).low, prompt_bounds(question)
        assert guessed.low <= exact <= guessed.high

    hold()
    loop.run_until_complete(engine.close())
    loop.close()


async def test_cancelling_an_answer_frees_its_slot_within_a_second(engine: EmbeddedEngine, embedded_home: Path) -> None:
    await engine.load(SMALL)
    (state,) = [state for state in engine_states(embedded_home) if state.model == SMALL]
    spoke = asyncio.Event()
    task = asyncio.create_task(engine.chat(request(STORY, max_tokens=4_000), lambda _: spoke.set()))
    await asyncio.wait_for(spoke.wait(), 60)
    assert await is_busy(state)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await seconds_until(state, busy=False) < 1


async def seconds_to_be_free(engine: EmbeddedEngine, state: EngineState) -> tuple[float, float]:
    """Cancel a long question while it is read; return how long a batch takes, and how long its slot stayed busy."""
    batch = await seconds_of_a_batch(engine)
    prompt = "\n".join(path.read_text() for path in SOURCES)[:20_000]
    task = asyncio.create_task(engine.chat(request(f"{time.time()} {prompt}"), nothing))
    await seconds_until(state, busy=True)
    await asyncio.sleep(0.5)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return batch, await seconds_until(state, busy=False)


async def test_cancelling_while_the_prompt_is_read_frees_its_slot_within_a_second(
    engine: EmbeddedEngine, embedded_home: Path
) -> None:
    await engine.load(SMALL)
    (state,) = [state for state in engine_states(embedded_home) if state.model == SMALL]
    # A neighbour can hold one batch up, not three prompts in a row; who waits for the whole prompt waits at each.
    tries = [await seconds_to_be_free(engine, state) for _ in range(3)]
    assert any(seconds < max(1.0, 3 * batch) for batch, seconds in tries), tries


async def test_the_server_wants_its_key_and_its_state_is_private(engine: EmbeddedEngine, embedded_home: Path) -> None:
    await engine.load(SMALL)
    place = Place(SMALL)
    state = place.read()
    assert state is not None
    assert place.state.stat().st_mode & 0o777 == 0o600
    assert place.log.stat().st_mode & 0o777 == 0o600
    async with httpx.AsyncClient(trust_env=False) as client:
        for path in ("/slots", "/v1/chat/completions", "/tokenize"):
            response = await client.post(state.url.removesuffix("/v1") + path, json={})
            assert response.status_code == 401
    assert state.key not in Path(f"/proc/{state.pid}/cmdline").read_text()


STARTER = """
import asyncio, sys
from workbench.engines.embedded import EmbeddedEngine
from workbench.engines.process import Place
from workbench.exchange import ChatRequest, Message
from workbench.settings import EngineSettings

async def main():
    engine = EmbeddedEngine(EngineSettings(idle_minutes=2))
    question = ChatRequest(model=sys.argv[1], messages=(Message(role="user", content="Say yes."),), max_tokens=3)
    await engine.chat(question, lambda _: None)
    await engine.close()
    print(Place(sys.argv[1]).read().pid)

asyncio.run(main())
"""


def test_processes_that_start_at_once_share_one_engine(fresh_home: Path) -> None:
    command = [sys.executable, "-c", STARTER, SMALL]
    runners = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    pids = {runner.communicate(timeout=200)[0].strip() for runner in runners}
    assert [runner.returncode for runner in runners] == [0] * 4
    assert pids == {str(engine_states(fresh_home)[0].pid)}
    loads = Place(SMALL).log.read_text().count("loading model '")
    assert loads == 1


def test_the_engine_outlives_who_started_it(fresh_home: Path) -> None:
    subprocess.run([sys.executable, "-c", STARTER, SMALL], check=True, timeout=200, capture_output=True)
    assert is_locked(Place(SMALL).life_lock)
    (state,) = engine_states(fresh_home)
    assert os.getsid(state.pid) != os.getsid(0)


async def test_an_idle_engine_ends_but_never_while_it_speaks(fresh_home: Path) -> None:
    idle = 1.0
    engine = EmbeddedEngine(EngineSettings(idle_minutes=idle / 60))
    started = time.monotonic()
    completion = await engine.chat(request(STORY, max_tokens=60, temperature=0.8), nothing)
    assert completion.text
    assert time.monotonic() - started > idle
    place = Place(SMALL)
    state = place.read()
    assert state is not None
    await gone(place)
    assert engine_states(fresh_home) == []
    again = await engine.chat(request("Say yes.", max_tokens=3), nothing)
    assert again.text
    await engine.close()


async def test_an_engine_killed_in_mid_stream_is_said_and_started_anew(fresh_home: Path) -> None:
    engine = EmbeddedEngine(EngineSettings(idle_minutes=2))
    spoke = asyncio.Event()
    task = asyncio.create_task(engine.chat(request(STORY, max_tokens=2_000), lambda _: spoke.set()))
    await asyncio.wait_for(spoke.wait(), 120)
    (state,) = engine_states(fresh_home)
    os.kill(state.pid, signal.SIGKILL)
    with pytest.raises(EngineUnavailable) as caught:
        await task
    assert caught.value.code == "engine-died"
    completion = await engine.chat(request("Say yes.", max_tokens=3), nothing)
    assert completion.text
    assert engine_states(fresh_home)[0].pid != state.pid
    await engine.close()


async def test_a_runner_that_needs_a_larger_window_gets_it_when_the_engine_is_free(fresh_home: Path) -> None:
    small = EmbeddedEngine(EngineSettings(idle_minutes=2, context=2_048))
    large = EmbeddedEngine(EngineSettings(idle_minutes=2, context=4_096))
    spoke = asyncio.Event()
    speaking = asyncio.create_task(small.chat(request(STORY, max_tokens=60, context=2_048), lambda _: spoke.set()))
    await asyncio.wait_for(spoke.wait(), 120)
    await large.chat(request("Say yes.", max_tokens=3, context=4_096), nothing)
    assert speaking.done()
    assert (await speaking).text
    assert [state.context for state in engine_states(fresh_home)] == [4_096]
    assert (await small.chat(request("Say yes.", max_tokens=3, context=2_048), nothing)).text
    await small.close()
    await large.close()


async def test_a_signal_ends_the_engine_and_takes_its_state_along(fresh_home: Path) -> None:
    engine = EmbeddedEngine(EngineSettings(idle_minutes=2))
    await engine.load(SMALL)
    (info,) = [info for info in await engine.models() if info.loaded]
    assert (info.name, info.slots, info.slots_used) == (SMALL, EngineSettings().slots, 0)
    assert info.memory > 100_000_000
    (state,) = engine_states(fresh_home)
    os.kill(state.pid, signal.SIGTERM)
    await gone(Place(SMALL))
    assert engine_states(fresh_home) == []
    await engine.close()


CENTS = "def cents(text):\n    return int(float(text) * 100)\n"


async def test_it_tells_where_an_answer_leans_elsewhere_and_goes_on_from_there(engine: EmbeddedEngine) -> None:
    code = f"```python\n{CENTS}```\n\nTask: "
    ask = "cents('19.99') gives 1998, for int cuts the rest off. Let it round."
    question = request(f"{code}{ask} Answer with the function alone.", max_tokens=120, stop=("\n```\n",))
    without = (question.messages[0], Message(role="user", content=f"{code}Answer with the function alone."))
    pieces: list[str] = []
    found = await engine.chat(question.model_copy(update={"against": without}), pieces.append)
    plain = await engine.chat(question, nothing)
    assert found.prompt_tokens == plain.prompt_tokens
    assert found.text
    assert "".join(pieces).startswith(found.text)
    gains = [one.gain for one in found.leanings]
    assert gains
    assert gains == sorted(gains, reverse=True)
    assert len({one.begin for one in found.leanings}) == len(gains)
    one = found.leanings[0]
    assert one.begin <= len(found.text)
    assert not found.text[one.begin :].startswith(one.words)
    begun = Message(role="assistant", content=found.text[: one.begin] + one.words)
    rest = await engine.chat(question.model_copy(update={"messages": (*question.messages, begun)}), nothing)
    # It goes on and does not begin anew.
    assert not rest.text.lstrip().startswith("```python")
