"""The real engines, for whoever wants to test against them.

`embedded_home` is a `NANITES_HOME` with the real weights, in which one engine process for each model serves the whole
session. `real_ollama` is an Ollama of our own with both models. `fresh_home` is a home for one test alone.
Where weights or binary are missing a test is skipped with the command that gets them, or fails if the environment says
`NANITES_E2E_REQUIRED=1`.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from workbench.engines import store
from workbench.engines.process import EngineState, is_locked
from workbench.home import HOME_VARIABLE

SMALL = "qwen2.5-coder:0.5b"
MODEL = "qwen2.5-coder:1.5b"

MODELFILE = '''FROM {path}
TEMPLATE """{{{{- range .Messages }}}}<|im_start|>{{{{ .Role }}}}
{{{{ .Content }}}}<|im_end|>
{{{{ end }}}}<|im_start|>assistant
"""
SYSTEM You are Qwen, created by Alibaba Cloud. You are a helpful assistant.
PARAMETER stop "<|im_start|>"
PARAMETER stop "<|im_end|>"
'''
"""What `ollama pull` would have brought beside the weights: the chat template of the Qwen models."""


@dataclass(frozen=True)
class RealOllama:
    """A running Ollama of this session."""

    url: str
    binary: Path
    environment: dict[str, str]
    pid: int


def absent(what: str, command: str) -> NoReturn:
    """Skip the test for want of something, or fail where nothing may be skipped."""
    reason = f"{what} is missing; get it with: {command}"
    if os.environ.get("NANITES_E2E_REQUIRED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def weights() -> dict[str, Path]:
    """Return the files of both models' weights, by name."""
    found = {}
    for name in (SMALL, MODEL):
        path = store.find(name)
        if path is None:
            absent(f"the weights of {name}", f"nanites models pull {name}")
        found[name] = path
    return found


def make_home(home: Path, weights: dict[str, Path]) -> Path:
    """Make a `NANITES_HOME` whose store has the weights as links to where they really are."""
    (home / "models").mkdir(parents=True)
    for name, path in weights.items():
        known = store.known(name)
        assert known is not None
        (home / "models" / known.file).symlink_to(path)
    return home


def engine_states(home: Path) -> list[EngineState]:
    """Return the states of the engine processes of a home."""
    paths = sorted((home / "engine").glob("*.json"))
    return [EngineState.model_validate_json(path.read_bytes()) for path in paths]


def end_engines(home: Path) -> None:
    """End the engine processes of a home and wait until they are gone."""
    for state in engine_states(home):
        try:
            os.kill(state.pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + 30
    while any(is_locked(path) for path in (home / "engine").glob("*.life.lock")) and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.fixture(scope="session")
def embedded_home(tmp_path_factory: pytest.TempPathFactory, weights: dict[str, Path]) -> Iterator[Path]:
    """Return a home with the real weights, made this process's and its children's `NANITES_HOME` for the session."""
    before = os.environ.get(HOME_VARIABLE)
    home = make_home(tmp_path_factory.mktemp("embedded") / "home", weights)
    os.environ[HOME_VARIABLE] = str(home)
    yield home
    end_engines(home)
    if before is None:
        del os.environ[HOME_VARIABLE]
    else:
        os.environ[HOME_VARIABLE] = before


@pytest.fixture
def fresh_home(tmp_path: Path, weights: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a home with the real weights in which no engine runs yet, for one test."""
    home = make_home(tmp_path / "home", weights)
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    yield home
    end_engines(home)


def find_ollama() -> Path:
    """Return Ollama's binary: `NANITES_OLLAMA`, the one that make_ollama.sh builds, or one on the path."""
    built = Path.home() / ".cache" / "nanites-dev" / "bin" / "ollama"
    candidates = (os.environ.get("NANITES_OLLAMA"), str(built), shutil.which("ollama"))
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    absent("Ollama", "tests/e2e/make_ollama.sh")


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def real_ollama(tmp_path_factory: pytest.TempPathFactory, weights: dict[str, Path]) -> Iterator[RealOllama]:
    """Return a running Ollama that has both models and a store of its own, kept between sessions."""
    binary, port = find_ollama(), free_port()
    scratch = tmp_path_factory.mktemp("ollama")
    environment = os.environ | {
        "OLLAMA_HOST": f"127.0.0.1:{port}",
        "OLLAMA_MODELS": str(Path.home() / ".cache" / "nanites-dev" / "ollama-models"),
        "OLLAMA_NO_CLOUD": "1",
        "HOME": str(scratch),
    }
    with (scratch / "log").open("wb") as log:
        process = subprocess.Popen([binary, "serve"], env=environment, stdout=log, stderr=log, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/version", scratch / "log")
        for name, path in weights.items():
            modelfile = scratch / "Modelfile"
            modelfile.write_text(MODELFILE.format(path=path.resolve()))
            subprocess.run(
                [binary, "create", name, "-f", modelfile], env=environment, check=True, capture_output=True, timeout=170
            )
        yield RealOllama(url, binary, environment, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"Ollama did not start: {log.read_text(errors='replace')[-2_000:]}")
