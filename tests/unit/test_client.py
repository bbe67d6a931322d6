"""The client: whatever it says of the folder is what lies there."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import client, schemas
from workbench.errors import NaniteError, TaskRefused, TaskStopped
from workbench.model import Decision, ErrorInfo, State, Task, TaskSpec
from workbench.spool.folder import Folder, new_id, write_json
from workbench.spool.inbox import refuse, task_from_fields
from workbench.spool.records import Record, write_record, write_result

GOOD = {"kind": "patch", "task": "Make it so", "targets": ["a.py"]}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def record(folder: Folder, state: State, task_id: str | None = None, **fields: Any) -> Record:
    """Write a task's record and result as a runner does."""
    task_id = task_id or new_id()
    task = Task(id=task_id, spec=TaskSpec.model_validate(GOOD | fields.pop("spec", {})), created_at=1.0)
    written = Record(task=task, state=state, updated_at=2.0, **fields)
    write_record(folder, written)
    if state.is_final or state is State.REVIEW:
        write_result(folder, written)
    return written


def inbox_names(folder: Folder) -> list[str]:
    return sorted(path.name for path in folder.inbox.glob("*.json"))


def test_a_submitted_task_lies_in_the_inbox_under_its_id(folder: Folder) -> None:
    task_id = client.submit(folder, GOOD | {"targets": "a.py"})
    (name,) = inbox_names(folder)
    assert name == f"{task_id}.json"
    assert json.loads((folder.inbox / name).read_text()) == GOOD


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"foo": 1}, "unknown-field", "foo"),
        ({"priority": "high"}, "wrong-value", "priority"),
        ({"approve": "always"}, "wrong-value", "approve"),
        ({"timeout": 0}, "wrong-value", "timeout"),
        ({"kind": "Patch"}, "wrong-value", "kind"),
        ({"kind": "dance"}, "unknown-kind", "kind"),
        ({"task": 5}, "wrong-value", "task"),
        ({"key": ""}, "wrong-value", "key"),
    ],
)
def test_what_is_no_task_is_refused_by_field_and_not_dropped(
    folder: Folder, fields: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(TaskRefused) as caught:
        client.submit(folder, GOOD | fields)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert inbox_names(folder) == []


def test_the_same_key_and_content_is_the_same_task_before_a_runner_took_it(folder: Folder) -> None:
    first = client.submit(folder, GOOD | {"key": "k"})
    assert client.submit(folder, GOOD | {"key": "k", "by": "somebody else"}) == first
    assert client.submit(folder, GOOD | {"key": "k2"}) != first
    assert len(inbox_names(folder)) == 2


def test_the_same_key_with_other_content_is_refused_before_a_runner_took_it(folder: Folder) -> None:
    client.submit(folder, GOOD | {"key": "k"})
    with pytest.raises(TaskRefused) as caught:
        client.submit(folder, GOOD | {"key": "k", "task": "something else"})
    assert caught.value.code == "key-conflict"
    assert len(inbox_names(folder)) == 1


def test_a_task_file_is_read_from_anywhere_and_its_faults_name_it(tmp_path: Path) -> None:
    good = tmp_path / "good.md"
    good.write_text("---\nkind: patch\ntargets: a.py\n---\nMake it so\n", encoding="utf-8")
    assert client.fields_of_file(good) == {"kind": "patch", "targets": "a.py", "task": "Make it so"}
    cut = tmp_path / "cut.json"
    cut.write_text('{"kind": "pat', encoding="utf-8")
    for path, code in (
        (cut, "not-whole"),
        (tmp_path / "none.json", "unreadable"),
        (tmp_path / "a.txt", "unknown-form"),
    ):
        if code == "unknown-form":
            path.write_text("x", encoding="utf-8")
        with pytest.raises(TaskRefused) as caught:
            client.fields_of_file(path)
        assert caught.value.code == code
        assert path.name in caught.value.message


def test_the_root_is_found_from_any_folder_of_the_tree(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert client.find_root(inner) == tmp_path.resolve()


def test_a_folder_outside_any_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NaniteError) as caught:
        client.find_root(tmp_path)
    assert caught.value.code == "not-a-repository"


async def test_waiting_ends_when_a_task_is_final_or_in_review(folder: Folder) -> None:
    done, review = record(folder, State.DONE), record(folder, State.REVIEW)
    results = await client.wait(folder, [review.task.id, done.task.id])
    assert [result.state for result in results] == [State.REVIEW, State.DONE]


async def test_waiting_gives_up_in_time(folder: Folder) -> None:
    running = record(folder, State.RUNNING)
    began = time.monotonic()
    with pytest.raises(TaskStopped) as caught:
        await client.wait(folder, [running.task.id], within=0.1)
    assert caught.value.code == "timeout"
    assert time.monotonic() - began < 2


async def test_waiting_for_a_refused_file_says_why_it_was_refused(folder: Folder) -> None:
    task_id = client.submit(folder, GOOD)
    refuse(folder, folder.inbox / f"{task_id}.json", TaskRefused("no such file", code="no-such-file", field="targets"))
    with pytest.raises(TaskRefused) as caught:
        await client.wait(folder, [task_id])
    assert (caught.value.code, caught.value.field) == ("no-such-file", "targets")


async def test_waiting_for_what_is_nowhere_ends(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_NOWHERE_SECONDS", -1)
    with pytest.raises(NaniteError) as caught:
        await client.wait(folder, [new_id()])
    assert caught.value.code == "no-such-task"


async def test_a_failure_of_the_work_here_ends_the_waiting(folder: Folder) -> None:
    task_id = client.submit(folder, GOOD)

    async def breaks(ids: object) -> None:
        raise NaniteError("the store is broken", code="store-unusable")

    with pytest.raises(NaniteError) as caught:
        await client.wait(folder, [task_id], run_here=breaks, within=5)
    assert caught.value.code == "store-unusable"


async def test_a_sweep_whose_tasks_wait_for_review_counts_as_in_review(folder: Folder) -> None:
    child = record(folder, State.REVIEW)
    parent = record(folder, State.RUNNING, spec={"for_each": "*.py"}, children=(child.task.id,))
    result = client.rested(folder, parent.task.id)
    assert result is not None
    assert result.state is State.REVIEW
    assert result.summary == "1 files: 1 review"
    record(folder, State.RUNNING, child.task.id)
    assert client.rested(folder, parent.task.id) is None


async def test_an_error_in_the_envelope_comes_through(folder: Folder) -> None:
    error = ErrorInfo(code="model-missing", message="no model", hint="pull it")
    failed = record(folder, State.FAILED, error=error)
    (result,) = await client.wait(folder, [failed.task.id])
    assert result.error == error


async def test_a_decision_nobody_follows_stays_for_the_next_runner(folder: Folder) -> None:
    review = record(folder, State.REVIEW)
    with pytest.raises(TaskStopped):
        await client.decide(folder, review.task.id, Decision(decision="approve"), within=0.1)
    dropped = json.loads((folder.decisions / f"{review.task.id}.json").read_text())
    assert dropped == {"decision": "approve"}


async def test_an_old_refusal_is_not_taken_for_a_new_one(folder: Folder) -> None:
    review = record(folder, State.REVIEW)
    refused = folder.decisions / "refused"
    refused.mkdir()
    write_json(refused / f"{review.task.id}.json.error.json", {"code": "old", "message": "old", "hint": ""})

    async def follows(ids: object) -> None:
        record(folder, State.REJECTED, review.task.id)
        (folder.decisions / f"{review.task.id}.json").unlink()

    result = await client.decide(folder, review.task.id, Decision(decision="reject"), run_here=follows)
    assert result.state is State.REJECTED


async def test_who_waits_on_with_the_same_reader_misses_no_event_between(folder: Folder) -> None:
    review = record(folder, State.REVIEW)
    heard: list[client.Line] = []

    async def follows(_: Collection[str]) -> None:
        (folder.decisions / f"{review.task.id}.json").unlink()

    events = client.tail(folder)
    decision = Decision(decision="reject")
    await client.decide(folder, review.task.id, decision, on_line=heard.append, events=events, run_here=follows)
    folder.events.write_text('{"event": "answer-received"}\n')
    await client.wait(folder, [review.task.id], on_line=heard.append, events=events)
    assert heard == [{"event": "answer-received"}]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2_000_000),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["ask", "mid"]),
)
FIELDS = st.dictionaries(
    st.sampled_from([*TaskSpec.model_fields, "foo"]), st.one_of(SCALARS, st.lists(SCALARS, max_size=3)), max_size=6
)


@given(FIELDS)
def test_the_quick_check_is_never_kinder_than_the_model(fields: dict[str, Any]) -> None:
    if schemas.fits(fields, schemas.load("task")):
        task_from_fields(fields)


@pytest.mark.parametrize(
    "fields",
    [
        GOOD,
        {"task": "x", "timeout": 1.5, "priority": -3, "rounds": None, "tier": "mid", "approve": "all"},
        {"kind": "summary", "read": ["a.py:1-3"], "after": ["k"], "for_each": "**/*.py", "model": "m", "by": "me"},
    ],
)
def test_the_quick_check_takes_a_good_task(fields: dict[str, Any]) -> None:
    assert schemas.fits(fields, schemas.load("task"))
