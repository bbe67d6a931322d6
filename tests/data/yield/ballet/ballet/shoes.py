"""Pointe shoes: what lies in the store room, and what the dancers use up.

The stock is a dictionary from (maker, size, width) to the number of pairs. The log is a list of dictionaries:
{"dancer": "Mira Sand", "day": date(2024, 9, 2), "maker": "Bloch", "pairs": 2}
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

Key = tuple[str, float, str]

WIDTHS = ("X", "XX", "XXX", "XXXX")
SIZE = re.compile(r"(\d+(?:\.5)?)(X{1,4})")


class OutOfStock(Exception):
    """There are fewer pairs than somebody wants to take."""

    def __init__(self, key: Key, wanted: int, there: int) -> None:
        super().__init__(f"{key[0]} {format_size(key[1], key[2])}: {wanted} wanted, {there} there")
        self.key = key
        self.missing = wanted - there


def parse_size(text: str) -> tuple[float, str]:
    """Read a size as it is stamped on the sole: '5.5XX' is size 5.5 in width XX."""
    match = SIZE.fullmatch(text)
    if not match:
        raise ValueError(f"not a shoe size: {text!r}")
    return float(match[1]), match[2]


def format_size(size: float, width: str) -> str:
    """Write a size in the way that it is stamped on the sole."""
    return f"{size:g}{width}"


def add_pairs(stock: dict[Key, int], key: Key, pairs: int = 1) -> None:
    """Put pairs on the shelf."""
    if pairs < 1:
        raise ValueError("at least one pair")
    stock[key] = stock.get(key, 0) + pairs


def take_pairs(stock: dict[Key, int], key: Key, pairs: int = 1) -> int:
    """Take pairs from the shelf, and return how many are left."""
    there = stock.get(key, 0)
    if pairs > there:
        raise OutOfStock(key, pairs, there)
    stock[key] = there - pairs
    return stock[key]


def pairs_by_maker(stock: dict[Key, int]) -> dict[str, int]:
    """Return how many pairs of each maker there are."""
    totals: Counter[str] = Counter()
    for (maker, _, _), pairs in stock.items():
        totals[maker] += pairs
    return dict(totals)


def reorder_lines(stock: dict[Key, int], minimum: int = 6) -> list[str]:
    """Return the lines of the order that fills every shelf up to a minimum."""
    lines = []
    for (maker, size, width), pairs in sorted(stock.items()):
        if pairs < minimum:
            lines.append(f"{maker} {format_size(size, width)}: {minimum - pairs}")
    return lines


def pairs_per_dancer(log: list[dict]) -> dict[str, int]:
    """Return how many pairs each dancer has used."""
    totals: dict[str, int] = {}
    for entry in log:
        totals[entry["dancer"]] = totals.get(entry["dancer"], 0) + entry["pairs"]
    return totals


def heaviest_users(log: list[dict], limit: int = 3) -> list[tuple[str, int]]:
    """Return the dancers who use most shoes, with their numbers of pairs."""
    ranking = sorted(pairs_per_dancer(log).items(), key=lambda item: item[1], reverse=True)
    return ranking[:limit]


def last_pair(log: list[dict], dancer: str) -> date | None:
    """Return the day on which a dancer last took shoes."""
    return max((entry["day"] for entry in log if entry["dancer"] == dancer), default=None)
