"""Guided tours and the people who lead them."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_GROUP = 20
TOUR_MINUTES = 60


class TourFull(Exception):
    """There are no places left on a tour."""


@dataclass
class Guide:
    """Somebody who leads tours."""

    name: str
    languages: list[str] = field(default_factory=lambda: ["English"])

    def speaks(self, language: str) -> bool:
        """Return whether the guide can lead a tour in a language."""
        return language in self.languages

    def introduction(self) -> str:
        """Return the sentence on the board: 'Ida (English, Dutch)'."""
        return f"{self.name} ({', '.join(self.languages)})"


@dataclass
class Tour:
    """A tour at an hour, for at most so many people."""

    title: str
    hour: int
    guide: Guide | None = None
    places: int = MAX_GROUP
    guests: list[str] = field(default_factory=list)

    def free(self) -> int:
        """Return how many places are left."""
        return self.places - len(self.guests)

    def book(self, guest: str) -> None:
        """Put a guest on the list."""
        if self.free() < 0:
            raise TourFull(self.title)
        self.guests.append(guest)

    def leave(self, guest: str) -> None:
        """Take a guest off the list."""
        self.guests.remove(guest)

    def board_line(self) -> str:
        """Return the line for the board in the hall."""
        name = self.guide.name
        return f"{self.hour:02d}:00 {self.title} with {name}"


def guides_for(guides: list[Guide], language: str) -> list[Guide]:
    """Return the guides who speak a language, by name."""
    return sorted((guide for guide in guides if guide.speaks(language)), key=lambda guide: guide.name)


def tours_of(tours: list[Tour], guide: Guide) -> list[Tour]:
    """Return the tours of a guide in the order of the day."""
    return sorted((tour for tour in tours if tour.guide == guide), key=lambda tour: tour.hour)


def with_places(tours: list[Tour], people: int = 1) -> list[Tour]:
    """Return the tours that still have places for some people."""
    return [tour for tour in tours if tour.free() >= people]


def all_languages(guides: list[Guide]) -> list[str]:
    """Return the languages that tours can be given in."""
    languages = []
    for guide in guides:
        languages.extend(guide.languages)
    return languages
