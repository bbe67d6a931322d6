"""Whoever writes a check's code tries to get out of its guard, in every way we know, for real."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.house.breakouts.every import ATTEMPTS, PLACES, SAFE, WHOLE
from tests.house.guards import GUARDS, make_root, need, run
from tests.house.outside import Outside
from workbench.checks import command as command_module
from workbench.checks import guard as guard_module
from workbench.checks.command import run_commands
from workbench.checks.guard import Guard, GuardName
from workbench.checks.tryout import try_out
from workbench.consent import Consent
from workbench.errors import CheckFailed
from workbench.home import HOME_VARIABLE
from workbench.repository import Repository
from workbench.settings import CheckSettings

COMMAND = "python -m breakouts"


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
@pytest.mark.parametrize("attempt", sorted(ATTEMPTS))
def test_no_attempt_gets_out(outcomes: Any, name: GuardName, attempt: str) -> None:
    found = outcomes(name)[0]
    if name == "landlock" and attempt in WHOLE:
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
    assert len(ATTEMPTS) >= 80


def test_without_a_guard_the_same_attempts_do_get_out(outcomes: Any) -> None:
    safe = tuple(sorted(SAFE))
    found, arrived, changed, status = outcomes("none", safe)
    written = {name for name in safe if name.startswith("writes_") and name.removeprefix("writes_") in PLACES}
    for name in safe:
        if name in written or name.startswith("udp") or (name in {"packets", "a_capability"} and os.getuid() != 0):
            continue
        if name == "other_network_interfaces" and not [one for _, one in socket.if_nameindex() if one != "lo"]:
            continue
        assert found[name][0] == "out", f"{name} proves nothing: {found[name]}"
    assert {"tcp", "udp", "abstract", "socket"} <= set(arrived)
    assert status != psutil.STATUS_STOPPED
    assert len(changed) >= len(written)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_root(tmp_path, monkeypatch)


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
