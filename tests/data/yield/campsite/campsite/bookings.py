"""Bookings of the pitches: who stays where, and from when to when."""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class Booking:
    """A stay on a pitch. The day of departure is not a night any more."""

    number: int
    pitch: str
    guest: str
    arrival: date
    departure: date
    persons: int = 2
    notes: list[str] = field(default_factory=list)

    def nights(self) -> int:
        return (self.departure - self.arrival).days

    def overlaps(self, arrival: date, departure: date) -> bool:
        """Say whether the pitch is taken at some time of another stay."""
        return self.arrival <= departure and arrival <= self.departure

    def add_note(self, text: str) -> None:
        self.notes.append(text)


class Bookings:
    """All bookings of a year, by their number."""

    def __init__(self):
        self._bookings = {}
        self._next = 1

    def __len__(self):
        return len(self._bookings)

    def book(self, pitch, guest, arrival, departure, persons=2):
        """Book a pitch and return the booking; a ValueError if the pitch is taken."""
        for other in self._bookings.values():
            if other.pitch == pitch and other.overlaps(arrival, departure):
                raise ValueError(f"pitch {pitch} is taken by booking {other.number}")
        booking = Booking(self._next, pitch, guest, arrival, departure, persons)
        self._bookings[booking.number] = booking
        self._next += 1
        return booking

    def cancel(self, number):
        return self._bookings.pop(number)

    def get(self, number):
        """Return a booking, None if there is none of that number."""
        return self._bookings.get(number)

    def arrivals(self, day):
        """Return the bookings that begin on a day, for the board at the gate."""
        return [booking for booking in self._bookings.values() if booking.arrival == day]

    def departures(self, day):
        return [booking for booking in self._bookings.values() if booking.departure == day]

    def persons_on(self, day):
        """Return how many persons sleep here in the night after a day."""
        total = 0
        for booking in self._bookings.values():
            if booking.arrival <= day < booking.departure:
                total += booking.persons
        return total


def free_pitches(pitches, bookings, arrival, departure):
    """Return the pitches that none of the bookings takes up."""
    taken = {booking.pitch for booking in bookings if booking.overlaps(arrival, departure)}
    return [pitch for pitch in pitches if pitch not in taken]


def days_of(booking: Booking) -> list[date]:
    """Return the days that a guest wakes up elsewhere and goes to bed here."""
    return [booking.arrival + timedelta(days=number) for number in range(booking.nights())]
