"""The official SDK's client, speaking to a real `nanites mcp` about a place, and the runner that this one starts."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from tests.house.place import Place
from workbench.spool.lock import runner_pid


def server_of(place: Place, *options: str, **environment: str) -> StdioServerParameters:
    """Return how the server for a place is started."""
    arguments = ["-m", "workbench.cli", "--repo", str(place.root), "mcp", *options]
    return StdioServerParameters(command=sys.executable, args=arguments, env=os.environ | environment)


@contextlib.asynccontextmanager
async def served(place: Place, *options: str, **keywords: Any) -> AsyncIterator[Client]:
    """Have a client that is connected to a server of its own."""
    async with Client(server_of(place, *options), **keywords) as client:
        yield client


def text_of(result: CallToolResult) -> str:
    """Return the one text of a result."""
    (block,) = result.content
    assert isinstance(block, TextContent)
    assert result.structured_content is None, "a client would show this instead of the text"
    return block.text


def value_of(result: CallToolResult) -> Any:
    """Return what a call that went well answers."""
    assert not result.is_error, text_of(result)
    return json.loads(text_of(result))


def error_of(result: CallToolResult) -> dict[str, str]:
    """Return the error that a call was answered with."""
    assert result.is_error, text_of(result)
    error: dict[str, str] = json.loads(text_of(result))["error"]
    return error


def end_runner(place: Place) -> None:
    """End the runner of a place, if one is alive, and any that was waiting to take over, until none has the folder."""
    told: set[int] = set()
    deadline = time.monotonic() + 20
    while (pid := runner_pid(place.folder)) is not None:
        assert time.monotonic() < deadline, "the runner does not end"
        if pid and pid not in told:
            told.add(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        time.sleep(0.02)


@contextlib.contextmanager
def ended_afterwards(place: Place) -> Iterator[Place]:
    """Leave no runner of a place behind."""
    try:
        yield place
    finally:
        end_runner(place)
