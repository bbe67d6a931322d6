"""The notice board in the entrance hall, which is a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass
class Notice:
    """A notice; without `until` it hangs there until somebody takes it down."""

    text: str
    posted: date
    until: date | None = None

    def is_current(self, day: date) -> bool:
        """Tell whether the notice is to be seen on a day."""
        if day < self.posted:
            return False
        return self.until is None or day <= self.until

    def extend(self, days: int) -> None:
        """Let the notice hang some days longer."""
        if self.until is not None:
            self.until += timedelta(days=days)


class Board:
    """All notices, also old ones."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def post(self, text: str, posted: date, until: date | None = None) -> Notice:
        """Hang up a notice."""
        if not text.strip():
            raise ValueError("a notice needs a text")
        notice = Notice(text.strip(), posted, until)
        self.notices.append(notice)
        return notice

    def current(self, day: date) -> list[Notice]:
        """Return what is to be seen on a day, the newest first."""
        shown = [notice for notice in self.notices if notice.is_current(day)]
        return sorted(shown, key=lambda notice: notice.posted, reverse=True)

    def screen(self, day: date) -> list[str]:
        """Return the lines of the screen."""
        lines = []
        for notice in self.current(day):
            lines.append(f"* {notice.text}")
        return lines

    def clean_up(self, day: date) -> int:
        """Forget what ended before a day, and return how many notices those were."""
        before = len(self.notices)
        self.notices = [notice for notice in self.notices if notice.until is None or notice.until >= day]
        return before - len(self.notices)


def short_date(day: date) -> str:
    """Return a date like '24.12.'"""
    return f"{day.day:02}.{day.month:02}."


def closing_notice(first: date, last: date, reason: str = "") -> str:
    """Return the text of a notice that the pool is closed from a first to a last day."""
    text = f"Closed from {short_date(first)} to {short_date(last)}"
    if reason:
        text += f" ({reason})"
    return text


def holidays_between(holidays: list[date], first: date, last: date) -> list[date]:
    return sorted(day for day in holidays if first <= day <= last)
