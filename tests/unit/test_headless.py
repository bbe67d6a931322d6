"""The face without a screen: what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.place import Place
from workbench import events
from workbench.headless import Progress, json_lines
from workbench.model import ErrorInfo, State, Usage, Verdict
from workbench.narration import stamped, told
from workbench.spool.folder import new_id
from workbench.terminal import as_json, coloured_diff, one_line, plain, styled

TASK = new_id(1_700_000_000)
ERROR = ErrorInfo(code="c", message="it is broken", hint="mend it")
SAID: list[tuple[events.Event, str | None]] = [
    (events.RunnerStarted(pid=7, repository="/r"), "runner 7 is up on /r"),
    (events.RunnerStopped(pid=7, drained=True), "nothing is left to run"),
    (events.FileRefused(task="x", file="x.json", error=ERROR), "refused x.json: it is broken (mend it)"),
    (events.TaskQueued(task=TASK, kind="patch", targets=("a.py",)), "queued patch a.py"),
    (events.TaskQueued(task=TASK, kind="chat", text="Why?", attempt=2), "queued chat Why? (attempt 2)"),
    (events.TaskBlocked(task=TASK, kind="patch", after=("first",)), "waits for first"),
    (events.CommandAsked(task=TASK, commands=("make test",), source="x.json"), "waits for you: may make test run?"),
    (events.TaskStarted(task=TASK, kind="patch"), "started"),
    (events.StepStarted(task=TASK, step="check"), None),
    (events.RunResumed(task=TASK), "goes on where a dead runner stopped"),
    (events.PromptSent(task=TASK, voice="nanite", model="m", prompt="p"), "asks m as nanite"),
    (events.ContextDropped(task=TASK, voice="v", left_out=("b.py",)), "left out of the prompt: b.py"),
    (
        events.SecretsWithheld(task=TASK, voice="v", withheld=("a.py:3 (AWS key)",)),
        "withheld from the model: a.py:3 (AWS key)",
    ),
    (events.TokenStreamed(task=TASK, voice="nanite", text="def"), None),
    (
        events.AnswerReceived(
            task=TASK,
            voice="v",
            model="m",
            finish="stop",
            text="t",
            prompt_tokens=90,
            completion_tokens=20,
            seconds=2.0,
        ),
        "answer: 90 tokens read, 20 written in 2.0 s, 10/s",
    ),
    (events.AnswerRefused(task=TASK, voice="v", reason="no code"), "answer refused: no code"),
    (
        events.AnswerRefused(task=TASK, voice="v", reason="pytest failed: Traceback:\n  File 'a'\nwanted: 'a'\n\n"),
        "answer refused: pytest failed: wanted: 'a'",
    ),
    (
        events.AnswerRefused(task=TASK, voice="v", reason="pytest a.py::test failed: Traceback:\nE: no\n"),
        "answer refused: pytest a.py::test failed: E: no",
    ),
    (
        events.AnswerRefused(task=TASK, voice="v", reason=f"{'x' * 200} failed:\nwanted: 'a'"),
        f"answer refused: {'x' * 79}…: wanted: 'a'",
    ),
    (events.CheckFinished(task=TASK, name="pytest", ok=True, output="1 passed"), "check pytest passed"),
    (events.CheckFinished(task=TASK, name="pytest", ok=False, output="a\n1 failed"), "check pytest failed: 1 failed"),
    (
        events.ReviewAsked(task=TASK, verdict=Verdict.CHECKED, summary="s", files=("a.py",), hunks=2),
        "waits for a decision: checked, 2 hunks in a.py",
    ),
    (events.DecisionTaken(task=TASK, decision="approve", by="policy", hunks=(1,)), "approve by policy, hunks 1"),
    (events.DecisionRefused(task=TASK, decision="undo", error=ERROR), "undo refused: it is broken (mend it)"),
    (events.ChangeApplied(task=TASK, files=("a.py", "b.py")), "changed a.py, b.py"),
    (events.ChangeUndone(task=TASK, files=("a.py",)), "restored a.py"),
    (events.TaskEnded(task=TASK, state=State.FAILED, error=ERROR), "failed: it is broken (mend it)"),
    (events.TaskEnded(task=TASK, state=State.APPLIED, summary="done so", usage=Usage()), "applied: done so"),
    (events.TaskEnded(task=TASK, state=State.REVIEW), None),
]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("event", "words"), SAID, ids=lambda part: getattr(part, "event", ""))
def test_each_event_is_told_in_one_line(event: events.Event, words: str | None) -> None:
    assert told(event.as_line(1, 0.0)) == words


def test_every_kind_of_event_was_thought_of() -> None:
    assert {event.event for event, _ in SAID} == {kind.event for kind in events.kinds()}


def test_what_a_later_version_writes_is_passed_over() -> None:
    assert stamped({"v": 1, "event": "tea-made", "task": TASK, "at": 0}) is None


@given(st.sampled_from([event for event, _ in SAID]), st.text(max_size=40))
def test_no_event_brings_control_codes_to_the_terminal(event: events.Event, text: str) -> None:
    hostile = {
        name: f"\x1b[31m{text}\x07\x9b2J" if isinstance(value, str) and name != "event" else value
        for name, value in event.as_line(1, 0.0).items()
    }
    line = stamped(hostile) or ""
    assert line.isprintable() or plain(line) == line
    assert "\n" not in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x9b31mb", "ab"),
        ("over\rwrite\x08", "overwrite"),
        ("dos\r\nline\tend", "dos\nline\tend"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud800", "half ?"),
    ],
)
def test_plain_text_has_no_control_codes(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_plain_text_is_text(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    shown.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in shown)


@given(st.text())
def test_json_for_a_terminal_has_no_control_codes_and_says_the_same(text: str) -> None:
    line = as_json({"text": f"\x9b2J\u202e{text}"})
    assert json.loads(line) == {"text": f"\x9b2J\u202e{text}"}
    assert plain(line) == line.replace("\x7f", "")


def test_one_line_is_one_line_of_the_length_asked_for() -> None:
    assert one_line("a\nb\x1b[1m  c") == "a b c"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    patch = "--- a\n+++ b\n-old \x1b[5mblink\n+new\n"
    assert styled("x", "red", Terminal()) == "\x1b[31mx\x1b[0m"
    assert "\x1b[" in coloured_diff(patch, Terminal())
    assert "\x1b[5m" not in coloured_diff(patch, Terminal())
    assert styled("x", "red", io.StringIO()) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert styled("x", "red", Terminal()) == "x"
    assert coloured_diff(patch, Terminal()) == plain(patch)


def token(text: str, task: str = TASK) -> dict[str, Any]:
    return events.TokenStreamed(task=task, voice="v", text=text).as_line(1, 0.0)


def test_tokens_stream_dimmed_and_the_next_event_begins_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    progress = Progress(stream, [TASK])
    for line in (token("def "), token("f"), events.ChangeApplied(task=TASK, files=("a.py",)).as_line(2, 0.0)):
        progress(line)
    assert stream.getvalue() == "\x1b[2mdef \x1b[0m\x1b[2mf\x1b[0m\n\x1b[32mchanged a.py\x1b[0m\n"


def test_without_a_terminal_tokens_are_left_out_and_others_tasks_too() -> None:
    stream = io.StringIO()
    progress = Progress(stream, [TASK])
    other = new_id()
    progress(token("def"))
    progress(events.TaskStarted(task=other, kind="patch").as_line(1, 0.0))
    progress(events.TaskQueued(task=other, kind="patch", targets=("b.py",), parent=TASK).as_line(2, 0.0))
    progress(events.TaskStarted(task=other, kind="patch").as_line(3, 0.0))
    lines = stream.getvalue().splitlines()
    assert [line.partition("  ")[2] for line in lines] == ["queued patch b.py", "started"]


def test_json_lines_notice_that_nobody_reads() -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    told_so: list[bool] = []
    json_lines(Closed(), lambda: told_so.append(True))({"v": 1})
    assert told_so == [True]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repo")


def nanites(place: Place, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "workbench.cli", *arguments]
    return subprocess.Popen(
        command, cwd=place.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )


def test_a_draining_runner_prints_versioned_events_and_ends(place: Place) -> None:
    task_id = place.drop(approve="all")
    process = nanites(place, "run", "--drain", "--jsonl")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["v"] for line in lines} == {events.VERSION}
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    ended = [line for line in lines if line["event"] == "task-ended"]
    assert [(line["task"], line["state"]) for line in ended] == [(task_id, "applied")]
    assert (lines[0]["event"], lines[-1]["event"]) == ("runner-started", "runner-stopped")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_the_runner_calmly(place: Place, number: signal.Signals, code: int) -> None:
    process = nanites(place, "run", "--jsonl")
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert first["event"] == "runner-started"
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    assert json.loads(out.splitlines()[-1])["event"] == "runner-stopped"
    assert err == ""


@pytest.mark.slow
def test_a_second_runner_is_turned_away_with_the_pid_of_the_first(place: Place) -> None:
    first = nanites(place, "run", "--jsonl")
    assert first.stdout is not None
    first.stdout.readline()
    try:
        second = nanites(place, "run")
        out, err = second.communicate(timeout=30)
        assert second.returncode == 2
        assert out == ""
        assert err.startswith(f"nanites: process {first.pid} already runs this folder (")
    finally:
        first.terminate()
        first.communicate(timeout=30)
