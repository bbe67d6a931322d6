"""events.jsonl: what happens, one line each, for every face to read; and each task's own transcript.

Tokens are joined so that a voice writes at most 20 lines a second; everything else is written at once. The file is
rotated at 16 MB to `events.1.jsonl`; a reader that follows notices by the inode.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from workbench.errors import NaniteError
from workbench.events import Event, TaskEnded, TokenStreamed
from workbench.model import State
from workbench.spool.folder import Folder, is_id
from workbench.spool.records import read_record
from workbench.spool.tail import Tail, older, parse_line

ROTATE_BYTES = 16_000_000
TOKEN_INTERVAL = 0.05
"""Seconds between two lines of one voice (CONTRACT.md: at most 20 a second)."""

_OPEN_TRANSCRIPTS = 16
"""Transcripts kept open between two events; opening one costs more than writing to it."""


class EventLog:
    """Writes events to `events.jsonl` and to the transcript of their task.

    One writer at a time: whoever holds the runner's lock. `seq` goes on where the last runner stopped.
    """

    def __init__(self, folder: Folder, *, clock: Callable[[], float] = time.time, rotate: int = ROTATE_BYTES) -> None:
        self._folder = folder
        self._clock = clock
        self._rotate = rotate
        self._seq = last_seq(folder)
        self._pending: dict[tuple[str, str], list[TokenStreamed]] = {}
        self._written_at: dict[tuple[str, str], float] = {}
        self._listeners: list[Callable[[dict[str, Any]], None]] = []
        self._transcripts: dict[str, int] = {}
        self._descriptor = self._open()

    def _open(self) -> int:
        return _open_lines(self._folder.events, os.O_RDWR)

    def listen(self, listener: Callable[[dict[str, Any]], None]) -> None:
        """Call `listener` with every line as it is written."""
        self._listeners.append(listener)

    def write(self, event: Event) -> None:
        """Write one event; a token waits for others of its voice for up to `TOKEN_INTERVAL` seconds."""
        if isinstance(event, TokenStreamed):
            voice = (event.task, event.voice)
            self._pending.setdefault(voice, []).append(event)
            if self._clock() - self._written_at.get(voice, 0.0) >= TOKEN_INTERVAL:
                self._flush_voice(voice)
            return
        for voice in [voice for voice in self._pending if voice[0] == event.task]:
            self._flush_voice(voice)
        self._append(event)
        if isinstance(event, TaskEnded):
            self._written_at = {voice: at for voice, at in self._written_at.items() if voice[0] != event.task}
            self._close_transcript(event.task)

    def flush(self) -> None:
        """Write all tokens that wait."""
        for voice in list(self._pending):
            self._flush_voice(voice)

    def close(self) -> None:
        """Write what waits and let go of the files."""
        self.flush()
        for task_id in list(self._transcripts):
            self._close_transcript(task_id)
        os.close(self._descriptor)

    def _flush_voice(self, voice: tuple[str, str]) -> None:
        pieces = self._pending.pop(voice, [])
        if pieces:
            self._written_at[voice] = self._clock()
            text, tokens = "".join(piece.text for piece in pieces), sum(piece.tokens for piece in pieces)
            self._append(TokenStreamed(task=voice[0], voice=voice[1], text=text, tokens=tokens))

    def _append(self, event: Event) -> None:
        self._seq += 1
        line = event.as_line(self._seq, self._clock())
        data = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
        size = os.fstat(self._descriptor).st_size
        if size and size + len(data) > self._rotate:
            self._turn_over()
        _write_line(self._descriptor, data)
        if is_id(event.task) and not isinstance(event, TokenStreamed):
            self._append_transcript(event.task, data)
        for listener in self._listeners:
            listener(line)

    def _turn_over(self) -> None:
        os.close(self._descriptor)
        self._folder.events.replace(older(self._folder.events))
        self._descriptor = self._open()

    def _append_transcript(self, task_id: str, data: bytes) -> None:
        descriptor = self._transcripts.get(task_id)
        if descriptor is None:
            home = self._folder.task(task_id)
            if not home.exists():
                return
            if len(self._transcripts) >= _OPEN_TRANSCRIPTS:
                self._close_transcript(next(iter(self._transcripts)))
            descriptor = self._transcripts[task_id] = _open_lines(home / "transcript.jsonl", os.O_RDWR)
        _write_line(descriptor, data)

    def _close_transcript(self, task_id: str) -> None:
        descriptor = self._transcripts.pop(task_id, None)
        if descriptor is not None:
            os.close(descriptor)


def _open_lines(path: Path, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    size = os.fstat(descriptor).st_size
    # A killed writer may have left half a line; the next line must not be glued to it.
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        os.write(descriptor, b"\n")
    return descriptor


def _write_line(descriptor: int, data: bytes) -> None:
    """Write a line whole; where the disk takes only part of it, that part is taken back."""
    size = os.fstat(descriptor).st_size
    written = 0
    try:
        while written < len(data):
            written += os.write(descriptor, data[written:])
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def last_seq(folder: Folder) -> int:
    """Return the number of the last whole line written, 0 where there is none."""
    for path in (folder.events, older(folder.events)):
        for line in _lines_from_end(path):
            parsed = parse_line(line)
            if parsed is not None and isinstance(parsed.get("seq"), int):
                return int(parsed["seq"])
    return 0


def _lines_from_end(path: Path, block: int = 65_536) -> Iterator[bytes]:
    """Yield the lines of a file, the last first, reading no more of it than is asked for."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        at = stream.seek(0, os.SEEK_END)
        rest = b""
        while at:
            length = min(block, at)
            at -= length
            stream.seek(at)
            rest, *lines = (stream.read(length) + rest).split(b"\n")
            yield from reversed(lines)
            block *= 2
        yield rest


async def follow(folder: Folder, task_id: str, *, poll: float = 0.05) -> AsyncIterator[dict[str, Any]]:
    """Yield the lines of the log about one task, those of before included, as they come, until the task rests."""
    tail = Tail(folder.events, with_older=True)
    ended = rested = False
    while True:
        for line in tail.read():
            if line.get("task") == task_id:
                # An end that is followed by more was none: the task was wanted again.
                ended = _is_end(line)
                yield line
        # The line that says so may be gone with an old log; whatever was written before the record is read by then.
        if ended or rested:
            return
        rested = _rests(folder, task_id)
        await asyncio.sleep(poll)


def _is_end(line: dict[str, Any]) -> bool:
    return line.get("event") == TaskEnded.event and State(line["state"]).is_final


def _rests(folder: Folder, task_id: str) -> bool:
    try:
        return read_record(folder, task_id).state.is_final
    except NaniteError:
        return False
