"""The transaction when any of its calls fails, or the process dies at it: all files are old, or all are new."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.transactions import (
    NEW,
    OLD,
    QUICK,
    WORKS,
    Calls,
    contents,
    count_calls,
    die_at,
    do_apply,
    fail,
    home_in,
    laid_out,
    nothing,
    refused_with,
    scratch,
    snapshot,
)
from workbench.edits.apply import recover, undo


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


@pytest.fixture
def home(root: Path) -> Path:
    return home_in(root)


CODES = {errno.ENOSPC: "disk-full", errno.EACCES: "not-permitted", errno.EIO: "disk-error"}
# In the everyday run each call fails in one way, the ways taking turns; in the slow one each fails in all ways.
WAYS = [
    pytest.param(list(CODES), id="in-turn"),
    *(pytest.param([number], id=code, marks=pytest.mark.slow) for number, code in CODES.items()),
]


@pytest.mark.parametrize("numbers", WAYS)
@pytest.mark.parametrize(("work", "prepare", "old", "new"), WORKS)
def test_a_failure_of_any_call_leaves_all_files_old_or_all_new(
    work: Callable[..., object],
    prepare: Callable[[Path, Path], object],
    old: dict[str, bytes | None],
    new: dict[str, bytes | None],
    numbers: list[int],
) -> None:
    total = count_calls(work, prepare)
    assert total > 60
    refused = 0
    for at in range(1, total + 1):
        number = numbers[at % len(numbers)]
        with scratch(prepare) as (root, home):
            before = snapshot(root)
            code = refused_with(work, root, home, Calls(at, fail(number)))
            if code is not None:
                refused += 1
                assert code == CODES[number], f"call {at}"
                assert snapshot(root) == before, f"call {at}"
                assert recover(root, home) is None, f"call {at}"
                assert snapshot(root) == before, f"call {at}"
                # What failed once can be done later.
                work(root, home, Calls(0, lambda: None))
            assert contents(root) == new, f"call {at}"
            recover(root, home)
            assert not [path for path in snapshot(root) if ".nanites" in path], f"call {at}"
    # The rest are calls that tidy up after the deed, or links that a file system may not know.
    assert refused > total * 0.7


@pytest.mark.parametrize(("work", "prepare", "old", "new"), WORKS)
def test_when_every_call_fails_from_some_moment_on_recover_makes_the_state_whole(
    work: Callable[..., object],
    prepare: Callable[[Path, Path], object],
    old: dict[str, bytes | None],
    new: dict[str, bytes | None],
) -> None:
    codes = set()
    for at in range(1, count_calls(work, prepare) + 1, 3):
        with scratch(prepare) as (root, home):
            codes.add(refused_with(work, root, home, Calls(at, fail(errno.EIO), for_ever=True)))
            came_to = recover(root, home)
            assert contents(root) in (old, new), f"call {at}"
            if came_to is not None:
                assert contents(root) == (NEW if came_to == "applied" else OLD), f"call {at}"
            assert recover(root, home) is None
            assert not [path for path in snapshot(root) if ".nanites" in path]
    assert codes == {"disk-error", "rollback-failed", None}


@pytest.mark.parametrize("step", [pytest.param(3, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("work", "prepare", "old", "new"), WORKS)
def test_a_process_killed_at_any_call_leaves_old_or_new_after_recovery(
    work: Callable[..., object],
    prepare: Callable[[Path, Path], object],
    old: dict[str, bytes | None],
    new: dict[str, bytes | None],
    step: int,
) -> None:
    came = set()
    for at in range(1, count_calls(work, prepare) + 1, step):
        with scratch(prepare) as (root, home):
            before = snapshot(root)
            assert die_at(at, work, root, home)
            came_to = recover(root, home)
            came.add(came_to)
            now = contents(root)
            assert now in (old, new), f"call {at}"
            if came_to is None:
                assert snapshot(root) == before or now == new, f"call {at}"
            else:
                assert now == (NEW if came_to == "applied" else OLD), f"call {at}"
            assert not [path for path in snapshot(root) if ".nanites" in path], f"call {at}"
            if at % 4 == 0:
                work(root, home, Calls(0, lambda: None))
                assert contents(root) == new, f"call {at}"
                undo(root, home)
                assert contents(root) == OLD
    assert came == {None, "applied" if new is NEW else "reverted"}


def test_a_process_killed_during_recovery_is_recovered_too() -> None:
    with scratch(nothing) as (root, home):
        at = next(at for at in range(40, 200) if die_at(at, do_apply, root, home) and (home / "undo").exists())
        kept = Path(tempfile.mkdtemp(dir=QUICK))
        shutil.copytree(root, kept / "copy", symlinks=True)
    try:
        for then in range(1, 200):
            with tempfile.TemporaryDirectory(dir=QUICK) as name:
                copy = shutil.copytree(kept / "copy", Path(name) / "copy", symlinks=True)
                inner = copy / home.relative_to(root)
                died = die_at(then, lambda r, h, calls: recover(r, h, announce=calls), copy, inner)
                recover(copy, inner)
                assert contents(copy) in (OLD, NEW), f"calls {at}, {then}"
                assert recover(copy, inner) is None
                if not died:
                    return
    finally:
        shutil.rmtree(kept)
    raise AssertionError("recovery never came to an end")
