"""The library in the club room: books on openings, endgames and old tournaments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

LOAN_DAYS = 28
FEE_PER_DAY = 20  # cents


@dataclass(frozen=True)
class Book:
    """A book on the shelf."""

    title: str
    author: str
    year: int

    def label(self) -> str:
        """Return the text for the back of the book: 'Silman 1998'."""
        return f"{self.author.split()[-1]} {self.year}"


@dataclass
class Loan:
    """A book that a member has at home."""

    book: Book
    member: str
    due: date
    extensions: int = 0
    reserved: bool = False

    def extend(self) -> bool:
        """Let the member keep the book longer, unless somebody waits for it; return whether that was possible."""
        if self.reserved:
            return False
        self.due += timedelta(days=LOAN_DAYS)
        self.extensions += 1
        return True

    def is_late(self, today: date) -> bool:
        """Return whether the book should be back."""
        return today > self.due


def read_books(text: str) -> list[Book]:
    """Read the list of the books, one on each line: 'Endgame Course; Jeremy Silman; 2007'."""
    books = []
    for line in text.splitlines():
        title, author, year = line.split(";")
        books.append(Book(title.strip(), author.strip(), int(year)))
    return books


def search(books: list[Book], word: str) -> list[Book]:
    """Return the books that have a word in their title."""
    word = word.lower()
    return [book for book in books if word in book.title.lower()]


def late_fee(due: date, returned: date) -> int:
    """Return what a late book costs, in cents."""
    days = (returned - due).days
    if days <= 0:
        return 0
    return days * FEE_PER_DAY


def lend(book: Book, member: str, today: date) -> Loan:
    """Return the loan of a book that is taken home today."""
    return Loan(book, member, today + timedelta(days=LOAN_DAYS))


def late_loans(loans: list[Loan], today: date) -> list[Loan]:
    """Return the loans that are late, the longest first."""
    return sorted((loan for loan in loans if loan.is_late(today)), key=lambda loan: loan.due)
