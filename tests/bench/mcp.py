"""What the MCP server costs: CPU to start, beside the SDK's own bare server in the same run; a call's way to the inbox.

`python -m tests.bench.mcp` prints JSON. The start is measured from the process's birth until it has listed its tools.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters

from tests.house.mcp_client import end_runner, server_of, value_of
from tests.house.place import Place
from workbench.mcp.tools import DEFINITIONS, INSTRUCTIONS, MOST_CHARACTERS

STARTS, SUBMITS = 10, 50
START_LIMIT_MS, SUBMIT_LIMIT_MS = 400, 50

BARE = """
import asyncio, mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

async def list_tools(_context, _parameters):
    return types.ListToolsResult(tools=[])

async def main():
    server = Server("bare", on_list_tools=list_tools)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())

asyncio.run(main())
"""


def cpu_ms_of_children() -> dict[int, float]:
    """Return the CPU milliseconds of each child of this process that lives."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) * 1_000 / tick
    return found


async def start_ms(server: StdioServerParameters) -> float:
    """Return the CPU milliseconds that a server has used when it has listed its tools."""
    async with Client(server) as client:
        await client.list_tools()
        return max(cpu_ms_of_children().values())


async def submit_ms(place: Place) -> list[float]:
    """Return for each of some calls the milliseconds until its answer, which comes after the file in the inbox."""
    seconds = []
    submit = {"action": "submit", "tasks": [{"task": "Make truncate() never exceed limit", "targets": ["text.py"]}]}
    async with Client(server_of(place)) as client:
        value_of(await client.call_tool("local_task_queue", submit))
        for _ in range(SUBMITS):
            began = time.monotonic()
            value_of(await client.call_tool("local_task_queue", submit))
            seconds.append((time.monotonic() - began) * 1_000)
    return seconds


async def measure() -> dict[str, Any]:
    """Return all figures with their limits."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Place(Path(scratch) / "repo")
        bare = StdioServerParameters(command=sys.executable, args=["-c", BARE], env=dict(os.environ))
        ours, peers = [], []
        for _ in range(STARTS):
            ours.append(await start_ms(server_of(place)))
            peers.append(await start_ms(bare))
        try:
            submits = sorted(await submit_ms(place))
        finally:
            end_runner(place)
    sent = sum(
        len(json.dumps({name: one[name] for name in ("name", "description", "input_schema")}, separators=(",", ":")))
        for one in DEFINITIONS
    )
    return {
        "start_cpu_ms": {"median": statistics.median(ours), "least": min(ours), "limit": START_LIMIT_MS},
        "bare_sdk_cpu_ms": {"median": statistics.median(peers), "least": min(peers)},
        "own_cpu_ms": {"median": round(statistics.median(ours) - statistics.median(peers), 1)},
        "submit_ms": {
            "p50": round(statistics.median(submits), 1),
            "p95": round(submits[int(len(submits) * 0.95)], 1),
            "limit": SUBMIT_LIMIT_MS,
        },
        "characters": {"definitions": sent, "instructions": len(INSTRUCTIONS), "limit": MOST_CHARACTERS},
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure()), indent=1))
