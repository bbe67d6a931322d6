"""Bookings of the meeting rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Booking:
    """A room is taken from `start` until `end`."""

    start: datetime
    end: datetime
    title: str = ""

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def overlaps(first: Booking, second: Booking) -> bool:
    """Tell whether two bookings are in each other's way."""
    return first.start <= second.end and second.start <= first.end


def free_slots(
    bookings: list[Booking], opens: datetime, closes: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the gaps between bookings while the office is open."""
    slots = []
    cursor = opens
    for booking in sorted(bookings, key=lambda one: one.start):
        if booking.start > cursor:
            slots.append((cursor, min(booking.start, closes)))
        cursor = max(cursor, booking.end)
        if cursor >= closes:
            break
    if cursor < closes:
        slots.append((cursor, closes))
    return slots


def describe(booking: Booking) -> str:
    """Return a booking as the door display shows it."""
    hours = f"{booking.start:%H:%M}-{booking.end:%H:%M}"
    return f"{hours} {booking.title}" if booking.title else hours


@dataclass
class Room:
    name: str
    seats: int = 6
    bookings: list[Booking] = field(default_factory=list)

    def conflicts(self, wanted: Booking) -> list[Booking]:
        """Return the bookings that are in the way of another one."""
        return [taken for taken in self.bookings if overlaps(taken, wanted)]

    def book(self, start: datetime, end: datetime, title: str = "") -> Booking:
        """Book the room, or raise ValueError if it is taken."""
        wanted = Booking(start, end, title)
        if self.conflicts(wanted):
            raise ValueError(f"{self.name} is taken")
        self.bookings.append(wanted)
        return wanted

    def cancel(self, booking: Booking) -> None:
        """Take a booking back."""
        self.bookings.remove(booking)

    def on_day(self, day: datetime) -> list[Booking]:
        """Return the bookings that begin on a day, in order."""
        found = [one for one in self.bookings if one.start.date() == day.date()]
        return sorted(found, key=lambda one: one.start)
