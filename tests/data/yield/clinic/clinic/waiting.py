"""The waiting room: tickets are drawn at the door and called at the desks."""

from __future__ import annotations

import math
from collections import deque

LAST_NUMBER = 999


class WaitingRoom:
    """People who wait, in the order in which they are called.

    Attributes:
        called: tickets that were called, the latest last.
    """

    def __init__(self, letter: str = "A", minutes_each: int = 6) -> None:
        self.letter = letter
        self.minutes_each = minutes_each
        self.called: list[str] = []
        self._waiting: deque[str] = deque()
        self._last = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def draw(self) -> str:
        """Return a new ticket such as A007 and put it at the end of the line."""
        self._last += 1
        ticket = f"{self.letter}{self._last:03d}"
        self._waiting.append(ticket)
        return ticket

    def call_next(self) -> str:
        """Call whoever is first in the line."""
        ticket = self._waiting.popleft()
        self.called.append(ticket)
        return ticket

    def leave(self, ticket: str) -> None:
        """Take a ticket out of the line because its holder went home."""
        self._waiting.remove(ticket)

    def ahead_of(self, ticket: str) -> int:
        """Return how many are called before a ticket."""
        return self._waiting.index(ticket)

    def wait_minutes(self, ticket: str) -> int:
        """Return how long the holder of a ticket has to wait, as far as we can tell."""
        return self.ahead_of(ticket) * self.minutes_each

    def board(self, rows: int = 3) -> list[str]:
        """Return what the board shows: the tickets that were called last, the latest first."""
        return list(reversed(self.called[-rows:]))


def desks_needed(waiting: int, minutes_each: int, within: int) -> int:
    """Return how many desks it takes to call everybody who waits within so many minutes."""
    if waiting <= 0:
        return 0
    return math.ceil(waiting * minutes_each / within)
