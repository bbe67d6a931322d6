"""What is kept under a key and adds up, in Python, JavaScript and Go."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

TASK = "When somebody pays a second deposit, the box forgets the first one. They have to add up."


def first(path: str, code: str, name: str, task: str = TASK) -> str:
    source = Source(path=path, content=code.encode())
    found = plain_changes(task, source, name) if path.endswith(".py") else changes_elsewhere(task, source, name)
    return (found[0].edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    ("path", "code", "old", "new"),
    [
        (
            "a.py",
            "class Box:\n    def take(self, hire, cents):\n        self.held[hire] = cents\n",
            "= cents",
            "= self.held.get(hire, 0) + cents",
        ),
        (
            "a.js",
            "class Box {\n  take(hire, cents) {\n    this.#held.set(hire, cents);\n  }\n}\n",
            "set(hire, cents)",
            "set(hire, (this.#held.get(hire) ?? 0) + cents)",
        ),
        (
            "a.js",
            "class Box {\n  take(hire, cents) {\n    this.held.set(hire, cents - 1);\n  }\n}\n",
            "cents - 1",
            "(this.held.get(hire) ?? 0) + (cents - 1)",
        ),
        (
            "a.go",
            "package a\n\nfunc (b *Box) take(hire string, cents int) {\n\tb.held[hire] = cents\n}\n",
            "] = ",
            "] += ",
        ),
    ],
)
def test_what_is_kept_is_added_to(path: str, code: str, old: str, new: str) -> None:
    assert first(path, code, "Box.take") == code.replace(old, new)
    assert not first(path, code, "Box.take", "take should keep the last deposit.")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "class Box:\n    def take(self, hire, cents):\n        self.held[hire] = self.held[hire] + cents\n"),
        ("a.py", "class Box:\n    def take(self, hire, cents):\n        held = cents\n"),
        ("a.js", "class Box {\n  take(hire, cents) {\n    this.held.set(hire, this.held.get(hire) + cents);\n  }\n}\n"),
        ("a.go", "package a\n\nfunc (b *Box) take(hire string, cents int) {\n\tb.held[hire] += cents\n}\n"),
        ("a.go", "package a\n\nfunc (b *Box) take(hire string, cents int) {\n\tb.last = cents\n}\n"),
    ],
)
def test_what_adds_up_already_or_is_no_map_is_left_alone(path: str, code: str) -> None:
    assert not first(path, code, "Box.take")
