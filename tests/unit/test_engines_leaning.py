"""Where an answer leans elsewhere, asked of a server that has llama-server's paths, token by token."""

from __future__ import annotations

import asyncio
import json
import math
from typing import Any

import pytest

from tests.unit.hostile_peer import Connection, Peer, serving, status, value
from workbench.engines.openai import OpenAIEngine
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Message

WORDS = {10: b"a", 11: b" = 1", 12: b"\n", 13: b" = 2", 14: b"```", 15: b"\xf0\x9f", 16: b" = 3", 17: b""}
CHANCES = dict[int, float]


def server(with_task: dict[int, CHANCES], without: dict[int, CHANCES]) -> dict[str, Any]:
    """Return a server's paths; what may come at which place, with the task (prompt [1]) and without ([2])."""

    async def template(connection: Connection) -> None:
        is_asked = "task" in connection.asked.body["messages"][-1]["content"]
        await value({"prompt": "with" if is_asked else "without"})(connection)

    async def tokenize(connection: Connection) -> None:
        await value({"tokens": [1] if connection.asked.body["content"] == "with" else [2]})(connection)

    async def complete(connection: Connection) -> None:
        first, *path = connection.asked.body["prompt"]
        chances = (with_task if first == 1 else without).get(len(path), {})
        known = [
            {"id": number, "bytes": list(WORDS[number]), "logprob": math.log(chance)}
            for number, chance in sorted(chances.items(), key=lambda one: -one[1])
        ]
        said = [{"id": known[0]["id"], "top_logprobs": known}] if known else []
        end = {"stop_type": "limit" if known else "eos", "completion_probabilities": said}
        await value(end)(connection)

    return {"/apply-template": template, "/tokenize": tokenize, "/completion": complete}


def request(**fields: Any) -> ChatRequest:
    asked = Message(role="user", content="here is the task for all of you to do")
    fields = {"max_tokens": 20, "against": (Message(role="user", content="nothing"),)} | fields
    return ChatRequest(model="tiny", messages=(asked,), **fields)


async def ask(replies: dict[str, Any], question: ChatRequest | None = None) -> tuple[Completion, list[str], Peer]:
    pieces: list[str] = []
    # What was read is known by its tokens; the bounds of a prompt of one token would say that it was cut.
    async with serving(replies) as peer:
        engine = OpenAIEngine(f"{peer.url}/v1")
        try:
            return await engine.chat(question or request(), pieces.append), pieces, peer
        finally:
            await engine.close()


@pytest.fixture(autouse=True)
def short_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.engines.openai.check_read", lambda request, sent, completion: completion)


async def test_the_answer_is_the_likeliest_at_each_place() -> None:
    places = {0: {10: 0.9, 11: 0.1}, 1: {11: 0.7, 13: 0.3}, 2: {12: 1.0}}
    completion, pieces, _ = await ask(server(places, places))
    assert completion.text == "a = 1\n"
    assert pieces == ["a", " = 1", "\n"]
    assert completion.finish == "stop"
    assert (completion.prompt_tokens, completion.completion_tokens) == (1, 3)


async def test_what_the_task_makes_likelier_comes_first() -> None:
    with_task = {0: {10: 0.6, 11: 0.4}, 1: {11: 0.9, 13: 0.1}, 2: {12: 1.0}}
    without = {0: {10: 0.6, 11: 0.4}, 1: {11: 0.999, 13: 0.001}}
    completion, *_ = await ask(server(with_task, without))
    first, second = completion.leanings
    assert (first.begin, first.words) == (1, " = 2")
    assert (second.begin, second.words) == (0, " = 1")
    nearer = math.log(0.1 / 0.9)
    assert first.gain == pytest.approx(nearer + nearer - math.log(0.001 / 0.999), abs=0.002)
    assert second.gain == pytest.approx(math.log(0.4 / 0.6), abs=0.002)


async def test_only_where_something_else_is_likely_the_other_question_is_put() -> None:
    places = {0: {10: 0.9999, 11: 0.0001}, 1: {11: 0.9, 13: 0.1}, 2: {12: 1.0}}
    completion, _, peer = await ask(server(places, places))
    assert [body["prompt"] for body in peer.bodies("/completion") if body["prompt"][0] == 2] == [[2, 10]]
    assert len(completion.leanings) == 1
    assert {body["n_predict"] for body in peer.bodies("/completion")} == {1}


