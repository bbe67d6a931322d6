"""The seat plan of a screen.

Rows have letters, the front row is A; seats are counted from 1 at the left.
"""

import string

FREE = "."
TAKEN = "x"


def parse_seat(text):
    """Return row and number of a seat: parse_seat('C12') is ('C', 12)."""
    row, number = text[0], text[1:]
    if row not in string.ascii_uppercase or not number.isdigit():
        raise ValueError(f"not a seat: {text}")
    return row, int(number)


def seat_name(row, number):
    return f"{row}{number}"


def sort_seats(names):
    """Return the names of seats in the order of the plan."""
    return sorted(names)


def seat_ranges(numbers):
    """Return seats of a row as text: [1, 2, 3, 7] is '1-3, 7'."""
    parts = []
    start = last = None
    for number in sorted(numbers):
        if last is not None and number == last + 1:
            last = number
            continue
        if start is not None:
            parts.append((start, last))
        start = last = number
    if start is not None:
        parts.append((start, last))
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


class Plan:
    """Which seats of a screen are taken."""

    def __init__(self, rows, width):
        self.rows = string.ascii_uppercase[:rows]
        self.width = width
        self._taken = set()

    def __contains__(self, name):
        row, number = parse_seat(name)
        return row in self.rows and 1 <= number <= self.width

    def is_free(self, name):
        return name not in self._taken

    def take(self, name):
        """Take a seat."""
        if not self.is_free(name):
            raise ValueError(f"{name} is taken")
        self._taken.add(name)

    def release(self, name):
        """Give a seat back."""
        self._taken.remove(name)

    def free_count(self):
        return len(self.rows) * self.width - len(self._taken)

    def free_seats(self, row):
        """Return the numbers of the free seats of a row."""
        return [number for number in range(1, self.width + 1) if self.is_free(seat_name(row, number))]

    def together(self, count):
        """Return the names of free seats side by side, an empty list if there are not so many."""
        for row in self.rows:
            for first in range(1, self.width - count + 2):
                names = [seat_name(row, first + offset) for offset in range(count)]
                if all(self.is_free(name) for name in names):
                    return names
        return []

    def draw(self):
        """Return the plan as text, a line for each row."""
        lines = []
        for row in self.rows:
            free = self.free_seats(row)
            marks = [FREE if number in free else TAKEN for number in range(1, self.width + 1)]
            lines.append(row + " " + "".join(marks))
        return "\n".join(lines)
