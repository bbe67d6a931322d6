"""A program in a terminal of its own, as a bench sees it: what it paints, and what CPU and memory that took."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from types import TracebackType

PAINT_SECONDS = 60.0


class Terminal:
    """A child process on a pseudo-terminal. CPU is user and system time of that process, in seconds."""

    def __init__(self, command: list[str], folder: Path, *, columns: int = 120, rows: int = 40) -> None:
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(folder)}
        environment.pop("TMUX", None)
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            # The size must stand before the program looks.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, environment)
        self.output = b""

    def read(self, seconds: float) -> bytes:
        """Take in what is painted for so long, and return it."""
        until, found = time.monotonic() + seconds, b""
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._master], [], [], left)
            if not ready:
                break
            try:
                found += os.read(self._master, 1 << 16)
            except OSError:
                break
        self.output += found
        return found

    def wait_for(self, words: bytes) -> float:
        """Return the CPU used until words are painted; the program stands still while it is read.

        Raises:
            TimeoutError: they never were.
        """
        until = time.monotonic() + PAINT_SECONDS
        while words not in self.output:
            ready, _, _ = select.select([self._master], [], [], 1)
            if ready:
                self.output += os.read(self._master, 1 << 16)
            if time.monotonic() > until:
                raise TimeoutError(f"{words!r} was never painted")
        os.kill(self.pid, signal.SIGSTOP)
        try:
            return self.cpu()
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def send(self, keys: bytes) -> None:
        """Type."""
        os.write(self._master, keys)

    def cpu(self) -> float:
        """Return the CPU used so far: of all threads that live, to the nanosecond, where Linux tells."""
        total = 0
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return max(total / 1e9, ticks)  # threads that ended are in the ticks alone

    def memory(self) -> int:
        """Return the bytes that the process has in memory."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Ctrl+q quits any Textual app; ours takes the runner that it started along. A question on top goes first.
        until = time.monotonic() + 10
        self.send(b"\x1b")
        self.read(0.5)
        self.send(b"\x11")
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            self.read(0.05)  # what it writes at the end must go somewhere
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self._master)
