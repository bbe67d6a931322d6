"""Mails to guests: confirmations, reminders, and the newsletter in autumn."""

import re
import textwrap
from dataclasses import dataclass

SENDER = "reception@ellern-camping.example"
WIDTH = 72
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass
class Mail:
    to: str
    subject: str
    body: str
    sender: str = SENDER

    def text(self) -> str:
        """Return the mail as it is handed to the mail server."""
        return f"From: {self.sender}\nTo: {self.to}\nSubject: {self.subject}\n\n{self.body}\n"


def greeting(name: str) -> str:
    """Return the first line of a mail."""
    return f"Dear {name},"


def fill(template: str, values: dict) -> str:
    """Put values into a template: '{guest}' becomes what `values` has for guest."""
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), template)


def shorten(text, length=40):
    """Cut a text that is too long for a subject, and show that it was cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 3].rstrip() + "..."


def wrap(text: str) -> str:
    """Break the paragraphs of a text into lines."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(textwrap.fill(paragraph, WIDTH) for paragraph in paragraphs)


def confirmation(guest, address, pitch, nights):
    """Return the mail that confirms a booking."""
    body = "\n\n".join([
        greeting(guest),
        wrap(f"we are looking forward to your stay of {nights} nights on pitch {pitch}."),
        "Your team at Lake Ellern",
    ])
    return Mail(address, f"Your booking of pitch {pitch}", body)


def newsletter(addresses, subject, body):
    """Return a mail for each address, none of them twice."""
    mails = []
    seen = set()
    for address in addresses:
        if address.lower() in seen:
            continue
        seen.add(address.lower())
        mails.append(Mail(address, shorten(subject), wrap(body)))
    return mails
