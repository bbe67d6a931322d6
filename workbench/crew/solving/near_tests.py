"""Tests that use what is changed, run unasked where a task names no command and nanites.toml allows them already.

They were not written for the change: that they still pass says what did not break, no more. One that failed before and
passes now was waiting for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from workbench.crew.conversation import Conversation
from workbench.crew.failing import first_failure
from workbench.errors import CheckFailed, NaniteError
from workbench.model import Check, FileEdit

MOST = 2
"""Most allowed tests that are run unasked."""

Run = Callable[[Sequence[FileEdit], Sequence[str]], Awaitable[tuple[Check, ...]]]
"""Runs commands on the tree with edits."""


@dataclass(frozen=True)
class Ran:
    """What near tests say of a change.

    Attributes:
        checks: those that did not fail.
        asks_for_it: whether one failed before the change, and all pass now.
        fault: what passed before and fails now.
    """

    checks: tuple[Check, ...] = ()
    asks_for_it: bool = False
    fault: NaniteError | None = None


class NearTests:
    """The tests near one task's change.

    Args:
        talk: whose task it is.
        run: runs commands.
    """

    def __init__(self, talk: Conversation, run: Run) -> None:
        self._talk = talk
        self._run = run
        self._before: tuple[Check, ...] | None = None

    async def judge(self, edits: Sequence[FileEdit], hint: str) -> Ran:
        """Run those that are allowed, and as things were too; a fault comes with the `hint`."""
        near = dict.fromkeys(test.command for test in self._talk.brief.tests_near if test.is_allowed)
        commands = tuple(near)[:MOST]
        if not commands:
            return Ran()
        try:
            after = await self._run(edits, commands)
            if self._before is None:
                self._before = await self._run((), commands)
        except CheckFailed as error:
            # Nobody asked for these tests: that they cannot be run is no fault of the change.
            self._talk.note(f"tests that use it were not run: {error.message}"[:400])
            return Ran()
        passed_before = {check.name for check in self._before if check.ok}
        failed_before = {check.name for check in self._before if check.ok is False}
        broken = tuple(check for check in after if check.ok is False and check.name in passed_before)
        if fault := first_failure(broken, hint):
            return Ran(fault=fault)
        mended = [check.name for check in after if check.ok and check.name in failed_before]
        if mended:
            self._talk.note(f"failed before the change and passes now: {', '.join(mended)}"[:400])
        elif any(check.ok for check in after):
            self._talk.note("tests that use it still pass; none of them asks for the change")
        kept = tuple(check for check in after if check.ok is not False)
        return Ran(kept, asks_for_it=bool(mended) and len(kept) == len(after))

    def offer(self) -> None:
        """Say which tests a person could allow and name."""
        for test in self._talk.brief.tests_near:
            if not test.is_allowed:
                self._talk.note(f"{test.path} uses it; to have it checked, allow and name: {test.command}"[:400])
