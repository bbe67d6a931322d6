"""Appointments of one afternoon: who comes when, with what, to one of the repair tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

SLOT_MINUTES = 30


class NoTableError(Exception):
    """All tables are taken at that time."""


@dataclass
class Appointment:
    """A guest who brings a device at a time of the day."""

    guest: str
    device: str
    start: time
    minutes: int = SLOT_MINUTES

    @property
    def first_minute(self) -> int:
        """Return when it starts, in minutes since midnight."""
        return minutes_of(self.start)

    @property
    def last_minute(self) -> int:
        """Return when it ends, in minutes since midnight."""
        return self.first_minute + self.minutes

    def covers(self, moment: time) -> bool:
        """Tell whether the guest sits at a table at a moment."""
        return self.first_minute <= minutes_of(moment) <= self.last_minute


class Diary:
    """The appointments of one day."""

    def __init__(self, day: date, tables: int = 4) -> None:
        self.day = day
        self.tables = tables
        self.appointments: list[Appointment] = []

    def at(self, moment: time) -> list[Appointment]:
        """Return what takes place at a moment, in the order of booking."""
        return [appointment for appointment in self.appointments if appointment.covers(moment)]

    def is_full(self, moment: time) -> bool:
        """Tell whether no table is free at a moment."""
        return len(self.at(moment)) >= self.tables

    def book(self, guest: str, device: str, start: time, minutes: int = SLOT_MINUTES) -> Appointment:
        """Give a guest a table.

        Raises:
            NoTableError: there is none at that time.
        """
        if self.is_full(start):
            raise NoTableError(f"no table at {start:%H:%M}")
        appointment = Appointment(guest, device, start, minutes)
        self.appointments.append(appointment)
        return appointment

    def cancel(self, guest: str) -> int:
        """Take all appointments of a guest out, and return how many there were."""
        kept = [appointment for appointment in self.appointments if appointment.guest != guest]
        gone = len(self.appointments) - len(kept)
        self.appointments = kept
        return gone

    def free_slots(self, first: time, last: time, step: int = SLOT_MINUTES) -> list[time]:
        """Return the times from a first up to before a last at which a table is free."""
        slots = []
        for minute in range(minutes_of(first), minutes_of(last), step):
            moment = time(minute // 60, minute % 60)
            if not self.is_full(moment):
                slots.append(moment)
        return slots


def minutes_of(moment: time) -> int:
    """Return a time of the day in minutes since midnight."""
    return moment.hour * 60 + moment.minute


def parse_time(text: str) -> time:
    """Read a time of the day from the web form, such as '14:30'."""
    hours, _, minutes = text.strip().partition(":")
    return time(int(hours), int(minutes))


def reminder(appointment: Appointment, day: date) -> str:
    """Return the text of the mail that goes out the day before."""
    when = f"{day.day}.{day.month}. at {appointment.start:%H:%M}"
    return f"Hello {appointment.guest}, we expect you and your {appointment.device} on {when}."


def by_device(appointments: list[Appointment]) -> dict[str, int]:
    """Count how often each device is announced."""
    counts: dict[str, int] = {}
    for appointment in appointments:
        device = appointment.device.lower()
        counts[device] = counts.get(device, 0) + 1
    return counts
