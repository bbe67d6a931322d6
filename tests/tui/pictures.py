"""The pictures in docs/: real screens of a real day's folder, drawn anew by `python -m tests.tui.pictures`.

A test fails where a picture is not what the screen shows now.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.widgets import Input, TextArea

from tests.tui.day import Day, a_day
from tests.tui.house import Sight, opened
from workbench.spool.lock import RunnerLock

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


async def _review(sight: Sight) -> None:
    await sight.select("proven")


async def _working(sight: Sight) -> None:
    await sight.go_live()
    await sight.select("running")
    await sight.focus("transcript")


async def _narrow(sight: Sight) -> None:
    await sight.select("patch")
    await sight.focus("diff")


PICTURES: dict[str, tuple[tuple[int, int], Callable[[Sight], Awaitable[None]]]] = {
    "review": ((140, 40), _review),
    "working": ((140, 40), _working),
    "narrow": ((80, 24), _narrow),
}
"""Each picture: the size of the terminal, and what brings the screen about."""


async def drawn(name: str, day: Day) -> str:
    """Return a picture as SVG."""
    size, bring_about = PICTURES[name]
    # Whoever holds the folder is its runner, as far as the screen can tell.
    runner = RunnerLock(day.folder)
    runner.acquire()
    async with opened(day, size=size) as sight:
        await sight.until(lambda: sight.app.scene.has_runner)
        await bring_about(sight)
        await sight.pilot.pause()
        picture = sight.app.export_screenshot(title="nanites")
    runner.release()
    return picture


def main() -> None:
    """Draw all pictures anew."""
    os.environ["TZ"] = "UTC"
    Input.cursor_blink = TextArea.cursor_blink = False  # type: ignore[assignment]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        day = a_day(Path(folder) / "repository")
        for name in PICTURES:
            copy = day.copied(Path(folder) / name)
            (FOLDER / f"{name}.svg").write_text(asyncio.run(drawn(name, copy)), encoding="utf-8")


if __name__ == "__main__":
    main()
