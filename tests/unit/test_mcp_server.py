"""`nanites mcp` in a process of its own, spoken to by the SDK's client; a scripted engine is behind its runner."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS

from tests.house.caller import FIXED, TASK
from tests.house.mcp_client import ended_afterwards, error_of, served, text_of, value_of
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.model import ENVELOPE_LIMIT
from workbench.spool.lock import runner_pid

PATCH = {"task": TASK, "targets": ["text.py"]}
CHAT_RULE = {"contains": "What", "answer": "It shouts."}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ended_afterwards(Place(tmp_path / "repo", rules=[PATCH_RULE, CHAT_RULE])) as made:
        yield made


def text_py(place: Place) -> str:
    return (place.root / "text.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
async def test_tools_are_listed_in_every_protocol_the_sdk_speaks(place: Place, mode: Any) -> None:
    async with served(place, mode=mode) as client:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == ["local_chat", "local_patch", "local_task_queue"]
        assert all(tool.output_schema is None for tool in listed)
        assert value_of(await client.call_tool("local_task_queue", {"action": "list"})) == {"states": {}, "tasks": []}


async def test_a_patch_starts_a_runner_and_is_reviewed_approved_and_undone(place: Place) -> None:
    heard: list[str | None] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append(message)

    async with served(place) as client:
        assert runner_pid(place.folder) is None
        answered = await client.call_tool("local_patch", PATCH, progress_callback=hear)
        result = value_of(answered)
        assert len(text_of(answered)) <= ENVELOPE_LIMIT
        assert (result["state"], result["files"]) == ("review", [{"path": "text.py", "added": 3, "removed": 3}])
        assert heard
        assert text_py(place) == TEXT
        ids = {"ids": [result["id"][-6:]]}
        diff = text_of(await client.call_tool("local_task_queue", {"action": "diff"} | ids))
        assert f"+    return text{FIXED}" in diff
        applied = value_of(await client.call_tool("local_task_queue", {"action": "approve"} | ids))
        assert applied["state"] == "applied"
        assert FIXED in text_py(place)
        assert value_of(await client.call_tool("local_task_queue", {"action": "undo"} | ids))["state"] == "undone"
        assert text_py(place) == TEXT
    assert runner_pid(place.folder) is not None, "the runner is no child that dies with the server"


@pytest.mark.slow
async def test_a_runner_that_dies_in_mid_call_is_replaced(place: Place) -> None:
    place.script([PATCH_RULE | {"delay": 0.7}])
    async with served(place) as client:
        calling = asyncio.create_task(client.call_tool("local_patch", PATCH))
        async with asyncio.timeout(20):
            while not place.asked("begun"):  # noqa: ASYNC110 — it is another process that begins
                await asyncio.sleep(0.02)
        first = runner_pid(place.folder)
        assert first
        os.kill(first, signal.SIGKILL)
        assert value_of(await calling)["state"] == "review"
        assert runner_pid(place.folder) not in {None, first}


async def test_a_runner_that_cannot_start_is_told_with_its_words(place: Place) -> None:
    place.configure('[runner]\nparallel = "many"\n')
    async with served(place) as client:
        error = error_of(await client.call_tool("local_patch", PATCH))
        assert error["code"] == "runner-failed"
        assert "runner.parallel" in error["message"]


@pytest.mark.slow
async def test_nothing_secret_reaches_the_runner(place: Place) -> None:
    os.environ["MY_API_TOKEN"] = os.environ["ANTHROPIC_API_KEY"] = "hush"
    try:
        async with served(place) as client:
            value_of(await client.call_tool("local_patch", PATCH))
    finally:
        del os.environ["MY_API_TOKEN"], os.environ["ANTHROPIC_API_KEY"]
    environment = Path(f"/proc/{runner_pid(place.folder)}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"hush" not in environment


@pytest.mark.slow
async def test_fifty_calls_at_once_are_all_answered(place: Place) -> None:
    async with served(place) as client:
        calls = [client.call_tool("local_patch", PATCH | {"key": f"k{number}"}) for number in range(50)]
        async with asyncio.timeout(120):
            results = [value_of(answered) for answered in await asyncio.gather(*calls)]
        assert len({result["id"] for result in results}) == 50
        assert [result.get("error") for result in results if result["state"] != "review"] == []


async def test_a_dropped_task_lies_in_the_inbox_within_50_ms(place: Place) -> None:
    seconds = []
    async with served(place) as client:
        await client.list_tools()
        for _ in range(5):
            began = time.monotonic()
            submit = {"action": "submit", "tasks": [PATCH]}
            (task_id,) = value_of(await client.call_tool("local_task_queue", submit))["ids"]
            # The runner moves the file at once; the answer comes after the file, so it bounds it.
            seconds.append(time.monotonic() - began)
            assert (place.folder.inbox / f"{task_id}.json").exists() or place.folder.task(task_id).is_dir()
    assert min(seconds) <= 0.05
    # One that has only been started could not be ended yet, and would stay.
    async with asyncio.timeout(20):
        while runner_pid(place.folder) is None:  # noqa: ASYNC110 — it is another process that begins
            await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_the_server_goes_when_its_client_does_and_the_task_stays(place: Place) -> None:
    place.script([{"contains": "never exceed", "answer": "x", "hang": True}])
    began = time.monotonic()
    async with served(place) as client:
        calling = asyncio.create_task(client.call_tool("local_patch", PATCH))
        async with asyncio.timeout(20):
            while not place.asked("begun"):  # noqa: ASYNC110 — it is another process that begins
                await asyncio.sleep(0.02)
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
    assert time.monotonic() - began < 20
    async with served(place) as client:
        assert value_of(await client.call_tool("local_task_queue", {"action": "list"}))["states"] == {"running": 1}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_at_once(place: Place, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "workbench.cli", "--repo", str(place.root), "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
        request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
        server.stdin.write(json.dumps(request).encode() + b"\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["result"]["serverInfo"]["name"] == "nanites"
        server.send_signal(number)
        assert server.wait(2) == 0


@pytest.mark.parametrize("version", HANDSHAKE_PROTOCOL_VERSIONS)
def test_the_handshake_of_every_version_is_answered_in_it(place: Place, version: str) -> None:
    hello = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
    lines: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": hello},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "local_task_queue", "arguments": {"action": "list"}}},
    ]
    sent = "".join(json.dumps({"jsonrpc": "2.0"} | line) + "\n" for line in lines)
    command = [sys.executable, "-m", "workbench.cli", "--repo", str(place.root), "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(sent)
        server.stdin.flush()
        answers = {answer["id"]: answer for answer in (json.loads(server.stdout.readline()) for _ in range(2))}
    assert answers[1]["result"]["protocolVersion"] == version
    assert json.loads(answers[2]["result"]["content"][0]["text"]) == {"states": {}, "tasks": []}


@pytest.mark.slow
def test_the_server_loads_neither_an_engine_nor_the_queue_nor_a_screen(place: Place) -> None:
    code = (
        "import sys, json; from pathlib import Path; from workbench.mcp.desk import MOST_IDS, Desk\n"
        "from workbench.mcp.server import make_server; make_server(Desk(Path('.')))\n"
        "print(json.dumps(sorted(name.partition('.')[0] for name in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"ollama", "dbos", "xllamacpp", "huggingface_hub", "sqlalchemy", "textual", "rich"}
    assert set(json.loads(done.stdout)) & heavy == set()
