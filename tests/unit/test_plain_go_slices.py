"""The first so many of a slice in Go, held to how many there are."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.model import Source

BEST = "package a\n\nfunc (c *Crew) Best(n int) []string {\n\tnames := c.names()\n\treturn names[:n]\n}\n"
TASK = "Best panics if the crew has fewer pickers than we ask for, e.g. Best(3) with a crew of two. Return all then."


def made(task: str, code: str) -> list[str]:
    found = changes_elsewhere(task, Source(path="a.go", content=code.encode()), "Crew.Best")
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize("held", ["names", "c.all"])
def test_the_number_is_held_to_the_length(held: str) -> None:
    code = BEST.replace("names[:n]", f"{held}[:n]")
    guard = f"\tif n > len({held}) {{\n\t\tn = len({held})\n\t}}\n"
    assert made(TASK, code) == [code.replace("\treturn", f"{guard}\treturn")]


def test_within_a_block_it_stands_at_the_statement() -> None:
    code = BEST.replace("\treturn names[:n]\n", "\tif n > 0 {\n\t\treturn names[:n]\n\t}\n\treturn nil\n")
    assert "\tif n > 0 {\n\t\tif n > len(names) {\n\t\t\tn = len(names)\n\t\t}\n\t\treturn" in made(TASK, code)[0]


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("Best should return the names in order.", "names[:n]"),
        (TASK, "names[1:n]"),
        (TASK, "names[:3]"),
        (TASK, "names[n:]"),
        (TASK, "c.names()[:n]"),
    ],
)
def test_other_slices_are_left_alone(task: str, old: str) -> None:
    assert not made(task, BEST.replace("names[:n]", old))


def test_new_lines_end_as_the_file_does() -> None:
    (code,) = made(TASK, BEST.replace("\n", "\r\n"))
    assert code.count("\n") == code.count("\r\n") == BEST.count("\n") + 3
