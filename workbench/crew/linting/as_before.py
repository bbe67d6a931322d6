"""Whether what a change of form alone leaves still does what it did: by tests that use it, and by calls of both."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from workbench.checks.trial_values import Trial
from workbench.crew.conversation import Conversation
from workbench.crew.failing import first_failure
from workbench.crew.judging.trials import trials
from workbench.errors import CheckFailed
from workbench.model import Check, FileEdit

SLOWEST = 20.0
"""Seconds of a test command that is run after each step; a slower one is not."""

HINT = "keep what the code does"


class AsBefore:
    """Holds a change against the tree as it was, one step at a time.

    Tests that failed before, that nanites.toml does not allow, or that take too long, are not asked.
    """

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._commands: tuple[str, ...] | None = None
        self.checks: tuple[Check, ...] = ()

    async def fault(self, step: Sequence[FileEdit], edits: Sequence[FileEdit]) -> CheckFailed | None:
        """Return what is not as before in the tree with `edits`, of which those of `step` are the last."""
        commands = await self._passing()
        if not commands:
            # What may not run, may not run for a comparison either.
            return None
        tried = [_strict(one) for one in trials("", step, self._talk.brief.tests)]
        try:
            checks = await self._talk.desk.try_commands(edits, commands, tried)
        except CheckFailed as error:
            # Nobody asked for these tests: that they cannot be run is no fault of the change.
            self._talk.note(f"tests that use it were not run: {error.message}"[:400])
            return None
        if fault := first_failure(checks, HINT):
            return fault
        self.checks = tuple(check for check in checks if check.name in commands)
        return None

    async def _passing(self) -> tuple[str, ...]:
        """Return the commands that pass on the tree as it is."""
        if self._commands is None:
            near = [test.command for test in self._talk.brief.tests_near if test.is_allowed]
            self._commands = ()
            try:
                before = await self._talk.desk.try_commands((), tuple(dict.fromkeys(near))) if near else ()
            except CheckFailed as error:
                self._talk.note(f"tests that use it were not run: {error.message}"[:400])
                before = ()
            self._commands = tuple(check.name for check in before if check.ok and check.seconds <= SLOWEST)
            for check in before:
                if check.ok and check.seconds > SLOWEST:
                    self._talk.note(f"not run after each step, for it takes {check.seconds:.0f} s: {check.name}"[:400])
            asks = [test.command for test in self._talk.brief.tests_near if not test.is_allowed]
            if asks and not near:
                allow = shlex.quote("pytest -q {path}" if asks[0].startswith("python -m pytest") else asks[0])
                self._talk.note(f"what the code does was not tried: nanites allow {allow}"[:400])
        return self._commands


def _strict(trial: Trial) -> Trial:
    return trial.model_copy(update={"keeps": True, "keeps_errors": True})
