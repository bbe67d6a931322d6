"""A case for each key of the table: what it drops, which message or screen comes, what is to be seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, TextArea

from tests.tui.house import Sight
from widgets.diff_view import DiffView
from widgets.meters import AgentList
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.tui.dialogs import Ask, Help
from workbench.tui.events_screen import EventsScreen
from workbench.tui.new_task import NewTask
from workbench.tui.pane_actions import PANES

Case = Callable[[Sight, str], Awaitable[None]]
CASES: dict[str, Case] = {}


def case(*names: str) -> Callable[[Case], Case]:
    """Say of which keys a function is the case."""

    def keep(function: Case) -> Case:
        CASES.update(dict.fromkeys(names, function))
        return function

    return keep


async def came(sight: Sight, kind: type[Screen[Any]]) -> None:
    await sight.until(lambda: isinstance(sight.app.screen, kind), kind.__name__)
    await sight.pilot.pause()


# Deciding


@case("approve")
async def approve(sight: Sight, key: str) -> None:
    task = await sight.select("patch")
    await sight.press(key)
    assert sight.decisions == {task: {"decision": "approve"}}


@case("approve-proven")
async def approve_proven(sight: Sight, key: str) -> None:
    await sight.select("patch")
    await sight.press(key)
    tasks = sight.app.scene.tasks.values()
    proven = [task.id for task in tasks if (task.state, task.verdict) == ("review", "proven")]
    assert sight.day.ids["proven"] in proven
    assert sight.decisions == {task: {"decision": "approve"} for task in proven}


@case("reject")
async def reject(sight: Sight, key: str) -> None:
    task = await sight.select("patch")
    await sight.press(key)
    await came(sight, Ask)
    await sight.press(*"too long", "enter")
    assert sight.decisions == {task: {"decision": "reject", "reason": "too long"}}


@case("edit")
async def edit(sight: Sight, key: str) -> None:
    task = await sight.select("patch")
    with sight.editor("s/limit - 3/limit - 5/"):
        await sight.press(key)
    decision = sight.decisions[task]
    assert decision["decision"] == "revise"
    assert "max(limit - 5, 0)" in decision["files"]["text.py"]


@case("retry")
async def retry(sight: Sight, key: str) -> None:
    task = await sight.select("failed")
    await sight.press(key)
    assert sight.decisions == {task: {"decision": "retry"}}


@case("undo")
async def undo(sight: Sight, key: str) -> None:
    task = await sight.select("applied")
    await sight.press(key)
    assert sight.decisions == {task: {"decision": "undo"}}


@case("note")
async def note(sight: Sight, key: str) -> None:
    task = await sight.select("patch")
    await sight.press(key)
    await came(sight, Ask)
    await sight.press(*"why", "enter")
    assert sight.app.main.notes_of(task) == {1: "why"}
    assert sight.decisions == {}
    assert any("why" in line for line in sight.text_of(sight.diff))


@case("cancel")
async def cancel(sight: Sight, key: str) -> None:
    task = await sight.select("running")
    await sight.press(key)
    assert sight.decisions == {task: {"decision": "cancel"}}


# Everywhere


@case("new")
async def new(sight: Sight, key: str) -> None:
    await sight.press(key)
    await came(sight, NewTask)
    sight.app.screen.query_one(TextArea).text = "Make it so"
    sight.app.screen.query_one("#targets", Input).value = "text.py"
    await sight.press("f2")
    (task,) = sight.dropped
    assert (task["kind"], task["task"], task["targets"]) == ("patch", "Make it so", ["text.py"])
    assert task["by"] == "terminal workbench"


@case("search")
async def search(sight: Sight, key: str) -> None:
    await sight.select("patch")
    await sight.focus("diff")
    await sight.press(key)
    assert isinstance(sight.app.focused, Input)
    await sight.press(*"limit", "enter")
    (found,) = sight.heard(DiffView.Searched)
    assert found.needle == "limit"
    assert found.count >= 3
    assert sight.pane == "diff"


@case("filter")
async def filter_tasks(sight: Sight, key: str) -> None:
    await sight.focus("diff")
    await sight.press(key)
    await sight.press(*"failed")
    assert sight.table.shown_ids == (sight.day.ids["failed"],)
    await sight.press("enter")
    assert sight.table.shown_ids == (sight.day.ids["failed"],)
    assert sight.pane == "tasks"


@case("zoom")
async def zoom(sight: Sight, key: str) -> None:
    for name in PANES:
        await sight.focus(name)
        await sight.press(key)
        assert [pane for pane in PANES if sight.app.main.query_one(f"#{pane}-pane").region.width] == [name]
        assert sight.app.main.query_one(f"#{name}-pane").size.width >= 116
        await sight.press(key)
        assert sight.app.main.query_one("#tasks-pane").region.width


@case("events")
async def events(sight: Sight, key: str) -> None:
    await sight.press(key)
    await came(sight, EventsScreen)


@case("theme", "palette")
async def theme(sight: Sight, key: str) -> None:
    await sight.press(key)
    await came(sight, CommandPalette)


@case("help")
async def show_help(sight: Sight, key: str) -> None:
    await sight.focus("transcript")
    await sight.press(key)
    await came(sight, Help)
    shown = "\n".join(sight.text_of(sight.app.screen.query_one(".dialog")))
    assert shown.index("Transcript") < shown.index("Fold or unfold the entry") < shown.index("Everywhere")


@case("leave")
async def leave(sight: Sight, key: str) -> None:
    await sight.press("f", *"failed", key)
    assert len(sight.table.shown_ids) > 3
    await sight.press("z")
    assert sight.app.main.has_class("-zoomed")
    await sight.press(key)
    assert not sight.app.main.has_class("-zoomed")


@case("quit")
async def quit_workbench(sight: Sight, key: str) -> None:
    await sight.press(key)
    assert sight.app._exit
    assert sight.app.return_value == 0


@case("next-pane")
async def next_pane(sight: Sight, key: str) -> None:
    seen = []
    for _ in range(len(PANES) + 1):
        seen.append(sight.pane)
        await sight.press(key)
    assert seen == [*PANES, PANES[0]]


@case("previous-pane")
async def previous_pane(sight: Sight, key: str) -> None:
    seen = []
    for _ in range(len(PANES) + 1):
        seen.append(sight.pane)
        await sight.press(key)
    assert seen == [PANES[0], *reversed(PANES)]


def go_to(name: str) -> Case:
    async def go(sight: Sight, key: str) -> None:
        await sight.focus("diff" if name == "tasks" else "tasks")
        await sight.press(key)
        assert sight.pane == name

    return go


CASES |= {f"pane-{name}": go_to(name) for name in PANES}


@case("next-voice")
async def next_voice(sight: Sight, key: str) -> None:
    await sight.select("patch")
    names = sight.app.main.detail.story.names if sight.app.main.detail else ()
    assert len(names) > 1
    await sight.press(key)
    assert sight.app.main.chapter == names[1]
    assert sight.transcript.entries


@case("previous-voice")
async def previous_voice(sight: Sight, key: str) -> None:
    await sight.select("patch")
    names = sight.app.main.detail.story.names if sight.app.main.detail else ()
    await sight.press(key)
    assert sight.app.main.chapter == names[-1] != names[0]


# Tasks


def moves(start: int, end: int, size: int = 0) -> Case:
    """A key that moves the cursor from one row to another, told of by a message."""

    async def move(sight: Sight, key: str) -> None:
        shown = sight.table.shown_ids
        sight.table.move_to(shown[start])
        await sight.pilot.pause()
        sight.messages.clear()
        await sight.press(key)
        assert [message.row_id for message in sight.heard(TaskTable.RowFocused)] == [shown[end]]
        assert sight.table.cursor_id == shown[end]

    return move


CASES |= {
    "tasks-down": moves(0, 1),
    "tasks-up": moves(3, 2),
    "tasks-page-down": moves(0, -1),
    "tasks-page-up": moves(-1, 0),
    "tasks-first": moves(4, 0),
    "tasks-last": moves(0, -1),
}


@case("open")
async def open_task(sight: Sight, key: str) -> None:
    task = await sight.select("patch")
    await sight.press(key)
    assert [message.row_id for message in sight.heard(TaskTable.RowOpened)] == [task]
    assert sight.pane == "diff"


@case("unfold")
async def unfold(sight: Sight, key: str) -> None:
    sweep = await sight.select("sweep")
    before = len(sight.table.shown_ids)
    await sight.press(key)
    assert [(message.row_id, message.folded) for message in sight.heard(TaskTable.RowFolded)] == [(sweep, False)]
    assert len(sight.table.shown_ids) == before + 3


@case("fold")
async def fold(sight: Sight, key: str) -> None:
    sweep = await sight.select("sweep")
    before = len(sight.table.shown_ids)
    await sight.press("l", "j", key)
    assert [(message.row_id, message.folded) for message in sight.heard(TaskTable.RowFolded)][-1] == (sweep, True)
    assert len(sight.table.shown_ids) == before
    assert sight.table.cursor_id == sweep


# Diff


async def at_diff(sight: Sight, name: str = "proven") -> DiffView:
    await sight.select(name)
    await sight.focus("diff")
    sight.messages.clear()
    return sight.diff


@case("toggle-hunk")
async def toggle_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    await sight.press(key)
    assert [(message.hunk, message.kept) for message in sight.heard(DiffView.HunkToggled)] == [(1, False)]
    assert diff.kept == (2, 3)
    await sight.press("a")
    assert sight.decisions == {sight.day.ids["proven"]: {"decision": "approve", "hunks": [2, 3]}}


@case("next-hunk")
async def next_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    while diff.current_hunk != 2:
        await sight.press(key)
    assert sight.heard(DiffView.HunkFocused)[-1].hunk == 2
    diff.search("Returns")
    await sight.pilot.pause()
    first = sight.heard(DiffView.Searched)[-1].position
    await sight.press(key)
    assert sight.heard(DiffView.Searched)[-1].position != first


@case("previous-hunk")
async def previous_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(3)
    await sight.press(key)
    assert diff.current_hunk == 2
    assert sight.heard(DiffView.HunkFocused)[-1].hunk == 2


@case("previous-match")
async def previous_match(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    count = diff.search("Returns")
    assert count > 2
    await sight.press(key)
    assert [message.position for message in sight.heard(DiffView.Searched)] == [1, count]


@case("next-file")
async def next_file(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    assert diff.current_file == "bank.py"
    await sight.press(key)
    assert diff.current_file == "text.py"
    assert sight.heard(DiffView.HunkFocused)[-1].file == "text.py"


@case("previous-file")
async def previous_file(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(3)
    await sight.press(key)
    assert diff.current_file == "bank.py"


@case("expand")
async def expand(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(2)
    before = diff.virtual_size.height
    await sight.press(key)
    assert sight.heard(DiffView.ContextWanted)
    assert diff.virtual_size.height > before


@case("layout")
async def layout(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    before = diff.shown_layout
    await sight.press(key)
    assert diff.shown_layout != before
    assert [message.layout for message in sight.heard(DiffView.LayoutChanged)] == [diff.shown_layout]


@case("wrap")
async def wrap(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    await sight.press(key)
    assert diff.wrap
    assert [message.wrap for message in sight.heard(DiffView.LayoutChanged)] == [True]


@case("select")
async def select(sight: Sight, key: str) -> None:
    diff = await at_diff(sight, "patch")
    diff.search("limit")
    await sight.press(key, "j")
    assert len(diff.selected_text.split("\n")) == 2
    await sight.press(key)
    assert diff.selected_text == ""


@case("other-side")
async def other_side(sight: Sight, key: str) -> None:
    diff = await at_diff(sight, "patch")
    diff.layout_mode = "split"
    diff.search("len(text) > limit")
    await sight.press("v")
    before = diff.selected_text
    await sight.press(key)
    assert diff.selected_text != before


@case("copy")
async def copy(sight: Sight, key: str) -> None:
    await at_diff(sight, "patch")
    await sight.press(key)
    (copied,) = sight.heard(DiffView.Copied)
    assert "    if len(text) <= limit:" in copied.text.split("\n")
    assert sight.app.clipboard == copied.text


def scrolls_diff(before: str, *, down: bool) -> Case:
    """A key that moves the diff's cursor down or up, from the beginning or the end."""

    async def scroll(sight: Sight, key: str) -> None:
        diff = await at_diff(sight)
        await sight.press(before)
        at = diff._cursor
        await sight.press(key)
        assert (diff._cursor > at) is down
        assert diff._cursor != at

    return scroll


