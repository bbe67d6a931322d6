"""Gives up rights one after the other, then becomes the command. Fails, and runs nothing, where one cannot be given up.

Called as `python -I -S -c '…' SPEC PROGRAM ARGUMENT…` with the spec as `marshal` writes it, in hexadecimal digits
(see `workbench.checks.guard`): the same Python has just written it, and need not load a reader.
"""

from __future__ import annotations

import _signal
import marshal
import os
import resource
import sys

from workbench.checks.jail import landlock, seccomp
from workbench.checks.jail.ending import end_below
from workbench.checks.jail.kernel import (
    MACHINE,
    PR_SET_CHILD_SUBREAPER,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    SIGKILL,
    SIGTERM,
    drop_capabilities,
    prctl,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FAULT = 125
"""The exit code where the guard itself failed."""

_LIMITS = {
    "cpu": resource.RLIMIT_CPU,
    "data": resource.RLIMIT_DATA,
    "file": resource.RLIMIT_FSIZE,
    "core": resource.RLIMIT_CORE,
}


def main() -> None:
    """Read the spec and the command from the command line and become the command."""
    spec, argv = marshal.loads(bytes.fromhex(sys.argv[1])), sys.argv[2:]
    try:
        sys.exit(_run(spec, argv))
    except OSError as error:
        os.write(2, f"nanites-guard: {error.strerror or error}\n".encode())
        os._exit(FAULT)


def _run(spec: dict[str, Any], argv: list[str]) -> int:
    def become() -> None:
        _become(spec, argv)

    if spec["spaces"]:
        from workbench.checks.jail import spaces

        _die_with_parent()
        return spaces.enter(spec["root"], spec["mounts"], MACHINE, spec["processes"], become)
    if spec["reaper"]:
        return _reap(become)
    become()
    return FAULT


def _reap(become: Callable[[], None]) -> int:
    """Run `become` in a child and end every descendant after it: without a namespace they would outlive it."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    _signal.signal(SIGTERM, _stop)
    prctl(PR_SET_PDEATHSIG, SIGTERM)
    child = os.fork()
    if not child:
        try:
            become()
        except OSError as error:
            os.write(2, f"nanites-guard: {error.strerror or error}\n".encode())
        os._exit(FAULT)
    code = FAULT
    try:
        while True:
            ended, status = os.waitpid(-1, 0)
            if ended == child:
                code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
                break
    except _Stopped:
        pass
    while True:
        end_below(os.getpid())
        try:
            while os.waitpid(-1, 0)[0]:
                pass
        except ChildProcessError:
            return code


class _Stopped(Exception):
    """Whoever started this program is gone."""


def _stop(*_: object) -> None:
    _signal.signal(SIGTERM, _signal.SIG_IGN)
    raise _Stopped


def _die_with_parent() -> None:
    prctl(PR_SET_PDEATHSIG, SIGKILL)


def _become(spec: dict[str, Any], argv: list[str]) -> None:
    os.chdir(spec["folder"])
    for name, most in spec["limits"].items():
        _limit(_LIMITS[name], most)
    if spec["count"]:
        _limit(resource.RLIMIT_NPROC, spec["processes"])
    if spec["confined"]:
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        drop_capabilities()
        known = landlock.restrict(spec["read"], spec["write"], network=spec["sockets"] == "inner")
        if spec["landlock"] and not known:
            raise OSError(0, "Landlock is not to be had")
        if seccomp.speaks(MACHINE):
            seccomp.install(MACHINE, spec["sockets"])
        elif spec["landlock"]:
            raise OSError(0, f"there is no filter of system calls for {MACHINE}")
    os.execv(argv[0], argv)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
