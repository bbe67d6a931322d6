"""Landlock: from here on this process and its children reach only the files that are named, whoever they are.

Numbers and structures are those of linux/landlock.h; https://docs.kernel.org/userspace-api/landlock.html says what each
version brought.
"""

from __future__ import annotations

import os
import stat
import struct

from workbench.checks.jail.kernel import checked, syscall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_BENEATH = 1

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_FIRST = (1 << 13) - 1
_FOR_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL
_MAKE_DEVICES = 1 << 6 | 1 << 11
_TCP = 3
_SCOPED = 3
"""Abstract sockets and signals: neither leaves the domain."""


def version() -> int:
    """Return the version of Landlock that the kernel speaks, 0 where it has none or it is switched off."""
    return max(0, syscall(_CREATE, None, 0, _VERSION))


def restrict(read: Iterable[str], write: Iterable[str], *, network: bool) -> int:
    """Let this process and its children read and execute beneath `read`, change what is beneath `write`, no more.

    Args:
        read: files and folders; those that do not exist are passed over.
        write: likewise.
        network: whether TCP is left alone (a network namespace sees to it).

    Returns:
        The version of Landlock, 0 where there is none and nothing is restricted.

    Raises:
        OSError: there is Landlock, but it refused.
    """
    known = version()
    if not known:
        return 0
    handled = _FIRST | (_REFER if known >= 2 else 0) | (_TRUNCATE if known >= 3 else 0) | (_IOCTL if known >= 5 else 0)
    attributes = struct.pack("=Q", handled)
    if known >= 4:
        attributes += struct.pack("=Q", 0 if network else _TCP)
    if known >= 6:
        attributes += struct.pack("=Q", _SCOPED)
    rules = checked(syscall(_CREATE, attributes, len(attributes), 0), "landlock_create_ruleset")
    try:
        for path in read:
            _allow(rules, path, (_EXECUTE | _READ | _LIST) & handled)
        for path in write:
            _allow(rules, path, handled & ~_MAKE_DEVICES)
        checked(syscall(_RESTRICT, rules, 0), "landlock_restrict_self")
    finally:
        os.close(rules)
    return known


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            access &= _FOR_FILES
        checked(syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", access, place), 0), f"landlock_add_rule {path}")
    finally:
        os.close(place)
