"""The people that the dogs belong to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Owner:
    """Somebody who brings us a dog, or several."""

    name: str
    phone: str
    dogs: list[str] = field(default_factory=list)
    email: str = ""

    def has_dog(self, dog: str) -> bool:
        """Return whether a dog belongs to this owner."""
        return dog in self.dogs

    def line(self) -> str:
        """Return the line for the telephone list: 'Ida Berg, 01715566 (Bella, Max)'."""
        return f"{self.name}, {self.phone} ({', '.join(self.dogs)})"


def parse_owner(line: str) -> Owner:
    """Read an owner from the old list: name, phone and any number of dogs, with commas between them."""
    name, phone, *dogs = line.split(",")
    return Owner(name, phone, dogs)


def clean_phone(text: str) -> str:
    """Return a phone number without blanks and dashes."""
    return text.replace(" ", "").replace("-", "")


def greeting(owner: Owner) -> str:
    """Return the first line of a letter."""
    return f"Dear {owner.name},"


def pickup_letter(owner: Owner, dog: str, day: str) -> str:
    """Return the letter that reminds an owner to fetch a dog."""
    return f"{greeting(owner)}\n\n{dog} is looking forward to seeing you on {day}."


class AddressBook:
    """All owners, in the order in which they came to us."""

    def __init__(self) -> None:
        self._owners: list[Owner] = []

    def add(self, owner: Owner) -> None:
        """Enter an owner."""
        self._owners.append(owner)

    def all(self) -> list[Owner]:
        """Return all owners."""
        return self._owners

    def owner_of(self, dog: str) -> Owner | None:
        """Return the owner of a dog, or None."""
        return next((owner for owner in self._owners if owner.has_dog(dog)), None)

    def emails(self) -> list[str]:
        """Return the addresses of those who have one."""
        return [owner.email for owner in self._owners if owner.email]
