"""The processes of a running command: how many there are, what they take, and how all of them are ended."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.environment import MARK
from workbench.checks.jail.ending import descendants, end_below
from workbench.settings import CheckSettings

_LEAST_FREE = 0.03
"""Of the machine's memory: with less than this left, the command is ended before the system ends something else."""
_DISK_FACTOR = 4


def below(leader: int) -> list[int]:
    """Return the processes below `leader`, those nearest to it first."""
    if sys.platform == "linux":
        with suppress(OSError):
            return descendants(leader)
    import psutil

    try:
        return [child.pid for child in psutil.Process(leader).children(recursive=True)]
    except psutil.Error:
        return []


def tasks_of_the_user() -> int:
    """Return how many processes and threads this user has, which is what the kernel counts for its limit."""
    user, found = os.getuid(), 0
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            if entry.name.isdecimal() and entry.stat().st_uid == user:
                found += len(os.listdir(f"/proc/{entry.name}/task"))  # noqa: PTH208 — no path object for each
    return found


@dataclass(frozen=True)
class Watch:
    """Looks at a running command and says when it takes more than it may.

    Attributes:
        base: its folder, on the disk it may fill.
        free_at_first: bytes free on that disk when it began.
    """

    leader: int
    settings: CheckSettings
    base: Path
    free_at_first: int

    @classmethod
    def of(cls, leader: int, settings: CheckSettings, base: Path) -> Watch:
        """Return a watch over the command that `leader` began."""
        return cls(leader, settings, base, _free(base))

    def excess(self) -> str:
        """Return what the command has too much of, or nothing."""
        pids = below(self.leader)
        if len(pids) > self.settings.processes:
            return f"it had more than {self.settings.processes} processes"
        limit = self.settings.memory_mb << 20
        if sum(map(_memory, pids)) > limit:
            return f"it took more than {self.settings.memory_mb:,} MiB of memory"
        if _is_memory_short():
            return "the machine ran out of memory"
        room = _DISK_FACTOR * self.settings.file_mb << 20
        if self.free_at_first - _free(self.base) > room:
            return f"the disk lost more than {room >> 20:,} MiB while it ran"
        return ""


def _free(place: Path) -> int:
    try:
        status = os.statvfs(place)
    except OSError:
        return 0
    return status.f_bavail * status.f_frsize


def _memory(pid: int) -> int:
    """Return the bytes that a process has for itself."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def _is_memory_short() -> bool:
    try:
        lines = Path("/proc/meminfo").read_text().split("\n", 4)
        figures = {line.split(":")[0]: int(line.split()[1]) for line in lines[:3]}
    except (OSError, ValueError, IndexError):
        return False
    return figures.get("MemAvailable", 1) < _LEAST_FREE * figures.get("MemTotal", 0)


def end_tree(leader: int) -> None:
    """Kill a command with all that it started, also what left its group or session."""
    if sys.platform == "linux":
        with suppress(OSError):
            end_below(leader)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def end_marked(mark: str) -> None:
    """Kill every process of this user that carries `mark` in its environment, wherever it has gone."""
    import psutil

    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == mark:
                process.kill()
