"""What having the tools costs a session, whether it uses them or not."""

from __future__ import annotations

from typing import Any

ALWAYS_ON_TOKENS = 185
"""Names, instructions and the skill's line, in each session; measured from what the client sends, held by a test."""

LOADED_TOKENS = 600
"""The tools' definitions and the search for them, once in a session that calls one; measured likewise."""


def of_line(line: dict[str, Any], called: set[str]) -> int:
    """Return the overhead that a line of the book brings: a session's beginning, and its first call.

    `called` holds the sessions that have called before, and is added to.
    """
    if line.get("event") == "session":
        return ALWAYS_ON_TOKENS
    session = str(line.get("session") or "")
    if line.get("event") == "call" and session not in called:
        called.add(session)
        return LOADED_TOKENS
    return 0
