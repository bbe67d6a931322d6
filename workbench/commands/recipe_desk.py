"""A desk at which a real model answers a recipe's examples; commands are not run at it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.checks.trial_values import Trial
from workbench.engines.pool import Pool
from workbench.errors import CheckFailed
from workbench.events import Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Check, FileEdit


class PoolDesk:
    """Asks a pool of engines."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        """Return a model's answer."""
        return await self._pool.chat(request, lambda piece: None)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the prompt takes."""
        return await self._pool.count(request)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        """Run nothing: a recipe is data from a stranger."""
        return tuple(Check(name=command, ok=None, output="not run for an example") for command in commands)

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        """Refuse: a recipe is data from a stranger.

        Raises:
            CheckFailed: always.
        """
        raise CheckFailed(f"{command} is not run for an example", code="command-not-allowed", hint="use nanites lint")

    def tell(self, event: Event) -> None:
        """Do nothing: nobody listens."""
