"""Pictures of every screen and state. `pytest tests/tui/test_snapshots.py --snapshot-update` takes them anew.

Nothing in them moves: the clock stands, readings do not change, the day's names and times are always the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tui.day import Day
from tests.tui.house import BARE, READY, Sight, a_bench
from workbench.spool.lock import RunnerLock
from workbench.tui.app import TelemetryRead
from workbench.tui.dialogs import Choice, Choose
from workbench.tui.new_task import NewTask
from workbench.tui.welcome import Fetched, Fetching

SMALL, USUAL, WIDE = (80, 24), (120, 40), (220, 60)
DARK, LIGHT = "nanite-night", "nanite-day"
Scene = Callable[[Sight], Awaitable[None]]


async def review(sight: Sight) -> None:
    await sight.select("proven")
    await sight.press("2", "n", "n", "space", "c")
    await sight.press(*"say why", "enter")


async def running(sight: Sight) -> None:
    await sight.go_live()
    sight.app.post_message(TelemetryRead(READY))
    await sight.select("running")
    await sight.press("3")


async def words(sight: Sight) -> None:
    await sight.select("words")


async def failed(sight: Sight) -> None:
    await sight.select("failed")


async def applied(sight: Sight) -> None:
    await sight.select("applied")


async def checks(sight: Sight) -> None:
    await sight.select("patch")
    await sight.press(".")


async def prompt(sight: Sight) -> None:
    await sight.select("patch")
    await sight.press(".", ".", "3", "home")


async def sweep_folded(sight: Sight) -> None:
    await sight.select("sweep")


async def sweep_unfolded(sight: Sight) -> None:
    await sight.select("sweep")
    await sight.press("l", "j")


async def show_help(sight: Sight) -> None:
    await sight.select("proven")
    await sight.press("2", "?")


async def new_task(sight: Sight) -> None:
    await sight.press("+")
    await sight.until(lambda: isinstance(sight.app.screen, NewTask))
    sight.app.screen.query_one(TextArea).text = "Make truncate() never exceed limit"
    await sight.press("tab", *"tex")
    targets = sight.app.screen.query_one("#targets", Input)
    await sight.until(lambda: targets._suggestion == "text.py")


async def reject(sight: Sight) -> None:
    await sight.select("patch")
    await sight.press("r", *"too clever")


async def events(sight: Sight) -> None:
    await sight.press("g")


async def filtering(sight: Sight) -> None:
    await sight.press("f", *"review")


async def searching(sight: Sight) -> None:
    await sight.select("proven")
    await sight.press("2", "/", *"self", "enter")


async def zoomed(sight: Sight) -> None:
    await sight.select("proven")
    await sight.press("2", "z")


async def quitting(sight: Sight) -> None:
    choices = (
        Choice("leave", "Leave the runner at work; it ends by itself when idle", "l"),
        Choice("stop", "Stop it; what is unfinished goes on at the next start", "s"),
    )
    sight.app.push_screen(Choose("2 tasks are not finished", choices))
    await sight.pilot.pause()


async def empty(sight: Sight) -> None:
    await sight.until(lambda: sight.app._has_welcomed)


async def welcome(sight: Sight) -> None:
    await sight.until(lambda: isinstance(sight.app.screen, Choose))


class Still(Fetching):
    """Fetching that has come as far as this, and goes no further."""

    async def _fetch(self) -> None:
        """Fetch nothing."""


async def fetching(sight: Sight) -> None:
    screen = Still(sight.app.settings, "qwen2.5-coder:1.5b")
    sight.app.push_screen(screen)
    await sight.pilot.pause()
    screen.post_message(Fetched(0, 0, "asking the store"))
    await sight.pilot.pause()


EVERY_SIZE = (review, running, words, empty, welcome)
USUAL_SIZE = (failed, applied, checks, prompt, sweep_folded, sweep_unfolded, show_help, new_task, reject, events)
USUAL_SIZE_TOO = (filtering, searching, zoomed, quitting, fetching)
SMALL_TOO = (show_help, new_task, reject, filtering, zoomed, sweep_unfolded)
LIGHT_TOO = (review, running, words, failed, show_help, new_task, events, empty)

CASES: list[tuple[Scene, tuple[int, int], str]] = [
    *((scene, size, DARK) for scene in EVERY_SIZE for size in (SMALL, USUAL, WIDE)),
    *((scene, USUAL, DARK) for scene in (*USUAL_SIZE, *USUAL_SIZE_TOO)),
    *((scene, SMALL, DARK) for scene in SMALL_TOO),
    *((scene, USUAL, LIGHT) for scene in LIGHT_TOO),
]


@pytest.fixture
def alive(day: Day, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A runner holds the folder, and readings are taken once."""
    monkeypatch.setattr("workbench.tui.app.TELEMETRY_SECONDS", 3_600)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    lock = RunnerLock(day.folder)
    lock.acquire()
    yield
    lock.release()


def named(case: tuple[Scene, tuple[int, int], str]) -> str:
    scene, (columns, rows), theme = case
    return f"{scene.__name__}-{columns}x{rows}-{theme.removeprefix('nanites-')}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_screen_looks_as_it_did(
    day: Day, alive: None, snap_compare: Any, case: tuple[Scene, tuple[int, int], str]
) -> None:
    scene, size, theme = case
    if scene in (empty, welcome):
        shutil.rmtree(day.folder.tasks)
    app = a_bench(day, telemetry=BARE if scene is welcome else READY)
    app.theme = theme
    app.animation_level = "none"

    async def arrange(pilot: Pilot[int]) -> None:
        sight = Sight(app, pilot, day)
        await sight.until(lambda: app._is_loaded and app.telemetry is not None and app.scene.has_runner)
        await sight.still()
        await scene(sight)
        await sight.still()

    assert snap_compare(app, terminal_size=size, run_before=arrange)
