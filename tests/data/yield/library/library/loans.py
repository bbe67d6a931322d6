"""Loans, due dates and fines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

LOAN_DAYS = 21
MAX_RENEWALS = 2
DAILY_FINE = Decimal("0.25")
SUNDAY = 6


class LoanError(Exception):
    """Something cannot be lent or renewed."""


@dataclass
class Loan:
    barcode: str
    member: str
    due: date
    renewals: int = 0


def due_date(start: date, days: int = LOAN_DAYS) -> date:
    """Return when a book that is lent on `start` must be back; on Sundays we are closed."""
    due = start + timedelta(days=days)
    if due.weekday() == SUNDAY:
        due += timedelta(days=1)
    return due


def fine(due: date, returned: date, daily: Decimal = DAILY_FINE) -> Decimal:
    """Return what a book costs that comes back on `returned`."""
    late = (returned - due).days
    if late <= 0:
        return Decimal("0.00")
    return late * daily


class Desk:
    """Lends books and takes them back."""

    def __init__(self, limit: int = 5) -> None:
        self.limit = limit
        self._loans: dict[str, Loan] = {}

    def lend(self, barcode: str, member: str, today: date) -> Loan:
        """Lend a copy to a member.

        Raises:
            LoanError: the copy is lent already, or the member has too many.
        """
        if barcode in self._loans:
            raise LoanError(f"{barcode} is lent already")
        if len(self.loans_of(member)) > self.limit:
            raise LoanError("too many loans")
        loan = Loan(barcode, member, due_date(today))
        self._loans[barcode] = loan
        return loan

    def give_back(self, barcode: str, today: date) -> Decimal:
        """Take a copy back and return the fine."""
        loan = self._find(barcode)
        del self._loans[barcode]
        return fine(loan.due, today)

    def renew(self, barcode: str, today: date) -> Loan:
        """Let a member keep a copy for longer."""
        loan = self._find(barcode)
        if loan.renewals >= MAX_RENEWALS:
            raise LoanError("no renewals left")
        loan.renewals += 1
        loan.due = due_date(today)
        return loan

    def loans_of(self, member: str) -> list[Loan]:
        return [loan for loan in self._loans.values() if loan.member == member]

    def overdue(self, today: date) -> list[Loan]:
        """Return the loans that should have come back before today."""
        late = [loan for loan in self._loans.values() if loan.due < today]
        return sorted(late, key=lambda loan: loan.due)

    def _find(self, barcode: str) -> Loan:
        if barcode not in self._loans:
            raise LoanError(f"{barcode} is not lent")
        return self._loans[barcode]
