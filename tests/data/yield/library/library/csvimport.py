"""Reads the book lists that other libraries send us."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field


@dataclass
class ImportReport:
    """How an import went."""

    added: int = 0
    skipped: int = 0
    errors: list[str] = field(default_factory=list)

    def fail(self, line: int, reason: str) -> None:
        self.errors.append(f"line {line}: {reason}")

    def summary(self) -> str:
        """Say in a few words how the import went."""
        parts = [f"{self.added} added", f"{self.skipped} skipped"]
        parts.append(f"{len(self.errors)} errors")
        return ", ".join(parts)


def read_rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a CSV text, by the names in its first line."""
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = next(lines, None)
    if header is None:
        return []
    rows = []
    for cells in lines:
        if cells:
            rows.append(dict(zip(header, cells)))
    return rows


def parse_year(text: str) -> int | None:
    """Return the year a book came out, or None if the cell is blank."""
    text = text.strip()
    if not text:
        return None
    return int(text)


def split_authors(text: str) -> list[str]:
    """Split 'Ann Roe; Bob Poe' into names."""
    names = [re.sub(r"\s+", " ", name).strip() for name in text.split(";")]
    return [name for name in names if name]


def drop_duplicates(books: list[dict]) -> list[dict]:
    """Keep the first book of each ISBN."""
    seen = set()
    kept = []
    for book in books:
        isbn = book.get("isbn")
        if isbn in seen:
            continue
        seen.add(isbn)
        kept.append(book)
    return kept


def import_books(text: str) -> tuple[list[dict], ImportReport]:
    """Read a whole list; a row that is wrong is noted in the report."""
    report = ImportReport()
    books = []
    for line, row in enumerate(read_rows(text), 2):
        try:
            year = parse_year(row.get("year", ""))
        except ValueError as error:
            report.fail(line, str(error))
            continue
        authors = split_authors(row.get("author", ""))
        books.append({"title": row.get("title", ""), "authors": authors, "year": year, "isbn": row.get("isbn", "")})
    kept = drop_duplicates(books)
    report.added = len(kept)
    report.skipped = len(books) - len(kept)
    return kept, report
