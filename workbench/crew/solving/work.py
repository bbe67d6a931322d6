"""What a kind of task hands to solving: how it is asked, and what its answers come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workbench.crew.slips.righted import Righted
from workbench.crew.solving.plan import Step
from workbench.errors import NaniteError
from workbench.model import FileEdit


class Work(Protocol):
    """What is to be solved: how it is asked for and read belongs to its kind."""

    async def write(self, step: Step) -> NaniteError | None:
        """Have what lacks an answer answered; return what was wrong with the answers, if anything."""
        ...

    @property
    def edits(self) -> tuple[FileEdit, ...]:
        """What the answers come to."""
        ...

    def complain(self, fault: NaniteError) -> None:
        """Let go of the answers that were wrong, and remember what was said of them for the next try."""
        ...

    def begin_again(self) -> None:
        """Let go of all answers and of what was said of them."""
        ...

    def stay_with(self, edits: Sequence[FileEdit]) -> None:
        """Ask from now on only for the symbols that edits changed, where more are in play."""
        ...

    def plain(self, *, by_example: bool = False) -> tuple[Righted, ...]:
        """Return what could be changed without a model, each in one place that the task's words name.

        What was made of the task's example is left out where it is judged `by_example`.
        """
        ...

    def likely(self) -> tuple[Righted, ...]:
        """Return those of these whose words are of little else."""
        ...

    def surest(self) -> Righted | None:
        """Return the one of these that the words leave no doubt of, if there is one."""
        ...

    def summary(self, edits: Sequence[FileEdit]) -> str:
        """Say in a sentence what edits do."""
        ...
