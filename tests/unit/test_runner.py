"""The main job with a scripted engine: a dropped file becomes a checked, approved, undoable change."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.errors import RunnerBusy
from workbench.model import Approve, State, Verdict
from workbench.runner import run
from workbench.spool.folder import is_id
from workbench.spool.records import read_record

CHECK = 'python3 -c \'import text; assert text.truncate("abcdef", 5) == "ab..."\''
ALLOW = f"[checks]\nallow = [{json.dumps(CHECK)}]\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


def changed(place: Place) -> bool:
    return (place.root / "text.py").read_text(encoding="utf-8") != TEXT


async def test_a_dropped_task_is_proposed_and_changes_nothing_until_approved(place: Place) -> None:
    task = place.drop()
    await place.drain()
    result = place.result(task)
    assert result.state is State.REVIEW
    assert result.verdict is Verdict.UNVERIFIED
    assert [file.path for file in result.files] == ["text.py"]
    assert not changed(place)
    patch = (place.root / (result.patch or "")).read_text(encoding="utf-8")
    assert "+    if len(text) <= limit:" in patch


async def test_an_approved_change_is_applied_and_an_undo_restores_every_byte(place: Place) -> None:
    before = (place.root / "text.py").read_bytes()
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "approve", by="me")
        await place.rested(task, State.APPLIED)
        assert changed(place)
        place.decide(task, "undo")
        await place.rested(task, State.UNDONE)
    assert (place.root / "text.py").read_bytes() == before


async def test_a_proposal_edited_by_hand_is_the_one_that_is_applied_and_nothing_is_proved_of_it(place: Place) -> None:
    mine = TEXT.replace('"..."', '"…"')
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "revise", files={"text.py": mine})
        await place.heard("decision-taken", task, decision="revise")
        result = await place.rested(task, State.REVIEW)
        place.decide(task, "approve")
        await place.rested(task, State.APPLIED)
    assert result.verdict is Verdict.UNVERIFIED
    assert (place.root / "text.py").read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(("files", "code"), [({"other.py": "x = 1\n"}, "off-target"), ({"text.py": TEXT}, "no-change")])
async def test_an_edit_by_hand_that_cannot_be_is_refused_and_the_proposal_stays(
    place: Place, files: dict[str, str], code: str
) -> None:
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "revise", files=files)
        refused = await place.heard("decision-refused", task)
    assert refused["error"]["code"] == code
    assert place.result(task).state is State.REVIEW


async def test_an_idle_runner_that_may_not_stay_ends_when_its_work_is_done(place: Place) -> None:
    task = place.drop()
    async with asyncio.timeout(60):
        await run(place.repository, place.settings, idle_seconds=0.3)
    assert place.result(task).state is State.REVIEW


async def test_a_check_that_passes_makes_the_verdict_checked(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", settings=ALLOW)
    task = place.drop(check=(CHECK,))
    await place.drain(approve=Approve.CHECKED)
    result = place.result(task)
    assert result.state is State.APPLIED
    assert result.verdict is Verdict.CHECKED
    assert any(check.name.startswith("python3") and check.ok for check in result.checks)
    assert changed(place)


async def test_a_check_that_fails_fails_the_task_after_a_repair_and_fresh_tries(tmp_path: Path) -> None:
    wrong = "```python\ndef truncate(text, limit):\n    return text[:limit]\n```\n"
    place = Place(tmp_path / "repository", settings=ALLOW, rules=[{"answer": wrong}])
    task = place.drop("Make truncate() keep the dots within the limit", check=(CHECK,))
    await place.drain(approve=Approve.ALL)
    result = place.result(task)
    assert result.state is State.FAILED
    assert result.error is not None
    assert len(place.asked()) == 4
    assert not changed(place)


async def test_a_file_dropped_by_hand_gets_an_id_and_a_result(place: Place) -> None:
    async with place.at_work():
        text = "---\nkind: patch\ntargets: text.py\nby: me\n---\nMake truncate() never exceed limit\n"
        (place.folder.inbox / "wish.md").write_text(text, encoding="utf-8")
        line = await place.heard("task-queued")
        assert is_id(line["task"])
        result = await place.rested(line["task"], State.REVIEW)
    assert result.kind == "patch"
    assert not list(place.folder.inbox.glob("*.md"))
    assert (place.folder.task(result.id) / "dropped.md").read_text(encoding="utf-8") == text


async def test_files_that_were_there_before_the_start_are_taken_too(place: Place) -> None:
    tasks = [place.drop(priority=number) for number in range(3)]
    await place.drain()
    assert {place.result(task).state for task in tasks} == {State.REVIEW}


async def test_larger_priority_runs_first(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", settings="[runner]\nparallel = 1\n")
    low, high = place.drop(priority=1), place.drop(priority=5)
    await place.drain()
    started = [line["task"] for line in place.lines if line["event"] == "task-started"]
    assert started == [high, low]


async def test_a_task_waits_for_what_it_comes_after(place: Place) -> None:
    async with place.at_work():
        first = place.drop(key="first")
        second = place.drop(after=("first",))
        await place.rested(first, State.REVIEW)
        assert read_record(place.folder, second).state is State.BLOCKED
        place.decide(first, "approve")
        await place.rested(second, State.FAILED, State.REVIEW)
    started = [line["task"] for line in place.lines if line["event"] == "task-started"]
    assert started == [first, second]


async def test_a_task_fails_with_what_it_had_to_come_after(place: Place) -> None:
    async with place.at_work():
        first = place.drop()
        second = place.drop(after=(first,))
        await place.rested(first, State.REVIEW)
        place.decide(first, "reject", reason="no")
        result = await place.rested(second)
    assert result.state is State.FAILED
    assert result.error is not None
    assert result.error.code == "after-failed"


async def test_the_same_key_and_content_is_the_same_task(place: Place) -> None:
    first = place.drop(key="once")
    assert place.drop(key="once") == first
    await place.drain()
    (place.folder.inbox / "again.json").write_text(
        json.dumps({"task": "Make truncate() never exceed limit", "targets": ["text.py"], "key": "once"})
    )
    await place.drain()
    assert list(place.folder.task_ids()) == [first]
    assert len(place.asked()) == 1


async def test_a_sweep_makes_one_task_for_each_file_and_rests_when_all_do(place: Place) -> None:
    (place.root / "more").mkdir()
    for name in ("a", "b", "c"):
        (place.root / "more" / f"{name}.py").write_text(TEXT, encoding="utf-8")
    task = place.drop("In {file}, make truncate() never exceed limit", targets=(), for_each="more/*.py")
    await place.drain(approve=Approve.ALL)
    record = read_record(place.folder, task)
    assert record.state is State.DONE
    assert len(record.children) == 3
    children = [read_record(place.folder, child) for child in record.children]
    assert {child.task.spec.targets for child in children} == {(f"more/{name}.py",) for name in "abc"}
    assert {child.state for child in children} == {State.APPLIED}
    assert "In more/a.py, make" in {child.task.spec.task[:18] for child in children} or children[0].task.spec.task


async def test_a_running_generation_that_is_cancelled_stops_and_frees_its_slot(tmp_path: Path) -> None:
    rules = [{"contains": "for ever", "answer": "…", "hang": True}, PATCH_RULE]
    place = Place(tmp_path / "repository", settings="[runner]\nparallel = 1\n", rules=rules)
    async with place.at_work():
        hanging = place.drop("truncate() for ever")
        waiting = place.drop()
        await place.heard("token-streamed", hanging)
        place.decide(hanging, "cancel")
        assert (await place.rested(hanging)).state is State.CANCELLED
        assert (await place.rested(waiting)).state is State.REVIEW
    assert not (place.folder.task(hanging) / "decision.json").exists()


async def test_a_task_that_waits_can_be_cancelled(tmp_path: Path) -> None:
    rules = [{"contains": "for ever", "answer": "…", "hang": True}, PATCH_RULE]
    place = Place(tmp_path / "repository", settings="[runner]\nparallel = 1\n", rules=rules)
    async with place.at_work():
        hanging, waiting = place.drop("truncate() for ever", priority=1), place.drop()
        await place.heard("token-streamed", hanging)
        place.decide(waiting, "cancel")
        await place.rested(waiting, State.CANCELLED)
        place.decide(hanging, "cancel")
        await place.rested(hanging, State.CANCELLED)


async def test_a_task_whose_time_is_over_fails_and_says_so(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "…", "hang": True}])
    task = place.drop(timeout=0.3)
    await place.drain()
    result = place.result(task)
    assert result.state is State.FAILED
    assert result.error is not None
    assert result.error.code == "timeout"


async def test_a_retry_asks_anew_and_tells_why_the_last_try_was_rejected(place: Place) -> None:
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "reject", reason="name the constant")
        await place.rested(task, State.REJECTED)
        place.lines.clear()
        place.decide(task, "retry")
        await place.rested(task, State.REVIEW)
    first, second = place.asked()
    assert "name the constant" not in first["prompt"]
    assert "name the constant" in second["prompt"]
    assert read_record(place.folder, task).task.attempt == 2


async def test_only_the_kept_hunks_are_applied(tmp_path: Path) -> None:
    answer = (
        '```python\ndef shout(text):\n    return text.upper() + "!!"\n\n\n'
        "def truncate(text, limit):\n    return text[:limit]\n```\n"
    )
    place = Place(tmp_path / "repository", rules=[{"answer": answer}])
    source = TEXT.replace("\n\n\ndef truncate", "\n\n\n" + "x = 1\n" * 12 + "\n\ndef truncate")
    (place.root / "text.py").write_text(source, encoding="utf-8")
    async with place.at_work():
        task = place.drop("Change shout() and truncate()")
        await place.rested(task, State.REVIEW)
        assert read_record(place.folder, task).hunks == 2
        place.decide(task, "approve", hunks=(1,))
        await place.rested(task, State.APPLIED)
    text = (place.root / "text.py").read_text(encoding="utf-8")
    assert '"!!"' in text
    assert 'return text[:limit] + "..."' in text


async def test_a_decision_that_does_not_fit_is_refused_and_kept(place: Place) -> None:
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "undo")
        line = await place.heard("decision-refused", task)
        assert line["error"]["code"] == "wrong-state"
        place.decide(task, "approve", hunks=(7,))
        await place.heard("decision-refused", task, decision="approve")
    assert (place.folder.decisions / "refused" / f"{task}.json").exists()
    assert not changed(place)
    assert place.result(task).state is State.REVIEW


async def test_a_target_changed_since_is_never_overwritten(place: Place) -> None:
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        mine = TEXT.replace("len(text) > limit", "len(text) >= limit")
        (place.root / "text.py").write_text(mine, encoding="utf-8")
        place.decide(task, "approve")
        line = await place.heard("decision-refused", task)
    assert line["error"]["code"] == "changed"
    assert (place.root / "text.py").read_text(encoding="utf-8") == mine


async def test_an_engine_that_dies_once_is_asked_again(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "``", "die_after": 1}, PATCH_RULE])
    task = place.drop()
    await place.drain()
    result = place.result(task)
    assert result.state is State.FAILED
    assert result.error is not None
    assert result.error.code == "engine-died"
    assert len(place.asked("begun")) == 2


async def test_two_runners_on_a_folder_are_one_too_many(place: Place) -> None:
    async with place.at_work():
        with pytest.raises(RunnerBusy, match="already runs this folder"):
            await run(place.repository, place.settings, drain=True)


async def test_run_with_only_leaves_other_tasks_alone(place: Place) -> None:
    mine, other = place.drop(), place.drop("Make truncate() never exceed limit, please")
    await run(place.repository, place.settings, only=[mine])
    assert place.result(mine).state is State.REVIEW
    assert read_record(place.folder, other).state is State.QUEUED
    await place.drain()
    assert place.result(other).state is State.REVIEW


async def test_a_stopped_runner_leaves_its_task_to_the_next_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", rules=[{"times": 0, "answer": ""}, {"answer": "…", "hang": True}])
    async with place.at_work():
        task = place.drop()
        await place.heard("token-streamed", task)
    assert read_record(place.folder, task).state is State.RUNNING
    place.script([PATCH_RULE])
    await place.drain()
    assert place.result(task).state is State.REVIEW
    assert any(line["event"] == "run-resumed" for line in place.lines)


async def test_every_step_is_an_event(place: Place) -> None:
    task = place.drop()
    await place.drain(approve=Approve.ALL)
    steps = [line["step"] for line in place.lines if line["event"] == "step-started"]
    assert steps == ["prepare", "generate", "propose", "apply"]
    seqs = [line["seq"] for line in place.lines]
    assert seqs == sorted(set(seqs))
    written = (place.folder.task(task) / "transcript.jsonl").read_text(encoding="utf-8")
    assert "prompt-sent" in written
    assert "answer-received" in written


async def test_a_lost_store_costs_no_task(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "…", "hang": True}])
    async with place.at_work():
        running = place.drop()
        await place.heard("token-streamed", running)
        queued = place.drop()
        await place.heard("task-queued", queued)
    for name in ("nanites.sqlite", "nanites.sqlite-wal", "nanites.sqlite-shm"):
        (place.folder.path / name).unlink(missing_ok=True)
    place.script([PATCH_RULE])
    await place.drain()
    assert place.result(running).state is State.REVIEW
    assert place.result(queued).state is State.REVIEW


async def test_a_damaged_store_is_named_with_a_way_back(place: Place) -> None:
    place.folder.store.write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(Exception, match="store cannot be opened") as caught:
        await place.drain()
    assert getattr(caught.value, "code", "") == "store-unusable"
    assert asyncio.get_running_loop().is_running()


async def test_a_retry_right_after_a_rest_waits_for_the_last_attempt_to_leave(place: Place) -> None:
    async with place.at_work():
        task = place.drop()
        for number in range(2, 6):
            await place.rested(task, State.REVIEW)
            place.lines.clear()
            place.decide(task, "retry")
            await place.heard("task-started", task, attempt=number)
        await place.rested(task, State.REVIEW)
    assert read_record(place.folder, task).task.attempt == 5


async def test_a_sweep_that_is_retried_settles_again(place: Place) -> None:
    (place.root / "more").mkdir()
    (place.root / "more" / "a.py").write_text(TEXT, encoding="utf-8")
    place.script([{"answer": "no"}])
    async with place.at_work():
        task = place.drop(targets=(), for_each="more/*.py")
        assert (await place.rested(task)).state is State.FAILED
        place.script([PATCH_RULE])
        place.lines.clear()
        place.decide(task, "retry")
        child = read_record(place.folder, task).children[0]
        await place.rested(child, State.REVIEW)
        place.decide(task, "approve")
        assert (await place.rested(task)).state is State.DONE


async def test_the_store_keeps_nothing_of_what_has_ended(place: Place) -> None:
    import sqlite3

    place.drop()
    await place.drain()
    await place.drain()
    with sqlite3.connect(place.folder.store) as connection:
        assert connection.execute("SELECT count(*) FROM workflow_status").fetchone() == (0,)
