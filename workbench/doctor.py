"""`nanites doctor`: what the main job needs on this machine and in this repository, and how to get what is missing."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from workbench import client
from workbench.errors import EngineUnavailable, NaniteError
from workbench.home import home
from workbench.settings import Settings, load
from workbench.spool.folder import Folder
from workbench.spool.lock import runner_pid
from workbench.terminal import one_line, plain, styled

if TYPE_CHECKING:
    from workbench.engines.pool import EngineStatus

MIN_PYTHON = (3, 11)
MIN_FREE_DISK = 2_500_000_000
"""Bytes: the weights of the 1.5B twice, as they are put together."""
MIN_FREE_MEMORY = 2_500_000_000
"""Bytes: what the 1.5B takes with its window (measured: 2.4 GB)."""

SECONDS_FOR_SECRETS = 10.0
"""How long the files of a repository are searched for what would be withheld."""

SECONDS_FOR_LLAMA = 30.0
"""How long llama.cpp may take to say what it would compute on; opening CUDA can take seconds."""

Level = Literal["good", "note", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `engine` says that without it there is no engine or model to be had."""

    name: str
    level: Level
    detail: str
    fix: str = ""
    engine: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as `--json` prints it."""
        return {"name": self.name, "level": self.level, "detail": self.detail, "fix": self.fix}


def examine(start: Path) -> list[Finding]:
    """Look at the machine and at the repository that `start` lies in. Nothing is started, made or changed."""
    found = [_python(), _git()]
    settings = Settings()
    try:
        root = client.find_root(start)
    except NaniteError as error:
        found.append(_bad("repository", error))
    else:
        found += [Finding("repository", "good", str(root)), _folder(root), _runner(root)]
        try:
            settings = load(root, dict(os.environ))
            there = (root / "nanites.toml").exists()
            found.append(Finding("settings", "good", "nanites.toml" if there else "no nanites.toml: the defaults hold"))
        except NaniteError as error:
            found.append(_bad("settings", error))
        found.append(_secrets(root))
    found += asyncio.run(_engines(settings))
    return [*found, *_gpus(settings), _sandbox(), _disk(), _memory(), _watching()]


def exit_code(found: list[Finding]) -> int:
    """Return 0 where the main job could run, 4 where no engine or model can be had, 2 for anything else that is bad."""
    bad = [finding for finding in found if finding.level == "bad"]
    if not bad:
        return 0
    return 4 if all(finding.engine for finding in bad) else 2


def told(found: list[Finding], stream: TextIO) -> str:
    """Return the findings for people, with what to do about each."""
    marks = {"good": ("ok", "green"), "note": ("note", "yellow"), "bad": ("bad", "red")}
    lines = []
    for finding in found:
        word, style = marks[finding.level]
        lines.append(f"{styled(f'{word:<4}', style, stream)}  {finding.name:<10}  {one_line(finding.detail, 200)}")
        lines += [f"{'':<18}{part}" for part in plain(finding.fix).splitlines()]
    return "\n".join(lines)


async def engine_statuses(settings: Settings) -> tuple[EngineStatus, ...]:
    """Return how each engine of the order fares; nothing is started for it."""
    from workbench.engines.pool import Pool

    pool = Pool(settings)
    try:
        return await pool.status()
    finally:
        await pool.close()


def _bad(name: str, error: NaniteError) -> Finding:
    return Finding(name, "bad", error.message, error.hint)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < MIN_PYTHON:
        return Finding("python", "bad", f"{version} is too old", f"install Python {'.'.join(map(str, MIN_PYTHON))}")
    return Finding("python", "good", version)


def _git() -> Finding:
    try:
        done = subprocess.run(["git", "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return Finding("git", "bad", "git is not installed, or does not run", "install git")
    return Finding("git", "good", done.stdout.strip())


def _folder(root: Path) -> Finding:
    folder = Folder(root)
    if not folder.path.exists() and not folder.path.is_symlink():
        return Finding("folder", "good", ".nanites is made when it is first needed")
    if folder.path.is_symlink() or not folder.path.is_dir():
        return Finding("folder", "bad", ".nanites is no folder of its own", f"move it away: {folder.path}")
    status = folder.path.stat()
    if status.st_uid != os.getuid():
        return Finding("folder", "bad", ".nanites belongs to another user", f"sudo chown -R $USER {folder.path}")
    if not os.access(folder.path, os.W_OK | os.X_OK):
        return Finding("folder", "bad", ".nanites cannot be written", f"chmod u+rwx {folder.path}")
    if status.st_mode & 0o077:
        return Finding("folder", "note", ".nanites can be read by others", f"chmod go-rwx {folder.path}")
    return Finding("folder", "good", ".nanites is yours alone")


def _runner(root: Path) -> Finding:
    pid = runner_pid(Folder(root))
    if pid is None:
        return Finding("runner", "good", "none is alive; waiting commands run tasks themselves, nanites run stays up")
    return Finding("runner", "good", f"alive, process {pid}")


def _secrets(root: Path) -> Finding:
    """Say what of the repository's files would be withheld from models, by place and kind, never the value."""
    from workbench.context.redaction import Kept, find, told
    from workbench.repository import Repository

    repository = Repository(root)
    until = time.monotonic() + SECONDS_FOR_SECRETS
    places: dict[str, str] = {}
    number = left = 0
    try:
        for path in repository.files():
            if time.monotonic() > until:
                left += 1
                continue
            try:
                text = repository.read(path).content.decode("utf-8")
            except NaniteError:
                continue
            if found := find(text, path):
                number += len(found)
                places[path] = told((Kept(path=path, line=one.line, kind=one.kind) for one in found), 20)
    except NaniteError as error:
        return Finding("secrets", "note", f"not looked for: {error.message}", error.hint)
    late = f"; {left} files were not looked at, for want of time" if left else ""
    if not places:
        return Finding("secrets", "good", f"nothing in the files looks like one{late}")
    files = f"{len(places)} file{'s' if len(places) > 1 else ''}"
    detail = f"{number} line{'s' if number > 1 else ''} in {files} would be withheld from models{late}"
    return Finding("secrets", "note", detail, "\n".join(list(places.values())[:50]))


