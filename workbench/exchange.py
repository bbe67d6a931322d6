"""The values that pass between a crew and an engine: a question to a model, its answer, and which models there are."""

from __future__ import annotations

from typing import Any, Literal

from workbench.model import Value


class Message(Value):
    """One message of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(Value):
    """One question to an engine.

    Attributes:
        max_tokens: the longest answer wanted, in tokens.
        context: the window asked for (`num_ctx`), in tokens; prompt and answer must fit.
        response_schema: a JSON Schema the answer must satisfy, or None for free text.
        against: the same question without what it asks for. Where there is one, the coldest answer is wanted, and with
            it the places at which it leans away from what would be answered to these; not every engine can tell.
        within: seconds that such a comparison may take; what was found by then is told.
    """

    model: str
    messages: tuple[Message, ...]
    temperature: float = 0.0
    seed: int = 0
    max_tokens: int = 1_024
    context: int = 8_192
    response_schema: dict[str, Any] | None = None
    stop: tuple[str, ...] = ()
    against: tuple[Message, ...] = ()
    within: float | None = None


class Leaning(Value):
    """Another way on from a place of an answer: the model would go it sooner for what is asked for.

    Attributes:
        begin: how many characters of the answer come before it.
        words: the piece of text that comes next instead.
        gain: how much is for it: the logarithm of its probability over that of what was answered there, and how much
            larger what is asked for makes that. The larger, the likelier.
    """

    begin: int
    words: str
    gain: float


class Completion(Value):
    """An answer, whole. `finish` is `length` where the model was cut off: such an answer is never applied.

    `prompt_tokens` is what the engine says it read; `cached_tokens` is the part it had in its prompt cache. `leanings`
    are there where `against` was asked for, the likeliest first.
    """

    text: str
    finish: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    seconds: float = 0.0
    leanings: tuple[Leaning, ...] = ()


class TokenCount(Value):
    """How many tokens a prompt takes: bounds, equal where the engine's own tokenizer counted."""

    low: int
    high: int


class ModelInfo(Value):
    """A model an engine can serve. `size` is in bytes on disk, `loaded` whether it is in memory now.

    Of a loaded one, where the engine tells: `memory` in bytes, `slots_used` of `slots` answers at once, and
    `expires_in`, the seconds until it is let go if nobody asks.
    """

    name: str
    size: int = 0
    loaded: bool = False
    memory: int = 0
    slots: int = 0
    slots_used: int = 0
    expires_in: float | None = None
    context: int | None = None
    detail: str = ""
