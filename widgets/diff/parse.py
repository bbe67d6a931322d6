"""Reads a unified diff in a few passes that C does.

unidiff makes an object of every line, which takes 2 µs each: 400 ms for the diff of a 100,000-line file. Here a line
stays a string. The tests hold what is read against unidiff and git.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter

from widgets.diff.model import FilePatch, Hunk, Patch, Status
from widgets.safe_text import cells, expand_tabs

_HUNK_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)")
_BODY = re.compile(r"[ +\-\\]*")
_OCTAL = re.compile(rb"\\([0-7]{3}|.)")
MEASURED_LINES = 4_000
"""Lines with tabs or wide characters that are measured one by one."""


@dataclass
class _Header:
    """What was read of a file before its first hunk."""

    old: str | None = None
    new: str | None = None
    git: tuple[str, str] | None = None
    status: Status | None = None
    source_seen: bool = False


def parse_patch(text: str) -> Patch:
    """Return the files and hunks of a unified diff, git's or diff's.

    Text that is no diff is passed over, and a hunk that breaks off is kept as far as it goes: a view shows what there
    is. Whether a patch may be applied is for others to judge.
    """
    return _Reader(text).read()


class _Reader:
    """Reads one patch; a class because headers, hunks and files are filled in by turns."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.lines = text.split("\n")
        if self.lines and not self.lines[-1]:
            self.lines.pop()
        try:
            self.kinds = "".join(map(itemgetter(0), self.lines))
        except IndexError:  # an empty line: context whose blank was trimmed
            self.kinds = "".join([line[:1] or " " for line in self.lines])
        self.longest = max(map(len, self.lines), default=0)
        if not text.isascii() or "\t" in text:
            self.longest = max(
                self.longest, _widest([line for line in self.lines if "\t" in line or not line.isascii()])
            )
        self.files: list[FilePatch] = []
        self.hunks: list[Hunk] = []
        self.count = 0
        self.header = _Header()

    def read(self) -> Patch:
        """Return the patch."""
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if line.startswith("@@ ") and (match := _HUNK_HEADER.match(line)) and self._has_file():
                position = self._read_hunk(match, position + 1)
            else:
                self._read_header(line)
                position += 1
        self._close_file()
        return Patch(tuple(self.files), self.longest, self.source)

    def _has_file(self) -> bool:
        return self.header.source_seen or self.header.git is not None

    def _read_hunk(self, match: re.Match[str], start: int) -> int:
        old_length = int(match[2]) if match[2] is not None else 1
        new_length = int(match[4]) if match[4] is not None else 1
        body = _BODY.match(self.kinds, start)
        end = self._hunk_end(start, body.end() if body else start, old_length, new_length)
        self.count += 1
        self.hunks.append(
            Hunk(
                self.count,
                len(self.files),
                int(match[1]),
                old_length,
                int(match[3]),
                new_length,
                match[5],
                self.lines[start:end],
                self.kinds[start:end],
            )
        )
        return end

    def _hunk_end(self, start: int, limit: int, old_length: int, new_length: int) -> int:
        """Return where the hunk's counts are used up. Each step adds only lines that are surely missing."""
        end = start
        missing = max(old_length, new_length)
        while missing > 0 and end < limit:
            end = min(limit, end + missing)
            notes = self.kinds.count("\\", start, end)
            old = end - start - self.kinds.count("+", start, end) - notes
            new = end - start - self.kinds.count("-", start, end) - notes
            missing = max(old_length - old, new_length - new)
        return end + 1 if self.kinds[end : end + 1] == "\\" else end

    def _read_header(self, line: str) -> None:
        header = self.header
        if line.startswith("diff --git "):
            self._close_file()
            self.header.git = _git_paths(line)
        elif line.startswith("--- "):
            if self.hunks or header.source_seen:
                self._close_file()
            self.header.old, self.header.source_seen = _path(line[4:]), True
        elif line.startswith("+++ ") and header.source_seen:
            header.new = _path(line[4:])
        elif line.startswith("new file mode"):
            header.status = "added"
        elif line.startswith("deleted file mode"):
            header.status = "deleted"
        elif line.startswith("rename from "):
            header.old, header.status = _unquote(line[12:]), "renamed"
        elif line.startswith("rename to "):
            header.new = _unquote(line[10:])
        elif line.startswith(("Binary files ", "GIT binary patch")) and self._has_file():
            header.status = "binary"

    def _close_file(self) -> None:
        header = self.header
        self.header = _Header()
        if not (header.source_seen or header.git):
            self.hunks = []
            return
        old, new = header.old, header.new
        if not header.source_seen and header.git and header.status != "renamed":
            old, new = header.git
            old = None if header.status == "added" else old
            new = None if header.status == "deleted" else new
        status = header.status or ("added" if old is None else "deleted" if new is None else "modified")
        if header.status is None and old and new and old != new:
            status = "renamed"
        self.files.append(FilePatch(len(self.files), old, new, status, tuple(self.hunks)))
        self.hunks = []


def _widest(lines: list[str]) -> int:
    """Return the cells of the widest of lines with tabs or wide characters; of very many, a bound."""
    if len(lines) > MEASURED_LINES:
        return max(2 * len(line) + 8 * line.count("\t") for line in lines)
    return max((cells(expand_tabs(line, 8)) for line in lines), default=0)


def _path(text: str) -> str | None:
    """Return the path of a ---/+++ line: without time stamp, quotes and git's a/ and b/; None for /dev/null."""
    if not text.startswith('"'):
        text = text.split("\t", 1)[0]
    path = _unquote(text.rstrip("\r"))
    if path == "/dev/null":
        return None
    return path[2:] if path[:2] in ("a/", "b/") else path


def _git_paths(line: str) -> tuple[str, str] | None:
    rest = line[len("diff --git ") :]
    if rest.startswith('"'):
        match = re.match(r'("(?:[^"\\]|\\.)*") (.+)', rest)
        pair = (match[1], match[2]) if match else (rest, rest)
    else:
        middle = len(rest) // 2
        same = rest[middle : middle + 1] == " " and rest[2:middle] == rest[middle + 3 :]
        pair = (rest[:middle], rest[middle + 1 :]) if same else tuple(rest.split(" b/", 1))  # type: ignore[assignment]
        if len(pair) != 2:
            return None
        if not same:
            pair = (pair[0], f"b/{pair[1]}")
    old, new = _path(pair[0]), _path(pair[1])
    return (old, new) if old is not None and new is not None else None


def _unquote(text: str) -> str:
    """Return a path that git may have put in quotes, with its octal bytes read as UTF-8."""
    if not (len(text) > 1 and text.startswith('"') and text.endswith('"')):
        return text
    plain = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}

    def byte(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 0xFF]) if len(code) == 3 else plain.get(code, code)

    return _OCTAL.sub(byte, text[1:-1].encode("utf-8", "surrogateescape")).decode("utf-8", "replace")
