"""The durable store on a real PostgreSQL: the same main job, and the same end after a killed runner."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import absent
from tests.house.place import PATCH_RULE, Place
from tests.unit.test_killed_runner import run_mortal
from workbench.model import State
from workbench.spool.records import read_records

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def server_binaries() -> Path:
    """Return the folder of PostgreSQL's server programs; Debian keeps them off the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        absent("PostgreSQL", "apt-get install postgresql")
    return folders[-1]


def as_server_user(command: list[str]) -> list[str]:
    """Return `command` as the user the server may run as: it refuses root, and Debian's package brings one for it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture
def postgres() -> Iterator[str]:
    """Return the URL of an empty database in a cluster of our own, on loopback."""
    binaries = server_binaries()
    # Not in pytest's folder: whichever run begins next shuts that to all but its owner, the server's user too.
    with tempfile.TemporaryDirectory(prefix="nanites-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        data, reach = str(folder / "data"), ["-h", "127.0.0.1", "-p", port, "-U", "nanites"]
        initdb = [str(binaries / "initdb"), "-D", data, "-U", "nanites", "--auth=trust", "-E", "UTF8"]
        subprocess.run(as_server_user(initdb), check=True, capture_output=True, cwd="/")
        options = ["-p", port, "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        control = [str(binaries / "pg_ctl"), "-D", data, "-w", "-t", "60", "-l", str(folder / "log")]
        start = [*control, "-o", " ".join(options), "start"]
        subprocess.run(as_server_user(start), check=True, cwd="/", stdout=subprocess.DEVNULL)
        try:
            subprocess.run([str(binaries / "createdb"), *reach, "nanites"], check=True)
            yield f"postgresql://nanites@127.0.0.1:{port}/nanites"
        finally:
            stop = as_server_user([*control, "-m", "fast", "stop"])
            subprocess.run(stop, check=True, cwd="/", stdout=subprocess.DEVNULL)


async def test_the_main_job_runs_on_postgresql(postgres: str, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    place = Place(tmp_path / "repository", settings=f'[runner]\nstore_url = "{postgres}"\n')
    async with place.at_work():
        task = place.drop()
        await place.rested(task, State.REVIEW)
        place.decide(task, "approve")
        await place.rested(task, State.APPLIED)
        place.decide(task, "undo")
        await place.rested(task, State.UNDONE)
    assert not place.folder.store.exists()


def test_a_killed_runner_goes_on_with_what_postgresql_remembers(postgres: str, tmp_path: Path) -> None:
    settings = f'[runner]\nstore_url = "{postgres}"\n'
    place = Place(tmp_path / "repository", settings=settings, rules=[PATCH_RULE])
    place.drop()
    propose = 13
    assert run_mortal(place, "event", propose).returncode == -9
    answered = len(place.asked())
    assert run_mortal(place, "none", 0).returncode == 0
    assert [record.state for record in read_records(place.folder)] == [State.APPLIED]
    assert answered == len(place.asked()) == 1
