"""What a call of a tool does: the desk behind the SDK's server in this process, a runner at work beside it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp import Client

from tests.house.caller import FIXED, TASK
from tests.house.mcp_client import error_of, text_of, value_of
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.errors import NaniteError
from workbench.mcp.answers import PAGE_CHARACTERS, compact, list_of
from workbench.mcp.desk import MOST_IDS, MOST_TASKS, Desk
from workbench.mcp.pages import page_of
from workbench.mcp.server import make_server
from workbench.model import ENVELOPE_LIMIT

PATCH = {"task": TASK, "targets": ["text.py"]}
CHAT_RULE = {"contains": "What", "answer": "It shouts."}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repo", rules=[PATCH_RULE, CHAT_RULE])


def text_py(place: Place) -> str:
    return (place.root / "text.py").read_text(encoding="utf-8")


@contextlib.asynccontextmanager
async def served(place: Place, **keywords: Any) -> AsyncIterator[Client]:
    """Have a client of a server in this process, and a runner at work beside it."""
    async with place.at_work(), Client(make_server(Desk(place.root, session="s", **keywords))) as client:
        yield client


async def silent(_seconds: float, _words: str) -> None:
    pass


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


async def test_a_question_is_answered_and_its_words_come_by_page(place: Place) -> None:
    async with served(place) as client:
        result = value_of(await client.call_tool("local_chat", {"task": "What does it do?", "read": ["text.py:1-6"]}))
        assert (result["state"], result["summary"]) == ("done", "It shouts.")
        words = await client.call_tool("local_task_queue", {"action": "result", "ids": [result["id"]], "page": 1})
        assert "It shouts." in text_of(words)
        assert "3 written" in text_of(words)


async def test_a_call_that_would_take_too_long_returns_its_handle(place: Place) -> None:
    place.script([{"contains": "never exceed", "answer": "x", "hang": True}])
    async with served(place, wait_seconds=1) as client:
        handle = value_of(await client.call_tool("local_patch", PATCH))
        assert handle["state"] in {"queued", "running"}
        name, _, arguments = handle["next"].partition(" ")
        again = value_of(await client.call_tool(name, json.loads(arguments)))
        assert again["id"] == handle["id"]
        cancelled = value_of(await client.call_tool("local_task_queue", {"action": "cancel", "ids": [handle["id"]]}))
        assert cancelled["state"] == "cancelled"


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

    answer = await desk.call("local_task_queue", {"action": "list"}, silent)
    assert answer.is_error
    assert json.loads(answer.text)["error"]["code"] == "not-a-repository"


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


async def test_a_whole_life_in_calls(place: Place) -> None:
    heard: list[str | None] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append(message)

    async with served(place) as client:
        answered = await client.call_tool("local_patch", PATCH, progress_callback=hear)
        result = value_of(answered)
        assert len(text_of(answered)) <= ENVELOPE_LIMIT
        assert heard
        ids = {"ids": [result["id"]]}
        queue = "local_task_queue"
        assert FIXED in text_of(await client.call_tool(queue, {"action": "diff"} | ids))
        assert value_of(await client.call_tool(queue, {"action": "result"} | ids)) == result
        assert "check names: passed" in text_of(await client.call_tool(queue, {"action": "result", "page": 1} | ids))
        row = {"id": result["id"], "kind": "patch", "state": "review", "verdict": "unverified", "about": "text.py"}
        listed = value_of(await client.call_tool(queue, {"action": "list"}))
        assert listed == {"states": {"review": 1}, "tasks": [row]}
        assert value_of(await client.call_tool(queue, {"action": "approve", "hunks": [1]} | ids))["state"] == "applied"
        assert FIXED in text_py(place)
        assert value_of(await client.call_tool(queue, {"action": "undo"} | ids))["state"] == "undone"
        assert value_of(await client.call_tool(queue, {"action": "retry"} | ids))["id"] == result["id"]
        assert value_of(await client.call_tool(queue, {"action": "wait", "seconds": 30} | ids))["state"] == "review"
    book = [json.loads(line) for line in (place.folder.path / "ledger.jsonl").read_text().splitlines()]
    assert [line["event"] for line in book[:2]] == ["session", "call"]
    assert all(line["ids"] == [result["id"]] for line in book[1:] if line.get("action") != "list")


async def test_paths_may_be_those_of_the_folder_the_client_works_in(place: Place) -> None:
    (place.root / "src").mkdir()
    (place.root / "src" / "inner.py").write_text(TEXT, encoding="utf-8")
    desk = Desk(place.root / "src")
    async with place.at_work():
        for path, meant in (("inner.py", "src/inner.py"), ("text.py", "text.py"), ("src/inner.py", "src/inner.py")):
            answer = await desk.call("local_patch", {"task": TASK, "targets": [path]}, silent)
            assert json.loads(answer.text)["files"][0]["path"] == meant
        question = {"task": "What does it do?", "read": ["inner.py:1-4"]}
        assert json.loads((await desk.call("local_chat", question, silent)).text)["state"] == "done"


async def test_a_sweep_is_one_id_from_its_call_to_its_approval(place: Place) -> None:
    for number in range(3):
        (place.root / f"text{number}.py").write_text(TEXT, encoding="utf-8")
    async with served(place) as client:
        sweep = {"task": f"{TASK} in {{file}}", "for_each": "text?.py"}
        (task_id,) = value_of(await client.call_tool("local_task_queue", {"action": "submit", "tasks": [sweep]}))["ids"]
        waited = value_of(await client.call_tool("local_task_queue", {"action": "wait", "ids": [task_id]}))
        assert (waited["id"], waited["state"]) == (task_id, "review")
        assert "3 files: 3 review" in waited["summary"]
        value_of(await client.call_tool("local_task_queue", {"action": "approve", "ids": [task_id]}))
        done = value_of(await client.call_tool("local_task_queue", {"action": "wait", "ids": [task_id]}))
        assert done["state"] in {"applied", "done"}
        assert all(FIXED in (place.root / f"text{number}.py").read_text() for number in range(3))


async def test_a_list_shows_the_newest_and_counts_the_rest(place: Place) -> None:
    async with served(place) as client:
        ids = [place.drop(key=f"k{number}") for number in range(25)]
        await asyncio.gather(*(place.rested(task_id) for task_id in ids))
        listed = value_of(await client.call_tool("local_task_queue", {"action": "list"}))
        assert (listed["states"], len(listed["tasks"]), listed["more"]) == ({"review": 25}, 20, 5)


async def test_what_no_runner_has_taken_yet_counts_as_queued(place: Place) -> None:
    desk = Desk(place.root)
    task_id = place.drop()
    place.folder.task(place.drop()).mkdir()
    answer = await desk.call("local_task_queue", {"action": "list"}, silent)
    assert json.loads(answer.text) == {"states": {"queued": 2}, "tasks": []}
    answer = await desk.call("local_task_queue", {"action": "result", "ids": [task_id]}, silent)
    assert json.loads(answer.text)["state"] == "queued"
    assert (await desk.call("no_such_tool", None, silent)).is_error
    assert (await desk.call("local_chat", [], silent)).is_error


@pytest.mark.parametrize("path", ["/a\0b", "/a\ud800/b", "a\ud800", "/" + "x" * 5_000, "/" * 50])
async def test_what_is_no_path_is_refused_and_breaks_nothing(place: Place, path: str) -> None:
    async with place.at_work():
        answer = await Desk(place.root / "sub").call("local_patch", {"task": TASK, "targets": [path]}, silent)
    assert "error" in json.loads(answer.text)
    assert text_py(place) == TEXT


async def test_too_many_at_once_are_refused(place: Place) -> None:
    desk = Desk(place.root)
    many = await desk.call("local_task_queue", {"action": "submit", "tasks": [PATCH] * (MOST_TASKS + 1)}, silent)
    assert json.loads(many.text)["error"]["field"] == "tasks"
    many = await desk.call("local_task_queue", {"action": "wait", "ids": ["x"] * (MOST_IDS + 1)}, silent)
    assert json.loads(many.text)["error"]["field"] == "ids"
    both = [place.drop(), place.drop()]
    many = await desk.call("local_task_queue", {"action": "diff", "ids": both}, silent)
    assert json.loads(many.text)["error"]["field"] == "ids"
    assert not (await desk.call("local_task_queue", {"action": "result", "ids": both[0]}, silent)).is_error


async def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_keywords: object) -> None:
        raise OSError(28, "No space left on device", "/full")

    monkeypatch.setattr("workbench.client.write_whole", full)
    answer = await Desk(place.root).call("local_patch", PATCH, silent)
    assert answer.is_error
    assert json.loads(answer.text)["error"]["message"] == "/full: No space left on device"


@pytest.mark.parametrize("text", ["", "x" * 25_000, "line\n" * 6_000, "y\n" + "x" * 30_000 + "\nend"])
def test_pages_join_to_the_whole(text: str) -> None:
    with pytest.raises(NaniteError, match="no page") as refused:
        page_of(text, 0, "it")
    last = int(refused.value.hint.rpartition(" ")[2])
    pages = [page_of(text, number, "it") for number in range(1, last + 1)]
    assert all(len(page) <= PAGE_CHARACTERS for page in pages)
    assert "".join(page.partition("\n")[2] if len(pages) > 1 else page for page in pages) == text
