"""Whoever writes a check's code tries to get out of its guard, in every way we know, for real; and what it may take."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import psutil
import pytest

import workbench
from tests.house import breakouts
from workbench.checks import command as command_module
from workbench.checks import guard as guard_module
from workbench.checks.command import run_commands
from workbench.checks.guard import Guard, GuardName, probe
from workbench.checks.places import PREFIX
from workbench.checks.tryout import try_out
from workbench.consent import Consent
from workbench.errors import CheckFailed
from workbench.home import HOME_VARIABLE
from workbench.model import Check
from workbench.repository import Repository
from workbench.settings import CheckSettings

GUARDS: tuple[GuardName, ...] = ("bubblewrap", "namespaces", "landlock")
COMMAND = "python breakouts.py"


def absent(reason: str) -> NoReturn:
    if os.environ.get("NANITES_E2E_REQUIRED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def need(name: GuardName) -> None:
    fault = _fault(name)
    if fault is not None:
        absent(f"the guard {name} cannot be tried on this machine: {fault}")


_fault = functools.lru_cache(probe)


def serve(plug: socket.socket, arrived: list[str], name: str) -> None:
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
        self.sibling = self.temporary / f"{PREFIX}{os.getpid()}-{int(psutil.Process().create_time())}-bbbb"
        self.nanites_home = place / "nanites-home"
        for folder in (self.other, self.shared, self.temporary, self.home / ".ssh", self.home / ".tool/bin"):
            folder.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        (self.sibling / "tree").mkdir(parents=True)
        (self.sibling / "tree/secret.py").write_text("hush\n")
        (self.root / ".venv/lib").mkdir(parents=True)
        for name in ("decisions", "inbox", "results"):
            (self.root / ".nanites" / name).mkdir(parents=True)
        (self.nanites_home / "consent").mkdir(parents=True, mode=0o700)
        self.files = {
            self.root / "code.py": "value = 1\n",
            self.root / ".gitignore": ".env\n.venv\n.nanites\n",
            self.root / ".env": "hush\n",
            self.root / "breakouts.py": Path(breakouts.__file__).read_text(),
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
        for text in breakouts.PLACES.values():
            if text.startswith(("/", "{package}")):
                place = Path(text.format(package=Path(workbench.__file__).parent))
                found[str(place)] = str(place.exists())
        found["/dev/shm"] = str(Path("/dev/shm/nanites-breakout").exists())
        return found

    def close(self) -> None:
        for plug in self.plugs:
            plug.close()
        self.victim.kill()
        self.victim.wait()
        self.at_home.unlink()
        if hasattr(self, "segment_id"):
            subprocess.run(["ipcrm", "-m", self.segment_id], check=True)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what each attempt got under a guard; they are made once for each."""
    known: dict[GuardName, tuple[dict[str, list[str]], list[str], set[str], str]] = {}

    def of(name: GuardName, attempts: tuple[str, ...] = ()) -> Any:
        if name != "none":
            need(name)
        if name not in known:
            known[name] = asyncio.run(_try_all(name, attempts, tmp_path_factory.mktemp(name)))
        return known[name]

    return of


async def _try_all(
    name: GuardName, attempts: tuple[str, ...], place: Path
) -> tuple[dict[str, list[str]], list[str], set[str], str]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        outside = Outside(place)
        try:
            monkeypatch.setattr(tempfile, "tempdir", str(outside.temporary))
            monkeypatch.setenv("HOME", str(outside.home))
            monkeypatch.setenv(HOME_VARIABLE, str(outside.nanites_home))
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
            monkeypatch.setenv("PATH", f"{outside.home}/.tool/bin:{os.environ['PATH']}")
            monkeypatch.setattr(command_module, "choose", lambda: Guard(name))
            command = " ".join([COMMAND, *attempts])
            if name == "none":
                Consent.of(outside.root).with_unguarded(command)
            before = outside.state()
            settings = CheckSettings(allow=(command,), output_limit=200_000)
            (check,) = await run_commands(Repository(outside.root), (), (command,), settings)
            assert check.ok, check.output
            assert check.guard == name
            await asyncio.sleep(0.05)
            after = outside.state()
            changed = {path for path in before | after if before.get(path) != after.get(path)}
            status = psutil.Process(outside.victim.pid).status()
            return json.loads(check.output), outside.arrived, changed, status
        finally:
            outside.close()


