"""The studios of the school and their bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

METRES_PER_DANCER = 4


@dataclass(frozen=True)
class Studio:
    """A room to dance in; length and width are in metres, the rent in euros an hour."""

    name: str
    length: float
    width: float
    rent: float = 20.0

    def area(self) -> float:
        """Return the area of the floor in square metres."""
        return self.length * self.width

    def capacity(self) -> int:
        """Return how many people can dance here at a time."""
        return int(self.area() // METRES_PER_DANCER)


@dataclass(frozen=True)
class Booking:
    """A studio that somebody has rented for some minutes of a day."""

    studio: str
    day: date
    minutes: int
    who: str = ""


def suitable(studios: list[Studio], dancers: int) -> list[Studio]:
    """Return the studios that are large enough for a group, the smallest first."""
    found = [studio for studio in studios if studio.capacity() > dancers]
    return sorted(found, key=lambda studio: studio.area())


def rent_for(studio: Studio, minutes: int) -> float:
    """Return what it costs to rent a studio for some minutes."""
    return round(studio.rent * minutes / 60, 2)


def parse_size(text: str) -> tuple[float, float]:
    """Return length and width of a studio: '12x8' is (12.0, 8.0)."""
    length, width = text.lower().split("x")
    return float(length), float(width)


def booking_line(booking: Booking) -> str:
    """Return a booking for the list at the door: 'Mirror Hall, 3.5., 60 min'."""
    return f"{booking.studio}, {booking.day.day}.{booking.day.month}., {booking.minutes} min"


def booked_minutes(bookings: list[Booking], day: date) -> dict[str, int]:
    """Return for how many minutes each studio is booked on a day."""
    minutes: dict[str, int] = {}
    for booking in bookings:
        if booking.day == day:
            minutes[booking.studio] = minutes.get(booking.studio, 0) + booking.minutes
    return minutes
