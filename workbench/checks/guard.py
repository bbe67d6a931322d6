"""Which guard stands around a check's command on this machine, and the command line that puts it there.

In this order: `bubblewrap`; `namespaces`, the same without its help; `landlock`, where the kernel lets nobody make
namespaces; `sandbox-exec` on macOS. Each is tried before it is trusted, and what it held is written into the check.
"""

from __future__ import annotations

import marshal
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from workbench.checks import profile
from workbench.checks.processes import tasks_of_the_user
from workbench.checks.view import View, readable, view
from workbench.checks.worktree import Worktree, empty
from workbench.settings import CheckSettings

GuardName = Literal["bubblewrap", "namespaces", "landlock", "sandbox-exec", "none"]

HOLDS: dict[GuardName, str] = {
    "bubblewrap": "no network, no home, no other processes, nothing written outside its copy",
    "namespaces": "no network, no home, no other processes, nothing written outside its copy",
    "landlock": "no sockets at all, no home, nothing written outside its copy; names of other processes can be seen",
    "sandbox-exec": "no network, no home, nothing written outside its copy (this guard has not been tested)",
    "none": "nothing but limits on time, memory and output: a command can do what you can do",
}
_PROBE_SECONDS = 20
_THREADS = 4
_SHARED_MEMORY_BYTES = 256 << 20
_START = "import sys; sys.path[:0] = [sys.argv.pop(1)]; from workbench.checks.jail.enter import main; main()"
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


@dataclass(frozen=True)
class Guard:
    """One way to hold a command.

    Attributes:
        name: which.
        refused: why the better ones could not be had, each in a few words.
    """

    name: GuardName
    refused: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the command has a root and processes of its own: the kernel ends all that it started."""
        return self.name in {"bubblewrap", "namespaces"}

    def line(
        self, argv: Sequence[str], worktree: Worktree, variables: Mapping[str, str], settings: CheckSettings
    ) -> list[str]:
        """Return what is executed to run `argv` (its first word a path) in the worktree, held by this guard."""
        seen = view(worktree, argv[0], variables)
        spec = _spec(self.name, seen, worktree, settings)
        inner = [sys.executable, "-I", "-S", "-c", _START, _package_root(), marshal.dumps(spec).hex(), *argv]
        if self.name == "bubblewrap":
            return [*_bubblewrap(seen, worktree), "--", *inner]
        if self.name == "sandbox-exec":
            return ["/usr/bin/sandbox-exec", "-p", profile.text(seen), *inner]
        return inner


@lru_cache(maxsize=1)
def choose() -> Guard:
    """Return the best guard that works on this machine, found by trying; `none` where there is none.

    Takes some 50 ms the first time.
    """
    names: tuple[GuardName, ...] = (
        ("sandbox-exec",) if sys.platform == "darwin" else ("bubblewrap", "namespaces", "landlock")
    )
    refused: tuple[str, ...] = ()
    for name in names:
        fault = probe(name)
        if fault is None:
            return Guard(name, refused)
        refused = (*refused, f"{name}: {fault}")
    return Guard("none", refused)


def probe(name: GuardName) -> str | None:
    """Try a guard on a command that does nothing; return why it cannot be had, or None where it works."""
    if name == "bubblewrap" and _helper() is None:
        return "bwrap is not installed"
    program = shutil.which("true") or "/bin/true"
    with empty() as worktree:
        try:
            done = subprocess.run(
                Guard(name).line([program], worktree, {"PATH": os.defpath}, CheckSettings()),
                cwd=worktree.tree,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PROBE_SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
    if done.returncode == 0:
        return None
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return (said[-1] if said else f"exit code {done.returncode}").removeprefix("nanites-guard: ")


@lru_cache(maxsize=1)
def _helper() -> str | None:
    # The system's own folders only: a program of this name elsewhere on PATH might be anybody's.
    return shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin:/run/current-system/sw/bin")


def _package_root() -> str:
    return str(Path(__file__).resolve().parents[2])


def _spec(name: GuardName, seen: View, worktree: Worktree, settings: CheckSettings) -> dict[str, Any]:
    """Return what the program inside is told to give up."""
    spaces = name == "namespaces"
    own_root = name in {"bubblewrap", "namespaces"}
    read = [str(part) for place in seen.read for part in readable(place, seen.hidden)]
    read += [str(goal) for _, goal in seen.bound if own_root]
    root = worktree.base / "root"
    if spaces:
        root.mkdir(mode=0o700, exist_ok=True)
    held = name not in {"none", "sandbox-exec"}
    return {
        "spaces": spaces,
        "reaper": name in {"landlock", "none"} and sys.platform == "linux",
        "landlock": name == "landlock",
        "confined": held,
        "root": str(root),
        "mounts": _mounts(seen) if spaces else [],
        "read": [*read, "/proc", *(["/dev"] if own_root else [])] if held else [],
        "write": _writable(seen, own_root=own_root) if held else [],
        "sockets": "inner" if own_root else "none",
        "folder": str(worktree.tree),
        # The kernel counts no process of a root, and without a namespace all that the user has.
        "count": held and os.geteuid() != 0,
        # The kernel counts threads too; `Watch` counts processes alone, and is what most commands meet first.
        "processes": _THREADS * settings.processes + (tasks_of_the_user() if name == "landlock" else 0),
        "limits": {
            "cpu": math.ceil(settings.timeout) + 5,
            "data": settings.memory_mb << 20,
            "file": settings.file_mb << 20,
            "core": 0,
        },
    }


def _writable(seen: View, *, own_root: bool) -> list[str]:
    goals = [str(goal) for source, goal in seen.write if own_root or source == goal]
    devices = [f"/dev/{name}" for name in _DEVICES]
    return [*goals, *devices, *(["/dev/shm", "/dev/pts", "/dev/ptmx"] if own_root else [])]  # noqa: S108


def _mounts(seen: View) -> list[tuple[str, str, str]]:
    found = [("link", goal, str(place)) for place, goal in seen.links]
    places = [(len(place.parts), "read", place, place) for place in seen.read]
    places += [(len(goal.parts), "write", source, goal) for source, goal in seen.write]
    places += [(len(goal.parts), "read", source, goal) for source, goal in seen.bound]
    found += [(kind, str(source), str(goal)) for _, kind, source, goal in sorted(places, key=lambda one: one[0])]
    return [*found, *(("hide", "", str(place)) for place in seen.hidden)]


def _bubblewrap(seen: View, worktree: Worktree) -> list[str]:
    line = [
        _helper() or "bwrap",
        *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "check"),
    ]
    for kind, source, goal in _mounts(seen):
        if kind == "link":
            line += ["--symlink", source, goal]
        elif kind == "hide":
            line += ["--tmpfs", goal] if Path(goal).is_dir() else ["--ro-bind", os.devnull, goal]
        else:
            line += ["--ro-bind" if kind == "read" else "--bind", source, goal]
    shared = ["--perms", "1777", "--size", str(_SHARED_MEMORY_BYTES), "--tmpfs", "/dev/shm"]  # noqa: S108
    return [*line, "--proc", "/proc", "--dev", "/dev", *shared, "--remount-ro", "/", "--chdir", str(worktree.tree)]
