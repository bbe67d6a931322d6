"""Old lines that an answer moved behind a `raise` are put back."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import evident

BEFORE = """class Cache:
    def set(self, key, value):
        data = self.data
        if value > 3:
            if key not in data:
                raise ValueError("too large")

        # Kept for later.
        data[key] = value
        return data
"""


def test_what_stands_behind_a_raise_is_put_where_it_was() -> None:
    said = BEFORE.replace('"too large"', 'f"{value} is too large"')
    head, _, rest = said.partition("\n\n")
    deep = "\n".join(f"        {row}" for row in rest.splitlines())
    assert evident(BEFORE, f"{head}\n{deep}\n") == said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Something else than the old lines cannot be reached: what is meant is not known.
        ("        return data\n", "        return data\n        data.clear()\n"),
        ('raise ValueError("too large")\n', 'raise ValueError("too large")\n                data.clear()\n'),
        ("        data[key] = value\n", "        data[key] = str(value)\n"),
    ],
)
def test_other_answers_are_left(old: str, new: str) -> None:
    after = BEFORE.replace(old, new)
    assert after != BEFORE
    assert evident(BEFORE, after) == after
