"""Notices for the door, the web page and the newsletter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class Member:
    """Someone who gets mail from us."""

    name: str
    mail: str = ""
    newsletter: bool = True


def day_text(day: date) -> str:
    """Return a day as it is written on the door."""
    return f"{DAYS[day.weekday()]} {day.day:02} {MONTHS[day.month - 1]}"


def opening_text(day: date, start: time, end: time) -> str:
    """Return the line for an evening on which the dome is open."""
    return f"{day_text(day)}: {start:%H:%M} to {end:%H:%M}"


def recipients(members: list[Member]) -> list[str]:
    """Return the addresses to which the newsletter goes."""
    return [member.mail for member in members if member.newsletter]


def shorten(text: str, width: int = 60) -> str:
    """Return a text that fits into the ticker."""
    if len(text) <= width:
        return text
    return text[: width - 3].rstrip() + "..."


def closing_notice(reason: str, until: date | None = None) -> str:
    """Return the notice for when we have to close."""
    if until is None:
        return f"Closed tonight: {reason}"
    return f"Closed until {day_text(until)}: {reason}"
