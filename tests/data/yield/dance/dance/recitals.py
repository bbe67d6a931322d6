"""The recital at the end of the year and its programme."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Act:
    """A dance that a group shows on stage."""

    title: str
    group: str
    minutes: int
    dancers: list[str] = field(default_factory=list)


class Recital:
    """An evening with several acts."""

    def __init__(self, name: str, seats: int) -> None:
        self.name = name
        self.seats = seats
        self.acts: list[Act] = []

    def add(self, act: Act) -> None:
        """Put an act at the end of the evening."""
        self.acts.append(act)

    def minutes(self) -> int:
        """Return how long all acts take together."""
        return sum(act.minutes for act in self.acts)

    def dancers(self) -> list[str]:
        """Return the names of everybody who dances, in the order they come on stage."""
        names: list[str] = []
        for act in self.acts:
            names.extend(act.dancers)
        return names

    def headline(self) -> str:
        """Return the title of the poster: 'Spring Gala (12 acts)'."""
        return f"{self.name} ({len(self.acts)} acts)"


def programme(acts: list[Act]) -> str:
    """Return the programme for the audience, one numbered act a line."""
    lines = [f"{number}. {act.title} ({act.group})" for number, act in enumerate(acts, 1)]
    return "\n".join(lines)


def close_with(acts: list[Act], title: str) -> list[Act]:
    """Return the acts with one of them moved to the end."""
    for act in acts:
        if act.title == title:
            acts.remove(act)
            acts.append(act)
            break
    return acts


def format_duration(minutes: int) -> str:
    """Return a duration for the programme: '45 min'."""
    return f"{minutes} min"


def acts_of(acts: list[Act], dancer: str) -> list[str]:
    """Return the titles of the acts that somebody dances in."""
    return [act.title for act in acts if dancer in act.dancers]
