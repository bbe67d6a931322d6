"""The stock of flour and whatever else is kept in sacks."""

import math

SACK_KG = 25


class Stock:
    """How many kilos of each kind there are, and what came and went."""

    def __init__(self):
        self._kilos = {}
        self.journal = []

    def kilos(self, kind):
        """Return how much there is of a kind."""
        return self._kilos.get(kind, 0)

    def receive(self, kind, sacks, sack_kg=SACK_KG):
        """Add some sacks of a kind."""
        if sacks < 1:
            raise ValueError(f"no sacks: {sacks}")
        self._kilos[kind] = self.kilos(kind) + sacks * sack_kg
        self.journal.append(f"+{sacks * sack_kg} {kind}")

    def take(self, kind, kilos):
        """Take some kilos of a kind out of the stock."""
        self._kilos[kind] = self.kilos(kind) - kilos
        self.journal.append(f"-{kilos} {kind}")

    def low(self, limit=50):
        """Return the kinds of which there is less than a limit."""
        return sorted(kind for kind, kilos in self._kilos.items() if kilos < limit)

    def days_left(self, kind, daily):
        """Return for how many whole days a kind lasts if `daily` kilos of it are used on each."""
        return int(self.kilos(kind) // daily)

    def total(self):
        return sum(self._kilos.values())

    def report(self):
        """Return a line for each kind: 'rye: 75 kg'."""
        return [f"{kind}: {self._kilos[kind]:g} kg" for kind in sorted(self._kilos)]


def sacks_for(kilos, sack_kg=SACK_KG):
    """Return how many sacks must be bought to have some kilos."""
    return math.ceil(kilos / sack_kg)


def parse_delivery(line):
    """Read a line of the mill's delivery note: 'rye, 4' is ('rye', 4)."""
    kind, sacks = line.split(",")
    return kind.strip(), int(sacks)


def book_delivery(stock, note):
    """Receive all lines of a delivery note and return how many kilos came."""
    before = stock.total()
    for line in note.splitlines():
        if line.strip():
            kind, sacks = parse_delivery(line)
            stock.receive(kind, sacks)
    return stock.total() - before
