"""What the texts of a function can look like, held against those that a task shows."""

from __future__ import annotations

import time

import pytest

from workbench.crew.judging.asked import unmet
from workbench.crew.judging.shapes import cannot_come
from workbench.crew.judging.stated import functions
from workbench.model import FileEdit

CLOCK = "clock shows an hour and a half as '90:00'. From one hour on it should show the hours as well, '1:30:00'."


def never(task: str, code: str) -> str:
    name, node = next(iter(functions(code.encode()).items()))
    return cannot_come(task, name, node)


@pytest.mark.parametrize(
    ("task", "body", "text"),
    [
        (CLOCK, 'return f"{seconds // 60}:{seconds % 60:02d}"', "1:30:00"),
        (CLOCK, 'hours = seconds // 3600\n    return f"{hours}:{seconds % 60:02d}"', "1:30:00"),
        (CLOCK, 'minutes, rest = divmod(seconds, 60)\n    return f"{minutes}:" + f"{rest:02d}"', "1:30:00"),
        ("clock should give '5 min'.", 'return f"{seconds // 60} m" if seconds else "0 m"', "5 min"),
        ("clock should be '4.50 EUR'.", 'return f"{seconds / 60:.1f} EUR"', "4.50 EUR"),
        ("clock should be 'A-07'.", 'return f"A-{seconds:d}"', ""),
        ("clock should be 'A-07 x'.", 'return f"A{seconds:04d} x"', "A-07 x"),
        ("clock should be 'A-07 x'.", 'return f"A{seconds:03d} x"', ""),
        ("clock should be 'A-07'.", 'return f"A{seconds:02d}"', ""),
        ("clock should be '50 EUR'.", 'return f"{seconds / 60:.2f} EUR"', ""),
    ],
)
def test_a_text_that_no_return_can_give_is_seen(task: str, body: str, text: str) -> None:
    assert never(task, f"def clock(seconds: int) -> str:\n    {body}\n") == text


@pytest.mark.parametrize(
    "body",
    [
        'return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"',
        'if seconds < 3600:\n        return f"{seconds}"\n    return f"{seconds // 3600}:{clock(seconds % 3600)}"',
        'text = f"{seconds % 60:02d}"\n    for _ in range(2):\n        text = f"{seconds}:{text}"\n    return text',
        'text = f"{seconds % 60:02d}"\n    text += ":30:00"\n    return text',
        'return ":".join([f"{seconds}", "30", "00"])',
        'return f"{seconds}:{seconds:>02}:{seconds}"',
        'return "%d:%02d:%02d" % (seconds, seconds, seconds)',
        "return str(timedelta(seconds=seconds))",
        'hours: str = ""\n    hours = f"{seconds}:30:"\n    return hours + "00"',
        'log.info(f"{seconds}:{seconds}:{seconds}")\n    return f"{seconds} s"',
        'yield f"{seconds} s"\n    return f"{seconds}"',
        "print(seconds)",
        'print("1:30", seconds)\n    return None',
        'if seconds < 0:\n        raise ValueError("1:" + str(seconds))\n    return f"{seconds} s"',
        'if seconds < 0:\n        raise ValueError(MESSAGE)\n    return f"{seconds} s"',
        'log.info("%d:%s", seconds, seconds)\n    return f"{seconds} s"',
        'text = "a"\n    def add():\n        nonlocal text\n        text += ":30:00"\n    add()\n    return text',
    ],
)
def test_what_may_give_it_in_a_way_that_is_not_known_is_left_alone(body: str) -> None:
    assert not never(CLOCK, f"def clock(seconds: int) -> str:\n    {body}\n")


@pytest.mark.parametrize(
    "task",
    [
        "The notice board should show '1:30:00'.",
        "clock should take '1:30:00' as well.",
        "clock gives '1:30:00' now.",
        "clock should raise a ValueError with the message '1:30:00'.",
        "clock should not return 'n/a'.",
        "clock should return None, never 'nothing' or be 'nothing'.",
        "clock should understand times like '9.30 h'.",
        "clock should cope with a time like '9.30 h'.",
        "clock should give 'n min'.",
        "clock should be '... min'.",
        "clock should be 'seconds: s'.",
        r"clock should be '5\ts'.",
    ],
)
def test_a_text_that_is_not_said_to_come_of_the_function_is_none_of_its_own(task: str) -> None:
    assert not never(task, 'def clock(seconds: int) -> str:\n    return f"{seconds} s"\n')


