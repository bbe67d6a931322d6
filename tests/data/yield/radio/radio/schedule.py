"""The weekly programme: which show is on air when.

Times are minutes since midnight. No slot goes past midnight; a night show has two slots.
"""

from __future__ import annotations

from dataclasses import dataclass

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60


def parse_clock(text: str) -> int:
    """Return the minutes since midnight of a time like '18:30'.

    Raises:
        ValueError: it is no time of a day.
    """
    hours, minutes = text.strip().split(":")
    result = int(hours) * 60 + int(minutes)
    if not 0 <= int(minutes) < 60 or not 0 <= result <= DAY:
        raise ValueError(f"no time of a day: {text!r}")
    return result


def clock(minutes: int) -> str:
    """Return a time as it is printed, like '18:30'."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(frozen=True)
class Slot:
    """A place in the week's programme."""

    show: str
    weekday: str
    start: int
    end: int
    host: str = ""
    repeat: bool = False

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    def overlaps(self, other: Slot) -> bool:
        """Tell whether two slots are on air at the same time."""
        if self.weekday != other.weekday:
            return False
        return self.start <= other.end and other.start <= self.end

    def line(self) -> str:
        """Return its line in the printed programme."""
        text = f"{clock(self.start)} {self.show} with {self.host}"
        if self.repeat:
            text += " (R)"
        return text


class Programme:
    """The slots of a week."""

    def __init__(self, slots: list[Slot] | None = None) -> None:
        self.slots: list[Slot] = []
        for slot in slots or []:
            self.add(slot)

    def add(self, slot: Slot) -> None:
        """Put a slot into the programme.

        Raises:
            ValueError: the weekday is unknown, or something else is on air then.
        """
        if slot.weekday not in WEEKDAYS:
            raise ValueError(f"unknown weekday: {slot.weekday}")
        for other in self.slots:
            if slot.overlaps(other):
                raise ValueError(f"{slot.show} clashes with {other.show}")
        self.slots.append(slot)

    def day(self, weekday: str) -> list[Slot]:
        """Return the slots of one day in the order of their times."""
        return sorted((slot for slot in self.slots if slot.weekday == weekday), key=lambda slot: slot.start)

    def on_air(self, weekday: str, minute: int) -> Slot | None:
        """Return what is on air, or None for the music automation."""
        for slot in self.slots:
            if slot.weekday == weekday and slot.start <= minute < slot.end:
                return slot
        return None

    def hosts(self) -> list[str]:
        """Return everybody who hosts a show, each once."""
        return sorted({slot.host for slot in self.slots if slot.host})

    def printed(self, weekday: str) -> str:
        """Return the programme of a day as text."""
        return "\n".join(slot.line() for slot in self.day(weekday))
