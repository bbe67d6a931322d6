"""Real processes that cost no start: forks of one that has loaded everything and has done nothing with it yet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence


class Forked:
    """A process that runs a function, with the arguments of a command line; to be used as `subprocess.Popen` is."""

    def __init__(self, run: Callable[[], object], arguments: Sequence[str] = ()) -> None:
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 — closed when read
        self.returncode: int | None = None
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._live(run, arguments)

    def _live(self, run: Callable[[], object], arguments: Sequence[str]) -> None:
        code = 1
        try:
            os.dup2(self._out.fileno(), 1)
            os.dup2(self._err.fileno(), 2)
            sys.argv = ["forked", *arguments]
            code = int(run() or 0)  # type: ignore[call-overload]  # what a command returns is its exit code
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def poll(self) -> int | None:
        """Return how it ended, or None while it lives."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: it still lives.
        """
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("forked", timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        """Wait for its end; return what it wrote to stdout and stderr."""
        self.wait(timeout)
        self._out.seek(0)
        self._err.seek(0)
        with self._out, self._err:
            return self._out.read().decode("utf-8", "replace"), self._err.read().decode("utf-8", "replace")
