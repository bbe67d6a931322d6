"""What starting costs: CPU of the whole process for `nanites --help` and `nanites submit`.

`python -m tests.bench.startup` prints one JSON object: for each the median and the least of 20 runs in milliseconds
(user and system time of the process and all it starts), the limit, and whether the median keeps it. `python` is an
interpreter that does nothing: nothing can be quicker.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

RUNS = 20
LIMIT_MS = 120


def cpu_ms(command: list[str], folder: Path) -> float:
    """Return the CPU time of one run, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1_000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(command: list[str], folder: Path) -> dict[str, float]:
    """Return median and least of all runs; one run before them warms the caches."""
    cpu_ms(command, folder)
    runs = [cpu_ms(command, folder) for _ in range(RUNS)]
    return {"median_ms": round(statistics.median(runs), 1), "least_ms": round(min(runs), 1)}


def main() -> int:
    """Measure, print, and return 1 where a limit was passed."""
    program = str(Path(sysconfig.get_path("scripts")) / "nanites")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["git", "init", "-q", name], check=True)
        (folder / "task.json").write_text('{"task": "Make it so", "targets": ["a.py"]}', encoding="utf-8")
        commands = {
            "help": [program, "--help"],
            "submit": [program, "submit", "--kind", "patch", "Make it so", "--target", "a.py"],
            "submit_file": [program, "submit", "task.json"],
        }
        figures: dict[str, dict[str, float | bool]] = {}
        for figure, command in commands.items():
            measured = measure(command, folder)
            figures[figure] = {**measured, "limit_ms": LIMIT_MS, "kept": measured["median_ms"] <= LIMIT_MS}
        figures["python"] = {**measure([sys.executable, "-c", "pass"], folder)}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0 if all(figure.get("kept", True) for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
