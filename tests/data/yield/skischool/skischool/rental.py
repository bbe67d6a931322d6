"""Skis, boots and helmets for rent."""

from datetime import date

DEPOSITS = {"skis": 80, "boots": 40, "snowboard": 100}
RATES = {"skis": 18.0, "boots": 9.0, "helmet": 5.0, "snowboard": 22.0}
LATE_PER_DAY = 15.0


def ski_length(height: float, beginner: bool = False) -> float:
    """Return the length of skis in centimetres for somebody of a height in centimetres."""
    return height * (0.85 if beginner else 0.95)


def rate(item: str, days: int) -> float:
    """Return what an item costs for some days; from the sixth day on a day is half the price."""
    full = min(days, 5)
    half = days - full
    return RATES[item] * (full + half / 2)


def deposit(items: list[str]) -> int:
    """Return the deposit for all the items together."""
    return sum(DEPOSITS[item] for item in items)


def slip_line(item: str, days: int) -> str:
    """Return a line of the rental slip."""
    return f"{item}: {days} days, {rate(item, days):.2f}"


def late_fee(due: date, returned: date) -> float:
    days = (returned - due).days
    if days <= 0:
        return 0.0
    return days * LATE_PER_DAY


def boot_size(foot_mm: int) -> float:
    """Return the mondopoint size for a foot, in steps of half a centimetre."""
    return round(foot_mm / 5) / 2


class Rack:
    """What is on the rack, by number."""

    def __init__(self):
        self.items: dict[int, str] = {}

    def put(self, number: int, item: str) -> None:
        self.items[number] = item

    def take(self, number: int) -> str:
        """Take an item from the rack."""
        return self.items.pop(number)

    def find(self, word: str) -> list[int]:
        """Return the numbers of the items with a word in their description."""
        return sorted(number for number, item in self.items.items() if word in item)
