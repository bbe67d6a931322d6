"""Times of the Tuesday time trial and the points of the season."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """The time of a rider in one race."""

    rider: str
    seconds: int


class Standings:
    """The points that the riders have in a season."""

    def __init__(self) -> None:
        self._points: dict[str, int] = {}

    def award(self, rider: str, points: int) -> None:
        """Give a rider the points of a race."""
        self._points[rider] = points

    def points_of(self, rider: str) -> int:
        """Return the points of a rider."""
        return self._points[rider]

    def table(self) -> list[tuple[str, int]]:
        """Return pairs of rider and points, most points first."""
        return sorted(self._points.items(), key=lambda pair: (-pair[1], pair[0]))


def parse_time(text: str) -> int:
    """Return the seconds of a time such as '41:07'."""
    minutes, seconds = text.split(":")
    return int(minutes) * 60 + int(seconds)


def format_time(seconds: int) -> str:
    """Return a time for the list of results: '41:07'."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"


def ranking(results: list[Result]) -> list[Result]:
    """Return the results of a race, the fastest first."""
    return sorted(results, key=lambda result: result.seconds)


def personal_bests(results: list[Result]) -> dict[str, int]:
    """Return the best time of each rider in seconds."""
    bests: dict[str, int] = {}
    for result in results:
        if result.rider not in bests or result.seconds < bests[result.rider]:
            bests[result.rider] = result.seconds
    return bests


def speed(km: float, seconds: int) -> float:
    """Return the mean speed in km/h."""
    return round(km / seconds * 3600, 1)
