"""The to-do list and its JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Todo:
    id: int
    title: str
    priority: int = 0
    done: bool = False
    tags: list[str] = field(default_factory=list)


class TodoStore:
    """All to-dos, in the order in which they were added."""

    def __init__(self) -> None:
        self.items: list[Todo] = []
        self._next_id = 1

    def __len__(self) -> int:
        return len(self.items)

    def add(self, title: str, priority: int = 0, tags: tuple[str, ...] = ()) -> Todo:
        """Add a to-do and return it."""
        todo = Todo(self._next_id, title, priority, tags=list(tags))
        self._next_id += 1
        self.items.append(todo)
        return todo

    def get(self, todo_id: int) -> Todo | None:
        """Return the to-do with an id, or None."""
        for todo in self.items:
            if todo.id == todo_id:
                return todo
        return None

    def complete(self, todo_id: int) -> None:
        """Mark a to-do as done."""
        todo = next(item for item in self.items if item.id == todo_id)
        todo.done = True

    def remove(self, todo_id: int) -> bool:
        """Remove a to-do; tells whether it was there."""
        before = len(self.items)
        self.items = [item for item in self.items if item.id != todo_id]
        return len(self.items) < before

    def pending(self, tag: str | None = None) -> list[Todo]:
        """Return what is still to be done, optionally with a given tag only."""
        result = []
        for item in self.items:
            if item.done:
                continue
            if tag is not None and tag not in item.tags:
                continue
            result.append(item)
        return result

    def search(self, word: str) -> list[Todo]:
        """Return the to-dos whose title contains a word."""
        return [item for item in self.items if word.lower() in item.title.lower()]

    def save(self, path: Path) -> None:
        """Write everything to a JSON file."""
        data = {"next_id": self._next_id, "items": [asdict(item) for item in self.items]}
        path.write_text(json.dumps(data, indent=2), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> TodoStore:
        """Read a store back from its JSON file."""
        store = cls()
        data = json.loads(path.read_text(encoding="utf-8"))
        store.items = [Todo(**fields) for fields in data["items"]]
        store._next_id = data["next_id"]
        return store
