"""The weekly newsletter and who gets it."""

import re

SUBJECT = "This week at the Lantern"


def valid_address(address: str) -> bool:
    """Return whether something looks like a mail address."""
    return re.fullmatch(r"[\w.+-]+@[\w-]+\.[a-z]+", address) is not None


def greeting(name=None):
    """Return how a letter begins."""
    if name:
        return f"Dear {name},"
    return "Dear film lover,"


def film_list(films):
    """Return the films of a letter, a line for each."""
    return "\n".join("* " + film for film in films)


def subject(week=None):
    if week is None:
        return SUBJECT
    return f"{SUBJECT} (week {week})"


def letter(name, films):
    """Return the whole text of a letter."""
    return greeting(name) + "\n\n" + film_list(films) + "\n\nSee you at the Lantern!"


def batches(addresses: list[str], size: int = 50) -> list[list[str]]:
    """Return the addresses in parts that the mail server takes at once."""
    return [addresses[start : start + size] for start in range(0, len(addresses), size)]


class Subscribers:
    """The addresses that get the newsletter, with the name of each."""

    def __init__(self):
        self._names = {}

    def __len__(self):
        return len(self._names)

    def __contains__(self, address):
        return address in self._names

    def subscribe(self, address, name=""):
        """Add an address."""
        if not valid_address(address):
            raise ValueError("bad address")
        self._names[address] = name

    def unsubscribe(self, address):
        """Remove an address."""
        del self._names[address]

    def name_of(self, address):
        return self._names[address]

    def addresses(self):
        """Return all addresses."""
        return list(self._names)

    def by_domain(self):
        """Return how many addresses each domain has."""
        counts = {}
        for address in self._names:
            domain = address.split("@")[1]
            counts[domain] = counts.get(domain, 0) + 1
        return counts
