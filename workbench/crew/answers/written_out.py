"""An answer that gives out what a test expects, written out: it passes, and works nothing out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from workbench.crew.slips.righted import changed_function
from workbench.edits.parses import tree_of
from workbench.model import Excerpt, FileEdit

SHORTEST = 8
"""Characters of a text from which on it is hardly written twice by chance."""


def written_out(task: str, edits: Sequence[FileEdit], tests: Sequence[Excerpt]) -> str:
    """Return, for the model to read, which text of a test the changed function gives out; nothing where none.

    A text that the task has itself, or that stood there before, may well be written out.
    """
    changed = changed_function(task, edits)
    if changed is None:
        return ""
    before = (changed.edit.before or b"").decode("utf-8", "replace")
    words = " ".join(task.split())
    new = {part.value for part in changed.new if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    for text in _expected(tests):
        is_telling = len(text) >= SHORTEST and " " in text and text not in words and text not in before
        if is_telling and text in new:
            return f"{changed.node.name} gives out {text!r}, the words of one test; work out what is in it"
    return ""


def _expected(tests: Sequence[Excerpt]) -> Iterator[str]:
    """Yield the texts that tests compare something with."""
    for test in tests:
        tree = tree_of(test.text)
        for part in ast.walk(tree) if tree else ():
            if isinstance(part, ast.Compare):
                for side in (part.left, *part.comparators):
                    if isinstance(side, ast.Constant) and isinstance(side.value, str):
                        yield side.value
