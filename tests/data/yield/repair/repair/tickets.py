"""Tickets: each device gets one at the door, and keeps it until it goes home."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

LABEL_WIDTH = 24


class State(Enum):
    """How far a repair is."""

    WAITING = "waiting"
    ON_TABLE = "on table"
    REPAIRED = "repaired"
    GIVEN_UP = "given up"


FINISHED = {State.REPAIRED, State.GIVEN_UP}


@dataclass
class Ticket:
    """A device, what is wrong with it, and what was tried."""

    number: int
    device: str
    owner: str
    received: date
    fault: str = ""
    urgent: bool = False
    state: State = State.WAITING
    notes: list[str] = field(default_factory=list)

    def add_note(self, text: str, author: str = "") -> None:
        """Write down what was found or tried."""
        note = text.strip()
        if author:
            note = f"{author}: {note}"
        self.notes.append(note)

    def move(self, state: State) -> None:
        """Say how far the repair is.

        Raises:
            ValueError: it has been finished already.
        """
        if self.state in FINISHED:
            raise ValueError(f"ticket {self.number} is {self.state.value}")
        self.state = state

    def days_here(self, today: date) -> int:
        """Return how many days the device has been in the shelf."""
        return (today - self.received).days


def waiting_list(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return the tickets that wait for a table, the oldest first."""
    waiting = [ticket for ticket in tickets if ticket.state is State.WAITING]
    return sorted(waiting, key=lambda ticket: (ticket.received, ticket.number))


def label(ticket: Ticket) -> list[str]:
    """Return the lines of the sticker that goes onto the device."""
    lines = [f"#{ticket.number:04}", ticket.device, ticket.owner]
    if ticket.urgent:
        lines[0] += " URGENT"
    return [fit(line) for line in lines]


def fit(text: str, width: int = LABEL_WIDTH) -> str:
    """Return a text as one line that is no wider than the sticker."""
    line = " ".join(text.split())
    return line[:width]


def success_rate(tickets: Iterable[Ticket]) -> int:
    """Return how many percent of the finished repairs went well."""
    finished = [ticket for ticket in tickets if ticket.state in FINISHED]
    if not finished:
        return 0
    repaired = sum(ticket.state is State.REPAIRED for ticket in finished)
    return round(100 * repaired / len(finished))


def forgotten(tickets: Iterable[Ticket], today: date, days: int = 60) -> list[Ticket]:
    """Return the finished tickets whose devices nobody has come for in many days."""
    return [ticket for ticket in tickets if ticket.state in FINISHED and ticket.days_here(today) > days]


def search(tickets: Iterable[Ticket], word: str) -> list[Ticket]:
    """Return the tickets that have a word in the device, the fault or the owner."""
    wanted = word.lower()
    return [ticket for ticket in tickets if wanted in f"{ticket.device} {ticket.fault} {ticket.owner}".lower()]
