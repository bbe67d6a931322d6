"""Files that are kept from one check to the next: they save time, and no command can change what the next one sees."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.place import git
from workbench.checks import places
from workbench.checks import stock as stock_module
from workbench.checks.worktree import Worktree, scratch
from workbench.model import FileEdit
from workbench.repository import Repository

NAMES = [f"folder{number % 3}/file{number}.txt" for number in range(12)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository whose files are old enough to be kept; no other test's stock is there."""
    place = tmp_path / "repository"
    place.mkdir()
    git(place, "init", "-q")
    for name in NAMES:
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(f"{name}\n")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "begin")
    monkeypatch.setattr(stock_module, "_FRESH_NANOSECONDS", 0)
    time.sleep(0.02)
    yield place.resolve()
    stock_module.forget_all()


def tree_of(copy: Worktree) -> dict[str, str]:
    return {name: (copy.tree / name).read_text() for name in NAMES if (copy.tree / name).exists()}


def inodes(copy: Worktree) -> dict[str, int]:
    return {name: (copy.tree / name).stat().st_ino for name in NAMES}


WHOLE = {name: f"{name}\n" for name in NAMES}


async def test_the_second_copy_links_what_the_first_one_copied(root: Path) -> None:
    async with scratch(Repository(root), [], bind=True) as copy:
        first = inodes(copy)
        assert not set(first.values()) & {(root / name).stat().st_ino for name in NAMES}, "never the user's own files"
    async with scratch(Repository(root), [], bind=True) as copy:
        assert inodes(copy) == first
        assert tree_of(copy) == WHOLE


def write(path: Path) -> None:
    path.write_text("evil\n")


def append_and_set_times_back(path: Path) -> None:
    before = path.stat()
    with path.open("r+b") as stream:
        stream.write(b"EVIL")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def map_and_write(path: Path) -> None:
    import mmap

    with path.open("r+b") as stream, mmap.mmap(stream.fileno(), 0) as mapped:
        mapped[0:4] = b"EVIL"


def make_executable(path: Path) -> None:
    path.chmod(0o777)


def write_by_another_link(path: Path) -> None:
    other = path.with_name("other")
    os.link(path, other)
    other.write_text("evil\n")


def replace(path: Path) -> None:
    path.unlink()
    path.write_text("evil\n")


@pytest.mark.parametrize(
    "harm", [write, append_and_set_times_back, map_and_write, make_executable, write_by_another_link, replace]
)
async def test_what_a_command_does_to_a_file_is_gone_with_it(root: Path, harm: object) -> None:
    assert callable(harm)
    modes = {name: (root / name).stat().st_mode for name in NAMES}
    for _ in range(3):
        async with scratch(Repository(root), [], bind=True) as copy:
            assert tree_of(copy) == WHOLE
            assert {name: (copy.tree / name).stat().st_mode for name in NAMES} == modes
            # At once: the file is the newest there is, and the kernel's clock may not have ticked since.
            harm(copy.tree / NAMES[-1])
            harm(copy.tree / NAMES[0])
    assert {name: (root / name).read_text() for name in NAMES} == WHOLE


async def test_two_copies_at_a_time_share_nothing(root: Path) -> None:
    repository = Repository(root)
    async with scratch(repository, [], bind=True):
        pass
    async with scratch(repository, [], bind=True) as one, scratch(repository, [], bind=True) as two:
        assert not set(inodes(one).values()) & set(inodes(two).values())
        (one.tree / NAMES[0]).write_text("evil\n")
        assert tree_of(two) == WHOLE
    async with scratch(repository, [], bind=True) as copy:
        assert tree_of(copy) == WHOLE


@pytest.mark.parametrize("back_in_time", [False, True])
async def test_a_file_that_the_user_changed_is_copied_anew(root: Path, back_in_time: bool) -> None:
    repository = Repository(root)
    async with scratch(repository, [], bind=True):
        pass
    path = root / NAMES[3]
    before = path.stat()
    path.write_text("X" + WHOLE[NAMES[3]][1:])
    if back_in_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    async with scratch(repository, [], bind=True) as copy:
        assert tree_of(copy) == WHOLE | {NAMES[3]: path.read_text()}


async def test_an_edit_changes_the_copy_and_not_the_stock(root: Path) -> None:
    repository = Repository(root)
    edit = FileEdit(path=NAMES[5], before=WHOLE[NAMES[5]].encode(), after=b"new\n")
    for _ in range(2):
        async with scratch(repository, [edit], bind=True) as copy:
            assert tree_of(copy) == WHOLE | {NAMES[5]: "new\n"}
        async with scratch(repository, [], bind=True) as copy:
            assert tree_of(copy) == WHOLE


async def test_a_cancelled_copy_leaves_the_stock_as_good_as_it_was(root: Path) -> None:
    repository = Repository(root)
    async with scratch(repository, [], bind=True):
        pass

    async def hang() -> None:
        async with scratch(repository, [], bind=True) as copy:
            (copy.tree / NAMES[0]).write_text("evil\n")
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    for pause in (0.0, 0.01, 0.05):
        await asyncio.sleep(pause)
    task.cancel()
    await asyncio.wait({task})
    async with scratch(repository, [], bind=True) as copy:
        assert tree_of(copy) == WHOLE


async def test_a_file_changed_a_moment_ago_is_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock_module, "_FRESH_NANOSECONDS", 3_600_000_000_000)
    repository = Repository(root)
    async with scratch(repository, [], bind=True) as copy:
        first = inodes(copy)
        assert all((copy.tree / name).stat().st_nlink == 1 for name in NAMES)
    async with scratch(repository, [], bind=True) as copy:
        assert all((copy.tree / name).stat().st_nlink == 1 for name in NAMES)
        assert tree_of(copy) == WHOLE
    assert first


async def test_no_more_is_kept_than_there_is_room_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock_module, "MAX_BYTES", 4 * len(WHOLE[NAMES[0]]))
    async with scratch(Repository(root), [], bind=True) as copy:
        assert tree_of(copy) == WHOLE
        kept = [name for name in NAMES if (copy.tree / name).stat().st_nlink == 2]
        assert 0 < len(kept) <= 4


async def test_a_stock_that_somebody_removed_is_no_fault(root: Path) -> None:
    repository = Repository(root)
    async with scratch(repository, [], bind=True):
        pass
    places.remove(stock_module._stocks[root].base)
    for _ in range(2):
        async with scratch(repository, [], bind=True) as copy:
            assert tree_of(copy) == WHOLE


def test_a_stock_is_of_one_thread_at_a_time(root: Path) -> None:
    found: list[object] = []
    one = stock_module.lease(root)
    assert one is not None
    thread = threading.Thread(target=lambda: found.append(stock_module.lease(root)))
    thread.start()
    thread.join()
    assert found == [None]
    stock_module.give_back(one, root / "nothing")
    again = stock_module.lease(root)
    assert again is one
    stock_module.give_back(one, root / "nothing")


async def test_stocks_go_when_the_process_ends(root: Path) -> None:
    async with scratch(Repository(root), [], bind=True):
        pass
    base = stock_module._stocks[root].base
    assert base.is_dir()
    stock_module.forget_all()
    assert not base.exists()
