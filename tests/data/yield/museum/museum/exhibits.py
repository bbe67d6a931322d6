"""The catalogue of the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Exhibit:
    """A piece of the collection.

    The year is negative for a year before Christ, and None where nobody knows it.
    """

    number: str
    title: str
    artist: str = ""
    year: int | None = None
    room: int | None = None


class Catalogue:
    """All exhibits, by inventory number."""

    def __init__(self, exhibits: Iterable[Exhibit] = ()) -> None:
        self._exhibits = {exhibit.number: exhibit for exhibit in exhibits}

    def __len__(self) -> int:
        return len(self._exhibits)

    def add(self, exhibit: Exhibit) -> None:
        """Enter an exhibit into the catalogue."""
        self._exhibits[exhibit.number] = exhibit

    def get(self, number: str) -> Exhibit:
        """Return the exhibit with an inventory number."""
        return self._exhibits[number]

    def search(self, word: str) -> list[Exhibit]:
        """Return the exhibits with a word in their title, in any case."""
        word = word.lower()
        return [exhibit for exhibit in self._exhibits.values() if word in exhibit.title.lower()]

    def in_room(self, room: int) -> list[Exhibit]:
        """Return the exhibits that stand in a room, by inventory number."""
        found = [exhibit for exhibit in self._exhibits.values() if exhibit.room == room]
        return sorted(found, key=lambda exhibit: exhibit.number)

    def by_year(self) -> list[Exhibit]:
        """Return the exhibits in the order of their years."""
        return sorted(self._exhibits.values(), key=lambda exhibit: exhibit.year)

    def artists(self) -> list[str]:
        """Return the names of all artists in alphabetical order."""
        return sorted({exhibit.artist for exhibit in self._exhibits.values()})


def parse_number(text: str) -> tuple[int, int]:
    """Return year of purchase and running number of an inventory number.

    >>> parse_number("1987.042")
    (1987, 42)
    """
    match = re.fullmatch(r"(\d{4})\.(\d+)", text)
    if match is None:
        raise ValueError(f"not an inventory number: {text!r}")
    return int(match[1]), int(match[2])


def format_year(year: int | None) -> str:
    """Return a year for the public: '1642', '30 BC' or 'undated'."""
    if not year:
        return "undated"
    return str(year) if year > 0 else f"{-year} BC"


def century(year: int) -> int:
    """Return the century of a year after Christ: century(1642) is 17."""
    return year // 100 + 1
