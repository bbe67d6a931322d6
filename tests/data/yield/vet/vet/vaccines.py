"""Which animal has had which vaccine, and when the next dose is due."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

INTERVALS = {"rabies": 36, "distemper": 36, "leptospirosis": 12, "kennel cough": 6}


@dataclass(frozen=True)
class Dose:
    """A dose that an animal was given."""

    patient: str
    vaccine: str
    given: date
    batch: str = ""


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month if it is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_due(dose: Dose) -> date:
    """Return when a dose has to be repeated."""
    return add_months(dose.given, INTERVALS[dose.vaccine])


def latest(doses: list[Dose], patient: str) -> Dose:
    """Return the dose that an animal was given last."""
    own = [dose for dose in doses if dose.patient == patient]
    return max(own, key=lambda dose: dose.given)


def due_doses(doses: list[Dose], today: date) -> list[Dose]:
    """Return the doses that have to be repeated now."""
    return [dose for dose in doses if next_due(dose) < today]


def used_batches(doses: list[Dose]) -> set[str]:
    """Return the batches that doses came from, as far as they were noted."""
    return {dose.batch for dose in doses if dose.batch}


def reminder(owner: str, patient: str, vaccine: str, day: date) -> str:
    """Return the card that is sent to an owner."""
    return f"Dear {owner}, {patient} is due for {vaccine} on {day.isoformat()}."


def passport(doses: list[Dose]) -> str:
    """Return the page for the pet passport, a line for each dose, the oldest first."""
    ordered = sorted(doses, key=lambda dose: dose.given)
    return "\n".join(f"{dose.given.isoformat()}  {dose.vaccine}  {dose.batch or '-'}" for dose in ordered)
