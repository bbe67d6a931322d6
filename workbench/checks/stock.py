"""Copies of a repository's files, kept from one check to the next: a scratch copy then links instead of copying.

Making a file costs twenty times what a link costs. A command can write through a link, so after each run every kept
file is looked at, and one that was touched is thrown away: its time of change, which no program can set, tells. One
scratch copy at a time has the stock, so that no command changes what another one sees.
"""

from __future__ import annotations

import atexit
import os
import stat
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.places import new_base, remove

MAX_BYTES = 256 << 20
"""Most bytes that are kept of one repository; what is beyond is copied anew each time."""

_MAX_STOCKS = 4
_FRESH_NANOSECONDS = 2_000_000_000
"""A file changed so lately may change again without its times telling."""

_TICK_SECONDS = 0.012
"""Longer than the kernel's clock for files stands still: what happens after that shows."""

_stocks: dict[Path, Stock] = {}
_guarding = threading.Lock()

Mark = tuple[int, int, int, int, int]


@dataclass(slots=True)
class _Kept:
    """One file: how its source looked, where it lies, and its time of change when it was last given out."""

    seen: Mark
    place: bytes
    size: int
    changed_at: int = 0


class Stock:
    """The kept files of one repository. Not for two threads at once: see `lease`."""

    def __init__(self) -> None:
        self.base = new_base()
        self.lock = threading.Lock()
        self._files: dict[bytes, _Kept] = {}
        self._given: list[_Kept] = []
        self._number = 0
        self._bytes = 0
        self._laid_at = 0.0

    def lay(self, source: bytes, name: bytes, goal: bytes, status: os.stat_result) -> bool:
        """Put a regular file at `goal`, as a link to the kept copy of it; return False where it must be copied.

        A file that went away since its status was taken is left out, as by `copy`.
        """
        if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _FRESH_NANOSECONDS:
            return False
        mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
        kept = self._files.get(name)
        if kept is None or kept.seen != mark:
            self._drop(name)
            if self._bytes + status.st_size > MAX_BYTES or not self._has_room():
                return False
            kept = self._take(source, name, mark)
            if kept is None:
                return True
        try:
            os.link(kept.place, goal)
        except OSError:
            self._drop(name)
            return False
        self._given.append(kept)
        return True

    def _has_room(self) -> bool:
        """Make the folder where it is missing; return whether its times are finer than a second, else nothing shows."""
        try:
            self.base.mkdir(mode=0o700, exist_ok=True)
            return self.base.stat().st_ctime_ns % 1_000_000_000 != 0
        except OSError:
            return False

    def _take(self, source: bytes, name: bytes, mark: Mark) -> _Kept | None:
        self._number += 1
        place = os.fsencode(self.base) + b"/%d" % self._number
        kept = _Kept(mark, place, mark[1])
        if not copy(source, place):
            return None
        self._files[name] = kept
        self._bytes += kept.size
        return kept

    def _drop(self, name: bytes) -> None:
        kept = self._files.pop(name, None)
        if kept is not None:
            self._bytes -= kept.size
            with suppress(OSError):
                os.unlink(kept.place)  # noqa: PTH108 — names stay bytes here

    def note(self) -> None:
        """Note when each file that was given out last changed; linking was a change too."""
        for kept in self._given:
            kept.changed_at = os.lstat(kept.place).st_ctime_ns
        self._laid_at = time.monotonic()

    def settle(self) -> None:
        """Wait until a change of what was given out would show."""
        time.sleep(max(0.0, self._laid_at + _TICK_SECONDS - time.monotonic()))

    def take_back(self) -> None:
        """Throw away what a command has touched. To be called when it has ended, before its scratch copy is removed."""
        given = {kept.place for kept in self._given}
        self._given = []
        for name, kept in list(self._files.items()):
            if kept.place in given:
                try:
                    is_same = os.lstat(kept.place).st_ctime_ns == kept.changed_at
                except OSError:
                    is_same = False
                if not is_same:
                    self._drop(name)


def lease(root: Path) -> Stock | None:
    """Return the stock of a repository for one scratch copy; None where others have it, or have all there may be.

    Its lock is held from then on; `give_back` ends the lease.
    """
    with _guarding:
        stock = _stocks.get(root)
        if stock is None:
            idle = next((other for other, one in _stocks.items() if not one.lock.locked()), None)
            if len(_stocks) >= _MAX_STOCKS:
                if idle is None:
                    return None
                _forget(idle)
            stock = _stocks[root] = Stock()
        return stock if stock.lock.acquire(blocking=False) else None


def give_back(stock: Stock, base: Path) -> None:
    """Remove a scratch copy that had a stock, and end the lease. To be called when its commands have ended."""
    try:
        stock.take_back()
        # Removing a link is a change of the kept file too, so this comes after the look and before the next lease.
        remove(base)
    finally:
        stock.lock.release()


def _forget(root: Path) -> None:
    stock = _stocks.pop(root, None)
    if stock is not None:
        remove(stock.base)


@atexit.register
def forget_all() -> None:
    """Remove all stocks of this process."""
    for root in list(_stocks):
        _forget(root)


def copy(source: bytes, goal: bytes) -> bool:
    """Copy a regular file with its permissions; nothing is followed, nothing is replaced.

    Returns:
        False where there is no such file: it went away, as an editor's temporary ones do.
    """
    try:
        reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        mode = stat.S_IMODE(os.fstat(reading).st_mode) & 0o777
        writing = os.open(goal, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
        try:
            while chunk := os.read(reading, 1_048_576):
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(writing, rest) :]
        finally:
            os.close(writing)
    finally:
        os.close(reading)
    return True
