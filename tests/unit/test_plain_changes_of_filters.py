"""Things of a kind that a task names are left out."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

HEAD = """from dataclasses import dataclass


@dataclass
class Scan:
    code: str
    kind: str
    lost: bool = False


"""
LAST = (
    HEAD
    + """def status(book):
    history = book.history()
    return history[-1].kind if history else ""
"""
)
LOOP = (
    HEAD
    + """def codes(scans):
    found = []
    for scan in scans:
        found.append(scan.code)
    return found
"""
)
COMPREHENSION = (
    HEAD
    + """def codes(scans):
    return [scan.code for scan in scans if (scan.code)]
"""
)
SUM = (
    HEAD
    + """def count(scans):
    return sum(len(scan.code) for scan in sorted(scans))
"""
)


def changes(task: str, code: str) -> list[str]:
    name = code.rpartition("\ndef ")[2].partition("(")[0]
    made = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in made]


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "status should ignore scans of the kind 'note'.",
            LAST,
            'history = [one for one in book.history() if one.kind != "note"]',
        ),
        (
            "codes must skip scans whose kind is 'note'.",
            LOOP,
            '    for scan in scans:\n        if scan.kind == "note":\n            continue\n        found',
        ),
        (
            "codes should leave out scans with the kind 'note'.",
            COMPREHENSION,
            'if (scan.code) and scan.kind != "note"]',
        ),
        ("Don't count scans of kind 'note', please.", SUM, 'in sorted(scans) if scan.kind != "note")'),
        ("count should ignore lost scans.", SUM, "in sorted(scans) if not scan.lost)"),
        ("Lost scans should not be counted.", SUM, "in sorted(scans) if not scan.lost)"),
        ("count should not count the codes of scans that are lost.", SUM, "in sorted(scans) if not scan.lost)"),
        ("count should leave out the scans that are lost.", SUM, "in sorted(scans) if not scan.lost)"),
        ("count should leave out the scans that are not lost any more.", SUM, "in sorted(scans) if scan.lost)"),
        (
            "codes should skip scans which are no longer lost.",
            LOOP,
            "        if not scan.lost:\n            continue\n",
        ),
        (
            "codes: lost ones are to be left out, skip lost scans.",
            LOOP,
            "        if scan.lost:\n            continue\n",
        ),
    ],
)
def test_what_is_of_the_kind_is_left_out(task: str, code: str, written: str) -> None:
    assert any(written in one for one in changes(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("count should ignore short scans.", SUM),
        ("count should ignore kind scans.", SUM),
        ("count should ignore scans of the colour 'note'.", SUM),
        ("count should ignore the codes of scans that are lost.", SUM),
        ("count should skip empty codes of scans that are not lost.", SUM),
        ("count should return scans of the kind 'note' first.", SUM),
        # Asked about already, of another class, or of two.
        ("codes should ignore scans of the kind 'note'.", COMPREHENSION.replace("(scan.code)", "scan.kind != 'x'")),
        ("codes should ignore scans of the kind 'note'.", LOOP.replace("scan.code", "scan")),
        ("codes should ignore scans of the kind 'note'.", LOOP + "\n\nclass Other:\n    kind: str\n"),
    ],
)
def test_what_is_not_known_or_asked_already_is_left(task: str, code: str) -> None:
    assert not any('"note"' in one or "scan.lost" in one for one in changes(task, code))


TO_BUY = """
def to_buy(wanted, store):
    return {food: grams - store.get(food, 0) for food, grams in wanted.items()}
"""
BILL = """
def bill(hours):
    return {name: rate(name) for name in hours}
"""
KEPT = """
def kept(hours):
    return {name: count for name, count in hours.items()}
"""
NONE_LEFT = "to_buy also has what we have enough of, with 0 or even a negative amount. Leave that out."


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            NONE_LEFT,
            TO_BUY,
            "{food: left for food, grams in wanted.items() if (left := grams - store.get(food, 0)) > 0}",
        ),
        ("to_buy must not list zero amounts.", TO_BUY, "if (left := grams - store.get(food, 0)) != 0}"),
        ("kept should skip whoever has 0 hours.", KEPT, "in hours.items() if count != 0}"),
        ("kept should skip whoever has 0 hours or less.", KEPT, "in hours.items() if count > 0}"),
    ],
)
def test_entries_of_nothing_are_left_out(task: str, code: str, written: str) -> None:
    assert any(written in one for one in changes(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("to_buy is wrong where we have 0 of something.", TO_BUY),
        ("to_buy must not list what is below 10 grams.", TO_BUY),
        ("to_buy must not list less than 0.5 kilos.", TO_BUY),
        ("bill should leave out zero hours.", BILL),
        (NONE_LEFT, TO_BUY.replace("items()}", "items() if grams}")),
    ],
)
def test_a_table_is_left_whole_where_no_number_of_it_is_meant(task: str, code: str) -> None:
    assert not any("!= 0}" in one or "> 0}" in one for one in changes(task, code))
