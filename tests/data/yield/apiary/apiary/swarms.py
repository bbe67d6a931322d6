"""Calls about swarms, and who goes to fetch them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

LADDER_METRES = 2.5


class Call:
    """Somebody rang because of a swarm."""

    def __init__(self, number: int, place: str, phone: str, received: datetime, height: float = 0.0) -> None:
        self.number = number
        self.place = place
        self.phone = phone
        self.received = received
        self.height = height
        self.collector: str | None = None
        self.done = False

    def __repr__(self) -> str:
        return f"Call({self.number}, {self.place!r})"

    @property
    def ladder(self) -> bool:
        """Whether a ladder is needed."""
        return self.height > LADDER_METRES


class CallBook:
    """The book beside the telephone."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def ring(self, place: str, phone: str, received: datetime, height: float = 0.0) -> Call:
        """Write a call down."""
        call = Call(len(self.calls) + 1, place.strip(), clean_phone(phone), received, height)
        self.calls.append(call)
        return call

    def find(self, number: int) -> Call:
        """Return a call.

        Raises:
            KeyError: there is none of that number.
        """
        for call in self.calls:
            if call.number == number:
                return call
        raise KeyError(number)

    def assign(self, number: int, collector: str) -> Call:
        """Write down who goes."""
        call = self.find(number)
        call.collector = collector
        return call

    def finish(self, number: int) -> None:
        """Write down that a swarm was fetched, or had flown."""
        self.find(number).done = True

    def waiting(self) -> list[Call]:
        """Return the calls that nobody took on yet, the oldest first."""
        free = [call for call in self.calls if call.collector is None and not call.done]
        return sorted(free, key=lambda call: call.received)

    def board(self, now: datetime) -> list[str]:
        """Return the lines for the board: '3: Mill Lane 4, for 1 h 25 min, ladder'."""
        lines = []
        for call in self.waiting():
            line = f"{call.number}: {call.place}, for {since(call.received, now)}"
            lines.append(line + ", ladder" if call.ladder else line)
        return lines


def clean_phone(text: str) -> str:
    """Return a telephone number without everything that people write between the digits."""
    return "".join(letter for letter in text if letter.isdigit())


def since(start: datetime, now: datetime) -> str:
    """Return how long ago something was: '1 h 25 min'."""
    hours, minutes = divmod(int((now - start).total_seconds()) // 60, 60)
    return f"{hours} h {minutes} min"


def load(calls: list[Call]) -> Counter[str]:
    """Return how many swarms each collector has still to fetch."""
    return Counter(call.collector for call in calls if call.collector and not call.done)


def next_collector(collectors: list[str], calls: list[Call]) -> str | None:
    """Return who should go next: the one with the least to do, the first of the list among equals."""
    busy = load(calls)
    return min(collectors, key=lambda name: busy[name], default=None)
