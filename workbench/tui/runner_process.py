"""Starts the folder's runner where none is alive: a process of its own, which a closed terminal does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from workbench.spool.folder import Folder
from workbench.spool.lock import runner_pid

IDLE_MINUTES = 30
"""How long a runner that the screen started stays without work, so that a forgotten one ends by itself."""

_LOG_NAME = "runner.log"


class RunnerProcess:
    """The runner as the screen sees it: started here, or found alive."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._started: subprocess.Popen[bytes] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the runner that is alive was started here."""
        started = self._started
        return started is not None and started.poll() is None and self.pid() in {started.pid, 0}

    def pid(self) -> int | None:
        """Return the pid of the live runner, or None."""
        return runner_pid(self._folder)

    def start(self) -> None:
        """Start a runner if none is alive and none is just starting.

        Raises:
            OSError: the process cannot be started.
        """
        if self.pid() is not None or (self._started is not None and self._started.poll() is None):
            return
        command = [sys.executable, "-m", "workbench.cli", "--repo", str(self._folder.root), "run"]
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        log = os.open(self._folder.path / _LOG_NAME, flags, 0o600)
        try:
            self._started = subprocess.Popen(
                [*command, "--idle-minutes", str(IDLE_MINUTES)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                cwd=self._folder.root,
            )
        finally:
            os.close(log)

    def failure(self) -> str | None:
        """Return the last words of a runner started here that ended with an error, else None."""
        if self._started is None or self._started.poll() in {None, 0, -signal.SIGTERM}:
            return None
        try:
            words = (self._folder.path / _LOG_NAME).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            words = []
        return words[-1] if words else f"the runner ended with code {self._started.returncode}"

    def stop(self) -> None:
        """Ask the runner that was started here to end; what it was on goes on at the next start."""
        if self.is_ours and self._started is not None:
            self._started.send_signal(signal.SIGTERM)
