"""The ledger, against examples that were counted by hand, among them one that loses."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.caller import Caller
from tests.house.place import Place
from workbench.ledger import book, places, saved_today
from workbench.ledger.estimate import Estimate, grown_by, reading_tokens, tokens_of, writing_tokens
from workbench.ledger.overhead import ALWAYS_ON_TOKENS, LOADED_TOKENS
from workbench.ledger.report import Prices, report
from workbench.ledger.sessions import real_calls, session_file
from workbench.ledger.today import made_at
from workbench.spool.folder import Folder, new_id

# Ten lines of 32 characters and a line end.
TEN_LINES = "".join(f"line {number}: {'x' * 24}\n" for number in range(10))
# One of them replaced by one as long.
ONE_CHANGED = """diff --git a/ten.txt b/ten.txt
--- a/ten.txt
+++ b/ten.txt
@@ -1,5 +1,5 @@
 line 0: xxxxxxxxxxxxxxxxxxxxxxxx
 line 1: xxxxxxxxxxxxxxxxxxxxxxxx
-line 2: xxxxxxxxxxxxxxxxxxxxxxxx
+line 2: yyyyyyyyyyyyyyyyyyyyyyyy
 line 3: xxxxxxxxxxxxxxxxxxxxxxxx
 line 4: xxxxxxxxxxxxxxxxxxxxxxxx
"""
ONE_ADDED = """--- a/a.py
+++ b/a.py
@@ -1,2 +1,3 @@
 def f():
+    ddddddd
     return 1
@@ -9,2 +10,2 @@
 a = 1
-b = 2
+b = 3
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "ten.txt").write_text(TEN_LINES, encoding="utf-8")
    return Folder(tmp_path).ensure()


def settle(folder: Folder, *, state: str = "applied", kind: str = "patch", task_id: str | None = None) -> str:
    """Write what the runner leaves of a task that the ledger reads."""
    task_id = task_id or new_id()
    folder.task(task_id).mkdir()
    usage = {"prompt": 300, "completion": 50, "seconds": 2.5, "model": "small"}
    record = {"state": state, "task": {"id": task_id, "spec": {"kind": kind}}, "usage": usage}
    (folder.task(task_id) / "task.json").write_text(json.dumps(record))
    return task_id


def called(folder: Folder, tool: str, ids: list[str], *, asked: int, answered: int, **more: str) -> None:
    book.note_call(
        folder,
        session=more.get("session", "s1"),
        tool=tool,
        action=more.get("action", ""),
        ids=ids,
        asked=asked,
        answered=answered,
    )


# --- what it would have cost alone


def test_reading_a_file_is_its_characters_with_line_numbers_and_the_call(folder: Folder) -> None:
    # 10 lines of 33 characters and 7 of line number: 400 characters, 100 tokens; the call and its frame 60.
    assert len(TEN_LINES) == 330
    assert reading_tokens(folder.root, ["ten.txt"], []) == 100 + 60


def test_an_excerpt_counts_its_lines_and_a_file_read_whole_counts_once(folder: Folder) -> None:
    # 3 lines: 120 characters, 30 tokens.
    assert reading_tokens(folder.root, [], ["ten.txt:2-4"]) == 30 + 60
    assert reading_tokens(folder.root, ["ten.txt"], ["ten.txt:2-4", "ten.txt"]) == 160
    assert reading_tokens(folder.root, ["*.txt", "missing.py"], ["missing.py:3"]) == 0


def test_a_file_longer_than_a_read_shows_counts_as_much_as_one_read(folder: Folder) -> None:
    (folder.root / "long.txt").write_text("x\n" * 5_000, encoding="utf-8")
    # 2,000 lines of 2 characters and 7 of line number.
    assert reading_tokens(folder.root, ["long.txt"], []) == 4_500 + 60