def test_a_number_of_which_nothing_is_known_may_be_any_text() -> None:
    assert not never(CLOCK, 'def clock(seconds):\n    return f"{seconds}:00"\n')
    assert never(CLOCK, 'def clock(seconds):\n    return f"{seconds // 2}.00"\n')


@pytest.mark.parametrize(
    ("head", "value", "shown"),
    [
        ("start, end", "{end - start}", "1:30:00"),
        ("folder, name", "{folder / name}.txt", "data/x.txt"),
        ("pattern, value", "{pattern % value} s", "a: 5 s"),
        ("durations, start", "{sum(durations, start)}", "1:30:00"),
        ("number: int", "{number / 3:.0f} EUR", "50 EUR"),
        ("number: int", "all: {number:5d}", "all:    50"),
        ("number: int", "all: {number / 3:8.2f}", "all:     4.50"),
    ],
)
def test_what_need_not_be_a_number_or_is_written_otherwise_is_left_alone(head: str, value: str, shown: str) -> None:
    assert not never(f"work should give '{shown}'.", f"def work({head}) -> str:\n    return f'{value}'\n")


def test_a_parameter_that_is_set_only_sometimes_may_be_any_text() -> None:
    code = "def work(n: int, unit=None):\n    if not unit:\n        unit = 'm'\n    return f'{n} {unit}'\n"
    assert not never("work should give '5 km'.", code)


def test_many_ways_are_not_gone_through() -> None:
    choice = '{"a" if one else "b"}'
    code = f"def clock(one: bool) -> str:\n    return f'{choice * 12}'\n"
    assert not never(CLOCK, code)


def test_many_numbers_in_a_row_are_not_tried_in_every_way() -> None:
    shown, numbers = "1" * 70, "{seconds}" * 12
    assert never(f"clock should be '{shown} x'.", f"def clock(seconds: int) -> str:\n    return f'{numbers}'\n")


def test_names_that_are_set_over_and_over_are_not_gone_through() -> None:
    rows = "    if n > 1:\n        one = one + two\n        two = two + one\n" * 60
    code = f"def clock(n: int) -> str:\n    one = two = 0\n{rows}    return f'{{one}}'\n"
    begun = time.process_time()
    assert not never(CLOCK, code)
    assert time.process_time() - begun < 3


def test_the_model_is_told() -> None:
    before = b'def clock(seconds: int) -> str:\n    return f"{seconds // 60}:{seconds % 60:02d}"\n'
    after = before.replace(b"60}:{seconds % 60", b"3600}:{seconds // 60")
    assert unmet(CLOCK, [FileEdit(path="a.py", before=before, after=after)]) == (
        "the task shows '1:30:00' as what should come, and clock can never give that"
    )


def test_of_two_functions_that_change_either_may_give_what_is_shown() -> None:
    before = "def clock(seconds: int) -> str:\n    return f'{seconds}'\n"
    both = before + before.replace("clock", "price")
    after = before.replace("}'", "} min'") + before.replace("clock", "price").replace("}'", "} EUR'")
    task = "clock should give '5 min' and price should give '5 EUR'."
    assert unmet(task, [FileEdit(path="a.py", before=both.encode(), after=after.encode())]) == ""


def test_a_text_that_stands_beside_the_function_may_come_of_it() -> None:
    before = "ZONE = 'Europe/Rome'\n\n\ndef clock(n: int) -> str:\n    return f'{n}'\n"
    after = before.replace("Rome", "Oslo").replace("{n}", "{n} s")
    edit = FileEdit(path="a.py", before=before.encode(), after=after.encode())
    assert unmet("The zone of clock should be 'Europe/Oslo'.", [edit]) == ""
