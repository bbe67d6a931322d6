"""Cleans up the contacts that come in from the sign-up form and from imports."""

import re
from dataclasses import dataclass
from typing import Iterable, List, Optional


@dataclass
class Contact:
    name: str
    email: Optional[str] = None
    phone: Optional[str] = None


def normalise_phone(raw: str, country: str = "+1") -> str:
    """Return a phone number in the form +15550100."""
    digits = re.sub(r"[^\d+]", "", raw)
    if not digits:
        raise ValueError(f"no digits in phone number {raw!r}")
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if not digits.startswith("+"):
        digits = country + digits.lstrip("0")
    return digits


def initials(name: str) -> str:
    """Return what the avatar shows for a person without a picture."""
    words = name.split()
    letters = [word[0].upper() for word in words]
    if len(letters) > 2:
        letters = [letters[0], letters[-1]]
    return "".join(letters)


def mask_email(email: str) -> str:
    """Hide most of an address: jane.doe@example.com becomes j***@example.com."""
    user, _, domain = email.partition("@")
    return f"{user[:1]}***@{domain}"


def unique_contacts(contacts: Iterable[Contact]) -> List[Contact]:
    """Drop contacts whose e-mail address was already seen; the first one stays.

    Contacts without an address are all kept.
    """
    seen = set()
    result = []
    for contact in contacts:
        if contact.email is not None:
            if contact.email in seen:
                continue
            seen.add(contact.email)
        result.append(contact)
    return result


def format_address(street: str, postcode: str, city: str, country: str = "") -> str:
    """Return an address as the lines of a label."""
    lines = [street.strip(), f"{postcode.strip()} {city.strip()}"]
    if country:
        lines.append(country.strip().upper())
    return "\n".join(lines)


def from_row(row: dict) -> Contact:
    """Make a contact of a row of an imported CSV file."""
    phone = row.get("phone") or None
    return Contact(
        name=row["name"].strip(),
        email=(row.get("email") or "").strip() or None,
        phone=normalise_phone(phone) if phone else None,
    )
