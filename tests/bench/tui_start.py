"""What the terminal workbench costs before anything happens: first paint, memory, and a minute of nothing.

`python -m tests.bench.tui_start [idle]` prints one JSON object. The program runs in a terminal of its own (120x40), in
a repository without tasks and without an engine, as `nanites` alone starts it; its runner is another process and is
not counted. `empty` is a Textual app that shows one word: nothing made with Textual can be quicker.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from tests.bench.terminal import Terminal

RUNS = 7
SETTLE_SECONDS = 6.0
IDLE_SECONDS = 60.0
PAINT_MS, MEMORY_MB, IDLE_PERCENT = 400, 70, 1.0

PAINTED = b"No tasks yet"
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("a word")
Empty().run()
"""


def a_repository(folder: Path) -> Path:
    """Return a repository of somebody who has configured nothing and has neither engine nor model."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def first_paint(command: list[str], folder: Path, words: bytes) -> dict[str, float]:
    """Return CPU in ms until words are painted, and memory in MB some seconds later."""
    with Terminal(command, folder) as terminal:
        cpu = terminal.wait_for(words)
        terminal.read(SETTLE_SECONDS)
        return {"cpu_ms": 1_000 * cpu, "memory_mb": terminal.memory() / 1e6}


def paints(command: list[str], words: bytes) -> dict[str, float]:
    """Return the medians of some runs, each in a repository of its own; one before them warms the caches."""
    found = []
    for _ in range(RUNS + 1):
        with tempfile.TemporaryDirectory() as name:
            found.append(first_paint(command, a_repository(Path(name)), words))
    return {
        "cpu_ms": round(statistics.median(run["cpu_ms"] for run in found[1:]), 1),
        "least_cpu_ms": round(min(run["cpu_ms"] for run in found[1:]), 1),
        "memory_mb": round(statistics.median(run["memory_mb"] for run in found[1:]), 1),
    }


def idle(command: list[str], seconds: float = IDLE_SECONDS) -> float:
    """Return the share of a core, in percent, that the screen takes while nothing happens."""
    with tempfile.TemporaryDirectory() as name:
        folder = a_repository(Path(name))
        # One task that fails for want of an engine: the screen as it is later, without the welcome.
        subprocess.run([*command, "submit", "--kind", "chat", "Say so"], cwd=folder, check=True, capture_output=True)
        return _idle(Terminal(command, folder), seconds)


def _idle(opened: Terminal, seconds: float) -> float:
    with opened as terminal:
        terminal.wait_for(b"failed")
        terminal.send(b"\x1b")  # the welcome
        terminal.read(SETTLE_SECONDS)
        before, since = terminal.cpu(), time.monotonic()
        terminal.read(seconds)
        return 100 * (terminal.cpu() - before) / (time.monotonic() - since)


def main() -> int:
    """Measure, print, and return 1 where a limit was passed."""
    program = [str(Path(sysconfig.get_path("scripts")) / "nanites")]
    workbench, empty = paints(program, PAINTED), paints([sys.executable, "-c", EMPTY], b"a word")
    figures: dict[str, dict[str, float | bool]] = {
        "first_paint": {**workbench, "limit_ms": PAINT_MS, "kept": workbench["cpu_ms"] <= PAINT_MS},
        "memory": {"mb": workbench["memory_mb"], "limit_mb": MEMORY_MB, "kept": workbench["memory_mb"] <= MEMORY_MB},
        "empty": {**empty},
    }
    if "idle" in sys.argv[1:]:
        share = round(idle(program), 2)
        figures["idle"] = {"percent": share, "limit_percent": IDLE_PERCENT, "kept": share <= IDLE_PERCENT}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0 if all(figure.get("kept", True) for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
