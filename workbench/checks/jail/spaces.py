"""Namespaces without a helper program: a root of its own, no network, no other processes, and an init that ends all.

What bubblewrap does where it is installed, for machines where it is not but the kernel lets a user make namespaces.
"""

from __future__ import annotations

import _socket
import ctypes
import fcntl
import os
import select
import struct

from workbench.checks.jail.kernel import (
    PR_SET_PDEATHSIG,
    SIGKILL,
    checked,
    drop_capabilities,
    mount,
    prctl,
    syscall,
    unmount,
    unshare,
)

_NEW = 0x00020000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
"""CLONE_NEWNS, NEWUSER, NEWPID, NEWNET, NEWIPC, NEWUTS."""
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_DETACH = 2
_PIVOT = {"x86_64": 155, "aarch64": 41}
_SETATTR = 442
_RECURSIVE = 0x8000
_HERE = -100
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_FIXED_PARTS = ("sys", "sysrq-trigger", "irq", "bus", "fs")
"""Parts of /proc where a root without any capability could still change the machine."""
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
SHARED_MEMORY_BYTES = 256 << 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Mounts: TypeAlias = Sequence[tuple[str, str, str]]
    """What is where, in order: (`read`, `write`, `link`, `hide`), source, goal."""


def enter(root: str, mounts: Mounts, machine: str, processes: int, become: Callable[[], None]) -> int:
    """Run `become` in namespaces of its own with `mounts` for its files; return its exit code, 128+N for a signal.

    Args:
        root: an empty folder on which the new root is put together.
        mounts: what is seen there.
        machine: the kind of machine, as `uname -m` says.
        processes: most processes at once.
        become: replaces the process; it never returns.

    Raises:
        OSError: the kernel did not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    unshare(_NEW)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    reading, writing = os.pipe()
    init = os.fork()
    if init:
        os.close(reading)
        return _code(os.waitpid(init, 0)[1])
    os.close(writing)
    prctl(PR_SET_PDEATHSIG, SIGKILL)
    if select.select([reading], [], [], 0)[0]:
        os._exit(125)
    os.close(reading)
    try:
        _make_root(root, mounts, machine)
        _limit_processes(processes)
        _close_proc()
        _raise_loopback()
        drop_capabilities()
    except OSError as error:
        _say(error)
    child = os.fork()
    if not child:
        try:
            become()
        except OSError as error:
            _say(error)
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == child:
            os._exit(_code(status))


def _say(error: OSError) -> None:
    os.write(2, f"nanites-guard: {error.strerror or error}\n".encode())
    os._exit(125)


def _code(status: int) -> int:
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _make_root(root: str, mounts: Mounts, machine: str) -> None:
    mount("none", "/", None, _REC | _PRIVATE)
    mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=0755,size=16m")
    for kind, source, goal in mounts:
        place = root + goal
        if kind == "link":
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.symlink(source, place)
        elif kind == "hide":
            _hide(place)
        else:
            _bind(source, place, read_only=kind == "read")
    os.mkdir(f"{root}/proc")
    mount("proc", f"{root}/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    _make_devices(f"{root}/dev")
    os.chdir(root)
    mount("none", root, None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
    checked(syscall(_PIVOT[machine], b".", b"."), "pivot_root")
    unmount(".", _DETACH)
    os.chdir("/")


def _bind(source: str, place: str, *, read_only: bool) -> None:
    if os.path.isdir(source):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if not os.path.exists(place):
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o600))
    mount(source, place, None, _BIND | _REC)
    _seal(place, (_RDONLY if read_only else 0) | _NOSUID | _NODEV)


def _seal(place: str, flags: int) -> None:
    """Set flags on a mount and on all that lie beneath it."""
    # MOUNT_ATTR_RDONLY, NOSUID and NODEV have the values of their MS_ counterparts.
    wanted = struct.pack("=QQQQ", flags, 0, 0, 0)
    checked(syscall(_SETATTR, _HERE, os.fsencode(place), _RECURSIVE, wanted, len(wanted)), f"mount_setattr {place}")


def _hide(place: str) -> None:
    if os.path.isdir(place):
        mount("tmpfs", place, "tmpfs", _NOSUID | _NODEV | _RDONLY, "mode=0700,size=4k")
    elif os.path.exists(place):
        mount("/dev/null", place, None, _BIND)


def _make_devices(place: str) -> None:
    os.mkdir(place)
    mount("tmpfs", place, "tmpfs", _NOSUID, "mode=0755,size=64k")
    for name in _DEVICES:
        os.close(os.open(f"{place}/{name}", os.O_CREAT | os.O_WRONLY, 0o600))
        mount(f"/dev/{name}", f"{place}/{name}", None, _BIND)
    for name, goal in (("fd", "self/fd"), ("stdin", "self/fd/0"), ("stdout", "self/fd/1"), ("stderr", "self/fd/2")):
        os.symlink(f"/proc/{goal}", f"{place}/{name}")
    for name in ("shm", "pts"):
        os.mkdir(f"{place}/{name}")
    mount("tmpfs", f"{place}/shm", "tmpfs", _NOSUID | _NODEV, f"mode=1777,size={SHARED_MEMORY_BYTES}")
    mount("devpts", f"{place}/pts", "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    os.symlink("pts/ptmx", f"{place}/ptmx")


def _limit_processes(most: int) -> None:
    """Bound the processes of the namespace where the kernel can (6.14 and later); else other limits must do."""
    try:
        # Below 301 the kernel takes no limit; numbers up to 300 are used once only.
        _write("/proc/sys/kernel/pid_max", str(max(most, 301)))
    except OSError:
        return


def _close_proc() -> None:
    for part in _FIXED_PARTS:
        place = f"/proc/{part}"
        if os.path.exists(place):
            mount(place, place, None, _BIND | _REC)
            _seal(place, _RDONLY | _NOSUID | _NODEV)


def _raise_loopback() -> None:
    plug = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    request = ctypes.create_string_buffer(struct.pack("16sh22x", b"lo", 0), 40)
    fcntl.ioctl(plug.fileno(), _GET_FLAGS, request, True)
    flags = struct.unpack_from("16sh", request)[1]
    fcntl.ioctl(plug.fileno(), _SET_FLAGS, struct.pack("16sh22x", b"lo", flags | _UP))
    plug.close()
