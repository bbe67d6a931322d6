"""A runner is kept alive while a call waits: one is started, started again where it died, and given up after a few."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.house.mcp_client import end_runner
from tests.house.place import PATCH_RULE, Place
from workbench import client as folder_client
from workbench.errors import NaniteError
from workbench.mcp.waiting import Keeper
from workbench.runner_process import RunnerProcess, without_secrets


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repo", rules=[PATCH_RULE])


async def test_a_keeper_starts_a_runner_and_tells_why_one_does_not_start(place: Place) -> None:
    runner = RunnerProcess(place.folder, idle_minutes=5, environment=without_secrets({"PATH": "/usr/bin:/bin"}))
    try:
        await Keeper(place.folder, runner)([])
        assert folder_client.is_at_work(place.folder)
        assert runner.is_ours
        runner.start()
    finally:
        end_runner(place)
    place.configure('[runner]\nparallel = "many"\n')
    with pytest.raises(NaniteError, match=r"runner\.parallel"):
        await Keeper(place.folder, RunnerProcess(place.folder))([])


@pytest.mark.slow
async def test_clients_that_start_a_runner_at_once_share_the_one_that_came_first(place: Place) -> None:
    keepers = [Keeper(place.folder, RunnerProcess(place.folder, idle_minutes=5)) for _ in range(3)]
    try:
        await asyncio.gather(*(keeper([]) for keeper in keepers))
        async with asyncio.timeout(20):
            while not folder_client.is_at_work(place.folder):  # noqa: ASYNC110 — it is another process that begins
                await asyncio.sleep(0.02)
    finally:
        end_runner(place)


class LingeringRunner(RunnerProcess):
    """A runner that was killed and is not gone yet: a process as before, without the folder in its hands."""

    looks = 4

    @property
    def is_starting(self) -> bool:
        """Whether the process lives: the killed one for a few looks, then the one that was started in its place."""
        self.looks -= 1
        return self.looks > 0 or super().is_starting

    def failure(self) -> str | None:
        """Return how the killed one ended."""
        return super().failure() if self._started else "the runner ended with code -9"


async def test_a_keeper_starts_another_where_the_last_one_was_killed_a_moment_ago(place: Place) -> None:
    try:
        await Keeper(place.folder, LingeringRunner(place.folder, idle_minutes=5))([])
        assert folder_client.is_at_work(place.folder)
    finally:
        end_runner(place)


class DyingRunner(RunnerProcess):
    """A runner that ends as soon as it is started, without a word."""

    def start(self) -> None:
        """Do nothing: it is gone already."""


async def test_a_keeper_gives_a_runner_up_that_dies_again_and_again(place: Place) -> None:
    keeper = Keeper(place.folder, DyingRunner(place.folder))
    for _ in range(3):
        await keeper([])
    with pytest.raises(NaniteError, match="again and again"):
        await keeper([])


async def test_a_keeper_says_so_where_no_process_can_be_started(place: Place) -> None:
    (place.folder.path / "runner.log").mkdir()
    with pytest.raises(NaniteError, match="no runner can be started"):
        await Keeper(place.folder, RunnerProcess(place.folder))([])
