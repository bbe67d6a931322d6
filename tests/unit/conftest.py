"""What holds for the everyday tests: what the workbench keeps for a user stays out of the user's home."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a `NANITES_HOME` of its own, without weights and without an engine."""
    home = tmp_path_factory.mktemp("nanites-home")
    monkeypatch.setenv("NANITES_HOME", str(home))
    return home