async def test_one_way_is_told_for_each_place() -> None:
    places = {0: {10: 0.5, 11: 0.3, 13: 0.2}}
    completion, *_ = await ask(server(places, {0: {10: 0.98, 13: 0.01, 11: 0.01}}))
    assert [(one.begin, one.words) for one in completion.leanings] == [(0, " = 1")]


async def test_a_piece_of_a_character_or_no_text_is_no_way() -> None:
    completion, *_ = await ask(server({0: {10: 0.6, 15: 0.3, 17: 0.1}}, {0: {10: 1.0}}))
    assert completion.leanings == ()


async def test_a_token_that_is_not_known_without_the_task_counts_as_unlikely() -> None:
    completion, *_ = await ask(server({0: {10: 0.6, 11: 0.4}}, {0: {10: 1.0}}))
    (one,) = completion.leanings
    assert one.gain == pytest.approx(2 * math.log(0.4 / 0.6) + 0.5, abs=0.002)


async def test_it_ends_where_it_was_told_to() -> None:
    places = {0: {10: 1.0}, 1: {12: 1.0}, 2: {14: 1.0}, 3: {12: 1.0}, 4: {10: 1.0}}
    completion, *_ = await ask(server(places, places), request(stop=("\n```\n",)))
    assert completion.text == "a"
    assert completion.finish == "stop"


async def test_a_way_that_leaves_what_ends_the_answer_begins_at_the_end_of_the_answer() -> None:
    places = {0: {10: 1.0}, 1: {12: 1.0}, 2: {14: 0.9, 11: 0.1}, 3: {12: 1.0}}
    completion, *_ = await ask(server(places, places), request(stop=("\n```\n",)))
    assert completion.text == "a"
    assert [(one.begin, one.words) for one in completion.leanings] == [(1, "\n = 1")]


async def test_an_answer_that_does_not_end_says_so() -> None:
    places = {number: {10: 1.0} for number in range(9)}
    completion, *_ = await ask(server(places, places), request(max_tokens=5))
    assert (completion.finish, completion.completion_tokens) == ("length", 5)


@pytest.mark.parametrize("missing", ["/apply-template", "/tokenize", "/completion"])
async def test_a_server_without_these_paths_cannot_tell(missing: str) -> None:
    replies = {path: reply for path, reply in server({0: {10: 1.0}}, {}).items() if path != missing}
    with pytest.raises(EngineUnavailable) as caught:
        await ask(replies)
    assert caught.value.code == "cannot-compare"


@pytest.mark.parametrize(
    "noise",
    [
        {"completion_probabilities": [{"top_logprobs": [{"id": 1}]}]},
        {"completion_probabilities": [{"top_logprobs": [{"id": 1, "bytes": [300], "logprob": 0}]}]},
        {"completion_probabilities": [{"top_logprobs": [{"id": 1, "bytes": [65], "logprob": None}]}]},
        {"completion_probabilities": ["text"]},
        {"completion_probabilities": 7},
    ],
)
async def test_noise_is_no_probability(noise: dict[str, Any]) -> None:
    replies = server({0: {10: 1.0}}, {}) | {"/completion": status(200, json.dumps(noise))}
    with pytest.raises(EngineUnavailable) as caught:
        await ask(replies)
    assert caught.value.code == "cannot-compare"


async def test_what_takes_too_long_is_told_as_far_as_it_goes() -> None:
    places = {number: {10: 0.6, 11: 0.4} for number in range(4_000)}
    completion, *_ = await ask(server(places, places), request(max_tokens=4_000, within=1.0))
    assert completion.finish == "length"
    assert 0 < completion.completion_tokens < 4_000
    assert completion.leanings


async def test_both_questions_are_noted_before_they_leave_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[int] = []
    monkeypatch.setattr("workbench.engines.openai.note_prompt", lambda _url, _model, length: noted.append(length))
    places = {0: {10: 1.0}}
    await ask(server(places, places))
    assert noted == [len("here is the task for all of you to do"), len("nothing")]


async def test_one_that_dies_is_said_to_have_died() -> None:
    async def dies(connection: Connection) -> None:
        await asyncio.sleep(0)
        connection.die()

    with pytest.raises(EngineUnavailable) as caught:
        await ask(server({0: {10: 1.0}}, {}) | {"/completion": dies})
    assert caught.value.code == "engine-died"
