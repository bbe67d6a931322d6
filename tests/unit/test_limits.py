"""What a command may take of the machine, and that all it started ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.house.guards import GUARDS, PROGRAM, make_root, need, run
from workbench.checks.guard import GuardName

MARK = f"MARK-{os.getpid()}"
"""What programs call themselves here, told from those of tests that run at the same time."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_root(tmp_path, monkeypatch)


def alive(word: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if word in " ".join(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


FORK_BOMB = """
import os, time
open("began", "w").close()
while True:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
"""
GROWTH = """
import os, time
kept = []
while True:
    kept.append(b"x" * 10_000_000)
"""
MANY_GROW = """
import os, time
for number in range(12):
    if os.fork() == 0:
        kept = b"x" * 40_000_000
        time.sleep(600)
time.sleep(600)
"""
FLOOD = "import sys\nwhile True: sys.stdout.write('x' * 100_000)\n"
BIG_FILE = "with open('big', 'wb') as f:\n    while True: f.write(b'x' * 1_000_000)\n"
SHARED = """
try:
    with open('/dev/shm/big', 'wb') as f:
        for number in range(2_000): f.write(b'x' * 1_000_000)
    print('it was filled')
except OSError as error:
    print('held', error)
"""
SPIN = "import os\nfor number in range(3): os.fork()\nwhile True: pass\n"
DEAF = f"""
import os, signal, time
for number in range(1, 64):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
os.execve('/bin/sleep', ['{MARK}-deaf', '600'], {{}})
"""
SURVIVOR = f"""
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        # No mark in the environment, no parent, no session, no group of the command's.
        os.execve('/bin/sleep', ['{MARK}-survivor', '600'], {{}})
    os._exit(0)
os.wait()
print('started')
"""
STOPPED = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
THREADS = """
import threading, time
for number in range(5_000):
    try: threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    except RuntimeError: break
print('threads', number)
time.sleep(600)
"""


@pytest.mark.skipif(
    os.geteuid() == 0,
    reason="the kernel counts no processes of root; as a user it is tried in tests/e2e/test_guard_as_user.py",
)
@pytest.mark.parametrize("name", GUARDS)
async def test_a_fork_bomb_ends(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, seconds = await run(root, monkeypatch, name, FORK_BOMB, processes=100, timeout=8)
    assert check.ok is False
    assert "processes" in check.output or "took longer" in check.output
    assert seconds < 20
    assert alive(PROGRAM) == []


@pytest.mark.parametrize("name", GUARDS)
@pytest.mark.parametrize("program", [GROWTH, MANY_GROW], ids=["one", "many"])
async def test_memory_has_an_end(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName, program: str) -> None:
    check, seconds = await run(root, monkeypatch, name, program, memory_mb=256)
    assert check.ok is False
    assert "MemoryError" in check.output or "MiB of memory" in check.output
    assert seconds < 20


@pytest.mark.parametrize("name", GUARDS)
async def test_output_has_an_end(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, seconds = await run(root, monkeypatch, name, FLOOD)
    assert check.output.endswith("it printed without end")
    assert seconds < 20


@pytest.mark.parametrize("name", GUARDS)
async def test_a_file_has_an_end(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, _ = await run(root, monkeypatch, name, BIG_FILE, file_mb=20)
    assert check.ok is False
    assert "SIGXFSZ" in check.output or "File too large" in check.output


@pytest.mark.parametrize("name", GUARDS)
async def test_shared_memory_has_an_end(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, _ = await run(root, monkeypatch, name, SHARED, file_mb=4_096)
    assert check.output.startswith("held")
    assert not Path("/dev/shm/big").exists()


@pytest.mark.parametrize("name", GUARDS)
@pytest.mark.parametrize(
    ("program", "word"),
    [(SPIN, PROGRAM), (DEAF, f"{MARK}-deaf"), (STOPPED, PROGRAM)],
    ids=["spins", "hears no signal", "stops itself"],
)
async def test_when_its_time_is_over_it_ends_whatever_it_does(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName, program: str, word: str
) -> None:
    check, seconds = await run(root, monkeypatch, name, program, timeout=0.6)
    assert check.output.endswith("it took longer than 0.6 s")
    assert seconds < 10
    assert alive(word) == []


@pytest.mark.parametrize("name", GUARDS)
async def test_a_daemon_that_hides_its_origin_ends_too(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName
) -> None:
    check, seconds = await run(root, monkeypatch, name, SURVIVOR)
    assert (check.ok, check.output) == (True, "started")
    assert seconds < 10
    assert alive(f"{MARK}-survivor") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDS)
async def test_threads_have_an_end_or_are_ended(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, seconds = await run(root, monkeypatch, name, THREADS, timeout=3, processes=400)
    assert check.ok is False
    assert seconds < 15
    assert alive(PROGRAM) == []


@pytest.mark.parametrize("name", GUARDS)
def test_when_the_runner_is_killed_the_command_ends(root: Path, name: GuardName, tmp_path: Path) -> None:
    need(name)
    (root / "program.py").write_text(f"import os\nos.execve('/bin/sleep', ['{MARK}-orphan', '600'], {{}})\n")
    runner = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from workbench.checks import command\n"
        "from workbench.checks.guard import Guard\n"
        "from workbench.repository import Repository\n"
        "from workbench.settings import CheckSettings\n"
        f"command.choose = lambda: Guard({name!r})\n"
        "line = 'python program.py'\n"
        f"root = Repository(Path({str(root)!r}))\n"
        "asyncio.run(command.run_commands(root, (), (line,), CheckSettings(allow=(line,))))\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    process = subprocess.Popen([sys.executable, "-c", runner], env=environment)
    _until(lambda: bool(alive(f"{MARK}-orphan")), 20)
    process.kill()
    process.wait()
    _until(lambda: not alive(f"{MARK}-orphan"), 5)


def _until(holds: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
