"""Reads the lists that our suppliers send. Each of them has an own idea of CSV."""

from __future__ import annotations

import csv
import io


def split_line(line: str) -> list[str]:
    """Return the fields of a simple line, for lists without quotes."""
    return line.rstrip("\n").split(";")


def read_lines(text: str) -> list[str]:
    """Return the lines of a text, stripped."""
    return [line.strip() for line in text.splitlines()]


def read_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text by the names in its first line."""
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    rows = []
    for row in reader:
        rows.append(dict(row))
    return rows


def parse_bool(text: str) -> bool:
    """Read a flag."""
    text = text.strip()
    if text in ("yes", "true", "1"):
        return True
    if text in ("no", "false", "0", ""):
        return False
    raise ValueError(f"not a flag: {text!r}")


def parse_quantity(text):
    """Read a number of pieces."""
    return int(text)


def parse_decimal(text: str) -> float:
    """Read a number with a decimal comma: '3,50' -> 3.5"""
    return float(text.strip().replace(",", "."))


def clean_header(name: str) -> str:
    """'Part Number ' -> 'part_number'"""
    return name.strip().lower().replace(" ", "_")


def column(rows, name):
    """Return the values of one column."""
    return [row[name] for row in rows]


def missing_columns(header: list[str], needed: list[str]) -> list[str]:
    return [name for name in needed if name not in header]


def unique_rows(rows: list[dict], key: str) -> list[dict]:
    """Leave out rows whose key was seen before."""
    seen = set()
    result = []
    for row in rows:
        if row[key] in seen:
            continue
        seen.add(row[key])
        result.append(row)
    return result


def write_rows(rows: list[dict]) -> str:
    """Return rows as CSV text, with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def chunks(rows, size=100):
    """Return the rows in lists of at most `size`."""
    return [rows[i : i + size] for i in range(0, len(rows), size)]
