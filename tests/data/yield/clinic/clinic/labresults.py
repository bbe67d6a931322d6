"""Reads results that the laboratory sends as CSV, and flags what is out of range."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

COLUMNS = ("patient", "test", "value", "taken")


class ImportFault(Exception):
    """A file of results cannot be read."""


@dataclass(frozen=True)
class Result:
    """One value of one patient."""

    patient: int
    test: str
    value: float | None
    taken: date


@dataclass(frozen=True)
class Limits:
    """Between what a value is normal; both ends are normal too."""

    low: float
    high: float


def parse_value(text: str) -> float | None:
    """Return a value as a number, or None for an empty text."""
    text = text.strip()
    if not text:
        return None
    return float(text)


def read_results(text: str) -> list[Result]:
    """Return the results of a CSV text whose first line names the columns.

    Raises:
        ImportFault: a column is missing, or a line cannot be read.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise ImportFault(f"missing columns: {', '.join(missing)}")
    results = []
    for row in reader:
        try:
            results.append(_result(row))
        except ValueError as error:
            raise ImportFault(f"line {reader.line_num}: {error}") from error
    return results


def _result(row: dict[str, str]) -> Result:
    return Result(
        patient=int(row["patient"]),
        test=row["test"].strip(),
        value=parse_value(row["value"]),
        taken=date.fromisoformat(row["taken"].strip()),
    )


def flag(value: float | None, limits: Limits) -> str:
    """Return 'L' for a value that is too low, 'H' for one that is too high, and else an empty text."""
    if value is None:
        return ""
    if value < limits.low:
        return "L"
    if value > limits.high:
        return "H"
    return ""


def latest(results: list[Result]) -> dict[str, Result]:
    """Return the newest result of each test, of one patient's results."""
    newest: dict[str, Result] = {}
    for result in results:
        known = newest.get(result.test)
        if known is None or result.taken > known.taken:
            newest[result.test] = result
    return newest


def abnormal(results: list[Result], limits: dict[str, Limits]) -> list[str]:
    """Return a line for each result that is out of its limits; tests without limits are left out."""
    lines = []
    for result in results:
        if result.test not in limits:
            continue
        mark = flag(result.value, limits[result.test])
        if mark:
            lines.append(f"{result.patient} {result.test} {result.value:g} {mark}")
    return lines
