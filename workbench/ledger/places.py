"""The user's repositories that have had a runner or a client, so that savings can be told of all of them together."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.home import home

FILE_NAME = "repositories.txt"
MOST_PLACES = 1_000


def _file() -> Path:
    return home() / FILE_NAME


def known() -> tuple[Path, ...]:
    """Return the known repositories that are still there, in the order in which they were first seen."""
    try:
        lines = _file().read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    there = (Path(line) for line in dict.fromkeys(lines) if line.startswith("/"))
    return tuple(path for path in there if (path / ".nanites").is_dir())


def remember(root: Path) -> None:
    """Add a repository to the known ones. Where that cannot be written it stays unknown, which hurts nobody."""
    there = known()
    if root in there or "\n" in str(root):
        return
    # Whole and anew, so that those that are gone do not pile up.
    data = b"".join(os.fsencode(f"{path}\n") for path in (*there, root)[-MOST_PLACES:])
    temporary = _file().with_name(f".{FILE_NAME}.{os.getpid()}.tmp")
    try:
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(_file())
    except OSError:
        return
