"""Texts put together otherwise than an example shows."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed

PLATE = "def plate(animals):\n    return ', '.join(animals)\n"
COUNTED = """def plate(animals):
    return ', '.join(f"{name}: {n}" for name, n in animals.items())
"""


def texts(after: str, gave: str, wanted: str, before: str = PLATE) -> list[str]:
    fault = CheckFailed(
        f"AssertionError\n  plate(x) gave {gave!r}\n  wanted: {wanted!r}", code="checks-failed", hint=""
    )
    return [(one.edits[0].after or b"").decode() for one in righted("", [edit(before, after)], fault)]


@pytest.mark.parametrize(
    ("gave", "wanted", "written"),
    [
        ("goby: 1, carp: 12", "goby (1), carp (12)", 'f"{name} ({n})"'),
        ("goby: 1, carp: 12", "goby = 1, carp = 12", 'f"{name} = {n}"'),
        ("goby: 1", "goby: 1x", 'f"{name}: {n}x"'),
        ("goby: 1", "#goby: 1", 'f"#{name}: {n}"'),
    ],
)
def test_the_words_of_a_formatted_text_are_those_of_the_example(gave: str, wanted: str, written: str) -> None:
    assert COUNTED.replace('f"{name}: {n}"', written) in texts(COUNTED, gave, wanted)


@pytest.mark.parametrize(
    ("after", "gave", "wanted"),
    [
        (COUNTED, "goby: 1", 'goby"1'),
        (COUNTED, "goby: 1", "goby{1"),
        (COUNTED.replace('f"{name}: {n}"', "name"), "goby", "goby (1)"),
        (COUNTED, "goby: 1", "carp: 1"),
        (COUNTED.replace("{name}: {n}", "{name:>2}: {n:02}"), "goby: 01", "goby2: 1"),
    ],
)
def test_what_is_no_word_of_the_text_is_left(after: str, gave: str, wanted: str) -> None:
    assert not [text for text in texts(after, gave, wanted) if 'f"' in text and text.count('f"') != after.count('f"')]
    assert all("carp" not in text for text in texts(after, gave, wanted))
