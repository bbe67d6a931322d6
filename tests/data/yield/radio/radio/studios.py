"""The studios, which members and guests can book for a day. Times are minutes since midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPENS = 8 * 60
CLOSES = 22 * 60
HALF_HOUR = 600  # cents
MEMBER_PERCENT = 50


@dataclass(frozen=True)
class Booking:
    """A studio for somebody."""

    who: str
    day: date
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long the studio is needed."""
        return self.end - self.start


def fee(minutes: int, member: bool = False) -> int:
    """Return the cents that a booking costs; members pay half."""
    cents = minutes // 30 * HALF_HOUR
    if member:
        cents = cents * MEMBER_PERCENT // 100
    return cents


def gaps(bookings: list[Booking]) -> list[tuple[int, int]]:
    """Return when a studio is free on a day, given all the bookings of that day."""
    free = []
    last = OPENS
    for booking in sorted(bookings, key=lambda booking: booking.start):
        if booking.start > last:
            free.append((last, booking.start))
        last = max(last, booking.end)
    if last < CLOSES:
        free.append((last, CLOSES))
    return free


def busiest(bookings: list[Booking]) -> date | None:
    """Return the day with the most minutes booked, the earlier one of two."""
    minutes: dict[date, int] = {}
    for booking in bookings:
        minutes[booking.day] = minutes.get(booking.day, 0) + booking.minutes
    return max(sorted(minutes), key=lambda day: minutes[day], default=None)


class Studio:
    """A studio and its bookings."""

    def __init__(self, name: str, seats: int = 4) -> None:
        self.name = name
        self.seats = seats
        self.bookings: list[Booking] = []

    def __repr__(self) -> str:
        return f"Studio({self.name!r}, {len(self.bookings)} bookings)"

    def on(self, day: date) -> list[Booking]:
        """Return the bookings of a day."""
        return sorted((booking for booking in self.bookings if booking.day == day), key=lambda booking: booking.start)

    def book(self, who: str, day: date, start: int, end: int) -> Booking:
        """Book the studio.

        Raises:
            ValueError: it is closed or taken then.
        """
        if not OPENS <= start < end <= CLOSES:
            raise ValueError("the studio is closed then")
        for other in self.on(day):
            if start < other.end and other.start < end:
                raise ValueError(f"{self.name} is taken by {other.who}")
        booking = Booking(who, day, start, end)
        self.bookings.append(booking)
        return booking

    def cancel(self, who: str, day: date) -> Booking:
        """Cancel what somebody booked on a day, and return it."""
        found = [booking for booking in self.on(day) if booking.who == who]
        booking = found[0]
        self.bookings.remove(booking)
        return booking

    def used(self, day: date) -> float:
        """Return which part of the opening hours is booked on a day."""
        return sum(booking.minutes for booking in self.on(day)) / (CLOSES - OPENS)
