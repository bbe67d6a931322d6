"""What comes of an answer: the new bytes of files, and how each hunk of it was found, for whoever reviews it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from workbench.model import FileEdit, Value

Form = Literal["symbols", "whole-file", "search-replace", "unified-diff", "v4a", "mixed"]


class PlacedHunk(Value):
    """Where a hunk of an answer was found, for whoever reviews it.

    Attributes:
        number: which hunk of the answer it is, from 1.
        first: its first line in the file as it was, from 1.
        last: its last.
        level: the level of the ladder that decided, 0 for equal bytes.
        score: how well it fits, up to 1.
        fuzzy: whether it fits only loosely, so that a reviewer should look twice.
    """

    path: str
    number: int
    first: int
    last: int
    level: int
    score: float
    fuzzy: bool = False

    def __str__(self) -> str:
        """Return it in words, as a note of a proposal has it."""
        how = "exact" if not self.level else f"fuzzy, level {self.level}" if self.fuzzy else f"level {self.level}"
        return f"{self.path}:{self.first}: match {how} ({self.score:.2f})"


class Plan(Value):
    """What an answer does to files.

    Attributes:
        files: each changed path with its new bytes; None for a file that goes.
        left_out: symbols and statements of the answer that were not taken, by name.
        form: how the answer was read; `whole-file` where any file was.
        sure: how sure the reader is that it read the answer as it was meant, from 0 to 1.
        hunks: where the hunks of the answer were found; empty where it has none.
        modes: permission bits that the answer sets, by path.
        renamed: the old path of each file that is renamed, by its new one.
    """

    files: dict[str, bytes | None]
    left_out: tuple[str, ...] = ()
    form: Form = "symbols"
    sure: float = 1.0
    hunks: tuple[PlacedHunk, ...] = ()
    modes: dict[str, int] = Field(default_factory=dict)
    renamed: dict[str, str] = Field(default_factory=dict)

    def is_fuzzy(self, path: str) -> bool:
        """Return whether some hunk of a file fits only loosely."""
        return any(hunk.fuzzy and hunk.path == path for hunk in self.hunks)

    def edits(self, files: Mapping[str, bytes], modes: Mapping[str, int] | None = None) -> tuple[FileEdit, ...]:
        """Return the plan as edits that can be applied and undone; a renamed file is one that goes and one that comes.

        Args:
            files: the files that the plan was made for.
            modes: their permission bits, so that a file keeps them under its new name.
        """
        known = modes or {}
        return tuple(
            FileEdit(
                path=path,
                before=files.get(path),
                after=after,
                mode=self.modes.get(path, known.get(self.renamed.get(path, ""))),
                fuzzy=self.is_fuzzy(path),
            )
            for path, after in self.files.items()
        )
