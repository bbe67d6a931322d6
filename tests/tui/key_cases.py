"""A case for each key of the table: what it drops, which message or screen comes, what is to be seen."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, TextArea

from tests.tui.house import Sight
from widgets.diff_view import DiffView
from widgets.task_table import TaskTable
from workbench.tui.dialogs import Ask, Choose, Help
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


@case("allow")
async def allow(sight: Sight, key: str) -> None:
    path = sight.day.folder.task(sight.day.ids["blocked"]) / "task.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"asks": ["make check"]}))
    task = await sight.select("blocked")
    await sight.press(key)
    await came(sight, Choose)
    shown = "\n".join(sight.text_of(sight.app.screen))
    assert all(words in shown for words in ("May this command run?", "make check", "claude", "held by"))
    await sight.press("o")
    assert sight.decisions == {task: {"decision": "allow", "scope": "once"}}


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
