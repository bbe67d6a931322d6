"""Customers: names, addresses, how to reach them."""

from dataclasses import dataclass, field


@dataclass
class Customer:
    number: int
    name: str
    email: str = ""
    phone: str = ""
    tags: list = field(default_factory=list)


def clean_phone(phone: str) -> str:
    """Return a phone number without what people put between the digits."""
    for char in " -/":
        phone = phone.replace(char, "")
    return phone


def is_email(text):
    """A rough check, the real one is that the mail arrives."""
    name, at, domain = text.partition("@")
    return bool(name and at and domain)


def initials(name: str) -> str:
    """Return the initials of a name: 'Anna Maria Berg' -> 'AMB'."""
    return "".join(part[0] for part in name.split(" "))


def split_name(name: str) -> tuple[str, str]:
    """Return first and last name; everything but the last word is the first name."""
    first, _, last = name.strip().rpartition(" ")
    return first, last


def sort_by_name(customers):
    """Return the customers in the order of their names."""
    return sorted(customers, key=lambda customer: customer.name)


def find_by_email(customers: list[Customer], email: str):
    for customer in customers:
        if customer.email == email:
            return customer
    return None


def with_tag(customers, tag):
    # used by the newsletter
    return [customer for customer in customers if tag in customer.tags]


def add_tag(customer: Customer, tag: str) -> None:
    """Give a customer a tag."""
    customer.tags.append(tag)


def next_number(customers: list[Customer]) -> int:
    """Return the number that the next new customer gets."""
    return max(customer.number for customer in customers) + 1


def mask_email(email: str) -> str:
    """'anna@example.org' -> 'a***@example.org', for the logs"""
    name, _, domain = email.partition("@")
    return f"{name[0]}***@{domain}"


def address_lines(name, street, postcode, city, country="Germany"):
    """Return the lines of an address label."""
    lines = [name, street, f"{postcode} {city}"]
    lines.append(country)
    return lines
