"""Finds and files the books of the catalogue.

A book is a dictionary with a title, an author, a year and a list of subjects.
"""

from collections import Counter


def search(books, query):
    """Return the books whose title has every word of the query."""
    words = query.lower().split()
    found = []
    for book in books:
        title = book["title"].lower()
        if all(word in title for word in words):
            found.append(book)
    return found


def sort_title(title):
    """Return a title as it is filed: 'The Hobbit' becomes 'Hobbit, The'."""
    if title.startswith("The "):
        return f"{title[4:]}, The"
    return title


def shelf_mark(book):
    """Return the mark on a book's spine, such as 'ORW 1945'."""
    surname = book["author"].split()[-1]
    return f"{surname[:3].upper()} {book['year']}"


def by_decade(books):
    """Group books by decade, the oldest first: {1990: [...], 2000: [...]}."""
    groups = {}
    for book in books:
        decade = book["year"] // 10 * 10
        groups.setdefault(decade, []).append(book)
    return dict(sorted(groups.items()))


def subjects(books, minimum=1):
    """Return the subjects that at least `minimum` books have, the commonest first."""
    counts = Counter()
    for book in books:
        counts.update(book.get("subjects", ()))
    return [subject for subject, count in counts.most_common() if count >= minimum]


def citation(book):
    parts = [book["author"], sort_title(book["title"])]
    if book.get("year"):
        parts.append(str(book["year"]))
    return ". ".join(parts) + "."
