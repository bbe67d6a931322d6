"""What questions to models take of this machine's energy, by the counters of its GPUs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from workbench.machine import Machine


@dataclass(eq=False, slots=True)
class Share:
    """The joules that one question has taken so far; None once a part of them is unknown."""

    joules: float | None = 0.0

    def add(self, joules: float | None) -> None:
        """Add joules, or that they are not known."""
        self.joules = None if self.joules is None or joules is None else self.joules + joules


class Meter:
    """Shares what the GPUs use equally among the questions under way, so that no joule counts twice.

    The counters are read as a question begins and as it ends, off the event loop. What was used since the last reading
    goes to those that were under way meanwhile, and to nobody where none was. Where the first look finds no counter,
    none is looked for again.
    """

    def __init__(self, machine: Machine | None = None) -> None:
        self._machine = machine or Machine()
        self._under_way: set[Share] = set()
        self._last: Mapping[str, float] = {}
        self._counts: bool | None = None
        self._reading = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def measure(self, share: Share, is_here: bool) -> AsyncIterator[None]:
        """Add to `share` what the question that is asked in the block takes, however it ends.

        Args:
            share: belongs to the one question.
            is_here: whether this machine works for it; what another one uses is not known.
        """
        if not is_here or not await self._settle():
            share.add(None)
            yield
            return
        self._under_way.add(share)
        try:
            yield
        finally:
            await self._leave(share)

    def close(self) -> None:
        """Let go of the driver; the next question would look for it again."""
        self._machine.close()

    async def _leave(self, share: Share) -> None:
        try:
            await self._settle()
        except asyncio.CancelledError:
            share.add(None)
            raise
        finally:
            self._under_way.discard(share)

    async def _settle(self) -> bool:
        """Read the counters and share what was used since the last reading; return whether there are any."""
        async with self._reading:
            if self._counts is False:
                return False
            # A reading that is cancelled leaves none behind, so that the span around it is unknown.
            before, self._last = self._last, {}
            self._last = await asyncio.to_thread(self._machine.energy)
            self._counts = bool(self._last) if self._counts is None else self._counts
            used = _between(before, self._last)
            part = None if used is None else used / max(len(self._under_way), 1)
            for share in self._under_way:
                share.add(part)
            return self._counts


def _between(before: Mapping[str, float], after: Mapping[str, float]) -> float | None:
    """Return the joules from one reading to the next; None where a counter vanished, came or ran backwards."""
    if not before or before.keys() != after.keys() or any(after[name] < before[name] for name in before):
        return None
    return sum(after[name] - before[name] for name in before)
