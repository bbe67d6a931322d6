"""A scripted stand-in for the Anthropic Messages API, on loopback: it plays Claude's turns and keeps what it was sent.

A turn is a list of blocks: `say(text)` or `use(tool, **input)`. A request with tools takes the next turn; one without
(titles, probes) is answered with a word. In inputs and texts `${result}` stands for the last tool result, and
`${id}`/`${ids}` for the task ID(s) found in all results so far; `*name` finds the tool whose full name ends so.
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Block = dict[str, Any]
Turn = Sequence[Block]

_ID = re.compile(r'"id(?:s)?":\s*(?:\[([^\]]*)\]|"([0-9a-z]{14})")')


def say(text: str) -> Block:
    """Return a block of text."""
    return {"type": "text", "text": text}


def use(tool: str, /, **arguments: Any) -> Block:
    """Return a block that calls a tool; `*name` for one whose full name ends in `name`."""
    return {"type": "tool_use", "name": tool, "input": arguments}


def text_of(content: Any) -> str:
    """Return the text of a message's content, tool results and all."""
    if isinstance(content, str):
        return content
    parts = []
    for block in content or []:
        if block.get("type") == "text":
            parts.append(block["text"])
        elif block.get("type") == "tool_result":
            parts.append(text_of(block.get("content")))
    return "\n".join(parts)


def results_in(body: dict[str, Any]) -> list[str]:
    """Return the texts of all tool results in a request, oldest first."""
    return [
        text_of(block.get("content"))
        for message in body.get("messages", [])
        if message["role"] == "user" and isinstance(message["content"], list)
        for block in message["content"]
        if block.get("type") == "tool_result"
    ]


def ids_in(text: str) -> list[str]:
    """Return the task IDs that results name, in their order."""
    found = (re.findall(r"[0-9a-z]{14}", several) if several else [one] for several, one in _ID.findall(text))
    return list(dict.fromkeys(name for names in found for name in names))


class ScriptedApi:
    """Listens on a free port of loopback from its making until `close`."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.requests: list[dict[str, Any]] = []
        self.overruns = 0
        self._turns = list(turns)
        self._taken = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, body: dict[str, Any]) -> list[Block]:
        """Return the blocks of the next turn for a request, names and places filled in."""
        if not body.get("tools"):
            return [say("ok")]
        with self._lock:
            number = self._taken
            self._taken += 1
            self.requests.append(body)
            if number >= len(self._turns):
                self.overruns += 1
                return [say("[the script is over]")]
        text = json.dumps(body.get("messages", []))
        names = [tool.get("name", "") for tool in body["tools"]] + sorted(set(re.findall(r"mcp__[A-Za-z0-9_-]+", text)))
        blocks = []
        for block in _filled(list(self._turns[number]), body):
            if block["type"] == "tool_use":
                block = block | {"id": f"toolu_{uuid.uuid4().hex[:24]}", "name": _full(block["name"], names)}
                block["input"] = {name: _full(value, names) for name, value in block["input"].items()}
            blocks.append(block)
        return blocks

    def _handler(api) -> type[BaseHTTPRequestHandler]:  # noqa: N805 — `self` is the request's inside
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002
                pass

            def do_HEAD(self) -> None:
                self._send({})

            def do_GET(self) -> None:
                self._send({"data": [], "has_more": False})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
                path = self.path.split("?")[0]
                if path.endswith("/count_tokens"):
                    self._send({"input_tokens": len(json.dumps(body)) // 4})
                elif path.endswith("/v1/messages"):
                    self._stream(_message(body, api.answer(body)), bool(body.get("stream")))
                else:
                    self._send({})

            def _send(self, value: Any) -> None:
                data = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

            def _stream(self, message: dict[str, Any], streams: bool) -> None:
                if not streams:
                    self._send(message)
                    return
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                self.close_connection = True
                for event, value in _events(message):
                    data = json.dumps(value | {"type": event})
                    self.wfile.write(f"event: {event}\ndata: {data}\n\n".encode())
                    self.wfile.flush()

        return Handler


def _full(value: Any, names: Sequence[str]) -> Any:
    """Return a tool's full name for `*name` (also within `select:*name`)."""
    if not isinstance(value, str) or "*" not in value:
        return value
    return re.sub(
        r"\*(local_[a-z_]+)", lambda found: next((n for n in names if n.endswith(found[1])), f"NO_{found[1]}"), value
    )


def _filled(value: Any, body: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(part, body) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, body) for part in value]
    if not isinstance(value, str):
        return value
    results = results_in(body)
    ids = ids_in("\n".join(results))
    if value == "${ids}":
        return ids
    return value.replace("${result}", results[-1] if results else "").replace("${id}", ids[-1] if ids else "NO_ID")


def _message(body: dict[str, Any], blocks: list[Block]) -> dict[str, Any]:
    calls = any(block["type"] == "tool_use" for block in blocks)
    written = sum(len(json.dumps(block.get("input") or block.get("text"))) for block in blocks)
    usage = {
        "input_tokens": len(json.dumps(body)) // 4,
        "output_tokens": written // 4 + 1,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
    }
    return {
        "id": f"msg_{uuid.uuid4().hex[:24]}",
        "type": "message",
        "role": "assistant",
        "model": body.get("model", "scripted"),
        "content": blocks,
        "stop_reason": "tool_use" if calls else "end_turn",
        "stop_sequence": None,
        "usage": usage,
    }


def _events(message: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "message_start", {"message": message | {"content": [], "stop_reason": None}}
    for index, block in enumerate(message["content"]):
        if block["type"] == "tool_use":
            start, delta = (
                block | {"input": {}},
                {"type": "input_json_delta", "partial_json": json.dumps(block["input"])},
            )
        else:
            start, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": block["text"]}
        yield "content_block_start", {"index": index, "content_block": start}
        yield "content_block_delta", {"index": index, "delta": delta}
        yield "content_block_stop", {"index": index}
    yield (
        "message_delta",
        {"delta": {"stop_reason": message["stop_reason"], "stop_sequence": None}, "usage": message["usage"]},
    )
    yield "message_stop", {}


def wait_until(condition: Any, seconds: float = 30) -> None:
    """Wait until `condition()` holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)
