"""Commands that a person is asked about: the task waits, the answer holds where it was given, no script is held up."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.house.caller import TASK, Caller, Person
from tests.house.place import TEXT, Place
from workbench.checks.guard import Guard
from workbench.checks.question import question_of
from workbench.consent import Consent
from workbench.model import Approve, State, Verdict
from workbench.spool.folder import write_json
from workbench.spool.records import Record, read_record

COMMAND = "test -f text.py"
STEERED = "grep -q steady conftest.py"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(monkeypatch)


def record(place: Place, task_id: str) -> Record:
    return read_record(place.folder, task_id)


def ran(place: Place, task_id: str) -> list[tuple[str, bool | None]]:
    """Return the commands that were run for a task, or were not, with their outcomes, as its transcript has them."""
    path = place.folder.task(task_id) / "transcript.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    found = [(line["name"], line.get("ok")) for line in lines if line["event"] == "check-finished"]
    return [check for check in found if check[0] in {COMMAND, STEERED}]


async def asked(place: Place, **fields: Any) -> str:
    task_id = place.drop(check=(COMMAND,), by="ada", **fields)
    await place.drain()
    assert record(place, task_id).asks == (COMMAND,)
    return task_id


async def test_a_task_whose_command_is_not_allowed_waits_and_nothing_runs(place: Place) -> None:
    task_id = await asked(place)
    result = place.result(task_id)
    assert (result.state, result.error and result.error.code) == (State.BLOCKED, "command-not-allowed")
    assert result.error is not None
    assert COMMAND in result.error.message
    assert task_id in result.error.hint
    assert place.asked() == []
    assert not list(place.folder.refused.iterdir())
    (said,) = [line for line in place.lines if line["event"] == "command-asked"]
    assert (said["commands"], said["by"]) == ([COMMAND], "ada")
    assert said["source"].startswith(task_id)


async def test_once_is_for_that_task_alone(place: Place) -> None:
    first, second = await asked(place), await asked(place)
    place.decide(first, "allow", scope="once", by="ada")
    await place.drain()
    assert (record(place, first).state, record(place, first).verdict) == (State.REVIEW, Verdict.CHECKED)
    assert ran(place, first) == [(COMMAND, True)]
    assert record(place, second).asks == (COMMAND,)
    assert COMMAND not in (place.root / "nanites.toml").read_text()
    place.decide(first, "retry")
    await place.drain()
    assert (record(place, first).state, record(place, first).asks) == (State.BLOCKED, (COMMAND,))


async def test_for_this_repository_is_written_down_and_lets_go_whoever_waits_for_the_same(place: Place) -> None:
    first, second = await asked(place), await asked(place)
    place.decide(first, "allow", scope="repository", by="ada")
    await place.drain()
    assert [record(place, task_id).verdict for task_id in (first, second)] == [Verdict.CHECKED] * 2
    assert place.settings.checks.allow == (COMMAND,)
    third = place.drop(check=(COMMAND,))
    await place.drain()
    assert record(place, third).state is State.REVIEW


async def test_never_is_remembered_and_turns_down_whoever_asks(place: Place) -> None:
    first, second = await asked(place), await asked(place)
    place.decide(first, "allow", scope="never", by="ada")
    await place.drain()
    for task_id in (first, second):
        known = record(place, task_id)
        assert (known.state, known.error and known.error.code) == (State.REJECTED, "command-forbidden")
        assert place.result(task_id).state is State.REJECTED
    assert Consent.of(place.root).forbids(COMMAND)
    place.configure(f"[checks]\nallow = [{json.dumps(COMMAND)}]\n")
    third = place.drop(check=(COMMAND,))
    await place.drain()
    error = json.loads((place.folder.refused / f"{third}.json.error.json").read_text())
    assert error["code"] == "command-forbidden"
    assert place.asked() == []


@pytest.mark.parametrize("policy", [Approve.PROVEN, Approve.CHECKED, Approve.ALL, Approve.NONE])
@pytest.mark.parametrize("of_task", [True, False], ids=["of the task", "of the runner"])
async def test_a_script_is_refused_at_once_and_never_waits(place: Place, policy: Approve, of_task: bool) -> None:
    task_id = place.drop(check=(COMMAND,), **({"approve": policy} if of_task else {}))
    await place.drain(approve=None if of_task else policy)
    error = json.loads((place.folder.refused / f"{task_id}.json.error.json").read_text())
    assert (error["code"], error["field"]) == ("command-not-allowed", "check")


async def test_a_task_that_waits_is_not_turned_down_by_a_later_runner_of_a_script(place: Place) -> None:
    task_id = await asked(place)
    await place.drain(approve=Approve.CHECKED)
    assert record(place, task_id).asks == (COMMAND,)


@pytest.mark.parametrize("scope", ["once", "repository", "never"])
async def test_an_answer_that_a_dead_runner_had_claimed_is_followed_by_the_next(place: Place, scope: str) -> None:
    task_id = await asked(place)
    claim = place.folder.task(task_id) / "decision.json"
    write_json(claim, {"decision": "allow", "scope": scope, "by": "ada"})
    await place.drain()
    assert not claim.exists()
    assert record(place, task_id).state is (State.REJECTED if scope == "never" else State.REVIEW)
    write_json(claim, {"decision": "allow", "scope": scope, "by": "ada"})
    before = record(place, task_id)
    await place.drain()
    assert record(place, task_id) == before


async def test_a_result_that_a_crash_left_unwritten_is_written_by_the_next_runner(place: Place) -> None:
    task_id = await asked(place)
    (place.folder.results / f"{task_id}.json").unlink()
    await place.drain()
    assert place.result(task_id).state is State.BLOCKED


async def test_what_waits_for_others_too_waits_on_when_it_was_answered(place: Place) -> None:
    first = place.drop(approve="none")
    await place.drain()
    blocked = place.drop("Make truncate() never exceed limit", after=(first, "later"), check=(COMMAND,))
    await place.drain()
    place.decide(blocked, "allow", scope="once")
    await place.drain()
    assert (record(place, blocked).state, record(place, blocked).asks) == (State.BLOCKED, ())
    place.drop(key="later", approve="none")
    await place.drain()
    assert ran(place, blocked) == [(COMMAND, True)]


async def test_a_sweep_is_asked_about_once_for_all_its_files(place: Place) -> None:
    (place.root / "more.py").write_text((place.root / "text.py").read_text())
    task_id = await asked(place, targets=(), for_each="*.py")
    place.decide(task_id, "allow", scope="once")
    await place.drain()
    children = record(place, task_id).children
    assert len(children) == 2
    assert all(ran(place, child) == [(COMMAND, True)] for child in children)


async def test_a_command_that_is_allowed_by_hand_runs_without_a_restart(place: Place) -> None:
    async with place.at_work():
        first = place.drop(check=(COMMAND,))
        await place.heard("command-asked", first)
        place.configure(f"[checks]\nallow = [{json.dumps(COMMAND)}]\n")
        second = place.drop(check=(COMMAND,))
        assert (await place.rested(second)).verdict is Verdict.CHECKED


async def test_a_task_that_asks_can_be_cancelled(place: Place) -> None:
    task_id = await asked(place)
    place.decide(task_id, "cancel")
    await place.drain()
    assert (record(place, task_id).state, record(place, task_id).asks) == (State.CANCELLED, ())


async def test_an_answer_to_a_task_that_asks_nothing_is_refused(place: Place) -> None:
    task_id = place.drop()
    await place.drain()
    place.decide(task_id, "allow", scope="repository")
    await place.drain()
    error = json.loads((place.folder.decisions / "refused" / f"{task_id}.json.error.json").read_text())
    assert error["code"] == "wrong-state"
    assert record(place, task_id).state is State.REVIEW


async def test_an_approval_is_no_answer(place: Place) -> None:
    task_id = await asked(place)
    place.decide(task_id, "approve", by="claude")
    await place.drain()
    assert record(place, task_id).asks == (COMMAND,)
    assert ran(place, task_id) == []


@pytest.mark.parametrize("field", ["granted", "only_checks", "asks"])
async def test_a_task_file_cannot_answer_for_itself(place: Place, field: str) -> None:
    fields = {"task": "Make it", "targets": ["text.py"], "check": [COMMAND], field: [COMMAND]}
    (place.folder.inbox / "sly.json").write_text(json.dumps(fields))
    await place.drain()
    error = json.loads((place.folder.refused / "sly.json.error.json").read_text())
    assert (error["code"], error["field"]) == ("unknown-field", field)


# What an approval is bound to


@pytest.fixture
def steered(tmp_path: Path) -> Place:
    """A repository whose command reads `conftest.py`, and a model that changes that."""
    answer = '```python\ndef steer():\n    return "steady"\n```\n'
    settings = f"[checks]\nallow = [{json.dumps(STEERED)}]\n"
    place = Place(tmp_path / "repo", settings=settings, rules=[{"contains": "steady", "answer": answer}])
    (place.root / "conftest.py").write_text('def steer():\n    return "wild"\n')
    return place


async def test_a_command_whose_settings_a_proposal_changes_asks_again(steered: Place) -> None:
    task_id = steered.drop("Make it steady", targets=("conftest.py",), check=(STEERED,))
    await steered.drain()
    known = record(steered, task_id)
    assert (known.state, known.verdict, known.asks) == (State.REVIEW, Verdict.UNVERIFIED, (STEERED,))
    assert ran(steered, task_id) == [(STEERED, None)]
    (check,) = [check for check in known.checks if check.name == STEERED]
    assert "conftest.py" in check.output
    steered.decide(task_id, "allow", by="ada")
    await steered.drain()
    known = record(steered, task_id)
    assert (known.state, known.verdict, known.asks) == (State.REVIEW, Verdict.CHECKED, ())
    assert ran(steered, task_id) == [(STEERED, None), (STEERED, True)]
    assert len(steered.asked()) == 1, "the proposal stands; no model is asked again"
    assert "wild" in (steered.root / "conftest.py").read_text()
    steered.decide(task_id, "approve")
    await steered.drain()
    assert "steady" in (steered.root / "conftest.py").read_text()


async def test_a_command_whose_settings_stay_as_they_are_does_not_ask(steered: Place) -> None:
    (steered.root / "other.py").write_text('def steer():\n    return "wild"\n')
    task_id = steered.drop("Make it steady", targets=("other.py",), check=(STEERED,))
    await steered.drain()
    assert record(steered, task_id).asks == ()


@pytest.mark.parametrize(("policy", "state"), [("checked", State.REVIEW), ("all", State.APPLIED), ("none", State.DONE)])
async def test_a_script_that_meets_a_changed_setting_is_told_and_goes_on(
    steered: Place, policy: str, state: State
) -> None:
    task_id = steered.drop("Make it steady", targets=("conftest.py",), check=(STEERED,), approve=policy)
    await steered.drain()
    assert (record(steered, task_id).state, record(steered, task_id).verdict) == (state, Verdict.UNVERIFIED)
    assert ran(steered, task_id) == [(STEERED, None)]


async def test_never_of_a_changed_setting_leaves_the_proposal_to_be_decided(steered: Place) -> None:
    task_id = steered.drop("Make it steady", targets=("conftest.py",), check=(STEERED,))
    await steered.drain()
    steered.decide(task_id, "allow", scope="never")
    await steered.drain()
    known = record(steered, task_id)
    assert (known.state, known.asks) == (State.REVIEW, ())
    assert Consent.of(steered.root).forbids(STEERED)
    assert any("forbade" in note for note in known.notes)


async def test_a_proposal_edited_by_hand_still_asks(steered: Place) -> None:
    task_id = steered.drop("Make it steady", targets=("conftest.py",), check=(STEERED,))
    await steered.drain()
    steered.decide(task_id, "revise", files={"conftest.py": "calm = 'steady'\n"})
    await steered.drain()
    assert record(steered, task_id).asks == (STEERED,)
    steered.decide(task_id, "allow")
    await steered.drain()
    assert record(steered, task_id).verdict is Verdict.CHECKED


# What the person sees


def test_the_question_says_what_runs_where_it_comes_from_and_what_it_may_touch() -> None:
    fields = {"asks": ["make check"], "state": "blocked", "task": {"source": "a.json", "spec": {"by": "claude"}}}
    question = question_of(fields, Guard("bubblewrap"))
    assert question is not None
    words = "\n".join(question.words)
    for told in ("make check", "a.json", "claude", "no network", "scratch copy"):
        assert told in words
    assert question.scopes == ("once", "repository", "never")
    open_to_all = question_of(fields, Guard("none"))
    assert open_to_all is not None
    assert "can do what you can do" in "\n".join(open_to_all.words)
    assert question_of(fields | {"asks": []}, Guard("none")) is None


def test_the_command_line_shows_the_question_and_takes_the_answer(call: Caller, place: Place) -> None:
    value = call.json("patch", TASK, "--target", "text.py", "--check", COMMAND, code=2)
    assert (value["state"], value["error"]["code"]) == ("blocked", "command-not-allowed")
    asked = call.json("allow", "--task", value["id"])
    assert f"command: {COMMAND}" in asked["facts"]
    assert asked["answers"] == ["once", "repository", "never"]
    answered = call.json("allow", "--task", value["id"], "--once")
    assert (answered["state"], answered["verdict"]) == ("review", "checked")
    again = call.json("allow", "--task", value["id"], "--once", code=2)
    assert again["error"]["code"] == "wrong-state"


def test_the_command_line_forbids_for_good(call: Caller, place: Place) -> None:
    task_id = call.json("patch", TASK, "--target", "text.py", "--check", COMMAND, code=2)["id"]
    value = call.json("allow", "--task", task_id, "--never")
    assert (value["state"], value["error"]["code"]) == ("rejected", "command-forbidden")


@pytest.mark.parametrize("never", [False, True])
async def test_what_is_said_of_a_command_by_name_reaches_the_tasks_that_ask_about_it(
    call: Caller, place: Place, never: bool
) -> None:
    async with place.at_work():
        task_id = place.drop(check=(COMMAND,))
        await place.heard("command-asked", task_id)
        await asyncio.to_thread(call.json, "allow", COMMAND, *(["--never"] if never else []))
        result = await place.rested(task_id)
        assert (result.state, result.verdict) == ((State.REJECTED, None) if never else (State.REVIEW, Verdict.CHECKED))


def test_a_person_at_the_terminal_is_asked_at_once(call: Caller, place: Place) -> None:
    call.stdin = Person("what?\no\n")
    code, out, err = call("patch", TASK, "--target", "text.py", "--check", COMMAND)
    assert code == 0
    assert f"command: {COMMAND}" in err
    assert err.count("May this command run?") == 2
    assert "(checked)" in out


def test_after_the_answer_its_progress_is_told_and_the_change_itself_is_asked_about(call: Caller, place: Place) -> None:
    call.stdin = Person("o\ny\n")
    code, out, err = call("patch", TASK, "--target", "text.py", "--check", COMMAND)
    assert (code, out.splitlines()[0].split()[1]) == (0, "applied")
    _, told = err.split("May this command run?")
    for words in ("answer: ", f"check {COMMAND} passed", "waits for a decision: checked"):
        assert words in told
    assert (place.root / "text.py").read_text() != TEXT


def test_where_there_is_no_stdin_at_all_nobody_is_asked(
    call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call, "stdin", None)
    code, out, _ = call("patch", TASK, "--target", "text.py", "--check", COMMAND)
    assert (code, out.splitlines()[0].split()[1]) == (2, "blocked")
    code, out, _ = call("allow", "--task", out.split()[0])
    assert (code, out.splitlines()[0]) == (0, "May this command run?")
