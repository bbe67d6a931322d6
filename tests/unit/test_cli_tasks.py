"""Tasks from the command line, from their drop to their end, with a real runner and the scripted engine behind it."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.caller import FIXED, TASK, Caller, Person
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.model import ENVELOPE_LIMIT, Result, State


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(monkeypatch)


def text_of(place: Place) -> str:
    return (place.root / "text.py").read_text(encoding="utf-8")


# A task from the command line, with no runner alive


def test_a_kind_runs_its_task_here_and_returns_it_in_review(call: Caller, place: Place) -> None:
    code, out, err = call("patch", TASK, "--target", "text.py", "--json")
    assert (code, err) == (0, "")
    assert len(out.strip()) <= ENVELOPE_LIMIT
    result = Result.model_validate_json(out)
    assert result.state is State.REVIEW
    assert [file.path for file in result.files] == ["text.py"]
    assert text_of(place) == TEXT


def test_people_see_on_stderr_what_happens(call: Caller, place: Place) -> None:
    code, out, err = call("patch", TASK, "--target", "text.py")
    assert code == 0
    assert "queued patch text.py" in err
    assert "waits for a decision" in err
    assert re.search(r"nanites approve \S+ or nanites reject", out)


def test_approving_applies_and_undoing_restores_the_bytes(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    assert call.json("approve", task_id)["state"] == "applied"
    assert FIXED in text_of(place)
    assert call.json("undo", task_id[-5:])["state"] == "undone"
    assert text_of(place) == TEXT


def test_rejecting_is_as_asked_and_waiting_for_it_is_3(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    assert call.json("reject", task_id, "--reason", "too clever")["state"] == "rejected"
    assert call.json("wait", task_id, code=3)["state"] == "rejected"
    assert call.json("show", task_id, "--full")["reason"] == "too clever"


def test_a_decision_that_cannot_be_followed_is_2_and_says_why(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    error = call.json("undo", task_id, code=2)["error"]
    assert error["code"] == "wrong-state"
    error = call.json("approve", task_id, "--hunk", "9", code=2)["error"]
    assert "hunk 9" in error["message"]
    assert text_of(place) == TEXT


def test_a_retry_runs_the_task_again(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    call("reject", task_id)
    assert call.json("retry", task_id)["state"] == "review"
    assert call.json("show", task_id, "--full")["attempt"] == 2


def test_cancelling_a_dropped_task_before_any_runner_saw_it(call: Caller, place: Place) -> None:
    task_id = call.submitted()
    assert call.json("cancel", task_id)["state"] == "cancelled"
    assert place.asked("begun") == []
    assert call.json("wait", task_id, code=3)["state"] == "cancelled"


def test_policy_all_applies_without_asking(call: Caller, place: Place) -> None:
    assert call.json("patch", TASK, "--target", "text.py", "--approve", "all")["state"] == "applied"
    assert FIXED in text_of(place)


def test_words_come_back_whole_for_people_and_cut_to_size_for_programs(call: Caller, place: Place) -> None:
    words = "A long answer about text. " * 40
    place.script([{"answer": words}])
    code, out, _ = call("chat", "What is this?")
    assert code == 0
    assert words.strip() in out
    result = call.json("chat", "What is this?")
    assert (result["state"], len(result["summary"]) <= 400) == ("done", True)


def test_what_is_proven_needs_nobody_under_that_policy(call: Caller, place: Place) -> None:
    place.script([{"answer": '{"summary": "Does it.", "args": {}, "returns": "It."}'}])
    result = call.json("docstrings", "--target", "text.py", "--approve", "proven")
    assert (result["state"], result["verdict"]) == ("applied", "proven")
    assert '"""Does it.' in text_of(place)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("patch", TASK), "missing"),
        (("patch", TASK, "--target", "none.py"), "no-such-file"),
        (("patch", TASK, "--target", "../x.py"), "outside"),
        (("patch", TASK, "--target", "text.py", "--check", "rm -rf /"), "command-not-allowed"),
        (("patch", "--target", "text.py"), "missing"),
    ],
)
def test_a_task_the_runner_refuses_is_2_with_its_words(
    call: Caller, place: Place, arguments: tuple[str, ...], code: str
) -> None:
    assert call.json(*arguments, code=2)["error"]["code"] == code


def test_a_task_that_fails_is_1(call: Caller, place: Place) -> None:
    place.script([{"nonsense": True}])
    result = call.json("patch", TASK, "--target", "text.py", code=1)
    assert result["state"] == "failed"
    assert result["error"]["code"]


