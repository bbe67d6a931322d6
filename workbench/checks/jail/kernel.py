"""System calls that Python's standard library has no name for."""

from __future__ import annotations

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

MACHINE = os.uname().machine

SIGKILL, SIGTERM, SIGSTOP = 9, 15, 19
"""As on every Linux that we know calls for."""

PR_SET_PDEATHSIG = 1
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapData(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def checked(result: int, what: str) -> int:
    """Return the result of a call, or raise OSError with `what` in it where the call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """Make a system call and return its result, -1 where it failed (see `checked`)."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    _libc.syscall.restype = ctypes.c_long
    return int(_libc.syscall(ctypes.c_long(number), *words))


def prctl(option: int, value: int = 0, third: int = 0) -> None:
    """Change what holds for this process."""
    zero = ctypes.c_ulong(0)
    words = (ctypes.c_ulong(value), ctypes.c_ulong(third), zero, zero)
    checked(_libc.prctl(ctypes.c_int(option), *words), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones."""
    checked(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, goal: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Mount a file system, or bind a file or folder."""
    words = [None if word is None else os.fsencode(word) for word in (source, goal, kind, data)]
    given = (words[0], words[1], words[2], ctypes.c_ulong(flags), words[3])
    checked(_libc.mount(*given), f"mount {goal}")


def unmount(goal: str, flags: int) -> None:
    """Unmount what lies at `goal`."""
    checked(_libc.umount2(os.fsencode(goal), ctypes.c_int(flags)), f"umount {goal}")


def drop_capabilities() -> None:
    """Give up every capability, and the way back to any."""
    try:
        with open("/proc/sys/kernel/cap_last_cap") as stream:
            last = int(stream.read())
    except (OSError, ValueError):
        last = 40
    for number in range(last + 1):
        try:
            prctl(PR_CAPBSET_DROP, number)
        except OSError:
            break
    header = _CapHeader(0x20080522, 0)
    empty = (_CapData * 2)()
    checked(_libc.capset(ctypes.byref(header), empty), "capset")
