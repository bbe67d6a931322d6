"""What to read next."""

NEW_BONUS = 10


def average_rating(ratings):
    """Return the mean of the ratings that readers gave a book, from 1 to 5."""
    total = 0
    for rating in ratings:
        total += rating
    return total / len(ratings)


def score(book):
    """Return how warmly we recommend a book: loans count, and so does being new."""
    points = book.get("loans", 0)
    if book.get("new"):
        points += NEW_BONUS
    return points


def rank(books, limit=None):
    """Return the books with the highest score first, at most `limit` of them."""
    ordered = sorted(books, key=score, reverse=True)
    return ordered[:limit]


class ReadingList:
    """A reader's own list of titles, the next one first."""

    def __init__(self, titles=()):
        self._titles = list(titles)
        self.finished = []

    def __len__(self):
        return len(self._titles)

    def __iter__(self):
        return iter(self._titles)

    def add(self, title):
        """Put a title at the end of the list; one that is there already stays where it is."""
        if title not in self._titles:
            self._titles.append(title)

    def remove(self, title):
        if title not in self._titles:
            raise ValueError(f"not on the list: {title!r}")
        self._titles.remove(title)

    def next_up(self):
        """Return the title to read next, or None."""
        return self._titles[0] if self._titles else None

    def finish(self, title):
        """Take a title off the list because it has been read."""
        self.remove(title)
        self.finished.append(title)
