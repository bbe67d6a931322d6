"""The newsletter, which goes out every Friday."""

import re

SENDER = "Radio Hafen <post@radio-hafen.example>"
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)


def greeting(name=""):
    """Return the first line of a letter."""
    if name:
        return f"Dear {name},"
    return "Dear listener,"


def presented_by(hosts):
    """Return the line under a show's title."""
    if not hosts:
        return "presented by the music automation"
    return "presented by " + ", ".join(hosts)


def teaser(text, width=60):
    """Return the beginning of a text in one line that is no longer than width."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[: width - 3] + "..."


def subject(number, shows):
    """Return the subject of a letter."""
    if len(shows) == 1:
        return f"Newsletter {number}: {shows[0]}"
    return f"Newsletter {number}: {len(shows)} shows"


class Subscribers:
    """Who gets the newsletter."""

    def __init__(self):
        self.addresses = []
        self.bounces = {}

    def __len__(self):
        return len(self.addresses)

    def __contains__(self, address):
        return address in self.addresses

    def subscribe(self, address):
        """Add an address; return False if it is there already."""
        address = address.strip()
        if not ADDRESS.fullmatch(address):
            raise ValueError(f"not an address: {address}")
        if address in self.addresses:
            return False
        self.addresses.append(address)
        return True

    def unsubscribe(self, address):
        """Remove an address; return False if it was not there."""
        if address not in self.addresses:
            return False
        self.addresses.remove(address)
        self.bounces.pop(address, None)
        return True

    def bounced(self, address):
        """Note that a letter came back, and give up after three."""
        self.bounces[address] = self.bounces.get(address, 0) + 1
        if self.bounces[address] >= 3:
            self.unsubscribe(address)


def letter(number, name, shows):
    """Return a whole letter; shows are pairs of a title and a text."""
    lines = [f"From: {SENDER}", f"Subject: {subject(number, [title for title, _ in shows])}", "", greeting(name), ""]
    for title, text in shows:
        lines.append(f"* {title}: {teaser(text)}")
    lines += ["", "Yours, Radio Hafen"]
    return "\n".join(lines)
