"""Letters to customers who have reserved a book and not yet fetched it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WAIT_DAYS = 7
KEEP_DAYS = 28


@dataclass
class Reservation:
    """A book that lies under the counter for somebody."""

    title: str
    since: date
    customer: str | None = None


def reminder_day(reservation: Reservation, days: int = WAIT_DAYS) -> date:
    """Return the day on which a reminder goes out."""
    return reservation.since + timedelta(days=days)


def is_expired(reservation: Reservation, today: date) -> bool:
    """Return whether the book may go back on the shelf."""
    return (today - reservation.since).days > KEEP_DAYS


def greeting(name: str | None) -> str:
    """Return the first line of a letter: 'Dear Ann Lee,'."""
    return f"Dear {name},"


def subject(title: str) -> str:
    """Return the subject of a mail about one book."""
    return f"Your book: {title}"


def join_titles(titles: list[str]) -> str:
    """Return the titles for the sentence in the letter."""
    return ", ".join(titles)


def letter(reservations: list[Reservation], name: str | None) -> str:
    """Return the letter to a customer about everything that lies here."""
    titles = join_titles([reservation.title for reservation in reservations])
    return f"{greeting(name)}\nplease fetch: {titles}."


def per_customer(reservations: list[Reservation]) -> dict[str | None, list[Reservation]]:
    """Return the reservations of each customer."""
    found: dict[str | None, list[Reservation]] = {}
    for reservation in reservations:
        found.setdefault(reservation.customer, []).append(reservation)
    return found
