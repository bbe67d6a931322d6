"""Writes the monthly sales report as CSV."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

Row = Mapping[str, Any]


def format_cell(value: Any) -> str:
    """Return a value the way it is written into a cell."""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value)


def write_report(rows: Iterable[Row], columns: Sequence[str], target: TextIO) -> None:
    """Write rows to an open file, under a line with the names of the columns."""
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([format_cell(row[column]) for column in columns])


def totals(rows: Iterable[Row], by: str, amount: str = "amount") -> dict[str, float]:
    """Add up the amounts of the rows that have the same value in the column `by`."""
    sums: dict[str, float] = {}
    for row in rows:
        key = row[by]
        sums[key] = sums.get(key, 0) + row[amount]
    return sums


def top(sums: Mapping[str, float], count: int = 3) -> list[tuple[str, float]]:
    """Return the largest sums with their names, the largest first."""
    ordered = sorted(sums.items(), key=lambda item: item[1], reverse=True)
    return ordered[:count]


def of_month(rows: Iterable[Row], year: int, month: int) -> list[Row]:
    """Return the rows whose day is in that month."""
    return [row for row in rows if (row["day"].year, row["day"].month) == (year, month)]
