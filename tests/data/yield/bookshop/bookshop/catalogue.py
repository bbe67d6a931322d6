"""The catalogue of the books that are for sale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Book:
    """A book with its price in pence."""

    title: str
    author: str
    pence: int
    genre: str = "fiction"


class Catalogue:
    """All books, kept by genre."""

    def __init__(self, books: Iterable[Book] = ()) -> None:
        self._genres: dict[str, list[Book]] = {}
        for book in books:
            self.add(book)

    def add(self, book: Book) -> None:
        """Enter a book."""
        self._genres.setdefault(book.genre, []).append(book)

    def books(self) -> list[Book]:
        """Return all books."""
        return [book for shelf in self._genres.values() for book in shelf]

    def genres(self) -> list[str]:
        """Return the genres that there are books of, in alphabetical order."""
        return sorted(self._genres)

    def of_genre(self, genre: str) -> list[Book]:
        """Return the books of a genre."""
        return self._genres.get(genre)

    def by_author(self, author: str) -> list[Book]:
        """Return the books by an author."""
        return [book for book in self.books() if book.author == author]

    def cheapest(self, count: int = 5) -> list[Book]:
        """Return the books for the bargain box."""
        return sorted(self.books(), key=lambda book: book.pence)[:count]


def sort_title(title: str) -> str:
    """Return a title as it stands in the printed catalogue: 'Hobbit, The'."""
    if title.startswith("The "):
        return f"{title[4:]}, The"
    return title


def parse_price(text: str) -> int:
    """Return the pence of a price as it is pencilled into a book: '£4.50' is 450."""
    number = text.strip().lstrip("£")
    return round(float(number) * 100)


def price_tag(book: Book) -> str:
    """Return the text of the tag: 'Emma (Austen) £4.50'."""
    return f"{book.title} ({book.author}) £{book.pence / 100:.2f}"
