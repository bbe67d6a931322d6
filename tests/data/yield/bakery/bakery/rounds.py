"""The delivery round in the morning: stops, crates and vans."""

from dataclasses import dataclass

VAN_CRATES = 24
MINUTES_PER_STOP = 6


@dataclass
class Stop:
    """A customer who gets some crates."""

    name: str
    time: str  # 'HH:MM', when they are to be there
    crates: int
    cancelled: bool = False
    note: str = ""


def parse_stop(line):
    """Read a stop from the round's CSV file: 'Hotel Adler;06:15;3;ring twice'."""
    fields = [part.strip() for part in line.split(";")]
    note = fields[3] if len(fields) > 3 else ""
    return Stop(fields[0], fields[1], int(fields[2]), note=note)


def parse_round(text):
    """Read a whole file, without its heading and empty lines."""
    return [parse_stop(line) for line in text.splitlines()[1:] if line.strip()]


def by_time(stops):
    """Return the stops in the order in which they are driven to."""
    return sorted(stops, key=lambda stop: stop.time)


def total_crates(stops):
    """Return how many crates must be loaded."""
    total = 0
    for stop in stops:
        total += stop.crates
    return total


def split_round(stops, capacity=VAN_CRATES):
    """Share out the stops among vans, in their order, so that no van has more crates than it can take."""
    vans = []
    van = []
    load = 0
    for stop in stops:
        if load + stop.crates > capacity:
            vans.append(van)
            van = []
            load = 0
        van.append(stop)
        load += stop.crates
    return vans


def find_stop(stops, name):
    """Return the stop of a customer, None if there is none."""
    for stop in stops:
        if stop.name == name:
            return stop
    return None


def duration(stops, driving):
    """Return how many minutes a round takes, with the minutes of driving from each stop to the next."""
    return sum(driving) + MINUTES_PER_STOP * len(stops)


def sheet(stops):
    """Return the sheet for the driver."""
    lines = []
    for number, stop in enumerate(by_time(stops), start=1):
        mark = " (cancelled)" if stop.cancelled else ""
        lines.append(f"{number}. {stop.time} {stop.name}: {stop.crates} crates{mark}")
        if stop.note:
            lines.append(f"   {stop.note}")
    return "\n".join(lines)