async def _engines(settings: Settings) -> list[Finding]:
    from workbench.engines.pool import Pool
    from workbench.engines.process import missing_library

    pool = Pool(settings)
    try:
        found = []
        for status in await pool.status():
            names = ", ".join(model.name for model in status.models)
            detail = f"up; models: {names or 'none'}" if status.reachable else status.detail
            # An engine that is not up is no fault as long as another of the order is.
            level: Level = "good" if status.reachable else "note"
            found.append(Finding(status.name, level, detail, status.hint))
            if status.name == "embedded" and status.reachable and (words := _embedded_fault()):
                fix = missing_library(words) or "install it anew: pip install --force-reinstall xllamacpp"
                found[-1] = Finding("embedded", "bad", f"llama.cpp cannot be loaded: {words}", fix, engine=True)
        try:
            engine = await pool.choose(settings.models.nanite)
        except EngineUnavailable as error:
            fault = Finding("model", "bad", error.message, error.hint or "nanites models pull", engine=True)
            return [*found, fault]
        return [*found, Finding("model", "good", f"{settings.models.nanite} by the {engine.name} engine")]
    finally:
        await pool.close()


def _sandbox() -> Finding:
    """Say what holds the commands of checks, after trying to break out of it."""
    from workbench.checks.guard import HOLDS, choose
    from workbench.checks.tryout import try_out

    guard = choose()
    better = "\n".join(guard.refused)
    install = "install bubblewrap (apt-get install bubblewrap, dnf install bubblewrap, …)"
    if guard.name == "none":
        detail = "none can be had: check commands run only where you allow them without one"
        return Finding("sandbox", "note", detail, f"{install}\n{better}")
    tried = try_out(guard)
    if tried.fault or not tried.attempts:
        return Finding("sandbox", "bad", f"{guard.name} could not be tried: {tried.fault}", install)
    if tried.escaped:
        return Finding("sandbox", "bad", f"{guard.name} did not hold: {', '.join(tried.escaped)}", install)
    detail = f"{guard.name}: {HOLDS[guard.name]}; {tried.attempts} ways out tried, all closed"
    if guard.name in {"landlock", "sandbox-exec"}:
        return Finding("sandbox", "note", detail, f"{install}\n{better}")
    return Finding("sandbox", "good", detail)


