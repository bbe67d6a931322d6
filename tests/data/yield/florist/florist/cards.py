"""Greeting cards and printed ribbons that go with the flowers."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_LENGTH = 160
RIBBON_BASE = 2.0
RIBBON_PER_CHARACTER = 0.25
GREETINGS = {
    "birthday": "Happy birthday, {name}!",
    "wedding": "All the best for your wedding, {name}!",
    "thanks": "Thank you so much, {name}!",
    "recovery": "Get well soon, {name}!",
}


@dataclass
class Card:
    """A card for somebody, from one person or more."""

    occasion: str
    recipient: str
    senders: list[str] = field(default_factory=list)
    text: str = ""

    def greeting(self) -> str:
        """Return the first line of the card."""
        return GREETINGS[self.occasion].format(name=self.recipient)

    def signature(self) -> str:
        """Return the names of those who send the card."""
        return ", ".join(self.senders)

    def full_text(self) -> str:
        """Return everything that is printed on the card; what is empty takes no line."""
        parts = [self.greeting(), self.text, self.signature()]
        return "\n".join(part for part in parts if part)


def shorten(text: str, limit: int = MAX_LENGTH) -> str:
    """Return a text that fits on a card."""
    return text[:limit]


def tidy(text: str) -> str:
    """Return a text with single blanks between its words."""
    return " ".join(text.split())


def ribbon_price(text: str) -> float:
    """Return the price of a ribbon with a text on it, in euros."""
    return RIBBON_BASE + RIBBON_PER_CHARACTER * len(text)


def occasions() -> list[str]:
    """Return the occasions that we have a greeting for, in alphabetical order."""
    return sorted(GREETINGS)


def print_queue(cards: list[Card], copies: int = 1) -> list[str]:
    """Return the texts for the printer, each as often as there are copies."""
    return [card.full_text() for card in cards for _ in range(copies)]
