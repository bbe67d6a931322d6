"""Another sign between parts that is taken too, without a command and without a model."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import surest_change
from workbench.model import Source

TIME = """
def parse_time(text):
    hour, minute = text.strip().split(":")
    return time(int(hour), int(minute))
"""
TASK = "parse_time should also understand a dot between hour and minute, like '9.30'."


def sure(task: str, code: str, name: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


@pytest.mark.parametrize(
    ("task", "sign"),
    [
        (TASK, "."),
        ("parse_time should accept '9h30' with a hyphen as well: '9-30'.", "-"),
        ("Please let parse_time take commas too, as in '9,30'.", ","),
    ],
)
def test_another_sign_is_taken_too(task: str, sign: str) -> None:
    new = f"text.strip().replace({sign!r}, ':').split(\":\")"
    assert sure(task, TIME, "parse_time") == TIME.replace('text.strip().split(":")', new)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("parse_time should also understand a dot between hour and minute.", TIME),
        ("parse_time should understand a dot instead of the colon, too: '9.30'.", TIME),
        ("parse_time should also understand a dot or a comma: '9.30'.", TIME),
        ("parse_time should also understand seconds behind a dot: '9:30.15'.", TIME),
        ("parse_time should also ignore a dot at the end, as in '9.'.", TIME),
        ("parse_time should also understand '9.30' with a dot if the colon is missing.", TIME),
        (TASK, TIME.replace("return time", 'name, _ = text.split(",")\n    return time')),
        (TASK, TIME.replace('":"', '"."')),
    ],
)
def test_nothing_is_sure_where_another_thing_may_be_meant(task: str, code: str) -> None:
    assert not sure(task, code, "parse_time")


SPANS = """
def overlaps(a, b):
    return a.start <= b.end() and b.start <= a.end()
"""


def test_what_follows_directly_does_not_overlap() -> None:
    task = (
        "overlaps must not complain about spans that follow each other directly: 9 to 10 and 10 to 11 do not overlap."
    )
    assert sure(task, SPANS, "overlaps") == SPANS.replace("<=", "<")
    assert not sure(task, SPANS.replace("<=", "<"), "overlaps")
