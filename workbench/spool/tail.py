"""Reading the log of events as it grows, from where one last stopped. It needs only json: any face starts quickly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO


def older(path: Path) -> Path:
    """Return where the log goes when it is turned over."""
    return path.with_name("events.1.jsonl")


def parse_line(line: bytes) -> dict[str, Any] | None:
    """Return the object on a line of the log, or None for one that a crash cut in half or that nobody here wrote."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class Tail:
    """Reads a growing JSON-lines file from where it last stopped, across rotation and half-written lines."""

    def __init__(self, path: Path, *, from_end: bool = False, with_older: bool = False) -> None:
        self._path = path
        self._inode = 0
        self._offset = 0
        self._rest = b""
        if from_end and path.exists():
            status = path.stat()
            self._inode, self._offset = status.st_ino, status.st_size
        elif with_older and older(path).exists():
            self._inode = older(path).stat().st_ino

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield the objects written since the last call."""
        try:
            stream = self._path.open("rb")
        except FileNotFoundError:
            return
        with stream:
            status = os.fstat(stream.fileno())
            if status.st_ino != self._inode:
                yield from self._end_of_older()
                self._inode, self._offset, self._rest = status.st_ino, 0, b""
            elif status.st_size < self._offset:
                self._offset, self._rest = 0, b""
            yield from self._read_from(stream)

    def _end_of_older(self) -> Iterator[dict[str, Any]]:
        """Yield what was still written to the file last read before it was turned over."""
        try:
            stream = older(self._path).open("rb")
        except FileNotFoundError:
            return
        with stream:
            if os.fstat(stream.fileno()).st_ino == self._inode:
                yield from self._read_from(stream)

    def _read_from(self, stream: BinaryIO) -> Iterator[dict[str, Any]]:
        stream.seek(self._offset)
        data = self._rest + stream.read()
        self._offset = stream.tell()
        *lines, self._rest = data.split(b"\n")
        for line in lines:
            parsed = parse_line(line)
            if parsed is not None:
                yield parsed
