"""The shelves of the shop, and which books stand on them."""

from __future__ import annotations

from dataclasses import dataclass, field

DEFAULT_CAPACITY = 40


@dataclass
class Shelf:
    """A shelf in one of the rooms, with the titles that stand on it."""

    room: str
    number: int
    capacity: int = DEFAULT_CAPACITY
    books: list[str] = field(default_factory=list)

    def free(self) -> int:
        """Return for how many more books there is room."""
        return self.capacity - len(self.books)

    def put(self, title: str) -> None:
        """Put a book on the shelf."""
        self.books.append(title)

    def take(self, title: str) -> None:
        """Take a book from the shelf."""
        self.books.remove(title)

    def fill_percent(self) -> int:
        """Return how full the shelf is, in per cent."""
        return round(100 * len(self.books) / self.capacity)


def shelf_code(room: str, number: int) -> str:
    """Return the code on the sticker of a shelf: 'B-07'."""
    return f"{room.upper()}-{number:02d}"


def roomiest_first(shelves: list[Shelf]) -> list[Shelf]:
    """Return the shelves, those with the most free places first."""
    return sorted(shelves, key=lambda shelf: shelf.free(), reverse=True)


def where_is(shelves: list[Shelf], title: str) -> Shelf | None:
    """Return the shelf that a book stands on, None if it is on none."""
    for shelf in shelves:
        if title in shelf.books:
            return shelf
    return None


def titles_in_room(shelves: list[Shelf], room: str) -> list[str]:
    """Return all titles in a room in alphabetical order."""
    titles: list[str] = []
    for shelf in shelves:
        if shelf.room == room:
            titles.extend(shelf.books)
    return sorted(titles)
