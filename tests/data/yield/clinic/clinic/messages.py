"""Text messages to patients: templates, parts, sending."""

import re

PART = 160
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class MessageError(Exception):
    """A message cannot be written or sent."""


def render(template, values):
    """Return a template with {name} replaced by the value of that name."""

    def value_of(found):
        return str(values.get(found[1], ""))

    return PLACEHOLDER.sub(value_of, template)


def split_parts(text, limit=PART):
    """Return a text in parts of at most `limit` characters."""
    return [text[start : start + limit] for start in range(0, len(text), limit)]


def reminder(name, when, doctor=None):
    """Return the text that reminds of an appointment."""
    text = f"Dear {name}, you have an appointment on {when:%d.%m.%Y} at {when:%H:%M}"
    if doctor:
        text += f" with {doctor}"
    return f"{text}."


def is_quiet(hour, first=22, last=7):
    """Tell whether no message may be sent in an hour: from `first` on, until before `last`.

    The two may be on the same day, as for a lunch break from 12 to 14.
    """
    return first <= hour < last


class Templates:
    """Texts by name, which a loader reads from wherever they are kept."""

    def __init__(self, loader):
        self._loader = loader

    def get(self, name):
        """Return a template; a MessageError if the loader knows none of that name."""
        text = self._loader(name)
        if text is None:
            raise MessageError(f"no template {name!r}")
        return text

    def render(self, name, values):
        """Return a template by its name with the values put in."""
        return render(self.get(name), values)


class Sender:
    """Sends messages through a gateway, a callable that takes a number and a text."""

    def __init__(self, gateway):
        self._gateway = gateway
        self.sent = []

    def send(self, number, text):
        """Send a text in as many parts as it needs; return how many."""
        parts = split_parts(text)
        for part in parts:
            self._gateway(number, part)
        self.sent.append((number, text))
        return len(parts)

    def send_all(self, numbers, text):
        """Send a text to several numbers, in their order."""
        for number in numbers:
            self.send(number, text)
