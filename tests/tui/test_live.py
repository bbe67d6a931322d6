"""What happens while one looks: events of a real runner reach the screen, and none is lost under a question."""

from __future__ import annotations

import json

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.tui.day import NOW, Day
from tests.tui.house import BARE, READY, a_bench, opened
from widgets.meters import AgentList
from widgets.task_table import TaskTable
from workbench.recipes.names import kinds
from workbench.spool.lock import RunnerLock
from workbench.tui.dialogs import Choose, Help
from workbench.tui.new_task import NewTask
from workbench.tui.scene import STUCK_SECONDS
from workbench.tui.telemetry import Telemetry


def ended(task: str, state: str, at: float = NOW, **fields: object) -> dict[str, object]:
    return {"v": 1, "seq": 9_000, "at": at, "event": "task-ended", "task": task, "state": state} | fields


async def test_a_voice_streams_into_the_transcript_of_its_task(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("running")
        await sight.go_live()
        assert sight.app.main.chapter == "Implementer"
        await sight.until(lambda: any("same number" in line for line in sight.text_of(sight.transcript)))
        agents = sight.app.main.query_one(AgentList)
        assert [(agent.role, agent.state, agent.model) for agent in agents.agents] == [
            ("Implementer", "working", "qwen2.5-coder:1.5b")
        ]
        sight.happen(ended(day.ids["running"], "done", summary="It multiplies."))
        await sight.until(lambda: agents.agents == ())
        assert sight.table.counts["running"] == 1, "the sweep still runs"


async def test_a_voice_that_spoke_before_anybody_looked_is_at_work(day: Day) -> None:
    async with opened(day) as sight:
        sight.happen(day.live[-1])
        agents = sight.app.main.query_one(AgentList)
        await sight.until(lambda: [agent.state for agent in agents.agents] == ["working"])


async def test_who_is_at_work_stands_above_the_many_who_have_answered(day: Day) -> None:
    async with opened(day) as sight:
        await sight.go_live()
        for number in range(30):
            asked = {
                "event": "prompt-sent",
                "task": f"t{number}",
                "voice": f"w{number}",
                "model": "m",
                "at": NOW + number,
            }
            answer = {"event": "answer-received", "task": f"t{number}", "voice": f"w{number}", "at": NOW + number}
            sight.happen(asked, answer | {"finish": "length" if number == 5 else "stop"})
        agents = sight.app.main.query_one(AgentList)
        await sight.until(lambda: len(agents.agents) == 16 and agents.agents[2].role == "w29")
        assert [(agent.role, agent.state) for agent in agents.agents[:4]] == [
            ("Implementer", "working"),
            ("w5", "truncated"),
            ("w29", "idle"),
            ("w28", "idle"),
        ]


async def test_a_silent_voice_stands_out(day: Day) -> None:
    now = [NOW]
    async with opened(day, bench=a_bench(day, clock=lambda: now[0])) as sight:
        await sight.go_live()
        now[0] += STUCK_SECONDS + 1
        sight.app.main.show_agents()
        await sight.pilot.pause()
        assert any("! Implementer STUCK" in line for line in sight.text_of(sight.app.main.query_one(AgentList)))


async def test_what_happens_under_a_question_is_shown_after_it(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("running")
        await sight.press("?")
        await sight.until(lambda: isinstance(sight.app.screen, Help))
        sight.happen(*day.live, ended(day.ids["failed"], "done"))
        await sight.until(lambda: sight.app.scene.tasks[day.ids["failed"]].state == "done")
        await sight.press("escape")
        row = sight.table.row(day.ids["failed"])
        assert row is not None
        assert row.state == "done"
        await sight.until(lambda: any("same number" in line for line in sight.text_of(sight.transcript)))


async def test_a_review_rings_once_and_says_which_task_and_which_keys(day: Day) -> None:
    async with opened(day) as sight:
        rung: list[None] = []
        sight.app.bell = lambda: rung.append(None)  # type: ignore[method-assign]
        await sight.select("patch")
        asked = {"v": 1, "seq": 9_000, "at": NOW, "event": "review-asked", "verdict": "proven", "summary": "s"}
        tasks = [day.ids["failed"], day.ids["blocked"]]
        sight.happen(*({**asked, "task": task, "files": ["text.py"], "hunks": 1} for task in tasks))
        await sight.until(lambda: sight.toasts)
        assert len(rung) == 1
        assert sight.toasts == ["patch text.py and 1 more waits for you: a approves, r rejects"]


async def test_a_refused_file_is_told(day: Day) -> None:
    async with opened(day) as sight:
        error = {"code": "unknown-field", "message": "there is no field 'taks'", "hint": "did you mean 'task'?"}
        sight.happen({"event": "file-refused", "at": NOW, "file": "inbox/refused/x.json", "error": error})
        await sight.until(lambda: sight.toasts)
        assert sight.toasts == ["inbox/refused/x.json: there is no field 'taks' (did you mean 'task'?)"]


async def test_a_runner_that_is_alive_is_seen_and_its_end_too(day: Day) -> None:
    async with opened(day) as sight:
        await sight.until(lambda: "no runner" in sight.text_of(sight.app.main)[-1])
        lock = RunnerLock(day.folder)
        lock.acquire()
        await sight.until(lambda: "no runner" not in sight.text_of(sight.app.main)[-1])
        lock.release()
        await sight.until(lambda: "no runner" in sight.text_of(sight.app.main)[-1])


async def test_the_cursor_goes_on_to_the_next_review_after_a_decision(day: Day) -> None:
    async with opened(day) as sight:
        first = await sight.select("proven")
        await sight.press("a")
        assert sight.table.cursor_id == day.ids["patch"]
        await sight.press("r", "enter")
        assert sight.decisions[day.ids["patch"]] == {"decision": "reject"}
        assert sight.table.cursor_id == first


@pytest.mark.slow
async def test_only_what_can_be_decided_is(day: Day) -> None:
    wrong = {"a": "failed", "r": "applied", "u": "patch", "x": "applied", "R": "running", "c": "failed", "e": "words"}
    async with opened(day) as sight:
        for key, name in wrong.items():
            await sight.select(name)
            before = len(sight.toasts)
            await sight.press(key)
            assert len(sight.toasts) == before + 1, key
            assert sight.app.screen is sight.app.main, key
        assert sight.decisions == {}
        await sight.select("proven")
        await sight.focus("diff")
        await sight.press("space", "n", "n", "space", "n", "space", "a")
        assert "no hunk is kept" in sight.toasts[-1]
        assert sight.decisions == {}


async def test_notes_go_along_with_a_rejection_and_a_retry(day: Day) -> None:
    async with opened(day) as sight:
        task = await sight.select("patch")
        await sight.press("c", *"too odd", "enter", "r", "enter")
        assert sight.decisions == {task: {"decision": "reject", "reason": "hunk 1: too odd"}}
        await sight.select("patch")
        await sight.press("R")
        assert sight.decisions == {task: {"decision": "retry", "reason": "too odd"}}


async def test_an_editor_that_fails_or_changes_nothing_drops_nothing(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("patch")
        with sight.editor("s/not there//"):
            await sight.press("e")
        assert sight.toasts == ["nothing was changed"]
        await sight.press("e")
        assert sight.toasts[-1] == "this terminal cannot be left for an editor"
        assert sight.decisions == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"task": "Make it so"}, "a patch task needs targets"),
        ({"targets": "text.py"}, "the task says nothing"),
    ],
)
async def test_a_bad_new_task_comes_back_with_what_is_wrong(day: Day, fields: dict[str, str], words: str) -> None:
    async with opened(day) as sight:
        await sight.press("+")
        await sight.until(lambda: isinstance(sight.app.screen, NewTask))
        for name, text in fields.items():
            sight.app.screen.query_one(f"#{name}").focus()
            await sight.press(*text)
        await sight.press("f2")
        await sight.until(lambda: isinstance(sight.app.screen, NewTask) and sight.app.screen.query(".error"))
        await sight.pilot.pause()
        shown = "\n".join(sight.text_of(sight.app.screen))
        assert words in shown
        assert all(text in shown for text in fields.values())
        assert sight.dropped == []
        await sight.press("escape")
        assert sight.app.screen is sight.app.main


