"""The pupils and the groups they ski in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Pupil:
    first: str
    last: str
    age: int
    phone: str = ""

    def badge(self) -> str:
        """Return the text of the badge on the bib."""
        return f"{self.first} {self.last[:1]}."


def group_for(age: int) -> str:
    """Return the name of the group for an age."""
    if age < 7:
        return "snow bears"
    if age < 15:
        return "juniors"
    return "adults"


def tidy_name(text):
    return text.strip().title()


class Roll:
    """The roll of one season."""

    def __init__(self) -> None:
        self._pupils: list[Pupil] = []

    def __len__(self) -> int:
        return len(self._pupils)

    def add(self, pupil: Pupil) -> None:
        """Take a pupil on the roll."""
        self._pupils.append(pupil)

    def listing(self) -> list[str]:
        """Return the names as they are printed for the instructors."""
        ordered = sorted(self._pupils, key=lambda pupil: pupil.first)
        return [f"{pupil.last}, {pupil.first}" for pupil in ordered]

    def families(self) -> int:
        """Return how many families have children here, to know how many letters to send."""
        return len([pupil.phone for pupil in self._pupils if pupil.phone])

    def by_group(self) -> dict[str, list[Pupil]]:
        """Return the pupils of each group."""
        groups: dict[str, list[Pupil]] = {}
        for pupil in self._pupils:
            groups.setdefault(group_for(pupil.age), []).append(pupil)
        return groups
