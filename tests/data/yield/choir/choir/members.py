"""Who sings in the choir."""

import csv
from dataclasses import dataclass

VOICES = ("soprano", "alto", "tenor", "bass")


@dataclass
class Member:
    first: str
    last: str
    voice: str = "alto"
    email: str = ""
    active: bool = True
    joined: int = 2000

    def full_name(self) -> str:
        return f"{self.first} {self.last}".strip()

    def initials(self) -> str:
        """Return the initials, "A. B."."""
        return f"{self.first[0]}. {self.last[0]}."


def parse_name(text: str) -> tuple[str, str]:
    """Split a full name into first and last name.

    The last word is the last name, everything before it is the first name.
    """
    text = " ".join(text.split())
    first, _, last = text.rpartition(" ")
    return first, last


def count_by_voice(members):
    """Return how many members sing each voice; all four voices are always there."""
    counts = dict.fromkeys(VOICES, 0)
    for member in members:
        counts[member.voice] += 1
    return counts


def emails(members):
    """Collect the addresses for a mail to everybody."""
    result = []
    for m in members:
        if m.email:
            result.append(m.email)
    return result


def find_by_name(members, name):
    """Return the first member with this full name, or None."""
    for m in members:
        if m.full_name() == name:
            return m
    return None


def longest_serving(members: list[Member], limit: int = 3) -> list[Member]:
    """Return the members that have been in the choir longest."""
    return sorted(members, key=lambda m: m.joined)[:limit]


def read_members(lines):
    """Read members from the lines of a csv file with the columns first, last, voice, email."""
    members = []
    for row in csv.DictReader(lines):
        members.append(
            Member(
                first=row["first"].strip(),
                last=row["last"].strip(),
                voice=row["voice"].strip().lower(),
                email=row["email"].strip(),
            )
        )
    return members


def write_members(members, file):
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["first", "last", "voice", "email"])
    for m in members:
        writer.writerow([m.first, m.last, m.voice, m.email])
