"""Texts cut at either of two signs, and elements that are empty once they are cleaned."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import made
from tests.unit.test_slips_of_everyday import evident

NAMES = "def names(text):\n    return [one for one in text.split(',') if one]\n"


@pytest.mark.parametrize("cut", ["text.split(',') + text.split(';')", "text.split(',;')", "text.split(';,')"])
def test_a_text_cut_at_two_signs_is_cut_at_either(cut: str) -> None:
    after = NAMES.replace("text.split(',')", cut)
    either = NAMES.replace("text.split(',')", "text.replace(';', ',').split(',')")
    assert evident("names should take semicolons too.", NAMES, after) == either


@pytest.mark.parametrize("cut", ["text.split(', ')", "text.split('->')", "text.split(',,')", "text.split(';')"])
def test_two_signs_that_are_one_are_left_alone(cut: str) -> None:
    after = NAMES.replace("text.split(',')", cut)
    assert evident("names are cut elsewhere.", NAMES, after) == after
    after = NAMES.replace("text.split(',')", "text.split(',;')")
    assert evident("names are cut at ',;'.", NAMES, after) == after


ITEMS = "def items(text):\n    return [item.strip() for item in text.split(',')]\n"


def test_empty_elements_are_those_that_are_empty_once_cleaned() -> None:
    after = ITEMS.replace("')]", "') if item]")
    cleaned = ITEMS.replace("')]", "') if item.strip()]")
    assert evident("items should leave out empty ones.", ITEMS, after) == cleaned
    assert evident("items should be stripped.", ITEMS, after) == after
    assert evident("items should leave out empty ones.", after, after + "\n") == after + "\n"


@pytest.mark.parametrize(
    ("task", "old", "cut"),
    [
        # Two signs that are one.
        ("names should expect CRLF line ends.", "text.split('\\n')", "text.split('\\r\\n')"),
        ("names are cut at arrows.", "text.split('-')", "text.split('->')"),
        ("names are cut at a comma directly followed by a semicolon.", "text.split(',')", "text.split(',;')"),
        # Another text is read for each of the cuts.
        ("Semicolons too.", "next(text).split(',')", "next(text).split(',') + next(text).split(';')"),
        # It was so before, or it is asked for, or nothing was cut.
        ("Use ';'.", "text.split(',') + text.split('|')", "text.split(',') + text.split(';')"),
        ("Give the parts at '-', then those at '_'.", "text.split('-')", "text.split('-') + text.split('_')"),
        ("Take them at '-' and '_'.", "text", "text.split('-') + text.split('_')"),
        ("Semicolons too.", "text.split(', ')", "text.split(', ') + text.split(',')"),
    ],
)
def test_a_text_that_is_to_be_cut_so_stays_cut_so(task: str, old: str, cut: str) -> None:
    before, after = (NAMES.replace("text.split(',')", one) for one in (old, cut))
    assert evident(task, before, after) == after


def test_what_is_cut_keeps_its_brackets() -> None:
    before, after, either = (
        NAMES.replace("text.split(',')", one)
        for one in (
            "(text or '').split(',')",
            "(text or '').split(',') + (text or '').split(';')",
            "(text or '').replace(';', ',').split(',')",
        )
    )
    assert evident("Semicolons too.", before, after) == either


def test_a_text_cut_twice_that_was_not_cut_before_is_mended_where_a_check_fails() -> None:
    after = NAMES.replace("text.split(',')", "text.split(',') + text.split(';')")
    assert NAMES.replace("text.split(',')", "text.replace(';', ',').split(',')") in made(
        NAMES.replace("text.split(',')", "text"), after, "AssertionError"
    )
