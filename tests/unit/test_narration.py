"""What people are told of a task's record."""

from __future__ import annotations

from workbench.narration import MOST_REMARKS, REMARK, remarks


def test_remarks_are_the_notes_that_were_not_said_elsewhere() -> None:
    notes = ["it  is\nfine", "2 of 3 answers agreed", "2 of 3 answers agreed", " ", "a \x1b[31mred\x1b[0m one"]
    assert remarks(notes, "it is fine") == ("2 of 3 answers agreed", "a red one")


def test_of_very_many_remarks_the_last_says_where_the_rest_stands() -> None:
    found = remarks(f"note {number} " + "x" * 500 for number in range(MOST_REMARKS + 3))
    assert len(found) == MOST_REMARKS + 1
    assert found[-1].startswith("3 more notes: nanites show")
    assert max(map(len, found)) == REMARK
