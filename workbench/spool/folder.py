"""Where things lie under `.nanites/`, and how a file there is written: whole or not at all."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import NaniteError

FOLDER_NAME = ".nanites"
ID_PATTERN = re.compile(r"[0-9a-hjkmnp-tv-z]{14}")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_GITIGNORE = "# Everything here belongs to the Nanite Workbench and to this machine.\n*\n"
_last_number = 0
_SUBFOLDERS = ("inbox", "inbox/refused", "decisions", "results", "tasks", "keys")


def new_id(now: float | None = None) -> str:
    """Return a task ID: 9 characters of time (milliseconds) and 5 of chance, in Crockford's base 32, lower case.

    IDs that one process makes without naming `now` grow, also within a millisecond: tasks dropped together keep order.
    """
    global _last_number  # noqa: PLW0603 — the order is that of the process
    number = (int((time.time() if now is None else now) * 1000) << 25) | (int.from_bytes(os.urandom(4)) & 0x1FFFFFF)
    if now is None:
        number = _last_number = max(number, _last_number + 1)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(65, -1, -5))


def is_id(text: str) -> bool:
    """Return whether `text` has the form of a task ID (and so is safe as a file name)."""
    return ID_PATTERN.fullmatch(text) is not None


def write_whole(path: Path, content: bytes | str, *, sync: bool = False) -> None:
    """Replace `path` by `content` in one move, mode 0600; with `sync` it is on disk when this returns.

    Raises:
        OSError: the content could not be written; the old file is then untouched.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            if sync:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Any, *, sync: bool = False) -> None:
    """Replace `path` by `value` as JSON (UTF-8, one trailing newline)."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n", sync=sync)


def shown(name: str) -> str:
    """Return a file's name as text that any file can hold: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def key_name(key: str) -> str:
    """Return the file name under `keys/` that stands for a task's key."""
    import hashlib

    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True)
class Folder:
    """The `.nanites/` of one repository. `root` is the repository's top folder."""

    root: Path

    @property
    def path(self) -> Path:
        """The folder itself."""
        return self.root / FOLDER_NAME

    @property
    def inbox(self) -> Path:
        """Where task files are dropped."""
        return self.path / "inbox"

    @property
    def refused(self) -> Path:
        """Where bad task files go, beside their errors."""
        return self.inbox / "refused"

    @property
    def decisions(self) -> Path:
        """Where decisions are dropped."""
        return self.path / "decisions"

    @property
    def results(self) -> Path:
        """Where result envelopes are found."""
        return self.path / "results"

    @property
    def tasks(self) -> Path:
        """Where each task has its record."""
        return self.path / "tasks"

    @property
    def keys(self) -> Path:
        """Where the keys of idempotent tasks point to IDs."""
        return self.path / "keys"

    @property
    def events(self) -> Path:
        """The log of events."""
        return self.path / "events.jsonl"

    @property
    def store(self) -> Path:
        """The queue's own store, SQLite."""
        return self.path / "nanites.sqlite"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a runner is alive; its text names the pid."""
        return self.path / "runner.lock"

    def task(self, task_id: str) -> Path:
        """Return the folder of one task's record."""
        if not is_id(task_id):
            raise NaniteError(f"{task_id!r} is no task ID", code="no-such-task", hint="nanites list shows the IDs")
        return self.tasks / task_id

    def relative(self, path: Path) -> str:
        """Return `path` relative to the repository, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def ensure(self) -> Folder:
        """Make the folder with all its parts, private to the user, ignored by git; return itself.

        Raises:
            NaniteError: it cannot be made, is a symlink, or belongs to somebody else.
        """
        try:
            self._check_owner()
            for name in ("", *_SUBFOLDERS):
                part = self.path / name
                part.mkdir(mode=0o700, exist_ok=True)
                if part.is_symlink():
                    raise _unusable(f"{self.relative(part)} is a symlink")
            ignore = self.path / ".gitignore"
            if not ignore.exists():
                write_whole(ignore, _GITIGNORE)
        except OSError as error:
            raise _unusable(f"{FOLDER_NAME} cannot be made: {error.strerror}") from error
        return self

    def _check_owner(self) -> None:
        if self.path.is_symlink():
            raise _unusable(f"{FOLDER_NAME} is a symlink")
        if self.path.exists() and self.path.stat().st_uid != os.getuid():
            raise _unusable(f"{FOLDER_NAME} belongs to another user")

    def task_ids(self) -> Iterator[str]:
        """Yield the IDs of all recorded tasks, oldest first."""
        try:
            names = sorted(entry.name for entry in os.scandir(self.tasks))
        except FileNotFoundError:
            return
        yield from (name for name in names if is_id(name))


def _unusable(message: str) -> NaniteError:
    return NaniteError(message, code="folder-unusable", hint="check who owns it and whether it can be written")
