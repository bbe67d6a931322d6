"""Where scratch copies lie: folders named after the process that made them, so that those of the dead can be swept."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "nanites-scratch-"


def remove(base: Path) -> None:
    """Remove a scratch copy; what a command made read-only is made writable first."""
    for attempt in range(3):
        shutil.rmtree(base, ignore_errors=True)
        if not base.exists():
            return
        for folder, _, _ in os.walk(base):
            with suppress(OSError):
                Path(folder).chmod(0o700)
        if attempt == 2:
            shutil.rmtree(base, ignore_errors=True)


def sweep() -> None:
    """Remove scratch copies whose process is dead."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        stale = [
            Path(entry.path)
            for entry in entries
            if entry.name.startswith(PREFIX)
            and entry.is_dir(follow_symlinks=False)
            and entry.stat(follow_symlinks=False).st_uid == os.getuid()
            and _is_stale(entry.name)
        ]
        for base in stale:
            remove(base)


def _is_stale(name: str) -> bool:
    owner = name.removeprefix(PREFIX).split("-")
    if len(owner) != 3 or not (owner[0].isdecimal() and owner[1].isdecimal()):
        return False
    began = _began(int(owner[0]))
    return began is not None and began != int(owner[1])


def _began(pid: int) -> int | None:
    """Return when a process began, 0 where there is none, None where it cannot be told.

    Linux counts from the machine's start, so that a step of the clock makes nobody another process; elsewhere these are
    seconds since the epoch.
    """
    with suppress(OSError, ValueError, IndexError):
        # The name in brackets may hold anything; what comes after the last bracket is numbers.
        return int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19])
    import psutil

    try:
        return int(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0
    except psutil.Error:
        return None


def new_base() -> Path:
    """Return a name for a folder of this process; nothing is made."""
    # When this process began tells it from a later one with the same number.
    began = _began(os.getpid()) or 0
    return Path(tempfile.gettempdir()).resolve() / f"{PREFIX}{os.getpid()}-{began}-{secrets.token_hex(4)}"
