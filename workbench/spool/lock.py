"""One runner per folder, by a lock of the kernel: it is let go when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from workbench.errors import RunnerBusy
from workbench.spool.folder import Folder

_TRIES = 10
_PAUSE_SECONDS = 0.01


class RunnerLock:
    """Holds the folder for one runner, from `acquire` until `release` or the process's end."""

    def __init__(self, folder: Folder) -> None:
        self._path: Path = folder.lock
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the folder and write this process's pid into the lock file.

        Raises:
            RunnerBusy: another runner is alive; the message names its pid.
            OSError: the lock file cannot be written.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            pid = holder(self._path)
            who = f"process {pid}" if pid else "another process"
            raise RunnerBusy(
                f"{who} already runs this folder", hint="drop files for it, or end it before you start another"
            ) from error
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        except OSError:
            # No room for a number: whoever cannot write here must not hold the folder either.
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the folder go."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Whoever asks whether a runner is alive holds the lock for a moment: see `runner_pid`.
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def holder(path: Path) -> int | None:
    """Return the pid written in a lock file, or None."""
    try:
        return int(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def runner_pid(folder: Folder) -> int | None:
    """Return the pid of the live runner of this folder (0 where it is alive but unnamed), or None."""
    try:
        descriptor = os.open(folder.lock, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return holder(folder.lock) or 0
    else:
        return None
    finally:
        os.close(descriptor)