def test_writing_an_edit_is_its_old_and_new_text_and_the_call() -> None:
    # 33 characters out, 33 in: 66, rounded up to 17 tokens; the call 45.
    assert writing_tokens(ONE_CHANGED) == 17 + 45
    assert grown_by(ONE_CHANGED) == 0


def test_a_line_that_is_added_names_the_one_before_it_twice() -> None:
    # `    ddddddd` and its end: 12; `def f():` in both texts: 16. 28 characters, 7 tokens. The other: 12, 3 tokens.
    assert writing_tokens(ONE_ADDED) == (7 + 45) + (3 + 45)
    # 12 characters and 7 of a line number.
    assert grown_by(ONE_ADDED) == 19 // 4


def test_no_patch_costs_nothing() -> None:
    assert writing_tokens("") == 0


@given(st.text(max_size=400))
def test_whatever_a_patch_holds_can_be_counted(patch: str) -> None:
    assert writing_tokens(patch) >= 0


# --- net


def test_a_win_counted_by_hand(folder: Folder) -> None:
    task_id = settle(folder)
    estimate = Estimate(reading=3_000, writing=800, call=60, envelope=140)
    book.note_session(folder, "s1")
    # 200 characters asked: 50 tokens and the frame of 25; 480 answered: 120 and 10.
    called(folder, "local_patch", [task_id], asked=200, answered=480)
    # A look at the diff: 10 + 25, and 400 + 10.
    called(folder, "local_task_queue", [task_id], asked=40, answered=1_600, action="diff")
    made = report(folder, {task_id: estimate})
    (account,) = made.tasks
    assert (account.written, account.read) == (75 + 35, 130 + 410)
    assert account.net == 3_800 - 650
    assert made.overhead == ALWAYS_ON_TOKENS + LOADED_TOKENS
    assert made.net == 3_150 - ALWAYS_ON_TOKENS - LOADED_TOKENS
    # Money: alone 3,000 at 3 and 800 at 15; spent 540 at 3 and 110 at 15.
    assert account.money(Prices()) == pytest.approx((9_000 + 12_000 - 1_620 - 1_650) / 1_000_000)


def test_a_loss_counted_by_hand(folder: Folder) -> None:
    # A small edit in a small file: reading 160, writing 62; the call, the envelope and the diff cost 300.
    task_id = settle(folder)
    estimate = Estimate(reading=reading_tokens(folder.root, ["ten.txt"], []), writing=writing_tokens(ONE_CHANGED))
    called(folder, "local_patch", [task_id], asked=120, answered=540)
    called(folder, "local_task_queue", [task_id], asked=36, answered=320, action="diff")
    (account,) = report(folder, {task_id: estimate}).tasks
    assert account.spent == (30 + 25) + (135 + 10) + (9 + 25) + (80 + 10)
    assert account.net == 222 - 324 == -102


def test_a_task_that_came_to_nothing_only_cost(folder: Folder) -> None:
    estimate = Estimate(reading=3_000, writing=800, call=60, envelope=140)
    for state in ("failed", "rejected", "cancelled", "undone", "review"):
        (account,) = report(folder, {(task_id := settle(folder, state=state)): estimate}).tasks
        assert (account.id, account.net, account.real) == (task_id, -200, False)
    assert estimate.net("failed") == -200
    assert estimate.net("review") == 3_600


