"""How a tree of processes is ended that may grow faster than it is cut down: it is stopped first, then killed."""

from __future__ import annotations

import os

from workbench.checks.jail.kernel import SIGKILL, SIGSTOP

_ROUNDS = 1_000


def descendants(leader: int) -> list[int]:
    """Return the processes below `leader`, those nearest to it first.

    Raises:
        OSError: the kernel does not tell the children of a process (`CONFIG_PROC_CHILDREN`).
    """
    found: list[int] = []
    ahead = [leader]
    for pid in ahead:
        below = _children(pid)
        found += below
        ahead += below
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as stream:
                found += map(int, stream.read().split())
        except OSError:
            # A thread may end at any moment; that no process has such a file is another matter.
            if not os.path.exists("/proc/self/task") or not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
                raise
    return found


def is_dead(pid: int) -> bool:
    """Return whether a process has ended, though its parent may not have asked yet."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stream:
            return stream.read().rpartition(b")")[2].split()[0] in {b"Z", b"X"}
    except (OSError, IndexError):
        return True


def end_below(leader: int) -> None:
    """Kill every process below `leader`. Orphans must fall to it (`PR_SET_CHILD_SUBREAPER`), or they are missed."""
    stopped: set[int] = set()
    for _ in range(_ROUNDS):
        # A stopped process makes no others, and its number is not given away: so this comes to an end.
        new = [pid for pid in descendants(leader) if pid not in stopped and not is_dead(pid)]
        if not new:
            break
        for pid in new:
            _send(pid, SIGSTOP)
        stopped.update(new)
    for pid in stopped:
        _send(pid, SIGKILL)


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
