"""What the widgets cost: CPU of opening, scrolling, streaming and filtering, each against the limit set for it.

    .venv/bin/python -m tests.bench.widgets [diff] [tasks] [stream]

Prints one JSON object. CPU is of this process; the terminal is Textual's headless one, so that what is drawn is really
rendered but goes nowhere. Each figure is the median of several runs, `worst` the largest.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.pilot import Pilot
from textual.widget import Widget

from themes import DEFAULT, themes
from widgets.diff_view import DiffView
from widgets.task_table import TaskRow, TaskTable
from widgets.transcript import Entry, Transcript

RUNS = 5
SPAN = 12.0
VOICES = 8
TOKENS_PER_SECOND = 40


class Stage(App[None]):
    """An app with nothing but the widgets under test."""

    CSS = """
    Grid { grid-size: 4 2; }
    DiffView, TaskTable, Transcript { height: 1fr; }
    """

    def __init__(self, *shown: Widget) -> None:
        super().__init__()
        self.shown = shown

    def compose(self) -> ComposeResult:
        if len(self.shown) > 1:
            with Grid():
                yield from self.shown
        else:
            yield from self.shown

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = DEFAULT


async def cpu(act: Callable[[], object], pilot: Pilot[None]) -> float:
    """Return the CPU milliseconds of an action, up to the frame that shows it."""
    start = time.process_time()
    act()
    await pilot.pause()
    return (time.process_time() - start) * 1000


def figure(values: list[float], limit: float) -> dict[str, Any]:
    median = statistics.median(values)
    return {"ms": round(median, 1), "worst": round(max(values), 1), "limit": limit, "ok": median <= limit}


def long_patch(lines: int) -> str:
    """Return the diff of a file of that many lines of which nine of ten changed."""
    chance = random.Random(1)
    out = ["--- a/long.py", "+++ b/long.py", f"@@ -1,{lines} +1,{lines} @@"]
    removed: list[str] = []
    added: list[str] = []
    for number in range(lines):
        line = f"    value_{number} = compute(item_{number}, 'text {number}')  # comment {number}"
        if chance.random() < 0.9:
            removed.append("-" + line)
            added.append("+" + line.replace("compute", "calculate"))
        else:
            out += [*removed, *added, " " + line]
            removed, added = [], []
    return "\n".join([*out, *removed, *added]) + "\n"


async def diff(lines: int, limit: float) -> dict[str, Any]:
    text = long_patch(lines)
    opened, pages, cached, ends = [], [], [], []
    for _ in range(RUNS):
        view = DiffView(layout_mode="split")
        async with Stage(view).run_test(size=(160, 48)) as pilot:
            view.show(long_patch(10))  # the lexer's import is paid once a session, not once a diff
            await pilot.pause()
            gc.collect()
            opened.append(await cpu(partial(view.show, text), pilot))
            pages += [await cpu(view.action_page_down, pilot) for _ in range(4)]
            cached += [await cpu(view.action_page_up, pilot) for _ in range(2)]
            ends.append(await cpu(view.action_scroll_end, pilot))
    return {
        "open": figure(opened, limit),
        "new_page": figure(pages, 33),
        "cached_page": figure(cached, 10),
        "end": figure(ends, 100),
    }


async def long_line() -> dict[str, Any]:
    text = f"--- a/x.json\n+++ b/x.json\n@@ -1 +1 @@\n-{'ab, ' * 25_000}\n+{'ab; ' * 25_000}\n"
    opened, moved = [], []
    for _ in range(RUNS):
        view = DiffView(layout_mode="split")
        async with Stage(view).run_test(size=(160, 48)) as pilot:
            opened.append(await cpu(partial(view.show, text), pilot))
            moved.append(await cpu(partial(view.scroll_to, x=50_000, animate=False), pilot))
    return {"open": figure(opened, 100), "sideways": figure(moved, 33)}


def many_tasks(count: int) -> list[TaskRow]:
    states = ("queued", "running", "review", "applied", "done", "failed")
    return [
        TaskRow(f"t{n:05}", states[n % 6], "patch", f"src/module_{n}.py", since=1e9 + n, by="bench", text=f"task {n}")
        for n in range(count)
    ]


async def tasks(count: int) -> dict[str, Any]:
    rows = many_tasks(count)
    row = rows[count // 2]
    opened, filtered, cleared, pages, moved, single = [], [], [], [], [], []
    for _ in range(RUNS):
        table = TaskTable(tick_seconds=None)
        async with Stage(table).run_test(size=(120, 48)) as pilot:
            gc.collect()
            opened.append(await cpu(partial(table.load, rows), pilot))
            filtered.append(await cpu(partial(table.filter, lambda each: "7" in each.target), pilot))
            cleared.append(await cpu(partial(table.filter, None), pilot))
            pages += [await cpu(table.action_page_down, pilot) for _ in range(4)]
            moved.append(await cpu(partial(table.put, TaskRow(row.id, "review", since=row.since)), pilot))
            single.append(await cpu(partial(table.put, TaskRow(row.id, "review", "lint", since=row.since)), pilot))
    return {
        "open": figure(opened, 100),
        "filter": figure(filtered, 50),
        "clear_filter": figure(cleared, 50),
        "page": figure(pages, 33),
        "row_moves": figure(moved, 33),
        "row_changes": figure(single, 10),
    }


def words() -> Iterator[str]:
    chance = random.Random(2)
    while True:
        yield chance.choice(
            ("the ", "value", " = ", "text", "[: limit]", "\n", "    return ", "nanite ", "(", ")", "check ")
        )


async def stream() -> dict[str, Any]:
    voices = [Transcript([Entry("a", title="Voice", streaming=True)]) for _ in range(VOICES)]
    worst = 0.0
    async with Stage(*voices).run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        speech = words()
        began, cpu_began = time.perf_counter(), time.process_time()
        due = began
        while (now := time.perf_counter()) - began < SPAN:
            worst = max(worst, now - due)
            for voice in voices:
                voice.append("a", next(speech))
            due = max(due + 1 / TOKENS_PER_SECOND, now)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        share = (time.process_time() - cpu_began) / (time.perf_counter() - began)
    return {
        "share_of_core": {"value": round(share, 3), "limit": 0.45, "ok": share <= 0.45},
        "longest_stall_ms": {"value": round(worst * 1000, 1), "limit": 50, "ok": worst <= 0.05},
    }


async def idle() -> dict[str, Any]:
    table = TaskTable(many_tasks(1_000))
    voice = Transcript([Entry("a", title="Voice", text="word " * 2_000)])
    view = DiffView(long_patch(100))
    async with Stage(table, voice, view).run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        await asyncio.sleep(1)
        start = time.process_time()
        await asyncio.sleep(SPAN)
        share = (time.process_time() - start) / SPAN
    return {"share_of_core": {"value": round(share, 4), "limit": 0.01, "ok": share <= 0.01}}


async def everything(wanted: set[str]) -> dict[str, Any]:
    benches: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
        "diff_10000": lambda: diff(10_000, 60),
        "diff_100000": lambda: diff(100_000, 80),
        "diff_100kB_line": long_line,
        "tasks_10000": lambda: tasks(10_000),
        "stream_8x40": stream,
        "idle": idle,
    }
    chosen = {name: run for name, run in benches.items() if not wanted or name.split("_")[0] in wanted}
    return {name: await run() for name, run in chosen.items()}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(everything(set(sys.argv[1:]))), indent=2))
