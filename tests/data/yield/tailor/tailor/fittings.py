"""Appointments at which customers try on what is being made for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

OPENS = time(9, 0)
CLOSES = time(17, 0)
SLOT_MINUTES = 30


@dataclass
class Fitting:
    """An appointment of a customer with a tailor."""

    customer: str
    tailor: str
    start: datetime
    cancelled: bool = False

    def line(self) -> str:
        """Return the line in the calendar: '09:30 Greta Holm (Ida)'."""
        return f"{self.start:%H:%M} {self.customer} ({self.tailor})"


class FittingBook:
    """All fittings, past and coming."""

    def __init__(self) -> None:
        self.fittings: list[Fitting] = []

    def book(self, customer: str, tailor: str, start: datetime) -> Fitting:
        """Book a fitting."""
        fitting = Fitting(customer, tailor, start)
        self.fittings.append(fitting)
        return fitting

    def on_day(self, day: date) -> list[Fitting]:
        """Return the fittings of a day in the order of their times."""
        found = [fitting for fitting in self.fittings if fitting.start.date() == day]
        return sorted(found, key=lambda fitting: fitting.start)

    def next_for(self, customer: str, now: datetime) -> Fitting | None:
        """Return the next fitting of a customer, None if nothing is booked."""
        coming = [fitting for fitting in self.fittings if fitting.customer == customer and fitting.start >= now]
        return min(coming, key=lambda fitting: fitting.start, default=None)

    def cancel(self, customer: str, start: datetime) -> bool:
        """Cancel a fitting and return whether there was one."""
        for fitting in self.fittings:
            if fitting.customer == customer and fitting.start == start:
                fitting.cancelled = True
                return True
        return False


def slots(day: date, minutes: int = SLOT_MINUTES) -> list[datetime]:
    """Return when fittings of some length can start on a day, one after the other."""
    length = timedelta(minutes=minutes)
    start = datetime.combine(day, OPENS)
    end = datetime.combine(day, CLOSES)
    found = []
    while start + length < end:
        found.append(start)
        start += length
    return found


def duration_text(minutes: int) -> str:
    """Return how long something takes: '45 min'."""
    return f"{minutes} min"
