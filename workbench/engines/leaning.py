"""Where an answer leans away from what would be said without the task: found by asking llama.cpp token by token.

A small model copies. Where its coldest answer does, another token at the right place is often enough, and that place
can be seen: what is asked for makes the other token likelier there than it would be without, as in contrastive decoding
(Li et al. 2022, arXiv 2210.15097) and context-aware decoding (Shi et al. 2023, arXiv 2305.14739). Those choose each
token by the difference; here only the places are found, for the model writes on by itself better than it is steered.

A server that guesses ahead gives no probabilities for what it guessed, so each token is asked for alone.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.engines.base import OnText
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Leaning, Message

Post = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any] | None]]
"""Posts a body to one of llama-server's own paths; None where there is no such path."""

KNOWN = 20
"""Tokens whose probabilities are asked for at each place."""

LEAST = math.log(0.003)
"""Logarithm of the least share of the likeliest token's probability that another one must have to be thought of."""

BELOW = 0.5
"""How far under the least of the known a token is taken to lie that is not among them, as a logarithm."""

MOST = 16
"""Most leanings that are told."""

ANSWERING = 0.7
"""Share of the time that the answer may take; the rest is for the comparison."""


@dataclass(frozen=True)
class _Token:
    number: int
    text: bytes
    chance: float


@dataclass(frozen=True)
class _Place:
    """What may come at one place of an answer, the likeliest first; the answer goes on with that."""

    tokens: tuple[_Token, ...]
    is_end: bool

    @property
    def others(self) -> tuple[_Token, ...]:
        """What else is likely enough to be thought of."""
        top = self.tokens[0]
        return tuple(one for one in self.tokens[1:] if one.chance >= top.chance + LEAST)


def cannot_compare(name: str) -> EngineUnavailable:
    """Return the error of an engine that knows no probabilities."""
    return EngineUnavailable(
        f"the {name} engine does not tell what else it could have answered",
        code="cannot-compare",
        hint="the embedded engine and llama-server do",
    )


async def lean(request: ChatRequest, post: Post, on_text: OnText, name: str) -> Completion:
    """Return the coldest answer to a request and its leanings against `request.against`.

    Args:
        request: the question; its temperature and schema are left aside.
        post: sends to the server.
        on_text: called with each piece of the answer.
        name: the engine's, for the error.

    Raises:
        EngineUnavailable: the server is none of llama.cpp's (code `cannot-compare`), or see `post`.
    """
    started = asyncio.get_running_loop().time()
    asked, against = [await tokens_of(messages, post) for messages in (request.messages, request.against)]
    if asked is None or against is None:
        raise cannot_compare(name)
    places: list[_Place] = []
    said = b""
    ends = [text.encode() for text in request.stop]
    path: list[int] = []
    is_whole = False
    while len(path) < request.max_tokens and _is_within(request, started, ANSWERING):
        place = await _next(asked + path, post, name)
        if is_whole := place.is_end:
            break
        places.append(place)
        path.append(place.tokens[0].number)
        said += place.tokens[0].text
        on_text(place.tokens[0].text.decode("utf-8", "replace"))
        if is_whole := any(end in said for end in ends):
            break
    leanings: list[Leaning] = []
    before = b""
    for number, place in enumerate(places):
        if place.others and _is_within(request, started, 1.0):
            there = await _next(against + path[:number], post, name)
            leaning = _leaning(before, place, {one.number: one.chance for one in there.tokens})
            leanings += [leaning] if leaning else []
        before += place.tokens[0].text
    leanings.sort(key=lambda one: -one.gain)
    whole, text = (part.decode("utf-8", "replace") for part in (said, _up_to(said, ends)))
    return Completion(
        text=text,
        finish="stop" if is_whole else "length",
        prompt_tokens=len(asked),
        completion_tokens=len(path),
        seconds=round(asyncio.get_running_loop().time() - started, 3),
        leanings=tuple(_from_within(text, whole, one) for one in leanings[:MOST]),
    )


def _leaning(before: bytes, place: _Place, there: dict[int, float]) -> Leaning | None:
    """Return the way that a place leans most, given what would come without what is asked for; None without one."""
    if not there:
        return None
    least = min(there.values()) - BELOW
    top = place.tokens[0]
    found = []
    for one in place.others:
        nearer = one.chance - top.chance
        gain = nearer + (nearer - (there.get(one.number, least) - there.get(top.number, least)))
        try:
            found.append(Leaning(begin=len(before.decode()), words=one.text.decode(), gain=round(gain, 3)))
        except UnicodeDecodeError:
            # A piece of a character.
            continue
    return max((one for one in found if one.words), key=lambda one: one.gain, default=None)


def _is_within(request: ChatRequest, started: float, share: float) -> bool:
    """Return whether no more than a share of the time that a request allows has passed."""
    return request.within is None or asyncio.get_running_loop().time() - started < request.within * share


def _from_within(text: str, said: str, one: Leaning) -> Leaning:
    """Return a leaning that begins where an answer ends at the latest: one within what ended it brings that along."""
    if one.begin <= len(text):
        return one
    return one.model_copy(update={"begin": len(text), "words": said[len(text) : one.begin] + one.words})


async def tokens_of(messages: Sequence[Message], post: Post) -> list[int] | None:
    """Return the tokens of a prompt, chat template included; None where the server is none of llama.cpp's."""
    shown = await post("/apply-template", {"messages": [message.model_dump() for message in messages]})
    prompt = (shown or {}).get("prompt")
    body = {"content": prompt, "add_special": True, "parse_special": True}
    read = await post("/tokenize", body) if isinstance(prompt, str) else None
    tokens = (read or {}).get("tokens")
    return tokens if isinstance(tokens, list) else None


async def _next(tokens: list[int], post: Post, name: str) -> _Place:
    """Return what may come after tokens."""
    body = {"prompt": tokens, "n_predict": 1, "n_probs": KNOWN, "temperature": 0, "cache_prompt": True}
    answer = await post("/completion", body)
    if answer is None:
        raise cannot_compare(name)
    try:
        places = answer.get("completion_probabilities") or [{}]
        known = places[0].get("top_logprobs") or []
        found = [_Token(int(one["id"]), bytes(one["bytes"]), float(one["logprob"])) for one in known]
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise cannot_compare(name) from error
    return _Place(tuple(found), is_end=answer.get("stop_type") == "eos" or not found)


def _up_to(said: bytes, ends: Sequence[bytes]) -> bytes:
    """Return what was said before the first of the texts that end an answer."""
    places = [place for end in ends if (place := said.find(end)) >= 0]
    return said[: min(places)] if places else said
