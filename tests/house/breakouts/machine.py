"""The kernel and the machine."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

from .tools import ATTEMPTS, Attempt, attempt, libc, syscall


@attempt(safe=True)
def a_capability(facts: dict[str, Any]) -> object:
    lines = Path("/proc/self/status").read_text().splitlines()
    held = {line.split(":")[0]: int(line.split()[1], 16) for line in lines if line.startswith("Cap")}
    return {name: hex(value) for name, value in held.items() if value and name in {"CapEff", "CapPrm"}} or None


@attempt(safe=True)
def rights_of_another_program(facts: dict[str, Any]) -> object:
    status = Path("/proc/self/status").read_text()
    return None if "NoNewPrivs:\t1" in status else "programs with more rights keep them"


@attempt()
def a_filter_is_there(facts: dict[str, Any]) -> object:
    return None if "Seccomp:\t2" in Path("/proc/self/status").read_text() else "no filter of system calls"


@attempt()
def another_user(facts: dict[str, Any]) -> object:
    os.setuid(12_345)
    return os.getuid()


@attempt()
def a_new_user_namespace(facts: dict[str, Any]) -> object:
    if libc.unshare(0x10000000):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "made"


@attempt()
def a_new_user_namespace_by_clone(facts: dict[str, Any]) -> object:
    pid = syscall(56 if os.uname().machine == "x86_64" else 220, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    return "made"


@attempt()
def the_namespace_of_another(facts: dict[str, Any]) -> object:
    descriptor = os.open("/proc/1/ns/net", os.O_RDONLY)
    if libc.setns(descriptor, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "entered"


def _mount(source: bytes | None, goal: bytes, kind: bytes | None, flags: int) -> object:
    if libc.mount(source, goal, kind, ctypes.c_ulong(flags), None):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "mounted"


@attempt()
def a_mount(facts: dict[str, Any]) -> object:
    return _mount(b"none", os.fsencode(os.getcwd()), b"tmpfs", 0)


@attempt()
def a_mount_made_writable(facts: dict[str, Any]) -> object:
    return _mount(None, b"/usr", None, 32 | 4096)


@attempt()
def another_root(facts: dict[str, Any]) -> object:
    os.chroot(".")
    return "changed"


@attempt()
def a_device_made_here(facts: dict[str, Any]) -> object:
    os.mknod("disk", 0o60600, os.makedev(254, 0))
    return os.open("disk", os.O_RDONLY)


@attempt()
def memory_of_the_machine(facts: dict[str, Any]) -> object:
    return os.open("/dev/mem", os.O_RDONLY)


@attempt()
def a_disk(facts: dict[str, Any]) -> object:
    for name in ("vda", "sda", "nvme0n1", "xvda", "loop0"):
        with contextlib.suppress(OSError):
            return os.open(f"/dev/{name}", os.O_RDONLY)
    return None


@attempt()
def messages_of_the_kernel(facts: dict[str, Any]) -> object:
    with contextlib.suppress(OSError):
        return os.open("/dev/kmsg", os.O_RDONLY)
    return libc.klogctl(10, None, 0) if libc.klogctl(10, None, 0) >= 0 else None


@attempt()
def a_program_for_dumps(facts: dict[str, Any]) -> object:
    return os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY)


@attempt()
def the_emergency_key(facts: dict[str, Any]) -> object:
    return os.open("/proc/sysrq-trigger", os.O_WRONLY)


@attempt()
def a_program_for_devices(facts: dict[str, Any]) -> object:
    return os.open("/sys/kernel/uevent_helper", os.O_WRONLY)


@attempt()
def a_group_of_processes(facts: dict[str, Any]) -> object:
    for place in ("/sys/fs/cgroup", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/unified"):
        with contextlib.suppress(OSError):
            os.mkdir(f"{place}/nanites-breakout")
            os.rmdir(f"{place}/nanites-breakout")
            return place
    return None


@attempt()
def the_name_of_the_machine(facts: dict[str, Any]) -> object:
    socket.sethostname(socket.gethostname())
    return "it could be set"


@attempt()
def the_clock(facts: dict[str, Any]) -> object:
    time.clock_settime(time.CLOCK_REALTIME, time.time())
    return "it could be set"


NUMBERS = {
    # name: x86_64, aarch64, arguments that do nothing where they are allowed
    "a_program_in_the_kernel": (321, 280, (5, None, 0)),
    "counters_of_the_kernel": (298, 241, (None, 0, -1, -1, 0)),
    "faults_of_memory": (323, 282, (0,)),
    "a_ring_of_the_kernel": (425, 425, (1, b"\0" * 120)),
    "keys_of_the_kernel": (250, 219, (0, -4, 0)),
    "a_handle_of_a_file": (303, 264, (-100, b"/", b"\0" * 200, b"\0" * 8, 0)),
    "another_kernel": (246, 104, (0, 0, None, 0)),
    "a_module_of_the_kernel": (175, 105, (b"", 0, b"")),
    "a_swap_file": (167, 224, (b"code.py", 0)),
    "restarting_the_machine": (169, 142, (0, 0, 0, None)),
}


def _calling(name: str) -> Attempt:
    def call(facts: dict[str, Any]) -> object:
        x86, arm, words = NUMBERS[name]
        number = x86 if os.uname().machine == "x86_64" else arm
        try:
            return f"returned {syscall(number, *words)}"
        except OSError as error:
            # EPERM and ENOSYS are the filter's; anything else is the kernel's answer to a call that got through.
            if error.errno in {1, 38}:
                raise
            return f"reached the kernel: {error}"

    return call


for _name in NUMBERS:
    ATTEMPTS[f"calls_{_name}"] = _calling(_name)


@attempt()
def typing_into_the_terminal(facts: dict[str, Any]) -> object:
    descriptor = os.open("/dev/tty", os.O_RDWR)
    fcntl.ioctl(descriptor, 0x5412, b"x")
    return "typed"


@attempt()
def calls_in_other_numbers(facts: dict[str, Any]) -> object:
    if os.uname().machine != "x86_64":
        return None
    # getpid by its number in the x32 table; where the kernel has no such table it does not know the call.
    return syscall(0x40000000 + 39)
