"""A small repository, a proposal for it, and ways to fail or die in the middle of applying or undoing that."""

from __future__ import annotations

import os
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workbench.edits.apply import apply, undo
from workbench.errors import EditRefused
from workbench.model import FileEdit

OLD: dict[str, bytes | None] = {
    "pkg/new/file.py": None,
    "pkg/change.py": b"\xef\xbb\xbfdef f():\r\n\treturn 1\r\n",
    "gone.py": b"x = 1",
}
NEW: dict[str, bytes | None] = {
    "pkg/new/file.py": b"y = 2\n",
    "pkg/change.py": b"\xef\xbb\xbfdef f():\r\n\treturn 2\r\n",
    "gone.py": None,
}
EDITS = tuple(FileEdit(path=path, before=OLD[path], after=NEW[path]) for path in OLD)
# Where the thousands of scratch repositories lie: in memory if there is such a place, for no crash here takes the disk.
QUICK = next((place for place in ("/dev/shm",) if os.access(place, os.W_OK)), None)
MODES = {"pkg/change.py": 0o750, "gone.py": 0o604}


def lay(root: Path, files: dict[str, bytes | None]) -> None:
    # As much of a repository as git needs; `git init` would take longer than all the rest.
    for folder in ("objects", "refs"):
        (root / ".git" / folder).mkdir(parents=True, exist_ok=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    for path, content in files.items():
        if content is not None:
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            place.chmod(MODES.get(path, 0o644))


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return bytes and mode of every file, and every folder but git's and the workbench's."""
    found = {}
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if path.split("/")[0] in {".git", ".nanites"}:
            continue
        found[path] = (place.read_bytes() if place.is_file() else b"", stat.S_IMODE(place.lstat().st_mode))
    return found


def contents(root: Path) -> dict[str, bytes | None]:
    return {path: (root / path).read_bytes() if (root / path).is_file() else None for path in OLD}


def laid_out(folder: Path) -> Path:
    """Return a repository with the old files."""
    root = folder / "repository"
    lay(root, OLD)
    return root


def home_in(root: Path) -> Path:
    """Return the folder of a task's record in a repository."""
    home = root / ".nanites" / "tasks" / "0123456789abcd"
    home.mkdir(parents=True)
    (root / ".nanites" / ".gitignore").write_text("*\n")
    return home


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(EditRefused) as caught:
        call()
    assert caught.value.message
    return caught.value.code


class Calls:
    """Counts announced calls and does something at one of them."""

    def __init__(self, at: int, deed: Callable[[], None], *, for_ever: bool = False) -> None:
        self.count = 0
        self._at = at
        self._deed = deed
        self._for_ever = for_ever

    def __call__(self, call: str, path: str) -> None:
        self.count += 1
        if self.count == self._at or (self._for_ever and self.count > self._at):
            self._deed()


def fail(number: int) -> Callable[[], None]:
    def deed() -> None:
        raise OSError(number, os.strerror(number))

    return deed


def count_calls(work: Callable[[Path, Path, Calls], object], prepare: Callable[[Path, Path], object]) -> int:
    with scratch(prepare) as (root, home):
        calls = Calls(0, lambda: None)
        work(root, home, calls)
        return calls.count


@contextmanager
def scratch(prepare: Callable[[Path, Path], object]) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(dir=QUICK) as name:
        root = Path(name)
        lay(root, OLD)
        home = root / ".nanites" / "tasks" / "0123456789abcd"
        home.mkdir(parents=True)
        prepare(root, home)
        yield root, home


def do_apply(root: Path, home: Path, announce: Callable[[str, str], None]) -> object:
    return apply(root, home, EDITS, announce=announce)


def do_undo(root: Path, home: Path, announce: Callable[[str, str], None]) -> object:
    return undo(root, home, announce=announce)


def nothing(root: Path, home: Path) -> None:
    pass


def applied(root: Path, home: Path) -> None:
    apply(root, home, EDITS)


WORKS = [
    pytest.param(do_apply, nothing, OLD, NEW, id="apply"),
    pytest.param(do_undo, applied, NEW, OLD, id="undo"),
]


def refused_with(work: Callable[..., object], root: Path, home: Path, calls: Calls) -> str | None:
    """Do the work and return the code of its refusal, None where it was done."""
    try:
        work(root, home, calls)
    except EditRefused as error:
        return error.code
    return None


def die_at(at: int, work: Callable[..., object], root: Path, home: Path) -> bool:
    """Do the work in a child that is killed at its call number `at`; return whether it was."""
    child = os.fork()
    if not child:
        try:
            work(root, home, Calls(at, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def interrupted(root: Path, home: Path) -> None:
    """Leave a transaction cut off after its first file was replaced."""

    def die(root: Path, home: Path, _: object) -> None:
        def look(call: str, path: str) -> None:
            if (root / "pkg/new/file.py").exists():
                os.kill(os.getpid(), signal.SIGKILL)

        apply(root, home, EDITS, announce=look)

    assert die_at(0, die, root, home)
    assert contents(root) == OLD | {"pkg/new/file.py": NEW["pkg/new/file.py"]}
