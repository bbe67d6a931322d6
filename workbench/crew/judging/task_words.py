"""A change held against what its task says, in words and by example, where nothing may run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from workbench.crew.conversation import Conversation
from workbench.crew.judging.asked import unmet
from workbench.crew.judging.lost import lost
from workbench.crew.judging.lost_elsewhere import lost_elsewhere
from workbench.crew.judging.misfits import misfit
from workbench.crew.judging.outside import changed_outside
from workbench.crew.judging.said_examples import Said
from workbench.crew.judging.still_works import fails_now
from workbench.crew.judging.worked_out import WorkedOut, worked_out
from workbench.errors import CheckFailed
from workbench.model import FileEdit

MISFIT = "misfit"
"""Code of the fault that a change asks values for what they do not have."""

NOT_AS_ASKED = "not-as-asked"
"""Code of the fault that a change does not do what the task says plainly."""

WRONG = "checks-failed"
"""Code of the fault that an example of the task does not hold: as if a command had found it."""


class TaskWords:
    """The words of one task; they say nothing where `solve.words` is off.

    Args:
        talk: whose task it is.
    """

    def __init__(self, talk: Conversation) -> None:
        self._task = talk.brief.task.spec.task
        self._is_on = talk.brief.solving.words
        self._note = talk.note

    def unmet(self, edits: Sequence[FileEdit]) -> str:
        """Return what the task says plainly and edits do not do; nothing where nothing is seen."""
        return self._read_for(unmet, edits)

    def lost(self, edits: Sequence[FileEdit]) -> str:
        """Return what edits take away unasked; nothing where nothing is seen."""
        return self._read_for(lost, edits) or self._read_for(lost_elsewhere, edits)

    async def examples(self, edits: Sequence[FileEdit]) -> WorkedOut:
        """Return what the task's own examples say of edits."""
        return await asyncio.to_thread(worked_out, self._task, edits) if self._is_on else WorkedOut()

    async def judge(self, edits: Sequence[FileEdit], hint: str) -> tuple[CheckFailed | None, tuple[Said, ...]]:
        """Return what is wrong with edits that nothing ran, if anything is seen, and the examples that hold now.

        Args:
            edits: the change.
            hint: what to do about a fault that is sure.
        """
        if self._is_on and (asks_for := await asyncio.to_thread(misfit, edits)):
            return CheckFailed(asks_for, code=MISFIT, hint=hint), ()
        worked = await self.examples(edits)
        if worked.missed:
            return CheckFailed(worked.missed, code=WRONG, hint=hint), worked.held
        if not worked.held and self._is_on and (broken := await asyncio.to_thread(fails_now, self._task, edits)):
            return CheckFailed(broken, code=WRONG, hint=hint), ()
        if self._is_on and (unasked := await asyncio.to_thread(changed_outside, self._task, edits)):
            return CheckFailed(unasked, code=WRONG, hint=hint), worked.held
        missed = self.unmet(edits) or self.lost(edits)
        fault = CheckFailed(missed, code=NOT_AS_ASKED, hint="say in the task which is meant") if missed else None
        return fault, worked.held

    def say(self, examples: Sequence[Said]) -> None:
        """Note which examples hold, and that nothing ran for that."""
        if examples:
            said = "; ".join(f"{one.call} gives {one.wanted}" for one in examples)
            self._note(f"worked out from the code, and not run: {said}"[:400])

    def _read_for(self, find: Callable[[str, Sequence[FileEdit]], str], edits: Sequence[FileEdit]) -> str:
        """Return what is found by the words of the task; nothing in code too deep to be read."""
        try:
            return find(self._task, edits) if self._is_on else ""
        except RecursionError:
            return ""
