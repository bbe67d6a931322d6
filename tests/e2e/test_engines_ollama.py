"""The Ollama engine against a real Ollama with real weights."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.e2e.conftest import MODEL, SMALL, RealOllama
from workbench.engines.counting import prompt_bounds
from workbench.engines.ollama import OllamaEngine
from workbench.engines.pool import Pool
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Message
from workbench.settings import EngineSettings, Settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

STORY = "Tell a very long story about the city of Rome, with many chapters."
SOURCES = sorted((Path(__file__).parents[2] / "workbench").rglob("*.py"))


def request(text: str, model: str = SMALL, **fields: Any) -> ChatRequest:
    system = Message(role="system", content="You are a careful programmer. Be brief.")
    return ChatRequest(model=model, messages=(system, Message(role="user", content=text)), **fields)


@pytest.fixture
async def engine(real_ollama: RealOllama) -> AsyncIterator[OllamaEngine]:
    # Ollama's threads wait for each other by spinning, which on a machine that is busy otherwise takes minutes.
    engine = OllamaEngine(EngineSettings(ollama_url=real_ollama.url, keep_alive="3m", threads=1))
    yield engine
    await engine.close()


def nothing(_text: str) -> None:
    """Take no notice of what is said."""


def cpu_seconds(real_ollama: RealOllama) -> float:
    """Return the CPU time that Ollama and the processes it started have used."""
    server = psutil.Process(real_ollama.pid)
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(time.user + time.system for time in times)


async def seconds_until_idle(real_ollama: RealOllama) -> float:
    """Return how long Ollama goes on computing, to a quarter of a second."""
    started = time.monotonic()
    for _ in range(240):
        before = cpu_seconds(real_ollama)
        await asyncio.sleep(0.25)
        if cpu_seconds(real_ollama) - before < 0.05:
            return time.monotonic() - started - 0.25
    pytest.fail("Ollama goes on computing")


@pytest.mark.parametrize("model", [SMALL, MODEL])
async def test_a_real_model_answers_a_question(engine: OllamaEngine, model: str) -> None:
    pieces: list[str] = []
    question = request("Write a Python function `add(a, b)` that returns their sum, in a code fence.", model)
    completion = await engine.chat(question, pieces.append)
    assert "def add(a, b)" in completion.text
    assert "".join(pieces) == completion.text
    assert completion.finish == "stop"
    count = prompt_bounds(question)
    assert count.low <= completion.prompt_tokens <= count.high


async def test_a_prompt_that_is_in_the_cache_counts_as_read(engine: OllamaEngine) -> None:
    question = request("Name the capital of France in one word. " + "Think of maps. " * 30)
    answers = [await engine.chat(question, nothing) for _ in range(2)]
    assert answers[0].prompt_tokens == answers[1].prompt_tokens


async def test_an_answer_keeps_to_its_schema(engine: OllamaEngine) -> None:
    schema = {"type": "object", "properties": {"sorted": {"enum": ["yes", "no"]}}, "required": ["sorted"]}
    completion = await engine.chat(request("Is the list 3, 1, 2 sorted?", response_schema=schema), nothing)
    assert json.loads(completion.text)["sorted"] in {"yes", "no"}


async def test_an_answer_that_is_cut_off_says_so(engine: OllamaEngine) -> None:
    completion = await engine.chat(request(STORY, max_tokens=5), nothing)
    assert completion.finish == "length"
    assert completion.completion_tokens == 5


async def test_the_bounds_hold_for_source_code(engine: OllamaEngine) -> None:
    for path in SOURCES[:3]:
        question = request(path.read_text()[:1_500], max_tokens=1)
        completion = await engine.chat(question, nothing)
        count = prompt_bounds(question)
        assert count.low <= completion.prompt_tokens <= count.high


async def test_a_missing_model_is_said_with_the_command_that_gets_it(engine: OllamaEngine) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(request("Hello", "qwen2.5-coder:7b"), nothing)
    assert caught.value.code == "model-missing"
    assert "ollama pull qwen2.5-coder:7b" in caught.value.hint


async def test_a_prompt_that_ollama_shortens_is_never_an_answer(engine: OllamaEngine) -> None:
    # Digits have no words to count, so only what Ollama says it read can give it away.
    question = request("7 " * 1_500, context=1_024, max_tokens=16)
    assert prompt_bounds(question).low < 100
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(question, nothing)
    assert caught.value.code == "prompt-shortened"


async def test_messages_that_ollama_drops_are_noticed(engine: OllamaEngine) -> None:
    long = Message(role="user", content="the list of things " * 120 + "7 " * 500)
    messages = (long, Message(role="assistant", content="Yes."), Message(role="user", content="And now?"))
    question = ChatRequest(model=SMALL, messages=messages, context=768, max_tokens=16)
    assert prompt_bounds(question).low < 768
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(question, nothing)
    assert caught.value.code == "prompt-shortened"


async def test_cancelling_an_answer_stops_the_model_within_a_second(
    engine: OllamaEngine, real_ollama: RealOllama
) -> None:
    spoke = asyncio.Event()
    task = asyncio.create_task(engine.chat(request(STORY, max_tokens=4_000), lambda _: spoke.set()))
    await asyncio.wait_for(spoke.wait(), 120)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await seconds_until_idle(real_ollama) < 1


async def test_models_are_listed_and_the_loaded_one_is_marked(engine: OllamaEngine) -> None:
    await engine.load(SMALL)
    found = {info.name: info for info in await engine.models()}
    assert {SMALL, MODEL} <= found.keys()
    assert found[SMALL].loaded
    assert found[SMALL].context == 8_192
    assert found[SMALL].memory > 100_000_000
    assert 0 < (found[SMALL].expires_in or 0) <= 600
    assert found[SMALL].size > 100_000_000


async def test_the_pool_chooses_it_and_says_what_it_lacks(real_ollama: RealOllama) -> None:
    pool = Pool(Settings.model_validate({"engine": {"order": ["ollama"], "ollama_url": real_ollama.url}}))
    assert (await pool.choose(SMALL)).name == "ollama"
    (status,) = await pool.status()
    assert status.reachable
    with pytest.raises(EngineUnavailable) as caught:
        await pool.choose("nobody:1b")
    assert caught.value.code == "model-missing"
    with pytest.raises(EngineUnavailable) as refused:
        await pool.choose("gpt-oss:120b-cloud")
    assert refused.value.code == "cloud-refused"
    await pool.close()


async def test_a_model_that_dies_in_mid_stream_is_said(engine: OllamaEngine, real_ollama: RealOllama) -> None:
    spoke = asyncio.Event()
    task = asyncio.create_task(engine.chat(request(STORY, max_tokens=4_000), lambda _: spoke.set()))
    await asyncio.wait_for(spoke.wait(), 120)
    for child in psutil.Process(real_ollama.pid).children(recursive=True):
        os.kill(child.pid, 9)
    with pytest.raises(EngineUnavailable) as caught:
        await task
    assert caught.value.code == "engine-died"
    assert (await engine.chat(request("Say yes.", max_tokens=3), nothing)).text
