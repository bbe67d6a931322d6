"""The embedded engine's own process: llama.cpp's server with one model, for all runners of this user.

It is started by the first runner that needs it (`embedded.py`), or by hand as `nanites engine MODEL`. Its address and
key lie in a state file that only the user can read. A lock that it holds for as long as it lives says that it is alive;
whoever wants to talk to it touches the state file first, under the model's start lock, and it looks at that file, under
the same lock, before it ends itself: so nobody is sent to an engine that is about to go.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import secrets
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbench.engines import store
from workbench.errors import EngineUnavailable
from workbench.home import HOME_VARIABLE, home
from workbench.model import Value

LOG_LIMIT = 4 << 20
"""Bytes after which the process's log is begun anew."""

BATCH_TOKENS = 32
"""Tokens of a prompt that a CPU reads at one go. A request that is cancelled while its prompt is read frees its slot
after at most three such batches, so this bounds how long that takes (1.7 s for the 1.5B on two free cores that read 55
tokens a second), and others go on speaking meanwhile. It also bounds what is guessed ahead: half of it for each of two
slots. Batches of 64 read a prompt some 10 % faster, those of 16 some 10 % slower."""

BATCH_TOKENS_GPU = 512

_MISSING = re.compile(r"ImportError: (lib[\w.+-]+\.so[\w.]*): cannot open shared object file")

DRAFT_TOKENS = 15
"""Most tokens guessed ahead where the last DRAFT_KEY tokens stand in the prompt or the answer already: a model that
rewrites a function copies most of it. With the token before them they make 16, which a CPU reads in less time than 13.
Measured with the 1.5B on two quiet cores, twelve questions of small changes: 10.1 tokens/s with nothing guessed, 18.3
with 7, 21.8 with 15, 18.5 with 23; a DRAFT_KEY of 3 or 6 is slower."""

DRAFT_KEY = 4

SPINS = "1000"
"""How often a computing thread looks for the others before it sleeps. llama.cpp's threads meet some 400 times a token;
where a core is busy with something else, the default (300,000) burns whole time slices in waiting. Measured on two
cores with a test suite beside it: 2-4 tokens/s by default, 10-12 with this; with the cores for itself 30 either way."""

CACHE_MIB = 512
"""Memory for prompts that were read before and may come again."""


class EngineState(Value):
    """Where a running engine process is: the content of its state file. `context` is in tokens for each slot."""

    pid: int
    url: str
    key: str
    model: str
    weights: str
    context: int
    slots: int
    started_at: float


