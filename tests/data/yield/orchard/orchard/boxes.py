"""The fruit boxes that go to subscribers every week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SIZES = {"small": 3, "medium": 5, "large": 8}
DELIVERY_DAY = 3  # Thursday


@dataclass
class Subscription:
    """A customer who gets a box every week."""

    name: str
    street: str
    size: str = "medium"
    paused: bool = False

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"no such box: {self.size}")

    def kilos(self) -> int:
        """Return how much fruit is in the box."""
        return SIZES[self.size]

    def pause(self) -> None:
        """Stop the box for a while."""
        self.paused = True

    def resume(self) -> None:
        """Send the box again."""
        self.paused = False


def total_kilos(subscriptions: list[Subscription]) -> int:
    """Return how much fruit the boxes of a week take."""
    return sum(subscription.kilos() for subscription in subscriptions)


def next_delivery(today: date) -> date:
    """Return the day on which the next boxes go out."""
    day = today + timedelta(days=1)
    while day.weekday() != DELIVERY_DAY:
        day += timedelta(days=1)
    return day


def address_label(name: str, street: str, town: str, extra: str = "") -> str:
    """Return the label for a box; extra is a line such as 'c/o Miller' below the name."""
    return "\n".join([name, extra, street, town])


def as_row(subscription: Subscription) -> dict[str, str]:
    """Return a subscription as a row for the spreadsheet."""
    return {
        "name": subscription.name,
        "street": subscription.street,
        "size": subscription.size,
    }


def by_street(subscriptions: list[Subscription]) -> dict[str, list[str]]:
    """Return the names of the subscribers in each street, for the driver."""
    streets: dict[str, list[str]] = {}
    for subscription in subscriptions:
        if not subscription.paused:
            streets.setdefault(subscription.street, []).append(subscription.name)
    return streets