def _gpus(settings: Settings) -> list[Finding]:
    """Say which GPUs there are, and whether the embedded engine leaves them idle; nothing where there are none."""
    from workbench.machine import Machine

    machine = Machine()
    try:
        devices, counts = machine.read().devices, bool(machine.energy())
    finally:
        machine.close()
    if not devices:
        return []
    sizes = (f", {device.memory_total / (1 << 30):.0f} GiB" if device.memory_total else "" for device in devices)
    names = "; ".join(f"{device.name}{size}" for device, size in zip(devices, sizes, strict=True))
    detail = f"{names}; {'counts' if counts else 'does not count'} the energy it takes"
    if "embedded" in settings.engine.order and _embedded_without_gpu():
        fix = "Ollama would use it; or install an xllamacpp that was built for it (XLLAMACPP_BUILD_CUDA=1)"
        return [Finding("gpu", "note", f"{detail}; the embedded engine's llama.cpp computes on the CPU", fix)]
    return [Finding("gpu", "good", detail)]


def _embedded_without_gpu() -> bool:
    """Return whether llama.cpp is there and would compute on the CPU; it is asked in a process of its own."""
    if find_spec("xllamacpp") is None:
        return False
    code, _ = _ask_embedded("from workbench.engines.process import has_gpu; raise SystemExit(9 * has_gpu(x))")
    return code == 0


def _embedded_fault() -> str:
    """Return why llama.cpp, which is installed, cannot be loaded; empty where it can."""
    code, words = _ask_embedded("")
    return (words.strip().splitlines() or [f"exit code {code}"])[-1] if code else ""


def _ask_embedded(question: str) -> tuple[int | None, str]:
    """Return the exit code, None for an unknown one, and the errors of a process that asks llama.cpp, as `x`."""
    # Not from the folder it is asked in: that is a repository's, and may have a module of this name.
    asked = [sys.executable, "-P", "-c", f"import xllamacpp as x; {question}"]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=SECONDS_FOR_LLAMA, check=False)
    except (OSError, subprocess.SubprocessError):
        return None, ""
    return done.returncode, done.stderr.decode("utf-8", "replace")


def _disk() -> Finding:
    place = next(place for place in (home(), *home().absolute().parents) if place.is_dir())
    free = shutil.disk_usage(place).free
    if free < MIN_FREE_DISK:
        return Finding(
            "disk", "note", f"{free / 1e9:.1f} GB free in {place}", "weights of the 1.5B need 2.5 GB at first"
        )
    return Finding("disk", "good", f"{free / 1e9:.1f} GB free")


def _memory() -> Finding:
    import psutil

    free = psutil.virtual_memory().available
    if free < MIN_FREE_MEMORY:
        return Finding("memory", "note", f"{free / 1e9:.1f} GB free", "the 1.5B takes 2.4 GB; a 0.5B takes less")
    return Finding("memory", "good", f"{free / 1e9:.1f} GB free")


def _watching() -> Finding:
    limit = Path("/proc/sys/fs/inotify/max_user_instances")
    watches = Path("/proc/sys/fs/inotify/max_user_watches")
    try:
        instances, watched = int(limit.read_text()), int(watches.read_text())
    except (OSError, ValueError):
        return Finding("watching", "good", "by the system's own means")
    if instances < 16 or watched < 1_024:
        fix = "sudo sysctl fs.inotify.max_user_instances=128 fs.inotify.max_user_watches=65536"
        return Finding("watching", "note", f"inotify allows {instances} instances, {watched} watches", fix)
    return Finding("watching", "good", f"inotify allows {instances} instances, {watched} watches")
