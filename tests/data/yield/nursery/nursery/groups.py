"""The groups that the children are in."""

from __future__ import annotations

from dataclasses import dataclass, field

CHILDREN_PER_CARER = {"babies": 4, "toddlers": 6, "preschool": 10}
DEFAULT_PLACES = 12


@dataclass
class Group:
    """A group with a room of its own."""

    name: str
    kind: str = "toddlers"
    places: int = DEFAULT_PLACES
    children: list[str] = field(default_factory=list)

    def free_places(self) -> int:
        """Return how many children could still join."""
        return self.places - len(self.children)

    def add(self, child: str) -> None:
        """Take a child into the group."""
        self.children.append(child)

    def remove(self, child: str) -> None:
        """Take a child out of the group."""
        self.children.remove(child)

    def register(self) -> list[str]:
        """Return the numbered lines of the register, by name: '1. Ben'."""
        return [f"{number}. {child}" for number, child in enumerate(sorted(self.children), 1)]


def carers_needed(kind: str, count: int) -> int:
    """Return how many carers so many children of a kind of group need."""
    return count // CHILDREN_PER_CARER[kind]


def group_of(groups: list[Group], child: str) -> Group | None:
    """Return the group that a child is in, or None."""
    for group in groups:
        if child in group.children:
            return group
    return None


def with_free_places(groups: list[Group]) -> list[Group]:
    """Return the groups that children can still join."""
    return [group for group in groups if group.free_places() > 0]


def move(child: str, source: Group, target: Group) -> None:
    """Let a child change the group."""
    target.add(child)
    source.remove(child)


def occupancy(groups: list[Group]) -> dict[str, str]:
    """Return how full each group is: {'Bees': '7/12'}."""
    return {group.name: f"{len(group.children)}/{group.places}" for group in groups}
