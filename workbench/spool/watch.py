"""Wakes the runner when something lies in `inbox/` or `decisions/`: watchfiles where it can, a slow look besides.

A notification can be lost (network file systems, a full queue of the kernel), so the folders are also looked at every
few seconds; without notifications that look is what finds the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from workbench.spool.folder import Folder

LOOK_INTERVAL_MS = 5_000
STEP_MS = 20
"""How often the thread of watchfiles looks at what the kernel told it: 5 ms take 0.8 % of a core, 20 ms 0.2 %."""


async def changes(folder: Folder, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield once at the start and then whenever something may have been dropped, until `stop` is set."""
    from watchfiles import awatch

    yield
    async for _ in awatch(
        folder.inbox,
        folder.decisions,
        watch_filter=None,
        debounce=2 * STEP_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=LOOK_INTERVAL_MS,
        yield_on_timeout=True,
        recursive=False,
    ):
        yield
