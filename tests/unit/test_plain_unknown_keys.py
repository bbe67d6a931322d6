"""What is looked up under a key that may not be there."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

TABLES = """DEPOSITS = {"skis": 50, "boots": 20.5}
ALLERGENS = {"soup": {"celery"}, "tea": set()}
ZONES = {"10": "north", "20": "south"}
MIXED = {"a": 1, "b": "c"}
USUAL = 35


def find(self, key, number):
    return DEPOSITS[key]
"""
RETURNS = "find raises a KeyError. It should return 0 then."


def changed(task: str, old: str) -> str:
    code = TABLES.replace("DEPOSITS[key]", old)
    source = Source(path="a.py", content=code.encode())
    sure = surest_change(task, source, "find")
    tried = [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, "find")]
    made = (sure.edits[0].after or b"").decode() if sure else code
    assert made == code or made in tried
    return made.partition("    return ")[2].strip()


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        (
            "find dies with a KeyError. Unknown things should simply cost no deposit.",
            "DEPOSITS[key]",
            "DEPOSITS.get(key, 0)",
        ),
        (
            "find dies with a KeyError. Such dishes simply have no allergens.",
            "ALLERGENS[key]",
            "ALLERGENS.get(key, set())",
        ),
        (
            "find fails with KeyError: '99'. All others should be 'other'.",
            "ZONES[key[:2]]",
            "ZONES.get(key[:2], 'other')",
        ),
        ("find raises a KeyError for others. Take 12 for those.", "DEPOSITS[key] + 1", "DEPOSITS.get(key, 12) + 1"),
        (
            "find should return 0 instead of raising a KeyError.",
            "self.by[key, number]",
            "self.by.get((key, number), 0)",
        ),
        (
            "find raises a KeyError. Others should be 'Other'.",
            "ZONES[key].upper()",
            "ZONES.get(key, 'Other').upper()",
        ),
        (RETURNS, "DEPOSITS[key] * number", "DEPOSITS.get(key, 0) * number"),
        (
            "find raises KeyError. Things that have no deposit of their own should get USUAL.",
            "DEPOSITS[key]",
            "DEPOSITS.get(key, USUAL)",
        ),
        ("find raises a KeyError. Take 1.5 for those.", "DEPOSITS[key] + 1", "DEPOSITS.get(key, 1.5) + 1"),
    ],
)
def test_another_value_is_given_where_the_key_is_not_there(task: str, old: str, new: str) -> None:
    assert changed(task, old) == new


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("find should return 0 for those.", "DEPOSITS[key]"),
        ("find should raise a ValueError instead of a KeyError, and return 0 for none.", "DEPOSITS[key]"),
        ("find raises a KeyError. It should do nothing then.", "DEPOSITS[key]"),
        ("find raises a KeyError. It should return 0 then.", "key[0]"),
        ("find raises a KeyError. It should return 0 then.", "key[-1] + key[1:]"),
        ("find raises a KeyError. It should return 'x' then.", "DEPOSITS[key]"),
        ("find raises a KeyError. It should return 0 then.", "ZONES[key]"),
        ("find raises a KeyError. Such things have no deposit.", "MIXED[key]"),
        ("find raises a KeyError. What has no deposit of its own should get that of its class.", "DEPOSITS[key]"),
        ("find raises a KeyError. What has no deposit of its own should get UNKNOWN.", "DEPOSITS[key]"),
        ("find raises a KeyError. It should return 0 then.", "DEPOSITS[key] + DEPOSITS[number]"),
        ("find raises a KeyError. It should return 1,000 then.", "DEPOSITS[key]"),
        ("find raises a KeyError. It should return 0 then, and for 'vip' it should return 5.", "DEPOSITS[key]"),
        ("find raises a KeyError. Log it and return 0 then.", "DEPOSITS[key]"),
        ("find raises a KeyError. For guests only it should return 0.", "DEPOSITS[key]"),
        ("find should return 0 for rooms under repair, that raise a KeyError now.", "DEPOSITS[key]"),
        (RETURNS, "DEPOSITS[key] + 5"),
        (RETURNS, "5 / DEPOSITS[key]"),
        (RETURNS.replace("return", "be"), "self.members[key].balance"),
        (RETURNS.replace("return", "be"), "self.rates[key][self.number]"),
        (RETURNS.replace("return", "be"), "self.makers[key](number)"),
        (RETURNS, "DEPOSITS[key] if key in DEPOSITS else fail(key)"),
        (RETURNS, "self.taken.pop(key) and self.rows[number]"),
    ],
)
def test_nothing_is_sure_where_something_else_is_wanted_or_the_place_is_not(task: str, old: str) -> None:
    assert changed(task, old) == old


@pytest.mark.parametrize(
    "ahead",
    [
        "if key not in DEPOSITS:\n        raise KeyError(key)",
        "self.stock[key] -= 1",
        "del self.stock[key]",
        "self.stock.pop(key)",
    ],
)
def test_nothing_is_sure_where_another_line_may_raise_it(ahead: str) -> None:
    code = TABLES.replace("    return", f"    {ahead}\n    return")
    assert surest_change(RETURNS, Source(path="a.py", content=code.encode()), "find") is None
