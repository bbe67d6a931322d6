"""None is asked for before what may be None is compared."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import without_evident

TASK = "An absence whose last day nobody knows yet still goes on."
BEFORE = "def covers(self, day):\n    return self.first <= day <= self.last\n"
OLD = "self.first <= day <= self.last"


def mended(new: str) -> str:
    edits, _ = without_evident(TASK, [edit(BEFORE, BEFORE.replace(OLD, new))])
    return (edits[0].after or b"").decode().partition("return ")[2].strip()


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (
            f"{OLD} or (self.last is None and self.first <= day)",
            f"(self.last is None and self.first <= day) or {OLD}",
        ),
        (f"{OLD} or self.last is None", f"self.last is None or {OLD}"),
        (
            "self.first <= day and day <= self.last and self.last is not None",
            "self.first <= day and self.last is not None and (day <= self.last)",
        ),
    ],
)
def test_it_comes_first(new: str, wanted: str) -> None:
    assert mended(new).replace("(", "").replace(")", "") == wanted.replace("(", "").replace(")", "")


@pytest.mark.parametrize(
    "new",
    [
        f"self.last is None or {OLD}",
        "self.first <= day or self.last is None",
        "(self.last is not None and day <= self.last) or self.last is None",
        f"{OLD} and self.last is None",
        f"{OLD} or self.other is None",
    ],
)
def test_what_is_asked_in_time_or_of_another_is_left(new: str) -> None:
    assert mended(new) == new
