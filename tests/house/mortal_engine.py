"""A model server to be killed, `python -m tests.house.mortal_engine PORT`: it streams one answer in small pieces."""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.house.place import TRUNCATED
from workbench.settings import DEFAULT_NANITE

_PIECES = 6
_PAUSE_SECONDS = 0.02


class Answering(BaseHTTPRequestHandler):
    """Answers as an OpenAI-compatible server does."""

    def do_GET(self) -> None:
        """List the one model."""
        self._send({"data": [{"id": DEFAULT_NANITE}]})

    def do_POST(self) -> None:
        """Stream an answer, or say that there is no such path."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not self.path.endswith("/chat/completions"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        size = len(TRUNCATED) // _PIECES + 1
        for start in range(0, len(TRUNCATED), size):
            self._event({"choices": [{"delta": {"content": TRUNCATED[start : start + size]}}]})
            time.sleep(_PAUSE_SECONDS)
        read = sum(len(message["content"]) for message in body["messages"]) // 2
        usage = {"prompt_tokens": read, "completion_tokens": 60}
        self._event({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, content: dict[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(content).encode() + b"\n\n")
        self.wfile.flush()

    def _send(self, content: dict[str, Any]) -> None:
        data = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answering).serve_forever()
