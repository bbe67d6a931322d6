"""Who is next: larger priority first; of equals whoever the engine's prompt cache is warm for; nobody waits for ever.

An engine keeps the beginning of the prompts it read last. Tasks of one model, one kind and one file begin alike, so
they follow each other where their priority is the same; the one that came first is passed over only so often.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable

from workbench.spool.records import Record

PATIENCE = 8
"""How often the task that came first is passed over for the sake of the cache."""

Likeness = tuple[str, ...]
"""What makes the beginning of a task's prompt: its model, its kind and its first target, the weightiest first."""

_Entry = tuple[int, float, str]


class ReadyQueue:
    """Tasks that wait for a slot.

    Args:
        likeness: says how a task's prompt begins; where None, tasks come in the order of their dropping.
    """

    def __init__(self, likeness: Callable[[Record], Likeness] | None = None) -> None:
        self._likeness = likeness or (lambda record: ())
        self._heap: list[_Entry] = []
        self._alike: defaultdict[tuple[int, Likeness], list[_Entry]] = defaultdict(list)
        self._waiting: dict[str, Likeness] = {}
        self._last: Likeness = ()
        self._passed_over = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, record: Record) -> None:
        """Add a task; adding it twice changes nothing."""
        task = record.task
        if task.id not in self._waiting:
            alike = self._waiting[task.id] = self._likeness(record)
            entry = (-task.spec.priority, task.created_at, task.id)
            heapq.heappush(self._heap, entry)
            for length in range(1, len(alike) + 1):
                heapq.heappush(self._alike[entry[0], alike[:length]], entry)

    def remove(self, task_id: str) -> None:
        """Forget a task that no longer waits."""
        self._waiting.pop(task_id, None)

    def take(self, wanted: Callable[[str], bool] = lambda task_id: True) -> str | None:
        """Remove and return the next task for which `wanted` holds, or None."""
        first = self._first_of(self._heap, wanted)
        if first is None:
            return None
        chosen = self._like_the_last(first, wanted) or first
        self._passed_over = 0 if chosen == first else self._passed_over + 1
        self._last = self._waiting.pop(chosen[2])
        if not self._waiting:
            # Entries of tasks that are gone would stay for as long as nobody came upon them.
            self._heap.clear()
            self._alike.clear()
        return chosen[2]

    def _like_the_last(self, first: _Entry, wanted: Callable[[str], bool]) -> _Entry | None:
        """Return the oldest task of the same priority whose prompt begins most like that of the last one taken."""
        if self._passed_over >= PATIENCE:
            return None
        for length in range(len(self._last), 0, -1):
            if self._waiting[first[2]][:length] == self._last[:length]:
                return None
            key = first[0], self._last[:length]
            alike = self._alike.get(key)
            if alike is None:
                continue
            found = self._first_of(alike, wanted)
            if not alike:
                del self._alike[key]
            if found is not None:
                return found
        return None

    def _first_of(self, heap: list[_Entry], wanted: Callable[[str], bool]) -> _Entry | None:
        """Return the first entry of a heap that waits and is wanted, and leave it there; those gone are dropped."""
        passed_over = []
        found = None
        while heap and found is None:
            if heap[0][2] not in self._waiting:
                heapq.heappop(heap)
            elif wanted(heap[0][2]):
                found = heap[0]
            else:
                passed_over.append(heapq.heappop(heap))
        for entry in passed_over:
            heapq.heappush(heap, entry)
        return found

    def any(self, wanted: Callable[[str], bool]) -> bool:
        """Return whether some waiting task is wanted."""
        return any(wanted(task_id) for task_id in self._waiting)
