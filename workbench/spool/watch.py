"""Wakes the runner when something lies in `inbox/` or `decisions/`: watchfiles where it can, a slow look besides.

A notification can be lost (network file systems, a full queue of the kernel), so the folders are also looked at every
few seconds; without notifications that look is what finds the file. Where the kernel has no watch left to give, the
folders are looked at every second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from workbench.spool.folder import Folder

_log = logging.getLogger("nanites.watch")

LOOK_INTERVAL_MS = 5_000
LOOK_SECONDS = 1.0
"""How often the folders are looked at where nothing can be watched."""

STEP_MS = 20
"""How often the thread of watchfiles looks at what the kernel told it: 5 ms take 0.8 % of a core, 20 ms 0.2 %."""


async def changes(folder: Folder, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield once at the start and then whenever something may have been dropped, until `stop` is set."""
    from watchfiles import awatch

    yield
    watching = awatch(
        folder.inbox,
        folder.decisions,
        watch_filter=None,
        debounce=2 * STEP_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=LOOK_INTERVAL_MS,
        yield_on_timeout=True,
        recursive=False,
    )
    try:
        async for _ in watching:
            yield
    except (OSError, RuntimeError) as error:
        _log.warning("the folder cannot be watched, and is looked at every %g s: %s", LOOK_SECONDS, error)
    while not stop.is_set():
        yield
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await stop.wait()
