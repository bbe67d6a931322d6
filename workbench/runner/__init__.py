"""The runner: takes dropped tasks through their lives, one process for a folder (ARCHITECTURE.md).

`run` is all that other rooms may use; everything slow is imported when it is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from workbench.model import Approve
from workbench.repository import Repository
from workbench.settings import Settings

Listener = Callable[[dict[str, Any]], None]


async def run(
    repository: Repository,
    settings: Settings,
    *,
    drain: bool = False,
    only: Collection[str] | None = None,
    approve: Approve | None = None,
    listener: Listener | None = None,
    stop: asyncio.Event | None = None,
    idle_seconds: float | None = None,
) -> None:
    """Work on the folder of `repository` until `stop` is set.

    Args:
        repository: whose `.nanites/` to work on; it is made where it is missing.
        settings: that repository's settings.
        drain: also end when nothing is left to run; tasks in review count as nothing left.
        only: IDs; run just these and what they need, and end when all of them rest.
        approve: the policy for tasks that name none, instead of the settings' own.
        listener: called with every line of events.jsonl as it is written.
        stop: ends the run; what was begun goes on at the next start.
        idle_seconds: also end after this long with nothing to do.

    Raises:
        RunnerBusy: another runner holds the folder.
        NaniteError: the folder or its store cannot be used.
    """
    from workbench.runner.runner import Runner

    await Runner(
        repository,
        settings,
        drain=drain,
        only=only,
        approve=approve,
        listener=listener,
        stop=stop,
        idle_seconds=idle_seconds,
    ).run()
