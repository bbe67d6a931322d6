"""Telescopes, eyepieces and red lamps that members may borrow."""

from dataclasses import dataclass
from datetime import date, timedelta

LOAN_DAYS = 14


@dataclass
class Loan:
    item: str
    member: str
    due: date


class Shed:
    """Knows what is there and who has what."""

    def __init__(self, items):
        self.items = list(items)
        self.loans = []

    def available(self):
        """Return the items that nobody has at the moment."""
        lent = [loan.item for loan in self.loans]
        return [item for item in self.items if item not in lent]

    def lend(self, item, member, day):
        """Lend an item to a member from a day on."""
        if item not in self.items:
            raise KeyError(item)
        if item not in self.available():
            raise ValueError(f"{item} is not here")
        loan = Loan(item, member, day + timedelta(days=LOAN_DAYS))
        self.loans.append(loan)
        return loan

    def give_back(self, item):
        """Note that an item has come back."""
        for loan in self.loans:
            if loan.item == item:
                self.loans.remove(loan)
                return loan
        raise ValueError(f"{item} was not lent")

    def overdue(self, today):
        """Return the loans that should have come back before today."""
        return [loan for loan in self.loans if loan.due < today]

    def borrowers(self):
        """Return the number of members who have something of ours."""
        return len([loan.member for loan in self.loans])

    def summary(self):
        """Return one line for the notice board."""
        return f"{len(self.items)} items, {len(self.loans)} lent to {self.borrowers()} members"


def reminder(loan, today):
    """Return the text of a reminder."""
    late = (today - loan.due).days
    return f"Dear {loan.member}, please bring back the {loan.item}; it is {late} days late."
