"""What is returned is rounded to the step that a task names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

WEIGHT = "import math\n\n\ndef weight(length, width):\n    return length * width / 5000\n"
CENTS = "def cents(price):\n    return price * 1.19\n"
ROUNDED = "def cents(price):\n    return round(price * 1.19)\n"
KEPT = "def cents(price):\n    if price > 50:\n        price = price * 1.19\n    return price\n"


def first(task: str, code: str) -> str:
    name = code.partition("def ")[2].partition("(")[0]
    made = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return (made[0].edits[0].after or b"").decode() if made else ""


@pytest.mark.parametrize(
    ("task", "code", "given", "expected"),
    [
        ("weight is rounded up to the next half kilo: 1.2 is 1.5.", WEIGHT, (60, 100), 1.5),
        ("weight is rounded up to the next half kilo: 1.2 is 1.5.", WEIGHT, (100, 100), 2.0),
        ("Round weight down to the nearest quarter.", WEIGHT, (60, 100), 1.0),
        ("cents should be rounded up to the next 5 cents.", CENTS, (9.0,), 15),
        ("cents should be rounded down to full tens.", CENTS, (9.0,), 10),
        ("cents should be rounded to the nearest 5.", CENTS, (9.0,), 10),
        ("cents should be rounded up to the next 5 cents.", ROUNDED, (9.0,), 15),
        ("cents should be rounded to the nearest 0.5.", CENTS, (9.0,), 10.5),
        ("cents should be rounded up to the next half.", CENTS, (9.3,), 11.5),
        ("Round the whole evening price down to whole ten cents.", KEPT, (90.0,), 100.0),
    ],
)
def test_values_are_rounded_to_the_step(task: str, code: str, given: tuple[float, ...], expected: float) -> None:
    made = first(task, code)
    space: dict[str, Callable[..., float]] = {}
    exec(compile(made, "a.py", "exec"), space)
    assert space["weight" if code == WEIGHT else "cents"](*given) == expected


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("cents should be rounded to 2 places.", CENTS),
        ("cents should be rounded to 2 decimals.", CENTS),
        ("cents should be rounded to the next 0.1.", CENTS),
        ("cents should be rounded to 1.", CENTS),
        ("cents should be rounded up to the next 5.", "def cents(price):\n    return price\n"),
        ("cents should go round to the next house.", CENTS),
    ],
)
def test_other_roundings_are_left(task: str, code: str) -> None:
    assert "// 5" not in first(task, code)
    assert "round(price * 1.19 /" not in first(task, code)
    assert "* 10" not in first(task, code)
