"""Appointments: who sees which doctor, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

STEP = timedelta(minutes=15)


class BookingError(Exception):
    """An appointment cannot be made or changed."""


@dataclass
class Appointment:
    """A patient's time with a doctor."""

    patient: str
    doctor: str
    start: datetime
    minutes: int = 15
    note: str = ""
    cancelled: bool = False

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(minutes=self.minutes)

    def overlaps(self, other: Appointment) -> bool:
        """Tell whether another appointment is at the same time, whoever it is with."""
        return self.start <= other.end and other.start <= self.end

    def label(self) -> str:
        """Return one line for the list at the reception."""
        text = f"{self.start:%H:%M} {self.patient} ({self.doctor})"
        return f"{text}: {self.note}" if self.note else text


class Calendar:
    """All appointments of the clinic."""

    def __init__(self) -> None:
        self._appointments: list[Appointment] = []

    def __len__(self) -> int:
        return sum(not appointment.cancelled for appointment in self._appointments)

    def book(self, appointment: Appointment) -> Appointment:
        """Take an appointment.

        Raises:
            BookingError: the doctor has another one at that time.
        """
        for other in self.of_doctor(appointment.doctor):
            if appointment.overlaps(other):
                raise BookingError(f"{appointment.doctor} is busy at {appointment.start:%H:%M}")
        self._appointments.append(appointment)
        return appointment

    def cancel(self, patient: str, start: datetime) -> Appointment:
        """Cancel a patient's appointment; it is kept, but marked."""
        appointment = self._find(patient, start)
        appointment.cancelled = True
        return appointment

    def of_doctor(self, doctor: str) -> list[Appointment]:
        """Return what a doctor still has to do, the earliest first."""
        mine = [one for one in self._appointments if one.doctor == doctor and not one.cancelled]
        return sorted(mine, key=lambda one: one.start)

    def of_day(self, day: date) -> list[Appointment]:
        """Return the appointments of a day, the earliest first."""
        found = [one for one in self._appointments if one.start.date() == day]
        return sorted(found, key=lambda one: one.start)

    def next_of(self, patient: str, now: datetime) -> Appointment | None:
        """Return a patient's next appointment after `now`, or None."""
        coming = [one for one in self._appointments if one.patient == patient and one.start > now and not one.cancelled]
        return min(coming, key=lambda one: one.start, default=None)

    def free_starts(self, doctor: str, opens: datetime, closes: datetime, minutes: int = 15) -> list[datetime]:
        """Return when a doctor could begin an appointment of so many minutes, in steps of a quarter of an hour."""
        taken = self.of_doctor(doctor)
        starts = []
        start = opens
        while start + timedelta(minutes=minutes) <= closes:
            wanted = Appointment("", doctor, start, minutes)
            if not any(wanted.overlaps(other) for other in taken):
                starts.append(start)
            start += STEP
        return starts

    def _find(self, patient: str, start: datetime) -> Appointment:
        for appointment in self._appointments:
            if appointment.patient == patient and appointment.start == start and not appointment.cancelled:
                return appointment
        raise BookingError(f"{patient} has no appointment at {start:%H:%M}")
