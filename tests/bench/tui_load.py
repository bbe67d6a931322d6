"""What the screen costs under load: voices that stream, keys pressed meanwhile, a list of ten thousand, a day of work.

`python -m tests.bench.tui_load [voices] [tasks] [day]` prints one JSON object. The app runs in this process, on a real
folder, and paints for a terminal of 200x50 that shows nothing; events come as lines of events.jsonl that another
process appends, as a runner's do. CPU is that of this process. `stall` is how much later than asked a timer of 5 ms
fired.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from widgets.diff_view import DiffView
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.machine import Reading
from workbench.settings import Settings
from workbench.spool.folder import Folder, new_id
from workbench.tui.app import Workbench
from workbench.tui.rows import filter_of
from workbench.tui.telemetry import EngineView, Probe, Telemetry

SIZE = (200, 50)
VOICES, RATE, SECONDS = 8, 40, 20
TASKS = 10_000
DAY_TASKS, DAY_TOKENS = 2_000, 4_000_000
LIMITS = {
    "voices_cpu_percent": 45,
    "voices_stall_ms": 50,
    "key_p95_ms": 50,
    "open_ms": 100,
    "filter_ms": 50,
    "page_ms": 33,
    "day_growth_mb": 30,
    "day_widgets": 0,
}

FEEDER = """
import json, sys, time
path, ids, rate, seconds = sys.argv[1], json.loads(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
words = "def the of value return in for each text limit self not a result = ( ) : \\n".split(" ")
out = open(path, "a", buffering=1)
def say(**line):
    out.write(json.dumps({"v": 1, "seq": 1, "at": time.time()} | line) + "\\n")
for task in ids:
    say(event="task-queued", task=task, kind="patch", targets=["src/a.py"], text="Make it so")
    say(event="task-started", task=task, kind="patch")
    say(event="prompt-sent", task=task, voice="implementer", model="m", prompt="p " * 400)
begin, n = time.time(), 0
while time.time() - begin < seconds:
    for number, task in enumerate(ids):
        text = " ".join(words[(n + number + k) % len(words)] for k in range(2)) + " "
        say(event="token-streamed", task=task, voice="implementer", text=text, tokens=2)
    n += 1
    time.sleep(max(0, begin + n * 2 / rate - time.time()))
"""


class StillProbe(Probe):
    """Readings that do not change."""

    def __init__(self) -> None:
        self.telemetry = Telemetry(Reading(0, 1.0, 1, 2), (EngineView("o", True, models=("qwen2.5-coder:1.5b",)),))

    async def read(self) -> Telemetry:
        """Return the same readings as ever."""
        return self.telemetry

    async def close(self) -> None:
        """Have nothing to let go of."""


class PaintingDriver(HeadlessDriver):
    """A terminal that takes all that is painted and shows nothing; Textual paints nothing at all for one it calls
    headless.
    """

    painted = 0

    @property
    def is_headless(self) -> bool:
        """Say that somebody looks."""
        return False

    def write(self, data: str) -> None:
        """Count what would be shown."""
        PaintingDriver.painted += len(data.encode())


def resident() -> float:
    """Return MB in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.asynccontextmanager
async def opened(folder: Folder) -> AsyncIterator[tuple[Workbench, Pilot[int]]]:
    """Open the app on a folder."""
    app = Workbench(folder, Settings(), probe=StillProbe(), start_runner=False)
    app.driver_class = PaintingDriver
    async with app.run_test(headless=False, size=SIZE) as pilot:
        while not (app._is_loaded and app.telemetry):  # noqa: ASYNC110 — it knows of no event
            await asyncio.sleep(0.01)
        yield app, pilot


def a_folder(name: str) -> Folder:
    """Return the folder of a new repository."""
    subprocess.run(["git", "init", "-q", name], check=True)
    return Folder(Path(name)).ensure()


async def watch(stalls: list[float], until: float) -> None:
    """Note how late a timer of 5 ms fires."""
    while time.monotonic() < until:
        before = time.monotonic()
        await asyncio.sleep(0.005)
        stalls.append(1_000 * (time.monotonic() - before - 0.005))


async def press_meanwhile(app: Workbench, until: float, times: list[float]) -> None:
    """Move in the list again and again, and note when the row under the cursor has been painted."""
    table, down = app.main.query_one(TaskTable), True
    while time.monotonic() < until:
        await asyncio.sleep(0.2)
        wanted = table._last_place + (1 if down else -1)
        begin = time.perf_counter()
        app.simulate_key("j" if down else "k")
        while not painted(app, table, wanted):
            if time.perf_counter() - begin > 1:
                break
            await asyncio.sleep(0)
        times.append(1_000 * (time.perf_counter() - begin))
        down = not down


def painted(app: Workbench, table: TaskTable, place: int) -> bool:
    """Return whether the cursor is there and the screen has no region left to paint."""
    return table._last_place == place and not app.main._compositor._dirty_regions


async def voices() -> dict[str, Any]:
    """Have eight voices stream, one of them watched, and press keys meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = a_folder(name)
        ids = [new_id() for _ in range(VOICES)]
        async with opened(folder) as (app, _pilot):
            command = [
                sys.executable,
                "-c",
                FEEDER,
                str(folder.events),
                json.dumps(ids),
                str(RATE),
                str(2 * SECONDS + 4),
            ]
            feeder = subprocess.Popen(command)  # noqa: ASYNC220 — it takes a millisecond, before anything is measured
            while len(app.scene.tasks) < VOICES:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await asyncio.sleep(1)
            stalls: list[float] = []
            cpu, since = time.process_time(), time.monotonic()
            await watch(stalls, since + SECONDS)
            share = 100 * (time.process_time() - cpu) / (time.monotonic() - since)
            keys: list[float] = []
            await press_meanwhile(app, time.monotonic() + SECONDS, keys)
            heard = sum(voice.tokens for voice in app.scene.voices.values())
            feeder.wait()
    keys.sort()
    return {
        "voices_cpu_percent": round(share, 1),
        "voices_stall_ms": round(max(stalls), 1),
        "stall_p99_ms": round(statistics.quantiles(stalls, n=100)[98], 1),
        "key_p95_ms": round(keys[int(len(keys) * 0.95)], 1),
        "key_median_ms": round(statistics.median(keys), 1),
        "tokens": heard,
        "painted_mb": round(PaintingDriver.painted / 1e6, 1),
    }


def write_tasks(folder: Folder, number: int) -> None:
    """Write the records of so many tasks, as a runner does."""
    states = ["applied", "done", "failed", "rejected", "review", "queued"]
    for at in range(number):
        task_id = new_id(1_700_000_000 + at)
        spec = {"kind": "patch", "task": f"Make function {at} do what it says", "targets": [f"src/part_{at % 97}.py"]}
        record = {
            "task": {"id": task_id, "spec": spec, "created_at": 1_700_000_000 + at},
            "state": states[at % len(states)],
            "verdict": "proven",
            "summary": f"Changes function_{at}",
            "updated_at": 1_700_000_000 + at,
        }
        (folder.tasks / task_id).mkdir()
        (folder.tasks / task_id / "task.json").write_text(json.dumps(record), encoding="utf-8")


async def cost(pilot: Pilot[int], act: Callable[[], object]) -> float:
    """Return the CPU in ms that an act and the painting after it take."""
    await pilot.pause()
    before = time.process_time()
    act()
    await pilot.pause()
    return 1_000 * (time.process_time() - before)


async def tasks() -> dict[str, Any]:
    """Open a list of ten thousand, filter it and scroll through it."""
    with tempfile.TemporaryDirectory() as name:
        folder = a_folder(name)
        write_tasks(folder, TASKS)
        async with opened(folder) as (app, pilot):
            table = app.main.query_one(TaskTable)
            app.workers.cancel_all()
            from workbench.tui.rows import task_row

            rows = [task_row(app.scene, task) for task in app.scene.tasks.values()]
            opens = [await cost(pilot, lambda: table.load(rows)) for _ in range(5)]
            words = ["r", "re", "review", "review part_9", ""] * 3
            filters = [await cost(pilot, lambda word=word: table.filter(filter_of(word))) for word in words]  # type: ignore[misc]
            pages = [await cost(pilot, table.action_page_down) for _ in range(40)]
    return {
        "open_ms": round(statistics.median(opens), 1),
        "filter_ms": round(statistics.median(filters), 1),
        "filter_most_ms": round(max(filters), 1),
        "page_ms": round(statistics.median(pages), 1),
        "page_most_ms": round(max(pages), 1),
    }


async def day() -> dict[str, Any]:
    """Stream a day's work as fast as the screen takes it in; memory is compared with that after a first tenth."""
    each = DAY_TOKENS // DAY_TASKS
    piece = "value = the_result_of(each, part) \n" * 5
    with tempfile.TemporaryDirectory() as name:
        folder = a_folder(name)
        async with opened(folder) as (app, pilot):
            table = app.main.query_one(TaskTable)
            first, widgets = 0.0, 0
            for number in range(DAY_TASKS):
                task = new_id()
                begin, *rest = day_lines(task, piece, each)
                say(folder, [begin])
                await seen(app, task, "queued")
                if number % 20 == 0:  # one in twenty is watched while it is written
                    table.move_to(task)
                    while app.main.detail is None or app.main.detail.task_id != task:  # noqa: ASYNC110
                        await asyncio.sleep(0.002)
                say(folder, rest)
                await seen(app, task, "applied")
                if number == DAY_TASKS // 10:
                    await pilot.pause()
                    gc.collect()
                    first, widgets = resident(), len(list(app.main.walk_children()))
            await pilot.pause()
            gc.collect()
            growth, more = resident() - first, len(list(app.main.walk_children())) - widgets
            kept = len(app.scene.voices) + len(app.main.query_one("#transcript", Transcript).entries)
            hunks = len(app.main.query_one(DiffView).patch.hunks)
    return {
        "day_growth_mb": round(growth, 1),
        "day_widgets": more,
        "memory_mb": round(first + growth, 1),
        "kept": kept + hunks,
    }


async def seen(app: Workbench, task: str, state: str) -> None:
    """Wait until a task is known to be in a state."""
    while (found := app.scene.tasks.get(task)) is None or found.state != state:  # noqa: ASYNC110
        await asyncio.sleep(0.002)


def say(folder: Folder, lines: list[dict[str, Any]]) -> None:
    """Append to the log; it is turned over as the runner does it."""
    if folder.events.exists() and folder.events.stat().st_size > 16_000_000:
        folder.events.replace(folder.events.with_name("events.1.jsonl"))
    with folder.events.open("a", encoding="utf-8") as log:
        log.write("".join(json.dumps({"v": 1, "seq": 1, "at": time.time()} | line) + "\n" for line in lines))


def day_lines(task: str, piece: str, tokens: int) -> list[dict[str, Any]]:
    """Return what is told of one task from its beginning to its end."""
    voice = {"task": task, "voice": "implementer"}
    spoken = [voice | {"event": "token-streamed", "text": piece, "tokens": 50} for _ in range(tokens // 50)]
    return [
        {"event": "task-queued", "task": task, "kind": "patch", "targets": ["src/a.py"], "text": "Make it so"},
        {"event": "task-started", "task": task, "kind": "patch"},
        voice | {"event": "prompt-sent", "model": "m", "prompt": "p " * 500},
        *spoken,
        voice | {"event": "answer-received", "model": "m", "finish": "stop", "text": piece * 3, "prompt_tokens": 500},
        {"event": "review-asked", "task": task, "verdict": "proven", "summary": "s", "files": ["a.py"], "hunks": 1},
        {"event": "task-ended", "task": task, "state": "applied", "verdict": "proven", "summary": "Changes it."},
    ]


def main() -> int:
    """Measure what is asked for, print, and return 1 where a limit was passed."""
    wanted = sys.argv[1:] or ["voices", "tasks", "day"]
    found: dict[str, Any] = {}
    for name, measure in (("voices", voices), ("tasks", tasks), ("day", day)):
        if name in wanted:
            found |= asyncio.run(measure())
    passed = [name for name, limit in LIMITS.items() if found.get(name, 0) > limit]
    sys.stdout.write(json.dumps(found | {"limits": LIMITS, "passed_limits": passed}, indent=1) + "\n")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
