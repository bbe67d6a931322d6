"""What a crew works at: the few things it may ask of the world.

The runner's desk makes each of them durable: what was answered once is never asked again, also after a crash. So a crew
must be deterministic in the order of what it asks, and must learn of the world in no other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workbench.checks.trial_values import Trial
from workbench.events import Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Check, FileEdit


class Desk(Protocol):
    """Where a crew's questions go."""

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        """Put a question to the model in the name of `voice` and return the answer, whole.

        Raises:
            EngineUnavailable: no engine answered. TaskStopped: the task was cancelled or its time is over.
        """
        ...

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the request's prompt takes."""
        ...

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        """Run allowed commands on a scratch copy of the tree with `edits` applied; one check for each.

        Where all pass, the checks of `trials` follow, as far as they can be made.
        """
        ...

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        """Run one allowed command like `try_commands` and return what it said at length, to be read by a program.

        A linter reports in its machine form. Failures are neither tried again nor compared with the tree as it is.
        """
        ...

    def tell(self, event: Event) -> None:
        """Publish what happened."""
        ...
