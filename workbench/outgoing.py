"""What left this machine: a line for each thing that was sent, or fetched, from a host that is not this machine.

Kept once for a user, beside the weights, because hosts are the user's, not a repository's. It is written before the
thing is sent, so nothing can leave unwritten; where it cannot be written, nothing is sent.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any

from workbench.errors import NaniteError
from workbench.home import home

FILE_NAME = "outgoing.jsonl"


def note(host: str, what: str, **more: Any) -> None:
    """Write down that `what` goes to `host` now.

    Raises:
        NaniteError: it cannot be written (code `outgoing-unwritten`).
    """
    line = {"at": round(time.time(), 3), "host": host, "what": what, "pid": os.getpid()} | more
    data = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(home() / FILE_NAME, flags, 0o600)
        try:
            os.write(descriptor, data.encode("utf-8", "replace"))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NaniteError(
            f"what leaves this machine cannot be written down: {error.strerror}",
            code="outgoing-unwritten",
            hint=f"make {home()} writable; nothing is sent before",
        ) from error


def entries() -> Iterator[dict[str, Any]]:
    """Yield what was written down, oldest first."""
    try:
        data = (home() / FILE_NAME).read_bytes()
    except OSError:
        return
    for raw in data.splitlines():
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line
