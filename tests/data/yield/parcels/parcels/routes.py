"""Routes: which van drives where, and what it carries."""

from collections import defaultdict
from dataclasses import dataclass

# The first two digits of a postcode tell the zone.
ZONES = {
    "20": "harbour",
    "21": "south",
    "22": "north",
    "25": "coast",
}

MAX_STOPS = 60


@dataclass
class Stop:
    street: str
    postcode: str
    parcels: int = 1
    kilos: float = 0.0
    done: bool = False


def zone_of(postcode):
    """Return the zone of a postcode."""
    return ZONES[postcode[:2]]


def by_zone(stops):
    """Return the stops of each zone."""
    zones = defaultdict(list)
    for stop in stops:
        zones[zone_of(stop.postcode)].append(stop)
    return dict(zones)


def loading_order(stops):
    """Return the stops in the order in which their parcels are put into the van: the heaviest first."""
    return sorted(stops, key=lambda stop: stop.kilos, reverse=True)


def streets(stops):
    """Return the streets that the driver passes, without the numbers of the houses."""
    names = []
    for stop in stops:
        name = stop.street.rstrip("0123456789abc ")
        names.append(name)
    return names


def remaining(stops):
    """Return how many parcels are still in the van."""
    return sum(stop.parcels for stop in stops if not stop.done)


def check_route(stops):
    """Return what is wrong with a route, an empty list if nothing is."""
    problems = []
    if len(stops) > MAX_STOPS:
        problems.append(f"{len(stops)} stops, at most {MAX_STOPS}")
    for stop in stops:
        if stop.parcels < 1:
            problems.append(f"nothing for {stop.street}")
    return problems


def chunks(stops, size):
    """Yield the stops in groups of a size, the last one may be smaller."""
    for start in range(0, len(stops), size):
        yield stops[start : start + size]


def progress(stops):
    """Return how far the driver is: '3 of 12 stops (25 %)'."""
    done = sum(1 for stop in stops if stop.done)
    percent = round(100 * done / len(stops))
    return f"{done} of {len(stops)} stops ({percent} %)"


def sheet(van, stops):
    """Return the sheet that the driver takes along."""
    lines = [f"Van {van}, {remaining(stops)} parcels"]
    for number, stop in enumerate(stops, start=1):
        tick = "x" if stop.done else " "
        lines.append(f"[{tick}] {number:>2} {stop.street}, {stop.postcode}: {stop.parcels}")
    return "\n".join(lines)
