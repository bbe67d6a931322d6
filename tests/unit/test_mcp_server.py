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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house.caller import FIXED, TASK
from tests.house.mcp_client import end_runner, ended_afterwards, error_of, served, text_of, value_of
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.mcp.answers import PAGE_CHARACTERS, compact, list_of
from workbench.mcp.desk import MOST_IDS, Desk
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


async def test_a_question_is_answered_and_its_words_come_by_page(place: Place) -> None:
    async with served(place) as client:
        result = value_of(await client.call_tool("local_chat", {"task": "What does it do?", "read": ["text.py:1-6"]}))
        assert (result["state"], result["summary"]) == ("done", "It shouts.")
        words = await client.call_tool("local_task_queue", {"action": "result", "ids": [result["id"]], "page": 1})
        assert "It shouts." in text_of(words)
        assert "3 written" in text_of(words)


async def test_a_batch_is_dropped_waited_for_and_decided_in_three_calls(place: Place) -> None:
    async with served(place) as client:
        tasks = [PATCH | {"key": f"k{number}"} for number in range(5)]
        ids = value_of(await client.call_tool("local_task_queue", {"action": "submit", "tasks": tasks}))["ids"]
        results = value_of(await client.call_tool("local_task_queue", {"action": "wait", "ids": ids}))
        assert [result["id"] for result in results] == ids
        assert {result["state"] for result in results} == {"review"}
        assert all(result["files"] == ["text.py +3 -3"] for result in results)
        listed = value_of(await client.call_tool("local_task_queue", {"action": "list"}))
        assert listed["states"] == {"review": 5}
        reject = {"action": "reject", "ids": ids, "reason": "no"}
        rejected = value_of(await client.call_tool("local_task_queue", reject))
        assert [result["state"] for result in rejected] == ["rejected"] * 5


async def test_a_call_that_would_take_too_long_returns_its_handle(place: Place) -> None:
    place.script([{"contains": "never exceed", "answer": "x", "hang": True}])
    async with served(place, "--wait-seconds", "1") as client:
        handle = value_of(await client.call_tool("local_patch", PATCH))
        assert handle["state"] in {"queued", "running"}
        name, _, arguments = handle["next"].partition(" ")
        again = value_of(await client.call_tool(name, json.loads(arguments)))
        assert again["id"] == handle["id"]
        cancelled = value_of(await client.call_tool("local_task_queue", {"action": "cancel", "ids": [handle["id"]]}))
        assert cancelled["state"] == "cancelled"


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


ERRORS: list[tuple[str, dict[str, Any], str, str]] = [
    ("local_chat", {}, "missing", "task"),
    ("local_chat", {"task": "x", "targets": ["text.py"]}, "unknown-field", "targets"),
    ("local_chat", {"task": "x", "kind": "patch"}, "wrong-value", "kind"),
    ("local_chat", {"task": "x", "kind": 7}, "wrong-value", "kind"),
    ("local_chat", {"task": "x", "kind": "poem"}, "unknown-kind", "kind"),
    ("local_patch", {"task": "x", "targets": ["text.py"], "colour": 1}, "unknown-field", "colour"),
    ("local_patch", {"task": "x", "targets": 3}, "wrong-value", "targets"),
    ("local_patch", {"task": "x", "targets": ["text.py"], "approve": "maybe"}, "wrong-value", "approve"),
    ("local_task_queue", {}, "wrong-value", "action"),
    ("local_task_queue", {"action": "dance"}, "wrong-value", "action"),
    ("local_task_queue", {"action": "list", "task": "x"}, "unknown-field", "task"),
    ("local_task_queue", {"action": "submit"}, "wrong-value", "tasks"),
    ("local_task_queue", {"action": "submit", "tasks": ["x"]}, "wrong-value", "tasks"),
    ("local_task_queue", {"action": "submit", "tasks": [PATCH, {"kind": "poem"}]}, "unknown-kind", "kind"),
    ("local_task_queue", {"action": "wait"}, "wrong-value", "ids"),
    ("local_task_queue", {"action": "wait", "ids": ["nobody"]}, "no-such-task", ""),
    ("local_task_queue", {"action": "diff", "ids": ["nobody"]}, "no-such-task", ""),
    ("local_task_queue", {"action": "nothing", "ids": 3}, "wrong-value", "action"),
    ("no_such_tool", {}, "no-such-tool", ""),
]


async def test_every_wrong_argument_is_an_error_that_names_it(place: Place) -> None:
    async with served(place) as client:
        for tool, arguments, code, field in ERRORS:
            error = error_of(await client.call_tool(tool, arguments))
            assert (error["code"], error.get("field", "")) == (code, field), (tool, arguments, error)
            assert error["hint"] or code == "no-such-task"
        assert not list(place.folder.inbox.glob("*.json")), "nothing is dropped where one of several is no task"


async def test_what_cannot_be_decided_says_why(place: Place) -> None:
    async with served(place) as client:
        task_id = value_of(await client.call_tool("local_patch", PATCH))["id"]
        for arguments, code in (
            ({"action": "undo", "ids": [task_id]}, "wrong-state"),
            ({"action": "approve", "ids": [task_id], "hunks": [9]}, "no-such-hunk"),
            ({"action": "approve", "ids": [task_id], "hunks": ["x"]}, "wrong-value"),
            ({"action": "reject", "ids": [task_id], "hunks": [1]}, "wrong-value"),
            ({"action": "reject", "ids": [task_id], "reason": 5}, "wrong-value"),
            ({"action": "diff", "ids": [task_id], "page": 2}, "no-such-page"),
            ({"action": "diff", "ids": [task_id], "page": "x"}, "wrong-value"),
            ({"action": "wait", "ids": [task_id], "seconds": "x"}, "wrong-value"),
        ):
            error = error_of(await client.call_tool("local_task_queue", arguments))
            assert error["code"] == code, (arguments, error)
        assert text_py(place) == TEXT


