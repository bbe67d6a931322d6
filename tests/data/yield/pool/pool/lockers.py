"""The lockers in the changing rooms.

A locker is a number from 1. Guests get a wristband with the locker's tag on it.
"""

import math

DEPOSIT = 200  # cents
ROOMS = {"A": "women", "B": "men", "F": "families"}


def tag(room, number):
    """Return what is printed on the wristband of a locker: 'A7'."""
    return f"{room}{number}"


def rows(count, per_row=12):
    """Return how many rows a number of lockers needs."""
    return math.ceil(count / per_row)


class LockerRoom:
    """The lockers of one room and who has them."""

    def __init__(self, room, count):
        if room not in ROOMS:
            raise ValueError(f"unknown room: {room}")
        self.room = room
        self.count = count
        self.broken = set()
        self._guests = {}

    def is_free(self, number):
        """Tell whether a locker can be given to somebody."""
        return 1 <= number <= self.count and number not in self.broken and number not in self._guests

    def first_free(self):
        """Return the lowest locker that is free, None if there is none."""
        for number in range(1, self.count + 1):
            if self.is_free(number):
                return number
        return None

    def assign(self, guest, wanted=None):
        """Give a guest a locker, the wanted one or else the first that is free, and return its number."""
        number = self.first_free() if wanted is None else wanted
        if number is None:
            raise ValueError("all lockers are taken")
        if not self.is_free(number):
            raise ValueError(f"locker {number} is not free")
        self._guests[number] = guest
        return number

    def release(self, number):
        """Take a locker back and return who had it."""
        return self._guests.pop(number)

    def guest(self, number):
        return self._guests.get(number)

    def forgotten(self):
        """Return the lockers that are still taken when the pool closes, with their guests."""
        return sorted(self._guests.items())

    def deposits(self):
        """Return the cents that are in the locks now."""
        return DEPOSIT * len(self._guests)
