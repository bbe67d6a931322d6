"""The engine for OpenAI-compatible servers, against a server that behaves as badly as servers do."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.unit.hostile_peer import Peer, Reply, events, hanging, serving, status, value
from workbench.engines.counting import prompt_bounds
from workbench.engines.openai import OpenAIEngine
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Message

CHAT = "/v1/chat/completions"
USAGE = {
    "choices": [],
    "usage": {"prompt_tokens": 40, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 7}},
}
END = {"choices": [{"delta": {}, "finish_reason": "stop"}]}


def piece(text: str) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text}, "finish_reason": None}]}


def request(text: str = "Say hello to all of us.", **fields: Any) -> ChatRequest:
    return ChatRequest(model="tiny", messages=(Message(role="user", content=text),), **fields)


async def ask(peer: Peer, question: ChatRequest | None = None, **options: Any) -> tuple[Completion, list[str]]:
    pieces: list[str] = []
    engine = OpenAIEngine(f"{peer.url}/v1", **options)
    try:
        return await engine.chat(question or request(), pieces.append), pieces
    finally:
        await engine.close()


async def code_of(reply: Reply, **options: Any) -> str:
    async with serving({CHAT: reply}) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, **options)
    return caught.value.code


async def test_an_answer_comes_in_pieces_and_whole_with_what_was_read() -> None:
    async with serving({CHAT: events(piece("hel"), piece("lo"), END, USAGE, "[DONE]")}) as peer:
        completion, pieces = await ask(peer)
    assert pieces == ["hel", "lo"]
    assert completion.text == "hello"
    assert (completion.prompt_tokens, completion.completion_tokens, completion.cached_tokens) == (40, 2, 7)
    assert completion.finish == "stop"


async def test_the_request_carries_schema_seed_limits_and_key() -> None:
    schema = {"type": "object"}
    question = request(response_schema=schema, seed=3, max_tokens=17, stop=("```",))
    async with serving({CHAT: events(piece("{}"), END, USAGE)}) as peer:
        await ask(peer, question, key="secret")
    body = peer.bodies(CHAT)[0]
    assert body["response_format"]["json_schema"]["schema"] == schema
    assert (body["seed"], body["max_tokens"], body["stop"], body["temperature"]) == (3, 17, ["```"], 0.0)
    assert body["stream_options"] == {"include_usage": True}
    assert peer.asked[0].headers["authorization"] == "Bearer secret"


async def test_an_answer_that_was_cut_off_says_so() -> None:
    cut = {"choices": [{"delta": {}, "finish_reason": "length"}]}
    async with serving({CHAT: events(piece("hel"), cut, USAGE)}) as peer:
        completion, _ = await ask(peer)
    assert completion.finish == "length"


async def test_a_server_that_dies_in_mid_stream_is_no_answer() -> None:
    assert await code_of(events(piece("hel"), then="die")) == "engine-died"


async def test_a_stream_that_ends_without_saying_why_is_no_answer() -> None:
    assert await code_of(events(piece("hel"), USAGE)) == "engine-died"


async def test_an_error_in_mid_stream_is_no_answer() -> None:
    assert await code_of(events(piece("hel"), {"error": {"message": "out of memory"}})) == "engine-failed"


async def test_a_silent_server_is_given_up() -> None:
    assert await code_of(hanging, silence=0.2) == "engine-silent"


@pytest.mark.parametrize("noise", ["{not json", "[1]", '"text"', "[" * 100_000])
async def test_noise_in_the_stream_is_no_answer(noise: str) -> None:
    assert await code_of(events(piece("hel"), noise)) == "engine-broken"


async def test_an_answer_without_end_is_stopped() -> None:
    assert await code_of(events(*[piece("x" * 50_000)] * 4)) == "engine-broken"


@pytest.mark.parametrize("read", [0, 3])
async def test_a_prompt_that_was_read_short_is_never_an_answer(read: int) -> None:
    usage = {"choices": [], "usage": {"prompt_tokens": read, "completion_tokens": 1}}
    assert await code_of(events(piece("hello"), END, usage)) == "prompt-shortened"


async def test_a_server_that_does_not_say_what_it_read_is_not_believed() -> None:
    assert await code_of(events(piece("hello"), END)) == "prompt-shortened"


async def test_a_prompt_longer_than_the_window_is_not_even_sent() -> None:
    async with serving({CHAT: events(piece("hello"), END, USAGE)}) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, request("word " * 1_000, context=600))
    assert caught.value.code == "prompt-shortened"
    assert peer.asked == []


async def test_an_answer_that_pushed_the_prompt_out_of_the_window_is_refused() -> None:
    usage = {"choices": [], "usage": {"prompt_tokens": 500, "completion_tokens": 200}}
    async with serving({CHAT: events(piece("hello"), END, usage)}) as peer:
        with pytest.raises(EngineUnavailable) as caught:
            await ask(peer, request(context=600))
    assert caught.value.code == "prompt-shortened"


@pytest.mark.parametrize(
    ("number", "text", "code"),
    [
        (400, '{"error": {"type": "exceed_context_size_error", "message": "too long"}}', "prompt-shortened"),
        (401, "", "key-refused"),
        (404, '{"error": {"message": "no such model"}}', "model-missing"),
        (500, "<html>", "engine-failed"),
        (503, '{"error": {"message": "Loading model"}}', "engine-failed"),
    ],
)
async def test_each_refusal_has_a_code(number: int, text: str, code: str) -> None:
    assert await code_of(status(number, text)) == code


async def test_a_redirect_is_not_followed() -> None:
    async with serving({CHAT: events(piece("stolen"), END, USAGE)}) as elsewhere:
        assert await code_of(status(307, location=f"{elsewhere.url}{CHAT}")) == "host-refused"
    assert elsewhere.asked == []


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({}) as proxy, serving({CHAT: events(piece("hello"), END, USAGE)}) as peer:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        completion, _ = await ask(peer)
    assert completion.text == "hello"
    assert proxy.asked == []


async def test_nobody_there_is_said_with_the_address() -> None:
    async with serving({}) as peer:
        pass
    with pytest.raises(EngineUnavailable) as caught:
        await ask(peer)
    assert caught.value.code == "engine-unreachable"
    assert peer.url in caught.value.message


@pytest.mark.parametrize("reply", [hanging, events(piece("hel"), then="hang")])
async def test_cancelling_closes_the_stream(reply: Reply) -> None:
    async with serving({CHAT: reply}) as peer:
        task = asyncio.create_task(ask(peer))
        await peer.waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(peer.left.wait(), 1)


async def test_a_llama_server_counts_exactly() -> None:
    replies = {"/apply-template": value({"prompt": "<hello>"}), "/tokenize": value({"tokens": [1, 2, 3]})}
    async with serving(replies) as peer:
        engine = OpenAIEngine(f"{peer.url}/v1")
        count = await engine.count(request())
        await engine.close()
    assert (count.low, count.high) == (3, 3)
    assert peer.bodies("/tokenize") == [{"content": "<hello>", "add_special": True, "parse_special": True}]


async def test_other_servers_are_asked_once_and_then_bounds_are_used() -> None:
    async with serving({}) as peer:
        engine = OpenAIEngine(f"{peer.url}/v1")
        counts = [await engine.count(request()) for _ in range(3)]
        await engine.close()
    assert counts == [prompt_bounds(request())] * 3
    assert len(peer.asked) == 1


async def test_a_model_that_is_not_listed_is_missing() -> None:
    async with serving({"/v1/models": value({"data": [{"id": "tiny"}]})}) as peer:
        engine = OpenAIEngine(f"{peer.url}/v1")
        await engine.ready("tiny")
        with pytest.raises(EngineUnavailable) as caught:
            await engine.ready("huge")
        await engine.close()
    assert caught.value.code == "model-missing"
    assert "tiny" in caught.value.message


@pytest.mark.parametrize("content", [[], {}, {"data": 3}, {"data": [{}]}])
async def test_a_list_of_models_that_is_none_is_said(content: object) -> None:
    async with serving({"/v1/models": value(content)}) as peer:
        engine = OpenAIEngine(f"{peer.url}/v1")
        with pytest.raises(EngineUnavailable) as caught:
            await engine.models()
        await engine.close()
    assert caught.value.code == "engine-broken"
