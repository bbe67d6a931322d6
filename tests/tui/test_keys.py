"""Every key of the table does what the table says: the tests walk the table, and a key without a case fails."""

from __future__ import annotations

import pytest

from tests.tui.day import Day
from tests.tui.house import opened
from tests.tui.key_cases import CASES
from tests.tui.pane_key_cases import CASES as PANE_CASES
from workbench.tui.keys import KEYS, Key, shown

STROKES = [pytest.param(key, stroke, id=f"{key.name}-{stroke}") for key in KEYS for stroke in shown(key.keys).split()]

assert PANE_CASES is CASES  # one table, filled by two files


@pytest.mark.parametrize(("key", "stroke"), STROKES)
async def test_a_key_does_what_the_table_says(day: Day, key: Key, stroke: str) -> None:
    assert key.name in CASES, f"{key.name} has no case in key_cases.py"
    async with opened(day) as sight:
        await CASES[key.name](sight, stroke)


def test_no_case_is_of_a_key_that_is_no_more() -> None:
    assert set(CASES) == {key.name for key in KEYS}
