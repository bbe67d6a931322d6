"""The monthly newsletter of the club."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CLUB = "Rook & Pawn"
WIDTH = 60


@dataclass(frozen=True)
class Event:
    """Something that takes place."""

    day: date
    title: str
    place: str = "club room"

    def line(self) -> str:
        """Return the line in the calendar: '03.05. Blitz night (club room)'."""
        return f"{self.day:%d.%m.} {self.title} ({self.place})"


@dataclass
class Article:
    """A piece that somebody has written for the newsletter."""

    title: str
    author: str
    text: str = ""

    def words(self) -> int:
        """Return how many words the article has."""
        return len(self.text.split())


def subject(issue: int, day: date) -> str:
    """Return the subject of the mail: 'Rook & Pawn, issue 12 (May 2024)'."""
    return f"{CLUB}, issue {issue} ({day:%B %Y})"


def greeting(name: str) -> str:
    """Return how the letter to somebody begins."""
    return f"Dear {name.strip()},"


def upcoming(events: list[Event], today: date) -> list[Event]:
    """Return the events that are still to come, the next one first."""
    return sorted((event for event in events if event.day > today), key=lambda event: event.day)


def articles_by(articles: list[Article], author: str) -> list[Article] | None:
    """Return what an author has written."""
    found = [article for article in articles if article.author == author]
    if not found:
        return None
    return found


def shorten(text: str, length: int = WIDTH) -> str:
    """Return the beginning of a text, at most so many characters and three dots."""
    if len(text) <= length:
        return text
    return text[:length] + "..."


def calendar(events: list[Event]) -> str:
    """Return the calendar, a line for each event."""
    if not events:
        return "No events."
    return "\n".join(event.line() for event in events)


def contents(articles: list[Article]) -> list[str]:
    """Return the lines of the table of contents."""
    return [f"{article.title} ({article.author})" for article in articles]
