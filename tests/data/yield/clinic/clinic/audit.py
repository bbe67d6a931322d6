"""Who looked at what: a log that is only added to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did."""

    when: datetime
    user: str
    action: str
    patient: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


class AuditLog:
    """Entries in the order in which they came."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __len__(self) -> int:
        return len(self._entries)

    def record(self, when: datetime, user: str, action: str, patient: int | None = None, **details: Any) -> Entry:
        """Add an entry and return it."""
        entry = Entry(when, user, action, patient, details)
        self._entries.append(entry)
        return entry

    def entries(self, user: str | None = None, action: str | None = None) -> list[Entry]:
        """Return the entries of a user, of an action, of both, or all of them."""
        found = self._entries
        if user is not None:
            found = [entry for entry in found if entry.user == user]
        if action is not None:
            found = [entry for entry in found if entry.action == action]
        return list(found)

    def seen_by(self, patient: int) -> list[str]:
        """Return the users who had to do with a patient, in alphabetical order."""
        return sorted({entry.user for entry in self._entries if entry.patient == patient})

    def busiest(self, count: int = 3) -> list[tuple[str, int]]:
        """Return the users with the most entries, and how many they have."""
        return Counter(entry.user for entry in self._entries).most_common(count)

    def purge(self, before: datetime) -> None:
        """Remove the entries that are older than a moment."""
        self._entries = [entry for entry in self._entries if entry.when >= before]

    def dump(self) -> str:
        """Return the log as JSON, one entry a line."""
        lines = []
        for entry in self._entries:
            value = asdict(entry)
            value["when"] = entry.when.isoformat()
            lines.append(json.dumps(value, sort_keys=True))
        return "\n".join(lines)

    @classmethod
    def load(cls, lines: Iterable[str]) -> AuditLog:
        """Return the log that was dumped as these lines."""
        log = cls()
        for line in lines:
            value = json.loads(line)
            value["when"] = datetime.fromisoformat(value["when"])
            log._entries.append(Entry(**value))
        return log
