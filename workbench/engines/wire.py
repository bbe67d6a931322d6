"""What the engines that are reached over HTTP have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable

from workbench.exchange import ChatRequest, Message

CONNECT_SECONDS = 5.0
"""How long a server may take to accept a connection."""


def answer_room(request: ChatRequest) -> int:
    """Return how many characters an answer may have; a longer one comes from a server that does not end."""
    return request.max_tokens * 64 + 4_096


def characters(messages: Iterable[Message]) -> int:
    """Return how long messages are together, for the log of what leaves the machine."""
    return sum(len(message.content) for message in messages)


def said(text: str) -> str:
    """Return a server's own words for an error, on one line and shortened; they are data and may be anything."""
    words: object = text
    try:
        answer = json.loads(text)
        error = answer["error"]
        words = error["message"] if isinstance(error, dict) else error
    except (ValueError, LookupError, TypeError, RecursionError):
        words = text
    return " ".join(str(words).split())[:200]
