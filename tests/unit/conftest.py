"""What holds for the everyday tests: what the workbench keeps for a user stays out of the user's home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def known_types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what mypy remembers of the standard library, for all tests: to read it anew takes it a second."""
    return tmp_path_factory.mktemp("nanites-mypy")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return names for homes: to number thousands by what is there already takes ever longer."""
    folder = tmp_path_factory.mktemp("nanites-homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch, known_types: Path) -> Path:
    """Give each test a `NANITES_HOME` of its own, without weights and without an engine."""
    home = next(homes)
    home.mkdir(mode=0o700)
    (home / "mypy").symlink_to(known_types)
    monkeypatch.setenv("NANITES_HOME", str(home))
    return home
