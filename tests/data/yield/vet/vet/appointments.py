"""The diary of the practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DEFAULT_MINUTES = 20


@dataclass
class Appointment:
    """When an animal is seen, and by whom."""

    patient: str
    vet: str
    start: datetime
    minutes: int = DEFAULT_MINUTES
    reason: str = ""
    cancelled: bool = False

    def end(self) -> datetime:
        """Return when the appointment is over."""
        return self.start + timedelta(minutes=self.minutes)

    def overlaps(self, other: Appointment) -> bool:
        """Return whether two appointments are at the same time."""
        return self.start <= other.end() and other.start <= self.end()

    def line(self) -> str:
        """Return the line for the screen in the waiting room: '09:20 Rex (Dr Lund)'."""
        return f"{self.start:%H:%M} {self.patient} ({self.vet})"


class Diary:
    """All appointments, in the order in which they were made."""

    def __init__(self) -> None:
        self.appointments: list[Appointment] = []

    def book(self, patient: str, vet: str, start: datetime, minutes: int = DEFAULT_MINUTES) -> Appointment:
        """Make an appointment."""
        appointment = Appointment(patient, vet, start, minutes)
        self.appointments.append(appointment)
        return appointment

    def cancel(self, patient: str, start: datetime) -> None:
        """Cancel what a patient has at a time."""
        found = [one for one in self.appointments if one.patient == patient and one.start == start]
        for appointment in found:
            appointment.cancelled = True

    def for_day(self, day: date) -> list[Appointment]:
        """Return the appointments of a day, the earliest first."""
        found = [one for one in self.appointments if one.start.date() == day]
        return sorted(found, key=lambda one: one.start)

    def next_for(self, patient: str, now: datetime) -> Appointment | None:
        """Return the next appointment of a patient that has not been cancelled."""
        coming = [one for one in self.appointments if one.patient == patient and one.start >= now and not one.cancelled]
        return min(coming, key=lambda one: one.start, default=None)


def parse_time(text: str) -> time:
    """Read a time of day as it is typed at the front desk: '9:30'."""
    hour, minute = text.strip().split(":")
    return time(int(hour), int(minute))


def busy_minutes(appointments: list[Appointment]) -> dict[str, int]:
    """Return for how long each vet is busy."""
    totals: dict[str, int] = {}
    for one in appointments:
        totals[one.vet] = totals.get(one.vet, 0) + one.minutes
    return totals
