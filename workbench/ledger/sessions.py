"""What Claude Code itself counted: the usage in its session files, for the calls of our tools that stand there.

A session file has a line for each block of a message; all lines of one message carry its usage. What a call cost to
write is the message's output; what its answer cost to read is what the next request sent more than this one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OUR_TOOLS = ("local_chat", "local_patch", "local_task_queue")
MOST_BYTES = 64_000_000
_INPUT = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


@dataclass(frozen=True)
class RealCall:
    """A call as Claude Code counted it: tokens written for it and tokens read as its answer, and that answer."""

    tool: str
    arguments: dict[str, Any]
    asked: int
    answered: int | None
    answer: str


@dataclass
class _Message:
    """One of the model's messages: its usage and its calls."""

    sent: int = 0
    written: int = 0
    calls: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)


def session_file(session: str, home: Path | None = None) -> Path | None:
    """Return the file of a session, or None where there is none on this machine."""
    if not session or "/" in session or session.startswith("."):
        return None
    configured = os.environ.get("CLAUDE_CONFIG_DIR")
    base = home or (Path(configured) if configured else Path.home() / ".claude")
    return next((base / "projects").glob(f"*/{session}.jsonl"), None)


def real_calls(path: Path) -> list[RealCall]:
    """Return the calls of our tools in a session file, oldest first; what cannot be read is left out."""
    messages: dict[str, _Message] = {}
    answers: dict[str, str] = {}
    for line in _lines(path):
        message = line.get("message")
        if not isinstance(message, dict):
            continue
        if line.get("type") == "assistant" and isinstance(message.get("usage"), dict):
            _take(messages.setdefault(str(message.get("id")), _Message()), message)
        elif line.get("type") == "user" and isinstance(message.get("content"), list):
            for block in message["content"]:
                if isinstance(block, dict) and block.get("type") == "tool_result":
                    answers[str(block.get("tool_use_id"))] = _text(block.get("content"))
    return list(_calls(list(messages.values()), answers))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES)
    except OSError:
        return
    for raw in data.splitlines():
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        # A subagent's messages stand beside the main ones and are requests of their own.
        if isinstance(line, dict) and not line.get("isSidechain"):
            yield line


def _take(known: _Message, message: dict[str, Any]) -> None:
    usage = message["usage"]
    known.sent = max(known.sent, sum(_count(usage.get(name)) for name in _INPUT))
    known.written = max(known.written, _count(usage.get("output_tokens")))
    content = message.get("content")
    for block in content if isinstance(content, list) else ():
        if isinstance(block, dict) and block.get("type") == "tool_use":
            arguments = block.get("input")
            known.calls[str(block.get("id"))] = (
                str(block.get("name")),
                arguments if isinstance(arguments, dict) else {},
            )


def _calls(messages: list[_Message], answers: dict[str, str]) -> Iterator[RealCall]:
    for number, message in enumerate(messages):
        if not message.calls:
            continue
        following = messages[number + 1].sent if number + 1 < len(messages) else None
        # A compaction makes the next request smaller: then nothing is known of the answer's size.
        grown = None if following is None else following - message.sent - message.written
        share = len(message.calls)
        for identity, (name, arguments) in message.calls.items():
            tool = name.rpartition("__")[2]
            if name.startswith("mcp__") and tool in OUR_TOOLS:
                answered = None if grown is None or grown < 0 else grown // share
                yield RealCall(tool, arguments, message.written // share, answered, answers.get(identity, ""))


def _count(value: Any) -> int:
    return value if type(value) is int and value > 0 else 0


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else ()
    return "\n".join(str(part.get("text") or "") for part in parts if isinstance(part, dict))
