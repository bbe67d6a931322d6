"""The customers of the shop and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Customer:
    """Somebody who has clothes made or altered.

    The number stands on every ticket that is pinned to a garment.
    """

    number: int
    name: str
    phone: str = ""
    email: str = ""
    tags: list[str] = field(default_factory=list)

    def last_name(self) -> str:
        """Return the name that the card box is sorted by."""
        return self.name.split()[-1]

    def add_tag(self, tag: str) -> None:
        """Give the customer a tag such as 'wedding' or 'pays late'."""
        self.tags.append(tag)

    def bag_label(self) -> str:
        """Return the text on the garment bag: '1017 Greta Holm'."""
        return f"{self.number} {self.name}"


class CustomerBook:
    """All customers, by their numbers."""

    def __init__(self) -> None:
        self._customers: dict[int, Customer] = {}

    def __len__(self) -> int:
        return len(self._customers)

    def get(self, number: int) -> Customer:
        """Return the customer with a number."""
        return self._customers[number]

    def next_number(self) -> int:
        """Return the number for the next new customer."""
        return max(self._customers) + 1

    def add(self, customer: Customer) -> None:
        """Put a customer into the book."""
        self._customers[customer.number] = customer

    def enter(self, name: str, phone: str = "") -> Customer:
        """Enter a new customer under the next number."""
        customer = Customer(self.next_number(), name, phone)
        self.add(customer)
        return customer

    def search(self, text: str) -> list[Customer]:
        """Return the customers that have a text in their name, in upper or lower case."""
        wanted = text.lower()
        return [customer for customer in self._customers.values() if wanted in customer.name.lower()]

    def alphabetical(self) -> list[Customer]:
        """Return all customers by last name."""
        return sorted(self._customers.values(), key=lambda customer: customer.last_name())


def read_customers(text: str) -> list[Customer]:
    """Read a list with a customer on each line: '1017;Greta Holm;0171 5550;greta@holm.example'."""
    customers = []
    for line in text.splitlines():
        number, name, phone, email = line.split(";")
        customers.append(Customer(int(number), name.strip(), phone.strip(), email.strip()))
    return customers
