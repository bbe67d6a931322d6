"""How what lies between two days is counted."""

from __future__ import annotations

from datetime import date

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

MONTHS = "The age must only count whole months: 11 on the 19th, and 12 from the 20th on."
WEEKDAYS = "missed should only count Monday to Friday."


def changes(task: str, code: str, name: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def called(code: str, call: str) -> object:
    space: dict[str, object] = {"date": date}
    exec(code, space)
    return eval(call, space)


@pytest.mark.parametrize(
    "form",
    [
        "(now.year - born.year) * 12 + now.month - born.month",
        "12 * (now.year - born.year) + (now.month - born.month)",
        "now.year * 12 + now.month - (born.year * 12 + born.month)",
    ],
)
def test_months_are_full_from_their_day_on(form: str) -> None:
    code = f"def age(born, now):\n    return {form}\n"
    (made,) = changes(MONTHS, code, "age")
    assert made == code.replace(form, f"{form} - (now.day < born.day)")
    assert called(made, "age(date(2021, 3, 20), date(2022, 3, 19)), age(date(2021, 3, 20), date(2022, 3, 20))") == (
        11,
        12,
    )
    assert surest_change(MONTHS, Source(path="a.py", content=code.encode()), "age")


@pytest.mark.parametrize(
    ("task", "form"),
    [
        (MONTHS, "now.month - born.month"),
        (MONTHS, "(now.year - born.year) * 12 + now.month - born.month - (now.day < 3)"),
        (MONTHS, "(now.year - born.year) * 4 + now.month - born.month"),
        ("The age should be in months.", "(now.year - born.year) * 12 + now.month - born.month"),
    ],
)
def test_other_months_are_left_alone(task: str, form: str) -> None:
    made = changes(task, f"def age(born, now):\n    return {form}\n", "age")
    assert not any("now.day < born.day" in one for one in made)


AGE = "def age(born: date, now: date):\n    return (now.year - born.year) * 12 + now.month - born.month\n"


@pytest.mark.parametrize(
    "task",
    [
        "A month that has begun should count as a full month in age.",
        "age should not only count full months.",
        "A month should only count as a full month from its 15th day on.",
        "age should add one full month.",
    ],
)
def test_months_are_not_surely_full_where_others_count_too(task: str) -> None:
    source = Source(path="a.py", content=AGE.encode())
    assert surest_change(MONTHS, source, "age")
    assert surest_change(task, source, "age") is None


def test_a_month_has_no_day() -> None:
    assert not any(".day" in one for one in changes(MONTHS, AGE.replace(": date", ": YearMonth"), "age"))


MISSED = (
    "from datetime import date\n\n\ndef missed(first: date, last: date) -> int:\n    return (last - first).days + 1\n"
)


DAYS = "from datetime import date\n\n\ndef missed(first, last, number):\n"
UNSURE = (
    "1 + (last - first).days",
    "(last - first).days - 1",
    "(last - (first or TODAY)).days",
    "(last - (first if number else TODAY)).days",
    "(last - number).days",
    "(last - next(first)).days",
)


@pytest.mark.parametrize(
    ("task", "head"),
    [
        (WEEKDAYS, "from datetime import date"),
        ("missed should count working days only, so just weekdays.", "from datetime import date, timedelta"),
        ("missed should not count weekends.", "from datetime import date, timedelta as delta"),
    ],
)
def test_only_days_of_work_are_counted(task: str, head: str) -> None:
    code = MISSED.replace("from datetime import date", head)
    (made,) = changes(task, code, "missed")
    assert "timedelta" in made.splitlines()[0]
    assert called(made, "missed(date(2024, 5, 3), date(2024, 5, 6))") == 2
    assert called(made, "missed(date(2024, 5, 4), date(2024, 5, 5))") == 0
    assert called(made, "missed(date(2024, 5, 6), date(2024, 5, 19))") == 10


def test_the_last_day_counts_where_it_did() -> None:
    code = MISSED.replace(" + 1", "").replace("from datetime import date", "import datetime\nfrom datetime import date")
    (made,) = changes(WEEKDAYS, code, "missed")
    assert "datetime.timedelta(days=number)" in made
    assert called(made, "missed(date(2024, 5, 3), date(2024, 5, 6))") == 1


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("missed should count all days, Monday to Friday is not enough.", MISSED),
        (WEEKDAYS, MISSED.replace("from datetime import date\n", "")),
        (WEEKDAYS, MISSED.replace("+ 1", "- first.weekday()")),
        (WEEKDAYS, MISSED.replace("from datetime import date", "from datetime import (date)")),
        (WEEKDAYS, MISSED.replace("def missed(", "def sum(days):\n    return len(days)\n\n\ndef missed(")),
        *((WEEKDAYS, f"{DAYS}    return {said}\n") for said in UNSURE),
    ],
)
def test_other_days_are_left_alone(task: str, code: str) -> None:
    assert not changes(task, code, "missed")


def test_only_who_speaks_of_counting_means_what_is_counted() -> None:
    source = Source(path="a.py", content=MISSED.encode())
    assert surest_change("missed should only count Monday to Friday.", source, "missed")
    assert not surest_change("Please only deliver on working days.", source, "missed")