class Place:
    """The files of one model's engine process.

    Args:
        model: the model's name.
    """

    def __init__(self, model: str) -> None:
        weights = store.known(model)
        stem = re.sub(r"[^A-Za-z0-9._-]", "-", weights.name if weights else model)[:120]
        if weights is None:
            # Two names of the user's own files may look alike once they are fit for a file system.
            stem += "-" + hashlib.sha256(model.encode()).hexdigest()[:8]
        self.folder = home() / "engine"
        self.state = self.folder / f"{stem}.json"
        self.log = self.folder / f"{stem}.log"
        self.start_lock = self.folder / f"{stem}.start.lock"
        self.life_lock = self.folder / f"{stem}.life.lock"

    def ensure(self) -> None:
        """Make the folder, for this user only.

        Raises:
            EngineUnavailable: it cannot be made, or belongs to somebody else (code `store-unusable`).
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.folder.stat().st_uid != os.getuid():
                raise PermissionError(1, "it belongs to another user")
            self.folder.chmod(0o700)
        except OSError as error:
            raise EngineUnavailable(
                f"the engine's folder {self.folder} cannot be used: {error.strerror}",
                code="store-unusable",
                hint=f"see who owns it, or set {HOME_VARIABLE} to another folder",
            ) from error

    def read(self) -> EngineState | None:
        """Return the state of the running process, or None where none is alive; what a dead one left is removed."""
        try:
            text = self.state.read_bytes()
        except FileNotFoundError:
            return None
        if not is_locked(self.life_lock):
            self.state.unlink(missing_ok=True)
            return None
        try:
            return EngineState.model_validate_json(text)
        except ValidationError:
            return None

    def last_words(self, lines: int = 6) -> str:
        """Return the errors at the end of the log, or what follows a traceback, else the last lines, for a message."""
        try:
            text = self.log.read_bytes()[-4_000:].decode("utf-8", "replace")
        except OSError:
            return ""
        rows = [line for line in text.splitlines()[-4 * lines :] if line.strip()]
        said = [" ".join(row.split()) for row in rows]
        errors = [line for line in said if " E " in line or line.startswith("nanites:")]
        traces = [number for number, row in enumerate(rows) if row.startswith("Traceback (most recent call last)")]
        if not errors and traces:
            # Its own lines are indented.
            after = traces[-1] + 1
            errors = [words for words, row in zip(said[after:], rows[after:], strict=True) if not row.startswith(" ")]
        return " | ".join((errors or said)[-lines:])[-800:]


def missing_library(words: str) -> str:
    """Return what to do where llama.cpp could not be loaded for want of a library of the system's; else nothing."""
    found = _MISSING.search(words)
    if found is None:
        return ""
    package = "; on Debian and Ubuntu: apt-get install libgomp1" if found[1].startswith("libgomp.") else ""
    return f"install the system's library {found[1]}{package}"


