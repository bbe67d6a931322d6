"""Titles, runtimes and ratings of films."""

from __future__ import annotations

import re

ARTICLES = ("The ", "A ", "An ")


def sort_title(title: str) -> str:
    """Return a title as it is sorted: 'The Third Man' is 'Third Man, The'."""
    for article in ARTICLES:
        if title.startswith(article):
            return f"{title[len(article) :]}, {article.strip()}"
    return title


def sort_titles(titles: list[str]) -> list[str]:
    """Return titles in the order of the catalogue."""
    return sorted(titles, key=sort_title)


def slug(title: str) -> str:
    """Return a title for the address of its page: 'Some Like It Hot' is 'some-like-it-hot'."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower())


def shorten(title: str, width: int = 20) -> str:
    """Return a title that fits on a ticket."""
    if len(title) <= width:
        return title
    return title[: width - 3].rstrip() + "..."


def format_runtime(minutes: int) -> str:
    """Return a runtime as it stands in the programme: '1h 42min'."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}min"


def parse_runtime(text: str) -> int:
    """Return the minutes of a runtime such as '1h 42min' or '102min'."""
    match = re.fullmatch(r"(?:(\d+)h)?\s*(?:(\d+)min)?", text.strip())
    if not match or not any(match.groups()):
        raise ValueError(f"not a runtime: {text!r}")
    hours, minutes = match.groups()
    return int(hours or 0) * 60 + int(minutes or 0)


def parse_title(text: str) -> tuple[str, int | None]:
    """Return title and year of 'Casablanca (1942)'; the year is None if it does not say."""
    match = re.fullmatch(r"(.+) \((\d{4})\)", text)
    if not match:
        return text, None
    return match[1], int(match[2])


def average_rating(ratings: list[int]) -> float:
    """Return the mean of the visitors' ratings."""
    return round(sum(ratings) / len(ratings), 1)


def stars(rating: float) -> str:
    """Return a rating as stars: stars(3) is '***'."""
    return "*" * round(rating)


def best(ratings: dict[str, float], count: int = 3) -> list[str]:
    """Return the titles with the best ratings, the best first."""
    return sorted(ratings, key=lambda title: ratings[title], reverse=True)[:count]


def may_watch(age: int, limit: int, with_parent: bool = False) -> bool:
    """Return whether somebody may see a film that is released from an age on."""
    if with_parent and limit == 12:
        return age >= 6
    return age >= limit