def test_a_batch_shares_its_calls_among_its_tasks(folder: Folder) -> None:
    ids = [settle(folder) for _ in range(4)]
    called(folder, "local_task_queue", ids, asked=700, answered=60, action="submit")
    called(folder, "local_task_queue", ids, asked=100, answered=1_160, action="wait")
    accounts = report(folder, dict.fromkeys(ids, Estimate(call=1_000, envelope=1_000))).tasks
    # 175 + 25 and 25 + 25 written, 15 + 10 and 290 + 10 read; by four.
    assert [(account.written, account.read) for account in accounts] == [(250 // 4, 325 // 4)] * 4


def test_later_turns_read_everything_again_from_the_cache() -> None:
    assert Prices(later_turns=10).cost(1_000, 0) == pytest.approx((3_000 + 3_000) / 1_000_000)
    assert Prices().cost(0, 1_000) == pytest.approx(15_000 / 1_000_000)


def test_accounts_are_grouped_and_those_before_the_moment_left_out(folder: Folder) -> None:
    old = settle(folder, task_id=new_id(now=1_000_000))
    ids = [settle(folder, kind=kind) for kind in ("patch", "types", "patch")]
    made = report(folder, dict.fromkeys([old, *ids], Estimate(reading=10)), since=time.time() - 60)
    assert {name: len(tasks) for name, tasks in made.groups("kind").items()} == {"patch": 2, "types": 1}
    assert set(made.groups("model")) == {"small"}
    assert set(made.groups("repo")) == {str(folder.root)}


# --- today


def test_what_was_saved_today_is_net_of_what_was_fetched_and_of_sessions(folder: Folder) -> None:
    assert saved_today(folder) == 0
    for state, saved in (("applied", 500), ("review", 900), ("failed", -120), ("done", 300)):
        result = {"id": "x", "state": state, "saved": saved}
        (folder.results / f"{new_id()}.json").write_text(json.dumps(result))
    yesterday = new_id(now=time.time() - 2 * 86_400)
    (folder.results / f"{yesterday}.json").write_text(json.dumps({"state": "applied", "saved": 10_000}))
    assert saved_today(folder) == 680
    book.note_session(folder, "s1")
    called(folder, "local_patch", ["x"], asked=400, answered=400)
    called(folder, "local_task_queue", ["x"], asked=40, answered=1_600, action="diff")
    assert saved_today(folder) == 680 - ALWAYS_ON_TOKENS - LOADED_TOKENS - (10 + 25) - (400 + 10)
    (folder.results / f"{new_id()}.json").write_text("no JSON")
    with (folder.path / book.FILE_NAME).open("ab") as stream:
        stream.write(b'{"at": 1}\n{"cut": \n[]\n{"at":"x"}\n')
    assert saved_today(folder) == 680 - ALWAYS_ON_TOKENS - LOADED_TOKENS - 445


def test_an_id_says_when_it_was_made() -> None:
    now = time.time()
    assert made_at(new_id(now=now)) == pytest.approx(now, abs=0.002)


def test_a_book_that_cannot_be_written_stops_nobody(folder: Folder) -> None:
    (folder.path / book.FILE_NAME).mkdir()
    book.note_session(folder, "s1")
    assert list(book.lines(folder)) == []


# --- what Claude Code counted


def line(identity: str, sent: int, written: int, *blocks: dict[str, Any]) -> dict[str, Any]:
    usage = {"input_tokens": sent, "cache_read_input_tokens": 1_000, "output_tokens": written}
    return {"type": "assistant", "message": {"id": identity, "usage": usage, "content": list(blocks)}}


def answered_with(identity: str, text: str) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": identity, "content": [{"type": "text", "text": text}]}
    return {"type": "user", "message": {"role": "user", "content": [block]}}


def calls(identity: str, tool: str, **arguments: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": identity, "name": f"mcp__plugin_nanites_desk__{tool}", "input": arguments}


def test_real_counts_replace_the_estimate_and_are_marked(folder: Folder, tmp_path: Path) -> None:
    task_id = settle(folder)
    called(folder, "local_patch", [task_id], asked=200, answered=480, session="real-session")
    lines = [
        line("m1", 5_000, 90, {"type": "text", "text": "I hand it over."}),
        line("m1", 5_000, 90, calls("t1", "local_patch", task="x", targets=["ten.txt"])),
        answered_with("t1", json.dumps({"id": task_id, "state": "review"})),
        {"type": "assistant", "isSidechain": True} | line("m9", 1, 1),
        line("m2", 5_250, 20, {"type": "text", "text": "Done."}),
    ]
    project = tmp_path / "claude" / "projects" / "-a"
    project.mkdir(parents=True)
    (project / "real-session.jsonl").write_text("\n".join(map(json.dumps, lines)) + '\n{"cut')
    (account,) = report(folder, {task_id: Estimate(reading=900)}, claude_home=tmp_path / "claude").tasks
    assert (account.written, account.read, account.real) == (90, 5_250 - 5_000 - 90, True)
    (estimated,) = report(folder, {task_id: Estimate(reading=900)}, claude_home=tmp_path / "none").tasks
    assert (estimated.written, estimated.read, estimated.real) == (75, 130, False)


def test_a_session_file_that_is_cut_or_compacted_leaves_the_estimate(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(json.dumps(line("m1", 5_000, 90, calls("t1", "local_chat", task="x"))))
    (call,) = real_calls(path)
    assert (call.asked, call.answered) == (90, None)
    path.write_text(
        json.dumps(line("m1", 5_000, 90, calls("t1", "local_chat", task="x"))) + "\n" + json.dumps(line("m2", 100, 1))
    )
    assert real_calls(path)[0].answered is None
    assert session_file("../x", tmp_path) is None
    assert session_file("", tmp_path) is None


@given(st.lists(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2)
       | st.dictionaries(st.sampled_from(["type", "message", "usage", "content", "id", "input_tokens"]), inner,
                         max_size=4), max_leaves=8), max_size=4))  # fmt: skip
def test_whatever_stands_in_a_session_file_is_no_error(values: list[Any]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "s.jsonl"
        path.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
        assert real_calls(path) == []


# --- the command


async def test_savings_and_envelopes_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path / "repo")
    monkeypatch.chdir(place.root)
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "no-claude"))
    async with place.at_work():
        applied = place.drop(approve="all")
        assert (await place.rested(applied)).state == "applied"
        await place.rested(place.drop("Something else", approve="all"))
    call = Caller(monkeypatch)
    told = call.json("savings", "--by", "model", "--since", "today")
    assert told["net"] == sum(task["net"] for task in told["tasks"]) == saved_today(place.folder)
    assert {task["id"]: task["net"] for task in told["tasks"]}[applied] == place.result(applied).saved
    assert min(task["net"] for task in told["tasks"]) < 0, "the other one failed, and only cost"
    assert told["counted"] == {"really": 0, "by_estimate": 2}
    code, out, _ = call("savings")
    assert code == 0
    assert ("saved" if told["net"] >= 0 else "lost") in out
    assert call("savings", "--since", "never")[0] == 2
    assert call.json("savings", "--since", "2w")["net"] == told["net"]
    assert call.json("savings", "--since", "2090-01-01")["tasks"] == []


def test_savings_by_repo_are_those_of_all_repositories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "no-claude"))
    first, second = Place(tmp_path / "first"), Place(tmp_path / "second")
    call = Caller(monkeypatch)
    for place in (first, second):
        place.drop(approve="all")
        assert call("run", "--drain", "--repo", str(place.root))[0] == 0
    assert places.known() == (first.root, second.root)
    told = call.json("savings", "--by", "repo", "--repo", str(second.root))
    assert {group["name"]: group["tasks"] for group in told["groups"]} == {
        str(second.root): 1,
        str(first.root): 1,
    }
    assert told["net"] == saved_today(first.folder) + saved_today(second.folder)
    out = call("savings", "--by", "repo", "--repo", str(second.root))[1]
    assert "/second  " in out
    assert "/first  " in out
    assert len(call.json("savings", "--repo", str(second.root))["tasks"]) == 1


def test_a_home_that_cannot_be_written_knows_no_repositories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "file"))
    places.remember(tmp_path)
    assert places.known() == ()


def test_tokens_are_rounded_up() -> None:
    assert [tokens_of(number) for number in (0, 1, 4, 5)] == [0, 1, 1, 2]
