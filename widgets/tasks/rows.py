"""Rows of a task table and the order they stand in: sorted, filtered, children under their parent."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a row is: `done` of `total`, and an estimate in words (`2m left`)."""

    done: int
    total: int
    estimate: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a line of a table.

    Attributes:
        id: names it; a row put again with the same id takes the old one's place.
        since: seconds since the epoch from which its age counts.
        parent: id of the row under which it folds.
        progress: shown as a bar; a parent without one counts its children that have come to rest.
    """

    id: str
    state: str
    kind: str = ""
    target: str = ""
    verdict: str = ""
    since: float = 0.0
    by: str = ""
    text: str = ""
    parent: str | None = None
    progress: Progress | None = None


SortKey = Callable[[TaskRow], Any]
RowFilter = Callable[[TaskRow], bool]

RANKS = {state: rank for rank, state in enumerate(("asks", "review", "running", "failed", "queued", "blocked"))}
"""Where a state stands in the usual order; all others come after these, newest first."""


def usual_order(row: TaskRow) -> tuple[int, float, str]:
    """Return the key of the usual order: what waits for a person, what runs, what failed, then the rest."""
    return RANKS.get(row.state, len(RANKS)), -row.since, row.id


class RowOrder:
    """All rows, and which of them are shown in which place. A row that changes moves alone; nothing is sorted anew."""

    def __init__(self, sort_key: SortKey = usual_order, reverse: bool = False) -> None:
        self.rows: dict[str, TaskRow] = {}
        self.shown: list[str] = []
        self.unfolded: set[str] = set()
        self.counts: Counter[str] = Counter()
        self._children: dict[str, list[tuple[Any, str]]] = {}
        self._top: list[tuple[Any, str]] = []
        self._keys: dict[str, Any] = {}
        self._passing: set[str] | None = None
        self._index: dict[str, int] | None = None
        self._sort_key, self._reverse = sort_key, reverse
        self._filter: RowFilter | None = None

    @property
    def settings(self) -> tuple[SortKey, bool, RowFilter | None]:
        """The sort key, whether it is reversed, and the filter."""
        return self._sort_key, self._reverse, self._filter

    def put(self, row: TaskRow) -> bool:
        """Take a row; return whether anything but this one line changed."""
        old = self.rows.get(row.id)
        key = self._sort_key(row)
        passed = old is not None and self._passes(old)
        self.rows[row.id] = row
        self.counts[row.state] += 1
        if old is not None:
            self.counts[old.state] -= 1
            if self._keys[row.id] == key and old.parent == row.parent and passed == self._judge(row):
                return False
            self._take_out(old)
        self._keys[row.id] = key
        self._judge(row)
        insort(self._siblings(row), (key, row.id))
        self.arrange()
        return True

    def load(self, rows: Iterable[TaskRow]) -> None:
        """Take many rows at once."""
        self.rows |= {row.id: row for row in rows}
        self._sort()

    def remove(self, row_id: str) -> None:
        """Forget a row and its children."""
        for _, child in tuple(self._children.get(row_id, ())):
            self.remove(child)
        row = self.rows.pop(row_id, None)
        if row is not None:
            self.counts[row.state] -= 1
            self._take_out(row)
            self._keys.pop(row_id)
            self._children.pop(row_id, None)
            self.unfolded.discard(row_id)
            self.arrange()

    def sort_by(self, key: SortKey, reverse: bool = False) -> None:
        """Order the rows, and children among themselves, by another key."""
        self._sort_key, self._reverse = key, reverse
        self._sort()

    def filter_by(self, accepts: RowFilter | None) -> None:
        """Show only rows that pass, and parents of such; all with None."""
        self._filter = accepts
        self._pass_all()
        self.arrange()

    def index_of(self, row_id: str) -> int | None:
        """Return the place of a row among those shown."""
        if self._index is None:
            self._index = {shown: place for place, shown in enumerate(self.shown)}
        return self._index.get(row_id)

    def children_of(self, row_id: str) -> list[TaskRow]:
        """Return the children of a row in their order."""
        return [self.rows[child] for _, child in self._children.get(row_id, ())]

    def has_children(self, row_id: str) -> bool:
        """Return whether anything folds under a row."""
        return bool(self._children.get(row_id))

    def _siblings(self, row: TaskRow) -> list[tuple[Any, str]]:
        if row.parent is None:
            return self._top
        return self._children.setdefault(row.parent, [])

    def _take_out(self, row: TaskRow) -> None:
        siblings = self._siblings(row)
        place = bisect_left(siblings, (self._keys[row.id], row.id))
        if place < len(siblings) and siblings[place][1] == row.id:
            del siblings[place]

    def _sort(self) -> None:
        key = self._sort_key
        self._keys = {row_id: key(row) for row_id, row in self.rows.items()}
        self.counts = Counter(row.state for row in self.rows.values())
        self._top, self._children = [], {}
        for row_id, row in self.rows.items():
            self._siblings(row).append((self._keys[row_id], row_id))
        self._top.sort()
        for children in self._children.values():
            children.sort()
        self._pass_all()
        self.arrange()

    def _pass_all(self) -> None:
        accepts = self._filter
        if accepts is None:
            self._passing = None
            return
        self._passing = {row_id for row_id, row in self.rows.items() if accepts(row)}

    def _passes(self, row: TaskRow) -> bool:
        return self._passing is None or row.id in self._passing

    def _judge(self, row: TaskRow) -> bool:
        if self._filter is None or self._passing is None:
            return True
        passes = self._filter(row)
        (self._passing.add if passes else self._passing.discard)(row.id)
        return passes

    def arrange(self) -> None:
        """Work out which rows are shown in which place."""
        self._index = None
        top = [row_id for _, row_id in self._top]
        # A child whose parent is not known stands by itself, until the parent comes.
        orphans = [child for parent in self._children if parent not in self.rows for _, child in self._children[parent]]
        if self._reverse:
            top.reverse()
        if self._passing is None and not self.unfolded:
            self.shown = top + orphans
            return
        self.shown = []
        for row_id in (*top, *orphans):
            children = [child for _, child in self._children.get(row_id, ())]
            if self._passing is not None:
                children = [child for child in children if child in self._passing]
                if not children and row_id not in self._passing:
                    continue
            self.shown.append(row_id)
            if row_id in self.unfolded:
                self.shown.extend(reversed(children) if self._reverse else children)