@pytest.mark.parametrize("name", GUARDS)
@pytest.mark.parametrize("attempt", sorted(breakouts.ATTEMPTS))
def test_no_attempt_gets_out(outcomes: Any, name: GuardName, attempt: str) -> None:
    found = outcomes(name)[0]
    if name == "landlock" and attempt in breakouts.WHOLE:
        # Said in docs/safety.md: without namespaces names can be seen. Nothing else may be.
        return
    assert found[attempt][0] == "held", f"{attempt} got out of {name}: {found[attempt][1]}"


@pytest.mark.parametrize("name", GUARDS)
def test_nothing_outside_has_changed_and_nothing_has_arrived(outcomes: Any, name: GuardName) -> None:
    _, arrived, changed, status = outcomes(name)
    assert arrived == []
    assert changed == set()
    assert status == psutil.STATUS_STOPPED


def test_there_are_as_many_attempts_as_we_say() -> None:
    assert len(breakouts.ATTEMPTS) >= 80


def test_without_a_guard_the_same_attempts_do_get_out(outcomes: Any) -> None:
    safe = tuple(sorted(breakouts.SAFE))
    found, arrived, changed, status = outcomes("none", safe)
    written = {name for name in safe if name.startswith("writes_") and name.removeprefix("writes_") in breakouts.PLACES}
    for name in safe:
        if name in written or name.startswith("udp") or (name in {"packets", "a_capability"} and os.getuid() != 0):
            continue
        if name == "other_network_interfaces" and not [one for _, one in socket.if_nameindex() if one != "lo"]:
            continue
        assert found[name][0] == "out", f"{name} proves nothing: {found[name]}"
    assert {"tcp", "udp", "abstract", "socket"} <= set(arrived)
    assert status != psutil.STATUS_STOPPED
    assert len(changed) >= len(written)


# What a command may take


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


