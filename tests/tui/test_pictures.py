"""The documents show the screens as they are."""

from __future__ import annotations

import pytest

from tests.tui.day import Day
from tests.tui.pictures import FOLDER, PICTURES, drawn


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_in_the_documents_is_what_the_screen_shows(name: str, day: Day) -> None:
    shown = await drawn(name, day)
    assert shown == (FOLDER / f"{name}.svg").read_text(encoding="utf-8"), "run: python -m tests.tui.pictures"
