"""Tries the guard of this machine by breaking out of it: for `nanites doctor`, which believes only what it has seen."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.checks.guard import Guard
from workbench.checks.worktree import empty
from workbench.settings import CheckSettings

_SECONDS = 20
_PROGRAM = """
import ctypes, json, os, socket, sys
facts = json.loads(sys.argv[1])
def read(path):
    with open(path, "rb") as stream: return bool(stream.read(1))
def write(path):
    with open(path, "a") as stream: stream.write("out")
    return False  # whoever called looks whether it arrived
def network():
    socket.create_connection(("127.0.0.1", facts["port"]), 2)
    return True
def abstract():
    plug = socket.socket(socket.AF_UNIX)
    plug.connect("\\0" + facts["abstract"])
    return True
def namespace():
    return not ctypes.CDLL(None, use_errno=True).unshare(0x10000000)
def mount():
    # It asks to change what is no mount: whoever may mount is told so (EINVAL), others that they may not (EPERM).
    ctypes.CDLL(None, use_errno=True).mount(None, os.fsencode(os.getcwd()), None, 32 | 4096, None)
    return ctypes.get_errno() != 1
def signal():
    os.kill(facts["pid"], 0)
    return True
def rights():
    with open("/proc/self/status") as stream: return "NoNewPrivs:\\t1" not in stream.read()
attempts = {
    "a server on this machine": network,
    "a socket without a file": abstract,
    "a file of the user": lambda: read(facts["secret"]),
    "the home folder": lambda: bool(set(os.listdir(facts["home"])) & set(facts["names"])),
    "the environment of its caller": lambda: read("/proc/%d/environ" % facts["pid"]),
    "a signal to its caller": signal,
    "a file outside of its copy": lambda: write(facts["outside"]),
    "a program of the system": lambda: os.access("/usr/bin", os.W_OK) and write("/usr/bin/.nanites-tryout"),
    "a mount": mount,
    "a new namespace": namespace,
    "rights of another program": rights,
}
out = []
for name, attempt in attempts.items():
    try:
        if attempt(): out.append(name)
    except OSError: pass
print(json.dumps([len(attempts), out]))
"""


@dataclass(frozen=True)
class Tried:
    """What came of it: how many ways out were tried, those that were open, and why it could not be tried, if so."""

    attempts: int
    escaped: tuple[str, ...]
    fault: str = ""


def try_out(guard: Guard) -> Tried:
    """Run a program in the guard that tries to get out. Takes some 100 ms; everything it makes is removed."""
    with empty() as worktree, _outside() as (outside, facts):
        argv = [sys.executable, "-I", "-S", "-c", _PROGRAM, json.dumps(facts)]
        try:
            done = subprocess.run(
                guard.line(argv, worktree, {"PATH": os.defpath}, CheckSettings(timeout=_SECONDS)),
                cwd=worktree.tree,
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
            attempts, escaped = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            return Tried(0, (), f"{type(error).__name__}: {error}"[:200])
        if outside.exists():
            escaped.append("a file outside of its copy")
        if Path("/usr/bin/.nanites-tryout").exists():
            Path("/usr/bin/.nanites-tryout").unlink()
            escaped.append("a program of the system")
        return Tried(attempts, tuple(escaped))


@contextmanager
def _outside() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Have things to get at: a server, a socket, a secret, a place to write to."""
    home = Path.home()
    with (
        tempfile.TemporaryDirectory(prefix="nanites-tryout-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as plug,
    ):
        name = f"nanites-{secrets.token_hex(8)}"
        if sys.platform == "linux":
            plug.bind(f"\0{name}")
            plug.listen()
        secret = Path(folder, "secret")
        secret.write_text("hush\n")
        yield (
            Path(folder, "planted"),
            {
                "port": server.getsockname()[1],
                "abstract": name,
                "secret": str(secret),
                "home": str(home),
                "names": [path.name for path in home.iterdir() if path.name.startswith(".")][:50],
                "pid": os.getpid(),
                "outside": str(Path(folder, "planted")),
            },
        )
