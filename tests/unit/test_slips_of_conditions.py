"""A condition that gave way to a new one stands beside it."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident

LOG = "def log(text):\n    return [read(line) for line in text.splitlines() if line.strip()]\n"
TASK = "log should skip lines that start with '#'."


@pytest.mark.parametrize(
    ("new", "righted"),
    [
        ("not line.startswith('#')", "line.strip() and not line.startswith('#')"),
        ("line[:1] != '#' or False", "line.strip() and (line[:1] != '#' or False)"),
        ("not line.strip().startswith('#')", "line.strip() and not line.strip().startswith('#')"),
    ],
)
def test_an_old_condition_stays_beside_a_new_one(new: str, righted: str) -> None:
    after = LOG.replace("if line.strip()]", f"if {new}]")
    assert evident(TASK, LOG, after) == LOG.replace("if line.strip()]", f"if {righted}]")


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (f"{TASK} Blank lines should no longer be skipped.", LOG, LOG.replace("line.strip()]", "line[:1] != '#']")),
        (TASK, LOG, LOG.replace(" if line.strip()]", "]")),
        (TASK, LOG, LOG.replace("line.strip()]", "line.strip() and line[:1] != '#']")),
        (TASK, LOG, LOG.replace("line.strip()]", "not line.strip()]")),
        (
            TASK,
            LOG,
            LOG.replace("line in text.splitlines() if line.strip()]", "line in rows(text) if line[:1] != '#']"),
        ),
        (
            "late should count from 3 on",
            "def late(stays, day):\n    return [one for one in stays if one.day > day]\n",
            "def late(stays, day):\n    return [one for one in stays if one.day > 3]\n",
        ),
        (TASK, LOG.replace(" if line.strip()", ""), LOG.replace("line.strip()]", "line[:1] != '#']")),
    ],
)
def test_what_is_meant_to_go_or_was_mended_is_left(task: str, before: str, after: str) -> None:
    assert evident(task, before, after) == after


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        ("pick returns the even ones, it should return the odd ones.", "n % 2 == 0", "n % 2 == 1"),
        ("pick should take words of 3 letters, too.", "len(n) > 3", "len(n) >= 3"),
        ("pick skips words of 3 letters; it should take them.", "len(n) > 3", "len(n) >= 3"),
        ("pick should leave out negative values, while zeros count.", "n", "n >= 0"),
        ("pick should count capital letters, too.", "n in 'aeiou'", "n.lower() in 'aeiou'"),
        ("pick skips capital letters, which are vowels.", "n in 'aeiou'", "n.lower() in 'aeiou'"),
        ("pick should skip digits but count dashes.", "n.isalpha()", "n.isalpha() or n == '-'"),
        ("pick skips names with digits, wrongly.", "n.isalpha()", "n.isalnum()"),
        ("pick skips files with upper-case endings, wrongly.", "n.endswith('.csv')", "n.lower().endswith('.csv')"),
        ("pick should give the jobs that are open.", "n.is_done()", "n.is_open()"),
    ],
)
def test_a_condition_in_the_place_of_the_old_one_is_left(task: str, old: str, new: str) -> None:
    before = f"def pick(ns):\n    return [n for n in ns if {old}]\n"
    after = before.replace(f"if {old}]", f"if {new}]")
    assert evident(task, before, after) == after
