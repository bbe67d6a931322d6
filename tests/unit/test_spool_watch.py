"""The watcher: it says at once that there may be something, hears every drop, and stops when told."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house.place import Place
from workbench.model import Decision, State, TaskSpec
from workbench.spool import watch
from workbench.spool.folder import Folder, new_id
from workbench.spool.inbox import drop, drop_decision


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


async def test_it_looks_once_at_the_start_for_what_was_there_before(folder: Folder) -> None:
    looks = 0
    async with asyncio.timeout(5):
        async for _ in watch.changes(folder, asyncio.Event()):
            looks += 1
            break
    assert looks == 1


async def test_a_dropped_task_and_a_decision_wake_it_within_a_moment(folder: Folder) -> None:
    stop = asyncio.Event()
    woke = asyncio.Event()

    async def listen() -> None:
        async for _ in watch.changes(folder, stop):
            woke.set()

    listener = asyncio.create_task(listen())
    async with asyncio.timeout(20):
        await woke.wait()
        # The first drops may come before the kernel watches; then the slow look would find them.
        for number in range(6):
            await asyncio.sleep(0.1)
            woke.clear()
            began = time.monotonic()
            if number % 2:
                drop(folder, TaskSpec(task="x"))
            else:
                drop_decision(folder, new_id(), Decision(decision="approve"))
            await woke.wait()
            if number > 1:
                assert time.monotonic() - began < 1
        stop.set()
        await listener


async def test_without_any_notification_it_still_looks_every_few_seconds(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_INTERVAL_MS", 50)
    looks = 0
    async with asyncio.timeout(10):
        async for _ in watch.changes(folder, asyncio.Event()):
            looks += 1
            if looks == 3:
                break
    assert looks == 3


async def test_it_ends_when_told_to(folder: Folder) -> None:
    stop = asyncio.Event()

    async def listen() -> int:
        return len([None async for _ in watch.changes(folder, stop)])

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(5):
        assert await listener >= 1


def no_watch_left(*_: object, **__: object) -> AsyncIterator[set[object]]:
    """Stand in for `awatch` where the user has as many watchers as the kernel allows."""

    async def fail() -> AsyncIterator[set[object]]:
        raise OSError(errno.EMFILE, "inotify_init: too many open files")
        yield set()

    return fail()


async def test_where_nothing_can_be_watched_it_looks_every_second(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfiles.awatch", no_watch_left)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.02)
    stop, woken = asyncio.Event(), 0
    async with asyncio.timeout(5):
        async for _ in watch.changes(folder, stop):
            woken += 1
            if woken == 5:
                stop.set()
    assert woken == 5


async def test_a_runner_that_cannot_watch_its_folder_works_and_ends_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfiles.awatch", no_watch_left)
    monkeypatch.setattr("workbench.spool.watch.LOOK_SECONDS", 0.05)
    place = Place(tmp_path / "repository")
    async with asyncio.timeout(20), place.at_work():
        assert (await place.rested(place.drop(), State.REVIEW)).state is State.REVIEW
