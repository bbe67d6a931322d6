"""A little HTTP server that behaves like an engine, or as badly as a test wants: it dies, lies, hangs and redirects."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Reply = Callable[["Connection"], Awaitable[None]]


@dataclass
class Asked:
    """One request that came."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Connection:
    """What a reply may do with the one who asked."""

    asked: Asked
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    peer: Peer

    async def head(self, status: int = 200, **headers: str) -> None:
        """Send the status line and headers; the body ends with the connection."""
        lines = [f"HTTP/1.1 {status} X", "connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join(lines) + "\r\n\r\n")

    async def send(self, text: str) -> None:
        """Send text as it is."""
        self.writer.write(text.encode())
        await self.writer.drain()

    def die(self) -> None:
        """Break the connection off in the middle of a body."""
        self.writer.transport.abort()

    async def hang(self) -> None:
        """Say nothing more until the other side goes away."""
        self.peer.waiting.set()
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(1_024):
                pass
        self.peer.left.set()


@dataclass
class Peer:
    """A running server: its address, what was asked, whether somebody is kept waiting and whether they went away."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def bodies(self, path: str) -> list[Any]:
        """Return the bodies of all requests for `path`."""
        return [asked.body for asked in self.asked if asked.path == path]


@asynccontextmanager
async def serving(replies: Mapping[str, Reply]) -> AsyncIterator[Peer]:
    """Serve `replies` by path for as long as the block runs; other paths are answered with 404."""
    peer = Peer()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            raw = await reader.readexactly(int(headers.get("content-length", "0")))
            asked = Asked(first.split()[1], headers, json.loads(raw) if raw else None)
            peer.asked.append(asked)
            connection = Connection(asked, reader, writer, peer)
            await replies.get(asked.path, status(404, '{"error": "not found"}'))(connection)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    peer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield peer
    finally:
        server.close()


def status(number: int, text: str = "", **headers: str) -> Reply:
    """Answer with a status and a body."""

    async def reply(connection: Connection) -> None:
        await connection.head(number, content_length=str(len(text.encode())), **headers)
        await connection.send(text)

    return reply


def value(content: object) -> Reply:
    """Answer with JSON."""
    return status(200, json.dumps(content), content_type="application/json")


def events(*parts: object, then: str = "end") -> Reply:
    """Stream server-sent events: dicts as JSON, texts as they are; `then` is end, die or hang."""
    return _stream([f"data: {part if isinstance(part, str) else json.dumps(part)}\n\n" for part in parts], then)


def lines(*parts: object, then: str = "end") -> Reply:
    """Stream JSON lines, as Ollama does."""
    return _stream([f"{part if isinstance(part, str) else json.dumps(part)}\n" for part in parts], then)


def _stream(texts: list[str], then: str) -> Reply:
    async def reply(connection: Connection) -> None:
        size = {"transfer_encoding": "chunked"}
        await connection.head(200, content_type="text/event-stream", **size)
        for text in texts:
            await connection.send(f"{len(text.encode()):x}\r\n{text}\r\n")
        if then == "die":
            await asyncio.sleep(0)
            connection.die()
        elif then == "hang":
            await connection.hang()
        else:
            await connection.send("0\r\n\r\n")

    return reply


async def hanging(connection: Connection) -> None:
    """Take the request and never answer."""
    await connection.hang()