async def test_a_target_is_completed_and_a_kind_chosen_by_keys_alone(day: Day) -> None:
    async with opened(day) as sight:
        await sight.press("+", *"Explain", "shift+tab", "enter", "home", "enter")
        screen = sight.app.screen
        screen.query_one("#targets").focus()
        await sight.press(*"parts/o")
        await sight.until(lambda: screen.query_one("#targets", Input)._suggestion == "parts/one.py")
        await sight.press("right", "enter")
        (task,) = sight.dropped
        assert task == {"kind": kinds()[0], "task": "Explain", "targets": ["parts/one.py"], "by": "terminal workbench"}


async def test_the_first_start_says_what_is_missing_and_goes_on(day: Day) -> None:
    for task in day.folder.tasks.iterdir():
        (task / "task.json").unlink()
    async with opened(day, telemetry=BARE) as sight:
        await sight.until(lambda: isinstance(sight.app.screen, Choose))
        await sight.pilot.pause()
        words = "\n".join(sight.text_of(sight.app.screen))
        assert "Welcome to the Nanite Workbench" in words
        assert "ollama: not up: nobody answers" in words
        assert "f  Fetch qwen2.5-coder:1.5b" in words
        await sight.press("w")
        assert sight.app.screen is sight.app.main


async def test_where_a_model_can_answer_there_is_no_welcome(day: Day) -> None:
    for task in day.folder.tasks.iterdir():
        (task / "task.json").unlink()
    async with opened(day, telemetry=READY) as sight:
        await sight.until(lambda: sight.app._has_welcomed)
        assert sight.app.screen is sight.app.main
        assert "No tasks yet" in sight.text_of(sight.app.main.query_one(TaskTable))[0]