async def run(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName, program: str, **limits: float
) -> tuple[Check, float]:
    need(name)
    monkeypatch.setattr(command_module, "choose", lambda: Guard(name))
    (root / "program.py").write_text(program)
    command = "python program.py"
    settings = CheckSettings.model_validate({"allow": [command], "timeout": 30, **limits})
    began = time.monotonic()
    (check,) = await run_commands(Repository(root), (), (command,), settings)
    return check, time.monotonic() - began


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
DEAF = """
import os, signal, time
for number in range(1, 64):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
os.execve('/bin/sleep', ['MARK-deaf', '600'], {})
"""
SURVIVOR = """
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        # No mark in the environment, no parent, no session, no group of the command's.
        os.execve('/bin/sleep', ['MARK-survivor', '600'], {})
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
    assert alive("program.py") == []


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
    [(SPIN, "program.py"), (DEAF, "MARK-deaf"), (STOPPED, "program.py")],
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
    assert alive("MARK-survivor") == []


@pytest.mark.parametrize("name", GUARDS)
async def test_threads_have_an_end_or_are_ended(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    check, seconds = await run(root, monkeypatch, name, THREADS, timeout=3, processes=400)
    assert check.ok is False
    assert seconds < 15
    assert alive("program.py") == []


@pytest.mark.parametrize("name", GUARDS)
def test_when_the_runner_is_killed_the_command_ends(root: Path, name: GuardName, tmp_path: Path) -> None:
    need(name)
    (root / "program.py").write_text("import os\nos.execve('/bin/sleep', ['MARK-orphan', '600'], {})\n")
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
    _until(lambda: bool(alive("MARK-orphan")), 20)
    process.kill()
    process.wait()
    _until(lambda: not alive("MARK-orphan"), 5)


def _until(holds: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


@pytest.mark.parametrize("name", GUARDS)
def test_the_doctor_tries_to_break_out(name: GuardName) -> None:
    need(name)
    tried = try_out(Guard(name))
    assert tried.attempts >= 10
    assert (tried.escaped, tried.fault) == ((), "")


def test_the_doctor_sees_that_nothing_holds() -> None:
    tried = try_out(Guard("none"))
    wanted = {"a server on this machine", "a file of the user", "a file outside of its copy", "a signal to its caller"}
    assert wanted <= set(tried.escaped)
    assert not list(Path(tempfile.gettempdir()).glob("nanites-tryout-*/planted"))


async def test_where_no_guard_can_be_had_nothing_runs_without_a_persons_word(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "nanites-home"))
    monkeypatch.setattr(guard_module, "probe", lambda name: "the kernel says no")
    guard_module.choose.cache_clear()
    try:
        settings = CheckSettings(allow=("true",))
        with pytest.raises(CheckFailed) as caught:
            await run_commands(Repository(root), (), ("true",), settings)
        assert caught.value.code == "no-sandbox"
        assert "bubblewrap: the kernel says no" in caught.value.message
        assert "nanites allow --unguarded true" in caught.value.hint
        # A repository cannot say it for its user: the word is kept elsewhere, and only for that repository.
        Consent.of(tmp_path / "another").with_unguarded("true")
        with pytest.raises(CheckFailed):
            await run_commands(Repository(root), (), ("true",), settings)
        Consent.of(root).with_unguarded("true")
        (check,) = await run_commands(Repository(root), (), ("true",), settings)
        assert (check.ok, check.guard) == (True, "none")
    finally:
        guard_module.choose.cache_clear()


def test_a_word_that_others_could_have_written_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    consent = Consent.of(tmp_path).with_unguarded("true")
    assert Consent.of(tmp_path).may_run_unguarded("true")
    assert consent.path.stat().st_mode & 0o777 == 0o600
    consent.path.chmod(0o666)
    assert not Consent.of(tmp_path).may_run_unguarded("true")
    consent.path.chmod(0o600)
    moved = consent.path.with_suffix(".real")
    consent.path.rename(moved)
    consent.path.symlink_to(moved)
    assert not Consent.of(tmp_path).may_run_unguarded("true")
    consent.path.unlink()
    consent.path.write_text("[" * 100_000)
    assert not Consent.of(tmp_path).may_run_unguarded("true")


@pytest.mark.parametrize("name", GUARDS)
async def test_what_tests_need_is_there(root: Path, monkeypatch: pytest.MonkeyPatch, name: GuardName) -> None:
    program = (
        "import tempfile, subprocess, sys, os, socket, asyncio, ssl, sqlite3\n"
        "assert subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True, check=True).stdout == b'1\\n'\n"
        "assert subprocess.run(['git', 'status', '--short'], capture_output=True, check=True).stdout\n"
        "tempfile.NamedTemporaryFile()\n"
        "a, b = socket.socketpair()\n"
        "open('written', 'w').write('x'); os.rename('written', 'moved')\n"
        "os.makedirs('deep/er'); os.rename('moved', 'deep/er/moved'); os.link('deep/er/moved', 'linked')\n"
        "asyncio.run(asyncio.sleep(0))\n"
        "sqlite3.connect('x.db').execute('create table t (a)')\n"
        "open('/dev/null', 'w').write('x')\n"
        "assert len(os.urandom(4)) == 4\n"
    )
    if name != "landlock":
        program += (
            "import multiprocessing\n"
            "multiprocessing.Lock()\n"
            "server = socket.create_server(('127.0.0.1', 0))\n"
            "socket.create_connection(server.getsockname())\n"
            "socket.socket(socket.AF_UNIX).bind('/tmp/plug')\n"
        )
    check, _ = await run(root, monkeypatch, name, program)
    assert check.ok, check.output


@pytest.mark.skipif(shutil.which("go") is None, reason="no Go here")
@pytest.mark.slow
async def test_go_builds_and_tests(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.20\n")
    (root / "a_test.go").write_text('package m\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n')
    settings = CheckSettings(allow=("go test ./...",))
    (check,) = await run_commands(Repository(root), (), ("go test ./...",), settings)
    assert check.ok, check.output
