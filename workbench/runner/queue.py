"""Who is next: larger priority first, then the order in which tasks came."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from workbench.spool.records import Record


class ReadyQueue:
    """Tasks that wait for a slot."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, float, str]] = []
        self._waiting: set[str] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, record: Record) -> None:
        """Add a task; adding it twice changes nothing."""
        task = record.task
        if task.id not in self._waiting:
            self._waiting.add(task.id)
            heapq.heappush(self._heap, (-task.spec.priority, task.created_at, task.id))

    def remove(self, task_id: str) -> None:
        """Forget a task that no longer waits."""
        self._waiting.discard(task_id)

    def take(self, wanted: Callable[[str], bool] = lambda task_id: True) -> str | None:
        """Remove and return the next task for which `wanted` holds, or None."""
        passed_over = []
        found = None
        while self._heap and found is None:
            entry = heapq.heappop(self._heap)
            if entry[2] not in self._waiting:
                continue
            if wanted(entry[2]):
                found = entry[2]
            else:
                passed_over.append(entry)
        for entry in passed_over:
            heapq.heappush(self._heap, entry)
        if found is not None:
            self._waiting.discard(found)
        return found

    def any(self, wanted: Callable[[str], bool]) -> bool:
        """Return whether some waiting task is wanted."""
        return any(wanted(task_id) for task_id in self._waiting)
