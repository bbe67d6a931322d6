"""A cache in memory whose entries go stale."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from typing import Any

log = logging.getLogger(__name__)


class TTLCache:
    """Maps keys to values, each for `ttl` seconds.

    Args:
        ttl: how long an entry is good.
        max_size: how many entries there may be; the oldest goes first.
        clock: tells the time in seconds; tests put their own here.
    """

    def __init__(
        self,
        ttl: float = 300.0,
        max_size: int = 1000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ttl = ttl
        self.max_size = max_size
        self._clock = clock
        self._entries: dict[Hashable, tuple[float, Any]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def set(self, key: Hashable, value: Any) -> None:
        """Store a value."""
        self._entries.pop(key, None)
        while len(self._entries) >= self.max_size:
            oldest = next(iter(self._entries))
            del self._entries[oldest]
        self._entries[key] = (self._clock() + self.ttl, value)

    def get(self, key: Hashable, default: Any = None) -> Any:
        """Return the value of a key, or `default` if it is missing or stale."""
        entry = self._entries.get(key)
        if entry is None:
            return default
        expires, value = entry
        if self._clock() >= expires:
            del self._entries[key]
            return default
        return value

    def get_or_set(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the value of a key; make and store it first if needed."""
        missing = object()
        value = self.get(key, missing)
        if value is missing:
            value = make()
            self.set(key, value)
        return value

    def purge(self) -> None:
        """Remove all entries that are stale."""
        now = self._clock()
        stale = [key for key, (expires, _) in self._entries.items() if now >= expires]
        for key in stale:
            del self._entries[key]

    def clear(self) -> None:
        """Remove everything."""
        log.debug("cache cleared")
        self._entries.clear()
