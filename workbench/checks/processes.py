"""The processes of a running command: how many there are, what they take, and how all of them are ended."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.environment import MARK
from workbench.settings import CheckSettings

_LEAST_FREE = 0.03
"""Of the machine's memory: with less than this left, the command is ended before the system ends something else."""
_DISK_FACTOR = 4
_ROUNDS = 200


def descendants(leader: int) -> list[int]:
    """Return the processes below `leader`, those nearest to it first."""
    found: list[int] = []
    ahead = [leader]
    while ahead:
        below = _children(ahead.pop(0))
        found += below
        ahead += below
    return found


def _children(pid: int) -> list[int]:
    try:
        texts = [(thread / "children").read_text() for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return _children_slowly(pid)
    return [int(word) for text in texts for word in text.split()]


def _children_slowly(pid: int) -> list[int]:
    import psutil

    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.Error:
        return []


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
        pids = descendants(self.leader)
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
    for _ in range(_ROUNDS):
        # Whoever loses a parent falls to the guard's own process, which is ended last: so none is lost from sight.
        below = [pid for pid in descendants(leader) if not _is_dead(pid)]
        if not below:
            break
        for pid in below:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] in {b"Z", b"X"}
    except (FileNotFoundError, ProcessLookupError):
        return Path("/proc/self/stat").exists()
    except (OSError, IndexError):
        return False


def end_marked(mark: str) -> None:
    """Kill every process of this user that carries `mark` in its environment, wherever it has gone."""
    import psutil

    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == mark:
                process.kill()
