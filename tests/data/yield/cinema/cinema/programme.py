"""The programme: which film is shown when and on which screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

ADS_MINUTES = 15
CLEANING_MINUTES = 20
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@dataclass(frozen=True)
class Showing:
    """A film on a screen at a time."""

    film: str
    start: datetime
    runtime: int
    screen: int = 1
    version: str = ""

    @property
    def end(self) -> datetime:
        """Return when the screen is free for cleaning."""
        return self.start + timedelta(minutes=ADS_MINUTES + self.runtime)

    def label(self) -> str:
        """Return the text of the board in the foyer: '20:15 Casablanca'."""
        return f"{self.start:%H:%M} {self.film}"


def on_day(showings: list[Showing], day: date) -> list[Showing]:
    """Return the showings of a day, the earliest first."""
    found = [showing for showing in showings if showing.start.date() == day]
    return sorted(found, key=lambda showing: showing.start)


def clash(first: Showing, second: Showing) -> bool:
    """Return whether two showings need the same screen at the same time."""
    pause = timedelta(minutes=CLEANING_MINUTES)
    return first.start < second.end + pause and second.start < first.end + pause


def clashes(showings: list[Showing]) -> list[tuple[Showing, Showing]]:
    """Return all pairs of showings that clash."""
    pairs = []
    for index, first in enumerate(showings):
        for second in showings[index + 1 :]:
            if clash(first, second):
                pairs.append((first, second))
    return pairs


def next_showing(showings: list[Showing], film: str, now: datetime) -> Showing | None:
    """Return the next showing of a film, None if it is not shown any more."""
    later = [showing for showing in showings if showing.film == film and showing.start > now]
    return min(later, key=lambda showing: showing.start) if later else None


def films_of_week(showings: list[Showing], monday: date) -> list[str]:
    """Return the titles shown in a week, each once."""
    titles = []
    for showing in showings:
        if monday <= showing.start.date() < monday + timedelta(days=7):
            if showing.film not in titles:
                titles.append(showing.film)
    return titles


def week_table(showings: list[Showing], monday: date) -> str:
    """Return the week as text, a line for each day."""
    lines = []
    for offset, name in enumerate(WEEKDAYS):
        labels = [showing.label() for showing in on_day(showings, monday + timedelta(days=offset))]
        lines.append(f"{name}: {', '.join(labels)}")
    return "\n".join(lines)


def parse_start(text: str) -> datetime:
    """Read the start of a showing as the office writes it: '2024-05-03 20:15'."""
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M")
