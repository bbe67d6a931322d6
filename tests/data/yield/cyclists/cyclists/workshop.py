"""The workshop, where members get their bikes mended. Amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass, field

CENTS_PER_HOUR = 2400


@dataclass
class Job:
    """A bike that needs some work."""

    bike: str
    minutes: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    done: bool = False

    def labour(self) -> int:
        """Return what the work costs."""
        return self.minutes * CENTS_PER_HOUR // 60

    def total(self) -> int:
        """Return what work and parts cost."""
        return self.labour() + sum(self.parts.values())


class Shelf:
    """The spare parts that we have, and how many of each."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        self._counts = dict(counts or {})

    def count(self, name: str) -> int:
        """Return how many of a part there are."""
        return self._counts.get(name, 0)

    def put(self, name: str, count: int = 1) -> None:
        """Put parts on the shelf."""
        self._counts[name] = self.count(name) + count

    def take(self, name: str, count: int = 1) -> None:
        """Take parts off the shelf."""
        self._counts[name] = self.count(name) - count

    def to_order(self, minimum: int = 2) -> list[str] | None:
        """Return the names of the parts that are running low."""
        low = [name for name, count in self._counts.items() if count < minimum]
        if not low:
            return None
        return sorted(low)


def discounted(cents: int, percent: int) -> int:
    """Return a price with some percent off."""
    return cents - cents * percent // 100


def format_cents(cents: int) -> str:
    """Return an amount for the bill: '12.50 EUR'."""
    return f"{cents // 100}.{cents % 100:02d} EUR"


def open_jobs(jobs: list[Job]) -> list[Job]:
    """Return the jobs that are not done."""
    return [job for job in jobs if not job.done]
