"""Who shoots on which lane of the range, for one day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Booking:
    """A lane that somebody has for some hours."""

    lane: int
    name: str
    start: int
    hours: int = 1

    @property
    def end(self) -> int:
        """The hour at which the lane is free again."""
        return self.start + self.hours

    def overlaps(self, start: int, end: int) -> bool:
        """Return whether the booking takes any time between two hours."""
        return self.start < end and start < self.end


class LanePlan:
    """The bookings of a day."""

    def __init__(self, lanes: int = 6, opens: int = 9, closes: int = 21) -> None:
        self.lanes = lanes
        self.opens = opens
        self.closes = closes
        self.bookings: list[Booking] = []

    def is_free(self, lane: int, start: int, hours: int = 1) -> bool:
        """Return whether nobody has booked a lane for that time."""
        taken = [booking for booking in self.bookings if booking.lane == lane]
        return not any(booking.overlaps(start, start + hours) for booking in taken)

    def book(self, lane: int, name: str, start: int, hours: int = 1) -> Booking:
        """Book a lane.

        Raises:
            ValueError: there is no such lane, the range is closed, or the lane is taken.
        """
        if not 1 <= lane <= self.lanes:
            raise ValueError(f"there is no lane {lane}")
        if start < self.opens:
            raise ValueError(f"the range opens at {self.opens}:00")
        if not self.is_free(lane, start, hours):
            raise ValueError(f"lane {lane} is taken")
        booking = Booking(lane, name, start, hours)
        self.bookings.append(booking)
        return booking

    def cancel(self, lane: int, start: int) -> None:
        """Cancel the booking of a lane that starts at an hour."""
        for booking in self.bookings:
            if booking.lane == lane and booking.start == start:
                self.bookings.remove(booking)
                return
        raise KeyError(f"no booking of lane {lane} at {start}:00")

    def bookings_of(self, name: str) -> list[Booking]:
        """Return what somebody has booked."""
        return [booking for booking in self.bookings if booking.name == name]

    def free_lanes(self, start: int, hours: int = 1) -> list[int]:
        """Return the lanes that can still be booked for that time."""
        return [lane for lane in range(1, self.lanes + 1) if self.is_free(lane, start, hours)]

    def hours_per_lane(self) -> dict[int, int]:
        """Return for how many hours each lane is booked."""
        hours: dict[int, int] = {}
        for booking in self.bookings:
            hours[booking.lane] = hours.get(booking.lane, 0) + booking.hours
        return hours


def format_booking(booking: Booking) -> str:
    """Return a booking as it stands on the screen: 'Lane 3, 9:00 to 11:00: Ada'."""
    return f"Lane {booking.lane}, {booking.start}:00 to {booking.end}:00: {booking.name}"
