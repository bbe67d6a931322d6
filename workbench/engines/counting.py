"""How many tokens a prompt takes where no tokenizer can be asked, and the alarm for prompts that were read short.

The bounds rest on what usual tokenizers have in common: none joins two words, and none makes more tokens than bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, TokenCount

CAUTION = 0.85
"""Part of the words that is surely read as a token each; the rest is left for tokenizers we do not know."""

TEMPLATE_TOKENS = 64
"""Most tokens a chat template adds of its own, its default system message included."""

MESSAGE_TOKENS = 12
"""Most tokens a chat template adds to a message."""

_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"(?P<letters>[A-Za-z]+)|(?P<space> (?=[A-Za-z]))|(?P<blank>[ \t]+)|[^\x00-\x7f]+|[\x00-\x7f]")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_ODD = re.compile(r"[^aeiouyAEIOUY]{4}|[a-z][A-Z]|[A-Z]{3}")


def bounds(texts: Iterable[str]) -> TokenCount:
    """Return how many tokens `texts` take together, at least and at most, chat template included."""
    low, high = 0, TEMPLATE_TOKENS
    for text in texts:
        low += _words(text)
        high += _most(text) + MESSAGE_TOKENS
    return TokenCount(low=int(low * CAUTION), high=high)


def prompt_bounds(request: ChatRequest) -> TokenCount:
    """Return the bounds of a request's prompt."""
    return bounds(message.content for message in request.messages)


def _words(text: str) -> int:
    """Return the number of words; a letter and the marks over it are of one word."""
    if not text.isascii():
        text = "".join(character for character in text if unicodedata.category(character)[0] != "M")
    return sum(1 for _ in _WORD.finditer(text))


def _most(text: str) -> int:
    """Return a number of tokens that usual tokenizers stay under.

    Measured with Qwen's: source code takes some 0.55 of it, random letters, base64 and hexadecimals 0.75 to 0.97.
    """
    total = 0
    for match in _PIECE.finditer(text):
        piece = match.group()
        if match.lastgroup == "letters":
            total += _most_of_letters(piece)
        elif match.lastgroup == "blank":
            total += 1 + len(piece) // 8 + piece.count("\t")
        elif match.lastgroup != "space":
            total += len(piece.encode("utf-8", "replace"))
    return total


def _most_of_letters(piece: str) -> int:
    """Return how many tokens a run of letters takes at most; what does not look like a word takes more."""
    if _VOWEL.search(piece) is None:
        return len(piece)
    return 1 + 2 * len(piece) // 3 if _ODD.search(piece) else 1 + (len(piece) - 1) // 4


def check_before(request: ChatRequest, sent: TokenCount, window: int | None = None) -> None:
    """Refuse a request that cannot fit the window, before anything is sent.

    Args:
        request: the question.
        sent: how many tokens its prompt takes.
        window: the engine's window in tokens where it is known to be smaller than the one asked for.

    Raises:
        EngineUnavailable: the prompt is longer than the window (code `prompt-shortened`).
    """
    room = min(request.context, window or request.context)
    if sent.low >= room:
        raise _shortened(f"the prompt takes at least {sent.low:,} tokens and the window holds {room:,}")


def check_read(request: ChatRequest, sent: TokenCount, completion: Completion) -> Completion:
    """Return `completion` if the engine read the whole prompt and kept it while it answered.

    Raises:
        EngineUnavailable: it read less than was sent, or its window was too small (code `prompt-shortened`).
    """
    read = completion.prompt_tokens
    if read <= 0:
        raise _shortened("the engine does not say how much of the prompt it read")
    if read < sent.low:
        raise _shortened(f"the engine read {read:,} tokens of a prompt of at least {sent.low:,}")
    if read >= request.context or read + completion.completion_tokens > request.context:
        raise _shortened(
            f"prompt and answer took {read + completion.completion_tokens:,} tokens, "
            f"and the window holds {request.context:,}"
        )
    return completion


def _shortened(what: str) -> EngineUnavailable:
    return EngineUnavailable(
        what,
        code="prompt-shortened",
        hint="give the task less to read, or raise [engine] context in nanites.toml",
    )
