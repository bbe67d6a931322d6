"""The tags of a repository's files, kept in memory and on disk: only what changed is read and parsed again.

On disk it is a file of lines, one for each reading of a file, the last one of a path being the one that holds; so a
change of one file costs one line. A file is known by size and time, and where those differ by the hash of its content.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.context.repo_map_tags import MOST_BYTES, Definition, Tags, has_place, tags_of

FORMAT = 1
"""Number of the cache's form; a cache of another form is made anew."""

_MANY = 200
"""Files from which on several processes parse."""

_CHUNK = 60
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells whether it changed; before, it may change again within one tick."""


@dataclass(slots=True)
class Entry:
    """One file as it was read: what tells that it is still the same, and its tags, packed until they are asked for."""

    size: int
    time: int
    hash: str
    defines: str
    refers: str

    def tags(self) -> Tags:
        """Return the tags, unpacked."""
        return unpack(self.defines, self.refers)


@dataclass
class Index:
    """The entries of files by path, with how many were read anew at the last refresh."""

    entries: dict[str, Entry] = field(default_factory=dict)
    parsed: int = 0
    fresh: list[str] = field(default_factory=list)
    lines_on_disk: int = 0

    def refresh(self, root: Path, paths: Iterable[str]) -> None:
        """Bring the entries up to date with the files below `root` that are named, and with no others."""
        wanted = [path for path in dict.fromkeys(paths) if has_place(path)]
        stale: list[tuple[str, os.stat_result]] = []
        for path in wanted:
            status = _status(root, path)
            known = self.entries.get(path)
            if status is None:
                self.entries.pop(path, None)
            elif known is None or (known.size, known.time) != (status.st_size, status.st_mtime_ns):
                stale.append((path, status))
        for path in self.entries.keys() - set(wanted):
            del self.entries[path]
        self.fresh = [path for path, _ in stale]
        self.parsed = 0
        for (path, status), read in zip(stale, _read_all(root, stale, self.entries), strict=True):
            content_hash, packed = read
            if packed is None:
                known = self.entries[path]
                packed = known.defines, known.refers
            else:
                self.parsed += 1
            settled = time.time_ns() - status.st_mtime_ns > _SETTLED
            self.entries[path] = Entry(
                status.st_size, status.st_mtime_ns if settled else -1, content_hash, packed[0], packed[1]
            )


def load(cache: Path) -> Index:
    """Return the index that is kept at `cache`; an empty one where there is none, and without lines that are broken."""
    index = Index()
    try:
        lines = cache.read_bytes().split(b"\n")
    except OSError:
        return index
    if not lines or lines[0] != _head():
        return index
    broken = False
    for line in lines[1:]:
        if not line:
            continue
        index.lines_on_disk += 1
        try:
            path, size, at, content_hash, defines, refers = json.loads(line)
            index.entries[path] = Entry(size, at, content_hash, defines, refers)
        except (ValueError, TypeError):
            broken = True
    if broken or lines[-1]:
        # A line was cut off; the next save writes all of them anew, for nothing may be added to it.
        index.lines_on_disk = 0
    return index


def save(index: Index, cache: Path) -> None:
    """Keep what was read anew at `cache`: as lines added, or whole where much of it no longer holds."""
    if index.lines_on_disk and len(index.fresh) + index.lines_on_disk <= 1.5 * len(index.entries) + 50:
        rows = [_line(path, index.entries[path]) for path in index.fresh if path in index.entries]
        if rows:
            with cache.open("ab") as kept:
                kept.write(b"".join(rows))
            index.lines_on_disk += len(rows)
        return
    if not index.fresh and index.lines_on_disk == len(index.entries):
        return
    cache.parent.mkdir(parents=True, exist_ok=True)
    temporary = cache.with_name(f".{cache.name}.{os.getpid()}.tmp")
    temporary.write_bytes(b"".join([_head() + b"\n", *(_line(path, entry) for path, entry in index.entries.items())]))
    temporary.replace(cache)
    index.lines_on_disk = len(index.entries)


def pack(tags: Tags) -> tuple[str, str]:
    """Return tags as two strings, which take less room and time to keep than lists."""
    defines = "\n".join(f"{one.line} {one.name} {'.'.join(one.within)}" for one in tags.defines)
    return defines, "\n".join(f"{count} {name}" for name, count in tags.refers.items())


def unpack(defines: str, refers: str) -> Tags:
    """Return what `pack` made strings of."""
    made = []
    for row in defines.split("\n") if defines else ():
        line, name, within = row.split(" ", 2)
        made.append(Definition(name, int(line), tuple(within.split(".")) if within else ()))
    counted: Counter[str] = Counter()
    for row in refers.split("\n") if refers else ():
        count, _, name = row.partition(" ")
        counted[name] = int(count)
    return Tags(tuple(made), counted)


def _head() -> bytes:
    return json.dumps(["repo-map", FORMAT]).encode()


def _line(path: str, entry: Entry) -> bytes:
    row = [path, entry.size, entry.time, entry.hash, entry.defines, entry.refers]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _status(root: Path, path: str) -> os.stat_result | None:
    try:
        status = os.lstat(f"{root}/{path}")
    except OSError:
        return None
    # What a link points to may lie anywhere.
    return status if stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES else None


Read = tuple[str, tuple[str, str] | None]
"""The hash of a file's content, and its packed tags where the content is not what is known."""


def _read_all(root: Path, stale: Sequence[tuple[str, os.stat_result]], known: dict[str, Entry]) -> Iterator[Read]:
    jobs = [(str(root), path, known[path].hash if path in known else "") for path, _ in stale]
    chunks = [jobs[start : start + _CHUNK] for start in range(0, len(jobs), _CHUNK)]
    done = 0
    if len(jobs) >= _MANY and (os.cpu_count() or 1) > 1:
        from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
        from multiprocessing import get_context

        try:
            with ProcessPoolExecutor(min(8, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
                for made in pool.map(_read_some, chunks):
                    yield from made
                    done += 1
        except (BrokenExecutor, OSError):
            # Where no process can be started, this one does it.
            pass
    for chunk in chunks[done:]:
        yield from _read_some(chunk)


def _read_some(jobs: list[tuple[str, str, str]]) -> list[Read]:
    return [_read(*job) for job in jobs]


def _read(root: str, path: str, known_hash: str) -> Read:
    try:
        content = Path(root, path).read_bytes()
    except OSError:
        content = b""
    content_hash = hashlib.blake2b(content, digest_size=16).hexdigest()
    return content_hash, None if content_hash == known_hash else pack(tags_of(path, content))
