"""Results and texts rounded to the decimals that a task names, and numbers with zeros or a plus before them."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def changes(task: str, code: str, name: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def surest(task: str, code: str, name: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


SHARE = "def share(total: float, people: int) -> float:\n    return total / people  # as it is\n"
SUMS = "def sums(rows) -> dict[str, float]:\n    found = {}\n    return found\n"


@pytest.mark.parametrize(
    ("task", "code", "old", "new"),
    [
        ("Round the result of share to two decimals.", SHARE, "total / people", "round(total / people, 2)"),
        ("share should be rounded to one decimal.", SHARE, "total / people", "round(total / people, 1)"),
        ("Please round share to 3 decimal places.", SHARE, "total / people", "round(total / people, 3)"),
        (
            "Can share round to whole cents? share(290, 3) gives 96.66666666666667 now, it should be 96.67.",
            SHARE,
            "total / people",
            "round(total / people, 2)",
        ),
        (
            "sums gives things like 0.30000000000000004. Round each of them to two decimals.",
            SUMS,
            "return found",
            "return {key: round(value, 2) for key, value in found.items()}",
        ),
        (
            "Round the result of share to two decimals.",
            SHARE.replace("total / people", "round(total / people)"),
            "round(total / people)",
            "round(total / people, 2)",
        ),
        (
            "Round the result of share to two decimals.",
            SHARE.replace("total / people", "total / people if people else 0"),
            "total / people if",
            "round(total / people, 2) if",
        ),
    ],
)
def test_a_result_is_rounded(task: str, code: str, old: str, new: str) -> None:
    name = code[4 : code.index("(")]
    assert surest(task, code, name) == code.replace(old, new)


def test_decimals_that_are_enough_are_found_but_not_sure() -> None:
    task = "The share comes out like 31.88976377952756. One decimal is enough."
    assert changes(task, SHARE, "share") == [SHARE.replace("total / people", "round(total / people, 1)")]
    assert surest(task, SHARE, "share") == ""


ROUND = "Round the result of share to two decimals."


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("share should not round to two decimals any more.", SHARE),
        ("Round the total to two decimals, but not the share.", SHARE),
        ("share must round up to two decimals.", SHARE),
        (ROUND.replace(".", ", unless people is 1."), SHARE),
        (ROUND.replace(".", " and raise a ValueError for nobody."), SHARE),
        (ROUND.replace("Round", "Add a parameter to round"), SHARE),
        ("Round the price to one decimal or two decimals in share.", SHARE),
        (ROUND, SHARE.replace("    return", "    round = 2\n    return")),
        (ROUND, SHARE.replace("float:", "str:").replace("total / people", "f'{total / people}'")),
        (ROUND, SHARE.replace("return", "yield")),
        (ROUND, SHARE.replace("float:", "date:")),
        (ROUND, SHARE.replace("total / people", "round(total / people, 2)")),
    ],
)
def test_nothing_else_is_rounded(task: str, code: str) -> None:
    assert not any(
        "round(" in one for one in changes(task, code, "share") if one.count("round(") > code.count("round(")
    )


LINES = (
    'def lines(items, total: float) -> list[str]:\n    found = [f"{label}: {amount} EUR" for label, amount in items]\n'
)
LINES += '    return [*found, f"Total: {total} EUR"]\n'


def test_amounts_in_texts_have_two_decimals() -> None:
    task = "Print all amounts of lines with two decimals: 'Lunch: 45.50 EUR' and not 'Lunch: 45.5 EUR'."
    wanted = LINES.replace("{amount}", "{amount:.2f}").replace("{total}", "{total:.2f}")
    assert changes(task, LINES, "lines")[0] == wanted
    assert changes(task.replace("Print", "Unless short is given print"), LINES, "lines") == []


CENTS = "def cents(text: str) -> int:\n    return int(float(text) * 100)\n"


def test_no_cent_is_lost() -> None:
    assert surest("Please fix cents so that no cent is lost.", CENTS, "cents") == CENTS.replace(
        "int(float", "round(float"
    )
    assert changes("cents should accept a comma.", CENTS, "cents")[:1] != [CENTS.replace("int(float", "round(float")]
    assert changes("So that no cent is lost.", CENTS.replace("* 100", "+ 100"), "cents") == []


LABEL = 'def label(row: int, place: int) -> str:\n    return f"R{row}-{place}"\n'


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (
            "label should write the place with two digits so that the tags sort: R3-07 instead of R3-7.",
            "R{row}-{place:02d}",
        ),
        ("label should always show the row with three digits.", "R{row:03d}-{place}"),
        (
            "label should fill up the row with zeros to four digits and the place to two: 'R0003-07'.",
            "R{row:04d}-{place:02d}",
        ),
    ],
)
def test_a_number_has_so_many_digits(task: str, new: str) -> None:
    assert surest(task, LABEL, "label") == LABEL.replace("R{row}-{place}", new)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("label should raise a ValueError for a place with two digits.", LABEL),
        ("label should show the place with two digits only if the row has two.", LABEL),
        ("label should show the place without leading zeros.", LABEL),
        ("label should show the seat with two digits.", LABEL),
        ("label should show the place with two digits: R3-007.", LABEL.replace("{place}", "{place or 0}")),
        ("label should always show the place with two digits.", LABEL.replace("place: int", "place: str")),
        ("label should always show the place with two digits.", LABEL.replace('f"R{row}', 'f"{{R{row}')),
    ],
)
def test_no_other_number_is_filled_up(task: str, code: str) -> None:
    assert not any("d}" in one for one in changes(task, code, "label"))


GAIN = 'def line(name: str, change: int) -> str:\n    return f"{name} ({change})"\n'


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("line should put a plus in front of a gain: 'Ada (+12)'.", "{change:+}"),
        (
            "line should put a plus in front of a gain: 'Ada (+12)'. Losses and 0 stay as they are.",
            "{'+' if change > 0 else ''}{change}",
        ),
    ],
)
def test_a_plus_stands_before_a_gain(task: str, new: str) -> None:
    assert changes(task, GAIN, "line") == [GAIN.replace("{change}", new)]
    assert surest(task, GAIN, "line") == ""


@pytest.mark.parametrize(
    "task",
    ["line should not have a plus: 'Ada (+12)'.", "line should have a plus in front of a gain.", "line: 'Ada (+12)'."],
)
def test_no_plus_is_made_up(task: str) -> None:
    assert changes(task, GAIN, "line") == []
