"""Things without a value that come under a word."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import surest_change
from workbench.model import Source

TASK = "count should count guests whose country is missing under 'unknown'."
PYTHON = """
def count(guests):
    counts = {}
    for guest in guests:
        counts[guest.country] = counts.get(guest.country, 0) + 1
"""


def surest(task: str, code: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "count")
    return (found.edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    "task",
    [TASK, "Guests without a country should come under 'unknown'.", "Count those that have no country as 'unknown'."],
)
def test_in_python(task: str) -> None:
    line = 'counts[guest.country or "unknown"] = counts.get(guest.country or "unknown", 0) + 1'
    assert surest(task, PYTHON) == PYTHON.replace("counts[guest.country] = counts.get(guest.country, 0) + 1", line)
    adds = PYTHON.replace("= counts.get(guest.country, 0) + 1", "+= 1")
    assert surest(task, adds) == adds.replace("[guest.country]", '[guest.country or "unknown"]')


@pytest.mark.parametrize(
    "task",
    [
        "count should skip guests whose country is missing, and put no one under 'unknown'.",
        "count should count guests whose name is missing under 'unknown'.",
        "count should count guests whose country is missing under 'unknown' or 'none'.",
        "count should count guests without a country.",
    ],
)
def test_of_anything_else_nothing_is_sure(task: str) -> None:
    assert surest(task, PYTHON) == ""


@pytest.mark.parametrize(
    "code",
    [
        PYTHON.replace(
            "        counts[guest.country] = counts.get(guest.country, 0) + 1",
            "        if guest.country not in counts:\n            counts[guest.country] = []\n"
            "        counts[guest.country].append(guest)",
        ),
        f"class Guest:\n    country: int | None\n\n{PYTHON}",
    ],
)
def test_what_is_looked_at_elsewhere_or_may_be_a_number_is_not_sure(code: str) -> None:
    assert surest(TASK, code) == ""


JS = """function count(guests) {
  for (const guest of guests) {
    counts[guest.country] = (counts[guest.country] || 0) + 1;
  }
}
"""
GO = (
    "package a\n\nfunc count(guests []Guest) {\n\tfor _, guest := range guests {\n\t\tcounts[guest.Country]++\n\t}\n}\n"
)
IN_GO = (
    '\t\tcountry := guest.Country\n\t\tif country == "" {\n\t\t\tcountry = "unknown"\n\t\t}\n\t\tcounts[country]++\n'
)


@pytest.mark.parametrize(
    ("path", "code", "new"),
    [
        ("a.js", JS, JS.replace("[guest.country]", "[guest.country || 'unknown']")),
        ("a.go", GO, GO.replace("\t\tcounts[guest.Country]++\n", IN_GO)),
    ],
)
def test_elsewhere(path: str, code: str, new: str) -> None:
    (found,) = changes_elsewhere(TASK, Source(path=path, content=code.encode()), "count")
    assert (found.edits[0].after or b"").decode() == new


def test_in_go_no_name_is_taken_twice() -> None:
    code = GO.replace("counts[", "country := 1\n\t\tcounts[country + ")
    assert changes_elsewhere(TASK, Source(path="a.go", content=code.encode()), "count") == ()
