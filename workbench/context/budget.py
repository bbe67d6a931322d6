"""Fits a prompt into a model's window: what must be shown is, what may be shown is dropped from the end until it fits.

What was dropped is named, never lost in silence. Counting is the engine's, by bounds; the upper one decides.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from workbench.errors import AnswerRejected
from workbench.exchange import ChatRequest, Message, TokenCount
from workbench.model import Value

Count = Callable[[ChatRequest], Awaitable[TokenCount]]

BYTES_PER_TOKEN = 3
"""Fewer bytes a token than code takes with the usual tokenizers, so that estimates err on the long side."""

TEMPLATE_TOKENS = 80
"""Most tokens that a chat template adds to a short conversation."""


class Part(Value):
    """A piece of a prompt. `name` is how the transcript calls it; `needed` pieces are never dropped."""

    name: str
    text: str
    needed: bool = True


class Fitted(Value):
    """A request that fits, and the names of the parts that did not."""

    request: ChatRequest
    left_out: tuple[str, ...] = ()


def estimate(text: str) -> int:
    """Return roughly how many tokens `text` takes, rather too many than too few."""
    return len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN + 1


def answer_tokens(shown: str, most: int) -> int:
    """Return how long an answer may be that writes `shown` anew: its size and half again, at most `most` tokens."""
    return max(min(256, most), min(most, estimate(shown) * 3 // 2 + 200))


async def fit(request: ChatRequest, parts: Sequence[Part], count: Count) -> Fitted:
    """Return `request` with a last user message made of `parts`, as many of them as the window holds.

    Args:
        request: says model, earlier messages, window and longest answer.
        parts: in the order in which they are shown; of those not needed, the last goes first.
        count: how the engine counts.

    Raises:
        AnswerRejected: what is needed does not fit (code `too-long-for-model`).
    """
    kept = list(parts)
    left_out: list[str] = []
    while True:
        whole = _with(request, kept)
        if await _fits(whole, count):
            return Fitted(request=whole, left_out=tuple(left_out))
        spare = next((place for place in reversed(range(len(kept))) if not kept[place].needed), None)
        if spare is None:
            raise AnswerRejected(
                f"what the task needs to show does not fit the model's window of {request.context:,} tokens",
                code="too-long-for-model",
                hint="name fewer or smaller targets, or raise [engine] context in nanites.toml",
            )
        left_out.append(kept.pop(spare).name)


def _with(request: ChatRequest, parts: Sequence[Part]) -> ChatRequest:
    if not parts:
        return request
    text = "\n\n".join(part.text for part in parts)
    return request.model_copy(update={"messages": (*request.messages, Message(role="user", content=text))})


async def _fits(request: ChatRequest, count: Count) -> bool:
    room = request.context - request.max_tokens
    size = sum(len(message.content.encode("utf-8", "replace")) for message in request.messages)
    # No tokenizer makes more tokens than bytes: a short prompt need not be counted.
    if size + TEMPLATE_TOKENS <= room:
        return True
    if size // 16 > request.context:
        return False
    return (await count(request)).high <= room
