"""The scratch copy: what is in it, that it knows git's history, and that the user's tree never feels it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from workbench.checks import stock, worktree
from workbench.checks.places import PREFIX, new_base, sweep
from workbench.checks.worktree import scratch
from workbench.edits.writing.journal import Bundle, Entry, new_token
from workbench.errors import CheckFailed, EditRefused
from workbench.model import FileEdit
from workbench.repository import Repository, git_environment


def git(root: Path, *arguments: str) -> str:
    environment = git_environment() | {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("*.secret\n.venv\nnode_modules\n")
    (root / "committed.py").write_text("x = 1\n")
    (root / "sub").mkdir()
    (root / "sub/gone.py").write_text("y = 1\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    git(root, "tag", "v1")
    return root


def state_of(root: Path) -> dict[str, bytes]:
    return {str(place.relative_to(root)): place.read_bytes() for place in sorted(root.rglob("*")) if place.is_file()}


async def test_it_has_what_the_user_has_now_and_the_edits(root: Path) -> None:
    (root / "committed.py").write_text("x = 2\n")
    (root / "untracked naïve.py").write_text("z = 1\n")
    (root / "key.secret").write_text("hush\n")
    (root / "sub/gone.py").unlink()
    (root / "staged.py").write_text("s = 1\n")
    git(root, "add", "staged.py")
    (root / "tool.sh").write_text("#!/bin/sh\n")
    (root / "tool.sh").chmod(0o755)
    edits = [
        FileEdit(path="committed.py", before=b"x = 2\n", after=b"x = 3\n"),
        FileEdit(path="deep/new.py", before=None, after=b"n = 1\n", mode=0o755),
        FileEdit(path="staged.py", before=b"s = 1\n", after=None),
    ]
    before = state_of(root)
    async with scratch(Repository(root), edits) as copy:
        found = {str(place.relative_to(copy.tree)) for place in copy.tree.rglob("*") if ".git/" not in str(place)}
        assert found - {".git", "deep"} == {
            ".gitignore",
            "committed.py",
            "untracked naïve.py",
            "tool.sh",
            "deep/new.py",
        }
        assert (copy.tree / "committed.py").read_text() == "x = 3\n"
        assert os.access(copy.tree / "tool.sh", os.X_OK)
        assert os.access(copy.tree / "deep/new.py", os.X_OK)
    assert state_of(root) == before


async def test_git_inside_sees_the_same_history_branch_and_index(root: Path) -> None:
    (root / "committed.py").write_text("x = 2\n")
    (root / "staged.py").write_text("s = 1\n")
    git(root, "add", "staged.py")
    async with scratch(Repository(root), []) as copy:
        for question in (
            ("rev-parse", "HEAD"),
            ("symbolic-ref", "HEAD"),
            ("describe", "--tags"),
            ("status", "--porcelain"),
            ("diff", "HEAD"),
            ("log", "--format=%H %s"),
            ("ls-files", "-s"),
            ("show-ref",),
        ):
            assert git(copy.tree, *question) == git(root, *question), question
        assert Path(git(copy.tree, "rev-parse", "--show-toplevel").strip()) == copy.tree


async def test_whatever_git_does_inside_stays_inside(root: Path) -> None:
    hook = root / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {root}/hooked\n")
    hook.chmod(0o755)
    git(root, "config", "core.fsmonitor", f"touch {root}/monitored")
    git(root, "config", "filter.evil.clean", f"touch {root}/filtered; cat")
    (root / ".gitattributes").write_text("*.py filter=evil\n")
    before = state_of(root)
    async with scratch(Repository(root), []) as copy:
        (copy.tree / "committed.py").write_text("broken\n")
        git(copy.tree, "add", "-A")
        git(copy.tree, "commit", "-q", "-m", "inside")
        git(copy.tree, "branch", "other")
        git(copy.tree, "gc", "-q", "--prune=now")
        git(copy.tree, "reset", "-q", "--hard", "v1")
        git(copy.tree, "clean", "-fdxq")
    assert state_of(root) == before


async def test_a_repository_without_a_commit_works(tmp_path: Path) -> None:
    root = tmp_path / "fresh"
    root.mkdir()
    git(root, "init", "-q", "-b", "trunk")
    (root / "a.py").write_text("a = 1\n")
    async with scratch(Repository(root), []) as copy:
        assert (copy.tree / "a.py").read_text() == "a = 1\n"
        assert git(copy.tree, "status", "--porcelain") == "?? a.py\n"
        assert git(copy.tree, "symbolic-ref", "HEAD") == "refs/heads/trunk\n"
    assert git(root, "status", "--porcelain") == "?? a.py\n"


async def test_linked_worktrees_detached_heads_and_shallow_clones_work(root: Path, tmp_path: Path) -> None:
    (root / "committed.py").write_text("x = 2\n")
    git(root, "commit", "-q", "-am", "second")
    git(root, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"), "v1")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    for name in ("linked", "shallow"):
        async with scratch(Repository(tmp_path / name), []) as copy:
            assert git(copy.tree, "log", "--format=%H") == git(tmp_path / name, "log", "--format=%H")
            assert git(copy.tree, "status", "--porcelain") == ""


async def test_a_submodule_is_copied_with_its_files(root: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "-q")
    (inner / "lib.py").write_text("l = 1\n")
    git(inner, "add", "-A")
    git(inner, "commit", "-q", "-m", "inner")
    git(root, "submodule", "--quiet", "add", str(inner), "vendored")
    async with scratch(Repository(root), []) as copy:
        assert (copy.tree / "vendored/lib.py").read_text() == "l = 1\n"


async def test_symlinks_stay_links_and_lead_into_the_copy(root: Path) -> None:
    (root / "relative").symlink_to("committed.py")
    (root / "absolute").symlink_to(root / "committed.py")
    (root / "dangling").symlink_to("nowhere")
    (root / "folder").symlink_to("sub")
    async with scratch(Repository(root), []) as copy:
        assert (copy.tree / "relative").resolve() == copy.tree / "committed.py"
        assert (copy.tree / "absolute").resolve() == copy.tree / "committed.py"
        assert (copy.tree / "dangling").is_symlink()
        assert (copy.tree / "folder").resolve() == copy.tree / "sub"


async def test_an_edit_through_a_symlink_is_refused(root: Path, tmp_path: Path) -> None:
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(CheckFailed) as caught:
        async with scratch(Repository(root), [FileEdit(path="out/x.py", before=None, after=b"x")]):
            pass
    assert caught.value.code == "symlink"
    assert not (tmp_path / "x.py").exists()


@pytest.mark.parametrize("kept", [False, True])
async def test_a_file_that_goes_away_while_it_is_copied_is_left_out(
    root: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    (root / "passing.tmp").write_text("an editor's")
    os.utime(root / "passing.tmp", (1, 1))
    real = stock.copy

    def vanish(source: bytes, goal: bytes) -> bool:
        (root / "passing.tmp").unlink(missing_ok=True)
        return real(source, goal)

    monkeypatch.setattr(stock if kept else worktree, "copy", vanish)
    monkeypatch.setattr(stock, "_FRESH_NANOSECONDS", 0)
    (root / "committed.py").touch()
    async with scratch(Repository(root), [], bind=kept) as copy:
        assert sorted(path.name for path in copy.tree.rglob("*.*") if ".git" not in path.parts) == [
            ".gitignore",
            "committed.py",
            "gone.py",
        ]


async def test_what_an_approval_lays_beside_its_files_for_a_moment_is_not_copied(root: Path) -> None:
    bundle = Bundle(token=new_token(), asked="", entries=(Entry(path="sub/gone.py", before="a", after="b"),))
    for what in ("new", "old"):
        (root / bundle.temporary(0, what)).write_text("half a change")
    async with scratch(Repository(root), []) as copy:
        assert [path.name for path in (copy.tree / "sub").iterdir()] == ["gone.py"]


async def test_an_edit_that_does_not_fit_the_tree_any_more_is_refused(root: Path, temporary: Path) -> None:
    with pytest.raises(EditRefused) as caught:
        async with scratch(Repository(root), [FileEdit(path="committed.py", before=b"other\n", after=b"x\n")]):
            pass
    assert caught.value.code == "changed"
    assert list(temporary.iterdir()) == []


async def test_ignored_folders_a_test_run_needs_are_linked_and_survive(root: Path) -> None:
    (root / ".gitignore").write_text(".venv/\nnode_modules/\n")
    git(root, "commit", "-q", "-am", "folders only")
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/tool").write_text("tool\n")
    (root / "node_modules").mkdir()
    async with scratch(Repository(root), []) as copy:
        assert (copy.tree / ".venv/bin/tool").read_text() == "tool\n"
        assert (copy.tree / "node_modules").is_symlink()
        assert git(copy.tree, "status", "--porcelain") == ""
    assert (root / ".venv/bin/tool").read_text() == "tool\n"


async def test_it_is_gone_afterwards_whatever_happened_in_it(root: Path, temporary: Path) -> None:
    async def break_it() -> None:
        async with scratch(Repository(root), []) as copy:
            locked = copy.tree / "locked"
            locked.mkdir()
            (locked / "file").write_text("")
            locked.chmod(0o500)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_it()
    assert list(temporary.iterdir()) == []


async def test_it_is_gone_after_a_cancellation_while_it_is_made(root: Path, temporary: Path) -> None:
    for number in range(400):
        (root / f"file{number}.py").write_text("x\n")

    async def work() -> None:
        async with scratch(Repository(root), []):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    while not list(temporary.glob("*/tree/file*.py")):  # noqa: ASYNC110 — files tell nobody that they are there
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(temporary.iterdir()) == []


async def test_no_room_for_the_copy_is_an_error_with_a_hint(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(root / "nowhere"))
    with pytest.raises(CheckFailed) as caught:
        async with scratch(Repository(root), []):
            pass
    assert caught.value.code == "no-worktree"
    assert "TMPDIR" in caught.value.hint


def test_copies_of_dead_processes_are_swept_and_those_of_the_living_are_not(temporary: Path) -> None:
    child = subprocess.Popen(["true"])
    child.wait()
    began = int(new_base().name.split("-")[3])
    dead = temporary / f"{PREFIX}{child.pid}-{began}-aaaa"
    reused = temporary / f"{PREFIX}{os.getpid()}-{began - 1000}-bbbb"
    alive = temporary / f"{PREFIX}{os.getpid()}-{began}-cccc"
    foreign = temporary / f"{PREFIX}something"
    link = temporary / f"{PREFIX}{child.pid}-{began}-dddd"
    for place in (dead, reused, alive, foreign):
        (place / "tree").mkdir(parents=True)
    link.symlink_to(foreign)
    sweep()
    assert sorted(temporary.iterdir()) == sorted([alive, foreign, link])
    assert (foreign / "tree").exists()


def test_a_step_of_the_clock_makes_no_copy_a_dead_one(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive = new_base()
    (alive / "tree").mkdir(parents=True)
    # The system tells when it was started by the clock as it is now, and all that is counted from there moves along.
    boot_time = psutil.boot_time()
    monkeypatch.setattr("psutil._psplatform.BOOT_TIME", boot_time + 7_200, raising=False)
    monkeypatch.setattr("psutil._psplatform.boot_time", lambda: boot_time + 7_200)
    sweep()
    assert alive.exists()
    assert new_base().name.rpartition("-")[0] == alive.name.rpartition("-")[0]


async def test_two_thousand_files_are_copied_in_a_moment(root: Path) -> None:
    for number in range(2_000):
        place = root / f"package{number % 40}" / f"module{number}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text("x = 1\n" * 50)
    began = time.process_time()
    async with scratch(Repository(root), []) as copy:
        assert len(list((copy.tree / "package7").iterdir())) == 50
    assert time.process_time() - began < 2