def test_no_engine_is_4(call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["ollama"]')
    monkeypatch.setenv("NANITES_ENGINE__OLLAMA_URL", "http://127.0.0.1:9")
    result = call.json("patch", TASK, "--target", "text.py", code=4)
    assert result["error"]["code"] == "no-engine"
    assert call.json("models", code=4) == []
    assert call.json("doctor", code=4)


def test_a_task_that_runs_out_of_time_is_5(call: Caller, place: Place) -> None:
    place.script([{"hang": True}])
    result = call.json("patch", TASK, "--target", "text.py", "--timeout", "0.3", code=5)
    assert result["error"]["code"] == "timeout"


def test_waiting_without_a_runner_runs_out_of_time_with_5(call: Caller, place: Place) -> None:
    task_id = call.submitted()
    assert call.json("wait", task_id, "--timeout", "0.1", code=5)["error"]["code"] == "timeout"
    code, _, err = call("wait", task_id, "--timeout", "0.1")
    assert code == 5
    assert "no runner is alive" in err


def test_ctrl_c_is_130_and_the_task_stays(place: Place) -> None:
    place.script([{"hang": True}])
    # Where the tests were started with `&`, an interrupt is ignored, and so it is by whatever they start.
    heeding = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    running = f"{heeding}; runpy.run_module('workbench.cli', run_name='__main__')"
    command = [sys.executable, "-c", running, "patch", TASK, "--target", "text.py"]
    process = subprocess.Popen(command, cwd=place.root, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while "asks" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "nanites: interrupted" in err
    assert "Traceback" not in err
    (row,) = (path.name for path in place.folder.tasks.iterdir())
    assert row in err


# With a runner alive


async def test_with_a_runner_alive_the_command_line_only_drops_and_waits(call: Caller, place: Place) -> None:
    async with place.at_work():

        def whole_life() -> None:
            task_id = call.proposed()
            assert call.json("approve", task_id)["state"] == "applied"
            assert call.json("undo", task_id)["state"] == "undone"
            assert call.json("retry", task_id)["id"] == task_id
            assert call.json("wait", task_id)["state"] == "review"
            assert call.json("cancel", task_id)["state"] == "cancelled"
            assert call.json("undo", task_id, code=2)["error"]["code"] == "wrong-state"
            assert "queued patch" in "".join(call("log", task_id, "--follow")[1:])

        await asyncio.to_thread(whole_life)


# Asking a person


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("y\n", "applied"),
        ("n\n", "rejected"),
        ("what?\nyes\n", "applied"),
        ("h\ny\n", "applied"),
        ("h\nn\n", "rejected"),
        ("", "review"),
    ],
)
def test_a_person_is_shown_the_change_and_asked(
    call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch, typed: str, state: str
) -> None:
    call.stdin = Person(typed)
    code, out, err = call("patch", TASK, "--target", "text.py")
    assert "approve? [y/n/h(unk)]" in err
    assert "+    return text[" in err
    assert f"  {state}" in out
    assert code == (3 if state == "rejected" else 0)
    assert (FIXED in text_of(place)) == (state == "applied")


def test_what_the_crew_noted_stands_between_the_change_and_the_question(call: Caller, place: Place) -> None:
    (place.root / "test_text.py").write_text("from text import truncate\n\n\ndef test_it():\n    truncate('', 1)\n")
    call.stdin = Person("")
    _, out, err = call("patch", TASK, "--target", "text.py")
    noted = "› test_text.py uses it; to have it checked, allow and name: "
    # Lines end between words, whatever the width.
    said = " ".join(err.split())
    assert said.index("+++ b/text.py") < said.index(noted) < said.index("approve?")
    assert "  note: test_text.py uses it; to have it checked" in out
    _, shown, _ = call("show", out.split()[0])
    assert shown.count("test_text.py uses it") == 1


def test_a_person_can_keep_one_hunk_of_two(call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    spaced = TEXT.replace("\n\n\ndef truncate", "\n\n\n" + "# filler\n" * 12 + "\n\ndef truncate")
    (place.root / "text.py").write_text(spaced, encoding="utf-8")
    answer = PATCH_RULE["answer"].replace(
        "```python\n", "```python\ndef shout(text):\n    return text.upper() + '!!'\n\n\n"
    )
    place.script([{"contains": "never exceed", "answer": answer}])
    call.stdin = Person("h\ny\nn\n")
    code, _, err = call("patch", "Make shout() louder and truncate() never exceed limit", "--target", "text.py")
    assert "keep hunk 2 of 2?" in err
    assert code == 0
    assert "'!!'" in text_of(place)
    assert FIXED not in text_of(place)


def test_a_program_is_never_asked(call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    call.stdin = Person("y\n")
    assert call.json("patch", TASK, "--target", "text.py")["state"] == "review"
