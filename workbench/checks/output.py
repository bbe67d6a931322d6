"""What a command printed, made safe to show and short enough to read: control codes go, the head and the tail stay."""

from __future__ import annotations

from collections import deque

from workbench import terminal


def plain(text: str) -> str:
    """Return `text` without terminal control codes; a lone carriage return begins a new line."""
    return terminal.plain(text.replace("\r\n", "\n").replace("\r", "\n"))


def shorten(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters: a third from the head, the rest from the tail, where errors are."""
    if len(text) <= limit:
        return text
    note = f"\n… {len(text) - limit:,} characters left out …\n"
    room = max(0, limit - len(note))
    head = room // 3
    return f"{text[:head]}{note}{text[len(text) - room + head :]}"[:limit]


class Kept:
    """The first and the last bytes of a stream of any length; `total` counts all of them."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_size = 0
        self.total = 0

    def add(self, data: bytes) -> None:
        """Take more bytes."""
        self.total += len(data)
        missing = self._room - len(self._head)
        if missing > 0:
            self._head += data[:missing]
            data = data[missing:]
        if data:
            self._tail.append(data)
            self._tail_size += len(data)
            while self._tail_size - len(self._tail[0]) >= self._room:
                self._tail_size -= len(self._tail.popleft())

    def text(self, limit: int) -> str:
        """Return what was kept as plain text of at most `limit` characters."""
        tail = b"".join(self._tail)[-self._room :]
        lost = self.total - len(self._head) - len(tail)
        if not lost:
            return shorten(plain((bytes(self._head) + tail).decode("utf-8", "replace")), limit)
        head_text = plain(bytes(self._head).decode("utf-8", "replace"))
        tail_text = plain(tail.decode("utf-8", "replace"))
        return shorten(f"{head_text}\n… {lost:,} bytes left out …\n{tail_text}", limit)
