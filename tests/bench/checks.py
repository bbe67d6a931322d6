"""What a check costs beside its own command: `python -m tests.bench.checks [TIMES]`.

Prints one JSON object: a figure, its limit and whether it was kept, for each of
    overhead    milliseconds a guard adds to `true`, p50, for each guard that works here, and the bare command
    worktree    milliseconds to make a scratch copy of 2,000 files with one edit, p50; the same by `git worktree add`
                and by `cp -a` are its peers, and the time to remove it is told
    whole       milliseconds of `run_commands` with `true` on that repository, p50
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.checks.command import run_commands
from workbench.checks.environment import environment
from workbench.checks.guard import Guard, GuardName, choose, probe
from workbench.checks.worktree import Worktree, scratch
from workbench.model import FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

FILES = 2_000
EDIT = FileEdit(path="package7/module7.py", before=None, after=b"x = 2\n")


def make_repository(root: Path) -> Repository:
    """Make a repository of 2,000 files of 1,200 bytes in 40 folders, committed."""
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for number in range(FILES):
        place = root / f"package{number % 40}" / f"module{number}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"value_{number} = 1\n" * 80)
    (root / EDIT.path).unlink()
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    who = ["-c", "user.name=a", "-c", "user.email=a@localhost"]
    subprocess.run(["git", *who, "commit", "-q", "-m", "all"], cwd=root, check=True)
    return Repository(root.resolve())


def median(times: int, action: Callable[[], object]) -> float:
    """Return the median of `times` runs of `action` in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return round(1_000 * statistics.median(taken), 1)


def overhead(times: int, folder: Path) -> dict[str, Any]:
    """Measure each guard around a command that does nothing, bare and guarded in turn."""
    worktree = Worktree(folder / "base", folder / "repository")
    for place in (worktree.tree, worktree.home, worktree.temporary, worktree.root):
        place.mkdir(parents=True)
    variables = environment(worktree, "bench")
    program = shutil.which("true") or "/bin/true"
    found: dict[str, Any] = {"limit": 40}
    names: tuple[GuardName, ...] = ("bubblewrap", "namespaces", "landlock")
    for name in names:
        fault = probe(name)
        if fault is not None:
            found[name] = f"not measured: {fault}"
            continue

        def guarded(name: GuardName = name) -> None:
            line = Guard(name).line([program], worktree, variables, CheckSettings())
            subprocess.run(line, env=variables, cwd=worktree.tree, check=True)

        bare = median(times, lambda: subprocess.run([program], env=variables, cwd=worktree.tree, check=True))
        held = median(times, guarded)
        found[name] = {"bare": bare, "guarded": held, "added": round(held - bare, 1), "kept": held - bare <= 40}
    return found


async def worktree(times: int, repository: Repository, folder: Path) -> dict[str, Any]:
    """Measure making and removing a scratch copy, and its peers on the same repository."""
    made, gone = [], []
    for _ in range(times):
        began = time.perf_counter()
        async with scratch(repository, [EDIT], bind=True):
            made.append(time.perf_counter() - began)
            leaving = time.perf_counter()
        gone.append(time.perf_counter() - leaving)
    ours = round(1_000 * statistics.median(made), 1)

    def by_git() -> None:
        goal = folder / "linked"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(goal)], cwd=repository.root, check=True)

    def by_git_forgotten() -> None:
        subprocess.run(["git", "worktree", "prune"], cwd=repository.root, check=True)

    def by_cp() -> None:
        subprocess.run(["cp", "-a", str(repository.root), str(folder / "copied")], check=True)

    peers = {}
    for name, action, goal in (("git worktree add", by_git, "linked"), ("cp -a", by_cp, "copied")):
        taken = []
        for _ in range(max(3, times // 3)):
            taken.append(median(1, action))
            shutil.rmtree(folder / goal)
            by_git_forgotten()
        peers[name] = statistics.median(taken)
    removed = round(1_000 * statistics.median(gone), 1)
    return {"limit": 150, "made": ours, "kept": ours <= 150, "removed": removed, "peers": peers}


async def whole(times: int, repository: Repository) -> dict[str, Any]:
    """Measure one check from its call to its outcome."""
    settings = CheckSettings(allow=("true",))
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        (check,) = await run_commands(repository, [EDIT], ["true"], settings)
        taken.append(time.perf_counter() - began)
        assert check.ok, check.output
    return {"guard": choose().name, "p50": round(1_000 * statistics.median(taken), 1)}


def main() -> None:
    """Measure, print, and fail where a limit was not kept."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory(prefix="nanites-bench-") as name:
        folder = Path(name).resolve()
        (folder / "guards").mkdir()
        figures: dict[str, Any] = {"cpus": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
        figures["overhead"] = overhead(2 * times, folder / "guards")
        repository = make_repository(folder / "large")
        figures["worktree"] = asyncio.run(worktree(times, repository, folder))
        figures["whole"] = asyncio.run(whole(times, repository))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