async def test_before_the_engines_were_asked_nothing_is_said_of_them(day: Day) -> None:
    async with opened(day, telemetry=Telemetry()) as sight:
        assert "looking for an engine" in sight.text_of(sight.app.main)[-1]


async def test_a_worker_that_fails_is_told_of(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("[broken]")

    monkeypatch.setattr("workbench.tui.main_screen.read_detail", broken)
    async with opened(day) as sight:
        await sight.until(lambda: sight.toasts)
        assert sight.toasts[0].startswith("detail has stopped: ")
        assert "[broken]" in sight.toasts[0]


async def test_what_is_pasted_holds_no_codes(day: Day) -> None:
    async with opened(day) as sight:
        for key, shown in (("f", "a[31mb"), ("+", "ab")):
            await sight.press(key)
            field = sight.app.focused
            assert field is not None
            sight.app.post_message(Paste("a\x1b[31mb\u202e\u200b\x07" if key == "+" else "a[31mb\u202e\u200b\x07\x00"))
            await sight.pilot.pause()
            assert (field.value if isinstance(field, Input) else getattr(field, "text", "")) == shown
            await sight.press("escape")


async def test_a_question_about_a_command_fits_80_columns_and_a_answers_it_too(day: Day) -> None:
    task = day.ids["blocked"]
    command = "pytest -q tests/unit/test_text.py --maxfail=1 -k 'truncate and not slow' --durations=3"
    async with opened(day, size=(80, 24)) as sight:
        at = {"v": 1, "seq": 9_999, "at": NOW}
        sight.happen(at | {"event": "command-asked", "task": task, "commands": [command], "by": "claude"})
        await sight.until(lambda: sight.app.scene.tasks[task].asks, "it asks")
        assert any("asks whether a command may run" in words for words in sight.toasts)
        await sight.select("blocked")
        assert any("asks" in line and "patch" in line for line in sight.text_of(sight.table))
        path = day.folder.task(task) / "task.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"asks": [command]}))
        await sight.press("a")
        await sight.until(lambda: isinstance(sight.app.screen, Choose), "the question")
        await sight.pilot.pause()
        shown = " ".join("".join(sight.text_of(sight.app.screen)).replace("│", " ").split())
        for words in ("truncate and not slow", "asked by claude", "held by", "o Let it run", "n Never let it run"):
            assert words in shown
        await sight.press("escape")
        assert sight.decisions == {}
        await sight.press("a")
        await sight.until(lambda: isinstance(sight.app.screen, Choose), "the question")
        await sight.press("n")
        assert sight.decisions == {task: {"decision": "allow", "scope": "never"}}
