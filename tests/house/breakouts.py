"""A program that tries to get out of a check's guard. It is run as a check's command; nothing of ours is imported.

Every attempt returns what it got if it got out, and nothing or an error if it was held. `SAFE` names those that are
also run without any guard, to show that they do get out then: an attempt that always fails would prove nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Attempt = Callable[[dict[str, Any]], object]
ATTEMPTS: dict[str, Attempt] = {}
SAFE: set[str] = set()
WHOLE: set[str] = set()
"""Attempts that only a guard with a root of its own can hold: Landlock alone shows names, not contents."""

libc = ctypes.CDLL(None, use_errno=True)


def attempt(*, safe: bool = False, whole: bool = False) -> Callable[[Attempt], Attempt]:
    def add(function: Attempt) -> Attempt:
        ATTEMPTS[function.__name__] = function
        if safe:
            SAFE.add(function.__name__)
        if whole:
            WHOLE.add(function.__name__)
        return function

    return add


def syscall(number: int, *words: object) -> int:
    given = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    result = int(libc.syscall(ctypes.c_long(number), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def ask(family: int, kind: int, address: Any) -> object:
    with socket.socket(family, kind) as plug:
        plug.settimeout(2)
        plug.connect(address)
        return plug.recv(10) if kind == socket.SOCK_STREAM else plug.send(b"out") and None


# The network


@attempt(safe=True)
def tcp_to_a_server_on_this_machine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", facts["tcp"]))


@attempt(safe=True)
def udp_to_a_server_on_this_machine(facts: dict[str, Any]) -> object:
    # What arrives is seen by the test.
    return ask(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", facts["udp"]))


@attempt(safe=True)
def tcp_by_an_address_of_the_machine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.2", facts["tcp"]))


@attempt(safe=True)
def an_abstract_socket(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + facts["abstract"])


@attempt(safe=True)
def a_socket_in_the_file_system(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, facts["socket"])


@attempt()
def the_container_engine(facts: dict[str, Any]) -> object:
    return ask(socket.AF_UNIX, socket.SOCK_STREAM, "/var/run/docker.sock")


@attempt(safe=True, whole=True)
def other_network_interfaces(facts: dict[str, Any]) -> object:
    return [name for _, name in socket.if_nameindex() if name != "lo"] or None


@attempt()
def a_name_on_the_internet(facts: dict[str, Any]) -> object:
    return socket.getaddrinfo("example.com", 443)


@attempt(safe=True)
def packets(facts: dict[str, Any]) -> object:
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@attempt()
def the_host_of_a_virtual_machine(facts: dict[str, Any]) -> object:
    return socket.socket(40, socket.SOCK_STREAM)


@attempt()
def cryptography_of_the_kernel(facts: dict[str, Any]) -> object:
    return socket.socket(38, socket.SOCK_SEQPACKET)


# Secrets


@attempt(safe=True)
def the_key_in_the_home(facts: dict[str, Any]) -> object:
    return Path(facts["key"]).read_text()


@attempt(safe=True)
def what_lies_in_the_home(facts: dict[str, Any]) -> object:
    return [name for name in os.listdir(facts["home"]) if name == ".ssh"] or None


@attempt(safe=True)
def the_home_that_the_system_knows(facts: dict[str, Any]) -> object:
    return Path(facts["witness_at_home"]).read_text()


@attempt(safe=True)
def a_link_in_the_repository_to_the_key(facts: dict[str, Any]) -> object:
    return Path("innocent.txt").read_text()


@attempt(safe=True)
def a_hard_link_to_the_key(facts: dict[str, Any]) -> object:
    os.link(facts["key"], "hard")
    return Path("hard").read_text()


@attempt(safe=True)
def the_key_through_the_folder_of_a_process(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['pid']}/root{facts['key']}").read_text()


@attempt(safe=True)
def the_key_through_our_own_root(facts: dict[str, Any]) -> object:
    return Path(f"/proc/self/root/../../..{facts['key']}").read_text()


@attempt(safe=True)
def credentials_beside_a_tool(facts: dict[str, Any]) -> object:
    return Path(facts["home"], ".tool/credentials").read_text()


@attempt(safe=True)
def another_repository(facts: dict[str, Any]) -> object:
    return Path(facts["other"], "private.py").read_text()


@attempt(safe=True)
def what_git_ignores_in_the_repository(facts: dict[str, Any]) -> object:
    return Path(facts["root"], ".env").read_text()


@attempt(safe=True)
def the_scratch_copy_of_another_task(facts: dict[str, Any]) -> object:
    return Path(facts["sibling"], "tree/secret.py").read_text()


@attempt(safe=True)
def passwords_of_the_system(facts: dict[str, Any]) -> object:
    # Where a guard puts an empty file in its place, there is nothing to get.
    return Path("/etc/shadow" if os.getuid() == 0 else facts["key"]).read_text() or None


@attempt()
def a_secret_in_the_environment(facts: dict[str, Any]) -> object:
    return [name for name, value in os.environ.items() if "hush" in value] or None


@attempt(safe=True)
def the_environment_of_the_caller(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['caller']}/environ").read_bytes()[:20]


@attempt()
def any_environment(facts: dict[str, Any]) -> object:
    for place in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if b"NANITES_WITNESS=hush" in place.read_bytes():
                return str(place)
    return None


@attempt()
def files_left_open(facts: dict[str, Any]) -> object:
    found = []
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            goal = os.readlink(f"/proc/self/fd/{name}")
            if int(name) > 2 and not goal.startswith("/proc/"):
                found.append(goal)
    return [goal for goal in found if "breakouts" not in goal] or None


@attempt(safe=True, whole=True)
def names_of_other_processes(facts: dict[str, Any]) -> object:
    return Path(f"/proc/{facts['pid']}/cmdline").read_bytes()


# Other processes


@attempt(safe=True)
def a_signal_to_a_process(facts: dict[str, Any]) -> object:
    os.kill(facts["pid"], signal.SIGCONT)
    return "it was sent"


@attempt()
def a_signal_to_everyone(facts: dict[str, Any]) -> object:
    # A process that the test has stopped goes on if this arrives; the test looks.
    os.kill(-1, signal.SIGCONT)
    return None


@attempt(safe=True)
def a_signal_by_descriptor(facts: dict[str, Any]) -> object:
    signal.pidfd_send_signal(os.pidfd_open(facts["pid"]), signal.SIGCONT)
    return "it was sent"


@attempt(safe=True)
def tracing_a_process(facts: dict[str, Any]) -> object:
    # PTRACE_SEIZE leaves the process alone until more is asked.
    return syscall(101 if os.uname().machine == "x86_64" else 117, 0x4206, facts["pid"], 0, 0) or "seized"


@attempt()
def tracing_a_child(facts: dict[str, Any]) -> object:
    return syscall(101 if os.uname().machine == "x86_64" else 117, 0, 0, 0, 0) or "traced"


@attempt(safe=True)
def memory_of_a_process(facts: dict[str, Any]) -> object:
    with open(f"/proc/{facts['pid']}/mem", "rb"):
        return "it can be read"


@attempt(safe=True)
def the_limits_of_a_process(facts: dict[str, Any]) -> object:
    limits = resource.prlimit(facts["pid"], resource.RLIMIT_CORE)
    resource.prlimit(facts["pid"], resource.RLIMIT_CORE, limits)
    return limits


@attempt(safe=True)
def the_priority_of_a_process(facts: dict[str, Any]) -> object:
    os.setpriority(os.PRIO_PROCESS, facts["pid"], 1)
    return "it was changed"


@attempt(safe=True)
def the_processors_of_a_process(facts: dict[str, Any]) -> object:
    os.sched_setaffinity(facts["pid"], {0})
    return "they were changed"


@attempt()
def memory_that_others_share(facts: dict[str, Any]) -> object:
    got = syscall(29 if os.uname().machine == "x86_64" else 194, facts["shared_key"], 0, 0)
    return f"segment {got}"


@attempt()
def a_file_of_shared_memory(facts: dict[str, Any]) -> object:
    Path("/dev/shm/nanites-breakout").write_text("out")
    return None


@attempt()
def the_guards_own_process(facts: dict[str, Any]) -> object:
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.kill(os.getppid(), signal.SIGSTOP)
    return None


# Writing


def _writing(place: str) -> Attempt:
    def write(facts: dict[str, Any]) -> object:
        goal = place.format(**facts)
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        with open(goal, "a") as stream:
            stream.write("planted\n")
        # Whether it arrived is for the test to see: in the copy, anything may be written.
        return None

    return write


PLACES = {
    "a_file_of_the_real_tree": "{root}/code.py",
    "a_hook_of_the_real_repository": "{root}/.git/hooks/post-checkout",
    "the_settings_of_the_real_repository": "{root}/.git/config",
    "a_decision": "{root}/.nanites/decisions/forged.json",
    "a_task": "{root}/.nanites/inbox/forged.json",
    "a_result": "{root}/.nanites/results/forged.json",
    "nanites_toml_of_the_real_tree": "{root}/nanites.toml",
    "the_shells_start": "{home}/.bashrc",
    "the_keys_that_may_log_in": "{home}/.ssh/authorized_keys",
    "temporary_files_of_others": "{shared_tmp}/planted",
    "a_tool_on_the_path": "{home}/.tool/bin/tool",
    "the_repositorys_environment": "{root}/.venv/lib/planted.pth",
    "its_history": "{root}/.git/objects/planted",
    "jobs_of_the_system": "/etc/cron.d/nanites-breakout",
    "programs_of_the_system": "/usr/local/bin/nanites-breakout",
    "temporary_files_that_stay": "/var/tmp/nanites-breakout",
    "the_workbenchs_own_code": "{package}/checks/planted.py",
    "what_was_allowed": "{consent}/forged.json",
}
for _name, _place in PLACES.items():
    ATTEMPTS[f"writes_{_name}"] = _writing(_place)
    if _place.startswith("{") and _name not in {"the_workbenchs_own_code"}:
        SAFE.add(f"writes_{_name}")


@attempt(safe=True)
def writes_through_a_link_made_here(facts: dict[str, Any]) -> object:
    os.symlink(facts["other"], "elsewhere")
    Path("elsewhere/planted").write_text("out")
    return "it was written"


@attempt(safe=True)
def removes_another_repository(facts: dict[str, Any]) -> object:
    os.rename(facts["other"] + "/removable", facts["other"] + "/removed")
    return "it was moved"


# The kernel and the machine


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


def main() -> None:
    facts = json.loads(Path("facts.json").read_text())
    wanted = sys.argv[1:] or list(ATTEMPTS)
    outcomes = {}
    for name in wanted:
        try:
            got = ATTEMPTS[name](facts)
            outcomes[name] = ["held", ""] if got is None else ["out", str(got)[:80]]
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            outcomes[name] = ["held", f"{type(error).__name__}: {error}"[:80]]
    Path("outcomes.json").write_text(json.dumps(outcomes))
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
