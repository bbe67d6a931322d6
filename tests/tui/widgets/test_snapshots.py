"""What each widget looks like: `pytest --snapshot-update` after a change that was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.widgets.stage import PATCH, Stage
from tests.tui.widgets.test_meters import AGENTS, HINTS, NEWS, READING
from tests.tui.widgets.test_task_table import NOW, ROWS
from tests.tui.widgets.test_transcript import ANSWER
from widgets.diff_view import DiffView
from widgets.meters import AgentList, MachinePanel
from widgets.status_line import StatusLine
from widgets.task_table import TaskTable
from widgets.transcript import Entry, Transcript

Compare = Callable[..., bool]
SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (220, 60)
LOOKS = [
    (SMALL, "nanite-night"),
    (MIDDLE, "nanite-night"),
    (LARGE, "nanite-night"),
    (SMALL, "nanite-day"),
    (MIDDLE, "nanite-day"),
]
ids = [f"{size[0]}x{size[1]}-{theme.removeprefix('nanite-')}" for size, theme in LOOKS]

ENTRIES = (
    Entry("p", "prompt", "Prompt to Implementer", "You write code.\n" * 30),
    Entry("a", "answer", "Implementer", ANSWER),
    Entry("o", "output", "pytest -q", "\x1b[32m1 passed\x1b[0m in 0.1s"),
    Entry("e", "error", "Checks", "ruff found 1 error"),
    Entry("n", "note", "Left out", "README.md was too long"),
    Entry("s", "answer", "Reviewer", "It looks", streaming=True),
)


def diff() -> DiffView:
    return DiffView(PATCH)


def panels() -> list[Widget]:
    return [AgentList(AGENTS), MachinePanel(READING), StatusLine(HINTS, NEWS)]


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_diff(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def arrange(pilot: Pilot[Any]) -> None:
        view = pilot.app.query_one(DiffView)
        view.set_annotations({1: "match exact", 2: "match fuzzy"})
        view.set_notes({2: "is it really unused?"})
        view.set_dropped({2})
        await pilot.press("n")

    assert snap_compare(Stage(diff(), theme=theme), terminal_size=size, run_before=arrange)


def test_diff_selected_and_searched(snap_compare: Compare) -> None:
    async def arrange(pilot: Pilot[Any]) -> None:
        pilot.app.query_one(DiffView).search("name")
        await pilot.press("j", "v", "j")

    assert snap_compare(Stage(diff()), terminal_size=MIDDLE, run_before=arrange)


def test_diff_wrapped_with_context(snap_compare: Compare) -> None:
    async def arrange(pilot: Pilot[Any]) -> None:
        view = pilot.app.query_one(DiffView)
        view.set_sources({"bank.py": "".join(f"line_{n} = {'x' * n * 4}\n" for n in range(1, 60))})
        await pilot.press("n", "n", "o", "w")

    assert snap_compare(Stage(diff()), terminal_size=MIDDLE, run_before=arrange)


@pytest.mark.parametrize("theme", ["nanite-tide", "nanite-contrast", "nanite-ember", "nanite-paper", "ansi-dark"])
def test_diff_in_other_themes(snap_compare: Compare, theme: str) -> None:
    assert snap_compare(Stage(diff(), theme=theme), terminal_size=MIDDLE, press=["n"])


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_transcript(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(Stage(Transcript(ENTRIES), theme=theme), terminal_size=size)


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_tasks(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    table = TaskTable(ROWS, clock=lambda: NOW, tick_seconds=None)
    assert snap_compare(Stage(table, theme=theme), terminal_size=size, press=["j", "right"])


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_panels(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(Stage(*panels(), theme=theme), terminal_size=size)


def test_tasks_in_forty_columns(snap_compare: Compare) -> None:
    table = TaskTable(ROWS, clock=lambda: NOW, tick_seconds=None)
    assert snap_compare(Stage(table), terminal_size=(40, 12))


def test_nothing_to_show(snap_compare: Compare) -> None:
    shown: list[Widget] = [DiffView(), Transcript(), TaskTable(tick_seconds=None), MachinePanel(), AgentList()]
    assert snap_compare(Stage(*shown), terminal_size=SMALL)
