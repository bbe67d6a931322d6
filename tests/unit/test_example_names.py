"""A name of an example is that of whoever it is about."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.judging.lost import lost

LINE = 'def line(booking):\n    return f"{booking.studio}, {booking.minutes} min"\n'
TASK = "line should say at the end who has booked, like 'Mirror Hall, 60 min (Anna)'. If who is empty it stays."
WITH = 'def line(booking):\n    if booking.who:\n        return f"{booking.studio}, {booking.minutes} min (Anna)"\n'
REST = '    return f"{booking.studio}, {booking.minutes} min"\n'


def test_a_name_of_the_example_that_is_said_always_is_told() -> None:
    said = lost(TASK, [edit(LINE, WITH + REST)])
    assert said == "line always says 'Anna'; that is of the example, and must be what a call gives"


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (TASK, LINE, WITH.replace("(Anna)", "({booking.who})") + REST),
        # What the file says already, what the task quotes alone, and words that are nobody's name.
        (TASK, LINE.replace("min", "min for Anna"), WITH + REST),
        (f"{TASK} Nobody is 'Anna'.", LINE, WITH + REST),
        (
            "line should say 'Dear Mirror, 60 min' of a mirror.",
            LINE,
            LINE.replace("{booking.studio}", "Dear {booking.studio}"),
        ),
        ("line should say who has booked.", LINE, WITH + REST),
        (TASK, LINE, LINE.replace("    return", '    """Return a line, as for Anna."""\n    return')),
    ],
)
def test_what_may_be_said_always_is_not(task: str, before: str, after: str) -> None:
    assert "always says" not in lost(task, [edit(before, after)])
