"""The embedded engine's process without weights: locks, stale state, a start that fails. The rest is in tests/e2e."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench.engines import process, store
from workbench.engines.embedded import EmbeddedEngine
from workbench.engines.process import EngineState, Place, is_locked, try_lock
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Message
from workbench.settings import EngineSettings


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)


def request(model: str) -> ChatRequest:
    return ChatRequest(model=model, messages=(Message(role="user", content="hello"),))


def test_of_many_processes_one_gets_the_lock(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from workbench.engines.process import try_lock
print("ready", flush=True)
sys.stdin.readline()
with try_lock(Path({str(tmp_path)!r}) / "lock") as alone:
    print(alone, flush=True)
    sys.stdin.readline()
"""
    children = [
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    said: list[str] = []
    for _ in ("ready", "tried"):
        for child in children:
            assert child.stdout is not None
            said.append(child.stdout.readline().strip())
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
    for child in children:
        child.communicate(timeout=30)
    assert sorted(said[6:]) == ["False"] * 5 + ["True"]


def test_a_lock_is_let_go_when_its_holder_is_killed(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from workbench.engines.process import try_lock
with try_lock(Path({str(tmp_path)!r}) / "lock"):
    print("held", flush=True)
    time.sleep(60)
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    assert is_locked(tmp_path / "lock")
    child.kill()
    child.wait()
    child.stdout.close()
    assert not is_locked(tmp_path / "lock")


def test_looking_at_a_lock_does_not_hold_others_off(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "lock")
    with try_lock(tmp_path / "lock") as alone:
        assert alone
        assert is_locked(tmp_path / "lock")
        with try_lock(tmp_path / "lock") as again:
            assert not again


def test_what_a_dead_process_left_is_removed() -> None:
    place = Place("m")
    place.ensure()
    state = EngineState(
        pid=1, url="http://127.0.0.1:9/v1", key="k", model="m", weights="w", context=1, slots=1, started_at=0
    )
    place.state.write_text(state.model_dump_json())
    with try_lock(place.life_lock):
        assert place.read() == state
    assert place.read() is None
    assert not place.state.exists()


def test_the_folder_is_the_users_alone(tmp_path: Path) -> None:
    place = Place("../../evil/name:1b")
    place.ensure()
    assert place.state.parent == tmp_path / "home" / "engine"
    assert place.folder.stat().st_mode & 0o777 == 0o700
    process._write_private(place.state, b"{}")
    assert place.state.stat().st_mode & 0o777 == 0o600


def test_aliases_share_one_process() -> None:
    assert Place("qwen2.5-coder:1.5b").state == Place("qwen2.5-coder:1.5b-instruct-q4_K_M").state
    assert Place("qwen2.5-coder:1.5b").state != Place("qwen2.5-coder:0.5b").state
    assert Place("mine+yours").state != Place("mine-yours").state


async def test_missing_weights_are_said_with_the_command_that_gets_them() -> None:
    engine = EmbeddedEngine(EngineSettings())
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(request("qwen2.5-coder:1.5b"), lambda _: None)
    assert caught.value.code == "model-missing"
    assert caught.value.hint == "get them with: nanites models pull qwen2.5-coder:1.5b"
    assert await engine.models() == ()


async def test_without_llama_cpp_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EngineUnavailable) as caught:
        await EmbeddedEngine(EngineSettings()).ready("qwen2.5-coder:1.5b")
    assert caught.value.code == "engine-missing"
    assert "pip install" in caught.value.hint


async def test_a_process_that_cannot_load_its_model_is_said_with_its_last_words() -> None:
    store.folder().mkdir(parents=True)
    (store.folder() / "broken.gguf").write_bytes(b"this is no model")
    engine = EmbeddedEngine(EngineSettings())
    with pytest.raises(EngineUnavailable) as caught:
        await engine.chat(request("broken"), lambda _: None)
    assert caught.value.code == "engine-failed"
    assert "error loading model" in caught.value.message
    assert Place("broken").read() is None


async def test_a_library_that_the_system_lacks_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = "libgomp.so.1: cannot open shared object file: No such file or directory"
    (tmp_path / "xllamacpp.py").write_text(f"raise ImportError({said!r})\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    store.folder().mkdir(parents=True)
    (store.folder() / "any.gguf").write_bytes(b"not read")
    with pytest.raises(EngineUnavailable) as caught:
        await EmbeddedEngine(EngineSettings()).chat(request("any"), lambda _: None)
    assert caught.value.message.endswith(f"its last words: ImportError: {said}")
    assert "libgomp.so.1" in caught.value.hint
    assert "apt-get install libgomp1" in caught.value.hint


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("up\nTraceback (most recent call last):\n  File 'a'\n    x()\nOSError: no\n", "OSError: no"),
        ("Traceback (most recent call last):\n  File 'a'\nOSError: no\nnone at all\n", "OSError: no | none at all"),
        ("Traceback (most recent call last):\n  File 'a'\nOSError: no\nkilled\nbye\n", "OSError: no | killed | bye"),
        ("up\ndown\n", "up | down"),
    ],
)
def test_the_last_words_are_what_follows_a_traceback(log: str, words: str) -> None:
    place = Place("any")
    place.log.parent.mkdir(parents=True, exist_ok=True)
    place.log.write_text(log)
    assert place.last_words() == words


def test_serving_a_missing_model_by_hand_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert process.main(["qwen2.5-coder:1.5b"]) == 4
    assert "nanites models pull" in capsys.readouterr().err


def test_an_engine_that_runs_already_is_not_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    store.folder().mkdir(parents=True)
    (store.folder() / "mine.gguf").write_bytes(b"GGUF")
    place = Place("mine")
    place.ensure()
    with try_lock(place.life_lock):
        assert process.main(["mine"]) == 0
    assert "already running" in capsys.readouterr().err


def test_the_log_is_begun_anew_when_it_is_too_long() -> None:
    place = Place("m")
    place.ensure()
    place.log.write_bytes(b"x" * (process.LOG_LIMIT + 1))
    process._limit_log(place)
    assert place.log.stat().st_size == 0


class _Server:
    """Tells of the same work for ever; what llama.cpp's server says of itself is seen in tests/e2e."""

    def __init__(self, busy: int) -> None:
        self.busy = busy

    def handle_metrics(self) -> str:
        return f"# HELP x\nllamacpp:requests_processing {self.busy}\nllamacpp:tokens_predicted_total 5\n"


def test_a_process_ends_itself_only_when_nobody_asks() -> None:
    place = Place("m")
    place.ensure()
    place.state.write_text(json.dumps({}))
    started = time.monotonic()
    process._watch(_Server(0), place, 0.4)
    assert 0.3 < time.monotonic() - started < 5
    assert not place.state.exists()
    assert process._work(_Server(1)).startswith("busy")
    assert process._work(_Server(0)).startswith("idle")