def open_lock(path: Path) -> int:
    """Return a descriptor of a lock file, made where it is missing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold a lock file for the block; yield False, without it, where another holds it."""
    descriptor = open_lock(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def is_locked(path: Path) -> bool:
    """Return whether a process holds this lock. Looking takes it shared, so that lookers do not see each other."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one model until nobody has asked for the idle time; return the exit code.

    With `--detach` the process goes on in the background and the call ends at once.
    """
    options = _options(arguments)
    place = Place(options.model)
    try:
        place.ensure()
        weights = store.find(options.model)
        if weights is None:
            raise store.missing(options.model)
    except EngineUnavailable as error:
        sys.stderr.write(f"nanites: {error}\n")
        return 4
    if not _take_life(place):
        sys.stderr.write(f"nanites: an engine for {options.model} is already running\n")
        return 0
    if options.detach and not _detach(place):
        return 0
    try:
        server = _serve(options, weights, place)
    except RuntimeError as error:
        sys.stderr.write(f"nanites: llama.cpp cannot serve {weights}: {error}\n")
        return 4
    _watch(server, place, options.idle_minutes * 60)
    sys.stdout.flush()
    os._exit(0)


def _take_life(place: Place) -> bool:
    """Take the life lock until the process ends; return False where another engine has it.

    Who only looks at the lock holds it for a moment, so one failure says nothing yet.
    """
    descriptor = open_lock(place.life_lock)
    for _ in range(20):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return True
    os.close(descriptor)
    return False


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nanites engine", description="Serve one model to this user's runners.")
    parser.add_argument("model")
    parser.add_argument("--context", type=int, default=8_192, help="window of a slot, in tokens")
    parser.add_argument("--slots", type=int, default=2, help="answers at once")
    parser.add_argument("--threads", type=int, default=0, help="threads that compute; 0 leaves it to llama.cpp")
    parser.add_argument("--idle-minutes", type=float, default=15.0, help="minutes without a request before it ends")
    parser.add_argument("--detach", action="store_true", help="go on in the background, with a log file")
    return parser.parse_args(arguments)


def _detach(place: Place) -> bool:
    """Go on in a process of its own session, its output in the log; return False in the one that was started.

    The life lock goes over to the new process, so that it counts as alive without a gap.
    """
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT // 4:
        place.log.replace(place.log.with_suffix(".log.1"))
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    if os.fork() != 0:
        return False
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nowhere, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    return True


def _serve(options: argparse.Namespace, weights: Path, place: Place) -> Any:
    """Load the model, write the state file and return llama.cpp's server, which runs in threads of its own."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    import xllamacpp

    key = secrets.token_urlsafe(32)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.model_alias = {options.model}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.endpoint_metrics = True
    parameters.n_parallel = options.slots
    parameters.n_ctx = options.context * options.slots
    parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS_GPU if has_gpu(xllamacpp) else BATCH_TOKENS
    parameters.cache_ram_mib = CACHE_MIB
    _guess_ahead(xllamacpp, parameters, options.slots)
    if options.threads:
        parameters.cpuparams.n_threads = options.threads
        parameters.cpuparams_batch.n_threads = options.threads
    server = xllamacpp.Server(parameters)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(place))
    state = EngineState(
        pid=os.getpid(),
        url=f"{server.listening_address}/v1",
        key=key,
        model=options.model,
        weights=str(weights),
        context=options.context,
        slots=options.slots,
        started_at=time.time(),
    )
    _write_private(place.state, state.model_dump_json().encode())
    return server


def _guess_ahead(xllamacpp: Any, parameters: Any, slots: int) -> None:
    """Have copied text guessed ahead, as far as the guesses of all slots fit one batch."""
    tokens = min(DRAFT_TOKENS, parameters.n_batch // slots - 1)
    if tokens < 2:
        return
    parameters.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
    parameters.speculative.ngram_simple.size_n = DRAFT_KEY
    parameters.speculative.ngram_simple.size_m = tokens


def has_gpu(xllamacpp: Any) -> bool:
    """Return whether llama.cpp will compute elsewhere than on the CPU."""
    cpu = xllamacpp.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    return any(device["type"] != cpu for device in xllamacpp.get_device_info())


def _write_private(path: Path, content: bytes) -> None:
    """Write a file whole that only the user can read."""
    temporary = path.with_suffix(f".{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    temporary.replace(path)


def _watch(server: Any, place: Place, idle_seconds: float) -> None:
    """Return when nobody has asked for `idle_seconds`, with the state file removed."""
    pause = min(5.0, max(0.1, idle_seconds / 8))
    seen, active_at = "", time.monotonic()
    while True:
        time.sleep(pause)
        work = _work(server)
        touched = place.state.stat().st_mtime_ns if place.state.exists() else 0
        if work != seen or "busy" in work:
            seen, active_at = work, time.monotonic()
        asked = time.time() - touched / 1e9
        _limit_log(place)
        if time.monotonic() - active_at < idle_seconds or 0 <= asked < idle_seconds:
            continue
        with try_lock(place.start_lock) as alone:
            unchanged = not place.state.exists() or place.state.stat().st_mtime_ns == touched
            if alone and unchanged and _work(server) == seen:
                place.state.unlink(missing_ok=True)
                return


def _work(server: Any) -> str:
    """Return a text that changes when the server works, with `busy` in it while a request is being served."""
    lines = [line for line in server.handle_metrics().splitlines() if line.startswith("llamacpp:")]
    values = dict(line.removeprefix("llamacpp:").rsplit(" ", 1) for line in lines)
    busy = any(float(values.get(name, "0")) > 0 for name in ("requests_processing", "requests_deferred"))
    totals = [values.get(name, "") for name in ("prompt_tokens_total", "tokens_predicted_total")]
    return " ".join(["busy" if busy else "idle", *totals])


def _limit_log(place: Place) -> None:
    """Begin the log anew when it has grown too long; it is open for appending, so what follows starts at its head."""
    try:
        if place.log.stat().st_size > LOG_LIMIT:
            os.truncate(place.log, 0)
    except OSError:
        return


def _end(place: Place) -> None:
    """End at once, as a signal asked; what llama.cpp holds is given back by the kernel."""
    place.state.unlink(missing_ok=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
