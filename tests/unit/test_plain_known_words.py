"""Words that are known too, and entries that a table has too."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

SPEED = """
def to_kmh(speed, unit):
    factors = {"km/h": 1.0, "m/s": 3.6}
    return speed * factors[unit]
"""
STATES = """
STATES = {
    "open": True,
    "closed": False,
}


def parse_state(text):
    return STATES[text]
"""
NAMES = """
NAMES = {"mon": "Monday"}


def day_name(key):
    return NAMES[key]
"""
ROW = """
class Box:
    name: str
    size: str
    paused: bool


def as_row(box):
    return {
        "name": box.name,
        "size": box.size,
    }
"""
WORDS = """
TRUE = ("true", "1")


def is_true(text):
    return text in TRUE
"""


def found(task: str, code: str, name: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


@pytest.mark.parametrize(
    ("task", "code", "old", "new"),
    [
        ("to_kmh should also know 'kn': one knot is 1.852 km/h.", SPEED, "3.6}", '3.6, "kn": 1.852}'),
        ("to_kmh should understand 'mph', which are 2 km/h.", SPEED, "3.6}", '3.6, "mph": 2.0}'),
        ("'ice' means closed. Let parse_state know it.", STATES, "False,\n", 'False,\n    "ice": False,\n'),
        ("day_name should also know 'sun' as 'Sunday'.", NAMES, '"Monday"}', '"Monday", "sun": "Sunday"}'),
        (
            "as_row should also have the size and a column 'paused'.",
            ROW,
            "size,\n",
            'size,\n        "paused": box.paused,\n',
        ),
        (
            "as_row should have a field 'paused', with 'yes' or 'no' in it.",
            ROW,
            "box.size,\n",
            'box.size,\n        "paused": "yes" if box.paused else "no",\n',
        ),
        ("is_true should also understand 'yes' and 'on'.", WORDS, '"1")', '"1", "yes", "on")'),
    ],
)
def test_a_word_is_known_too(task: str, code: str, old: str, new: str) -> None:
    name = code.partition("def ")[2].partition("(")[0]
    assert code.replace(old, new) in found(task, code, name)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("to_kmh should no longer know 'kn'.", SPEED),
        ("to_kmh should also know knots.", SPEED),
        ("to_kmh should also know 'm/s' with 3.6.", SPEED),
        ("to_kmh should also know 'kn' with 1.852.", SPEED.replace('"m/s": 3.6', "**OTHERS")),
        ("parse_state should also know 'ice' as closed.", STATES.replace("True", "one()")),
        ("Remove 'ice' from parse_state.", STATES),
        ("day_name should also know 'sun' with 3.", NAMES),
        ("as_row should also have a column 'town'.", ROW),
        ("as_row should not have a column 'paused'.", ROW),
        ("as_row should also have a column 'name'.", ROW),
        ("is_true should also understand 'true'.", WORDS),
        ("is_true should not accept 'yes'.", WORDS),
        ("is_true should also understand 'yes'.", WORDS.replace('"1"', "1")),
    ],
)
def test_no_other_word_is_known(task: str, code: str) -> None:
    assert not found(task, code, code.partition("def ")[2].partition("(")[0])
