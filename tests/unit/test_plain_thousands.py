"""Commas between the thousands of a number that is written."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

PRICE = 'def price(amount: float, count: int = 1) -> str:\n    return f"{amount:.2f} EUR"\n'
TASK = "price should put a comma between the thousands, so that 1234.5 is shown as '1,234.50 EUR'."


def changes(task: str, code: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    found = plain_changes(task, source, "price")
    return [(one.edits[0].after or b"").decode() for one in found if ":," in (one.edits[0].after or b"").decode()]


def test_a_number_gets_commas_between_its_thousands_and_keeps_its_digits() -> None:
    assert changes(TASK, PRICE) == [PRICE.replace("{amount:.2f}", "{amount:,.2f}")]
    assert surest_change(TASK, Source(path="a.py", content=PRICE.encode()), "price")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('f"{count} pieces"', 'f"{count:,} pieces"'),
        ('f"{len(amount)} pieces"', 'f"{len(amount):,} pieces"'),
        ('f"{count:d} pieces, {amount}"', 'f"{count:,d} pieces, {amount}"'),
        ('f"{amount / 100:.2f} €"', 'f"{amount / 100:,.2f} €"'),
        ('"{:.2f} EUR".format(amount)', '"{:,.2f} EUR".format(amount)'),
        ("f'ä {amount:.2f} EUR'", "f'ä {amount:,.2f} EUR'"),
    ],
)
def test_numbers_are_written_in_many_ways(old: str, new: str) -> None:
    code = PRICE.replace('f"{amount:.2f} EUR"', old)
    assert changes(TASK, code) == [code.replace(old, new)]


@pytest.mark.parametrize(
    "task",
    [
        "price should read numbers with commas between the thousands, '1,234.50'.",
        "price should put no comma between the thousands: '1234.50 EUR'.",
        "price should put a dot between the thousands and a comma before the cents: '1.234,50 EUR'.",
        "price should show thousands as 'k', with a comma: '1,2 k'.",
        "price should put a blank between the thousands and not a comma: '1 234.50'.",
        "price should end with a comma.",
    ],
)
def test_another_sign_or_a_number_that_is_read_is_left(task: str) -> None:
    assert changes(task, PRICE) == []


@pytest.mark.parametrize(
    "old", ['f"{amount} EUR"', 'f"{amount:>8} EUR"', 'f"{amount:,.2f} EUR"', 'f"{amount!r:.2} EUR"']
)
def test_what_may_be_no_number_or_has_its_commas_is_left(old: str) -> None:
    code = PRICE.replace('f"{amount:.2f} EUR"', old)
    assert [one for one in changes(TASK, code) if one != code] == []


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("price should put commas between the thousands.", 'f"{{amount:.2f}} EUR"'),
        ("price should put commas between the thousands.", 'f"{amount} EUR ({count:.1f}%)"'),
        ("price should put commas between the thousands.", 'f"{amount:>8.2f} {count:.1f}"'),
        ("price should put commas between the thousands.", '"%.2f" % amount + f" {count:d}"'),
        ("price should put commas between the thousands of the amount.", 'f"{count}: {amount} EUR"'),
        ("price should put commas between the thousands: '1,235 EUR'.", 'f"{amount:.2f} EUR"'),
        ("price should be in thousands, with a comma: '1,235k'.", 'f"{amount:.0f}"'),
        ("price should put commas between the thousands if count is above 1.", 'f"{amount:.2f}"'),
        ("price should cope with commas between the thousands.", 'f"{amount:.2f}"'),
    ],
)
def test_another_value_and_other_digits_are_left(task: str, old: str) -> None:
    assert changes(task, PRICE.replace('f"{amount:.2f} EUR"', old)) == []


def test_of_two_numbers_none_is_sure() -> None:
    code = PRICE.replace("{amount:.2f} EUR", "{amount:.2f} EUR, {count:d}")
    assert len(changes(TASK, code)) == 2
    assert surest_change(TASK, Source(path="a.py", content=code.encode()), "price") is None


def test_why_commas_are_wanted_says_nothing_of_other_numbers() -> None:
    task = "Amounts of a thousand euros and more are hard to read, put a comma between the thousands: '1,234.50'."
    assert changes(task, PRICE) == [PRICE.replace("{amount:.2f}", "{amount:,.2f}")]
