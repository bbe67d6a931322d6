"""Positions and distances on the chart."""

import math

EARTH_RADIUS_KM = 6371.0
KM_PER_MILE = 1.852


def distance(a, b):
    """Distance between two (latitude, longitude) positions in kilometres."""
    lat1, lon1 = map(math.radians, a)
    lat2, lon2 = map(math.radians, b)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def km_to_miles(km: float) -> float:
    """Return a distance in nautical miles."""
    return km / KM_PER_MILE


def route_length(points: list) -> float:
    """Return the length of a route through all points in kilometres."""
    total = 0.0
    for start, end in zip(points, points[1:]):
        total += distance(start, end)
    return total


def normal_heading(degrees: float) -> float:
    """Return a heading between 0 and 360."""
    while degrees < 0:
        degrees += 360
    while degrees > 360:
        degrees -= 360
    return degrees


def turn(old: float, new: float) -> float:
    """Return by how many degrees to turn, to starboard if positive."""
    return (new - old + 180) % 360 - 180


def bounding_box(points):
    """Return (south, west, north, east) of some points."""
    lats = [lat for lat, _ in points]
    lons = [lon for _, lon in points]
    return min(lats), min(lons), max(lats), max(lons)


def in_box(point, box) -> bool:
    south, west, north, east = box
    lat, lon = point
    return south <= lat <= north and west <= lon <= east


def nearest(position, harbours: dict) -> str:
    """Return the name of the harbour that is nearest to a position."""
    best = None
    for name, place in harbours.items():
        if best is None or distance(position, place) < distance(position, harbours[best]):
            best = name
    return best


def format_position(lat: float, lon: float) -> str:
    """Return a position like '55.250 N 10.500 E'."""
    return f"{lat:.3f} N {lon:.3f} E"


def parse_position(text: str) -> tuple:
    """Read a position from '55.25, 10.5'."""
    lat, lon = text.split(",")
    return float(lat), float(lon)


def travel_minutes(km: float, knots: float) -> int:
    """Return how long a ship takes for a distance, in full minutes."""
    hours = km_to_miles(km) / knots
    return math.ceil(hours * 60)
