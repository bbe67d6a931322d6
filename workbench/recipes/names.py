"""Which recipes there are, by the names of their files: no recipe is read, so that dropping a task stays quick."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path

from workbench.errors import TaskRefused

FOLDER = ".nanites-recipes"
"""Where a repository keeps recipes of its own."""

MOST_FILES = 200
"""Files of that folder that are looked at."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def kinds(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of all recipes, sorted: those that ship, and with `root` those of that repository too."""
    return _shipped() if root is None else tuple(sorted({*_shipped(), *own_kinds(root)}))


@cache
def _shipped() -> tuple[str, ...]:
    files = (entry.name for entry in resources.files("workbench.recipes").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def own_kinds(root: Path) -> tuple[str, ...]:
    """Return the names of a repository's own recipes, sorted. A folder or a file that is a link does not count."""
    place = root / FOLDER
    try:
        if place.is_symlink():
            return ()
        with os.scandir(place) as entries:
            files = [entry.name for entry, _ in zip(entries, range(MOST_FILES)) if entry.is_file(follow_symlinks=False)]  # noqa: B905
    except OSError:
        return ()
    names = (name.removesuffix(".toml") for name in files if name.endswith(".toml"))
    return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


def check_kind(kind: object, root: Path | None = None) -> None:
    """Make sure that a task kind has a recipe, one that ships or, with `root`, one of that repository.

    Raises:
        TaskRefused: it has none (code `unknown-kind`).
    """
    if kind in _shipped() or (root is not None and kind in own_kinds(root)):
        return
    known = f"known kinds: {', '.join(kinds(root))}"
    raise TaskRefused(f"there is no task kind {kind!r}", code="unknown-kind", field="kind", hint=known)
