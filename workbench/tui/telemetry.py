"""Readings for the machine's pane: the machine itself often, the engines now and then, both off the event loop."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.machine import Machine, Reading

if TYPE_CHECKING:
    from workbench.engines.pool import Pool
    from workbench.settings import Settings
    from workbench.spool.folder import Folder

MACHINE_SECONDS = 2.0
ENGINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in an engine's memory: bytes, answers at once, seconds until it is let go (None: it stays)."""

    name: str
    memory: int = 0
    slots: int = 0
    slots_used: int = 0
    expires_in: float | None = None


@dataclass(frozen=True, slots=True)
class EngineView:
    """How one engine fares."""

    name: str
    is_up: bool
    detail: str = ""
    hint: str = ""
    models: tuple[str, ...] = ()
    loaded: tuple[LoadedModel, ...] = ()


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What is known of machine, engines and ledger. `engines` is None until they were asked once.

    `saved` are cloud tokens saved today, net; None where that is not known.
    """

    machine: Reading | None = None
    engines: tuple[EngineView, ...] | None = None
    saved: int | None = None


@dataclass
class Probe:
    """Takes readings; with a folder also of its ledger."""

    settings: Settings
    machine: Machine = field(default_factory=Machine)
    folder: Folder | None = None
    _engines: tuple[EngineView, ...] | None = None
    _asked_at: float = float("-inf")
    _pool: Pool | None = None

    async def read(self) -> Telemetry:
        """Return how machine and engines are; the engines as they were asked last, for some seconds."""
        reading = await asyncio.to_thread(self.machine.read)
        if time.monotonic() - self._asked_at >= ENGINE_SECONDS:
            self._engines = await self._ask_engines()
            self._asked_at = time.monotonic()
        return Telemetry(reading, self._engines, await self._saved())

    async def _saved(self) -> int | None:
        """Return the cloud tokens saved today, net; the day's results are read off the event loop."""
        if self.folder is None:
            return None
        from workbench.ledger import saved_today

        try:
            return await asyncio.to_thread(saved_today, self.folder)
        except OSError:
            return None

    async def _ask_engines(self) -> tuple[EngineView, ...]:
        if self._pool is None:
            from workbench.engines.pool import Pool

            self._pool = Pool(self.settings)
        found = []
        for status in await self._pool.status():
            loaded = tuple(
                LoadedModel(model.name, model.memory or model.size, model.slots, model.slots_used, model.expires_in)
                for model in status.models
                if model.loaded
            )
            names = tuple(model.name for model in status.models)
            found.append(EngineView(status.name, status.reachable, status.detail, status.hint, names, loaded))
        return tuple(found)

    async def close(self) -> None:
        """Let go of engines and driver."""
        if self._pool is not None:
            await self._pool.close()
        self.machine.close()
