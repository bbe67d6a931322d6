"""Slots of the washing machines in the wash house."""

OPENS = 8
CLOSES = 20
MINUTES = 60


def parse_time(text: str) -> int:
    """Return the minutes since midnight of a time such as '9:30'."""
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


def format_time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def slots(opens: int = OPENS, closes: int = CLOSES, length: int = MINUTES) -> list[int]:
    """Return when the slots of a day begin, in minutes since midnight."""
    return list(range(opens * 60, closes * 60 - length + 1, length))


class Machine:
    """A washing machine and who has booked it today."""

    def __init__(self, name, opens=OPENS, closes=CLOSES):
        self.name = name
        self.slots = slots(opens, closes)
        self.booked = {}

    def book(self, slot, guest):
        """Book a slot for a guest; a ValueError if that cannot be done."""
        if slot not in self.slots:
            raise ValueError(f"no slot begins at {format_time(slot)}")
        if slot in self.booked:
            raise ValueError(f"{format_time(slot)} is taken")
        self.booked[slot] = guest

    def release(self, slot):
        self.booked.pop(slot, None)

    def free(self):
        return [slot for slot in self.slots if slot not in self.booked]

    def next_free(self, now):
        """Return the first free slot that begins now or later."""
        later = [slot for slot in self.free() if slot >= now]
        return later[0]

    def slots_of(self, guest):
        """Return the slots that a guest has."""
        return sorted(slot for slot, name in self.booked.items() if name == guest)

    def plan(self) -> str:
        """Return the plan that hangs on the machine."""
        lines = [self.name]
        for slot in self.slots:
            lines.append(f"{format_time(slot):>5} {self.booked.get(slot, '-')}")
        return "\n".join(lines)


def busiest(machines):
    """Return the machine that is booked most, None if there is no machine."""
    return max(machines, key=lambda machine: len(machine.booked), default=None)
