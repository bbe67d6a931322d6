"""Prescriptions: doses, how long a pack lasts, and repeats."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

DOSE = re.compile(r"(\d+(?:\.\d+)?)\s*(mg|g|ml)")
VALID_DAYS = 180


class PrescriptionError(ValueError):
    """A prescription makes no sense or cannot be used."""


def parse_dose(text: str) -> tuple[float, str]:
    """Return the amount and the unit of a dose such as '500 mg'.

    Raises:
        PrescriptionError: it is none.
    """
    found = DOSE.fullmatch(text.strip())
    if not found:
        raise PrescriptionError(f"not a dose: {text!r}")
    return float(found[1]), found[2]


def instructions(drug: str, dose: str, per_day: int, with_food: bool = False) -> str:
    """Return what is printed on the label of a pack."""
    text = f"Take {dose} of {drug} {per_day} times a day"
    if with_food:
        text += " with food"
    return f"{text}."


@dataclass(frozen=True)
class Prescription:
    """A pack of tablets that a doctor prescribed."""

    drug: str
    per_day: int
    tablets: int
    issued: date
    repeats: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which a pharmacy takes it."""
        return self.issued + timedelta(days=VALID_DAYS)

    def is_valid(self, today: date) -> bool:
        """Tell whether a pharmacy takes it today."""
        return self.issued <= today <= self.last_day

    def days_supply(self) -> int:
        """Return for how many whole days the tablets last."""
        return self.tablets // self.per_day

    def runs_out(self) -> date:
        """Return the first day without tablets, if they are taken from the day of issue."""
        return self.issued + timedelta(days=self.days_supply())

    def repeat(self, today: date) -> Prescription:
        """Return the next prescription of a series.

        Raises:
            PrescriptionError: no repeats are left.
        """
        if self.repeats <= 0:
            raise PrescriptionError(f"no repeats of {self.drug} left")
        return replace(self, issued=today, repeats=self.repeats - 1)


def current(prescriptions: list[Prescription], today: date) -> list[str]:
    """Return the drugs that a patient has valid prescriptions of, in alphabetical order."""
    return sorted({one.drug for one in prescriptions if one.is_valid(today)})


def conflicts(drugs: list[str], forbidden: set[frozenset[str]]) -> list[tuple[str, str]]:
    """Return the pairs of drugs that must not be taken together, in the order of the list."""
    pairs = itertools.combinations(drugs, 2)
    return [pair for pair in pairs if frozenset(pair) in forbidden]
