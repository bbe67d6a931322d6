"""What the repo map costs: Django's source archive, cold, after one change, and with nothing changed.

`python -m tests.bench.repo_map [FOLDER]` fetches the archive from the package index (or takes the unpacked FOLDER) and
prints one JSON object: for each figure all runs in seconds, the limit, and whether the median keeps it. Aider took
10.1 s cold and 1.7 s after one change on a machine like the one the limits were set on.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from workbench.context.repo_map import RepoMap, repo_map

RUNS = 5
COLD_LIMIT = 3.3
CHANGE_LIMIT = 0.2
TARGET = "django/db/models/query.py"
TASK = "Let QuerySet.bulk_create accept a callback that is called after each batch."


def fetch(folder: Path) -> Path:
    """Return the unpacked source archive of Django."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "django", "django>=5.2,<5.3"]
    subprocess.run([*pip, "-d", str(folder)], check=True)
    with tarfile.open(next(folder.glob("[Dd]jango-*.tar.gz"))) as opened:
        opened.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def timed(root: Path, files: list[str], cache: Path) -> tuple[float, RepoMap]:
    """Return how long one map took, and the map."""
    begun = time.perf_counter()
    made = repo_map(root, files, mentioned=TASK, targets=[TARGET], shown=[TARGET], budget=1_000, cache=cache)
    return round(time.perf_counter() - begun, 3), made


def figure(runs: list[float], limit: float) -> dict[str, object]:
    """Return one figure of the report."""
    return {
        "runs_s": runs,
        "median_s": statistics.median(runs),
        "limit_s": limit,
        "kept": statistics.median(runs) <= limit,
    }


def main() -> int:
    """Measure, print, and return 1 where a limit was passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(folder)
        files = sorted(str(path.relative_to(root)) for path in root.rglob("*.py"))
        cache, target = folder / "map.jsonl", root / TARGET
        cold, change, same = [], [], []
        before = target.read_bytes()
        try:
            for number in range(RUNS):
                cache.unlink(missing_ok=True)
                cold.append(timed(root, files, cache)[0])
                target.write_bytes(before + b"\n# %d\n" % number)
                seconds, made = timed(root, files, cache)
                assert made.parsed == 1
                change.append(seconds)
                same.append(timed(root, files, cache)[0])
        finally:
            target.write_bytes(before)
    report = {
        "files": made.known,
        "on_map": {"files": made.files, "definitions": made.definitions},
        "cold": figure(cold, COLD_LIMIT),
        "after_one_change": figure(change, CHANGE_LIMIT),
        "nothing_changed": figure(same, CHANGE_LIMIT),
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return 0 if all(one.get("kept", True) for one in report.values() if isinstance(one, dict)) else 1


if __name__ == "__main__":
    sys.exit(main())
