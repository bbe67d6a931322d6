"""One day of real work for all tests here; each that changes something gets a copy of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.tui.day import Day, a_day


@pytest.fixture(scope="session")
def kept_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A day of work, not to be changed."""
    return a_day(tmp_path_factory.mktemp("day") / "repository")


@pytest.fixture
def day(kept_day: Day, tmp_path: Path) -> Day:
    """A day of work of one's own."""
    return kept_day.copied(tmp_path / "repository")


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No blinking, no sliding, no zone but UTC, no terminal's own habits."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name in ("TERM_PROGRAM", "NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
