"""Volunteers: what they can repair, and when they have helped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Volunteer:
    """Somebody who helps."""

    name: str
    skills: set[str] = field(default_factory=set)
    phone: str = ""
    active: bool = True

    def can(self, skill: str) -> bool:
        """Tell whether the volunteer has a skill."""
        return skill in self.skills

    def learn(self, *skills: str) -> None:
        """Add skills."""
        self.skills.update(skill.strip() for skill in skills)


@dataclass(frozen=True)
class Shift:
    """An afternoon on which somebody helped."""

    name: str
    day: date
    hours: float


class Team:
    """All volunteers, by their names."""

    def __init__(self) -> None:
        self._people: dict[str, Volunteer] = {}

    def __len__(self) -> int:
        return len(self._people)

    def join(self, volunteer: Volunteer) -> None:
        """Take somebody in.

        Raises:
            ValueError: there is somebody of that name.
        """
        if volunteer.name in self._people:
            raise ValueError(f"{volunteer.name} is in the team")
        self._people[volunteer.name] = volunteer

    def leave(self, name: str) -> None:
        """Note that somebody does not help any more; the name stays for the statistics."""
        self._people[name].active = False

    def active(self) -> list[Volunteer]:
        """Return who helps now, by name."""
        people = [volunteer for volunteer in self._people.values() if volunteer.active]
        return sorted(people, key=lambda volunteer: volunteer.name)

    def missing_skills(self, wanted: list[str]) -> list[str]:
        """Return the skills that nobody in the team has."""
        return [skill for skill in wanted if not with_skill(self.active(), skill)]


def with_skill(volunteers: list[Volunteer], skill: str) -> list[str]:
    """Return the names of those who have a skill."""
    names = []
    for volunteer in volunteers:
        if skill in volunteer.skills:
            names.append(volunteer.name)
    return names


def initials(name: str) -> str:
    """Return the letters that stand on a rota, such as 'AB' for Anna Berg."""
    return "".join(part[0].upper() for part in name.split())


def hours_by_name(shifts: list[Shift]) -> dict[str, float]:
    """Add up the hours of each volunteer."""
    hours: dict[str, float] = {}
    for shift in shifts:
        hours[shift.name] = hours.get(shift.name, 0.0) + shift.hours
    return hours


def busiest(shifts: list[Shift]) -> list[str]:
    """Return the three volunteers with the most hours, the busiest first."""
    hours = hours_by_name(shifts)
    names = sorted(hours, key=lambda name: (-hours[name], name))
    return names[:3]


def last_seen(shifts: list[Shift], name: str) -> date | None:
    """Return the day on which a volunteer helped last."""
    days = [shift.day for shift in shifts if shift.name == name]
    return max(days) if days else None


def phone_list(volunteers: list[Volunteer]) -> str:
    """Return the sheet for the kitchen door, a line for each volunteer who has a phone."""
    lines = [f"{volunteer.name:<20} {volunteer.phone}" for volunteer in volunteers if volunteer.phone]
    return "\n".join(lines)
