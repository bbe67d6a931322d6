"""The value that a task wants given."""

from __future__ import annotations

import pytest

from workbench.crew.plain.missing.wished import wished


@pytest.mark.parametrize(
    ("task", "value"),
    [
        ("It should return None then.", "None"),
        ("Return an empty list instead.", "[]"),
        ("Please just give back 0.0 in that case.", "0.0"),
        ("I'd rather have 0.0 for an empty list.", "0.0"),
        ("It should just be 0 then.", "0"),
        ("Could you make it return zero?", "0"),
        ("Shouldn't it return an empty dict there?", "{}"),
        ("Can mean([]) please return `None` instead of crashing?", "None"),
        ("An empty list would be fine.", "[]"),
        ("It should say 'nobody' then.", '"nobody"'),
        ("It should not return None but an empty string.", '""'),
        ("Let it return False if there are none.", "False"),
        # What is said of today, denied or measured is no wish, and neither are two values one.
        ("It returns None if there are no books.", ""),
        ("It should never return 0.", ""),
        ("It should return 5 days.", ""),
        ("It should return 1,000 then.", ""),
        ("It should return 0 for adults and 1 for children.", ""),
        ("It should return 0 then. For guests it should give 5.", ""),
        ("Instead of returning 0 it should fail.", ""),
        ("It should return the largest one.", ""),
    ],
)
def test_the_one_value_that_is_wished_for(task: str, value: str) -> None:
    assert wished(task) == value
