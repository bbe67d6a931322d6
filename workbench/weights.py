"""Fetching a model with a bar for people: used by `nanites models pull` and by the demo."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.terminal import one_line, say

if TYPE_CHECKING:
    from workbench.settings import Settings

Show = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all and what is being done."""


async def pull(settings: Settings, model: str, *, quiet: bool = False) -> str:
    """Fetch and verify a model and return where it is; what goes on is shown on stderr, unless `quiet`.

    Raises:
        EngineUnavailable: it cannot be had; the hint says what to do.
    """
    from workbench.engines.pool import Pool

    pool = Pool(settings)
    try:
        with _bar(model, quiet) as show:
            return await pool.pull(model, show)
    finally:
        await pool.close()


@contextlib.contextmanager
def _bar(model: str, quiet: bool) -> Iterator[Show]:
    if quiet:
        yield lambda done, size, what: None
    elif not sys.stderr.isatty():
        yield _steps()
    else:
        with _live_bar(model) as show:
            yield show


@contextlib.contextmanager
def _live_bar(model: str) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(one_line(model), total=None)

        def show(done: int, size: int, what: str) -> None:
            bar.update(task, completed=done, total=size or None, description=one_line(f"{model}: {what}"))

        yield show


def _steps() -> Show:
    """Return what says a line at each new step and at every tenth of it: a log is no place for a bar."""
    said: set[tuple[str, int]] = set()

    def show(done: int, size: int, what: str) -> None:
        tenth = 10 * done // max(size, 1)
        if (what, tenth) not in said:
            said.add((what, tenth))
            say(f"{one_line(what)}: {done / 1e6:,.0f} of {size / 1e6:,.0f} MB", stream=sys.stderr)

    return show
