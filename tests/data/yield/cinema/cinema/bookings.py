"""Reservations at the box office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOLD_MINUTES = 30


@dataclass
class Booking:
    """Seats that are held for somebody."""

    number: int
    name: str
    film: str
    start: datetime
    seats: list[str] = field(default_factory=list)
    paid: bool = False

    def expires(self) -> datetime:
        """Return until when the seats are held."""
        return self.start - timedelta(minutes=HOLD_MINUTES)

    def text(self) -> str:
        """Return the line that is read out at the box office."""
        state = "paid" if self.paid else "open"
        return f"#{self.number} {self.name}: {len(self.seats)} seats ({state})"


class Bookings:
    """All reservations, by their number."""

    def __init__(self) -> None:
        self._bookings: dict[int, Booking] = {}
        self._next = 1

    def __len__(self) -> int:
        return len(self._bookings)

    def add(self, name: str, film: str, start: datetime, seats: list[str]) -> Booking:
        """Make a reservation."""
        booking = Booking(self._next, name, film, start, list(seats))
        self._bookings[booking.number] = booking
        self._next += 1
        return booking

    def get(self, number: int) -> Booking | None:
        """Return a reservation, None if there is none with this number."""
        return self._bookings.get(number)

    def cancel(self, number: int) -> None:
        """Remove a reservation."""
        del self._bookings[number]

    def pay(self, number: int) -> None:
        """Note that a reservation is paid."""
        self._bookings[number].paid = True

    def find(self, name: str) -> list[Booking]:
        """Return the reservations of a name."""
        return [booking for booking in self._bookings.values() if booking.name == name]

    def of_film(self, film: str) -> list[Booking]:
        """Return the reservations for a film."""
        return [booking for booking in self._bookings.values() if booking.film == film]

    def seats_sold(self, film: str) -> int:
        """Return how many seats of a film are reserved."""
        return sum(len(booking.seats) for booking in self.of_film(film))

    def expired(self, now: datetime) -> list[Booking]:
        """Return the reservations that are not held any longer."""
        return [booking for booking in self._bookings.values() if now > booking.expires()]
