"""Deliveries: where the van goes, when, and what we charge for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

FEES = {"centre": 4.5, "suburbs": 7.0, "country": 12.0}
FREE_FROM = 50.0
CUT_OFF_HOUR = 12


@dataclass
class Delivery:
    """Flowers that go to somebody on a day."""

    recipient: str
    street: str
    town: str
    day: date
    note: str = ""
    done: bool = False

    def label(self) -> str:
        """Return the label for the parcel, with the recipient, the street and the town on a line each."""
        lines = [self.recipient, self.street, self.town]
        return "\n".join(lines)

    def finish(self) -> None:
        """Note that the flowers have been handed over."""
        self.done = True


def fee(zone: str, order_total: float) -> float:
    """Return what the delivery of an order costs."""
    if order_total > FREE_FROM:
        return 0.0
    return FEES[zone]


def earliest_day(ordered: datetime) -> date:
    """Return the first day on which we can deliver: today if the order comes in before noon, else tomorrow."""
    day = ordered.date()
    if ordered.hour >= CUT_OFF_HOUR:
        day += timedelta(days=1)
    return day


def parse_slot(text: str) -> tuple[int, int]:
    """Read a time slot: '9-12' is (9, 12)."""
    begin, end = text.split("-")
    return int(begin), int(end)


def route(deliveries: list[Delivery], day: date) -> list[Delivery] | None:
    """Return the deliveries that are left to do on a day, by town and street."""
    found = [delivery for delivery in deliveries if delivery.day == day and not delivery.done]
    if not found:
        return None
    return sorted(found, key=lambda delivery: (delivery.town, delivery.street))


def driver_sheet(deliveries: list[Delivery]) -> str:
    """Return the sheet for the driver, with a numbered line for each stop."""
    lines = []
    for number, delivery in enumerate(deliveries, 1):
        mark = "x" if delivery.done else " "
        lines.append(f"[{mark}] {number}. {delivery.recipient}, {delivery.street}, {delivery.town}")
    return "\n".join(lines)
