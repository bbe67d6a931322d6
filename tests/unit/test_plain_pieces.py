"""The piece of a text that goes where its value is missing, as a task shows it."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

LABEL = '''class Patient:
    name: str
    species: str
    breed: str | None = None
    weight: float | None = None

    def label(self) -> str:
        """Return how it is called."""
        return f"{self.name}, {self.species} ({self.breed})"
'''
OLD = 'f"{self.name}, {self.species} ({self.breed})"'
TASK = "If no breed is known, label prints 'Mia, cat (None)'. Leave the brackets out then, just 'Mia, cat'."


def changes(task: str, code: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    found = plain_changes(task, source, "Patient.label")
    return [(one.edits[0].after or b"").decode() for one in found]


def sure(task: str, code: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), "Patient.label")
    return (one.edits[0].after or b"").decode() if one else ""


def led(test: str, new: str, old: str = OLD) -> str:
    code = LABEL.replace(OLD, old)
    return code.replace(f"return {old}", f"if {test}:\n            return {new}\n        return {old}")


@pytest.mark.parametrize(
    ("task", "old", "test", "new"),
    [
        (TASK, OLD, "not self.breed", 'f"{self.name}, {self.species}"'),
        ("Without a breed, label should give 'Mia, cat'.", OLD, "not self.breed", 'f"{self.name}, {self.species}"'),
        (
            "When there is no weight, label says 'Mia (None kg)'; it should be just 'Mia'.",
            "f'{self.name} ({self.weight} kg)'",
            "self.weight is None",
            "f'{self.name}'",
        ),
        (
            "label gives '2 h 0 min'. Leave the minutes out for full hours, so that it is '2 h'.",
            'f"{self.total // 60} h {self.total % 60} min"',
            "not self.total % 60",
            'f"{self.total // 60} h"',
        ),
        (
            "If the breed isn't known, label writes 'None: Mia'. It should write 'Mia' then.",
            'f"{self.breed}: {self.name}"',
            "not self.breed",
            'f"{self.name}"',
        ),
        (
            "label gives 'Mia (, 3 kg)' where the breed is missing, should be 'Mia (3 kg)'.",
            'f"{self.name} ({self.breed}, {self.weight} kg)"',
            "not self.breed",
            'f"{self.name} ({self.weight} kg)"',
        ),
    ],
)
def test_a_piece_goes_where_its_value_is_missing(task: str, old: str, test: str, new: str) -> None:
    code = LABEL.replace(OLD, old)
    assert changes(task, code) == [led(test, new, old)]
    assert sure(task, code) == led(test, new, old)


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        (
            "label should return just the name without a breed, not 'Mia <>'.",
            'f"{self.name} <{self.breed}>"',
            "{self.name}",
        ),
        (
            "It looks odd with no breed: 'Mia (cat): '.",
            'f"{self.name} ({self.species}): {self.breed}"',
            "{self.name} ({self.species})",
        ),
    ],
)
def test_one_that_is_shown_only_as_it_looks_today_is_tried_where_something_judges_it(
    task: str, old: str, new: str
) -> None:
    code = LABEL.replace(OLD, old)
    assert led("not self.breed", f'f"{new}"', old) in changes(task, code)


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("If no breed is known, label prints 'Mia, cat (None)'. Write 'Mia, cat (unknown)' then.", OLD),
        ("label should give 'Mia, cat'.", OLD),
        ("If no species is known, label should give 'Mia'.", OLD),
        (TASK, '"%s, %s (%s)" % (self.name, self.species, self.breed)'),
        (TASK, 'f"{self.name}, {self.species} " f"({self.breed})"'),
        (TASK, 'f"{self.name}, {self.species} {{({self.breed})}}"'),
        ("If no breed is known, label should give 'None'.", 'f"{self.breed}"'),
        ("It looks odd with no breed: 'Mia (cat): '.", OLD),
    ],
)
def test_nothing_is_left_out_that_a_task_does_not_show(task: str, old: str) -> None:
    code = LABEL.replace(OLD, old)
    assert not changes(task, code)
    assert not sure(task, code)


def test_a_return_that_stands_behind_something_is_left_alone() -> None:
    assert not changes(TASK, LABEL.replace(f"return {OLD}", f"if self: return {OLD}"))
