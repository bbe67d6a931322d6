"""Pieces that other museums have borrowed from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_DAYS = 90
INSURANCE_RATE = 0.002


@dataclass
class Loan:
    """An exhibit that is somewhere else for a while."""

    number: str
    borrower: str
    start: date
    due: date
    value: float = 0.0
    returned: date | None = None

    def is_out(self) -> bool:
        """Return whether the piece has not come back."""
        return self.returned is None

    def days_late(self, today: date) -> int:
        """Return by how many days a loan is late."""
        end = self.returned or today
        return (end - self.due).days

    def extend(self, days: int) -> None:
        """Let the borrower keep the piece for some more days."""
        self.due += timedelta(days=days)


class LoanBook:
    """All loans, old and new."""

    def __init__(self) -> None:
        self.loans: list[Loan] = []

    def lend(self, number: str, borrower: str, start: date, days: int = DEFAULT_DAYS, value: float = 0.0) -> Loan:
        """Note that a piece leaves the house."""
        loan = Loan(number, borrower, start, start + timedelta(days=days), value)
        self.loans.append(loan)
        return loan

    def give_back(self, number: str, day: date) -> None:
        """Note that a piece has come back."""
        for loan in self.loans:
            if loan.number == number and loan.is_out():
                loan.returned = day
                return
        raise KeyError(number)

    def overdue(self, today: date) -> list[Loan]:
        """Return the loans that should have come back, as they were entered."""
        return [loan for loan in self.loans if loan.is_out() and loan.due < today]

    def borrowers(self) -> dict[str, int]:
        """Return how many pieces each borrower has now."""
        counts: dict[str, int] = {}
        for loan in self.loans:
            counts[loan.borrower] = counts.get(loan.borrower, 0) + 1
        return counts


def insurance(loans: list[Loan]) -> float:
    """Return what the insurance of some loans costs."""
    return round(sum(loan.value for loan in loans) * INSURANCE_RATE, 2)


def reminder(loan: Loan) -> str:
    """Return the letter to a borrower who is late."""
    return f"Dear {loan.borrower}, please return {loan.number}, which was due on {loan.due}."
