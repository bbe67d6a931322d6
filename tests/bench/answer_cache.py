"""Stands between a bench and a model's server, and answers from a file what was asked before.

    python -m tests.bench.answer_cache FILE.jsonl [--port 18181] [--model qwen2.5-coder:1.5b] [--upstream URL]
    python -m tests.bench.yield --engine openai --set engine.openai_url=http://127.0.0.1:18181/v1 --rows ROWS.jsonl …

With a file from an earlier run, a change to the crew costs only the questions that it asks otherwise: 62 tasks take
three minutes and not an hour. Which tasks are solved can be read off such a run; how long they took cannot. The key of
an answer is the whole request, so a temperature, a seed or a schema that changed is asked anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import http.client
import json
import os
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from workbench.engines.embedded import EmbeddedEngine
from workbench.engines.process import Place
from workbench.settings import EngineSettings

IDLE_MINUTES = 30


class Answers:
    """What was answered to which request, kept as JSON lines that are only ever added to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._known: dict[str, str] = {row["key"]: row["data"] for row in map(json.loads, lines)}
        self.found = self.asked = 0

    @staticmethod
    def key(path: str, request: dict[str, Any]) -> str:
        """Return the name of a request: all of it but whether its progress is told."""
        told = {name: value for name, value in request.items() if name != "return_progress"}
        return hashlib.sha256((path + json.dumps(told, sort_keys=True)).encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """Return the body that was answered, if it was."""
        answer = self._known.get(key)
        self.found += answer is not None
        return answer

    def keep(self, key: str, data: str) -> None:
        """Keep an answer."""
        with self._writing, self._path.open("a", encoding="utf-8") as file:
            self.asked += 1
            self._known[key] = data
            file.write(json.dumps({"key": key, "status": 200, "data": data}) + "\n")


class Engine:
    """The server that is asked: one that runs already, or the embedded engine's own, begun where it does not run."""

    def __init__(self, model: str, upstream: str = "") -> None:
        self.model = model
        self._upstream = upstream
        self._beginning = threading.Lock()

    def send(self, method: str, path: str, body: bytes | None) -> http.client.HTTPResponse:
        """Hand a request on and return the response, still to be read."""
        url, key = (self._upstream, os.environ.get("OPENAI_API_KEY", "none")) if self._upstream else self._embedded()
        address = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=600)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request(method, path, body, headers)
        return connection.getresponse()

    def _embedded(self) -> tuple[str, str]:
        with self._beginning:
            state = Place(self.model).read()
            if state is None:
                asyncio.run(self._begin())
                state = Place(self.model).read()
        if state is None:
            raise ConnectionError("the embedded engine does not start")
        os.utime(Place(self.model).state)
        return state.url, state.key

    async def _begin(self) -> None:
        engine = EmbeddedEngine(EngineSettings(idle_minutes=IDLE_MINUTES))
        await engine.load(self.model)
        await engine.close()


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    answers: Answers
    engine: Engine

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the base names it so
        """Say nothing of each request."""

    def do_GET(self) -> None:
        """Name the one model; hand anything else on."""
        if self.path.endswith("/models"):
            self._reply(200, json.dumps({"object": "list", "data": [{"id": self.engine.model}]}))
            return
        response = self.engine.send("GET", self.path, None)
        self._reply(response.status, response.read().decode())

    def do_POST(self) -> None:
        """Answer from the file, or from the model, and keep that."""
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(raw)
        key = self.answers.key(self.path, request)
        kind = "text/event-stream" if request.get("stream") else "application/json"
        known = self.answers.get(key)
        if known is not None:
            self._reply(200, known, kind)
            return
        response = self.engine.send("POST", self.path, raw)
        data = response.read().decode()
        if response.status == 200:
            self.answers.keep(key, data)
        self._reply(response.status, data, kind)

    def _reply(self, status: int, data: str, kind: str = "application/json") -> None:
        body = data.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True


def main() -> None:
    """Serve on loopback until interrupted; then say how much was known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSON lines: what was answered; made where it is missing")
    parser.add_argument("--port", type=int, default=18181)
    parser.add_argument("--model", default="qwen2.5-coder:1.5b")
    parser.add_argument("--upstream", default="", help="a server's URL, without /v1; without one, the embedded engine")
    given = parser.parse_args()
    Handler.answers, Handler.engine = Answers(given.file), Engine(given.model, given.upstream)
    with ThreadingHTTPServer(("127.0.0.1", given.port), Handler) as server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    print(json.dumps({"found": Handler.answers.found, "asked": Handler.answers.asked}))


if __name__ == "__main__":
    main()
