"""The terminal workbench's App: owns what is known, and the workers that bring news of it. They only post messages."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from themes import themes
from widgets.safe_text import safe_label
from workbench.errors import NaniteError
from workbench.runner_process import RunnerProcess
from workbench.spool.folder import Folder
from workbench.spool.tail import Tail
from workbench.tui import reading
from workbench.tui.doing import commands_for
from workbench.tui.keys import keymap, remapped_keys, shown
from workbench.tui.main_screen import MainScreen
from workbench.tui.scene import Change, Line, Scene

if TYPE_CHECKING:
    from workbench.settings import Settings
    from workbench.tui.telemetry import Probe, Telemetry

FEED_SECONDS = 0.05
"""How often the log of events is looked at: a token is on the screen within two frames of it."""

QUIET_LOOKS, QUIET_SECONDS = 100, 0.2
"""After so many looks that found nothing they are taken less often, until one finds something."""

RUNNER_SECONDS = 1.0
TELEMETRY_SECONDS = 2.0
_FIRST_RECORDS = 200
_RECORDS_AT_ONCE = 500
_HISTORY = 60


class LinesRead(Message):
    """The log of events grew."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self.lines = lines


class RecordsRead(Message):
    """Records of tasks were read from disk; `is_last` once all are there."""

    def __init__(self, records: list[dict[str, Any]], is_last: bool) -> None:
        super().__init__()
        self.records = records
        self.is_last = is_last


class RunnerSeen(Message):
    """Whether a runner is alive, and whether files wait for one."""

    def __init__(self, is_alive: bool, waiting: int) -> None:
        super().__init__()
        self.is_alive = is_alive
        self.waiting = waiting


class TelemetryRead(Message):
    """The machine and the engines were looked at."""

    def __init__(self, telemetry: Telemetry) -> None:
        super().__init__()
        self.telemetry = telemetry

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, TelemetryRead)


