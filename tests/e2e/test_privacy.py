"""The main job where there is no network at all: a namespace of its own with nothing but loopback in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import absent, end_engines, make_home
from tests.house.place import Place, git

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

# Raises loopback, which is down in a new namespace, shows that nothing else is there, and becomes the command.
INSIDE = """
import fcntl, os, socket, struct, sys
probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(probe, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
assert [name for _, name in socket.if_nameindex()] == ["lo"], socket.if_nameindex()
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
    sys.exit("there is a network")
except OSError:
    pass
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_the_main_job_is_done_where_there_is_no_network(tmp_path: Path, weights: dict[str, Path]) -> None:
    if shutil.which("unshare") is None:
        absent("unshare", "apt-get install util-linux")
    home = make_home(tmp_path / "home", weights)
    place = Place(tmp_path / "repo")
    (place.root / "nanites.toml").write_text('[engine]\norder = ["embedded"]\n', encoding="utf-8")
    git(place.root, "commit", "-qam", "settings")
    environment = os.environ | {"NANITES_HOME": str(home)}

    def alone(*arguments: str) -> dict[str, object]:
        inside = [sys.executable, "-c", INSIDE, sys.executable, "-m", "workbench.cli", "--repo", str(place.root)]
        done = subprocess.run(
            ["unshare", "-rn", *inside, "--json", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        value: dict[str, object] = json.loads(done.stdout)
        return value

    try:
        result = alone("docstrings", "--target", "text.py", "--approve", "proven")
        assert (result["state"], result["verdict"]) == ("applied", "proven")
        assert alone("privacy") == {"left": [], "allowed_hosts": []}
    finally:
        end_engines(home)
    assert (place.root / "text.py").read_text(encoding="utf-8").count('"""') >= 6
