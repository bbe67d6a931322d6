"""Membership fees. All amounts are integers in cents."""

from datetime import date

ADULT = 12000
REDUCED = 6000
REMINDER_AFTER = 14


def yearly_fee(age, student=False):
    if age < 18 or student:
        return REDUCED
    return ADULT


def format_amount(cents: int) -> str:
    """Format cents with a comma, as the treasurer wants it: 1250 is "12,50"."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros},{rest:02d}"


def parse_amount(text: str) -> int:
    """Parse an amount such as "12,50" or "12" into cents."""
    euros, _, cents = text.strip().partition(",")
    return int(euros) * 100 + int(cents.ljust(2, "0"))


def split_evenly(cents: int, people: int) -> list[int]:
    """Split an amount among people; the first ones pay the cents that are left over."""
    share, rest = divmod(cents, people)
    return [share + 1] * rest + [share] * (people - rest)


def days_late(due: date, paid: date) -> int:
    """Return how many days after the due date something was paid."""
    return (paid - due).days


def needs_reminder(due: date, today: date) -> bool:
    return days_late(due, today) > REMINDER_AFTER


class Account:
    """What one member owes and has paid."""

    def __init__(self, name: str):
        self.name = name
        self.bookings = []

    def charge(self, cents: int, what: str) -> None:
        self.bookings.append((-cents, what))

    def pay(self, cents: int, what: str = "payment") -> None:
        self.bookings.append((cents, what))

    def balance(self) -> int:
        """Negative means that the member still owes us money."""
        return sum(cents for cents, _ in self.bookings)

    def statement(self) -> str:
        lines = [self.name]
        for cents, what in self.bookings:
            lines.append(f"{what}: {format_amount(cents)}")
        lines.append(f"balance: {format_amount(self.balance())}")
        return "\n".join(lines)
