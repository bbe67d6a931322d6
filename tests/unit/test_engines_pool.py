"""The pool: which engine answers, how many at once, and what is said when none can."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.hostile_peer import lines, serving, status, value
from workbench.engines.pool import Pool
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Message
from workbench.settings import Settings

MODEL = "qwen2.5-coder:1.5b"
SILENT = "http://127.0.0.1:9"
"""An address at which nothing listens."""


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)


def pool_of(**engine: Any) -> Pool:
    return Pool(Settings.model_validate({"engine": engine}))


def script(tmp_path: Path, *rules: dict[str, Any]) -> str:
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"rules": rules, "models": [MODEL]}))
    return str(path)


def request(model: str = MODEL, text: str = "hello") -> ChatRequest:
    return ChatRequest(model=model, messages=(Message(role="user", content=text),))


async def refused(pool: Pool, model: str = MODEL) -> EngineUnavailable:
    with pytest.raises(EngineUnavailable) as caught:
        await pool.choose(model)
    await pool.close()
    return caught.value


async def test_the_first_engine_of_the_order_that_can_is_chosen(tmp_path: Path) -> None:
    script_path = script(tmp_path, {"answer": "hi"})
    pool = pool_of(order=["ollama", "scripted"], ollama_url=SILENT, script=script_path)
    assert (await pool.choose(MODEL)).name == "scripted"
    assert (await pool.chat(request(), lambda _: None)).text == "hi"
    await pool.close()
    async with serving({"/api/show": value({})}) as peer:
        pool = pool_of(order=["ollama", "scripted"], ollama_url=peer.url, script=script_path)
        assert (await pool.choose(MODEL)).name == "ollama"
        await pool.close()


async def test_an_ollama_without_the_model_is_passed_over(tmp_path: Path) -> None:
    async with serving({"/api/show": status(404, "{}")}) as peer:
        pool = pool_of(order=["ollama", "scripted"], ollama_url=peer.url, script=script(tmp_path, {"answer": "hi"}))
        assert (await pool.choose(MODEL)).name == "scripted"
        await pool.close()


async def test_when_none_can_each_says_why_and_what_to_do() -> None:
    pool = pool_of(order=["ollama", "openai", "embedded"], ollama_url=SILENT, openai_url=f"{SILENT}/v1")
    error = await refused(pool)
    assert error.code == "model-missing"
    assert "ollama: no Ollama answers" in error.message
    assert "openai: no openai server answers" in error.message
    assert "embedded: the weights of" in error.message
    assert "ollama serve" in error.hint
    assert f"nanites models pull {MODEL}" in error.hint


async def test_a_model_nobody_knows_gets_the_command_of_ollama() -> None:
    error = await refused(pool_of(order=["ollama", "embedded"], ollama_url=SILENT), "llama3:8b")
    assert error.code == "model-missing"
    assert "ollama pull llama3:8b" in error.hint


async def test_when_no_engine_is_up_the_code_says_so() -> None:
    assert (await refused(pool_of(order=["ollama"], ollama_url=SILENT))).code == "no-engine"


async def test_a_refusal_keeps_its_code() -> None:
    error = await refused(
        pool_of(order=["ollama", "openai"], ollama_url="http://a.example", openai_url="http://b.example")
    )
    assert error.code == "host-refused"
    error = await refused(pool_of(order=["ollama"], ollama_url=SILENT), "kimi-k2:cloud")
    assert error.code == "cloud-refused"


async def test_no_more_questions_than_slots_are_asked_at_once(tmp_path: Path) -> None:
    script_path = script(tmp_path, {"contains": "hang", "hang": True}, {"answer": "free"})
    pool = pool_of(order=["scripted"], script=script_path, slots=2)
    hanging = [asyncio.create_task(pool.chat(request(text="hang"), lambda _: None)) for _ in range(2)]
    waiting = asyncio.create_task(pool.chat(request(), lambda _: None))
    done, _ = await asyncio.wait([*hanging, waiting], timeout=0.05)
    assert not done
    hanging[0].cancel()
    assert (await asyncio.wait_for(waiting, 5)).text == "free"
    hanging[1].cancel()
    await asyncio.wait(hanging)


async def test_a_choice_holds_for_a_moment_and_is_forgotten_when_the_engine_fails() -> None:
    end = {
        "message": {"role": "assistant", "content": "hi"},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 9,
    }
    replies = {"/api/show": value({}), "/api/chat": lines(end)}
    async with serving(replies) as peer:
        pool = pool_of(order=["ollama"], ollama_url=peer.url)
        for _ in range(3):
            await pool.chat(request(), lambda _: None)
        assert len(peer.bodies("/api/show")) == 1
        replies["/api/chat"] = status(500)
        with pytest.raises(EngineUnavailable):
            await pool.chat(request(), lambda _: None)
        await pool.choose(MODEL)
        assert len(peer.bodies("/api/show")) == 2
        await pool.close()


async def test_status_tells_of_every_engine(tmp_path: Path) -> None:
    pool = pool_of(
        order=["ollama", "scripted", "openai"],
        ollama_url=SILENT,
        openai_url="http://b.example",
        script=script(tmp_path),
    )
    found = await pool.status()
    await pool.close()
    assert [(status.name, status.reachable) for status in found] == [
        ("ollama", False),
        ("scripted", True),
        ("openai", False),
    ]
    assert found[0].hint == "start it with: ollama serve"
    assert [info.name for info in found[1].models] == [MODEL]
    assert "allow_hosts" in found[2].hint


async def test_a_model_whose_bytes_are_not_known_is_pulled_by_ollama() -> None:
    async with serving({"/api/pull": lines({"status": "success"})}) as peer:
        pool = pool_of(order=["ollama"], ollama_url=peer.url)
        assert await pool.pull("llama3:8b", lambda *_: None) == "ollama"
        await pool.close()
    assert peer.bodies("/api/pull")[0]["model"] == "llama3:8b"


def test_importing_the_pool_imports_no_engine() -> None:
    program = (
        "import sys, workbench.engines.pool, workbench.settings as s; workbench.engines.pool.Pool(s.Settings());"
        "print([n for n in ('ollama', 'httpx', 'xllamacpp', 'huggingface_hub', 'textual', 'dbos') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