class Workbench(App[int]):
    """Shows the work on one repository and lets a person decide.

    Args:
        folder: whose work.
        settings: that repository's settings, or what reads them: that takes a tenth of a second, which the first
            picture need not wait for.
        clock: seconds since the epoch.
        probe: reads machine and engines; None for the real ones.
        start_runner: whether a runner is started where none is alive.
    """

    TITLE = "Nanite Workbench"
    ENABLE_COMMAND_PALETTE = True
    CSS_PATH = Path(__file__).with_name("workbench.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (140, "-wide"), (200, "-broad")]  # noqa: RUF012 — as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        folder: Folder,
        settings: Settings | Callable[[], Settings],
        *,
        clock: Callable[[], float] = time.time,
        probe: Probe | None = None,
        start_runner: bool = True,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.fault: NaniteError | None = None
        self.keys_now: dict[str, str] = {}
        self._settings = settings
        self.scene = Scene(clock)
        self.runner = RunnerProcess(folder)
        self.telemetry: Telemetry | None = None
        self.histories: dict[str, deque[float]] = {}
        self._probe = probe
        self._start_runner = start_runner
        self._tail = Tail(folder.events, from_end=True)
        self._told_failure = ""
        self._has_started = False
        self._is_loaded = False
        self._has_welcomed = False
        self.main = MainScreen()
        for theme in themes():
            self.register_theme(theme)
        self.theme = themes()[0].name
        self._take_keys(remapped_keys(folder.root) if callable(settings) else settings.keys.model_extra or {})

    @property
    def settings(self) -> Settings:
        """The repository's settings; they are read now where they have not been."""
        if callable(self._settings):
            self._settings = self._settings()
        return self._settings

    def _take_keys(self, remapped: Mapping[str, str]) -> None:
        self.set_keymap(keymap(remapped))
        self.keys_now = dict(remapped)

    def get_default_screen(self) -> Screen[Any]:
        """Return the one screen that is always there: a blank one under it would be painted too."""
        return self.main

    def on_ready(self) -> None:
        """Begin to look, now that the first picture stands."""
        # What stays for good need not be looked through for rubbish; until here nothing was.
        gc.freeze()
        gc.enable()
        self.run_worker(self._load(), group="load", exit_on_error=False)
        self.run_worker(self._begin_with_settings(), group="settings", exit_on_error=False)

    async def _begin_with_settings(self) -> None:
        """Read the settings; where they have an error, close the screen: whoever opened it tells of `fault`."""
        try:
            remapped = (await asyncio.to_thread(lambda: self.settings)).keys.model_extra or {}
            if remapped != self.keys_now:
                self._take_keys(remapped)
                self.main.show_status()
        except NaniteError as error:
            self.fault = error
            self.exit(None)
            return
        self.run_worker(self._feed(), group="feed", exit_on_error=False)
        self.run_worker(self._watch_runner(), group="runner", exit_on_error=False)
        self.run_worker(self._take_readings(), group="telemetry", exit_on_error=False)

    # Workers: they look and post, and change nothing

    async def _feed(self) -> None:
        path, size, quiet = str(self.folder.events), -1, 0
        while True:
            try:
                now = os.stat(path).st_size  # noqa: PTH116 — twenty times a second, all day
            except OSError:
                now = 0
            quiet += 1
            if now != size:
                size, quiet = now, 0
                lines: list[Line] = list(self._tail.read())
                if lines:
                    self.post_message(LinesRead(lines))
            await asyncio.sleep(FEED_SECONDS if quiet < QUIET_LOOKS else QUIET_SECONDS)

    async def _load(self) -> None:
        ids = await asyncio.to_thread(reading.task_ids, self.folder)
        at = 0
        while True:
            step = _RECORDS_AT_ONCE if at else _FIRST_RECORDS
            found = await asyncio.to_thread(reading.records, self.folder, ids[at : at + step])
            at += step
            self.post_message(RecordsRead(found, at >= len(ids)))
            if at >= len(ids):
                return
            await asyncio.sleep(0)

    async def _watch_runner(self) -> None:
        while True:
            self.post_message(RunnerSeen(self.runner.pid() is not None, reading.waiting_files(self.folder)))
            await asyncio.sleep(RUNNER_SECONDS)

    async def _take_readings(self) -> None:
        if self._probe is None:
            from workbench.tui.telemetry import Probe

            self._probe = Probe(self.settings, folder=self.folder)
        while True:
            self.post_message(TelemetryRead(await self._probe.read()))
            await asyncio.sleep(TELEMETRY_SECONDS)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a worker that ended by a fault: what it brought comes no more."""
        if event.state is WorkerState.ERROR:
            self.warn(f"{event.worker.group} has stopped: {event.worker.error!r}; please tell its makers")

    # What they bring

    @property
    def is_standing(self) -> bool:
        """Whether the screen has its parts: while it is taken down, news may still come and is nobody's."""
        return self.main.is_mounted and bool(self.main.query("#status"))

    def on_lines_read(self, message: LinesRead) -> None:
        """Bring the scene up to date, and the screen with it."""
        if not self.is_standing:
            return
        change = self.scene.apply(message.lines)
        self.main.follow(change)
        self._announce(change)

    def on_records_read(self, message: RecordsRead) -> None:
        """Take records into the scene; the list is made at the first and at the last of them."""
        if not self.is_standing:
            return
        is_first = not self.scene.tasks
        for record in message.records:
            try:
                self.scene.load(record)
            except (KeyError, TypeError, ValueError):
                continue
        self._is_loaded = message.is_last
        if is_first or message.is_last:
            self.main.load(message.is_last)
        self._welcome()

    def on_runner_seen(self, message: RunnerSeen) -> None:
        """Start a runner where one is wanted and none is alive."""
        if not self.is_standing:
            return
        was = self.scene.has_runner
        self.scene.has_runner = message.is_alive
        wanted = self._start_runner and (message.waiting or not self._has_started)
        if wanted and not message.is_alive and not self.is_runner_at_fault():
            self._has_started = True
            self.start_runner()
        if was != message.is_alive:
            self.main.show_status()

    def start_runner(self) -> None:
        """Start a runner; say so where it cannot be."""
        try:
            self.runner.start()
        except OSError as error:
            self.warn(f"no runner can be started: {error.strerror or error}")

    def is_runner_at_fault(self) -> bool:
        """Return whether the runner started here ended with an error, which is told once."""
        words = self.runner.failure()
        if words and words != self._told_failure:
            self._told_failure = words
            self.warn(words)
        return words is not None

    def on_telemetry_read(self, message: TelemetryRead) -> None:
        """Show the readings."""
        if not self.is_standing:
            return
        self.telemetry = message.telemetry
        found = message.telemetry.machine
        if found is not None:
            self._remember("cpu", found.cpu)
            for number, device in enumerate(found.devices):
                self._remember(f"gpu{number}", device.utilisation or 0.0)
        self.scene.sample_rate()
        self.main.show_machine()
        self.main.show_status()
        self._welcome()

    def _remember(self, name: str, percent: float) -> None:
        self.histories.setdefault(name, deque(maxlen=_HISTORY)).append(percent / 100)

    # The first start

    def _welcome(self) -> None:
        """Once, where nothing was ever done here and no model can answer: say what is missing and offer to get it."""
        engines = self.telemetry.engines if self.telemetry else None
        if self._has_welcomed or not self._is_loaded or engines is None or self.scene.tasks:
            return
        self._has_welcomed = True
        from workbench.tui.dialogs import Choose
        from workbench.tui.welcome import is_ready, welcome_choices, welcome_words

        model = self.settings.models.nanite
        if not is_ready(engines, model):
            words, choices = welcome_words(engines, model), welcome_choices(engines, model)
            self.push_screen(Choose("Welcome to the Nanite Workbench", choices, words=words), self._begin_with)

    def _begin_with(self, choice: str | None) -> None:
        from workbench.tui.welcome import DEMO, FETCH, Fetching, show_demo

        if choice == FETCH:
            self.push_screen(Fetching(self.settings, self.settings.models.nanite), self._after_fetching)
        elif choice == DEMO:
            try:
                with self.suspend():
                    show_demo()
            except SuspendNotSupported:
                self.warn("this terminal cannot be left for the demo: run `nanites demo` in another")

    def _after_fetching(self, fault: str | None) -> None:
        if fault:
            self.warn(fault)
        else:
            self.tell(f"{self.settings.models.nanite} is there: + makes a task")

    # Telling the person

    def warn(self, words: str) -> None:
        """Tell of something that went wrong."""
        self.notify(safe_label(words), severity="warning", markup=False, timeout=8)

    def tell(self, words: str) -> None:
        """Tell of something that is so."""
        self.notify(safe_label(words), markup=False, timeout=4)

    def _announce(self, change: Change) -> None:
        for words in change.refusals:
            self.warn(words)
        if change.asking:
            task = self.scene.tasks[change.asking[-1]]
            self.bell()
            self.tell(
                f"{task.kind} {task.target} asks whether a command may run: {self.keys_now.get('allow', 'm')} answers"
            )
        if change.reviews:
            task = self.scene.tasks[change.reviews[-1]]
            more = f" and {len(change.reviews) - 1} more" if len(change.reviews) > 1 else ""
            words = f"{task.kind} {task.target}{more} waits for you: a approves, r rejects"
            self.bell()
            self._notify_terminal(words)
            if self.main.selected != task.id:
                self.tell(words)

    def _notify_terminal(self, words: str) -> None:
        """Tell the terminal itself, where it is one that shows such news (OSC 9 or 777)."""
        program = os.environ.get("TERM_PROGRAM", "")
        form = {"iTerm.app": "\x1b]9;{}\x07", "WezTerm": "\x1b]777;notify;Nanites;{}\x07"}.get(program)
        form = form or ("\x1b]777;notify;Nanites;{}\x07" if program in {"ghostty", "foot"} else None)
        if form and self._driver is not None and not self.is_headless:
            self._driver.write(form.format(safe_label(words).replace(";", ",")))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Return what the palette offers: the table of keys, where the panes are to be seen."""
        return commands_for(self.main) if screen is self.main else ()

    def action_help_quit(self) -> None:
        """Tell who presses ctrl+c how to leave."""
        keys = self.keys_now.get("quit", "q")
        self.tell(f"{shown(keys)} quits, and asks if work is running")

    async def action_quit(self) -> None:
        """Quit as `q` does."""
        self.main.action_quit_workbench()

    async def on_unmount(self) -> None:
        """Let go of engines and driver."""
        if self._probe is not None:
            await self._probe.close()
