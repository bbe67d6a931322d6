"""The open workbench as a test sees it: keys go in, messages and dropped files come out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from rich.text import Text
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.day import NOW, Day
from widgets.diff_view import DiffView
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.machine import Device, Reading
from workbench.settings import Settings
from workbench.spool.inbox import waiting
from workbench.tui.app import Workbench
from workbench.tui.telemetry import EngineView, LoadedModel, Probe, Telemetry

_WAIT_SECONDS = 15
_GIB = 1 << 30
Kind = TypeVar("Kind", bound=Message)

READY = Telemetry(
    Reading(
        NOW,
        34.0,
        5 * _GIB,
        16 * _GIB,
        (Device("NVIDIA RTX 4000", 61.0, 9 * _GIB, 24 * _GIB, 71.0, 88.0),),
    ),
    (
        EngineView(
            "ollama",
            True,
            "http://127.0.0.1:11434",
            models=("qwen2.5-coder:1.5b", "qwen2.5-coder:7b"),
            loaded=(LoadedModel("qwen2.5-coder:1.5b", 2 * _GIB),),
        ),
    ),
    41_200,
)
BARE = Telemetry(
    Reading(NOW, 3.0, 2 * _GIB, 8 * _GIB),
    (
        EngineView("ollama", False, "nobody answers at http://127.0.0.1:11434", "start it: ollama serve"),
        EngineView("embedded", True, "no model yet"),
    ),
)


class FakeProbe(Probe):
    """One reading, and no second: how much of a history there is must not hang on how slow the machine is."""

    def __init__(self, telemetry: Telemetry = READY) -> None:
        self.telemetry = telemetry
        self._has_read = False

    async def read(self) -> Telemetry:
        """Return the reading."""
        if self._has_read:
            await asyncio.Event().wait()
        self._has_read = True
        return self.telemetry

    async def close(self) -> None:
        """Have nothing to let go of."""


class PicturedWorkbench(Workbench):
    """A workbench whose pictures would fetch no fonts from elsewhere."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the picture without its addresses."""
        picture = super().export_screenshot(title=title, simplify=simplify)
        return re.sub(r"@font-face \{.*?\}|<!-- .*? -->", "", picture, flags=re.DOTALL)


def a_bench(
    day: Day,
    *,
    telemetry: Telemetry = READY,
    settings: Settings | None = None,
    clock: Callable[[], float] = lambda: NOW,
) -> Workbench:
    """Return the app on a day's folder, with a clock that stands and readings that do not change."""
    return PicturedWorkbench(
        day.folder,
        settings or Settings(),
        clock=clock,
        probe=FakeProbe(telemetry),
        start_runner=False,
    )


@dataclass
class Sight:
    """An open workbench."""

    app: Workbench
    pilot: Pilot[int]
    day: Day
    messages: list[Message] = field(default_factory=list)

    @property
    def table(self) -> TaskTable:
        """The tasks."""
        return self.app.main.query_one(TaskTable)

    @property
    def diff(self) -> DiffView:
        """The diff."""
        return self.app.main.query_one(DiffView)

    @property
    def transcript(self) -> Transcript:
        """The transcript."""
        return self.app.main.query_one("#transcript", Transcript)

    @property
    def pane(self) -> str:
        """The name of the pane that has the focus."""
        return self.app.main.pane_of(self.app.main.focused)

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Let the app go on until something holds; fail after some seconds."""
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                while not holds():  # noqa: ASYNC110 — what is waited for knows of no event
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"it never came to that: {what or holds}") from None

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until they were taken in."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def select(self, name: str) -> str:
        """Put the cursor on a task of the day and wait until it is shown; return its ID."""
        task_id = self.day.ids[name]
        assert self.table.move_to(task_id), f"{name} is not in the list"
        await self.until(lambda: self.app.main.detail is not None and self.app.main.detail.task_id == task_id, name)
        await self.pilot.pause()
        return task_id

    async def still(self) -> None:
        """Wait until the selected task is shown and nothing on the screen moves any more."""
        main, same, before = self.app.main, 0, list[Strip]()
        await self.until(
            lambda: not main.selected or (main.detail and main.detail.task_id == main.selected), "is shown"
        )
        async with asyncio.timeout(_WAIT_SECONDS):
            while same < 4:
                await asyncio.sleep(0.03)
                await self.pilot.pause()
                now = self.app.screen._compositor.render_strips()
                same, before = (same + 1 if now == before else 0), now

    async def focus(self, pane: str) -> None:
        """Bring a pane into focus."""
        self.app.main.action_pane(pane)
        await self.pilot.pause()

    async def go_live(self) -> None:
        """Have the last nanite of the day speak, as the log tells it."""
        self.happen(*self.day.live)
        voices, words = self.app.scene.voices, len(self.day.live) - 1
        await self.until(lambda: sum(len(voice.text) for voice in voices.values()) >= words, "it spoke")
        await self.pilot.pause()

    def happen(self, *lines: dict[str, Any]) -> None:
        """Add lines to the log of events, as a runner does."""
        with self.day.folder.events.open("a", encoding="utf-8") as log:
            log.write("".join(json.dumps(line) + "\n" for line in lines))

    @contextlib.contextmanager
    def editor(self, change: str) -> Iterator[None]:
        """Be a person whose editor is a real process, sed, on a terminal that can be left for a while."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("VISUAL", f"sed -i '{change}'")
            patched.setattr(HeadlessDriver, "can_suspend", True)
            yield

    @staticmethod
    def text_of(widget: Widget) -> list[str]:
        """Return the lines that a widget, or a whole screen, shows."""
        screen = widget if isinstance(widget, Screen) else widget.screen
        lines = ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]
        region = widget.region
        return [cropped(line, region.x, region.right) for line in lines[region.y : region.bottom]]

    def heard(self, kind: type[Kind]) -> list[Kind]:
        """Return the messages of a kind that were posted, each once however far it bubbled."""
        found = {id(message): message for message in self.messages if isinstance(message, kind)}
        return list(found.values())

    @property
    def toasts(self) -> list[str]:
        """What the person was told in passing."""
        return [note.message for note in self.app._notifications]

    @property
    def decisions(self) -> dict[str, dict[str, Any]]:
        """What lies in decisions/, by task, without who decided."""
        found = {path.stem: json.loads(path.read_bytes()) for path in waiting(self.day.folder.decisions)}
        assert all(decision.pop("by") == "terminal workbench" for decision in found.values())
        return {task: {name: value for name, value in each.items() if value} for task, each in found.items()}

    @property
    def dropped(self) -> list[dict[str, Any]]:
        """The task files that lie in the inbox."""
        return [json.loads(path.read_bytes()) for path in waiting(self.day.folder.inbox)]


def cropped(line: str, first: int, last: int) -> str:
    """Return the cells of a line from first to last."""
    return Text(line).divide([first, last])[1].plain if line else ""


@contextlib.asynccontextmanager
async def opened(
    day: Day, *, size: tuple[int, int] = (120, 40), bench: Workbench | None = None, **options: Any
) -> AsyncIterator[Sight]:
    """Open the workbench on a day's folder, read all that is there, and close it at the end."""
    app = bench or a_bench(day, **options)
    messages: list[Message] = []
    async with app.run_test(size=size, message_hook=messages.append) as pilot:
        sight = Sight(app, pilot, day, messages)
        await sight.until(lambda: app._is_loaded and app.telemetry is not None, "all is loaded")
        await pilot.pause()
        yield sight
