"""What a crossing costs. All amounts are in whole crowns."""

from dataclasses import dataclass, field

FARES = {"adult": 60, "child": 30, "senior": 45, "bicycle": 20, "car": 180}
GROUP_SIZE = 10
GROUP_DISCOUNT = 20  # per cent


@dataclass
class Ticket:
    number: str
    kind: str
    price: int
    used: bool = False


@dataclass
class TicketBook:
    """A book of tickets that a passenger buys in advance."""

    owner: str
    tickets: list = field(default_factory=list)

    def add(self, ticket):
        self.tickets.append(ticket)

    def left(self) -> int:
        """How many tickets are left in the book."""
        return len(self.tickets)

    def use(self):
        """Mark the first unused ticket as used and return it, None if there is none."""
        for ticket in self.tickets:
            if not ticket.used:
                ticket.used = True
                return ticket
        return None


def fare(kind: str, back: bool = False) -> int:
    """Return what a crossing costs, there and back if `back`."""
    price = FARES[kind]
    return price * 2 if back else price


def kind_for_age(age: int) -> str:
    """Return the kind of ticket that someone needs."""
    if age < 16:
        return "child"
    if age > 67:
        return "senior"
    return "adult"


def group_total(kinds):
    """Sum of the fares of a group; from GROUP_SIZE on there is a discount."""
    total = sum(fare(kind) for kind in kinds)
    if len(kinds) >= GROUP_SIZE:
        total -= total * GROUP_DISCOUNT // 100
    return total


def car_fare(length: float) -> int:
    """Return the fare of a car by its length in metres: 40 more for each begun metre above five."""
    extra = 0
    while length > 5:
        extra += 40
        length -= 1
    return FARES["car"] + extra


def receipt(tickets: list, width: int = 24) -> str:
    """Return a receipt with a line for each ticket and the sum below."""
    lines = []
    for ticket in tickets:
        lines.append(ticket.kind.ljust(width - 6) + str(ticket.price).rjust(6))
    lines.append("-" * width)
    total = sum(ticket.price for ticket in tickets)
    lines.append("total".ljust(width - 6) + str(total).rjust(6))
    return "\n".join(lines)


def ticket_number(counter: int, prefix: str = "F") -> str:
    """Return the number that is printed on a ticket, e.g. 'F-00042'."""
    return f"{prefix}-{counter:05d}"
