"""A machine with things worth stealing and breaking, for programs that try to get out of a guard."""

from __future__ import annotations

import json
import os
import pwd
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import workbench
from tests.house.breakouts.every import PLACES
from workbench.checks.places import new_base

BREAKOUTS = Path(__file__).with_name("breakouts")


def serve(plug: socket.socket, arrived: list[str], name: str) -> None:
    """Take what comes to a socket, and note that something did."""

    def answer() -> None:
        with suppress(OSError):
            while True:
                if plug.type == socket.SOCK_DGRAM:
                    plug.recv(100)
                else:
                    connection, _ = plug.accept()
                    connection.sendall(b"in")
                    connection.close()
                arrived.append(name)

    if plug.type != socket.SOCK_DGRAM:
        plug.listen()
    threading.Thread(target=answer, daemon=True).start()


def home_of_the_user(otherwise: Path) -> Path:
    """Return the home that the system knows, where there is one to write to."""
    try:
        place = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return otherwise
    return place if os.access(place, os.W_OK) else otherwise


class Outside:
    """A machine with things worth stealing and breaking."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.abstract = f"nanites-{os.getpid()}-{place.name}"
        self.root, self.home = place / "repository", place / "home"
        self.other, self.shared, self.temporary = place / "other", place / "shared", place / "temporary"
        self.sibling = self.temporary / new_base().name
        self.nanites_home = place / "nanites-home"
        for folder in (self.other, self.shared, self.temporary, self.home / ".ssh", self.home / ".tool/bin"):
            folder.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        (self.sibling / "tree").mkdir(parents=True)
        (self.sibling / "tree/secret.py").write_text("hush\n")
        (self.root / ".venv/lib").mkdir(parents=True)
        (self.root / "breakouts").mkdir()
        for name in ("decisions", "inbox", "results"):
            (self.root / ".nanites" / name).mkdir(parents=True)
        (self.nanites_home / "consent").mkdir(parents=True, mode=0o700)
        self.files = {
            self.root / "code.py": "value = 1\n",
            self.root / ".gitignore": ".env\n.venv\n.nanites\n",
            self.root / ".env": "hush\n",
            **{self.root / "breakouts" / file.name: file.read_text() for file in BREAKOUTS.glob("*.py")},
            self.home / ".ssh/id_rsa": "hush\n",
            self.home / ".ssh/authorized_keys": "",
            self.home / ".bashrc": "",
            self.home / ".tool/credentials": "hush\n",
            self.home / ".tool/bin/tool": "#!/bin/sh\n",
            self.other / "private.py": "hush\n",
            self.other / "removable": "",
        }
        for file, text in self.files.items():
            file.write_text(text)
        (self.root / "innocent.txt").symlink_to(self.home / ".ssh/id_rsa")
        self.arrived: list[str] = []
        self.plugs: list[socket.socket] = []
        self.victim = subprocess.Popen(["sleep", "600"], env={**os.environ, "NANITES_WITNESS": "hush"})
        os.kill(self.victim.pid, signal.SIGSTOP)
        self.at_home = home_of_the_user(self.home) / f".nanites-breakout-{os.getpid()}"
        self.at_home.write_text("hush\n")
        self.segment = self._share_memory()
        (self.root / "facts.json").write_text(json.dumps(self.facts()))

    def _share_memory(self) -> int:
        key = 0x4E414E49
        made = subprocess.run(["ipcmk", "-M", "64", "-p", "0600"], capture_output=True, text=True, check=False).stdout
        if not made:
            return key
        self.segment_id = made.split()[-1]
        listed = subprocess.run(["ipcs", "-m"], capture_output=True, text=True, check=True).stdout.splitlines()
        return next(int(line.split()[0], 16) for line in listed if line.split()[1:2] == [self.segment_id])

    def _listen(self, family: int, kind: int, address: Any, name: str) -> socket.socket:
        plug = socket.socket(family, kind)
        plug.bind(address)
        self.plugs.append(plug)
        serve(plug, self.arrived, name)
        return plug

    def facts(self) -> dict[str, Any]:
        """Return what a program that tries to get out may know."""
        tcp = self._listen(socket.AF_INET, socket.SOCK_STREAM, ("0.0.0.0", 0), "tcp")
        udp = self._listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0), "udp")
        self._listen(socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.abstract}", "abstract")
        self._listen(socket.AF_UNIX, socket.SOCK_STREAM, str(self.shared / "plug"), "socket")
        return {
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "abstract": self.abstract,
            "socket": str(self.shared / "plug"),
            "key": str(self.home / ".ssh/id_rsa"),
            "home": str(self.home),
            "witness_at_home": str(self.at_home),
            "pid": self.victim.pid,
            "caller": os.getpid(),
            "other": str(self.other),
            "root": str(self.root),
            "sibling": str(self.sibling),
            "shared_tmp": str(self.shared),
            "shared_key": self.segment,
            "package": str(Path(workbench.__file__).parent),
            "consent": str(self.nanites_home / "consent"),
        }

    def state(self) -> dict[str, str]:
        """Return what lies outside of the copy, by place."""
        found = {}
        for place in sorted(self.place.rglob("*")):
            if place.is_relative_to(self.temporary) and not place.is_relative_to(self.sibling):
                continue
            found[str(place)] = place.read_text() if place.is_file() else str(place.lstat().st_mode)
        for text in PLACES.values():
            if text.startswith(("/", "{package}")):
                place = Path(text.format(package=Path(workbench.__file__).parent))
                found[str(place)] = str(place.exists())
        found["/dev/shm"] = str(Path("/dev/shm/nanites-breakout").exists())
        return found

    def close(self) -> None:
        """Take it all away."""
        for plug in self.plugs:
            plug.close()
        self.victim.kill()
        self.victim.wait()
        self.at_home.unlink()
        if hasattr(self, "segment_id"):
            subprocess.run(["ipcrm", "-m", self.segment_id], check=True)
