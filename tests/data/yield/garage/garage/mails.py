"""Texts of the mails that the shop sends."""

from __future__ import annotations

from dataclasses import dataclass

SHOP = "Garage Nord"


@dataclass
class Line:
    name: str
    quantity: int
    price: float


def greeting(name: str, formal: bool = False) -> str:
    """Return the first line of a mail."""
    if formal:
        return f"Dear {name},"
    return f"Hi {name},"


def subject(text: str, order=None) -> str:
    """Return the subject of a mail, with the number of the order if it is about one."""
    if order:
        return f"[{SHOP}] {text} (order {order})"
    return f"[{SHOP}] {text}"


def order_line(line: Line) -> str:
    """'2 x Brake pad: 39.80'"""
    return f"{line.quantity} x {line.name}: {line.quantity * line.price:.2f}"


def order_text(lines: list[Line]) -> str:
    """Return the list of what was ordered, with the sum below."""
    total = sum(line.quantity * line.price for line in lines)
    texts = [order_line(line) for line in lines]
    texts.append(f"Total: {total:.2f}")
    return "\n".join(texts)


def fill(template: str, values: dict) -> str:
    """Put values into a template: 'Hi {name}' and {'name': 'Ann'} -> 'Hi Ann'."""
    for key, value in values.items():
        template = template.replace("{" + key + "}", value)
    return template


def signature(name=None):
    lines = ["Best regards"]
    if name:
        lines.append(name)
    lines.append(SHOP)
    return "\n".join(lines)


def recipients(text: str) -> list[str]:
    """Return the addresses of a list such as 'a@x.org, b@x.org'."""
    return [address.strip() for address in text.split(",") if address.strip()]


def quote(text: str) -> str:
    """Return a text as it stands in an answer."""
    return "\n".join("> " + line for line in text.splitlines())


def wrap(text: str, width: int = 72) -> str:
    """Break a text into lines of at most `width` characters, between words."""
    lines = []
    current = ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    lines.append(current)
    return "\n".join(lines)


def unsubscribe_link(email: str, base: str = "https://garage.example") -> str:
    return f"{base}/unsubscribe?email={email}"


def pickup_text(name: str, days: int) -> str:
    """Text for parts that lie at the counter."""
    return f"{name} is ready. Please pick it up within {days} days."


def attachment_name(order: int, kind: str = "invoice") -> str:
    return f"{kind}-{order}.pdf"
