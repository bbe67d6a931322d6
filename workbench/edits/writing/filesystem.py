"""The few file-system calls that change a user's files, all in one place, none of which follows a symlink.

Every path is walked from an open folder with `O_NOFOLLOW`, so that a folder swapped for a symlink between the look and
the deed is an error, never a way out. Each call is announced first, so that tests can fail or die at any of them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

Announce = Callable[[str, str], None]
"""Told the name of a call and its path before it is made."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES}


def silent(call: str, path: str) -> None:
    """Announce nothing."""


class Tree:
    """Files under one folder, by their paths relative to it with forward slashes. All methods raise OSError."""

    def __init__(self, root: Path, announce: Announce = silent) -> None:
        self.root = root
        self._announce = announce

    @contextmanager
    def _folder(self, parts: Sequence[str]) -> Iterator[int]:
        descriptor = os.open(self.root, _FOLDER)
        try:
            for part in parts:
                inner = os.open(part, _FOLDER, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = inner
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _parent(self, call: str, path: str) -> Iterator[tuple[int, str]]:
        self._announce(call, path)
        *folders, name = PurePosixPath(path).parts or (".",)
        with self._folder(folders) as descriptor:
            yield descriptor, name

    def status(self, path: str) -> os.stat_result | None:
        """Return what lies at `path`, a symlink as itself, or None where nothing does."""
        try:
            with self._parent("status", path) as (folder, name):
                return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def writable(self, path: str) -> bool:
        """Return whether this process may write what lies at `path`."""
        with self._parent("access", path) as (folder, name):
            return os.access(name, os.W_OK, dir_fd=folder, effective_ids=os.access in os.supports_effective_ids)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        with self._parent("read", path) as (folder, name):
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            with os.fdopen(descriptor, "rb") as stream:
                return stream.read()

    def read_if_there(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None where nothing lies there."""
        try:
            return self.read(path)
        except FileNotFoundError:
            return None

    def write(self, path: str, content: bytes, *, mode: int | None = None, like: os.stat_result | None = None) -> None:
        """Write a file that is not there yet and bring it to disk; on failure nothing is left of it.

        Args:
            path: where; nothing may lie there.
            content: all of it.
            mode: permission bits; the process's usual ones where None.
            like: whose owner and group to take over, as far as this process may.
        """
        with self._parent("create", path) as (folder, name):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(name, flags, 0o666, dir_fd=folder)
            try:
                with os.fdopen(descriptor, "wb", buffering=0) as stream:
                    self._fill(stream.fileno(), path, content, mode, like)
            except BaseException:
                os.unlink(name, dir_fd=folder)
                raise

    def _fill(self, descriptor: int, path: str, content: bytes, mode: int | None, like: os.stat_result | None) -> None:
        rest = memoryview(content)
        half = len(content) // 2
        while rest:
            self._announce("write", path)
            # Two writes at least, so that a test can stop between them as a full disk does.
            rest = rest[os.write(descriptor, rest[: half or None]) :]
            half = 0
        if like is not None and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
            self._announce("chown", path)
            # Only root may give files away; the file then belongs to whoever changed it, as in an editor.
            with suppress(PermissionError):
                os.fchown(descriptor, like.st_uid, like.st_gid)
        if mode is not None:
            self._announce("chmod", path)
            os.fchmod(descriptor, mode)
        self._announce("fsync", path)
        os.fsync(descriptor)

    def link(self, old: str, new: str) -> bool:
        """Give a file a second name in its folder; return False where the file system knows no hard links."""
        try:
            with self._parent("link", new) as (folder, name):
                os.link(PurePosixPath(old).name, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            if error.errno in _NO_LINKS:
                return False
            raise
        return True

    def rename(self, old: str, new: str) -> None:
        """Give a file or folder another name in the same folder, replacing what has it."""
        with self._parent("rename", new) as (folder, name):
            os.rename(PurePosixPath(old).name, name, src_dir_fd=folder, dst_dir_fd=folder)

    def remove(self, path: str) -> None:
        """Remove a file."""
        with self._parent("remove", path) as (folder, name):
            os.unlink(name, dir_fd=folder)

    def remove_if_there(self, path: str) -> None:
        """Remove a file, if there is one."""
        with suppress(FileNotFoundError):
            self.remove(path)

    def make_folder(self, path: str, mode: int = 0o777) -> None:
        """Make a folder."""
        with self._parent("mkdir", path) as (folder, name):
            os.mkdir(name, mode, dir_fd=folder)

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""
        with self._parent("rmdir", path) as (folder, name):
            os.rmdir(name, dir_fd=folder)

    def names(self, path: str = "") -> list[str]:
        """Return what a folder holds, sorted; nothing where there is no such folder."""
        self._announce("list", path)
        try:
            with self._folder(PurePosixPath(path).parts) as folder:
                return sorted(os.listdir(folder))  # noqa: PTH208 — an open folder has no path
        except FileNotFoundError:
            return []

    def sync(self, path: str = "") -> None:
        """Bring a folder's names to disk."""
        self._announce("fsync", path)
        with self._folder(PurePosixPath(path).parts) as folder:
            os.fsync(folder)
