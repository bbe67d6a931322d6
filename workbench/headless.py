"""The face without a screen: a runner whose events are printed, one a line, for people or as JSON for programs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from workbench.errors import RunnerBusy
from workbench.narration import Line, short_id, stamped, told
from workbench.terminal import in_colour, plain, say, styled

if TYPE_CHECKING:
    from workbench.model import Approve
    from workbench.settings import Settings

_STYLES = {"review-asked": "yellow", "file-refused": "red", "decision-refused": "red", "change-applied": "green"}


class Progress:
    """Prints events about some tasks (and what they bring forth) as they come; on a terminal the answers' text, dimmed.

    Args:
        stream: where to.
        ids: the tasks; None means all, and the runner's own events.
        stamps: whether a line begins with the time and the task.
        tokens: whether to show an answer's text as it comes; where several voices speak at once it would be torn.
    """

    def __init__(
        self, stream: TextIO, ids: Iterable[str] | None = None, *, stamps: bool = False, tokens: bool = True
    ) -> None:
        self._stream = stream
        self._ids = None if ids is None else set(ids)
        self._stamps = stamps
        self._tokens = tokens and in_colour(stream)
        self._speaking: tuple[str, str] | None = None
        self._at_line_start = True

    def __call__(self, line: Line) -> None:
        """Print one event."""
        if not self._concerns(line):
            return
        if line.get("event") == "token-streamed":
            self._stream_text(line)
            return
        words = stamped(line) if self._stamps else told(line)
        if words is None:
            return
        self._break_off()
        many = self._ids is not None and len(self._ids) > 1 and not self._stamps
        task = f"{short_id(str(line.get('task')))}  " if many else ""
        style = _STYLES.get(str(line.get("event")))
        text = task + words
        say(styled(text, style, self._stream) if style else text, stream=self._stream)

    def _concerns(self, line: Line) -> bool:
        if self._ids is None:
            return True
        if line.get("parent") in self._ids:
            self._ids.add(str(line.get("task")))
        return line.get("task") in self._ids

    def _stream_text(self, line: Line) -> None:
        if not self._tokens:
            return
        voice = (str(line.get("task")), str(line.get("voice")))
        if voice != self._speaking:
            self._break_off()
            self._speaking = voice
        text = plain(str(line.get("text") or ""))
        if text:
            say(styled(text, "dim", self._stream), stream=self._stream, end="")
            self._at_line_start = text.endswith("\n")

    def _break_off(self) -> None:
        if self._speaking is not None and not self._at_line_start:
            say(stream=self._stream)
        self._speaking, self._at_line_start = None, True


def json_lines(stream: TextIO, broken: Callable[[], None]) -> Callable[[Line], None]:
    """Return what prints each event as JSON on a line of its own; `broken` is called when nobody reads any more."""

    def print_line(line: Line) -> None:
        try:
            stream.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
            stream.flush()
        except BrokenPipeError:
            broken()

    return print_line


def runs_here(root: Path, settings: Settings) -> Callable[[Collection[str]], Awaitable[None]]:
    """Return what runs tasks of this repository in this process until they rest; see `client.RunHere`."""

    async def run_here(ids: Collection[str]) -> None:
        from workbench.repository import Repository
        from workbench.runner import run

        stop = asyncio.Event()
        running = asyncio.create_task(run(Repository.find(root), settings, only=ids, stop=stop))
        try:
            await asyncio.shield(running)
        except RunnerBusy:
            # Somebody else's runner came first: it does the work as well.
            return
        except asyncio.CancelledError:
            stop.set()
            await running
            raise

    return run_here


def serve(
    root: Path,
    settings: Settings,
    *,
    drain: bool = False,
    approve: Approve | None = None,
    jsonl: bool = False,
    as_json: bool = False,
    idle_minutes: float | None = None,
) -> int:
    """Run the folder of `root` until a signal ends it, or until nothing is left to run; return the exit code.

    With `idle_minutes` it also ends after that long with nothing to do.

    Raises:
        RunnerBusy: another runner holds the folder.
        NaniteError: the folder or its store cannot be used.
    """
    states: Counter[str] = Counter()
    show: Callable[[Line], None] | None = None
    stop = asyncio.Event()
    if jsonl:
        show = json_lines(sys.stdout, stop.set)
    elif not as_json:
        show = Progress(sys.stdout, stamps=True, tokens=False)

    def listen(line: Line) -> None:
        if line.get("event") == "task-ended":
            states[str(line.get("state"))] += 1
        if show is not None:
            show(line)

    async def work() -> bool:
        from workbench.ledger import places
        from workbench.repository import Repository
        from workbench.runner import run

        with _signals(stop) as interrupted:
            places.remember(root)
            await run(
                Repository.find(root),
                settings,
                drain=drain,
                approve=approve,
                listener=listen,
                stop=stop,
                idle_seconds=None if idle_minutes is None else idle_minutes * 60,
            )
        return signal.SIGINT in interrupted

    was_interrupted = asyncio.run(work())
    if as_json and not jsonl:
        value: dict[str, Any] = {"ended": states.total(), "states": dict(sorted(states.items()))}
        say(json.dumps(value))
    return 130 if was_interrupted else 0


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[list[signal.Signals]]:
    """Let the first Ctrl-C or SIGTERM set `stop`; yield the signals that came. A second one does not wait."""
    loop = asyncio.get_running_loop()
    came: list[signal.Signals] = []

    def end(number: signal.Signals) -> None:
        came.append(number)
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)
    yield came