async def test_a_task_that_the_runner_refuses_is_an_error(place: Place) -> None:
    async with served(place) as client:
        answered = await client.call_tool("local_patch", {"task": TASK, "targets": ["missing.py"]})
        told = json.loads(text_of(answered))
        assert "missing.py" in told["error"]["message"]


async def test_outside_a_repository_calls_say_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def silent(_seconds: float, _words: str) -> None:
        pass

    answer = await desk.call("local_task_queue", {"action": "list"}, silent)
    assert answer.is_error
    assert json.loads(answer.text)["error"]["code"] == "not-a-repository"


async def test_fifty_calls_at_once_are_all_answered(place: Place) -> None:
    async with served(place) as client:
        calls = [client.call_tool("local_patch", PATCH | {"key": f"k{number}"}) for number in range(50)]
        async with asyncio.timeout(120):
            results = [value_of(answered) for answered in await asyncio.gather(*calls)]
        assert len({result["id"] for result in results}) == 50
        assert {result["state"] for result in results} == {"review"}


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
    end_runner(place)


async def test_long_texts_come_in_pages_that_join_to_the_whole(place: Place) -> None:
    answer = "\n".join(f"Line {number} of what it does." for number in range(800))
    place.script([{"contains": "What", "answer": answer}])
    async with served(place) as client:
        result = value_of(await client.call_tool("local_chat", {"task": "What?", "read": ["text.py"]}))
        pages: list[str] = []
        while True:
            arguments = {"action": "result", "ids": [result["id"]], "page": len(pages) + 1}
            answered = await client.call_tool("local_task_queue", arguments)
            if answered.is_error:
                assert error_of(answered)["code"] == "no-such-page"
                break
            pages.append(text_of(answered))
        assert len(pages) > 2
        assert max(map(len, pages)) <= PAGE_CHARACTERS
        whole = "".join(page.partition("\n")[2] for page in pages)
        assert all(f"Line {number} of what it does." in whole for number in range(800))


@pytest.mark.parametrize("error", [None, {"code": "wrong-state", "message": "m" * 300, "hint": "h" * 80}])
def test_many_results_are_told_in_less_words_each(error: dict[str, str] | None) -> None:
    files = [{"path": f"src/package/module_{number}.py", "added": 3, "removed": 1} for number in range(10)]
    full = {"state": "review", "verdict": "unverified", "summary": "s" * 400, "files": files, "checks": []}
    many = [full | {"id": f"{number:014}"} | ({"error": error} if error else {}) for number in range(MOST_IDS)]
    told = list_of(many)
    assert len(compact(told)) <= PAGE_CHARACTERS
    assert [row["id"] for row in told] == [row["id"] for row in many]
    assert {row["state"] for row in told} == {"review"}
    assert list_of(many[:2])[0].keys() >= {"summary", "files", "verdict"}


async def test_paths_may_be_absolute_and_come_through_a_link(place: Place, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place.root)
    async with served(place) as client:
        for path in (place.root / "text.py", tmp_path / "link" / "text.py"):
            result = value_of(await client.call_tool("local_patch", {"task": TASK, "targets": [str(path)]}))
            assert result["files"][0]["path"] == "text.py"
        outside = await client.call_tool("local_patch", {"task": TASK, "targets": ["/etc/passwd"]})
        assert "/etc/passwd" in json.loads(text_of(outside))["error"]["message"]


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


def test_the_server_loads_neither_an_engine_nor_the_queue_nor_a_screen(place: Place) -> None:
    code = (
        "import sys, json; from pathlib import Path; from workbench.mcp.desk import MOST_IDS, Desk\n"
        "from workbench.mcp.server import make_server; make_server(Desk(Path('.')))\n"
        "print(json.dumps(sorted(name.partition('.')[0] for name in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"ollama", "dbos", "xllamacpp", "huggingface_hub", "sqlalchemy", "textual", "rich"}
    assert set(json.loads(done.stdout)) & heavy == set()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["task", "targets", "read", "check", "kind", "approve", "action", "tasks", "ids", "hunks", "reason", "page",
     "seconds", "rounds", "for_each", "key", "timeout"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tool=st.sampled_from(["local_patch", "local_task_queue", "local_chat"]),
       arguments=st.dictionaries(FIELDS | st.text(max_size=6), VALUES, max_size=5) | VALUES)  # fmt: skip
def test_no_argument_whatever_breaks_a_call(place: Place, tool: str, arguments: Any) -> None:
    async def silent(_seconds: float, _words: str) -> None:
        pass

    async def call() -> None:
        desk = Desk(place.root, wait_seconds=0.01)
        with pytest.MonkeyPatch.context() as patched:
            # What fits by chance is dropped and needs no runner to be an answer.
            patched.setattr("workbench.runner_process.RunnerProcess.start", lambda _self: None)
            patched.setattr("workbench.client.is_at_work", lambda _folder: True)
            patched.setattr("workbench.mcp.desk._DECIDE_SECONDS", 0.01)
            answer = await desk.call(tool, arguments, silent)
        assert len(answer.text) <= PAGE_CHARACTERS
        value = json.loads(answer.text)
        if answer.is_error:
            assert {"code", "message"} <= set(value["error"])

    asyncio.run(call())
