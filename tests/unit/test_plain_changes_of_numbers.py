"""Singulars, and numbers without zeros before them, in formatted texts."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

SEATS = 'def text(self):\n    return f"{self.free()} seats left"\n'
ENDING = "f\"{self.free()} seat{'' if self.free() == 1 else 's'} left\""
DAY = "def text(day):\n    return f'{NAMES[day.weekday()]} {day.day:02} {day.year}'\n"


def changes(task: str, code: str) -> list[str]:
    return [
        (one.edits[0].after or b"").decode()
        for one in plain_changes(task, Source(path="a.py", content=code.encode()), "text")
    ]


def test_a_word_is_singular_after_a_1() -> None:
    task = "text says '1 seats left', make that '1 seat left'."
    assert any(ENDING in one for one in changes(task, SEATS))
    sure = surest_change(task, Source(path="a.py", content=SEATS.encode()), "text")
    assert sure
    assert ENDING.encode() in (sure.edits[0].after or b"")
    known: dict[str, object] = {}
    exec((sure.edits[0].after or b"").decode().replace("self.free()", "self"), known)
    assert [known["text"](n) for n in (0, 1, 2)] == ["0 seats left", "1 seat left", "2 seats left"]  # type: ignore[operator]


def test_formats_beside_it_and_an_answer_in_the_singular_alone_are_no_hindrance() -> None:
    line = 'def text(item, days):\n    return f"{item}: {days} days, {days * 9:.2f}"\n'
    task = 'It says "1 days". Make text write "1 day" there, e.g. "skis: 1 day, 18.00".'
    wanted = line.replace("{days} days", "{days} day{'' if days == 1 else 's'}")
    assert wanted in changes(task, line)
    assert evident(task, line, line.replace("days,", "day,")) == wanted.replace(
        "def text(item, day,", "def text(item, days,"
    )


def test_an_answer_that_forgot_the_singular_gets_it() -> None:
    task = "The page says '1 seats left' - make that '1 seat left'. And if no seat is left it should say 'sold out'."
    after = SEATS.replace("    return", "    if not self.free():\n        return 'sold out'\n    return")
    assert evident(task, SEATS, after) == after.replace('f"{self.free()} seats left"', ENDING)


def test_the_verb_goes_with_its_word() -> None:
    task = "text says '1 seats are left.' It should be '1 seat is left.'"
    after = SEATS.replace("seats left", "seats are left")
    assert "{'seat is' if self.free() == 1 else 'seats are'} left" in evident(task, SEATS, after)
    for other in ("text says '1 seats', should be '1 seat'.", "text says '1 seats are left', should be '1 seat left'."):
        assert evident(other, SEATS, after) == after


def test_all_words_that_a_task_shows_are_told_apart() -> None:
    task = "text says '1 seats, 1 children, 1 boxes', and should say '1 seat, 1 child, 1 box' then."
    after = SEATS.replace("seats left", "seats, {self.young} children, {self.boxes} boxes")
    chosen = evident(task, SEATS, after)
    assert "{self.free()} seat{'' if self.free() == 1 else 's'}, " in chosen
    assert "{self.young} {'child' if self.young == 1 else 'children'}, " in chosen
    assert "{self.boxes} box{'' if self.boxes == 1 else 'es'}" in chosen


@pytest.mark.parametrize(
    ("task", "after"),
    [
        ("text says '1 seats left' - make that 'sold out'.", SEATS + "\n"),
        (
            "text says '1 seats left' - make that '1 seat left'.",
            SEATS.replace("    return", "    if self.free() == 1:\n        return '1 seat left'\n    return"),
        ),
        (
            "text says '1 seats left' - make that '1 seat left'.",
            SEATS.replace("{self.free()} seats left", "{self.free():>3} seats left"),
        ),
        ("text says '1 seats left' - make that '1 seat left'.", SEATS.replace("self.free()", "self.left or 0")),
        ("text says '1 seats left' - make that '1 seat left'.", SEATS.replace("self.free()", "next(self.rows)")),
        (
            "text says '1 seats left' - make that '1 seat left'.",
            SEATS.replace(
                "    return", "    match self.free():\n        case 1:\n            return '1 seat left'\n    return"
            ),
        ),
        (
            "text says '1 seats left' - make that '1 seat left'.",
            SEATS.replace("    return", "    if self.is_single():\n        return '1 seat left'\n    return"),
        ),
        ("text says '1 seats in 1 rows', and should '1 seat in 1 row'.", SEATS.replace("left", "in many rows")),
    ],
)
def test_what_tells_them_apart_or_is_otherwise_is_left(task: str, after: str) -> None:
    assert evident(task, SEATS, after) == after


@pytest.mark.parametrize(
    "said",
    ["{n} seat{ending(n)}", "{n} seat(s)", "1{n} seats", "0.{n} seats", "{next_id()} seats"],
)
def test_a_word_that_goes_on_or_no_whole_number_is_left(said: str) -> None:
    code = f"def text(n):\n    return f'{said}'\n"
    task = "text says '1 seats', make that '1 seat'."
    assert changes(task, code) == []
    assert evident(task, SEATS, code) == code


def test_a_zero_before_a_number_goes() -> None:
    task = "We'd like 'Sat 2 Nov', so no leading zero for the day in text."
    assert any("{day.day} {day.year}" in one for one in changes(task, DAY))
    assert surest_change(task, Source(path="a.py", content=DAY.encode()), "text")
    assert not changes("text should have a leading zero for the year.", DAY)


CLOCK = "def text(hour, minute):\n    return f'{hour}:{minute:02}'\n"


@pytest.mark.parametrize(
    "task",
    [
        "text shows hours with no leading zero. It should be '09:05', not '9:05'.",
        "The hours have no leading zero. In text they should have two digits like the minutes.",
        "text writes hours without a leading zero, pad them.",
        "text must not lose the leading zero.",
        "text should accept hours without a leading zero, too.",
        "Hours without a leading zero should get one in text.",
    ],
)
def test_a_zero_that_is_missing_takes_none_away(task: str) -> None:
    assert not any("{minute}" in one for one in changes(task, CLOCK))


WAIT = "text shows '3:5 h'. It should be '3:05 h'."
HOURS = "def text(m):\n    return f'{m // 60}:{m % 60} h'\n"


@pytest.mark.parametrize(
    ("task", "code", "wanted"),
    [
        (WAIT, HOURS, "{m // 60}:{m % 60:02} h"),
        ("Not 'A7' but 'A007' in text.", "def text(n):\n    return f'A{n}'\n", "A{n:03}"),
        (
            "text gives '4.5 EUR', it should be '4.05 EUR'.",
            HOURS.replace(":{", ".{").replace("h'", "EUR'"),
            "{m % 60:02} EUR",
        ),
    ],
)
def test_a_number_is_filled_up_as_the_task_shows_it(task: str, code: str, wanted: str) -> None:
    assert any(wanted in one for one in changes(task, code))
    assert surest_change(task, Source(path="a.py", content=code.encode()), "text")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        # It is a number of one text alone, another one, or of a text with more in it.
        ("text shows '3:5 h'. It should be '3:5 min'.", HOURS),
        ("text shows '3:5 h'. It should be '3:50 h'.", HOURS),
        ("text shows '3:5 h'. It should be '03:05 h'.", HOURS),
        (WAIT, HOURS.replace("60} h", "60:02d} h")),
        (WAIT, HOURS.replace("{m % 60}", "{m!r}")),
        (WAIT, HOURS.replace("f'", "'")),
    ],
)
def test_what_is_shown_otherwise_is_not_filled_up(task: str, code: str) -> None:
    assert not any(":02}" in one and one != code for one in changes(task, code))
