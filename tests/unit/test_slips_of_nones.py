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
        f"self.last and {OLD} or self.last is None",
        f"self.last and {OLD} and self.last is not None",
        f"isinstance(self.last, date) and {OLD} or self.last is None",
        "any(day < self.last for day in self.days) or self.last is None",
        "(day < self.last if self.last else True) or self.last is None",
        "self.last > day and self.name and self.last is not None",
        "self.get((self.last := day)) and self.last > day and self.last is not None".replace("self.last", "last"),
        f"(\n        {OLD}  # all of it\n        or self.last is None\n    )",
    ],
)
def test_what_is_asked_in_time_or_of_another_is_left(new: str) -> None:
    assert mended(new) == new


@pytest.mark.parametrize(
    "around",
    [
        "    if self.last is None:\n        return True\n    return {}\n",
        "    try:\n        return {}\n    except TypeError:\n        return False\n",
    ],
)
def test_where_none_cannot_come_or_its_failure_is_awaited_all_is_left(around: str) -> None:
    code = f"def covers(self, day):\n{around}".format(f"{OLD} or self.last is None")
    edits, _ = without_evident(TASK, [edit(BEFORE, code)])
    assert (edits[0].after or b"").decode() == code
