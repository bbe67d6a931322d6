"""Addresses of the people who send and receive parcels."""

from __future__ import annotations

from dataclasses import dataclass

HOME = "DE"

ABBREVIATIONS = {
    "str.": "straße",
    "pl.": "platz",
}


class AddressError(ValueError):
    """An address cannot be used."""


@dataclass(frozen=True)
class Address:
    """Where a parcel goes."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = HOME

    def is_domestic(self) -> bool:
        return self.country == HOME

    def one_line(self) -> str:
        """Return the address in one line, as it stands in the lists of the depot."""
        return ", ".join([self.name, self.street, f"{self.postcode} {self.city}", self.country])


def clean_postcode(text: str) -> str:
    """Return the five digits of a postcode.

    Raises:
        AddressError: it is something else.
    """
    postcode = text.strip().replace(" ", "")
    if len(postcode) != 5 or not postcode.isdigit():
        raise AddressError(f"not a postcode: {text!r}")
    return postcode


def expand_street(street: str) -> str:
    """Return a street without abbreviations: 'Gartenstr. 4' is 'Gartenstraße 4'."""
    for short, full in ABBREVIATIONS.items():
        street = street.replace(short, full)
    return street


def parse_address(text: str) -> Address:
    """Read an address of three lines: the name, the street, and the postcode with the city."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) != 3:
        raise AddressError(f"{len(lines)} lines, not 3")
    name, street, place = lines
    postcode, _, city = place.partition(" ")
    return Address(name, expand_street(street), clean_postcode(postcode), city.strip())


class AddressBook:
    """The addresses that the counter has seen before."""

    def __init__(self):
        self._addresses: list[Address] = []

    def __len__(self) -> int:
        return len(self._addresses)

    def add(self, address: Address) -> None:
        """Keep an address."""
        self._addresses.append(address)

    def suggest(self, start: str) -> list[Address]:
        """Return the addresses whose name begins like that, sorted by name."""
        start = start.casefold()
        found = [address for address in self._addresses if address.name.casefold().startswith(start)]
        return sorted(found, key=lambda address: address.name)

    def in_postcode(self, postcode: str) -> list[Address]:
        """Return the addresses of a postcode in the order in which they came."""
        return [address for address in self._addresses if address.postcode == postcode]

    def forget(self, name: str) -> int:
        """Drop all addresses of somebody and return how many there were."""
        kept = [address for address in self._addresses if address.name != name]
        dropped = len(self._addresses) - len(kept)
        self._addresses = kept
        return dropped
