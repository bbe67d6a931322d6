"""The runner's own costs, with an engine that answers at once: `python -m tests.bench.runner [PART ...]`.

Prints one JSON object: a figure, its limit and whether it was kept, for each of
    prepare     seconds from a dropped file to the start of step `prepare`, idle runner, p95 of 200 drops
    own         seconds of a task beyond the model's, p50 of the same drops
    decision    seconds from a dropped approval to the changed file, p95 of 50
    cancel      seconds from a dropped cancellation to a task at rest and a free slot
    thousand    tasks a second and peak memory (MB) for 1,000 tasks dropped at once
    idle        share of a core that a runner with nothing to do takes over a minute (%)
"""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from tests.house.place import PATCH_RULE, Place
from workbench.spool.tail import Tail

HANG = {"contains": "for ever", "answer": "…", "hang": True}


class Bench:
    """A repository with a runner in a process of its own."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        self.place = Place(folder / "repository", settings=settings, rules=[HANG, PATCH_RULE])
        self.tail = Tail(self.place.folder.events)
        self.lines: list[dict[str, Any]] = []
        self.unread: deque[dict[str, Any]] = deque()

    @contextlib.contextmanager
    def runner(self) -> Iterator[psutil.Process]:
        """Have a runner at work."""
        command = [sys.executable, "-m", "workbench.cli", "--repo", str(self.place.root), "run"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.until(lambda line: line["event"] == "runner-started")
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(30)

    def until(self, wanted: Callable[[dict[str, Any]], bool], timeout: float = 300) -> dict[str, Any]:
        """Return the first line wanted, of those to come."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.unread.extend(self.tail.read())
            while self.unread:
                line = self.unread.popleft()
                self.lines.append(line)
                if wanted(line):
                    return line
            time.sleep(0.002)
        raise TimeoutError(self.lines[-3:])

    def ended(self, task_id: str, state: str) -> dict[str, Any]:
        """Wait until a task rests in `state`."""
        return self.until(
            lambda line: line["event"] == "task-ended" and line["task"] == task_id and line["state"] == state
        )

    def streams(self, task_id: str) -> dict[str, Any]:
        """Wait until a model has begun to answer for a task."""
        return self.until(lambda line: line["event"] == "token-streamed" and line["task"] == task_id)

    def at(self, task_id: str, event: str, **fields: Any) -> float:
        """Return when an event of a task was written (seconds since the epoch)."""
        return next(
            float(line["at"])
            for line in self.lines
            if line["event"] == event
            and line.get("task") == task_id
            and all(line.get(name) == value for name, value in fields.items())
        )


def p(values: list[float], share: int) -> float:
    """Return a percentile."""
    return round(statistics.quantiles(values, n=100)[share - 1], 4)


def drops(folder: Path) -> dict[str, dict[str, Any]]:
    """Measure `prepare`, `own` and `decision`."""
    bench = Bench(folder)
    starts, own, decided = [], [], []
    with bench.runner():
        for number in range(200):
            dropped = time.time()
            task = bench.place.drop(f"Make truncate() never exceed limit, {number}")
            bench.ended(task, "review")
            starts.append(bench.at(task, "step-started", step="prepare") - dropped)
            own.append(bench.at(task, "task-ended") - bench.at(task, "task-started"))
            if number % 4 == 0:
                dropped = time.time()
                bench.place.decide(task, "approve")
                bench.ended(task, "applied")
                decided.append(bench.at(task, "change-applied") - dropped)
                bench.place.decide(task, "undo")
                bench.ended(task, "undone")
    return {
        "prepare": {"p95_s": p(starts, 95), "p50_s": p(starts, 50), "limit_p95_s": 0.1, "kept": p(starts, 95) <= 0.1},
        "own": {"p50_s": p(own, 50), "p95_s": p(own, 95), "limit_p50_s": 0.15, "kept": p(own, 50) <= 0.15},
        "decision": {"p95_s": p(decided, 95), "p50_s": p(decided, 50), "limit_s": 0.2, "kept": p(decided, 95) <= 0.2},
    }


def cancel(folder: Path) -> dict[str, dict[str, Any]]:
    """Measure `cancel`."""
    bench = Bench(folder)
    seconds = []
    with bench.runner():
        for _ in range(10):
            task = bench.place.drop("truncate() for ever")
            bench.streams(task)
            dropped = time.time()
            bench.place.decide(task, "cancel")
            bench.ended(task, "cancelled")
            seconds.append(bench.at(task, "task-ended") - dropped)
    return {"cancel": {"max_s": round(max(seconds), 4), "limit_s": 1.0, "kept": max(seconds) <= 1.0}}


def thousand(folder: Path) -> dict[str, dict[str, Any]]:
    """Measure `thousand`."""
    bench = Bench(folder, '[approve]\ndefault = "none"\n')
    peak = 0
    with bench.runner() as process:
        began = time.monotonic()
        for number in range(1_000):
            bench.place.drop(f"Make truncate() never exceed limit, {number}")
        for _ in range(1_000):
            bench.until(lambda line: line["event"] == "task-ended")
            peak = max(peak, process.memory_info().rss)
        seconds = time.monotonic() - began
    states = {line["state"] for line in bench.lines if line["event"] == "task-ended"}
    rate, memory = round(1_000 / seconds, 1), round(peak / 1e6)
    return {
        "thousand": {
            "tasks_per_s": rate,
            "peak_mb": memory,
            "states": sorted(states),
            "limit_tasks_per_s": 25,
            "limit_mb": 200,
            "kept": rate >= 25 and memory < 200 and states == {"done"},
        }
    }


def idle(folder: Path) -> dict[str, dict[str, Any]]:
    """Measure `idle`."""
    bench = Bench(folder)
    with bench.runner() as process:
        task = bench.place.drop()
        bench.ended(task, "review")
        time.sleep(2)
        before = sum(process.cpu_times()[:2])
        time.sleep(60)
        share = round((sum(process.cpu_times()[:2]) - before) / 60 * 100, 2)
    return {"idle": {"percent_of_a_core": share, "limit": 1.0, "kept": share <= 1.0}}


def main() -> None:
    """Run the parts that are named, or all."""
    parts = {"drops": drops, "cancel": cancel, "thousand": thousand, "idle": idle}
    figures: dict[str, Any] = {}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            figures |= parts[name](Path(folder))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
