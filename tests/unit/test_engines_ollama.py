"""The Ollama engine, against a server that speaks Ollama's protocol well and badly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from tests.unit.hostile_peer import Peer, Reply, hanging, lines, serving, status, value
from workbench.engines.ollama import OllamaEngine
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Message
from workbench.settings import EngineSettings

MODEL = "qwen2.5-coder:1.5b"
END = {
    "message": {"role": "assistant", "content": ""},
    "done": True,
    "done_reason": "stop",
    "prompt_eval_count": 40,
    "eval_count": 2,
}


def piece(text: str) -> dict[str, Any]:
    return {"model": MODEL, "message": {"role": "assistant", "content": text}, "done": False}


def peer_with(chat: Reply, show: Reply | None = None) -> Mapping[str, Reply]:
    return {"/api/chat": chat, "/api/show": show or value({"details": {}, "model_info": {}})}


def request(text: str = "Say hello to all of us.", model: str = MODEL, **fields: Any) -> ChatRequest:
    return ChatRequest(model=model, messages=(Message(role="user", content=text),), **fields)


def engine_at(peer: Peer, **settings: Any) -> OllamaEngine:
    return OllamaEngine(EngineSettings(ollama_url=peer.url, **settings))


async def ask(peer: Peer, question: ChatRequest | None = None, **settings: Any) -> tuple[Completion, list[str]]:
    pieces: list[str] = []
    engine = engine_at(peer, **settings)
    try:
        return await engine.chat(question or request(), pieces.append), pieces
    finally:
        await engine.close()


async def error_of(
    replies: Mapping[str, Reply], question: ChatRequest | None = None, **settings: Any
) -> EngineUnavailable:
    async with serving(replies) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, question, **settings)
    return caught.value


async def test_an_answer_comes_in_pieces_and_whole_with_what_was_read() -> None:
    async with serving(peer_with(lines(piece("hel"), piece("lo"), END))) as peer:
        completion, pieces = await ask(peer)
    assert pieces == ["hel", "lo"]
    assert completion.text == "hello"
    assert (completion.finish, completion.prompt_tokens, completion.completion_tokens) == ("stop", 40, 2)


async def test_window_limits_schema_and_keep_alive_are_always_sent() -> None:
    schema = {"type": "object"}
    question = request(context=4_096, max_tokens=33, seed=5, stop=("END",), response_schema=schema)
    async with serving(peer_with(lines(piece("{}"), END))) as peer:
        await ask(peer, question, keep_alive="7m", threads=3)
    body = peer.bodies("/api/chat")[0]
    options = {"num_ctx": 4_096, "num_predict": 33, "temperature": 0.0, "seed": 5, "stop": ["END"], "num_thread": 3}
    assert body["options"] == options
    assert (body["format"], body["keep_alive"], body["stream"]) == (schema, "7m", True)


async def test_an_answer_that_was_cut_off_says_so() -> None:
    async with serving(peer_with(lines(piece("hel"), END | {"done_reason": "length"}))) as peer:
        completion, _ = await ask(peer)
    assert completion.finish == "length"


@pytest.mark.parametrize("then", ["die", "end"])
async def test_a_server_that_dies_in_mid_stream_is_no_answer(then: str) -> None:
    assert (await error_of(peer_with(lines(piece("hel"), then=then)))).code == "engine-died"


async def test_an_error_in_mid_stream_is_no_answer() -> None:
    error = await error_of(peer_with(lines(piece("hel"), {"error": "llama runner terminated"})))
    assert error.code == "engine-died"
    assert "llama runner terminated" in error.message


async def test_a_silent_server_is_given_up() -> None:
    assert (await error_of(peer_with(hanging), request_timeout=0.2)).code == "engine-silent"


@pytest.mark.parametrize("noise", ["{not json", '{"message": 3}', '{"message": {"role": 1}}'])
async def test_noise_in_the_stream_is_no_answer(noise: str) -> None:
    assert (await error_of(peer_with(lines(piece("hel"), noise)))).code == "engine-broken"


async def test_an_answer_without_end_is_stopped() -> None:
    assert (await error_of(peer_with(lines(*[piece("x" * 50_000)] * 4)))).code == "engine-broken"


@pytest.mark.parametrize("read", [None, 0, 3, 8_192])
async def test_a_prompt_that_was_read_short_is_never_an_answer(read: int | None) -> None:
    error = await error_of(peer_with(lines(piece("hello"), END | {"prompt_eval_count": read})))
    assert error.code == "prompt-shortened"


async def test_a_prompt_longer_than_the_window_is_not_even_sent() -> None:
    async with serving(peer_with(lines(END))) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, request("word " * 1_000, context=600))
    assert caught.value.code == "prompt-shortened"
    assert peer.asked == []


async def test_a_missing_model_is_said_with_the_commands_that_get_it() -> None:
    error = await error_of(peer_with(lines(END), status(404, '{"error": "model not found"}')))
    assert error.code == "model-missing"
    assert f"ollama pull {MODEL}" in error.hint
    assert f"nanites models pull {MODEL}" in error.hint


async def test_a_model_only_ollama_knows_is_not_promised_to_the_embedded_engine() -> None:
    replies = peer_with(lines(END), status(404, '{"error": "model not found"}'))
    error = await error_of(replies, request(model="llama3:8b"))
    assert "ollama pull llama3:8b" in error.hint
    assert "nanites models pull" not in error.hint


async def test_a_cloud_model_is_refused_before_anything_is_sent() -> None:
    async with serving(peer_with(lines(piece("hello"), END))) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, request(model="kimi-k2:cloud"))
    assert caught.value.code == "cloud-refused"
    assert peer.asked == []


@pytest.mark.parametrize("shown", [{"remote_host": "https://ollama.com:443"}, {"remote_model": "kimi-k2"}])
async def test_a_model_that_a_local_ollama_passes_on_is_refused_before_the_question(shown: dict[str, str]) -> None:
    async with serving(peer_with(lines(piece("hello"), END), value(shown))) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, request(model="innocent:1b"))
    assert caught.value.code == "cloud-refused"
    assert peer.bodies("/api/chat") == []


async def test_a_cloud_that_is_allowed_by_name_may_be_asked() -> None:
    replies = peer_with(lines(piece("hello"), END), value({"remote_host": "https://ollama.com:443"}))
    async with serving(replies) as peer:
        completion, _ = await ask(peer, request(model="kimi-k2:cloud"), allow_hosts=("ollama.com",))
    assert completion.text == "hello"


@pytest.mark.parametrize("which", ["/api/chat", "/api/show"])
async def test_a_redirect_is_not_followed(which: str) -> None:
    async with serving(peer_with(lines(piece("stolen"), END))) as elsewhere:
        moved = {which: status(307, location=f"{elsewhere.url}{which}")}
        error = await error_of({**peer_with(lines(END)), **moved})
    assert error.code == "host-refused"
    assert elsewhere.asked == []


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({}) as proxy, serving(peer_with(lines(piece("hello"), END))) as peer:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        completion, _ = await ask(peer)
    assert completion.text == "hello"
    assert proxy.asked == []


async def test_nobody_there_is_said_with_the_command_that_starts_it() -> None:
    async with serving({}) as peer:
        pass
    with pytest.raises(EngineUnavailable) as caught:
        await ask(peer)
    assert caught.value.code == "engine-unreachable"
    assert "ollama serve" in caught.value.hint


def test_a_host_beyond_this_machine_is_refused() -> None:
    with pytest.raises(EngineUnavailable) as caught:
        OllamaEngine(EngineSettings(ollama_url="http://gpu.example:11434"))
    assert caught.value.code == "host-refused"


@pytest.mark.parametrize("reply", [hanging, lines(piece("hel"), then="hang")])
async def test_cancelling_closes_the_stream(reply: Reply) -> None:
    async with serving(peer_with(reply)) as peer:
        task = asyncio.create_task(ask(peer))
        await peer.waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(peer.left.wait(), 1)


async def test_models_are_listed_with_those_in_memory_and_without_those_of_a_cloud() -> None:
    replies = {
        "/api/tags": value(
            {
                "models": [
                    {"name": MODEL, "size": 5},
                    {"name": "k:cloud", "remote_host": "https://ollama.com"},
                    {"name": "z:1b"},
                ]
            }
        ),
        "/api/ps": value({"models": [{"name": MODEL, "context_length": 2_048}]}),
    }
    async with serving(replies) as peer:
        engine = engine_at(peer)
        found = await engine.models()
        await engine.close()
    assert [(info.name, info.size, info.loaded, info.context) for info in found] == [
        (MODEL, 5, True, 2_048),
        ("z:1b", 0, False, None),
    ]


async def test_loading_asks_for_the_window_of_the_settings() -> None:
    replies = {"/api/show": value({}), "/api/generate": value({"response": "", "done": True})}
    async with serving(replies) as peer:
        engine = engine_at(peer, context=2_048)
        await engine.load(MODEL)
        await engine.close()
    assert peer.bodies("/api/generate")[0]["options"] == {"num_ctx": 2_048}


async def test_pulling_tells_how_far_it_is() -> None:
    steps = [{"status": "pulling", "completed": 3, "total": 9}, {"status": "success"}]
    told: list[tuple[int, int, str]] = []
    async with serving({"/api/pull": lines(*steps)}) as peer:
        engine = engine_at(peer)
        await engine.pull(MODEL, lambda *step: told.append(step))
        await engine.close()
    assert told == [(3, 9, "pulling"), (0, 0, "success")]
