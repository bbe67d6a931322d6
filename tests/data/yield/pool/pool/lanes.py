"""Lanes that clubs and schools reserve. Times are minutes since midnight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LANES = 6
SHORTEST = 30


@dataclass(frozen=True)
class Reservation:
    """One lane for one club, from start to end."""

    club: str
    lane: int
    start: int
    end: int

    def overlaps(self, other: Reservation) -> bool:
        """Tell whether two reservations need the same lane at the same time."""
        return self.lane == other.lane and self.start < other.end and other.start < self.end

    def minutes(self) -> int:
        return self.end - self.start


def clock(minutes: int) -> str:
    """Return a time like '07:30'."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parse_lane(text: str) -> int:
    """Return the number of a lane, which is written like 'lane 3' or just '3'."""
    lane = int(text.strip().lower().removeprefix("lane"))
    if not 1 <= lane <= LANES:
        raise ValueError(f"no such lane: {text}")
    return lane


def free_lanes(reservations: Iterable[Reservation], start: int, end: int) -> list[int]:
    """Return the lanes that nobody has reserved between two times."""
    taken = set()
    for reservation in reservations:
        if reservation.start < end and start < reservation.end:
            taken.add(reservation.lane)
    return [lane for lane in range(1, LANES + 1) if lane not in taken]


def reserve(reservations: list[Reservation], new: Reservation) -> None:
    """Add a reservation to the others of the day."""
    if new.minutes() < SHORTEST:
        raise ValueError(f"too short: {new.minutes()} minutes")
    for reservation in reservations:
        if reservation.overlaps(new):
            raise ValueError(f"lane {new.lane} is reserved by {reservation.club}")
    reservations.append(new)


def day_sheet(reservations: Iterable[Reservation]) -> list[str]:
    """Return a line for each reservation, for the sheet at the pool's edge."""
    lines = []
    for item in sorted(reservations, key=lambda item: item.start):
        lines.append(f"{clock(item.start)}-{clock(item.end)} lane {item.lane}: {item.club}")
    return lines


def minutes_by_club(reservations: Iterable[Reservation]) -> dict[str, int]:
    """Return for how long each club has lanes, all its lanes together."""
    minutes: dict[str, int] = {}
    for reservation in reservations:
        minutes[reservation.club] = minutes.get(reservation.club, 0) + reservation.minutes()
    return minutes
