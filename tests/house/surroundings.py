"""What lies around a repository that is attacked, and whether it is still what it was."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from tests.house.place import TRUNCATED, Place

GOOD = TRUNCATED
SENTINEL = "not to be touched\n"


def state_of(place: Place) -> dict[str, str]:
    """Return a digest of everything around and in the repository but the workbench's own folder."""
    found = {}
    for path in sorted(place.root.parent.rglob("*")):
        if path.is_relative_to(place.folder.path) or path.name.startswith("repository.script"):
            continue
        if path.is_symlink():
            found[str(path)] = str(path.readlink())
        elif path.is_file():
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[str(path)] = oct(path.stat().st_mode)
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Return the names of what is not what it was."""
    return {Path(path).name for path in before | after if before.get(path) != after.get(path)}


def surround(place: Place) -> None:
    """Put things around that an enemy would like to change."""
    outside = place.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text(SENTINEL)
    (place.root / "other.py").write_text("def other():\n    return 1\n")
    (place.root / "link.py").symlink_to(outside / "secret.py")
    (place.root / "folder").symlink_to(outside)
    (place.root / "twin").mkdir()
    os.link(outside / "secret.py", place.root / "twin/hard.py")
