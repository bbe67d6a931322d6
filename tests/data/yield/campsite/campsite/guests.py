"""Names, plates and telephone numbers of the guests."""

import re
from dataclasses import dataclass

TITLES = {"dr", "dr.", "prof", "prof."}


@dataclass(frozen=True)
class Guest:
    first: str
    last: str
    plate: str = ""
    phone: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.first} {self.last}".strip()


def split_name(name: str) -> tuple[str, str]:
    """Split a name into first names and the last name: 'Ann Mary Lee' is 'Ann Mary' and 'Lee'."""
    words = [word for word in name.split() if word.lower() not in TITLES]
    first, last = " ".join(words).rsplit(" ", 1)
    return first, last


def initials(name: str) -> str:
    """Return the initials for the key board, such as 'A.L.' for 'Ann Lee'."""
    return "".join(word[0] + "." for word in name.split())


def normal_plate(plate: str) -> str:
    """Return a number plate without what people write it with: 'b-xy 12' is 'BXY12'."""
    return plate.upper().replace(" ", "").replace("-", "")


def normal_phone(phone: str, country: str = "49") -> str:
    """Return a telephone number in its long form, with '+' and the country."""
    digits = re.sub(r"[^\d+]", "", phone)
    if digits.startswith("00"):
        return "+" + digits[2:]
    if digits.startswith("0"):
        return "+" + country + digits[1:]
    return digits


def make_guest(name, plate="", phone=""):
    first, last = split_name(name)
    return Guest(first, last, normal_plate(plate), normal_phone(phone))


class GuestBook:
    """Everyone who has ever stayed here."""

    def __init__(self):
        self.guests = []

    def add(self, guest):
        if guest not in self.guests:
            self.guests.append(guest)

    def by_plate(self, plate):
        """Return the guest with a number plate, None if nobody has it."""
        wanted = normal_plate(plate)
        for guest in self.guests:
            if guest.plate == wanted:
                return guest
        return None

    def by_letter(self):
        """Return the full names in a dict, by the first letter of the last name."""
        letters = {}
        for guest in self.guests:
            letters.setdefault(guest.last[:1].upper(), []).append(guest.full_name)
        return letters
