"""The machine's clock may be set while work is under way: nothing ends, and nothing lasts longer, for that."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.house.place import PATCH_RULE, Place
from workbench.model import State


@pytest.mark.parametrize("step", [86_400.0, -86_400.0, 315_360_000.0])
async def test_a_step_of_the_clock_is_no_end_of_a_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: float
) -> None:
    place = Place(tmp_path / "repository", rules=[PATCH_RULE | {"delay": 0.2}])
    real = time.time
    async with place.at_work():
        task = place.drop(timeout=60)
        await place.heard("prompt-sent", task)
        monkeypatch.setattr(time, "time", lambda: real() + step)
        assert (await place.rested(task)).state is State.REVIEW


async def test_a_step_back_does_not_prolong_a_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "…", "hang": True}])
    real = time.time
    async with place.at_work():
        task = place.drop(timeout=1)
        await place.heard("prompt-sent", task)
        monkeypatch.setattr(time, "time", lambda: real() - 86_400)
        began = time.monotonic()
        result = await place.rested(task, State.FAILED)
        assert result.error is not None
        assert result.error.code == "timeout"
        assert time.monotonic() - began < 20
