"""seccomp: the system calls that no test needs and that ways out of a sandbox begin with.

The filter is a small program of the kernel's classic BPF, put together here: linux/seccomp.h, linux/filter.h.
"""

from __future__ import annotations

import ctypes
import errno
import struct

from workbench.checks.jail.kernel import PR_SET_NO_NEW_PRIVS, prctl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Sockets: TypeAlias = Literal["inner", "none"]
    """`inner`: families that a network namespace of one's own holds in; `none`: no socket at all, but socket pairs."""

_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Calls by name: their numbers on x86_64 and on aarch64 (None: not there).
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "name_to_handle_at": (303, 264),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "uselib": (134, None),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
# Programs have another way where the kernel says that it does not know these.
_UNKNOWN: dict[str, tuple[int | None, int | None]] = {
    "clone3": (435, 435),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
}
# Without a namespace, processes of the same user are in reach; these act on others by number, or meet them in memory.
_MEETING: dict[str, tuple[int | None, int | None]] = {
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "semget": (64, 190),
    "shmat": (30, 196),
    "shmget": (29, 194),
}
_BY_PID: dict[str, tuple[int, int]] = {
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
}
_BY_SECOND: dict[str, tuple[int, int]] = {"ioprio_set": (251, 30), "setpriority": (141, 140)}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_CLONE = {"x86_64": 56, "aarch64": 220}
_IOCTL = {"x86_64": 16, "aarch64": 29}
_INNER_FAMILIES = (1, 2, 10, 16)
"""AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. Not AF_VSOCK (to the host of a virtual machine), AF_ALG, AF_PACKET, ..."""
_NEW_SPACES = 0x7E020000
_PUSHED_INPUT = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX: writing into a terminal as if somebody had typed."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_WORD, _SECOND_WORD = 0, 4, 16, 24
_SET_FILTER, _FILTER_MODE = 22, 2


def speaks(machine: str) -> bool:
    """Return whether there is a filter for this kind of machine."""
    return machine in _ARCH


def program(machine: str, sockets: Sockets) -> bytes:
    """Return the filter as the kernel, and `bwrap --seccomp`, take it."""
    column = 0 if machine == "x86_64" else 1
    deny, unknown = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
    # A call in another architecture's numbers is none that the rules below would know.
    code = [_op(_LOAD, _ARCHITECTURE), _op(_EQUAL, _ARCH[machine], 1, 0), _op(_RETURN, deny), _op(_LOAD, _NUMBER)]
    if machine == "x86_64":
        code += [_op(_AT_LEAST, 0x40000000, 0, 1), _op(_RETURN, deny)]
    for table, answer in ((_DENIED, deny), (_UNKNOWN, unknown), (_MEETING if sockets == "none" else {}, deny)):
        for numbers in table.values():
            number = numbers[column]
            if number is not None:
                code += [_op(_EQUAL, number, 0, 1), _op(_RETURN, answer)]
    code += _when(_CLONE[machine], [_op(_LOAD, _FIRST_WORD), _op(_ANY_BIT, _NEW_SPACES, 0, 1), _op(_RETURN, deny)])
    typing = [step for request in _PUSHED_INPUT for step in (_op(_EQUAL, request, 0, 1), _op(_RETURN, deny))]
    code += _when(_IOCTL[machine], [_op(_LOAD, _SECOND_WORD), *typing])
    if sockets == "none":
        for calls, word in ((_BY_PID, _FIRST_WORD), (_BY_SECOND, _SECOND_WORD)):
            for pair in calls.values():
                code += _when(pair[column], [_op(_LOAD, word), _op(_EQUAL, 0, 1, 0), _op(_RETURN, deny)])
    code += _when(_SOCKET[machine], _socket_rules(sockets, _ERROR | errno.EACCES))
    return b"".join([*code, _op(_RETURN, _ALLOW)])


def install(machine: str, sockets: Sockets) -> None:
    """Put the filter on this process and on whatever it becomes."""
    code = program(machine, sockets)
    kept = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(kept)))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(_SET_FILTER, _FILTER_MODE, ctypes.addressof(header))


def _socket_rules(sockets: Sockets, refuse: int) -> list[bytes]:
    if sockets == "none":
        return [_op(_RETURN, refuse)]
    allowed = [step for family in _INNER_FAMILIES for step in (_op(_EQUAL, family, 0, 1), _op(_RETURN, _ALLOW))]
    return [_op(_LOAD, _FIRST_WORD), *allowed, _op(_RETURN, refuse)]


def _when(number: int, steps: list[bytes]) -> list[bytes]:
    """Return steps for one call alone; whoever passes through them is allowed."""
    return [_op(_EQUAL, number, 0, len(steps) + 1), *steps, _op(_RETURN, _ALLOW)]


def _op(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
