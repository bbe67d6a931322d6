"""The costumes on our rails, and who wears them in which ballet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SIZES = ("XS", "S", "M", "L", "XL")


@dataclass
class Costume:
    """One costume. Its code is sewn into the lining: 'SWL-014'."""

    code: str
    ballet: str
    role: str
    size: str
    wearer: str = ""
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"no such size: {self.size}")

    def label(self) -> str:
        """Return the text of the tag on the hanger."""
        wearer = self.wearer or "unassigned"
        return f"{self.code} {self.role} ({self.size}) - {wearer}"

    def assign(self, dancer: str) -> None:
        """Give the costume to a dancer for the season."""
        if self.wearer:
            raise ValueError(f"{self.code} is already worn by {self.wearer}")
        self.wearer = dancer
        self.notes.append(f"assigned to {dancer}")

    def release(self) -> None:
        """Take the costume back onto the rail."""
        if self.wearer:
            self.notes.append(f"returned by {self.wearer}")
        self.wearer = ""


class Wardrobe:
    """All costumes, each under its code."""

    def __init__(self, costumes: Iterable[Costume] = ()) -> None:
        self._by_code: dict[str, Costume] = {}
        for costume in costumes:
            self.add(costume)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Costume]:
        return iter(self._by_code.values())

    def add(self, costume: Costume) -> None:
        """Hang a new costume; a code can be there only once."""
        if costume.code in self._by_code:
            raise ValueError(f"{costume.code} is in the wardrobe already")
        self._by_code[costume.code] = costume

    def get(self, code: str) -> Costume:
        """Return the costume with a code."""
        return self._by_code[code]

    def remove(self, code: str) -> Costume:
        """Take a costume out for good, and return it."""
        return self._by_code.pop(code)

    def search(self, text: str) -> list[Costume]:
        """Return the costumes whose role or ballet contains a text, in whatever case."""
        wanted = text.lower()
        return [c for c in self if wanted in c.role.lower() or wanted in c.ballet.lower()]

    def free(self, ballet: str) -> list[Costume]:
        """Return the costumes of a ballet that nobody wears, in the order of their codes."""
        found = [c for c in self if c.ballet == ballet and not c.wearer]
        return sorted(found, key=lambda c: c.code)

    def sizes(self, ballet: str) -> dict[str, int]:
        """Return how many costumes of each size a ballet has."""
        counts: dict[str, int] = {}
        for costume in self:
            if costume.ballet == ballet:
                counts[costume.size] = counts.get(costume.size, 0) + 1
        return counts

    def by_ballet(self) -> dict[str, list[str]]:
        """Return the codes of the costumes of each ballet, both in alphabetical order."""
        groups: dict[str, list[str]] = {}
        for costume in sorted(self, key=lambda c: (c.ballet, c.code)):
            groups.setdefault(costume.ballet, []).append(costume.code)
        return groups
