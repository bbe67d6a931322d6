"""A scratch copy of the working tree with a proposal in it: commands run there, and whatever they break is gone after.

It has what the user has now: uncommitted and untracked files, but nothing that git ignores apart from a few linked
folders a test run needs. Its `.git` is its own: refs and index are copied, objects are borrowed, and no hook, filter or
setting of the user's repository comes along, so a command that uses git sees the history and changes only the copy.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from workbench.checks.places import new_base, remove, sweep
from workbench.checks.stock import Stock, copy, give_back, lease
from workbench.edits.rebase import rebase
from workbench.edits.writing.journal import is_temporary
from workbench.errors import CheckFailed, TaskRefused
from workbench.model import FileEdit
from workbench.repository import Repository

LINKED = (".venv", "venv", "node_modules")
"""Ignored folders at the top that are linked or bound instead of copied; commands must not write there."""

_SETTINGS = r"^core\.(autocrlf|eol|filemode|ignorecase|symlinks|precomposeunicode|safecrlf)$"


@dataclass(frozen=True)
class Worktree:
    """A scratch copy. Everything lies under `base`, which is removed whole.

    Attributes:
        root: the repository it was made from.
        tree: the copy, where commands start.
        home: an empty home folder for them.
        temporary: their TMPDIR.
        objects: where git's objects lie that the copy's `.git` borrows. Taken when it was made: what lies in the copy
            is the commands' to change.
        linked: names of the repository's own folders that stand in the copy (see `LINKED`).
    """

    base: Path
    root: Path
    objects: tuple[Path, ...] = ()
    linked: tuple[str, ...] = ()

    @property
    def tree(self) -> Path:
        """Where commands start."""
        return self.base / "tree"

    @property
    def home(self) -> Path:
        """The home folder of commands, empty at first."""
        return self.base / "home"

    @property
    def temporary(self) -> Path:
        """The folder of commands for temporary files."""
        return self.base / "tmp"


@asynccontextmanager
async def scratch(repository: Repository, edits: Sequence[FileEdit], *, bind: bool = False) -> AsyncIterator[Worktree]:
    """Make a scratch copy with the edits applied; it is removed at the end, also when cancelled.

    With `bind`, the folders of `LINKED` are left empty: the guard puts the user's there, read only.

    Raises:
        EditRefused: an edit does not fit the tree as it is now.
        CheckFailed: no copy can be made (code `no-worktree`).
    """
    base = new_base()
    stop = threading.Event()
    # Where processes of a command could outlive it, what they do to a kept file might not be seen in time.
    stock = lease(repository.root) if bind else None
    fill = partial(_fill, repository, base, edits, stop.is_set, bind=bind, stock=stock)
    making = asyncio.ensure_future(asyncio.to_thread(fill))
    try:
        try:
            worktree = await asyncio.shield(making)
        except OSError as error:
            raise CheckFailed(
                f"no scratch copy of the repository can be made: {error.strerror or error}",
                code="no-worktree",
                hint=f"look at the room in {tempfile.gettempdir()}, or set TMPDIR",
            ) from error
        yield worktree
    finally:
        stop.set()
        await settled(making)
        clearing = asyncio.to_thread(remove, base) if stock is None else asyncio.to_thread(give_back, stock, base)
        await settled(asyncio.ensure_future(clearing))


async def settled(work: asyncio.Future[Any]) -> None:
    """Wait until `work` is over, however it ends; if this task is cancelled meanwhile, that is heeded only then."""
    cancelled: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait({work})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


@contextmanager
def empty() -> Iterator[Worktree]:
    """Make a scratch place with nothing in it; it is removed at the end, and swept where its process dies before."""
    base = new_base()
    worktree = Worktree(base, base / "tree")
    try:
        for folder in (base, worktree.tree, worktree.home, worktree.temporary):
            folder.mkdir(mode=0o700)
        yield worktree
    finally:
        remove(base)


def _fill(
    repository: Repository,
    base: Path,
    edits: Sequence[FileEdit],
    stopped: Callable[[], bool],
    *,
    bind: bool,
    stock: Stock | None,
) -> Worktree:
    sweep()
    worktree = Worktree(base, repository.root)
    for folder in (base, worktree.tree, worktree.home, worktree.temporary):
        folder.mkdir(mode=0o700)
    with ThreadPoolExecutor(1) as beside:
        # git's own answers take as long as half of the files.
        making = beside.submit(_make_git, repository, worktree.tree / ".git")
        _copy_files(repository, worktree.tree, stopped, stock)
        if stock is not None:
            stock.note()
        linked = _link_folders(worktree, bind=bind)
        objects = making.result()
    for edit in edits:
        _put(worktree.tree, edit)
    if stock is not None:
        stock.settle()
    return Worktree(base, repository.root, objects, linked)


def _copy_files(repository: Repository, tree: Path, stopped: Callable[[], bool], stock: Stock | None = None) -> None:
    """Copy what git knows or does not ignore; a repository inside this one is copied in the same way."""
    said = repository.git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    root, goal = os.fsencode(repository.root) + b"/", os.fsencode(tree) + b"/"
    made: set[bytes] = set()
    for name in sorted({name.rstrip(b"/") for name in said.split(b"\0") if name}):
        if stopped():
            return
        if name.split(b"/", 1)[0] == b".nanites":
            continue
        if is_temporary(name):
            continue
        try:
            status = os.lstat(root + name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        _make_parent(goal, name, made)
        mode = status.st_mode
        if stat.S_ISREG(mode):
            if stock is None or not stock.lay(root + name, name, goal + name, status):
                copy(root + name, goal + name)
        elif stat.S_ISLNK(mode) and not os.path.isdir(goal + name):  # noqa: PTH112 — see `_make_parent`
            link = Path(os.fsdecode(root + name))
            with suppress(FileNotFoundError):
                (tree / os.fsdecode(name)).symlink_to(_moved_link(link, repository.root, tree))
        elif stat.S_ISDIR(mode) and os.path.exists(root + name + b"/.git"):  # noqa: PTH110
            inner = tree / os.fsdecode(name)
            inner.mkdir(exist_ok=True)
            _copy_files(Repository(repository.root / os.fsdecode(name)), inner, stopped)


def _make_parent(goal: bytes, name: bytes, made: set[bytes]) -> None:
    # Names stay bytes here, and no path object is made: of two thousand files that would be half of the time.
    folder = name.rpartition(b"/")[0]
    if folder and folder not in made:
        os.makedirs(goal + folder, exist_ok=True)  # noqa: PTH103
        made.add(folder)


def _moved_link(link: Path, root: Path, tree: Path) -> Path:
    """Return where a copied symlink leads: into the copy where it led into the repository by an absolute path."""
    goal = link.readlink()
    if goal.is_absolute() and goal.is_relative_to(root):
        return tree / goal.relative_to(root)
    return goal


def _link_folders(worktree: Worktree, *, bind: bool) -> tuple[str, ...]:
    linked = []
    for name in LINKED:
        source, goal = worktree.root / name, worktree.tree / name
        if _is_environment(source) and not goal.exists() and not goal.is_symlink():
            if bind:
                goal.mkdir()
            else:
                goal.symlink_to(source)
            linked.append(name)
    return tuple(linked)


def _is_environment(place: Path) -> bool:
    # A link is followed only to what is such a folder: it might have come with a stranger's archive, and lead home.
    if not place.is_symlink():
        return place.is_dir()
    real = place.resolve()
    return real.is_dir() and (real.name == "node_modules" or (real / "pyvenv.cfg").is_file())


def _make_git(repository: Repository, goal: Path) -> tuple[Path, ...]:
    """Make a `.git` that knows the same history, branch and index as the user's, and shares nothing that is written.

    Returns:
        The folders of objects that it borrows.
    """
    wanted = ("objects", "index", "shallow", "info/exclude")
    asked = [word for path in wanted for word in ("--git-path", path)]
    said = repository.git("rev-parse", "--path-format=absolute", "--show-object-format", *asked).stdout
    object_format, *places = said.decode("utf-8", "surrogateescape").splitlines()
    objects, index, shallow, exclude = (Path(os.fsencode(place).decode("utf-8", "surrogateescape")) for place in places)
    for folder in ("objects/info", "refs/heads", "refs/tags", "info"):
        (goal / folder).mkdir(parents=True)
    (goal / "objects/info/alternates").write_bytes(os.fsencode(objects) + b"\n")
    for source, name in ((index, "index"), (shallow, "shallow"), (exclude, "info/exclude")):
        if source.is_file():
            shutil.copyfile(source, goal / name)
    with (goal / "info/exclude").open("ab") as stream:
        # A rule such as `.venv/` ignores a folder, but not the link that stands for it here.
        stream.write("".join(f"\n/{name}" for name in LINKED).encode() + b"\n")
    for shared in index.parent.glob("sharedindex.*"):
        shutil.copyfile(shared, goal / shared.name)
    refs = repository.git("for-each-ref", "--format=%(objectname) %(refname)").stdout
    (goal / "packed-refs").write_bytes(refs)
    branch = repository.git("symbolic-ref", "-q", "HEAD", check=False).stdout
    head = b"ref: " + branch if branch else repository.git("rev-parse", "--verify", "HEAD").stdout
    (goal / "HEAD").write_bytes(head)
    (goal / "config").write_bytes(_git_settings(repository, object_format))
    return _object_folders(objects)


def _object_folders(first: Path) -> tuple[Path, ...]:
    """Return a folder of objects with those that it borrows from in turn."""
    found: list[Path] = []
    ahead = [first]
    while ahead and len(found) < 10:
        place = ahead.pop()
        # Any text may stand in `alternates`; what is no folder of objects is not shown to a command.
        if place in found or place.name != "objects" or not (place / "pack").is_dir():
            continue
        found.append(place)
        with suppress(OSError):
            lines = (place / "info/alternates").read_bytes().splitlines()
            ahead += [place / os.fsdecode(line) for line in lines if line and not line.startswith(b"#")]
    return tuple(found)


def _git_settings(repository: Repository, object_format: str) -> bytes:
    lines = ["[core]", "bare = false", "repositoryformatversion = " + ("0" if object_format == "sha1" else "1")]
    kept = repository.git("config", "--get-regexp", _SETTINGS, check=False).stdout.decode("utf-8", "replace")
    for line in kept.splitlines():
        key, _, value = line.partition(" ")
        if value.isalnum():
            lines.append(f"{key.removeprefix('core.')} = {value}")
    if object_format != "sha1":
        lines += ["[extensions]", f"objectFormat = {object_format}"]
    lines += ["[user]", "name = Nanite Workbench", "email = check@localhost", ""]
    return "\n".join(lines).encode()


def _put(tree: Path, edit: FileEdit) -> None:
    """Apply one edit to the copy."""
    try:
        place = Repository(tree).locate(edit.path)
    except TaskRefused as error:
        raise CheckFailed(error.message, code=error.code, hint=error.hint) from error
    status = place.lstat() if place.exists() else None
    moved = rebase(edit, place.read_bytes() if status is not None else None)
    place.unlink(missing_ok=True)
    if moved.after is None:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(moved.after)
    if edit.mode is not None:
        place.chmod(edit.mode & 0o777)
    elif status is not None:
        place.chmod(stat.S_IMODE(status.st_mode))