CASES |= {
    "diff-down": scrolls_diff("home", down=True),
    "diff-up": scrolls_diff("end", down=False),
    "diff-page-down": scrolls_diff("home", down=True),
    "diff-page-up": scrolls_diff("end", down=False),
    "diff-top": scrolls_diff("end", down=False),
    "diff-end": scrolls_diff("home", down=True),
}


@case("diff-right")
async def diff_right(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.layout_mode = "split"
    await sight.pilot.pause()
    await sight.press(key)
    assert diff.scroll_offset.x > 0


@case("diff-left")
async def diff_left(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.layout_mode = "split"
    await sight.pilot.pause()
    await sight.press("l", "l", key, key)
    assert diff.scroll_offset.x == 0


@case("diff-leave")
async def diff_leave(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.search("Returns")
    await sight.press("v", "j")
    assert diff.selected_text
    await sight.press(key)
    assert diff.selected_text == ""
    before = len(sight.heard(DiffView.Searched))
    await sight.press("n")
    assert len(sight.heard(DiffView.Searched)) == before + 1
    await sight.press(key, "n")
    assert len(sight.heard(DiffView.Searched)) == before + 1, "n goes by hunks again"


# Transcript


async def at_transcript(sight: Sight, name: str = "proven") -> Transcript:
    await sight.select(name)
    await sight.focus("transcript")
    sight.messages.clear()
    return sight.transcript


@case("toggle-fold")
async def toggle_fold(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press(key)
    (folded,) = sight.heard(Transcript.EntryFolded)
    await sight.press(key)
    assert sight.heard(Transcript.EntryFolded)[-1].folded is not folded.folded


@case("copy-entry")
async def copy_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press(key)
    (copied,) = sight.heard(Transcript.Copied)
    assert copied.text == transcript.text_of(transcript.current_entry or "")
    assert sight.app.clipboard == copied.text


@case("copy-code")
async def copy_code(sight: Sight, key: str) -> None:
    await at_transcript(sight, "patch")
    await sight.press("right_square_bracket", key)
    (copied,) = sight.heard(Transcript.Copied)
    assert copied.text.startswith("def truncate(text, limit):")
    assert "```" not in copied.text


@case("next-entry")
async def next_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press("home", *["left_square_bracket"] * 20)
    assert transcript.current_entry == transcript.entries[0]
    await sight.press(key)
    assert transcript.current_entry == transcript.entries[1]


@case("previous-entry")
async def previous_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press("end", *["right_square_bracket"] * 20)
    assert transcript.current_entry == transcript.entries[-1]
    await sight.press(key)
    assert transcript.current_entry == transcript.entries[-2]


@case("transcript-next-match", "transcript-previous-match")
async def next_match(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press("/", *"self", "enter")
    first = sight.heard(Transcript.Searched)[-1]
    assert first.count > 2
    await sight.press(key)
    step = 1 if key == "n" else -1
    assert sight.heard(Transcript.Searched)[-1].position == (first.position - 1 + step) % first.count + 1


def scrolls_transcript(before: str, *, down: bool) -> Case:
    """A key that scrolls the transcript down or up, from the beginning or the end."""

    async def scroll(sight: Sight, key: str) -> None:
        transcript = await at_transcript(sight)
        await sight.press(before)
        at = transcript.scroll_offset.y
        await sight.press(key)
        assert (transcript.scroll_offset.y > at) is down
        assert transcript.scroll_offset.y != at

    return scroll


CASES |= {
    "transcript-down": scrolls_transcript("home", down=True),
    "transcript-up": scrolls_transcript("end", down=False),
    "transcript-page-down": scrolls_transcript("home", down=True),
    "transcript-page-up": scrolls_transcript("end", down=False),
    "transcript-top": scrolls_transcript("end", down=False),
    "transcript-end": scrolls_transcript("home", down=True),
}


@case("transcript-leave")
async def transcript_leave(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press("/", *"self", "enter", key)
    before = len(sight.heard(Transcript.Searched))
    await sight.press("n")
    assert len(sight.heard(Transcript.Searched)) == before


# Nanites


async def at_agents(sight: Sight) -> AgentList:
    await sight.go_live()
    asked, *_ = sight.day.live
    sight.happen(asked | {"task": sight.day.ids["sweep"], "voice": "other"})
    agents = sight.app.main.query_one(AgentList)
    await sight.until(lambda: len(agents.agents) == 2)
    await sight.focus("nanites")
    return agents


@case("agents-down")
async def agents_down(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press(key)
    assert agents.chosen_line == 1


@case("agents-up")
async def agents_up(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press("j", key)
    assert agents.chosen_line == 0


@case("agents-open")
async def agents_open(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press(key)
    (opened,) = sight.heard(AgentList.AgentOpened)
    assert opened.agent == agents.agents[0]
    assert sight.table.cursor_id == sight.day.ids["running"]
    assert sight.pane == "transcript"
