"""The transaction: all files or none, whatever fails and whenever the process dies, and undo restores every byte."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.edits.apply import apply, forget, recover, undo
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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    lay(root, OLD)
    return root


@pytest.fixture
def home(root: Path) -> Path:
    home = root / ".nanites" / "tasks" / "0123456789abcd"
    home.mkdir(parents=True)
    (root / ".nanites" / ".gitignore").write_text("*\n")
    return home


def test_all_files_change_and_undo_restores_bytes_modes_and_folders(root: Path, home: Path) -> None:
    before = snapshot(root)
    assert apply(root, home, EDITS) == EDITS
    assert contents(root) == NEW
    assert stat.S_IMODE((root / "pkg/change.py").stat().st_mode) == 0o750
    assert not [path for path in snapshot(root) if ".nanites" in path]
    assert undo(root, home) == tuple(OLD)
    assert snapshot(root) == before


def test_applying_again_touches_nothing_and_says_the_same(root: Path, home: Path) -> None:
    first = apply(root, home, EDITS)
    (root / "pkg/change.py").write_bytes(b"edited since\n")
    before = snapshot(root)
    assert apply(root, home, EDITS) == first
    assert snapshot(root) == before


def test_another_proposal_on_top_is_refused_until_the_first_is_undone(root: Path, home: Path) -> None:
    apply(root, home, EDITS)
    other = [FileEdit(path="pkg/other.py", before=None, after=b"z\n")]
    assert code_of(lambda: apply(root, home, other)) == "already-applied"
    undo(root, home)
    assert apply(root, home, other)[0].path == "pkg/other.py"
    assert undo(root, home) == ("pkg/other.py",)
    assert contents(root) == OLD


def test_undoing_again_touches_nothing_and_says_the_same(root: Path, home: Path) -> None:
    apply(root, home, EDITS)
    undo(root, home)
    (root / "gone.py").write_bytes(b"edited since\n")
    assert undo(root, home) == tuple(OLD)
    assert (root / "gone.py").read_bytes() == b"edited since\n"


def test_what_is_forgotten_cannot_be_undone_and_another_proposal_may_be_applied(root: Path, home: Path) -> None:
    forget(home)
    apply(root, home, EDITS)
    forget(home)
    assert list(home.iterdir()) == []
    assert code_of(lambda: undo(root, home)) == "nothing-to-undo"
    assert apply(root, home, [FileEdit(path="b.py", before=None, after=b"b")])
    assert contents(root) == NEW


@pytest.mark.parametrize("kept", ["plan.json", "1.before", "back"])
def test_the_rest_of_a_bundle_whose_removal_was_cut_off_brings_nothing_back(root: Path, home: Path, kept: str) -> None:
    apply(root, home, EDITS)
    undo(root, home)
    (home / "undo" / "1.before").touch()
    for part in (home / "undo").iterdir():
        if part.name != kept:
            shutil.rmtree(part) if part.is_dir() else part.unlink()
    assert recover(root, home) is None
    assert contents(root) == OLD
    assert apply(root, home, EDITS) == EDITS


def test_an_empty_folder_somebody_makes_after_an_undo_is_left_alone(root: Path, home: Path) -> None:
    apply(root, home, EDITS)
    undo(root, home)
    (root / "pkg/new").mkdir()
    assert recover(root, home) is None
    assert (root / "pkg/new").exists()


def test_there_is_nothing_to_undo_before_anything_was_applied(root: Path, home: Path) -> None:
    assert code_of(lambda: undo(root, home)) == "nothing-to-undo"
    assert apply(root, home, []) == ()
    assert recover(root, home) is None


def test_edits_that_change_nothing_are_left_out(root: Path, home: Path) -> None:
    same = FileEdit(path="gone.py", before=b"x = 1", after=b"x = 1")
    assert apply(root, home, [same]) == ()
    assert apply(root, home, [same, EDITS[1]]) == (EDITS[1],)
    assert undo(root, home) == ("pkg/change.py",)


def test_the_mode_an_edit_names_is_set_and_undone(root: Path, home: Path) -> None:
    edits = [
        FileEdit(path="pkg/change.py", before=OLD["pkg/change.py"], after=OLD["pkg/change.py"], mode=0o700),
        FileEdit(path="run.sh", before=None, after=b"exit\n", mode=0o755),
    ]
    before = snapshot(root)
    apply(root, home, edits)
    assert stat.S_IMODE((root / "pkg/change.py").stat().st_mode) == 0o700
    assert stat.S_IMODE((root / "run.sh").stat().st_mode) == 0o755
    undo(root, home)
    assert snapshot(root) == before


def test_a_mode_set_since_is_kept_by_undo(root: Path, home: Path) -> None:
    apply(root, home, EDITS)
    (root / "pkg/change.py").chmod(0o711)
    undo(root, home)
    assert stat.S_IMODE((root / "pkg/change.py").stat().st_mode) == 0o711
    assert contents(root) == OLD


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(EditRefused) as caught:
        call()
    assert caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    ("path", "spoil", "code"),
    [
        ("pkg/change.py", lambda root: (root / "pkg/change.py").write_bytes(b"other\n"), "changed"),
        ("pkg/change.py", lambda root: (root / "pkg/change.py").unlink(), "changed"),
        ("gone.py", lambda root: (root / "gone.py").write_bytes(b"x = 2"), "changed"),
        ("pkg/new/file.py", lambda root: lay(root, {"pkg/new/file.py": b"mine\n"}), "changed"),
        ("pkg/change.py", lambda root: (root / "pkg/change.py").chmod(0o444), "read-only"),
        ("gone.py", lambda root: (root / "gone.py").chmod(0o400), "read-only"),
        ("pkg", lambda root: (root / "pkg").chmod(0o555), "read-only"),
        ("pkg", lambda root: (root / ".gitignore").write_text("new/\n"), "ignored"),
        ("pkg", lambda root: (root / "pkg/new").symlink_to("/tmp"), "symlink"),
        ("pkg", lambda root: (root / "pkg/new").write_bytes(b"file\n"), "no-such-file"),
        ("pkg", lambda root: (root / "pkg/new/file.py").mkdir(parents=True), "not-a-file"),
    ],
)
def test_what_cannot_be_changed_whole_is_refused_untouched(
    root: Path, home: Path, path: str, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(root)
    before = snapshot(root)
    with pytest.raises(EditRefused) as caught:
        apply(root, home, EDITS)
    assert caught.value.code == code
    assert path in caught.value.message
    assert caught.value.hint
    assert snapshot(root) == before
    assert recover(root, home) is None


@pytest.mark.parametrize("path", ["../out.py", "/etc/passwd", ".git/config", ".nanites/x", "pkg/../../x", "a\0b", ""])
def test_unsafe_paths_are_refused_at_the_last_moment_too(root: Path, home: Path, path: str) -> None:
    before = snapshot(root)
    edits = [EDITS[1], FileEdit(path=path, before=None, after=b"x")]
    assert code_of(lambda: apply(root, home, edits)) in {"unsafe-path", "outside"}
    assert snapshot(root) == before


def test_two_edits_of_a_file_or_a_file_that_is_a_folder_too_are_refused(root: Path, home: Path) -> None:
    assert code_of(lambda: apply(root, home, [EDITS[0], EDITS[0]])) == "twice"
    clash = [FileEdit(path="a", before=None, after=b""), FileEdit(path="a/b", before=None, after=b"")]
    assert code_of(lambda: apply(root, home, clash)) == "twice"
    assert contents(root) == OLD


def test_a_folder_swapped_for_a_symlink_in_the_last_moment_leads_nowhere(
    root: Path, home: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "change.py").write_bytes(OLD["pkg/change.py"] or b"")

    def swap(call: str, path: str) -> None:
        if call == "create" and path.startswith("pkg/") and not (root / "pkg").is_symlink():
            (root / "pkg").rename(root / "moved")
            (root / "pkg").symlink_to(outside)

    with pytest.raises(EditRefused):
        apply(root, home, EDITS, announce=swap)
    assert [place.name for place in outside.iterdir()] == ["change.py"]
    assert (outside / "change.py").read_bytes() == OLD["pkg/change.py"]


# --- every call fails, every call is the last


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


@pytest.mark.parametrize(("work", "prepare", "old", "new"), WORKS)
def test_a_process_killed_at_any_call_leaves_old_or_new_after_recovery(
    work: Callable[..., object],
    prepare: Callable[[Path, Path], object],
    old: dict[str, bytes | None],
    new: dict[str, bytes | None],
) -> None:
    came = set()
    for at in range(1, count_calls(work, prepare) + 1):
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


def interrupted(root: Path, home: Path) -> None:
    """Leave a transaction cut off after its first file was replaced."""

    def die(root: Path, home: Path, _: object) -> None:
        def look(call: str, path: str) -> None:
            if (root / "pkg/new/file.py").exists():
                os.kill(os.getpid(), signal.SIGKILL)

        apply(root, home, EDITS, announce=look)

    assert die_at(0, die, root, home)
    assert contents(root) == OLD | {"pkg/new/file.py": NEW["pkg/new/file.py"]}


def test_a_file_somebody_changed_while_the_work_lay_interrupted_is_not_overwritten(root: Path, home: Path) -> None:
    interrupted(root, home)
    (root / "pkg/change.py").write_bytes(b"mine now\n")
    with pytest.raises(EditRefused) as caught:
        recover(root, home)
    assert caught.value.code == "changed"
    assert "pkg/change.py" in caught.value.message
    assert contents(root) == OLD | {"pkg/change.py": b"mine now\n"}
    assert recover(root, home) is None
    kept = [place for place in home.iterdir() if place.name.startswith("undo-interrupted")]
    assert OLD["pkg/change.py"] in {place.read_bytes() for place in kept[0].iterdir()}


def test_what_cannot_go_forward_after_a_crash_goes_back(root: Path, home: Path) -> None:
    interrupted(root, home)

    def refuse_new_files(call: str, path: str) -> None:
        if call == "create":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before_modes = {path: mode for path, mode in MODES.items() if (root / path).exists()}
    assert recover(root, home, announce=refuse_new_files) == "reverted"
    assert contents(root) == OLD
    assert {path: stat.S_IMODE((root / path).stat().st_mode) for path in before_modes} == before_modes


def test_words_written_into_the_old_file_while_it_is_replaced_are_kept(root: Path, home: Path) -> None:
    place = root / "pkg/change.py"
    stream = place.open("r+b")

    def write_late(call: str, path: str) -> None:
        # The file has its new version by now, but an editor still holds the old one open.
        if call == "read" and path.endswith(".old") and not stream.closed:
            stream.write(b"typed in this moment\n")
            stream.close()

    assert code_of(lambda: apply(root, home, EDITS, announce=write_late)) == "changed"
    assert place.read_bytes().startswith(b"typed in this moment\n")
    assert contents(root) | {"pkg/change.py": None} == OLD | {"pkg/change.py": None}


def test_a_file_made_by_somebody_in_the_last_moment_is_not_replaced(root: Path, home: Path) -> None:
    def make(call: str, path: str) -> None:
        if call == "link" and path == "pkg/new/file.py":
            (root / path).write_bytes(b"mine\n")

    assert code_of(lambda: apply(root, home, EDITS, announce=make)) == "changed"
    assert contents(root) == OLD | {"pkg/new/file.py": b"mine\n"}


def test_a_really_full_disk_changes_nothing(root: Path, home: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from workbench.edits.apply import apply
from workbench.errors import EditRefused
from workbench.model import FileEdit
root, home = Path(sys.argv[1]), Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
edits = [FileEdit(path="gone.py", before=b"x = 1", after=None),
         FileEdit(path="large.py", before=None, after=b"#" * 100_000)]
try:
    apply(root, home, edits)
except EditRefused as error:
    print(error.code)
"""
    before = snapshot(root)
    command = [sys.executable, "-c", code, str(root), str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "disk-full"
    assert snapshot(root) == before
    assert list(home.iterdir()) == []


# --- file systems and users of other kinds


def no_links(call: str, path: str) -> None:
    if call == "link":
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_without_hard_links_everything_works_the_same(root: Path, home: Path) -> None:
    before = snapshot(root)
    assert apply(root, home, EDITS, announce=no_links) == EDITS
    assert contents(root) == NEW
    undo(root, home, announce=no_links)
    assert snapshot(root) == before


def test_without_hard_links_a_failure_is_rolled_back_from_copies(root: Path, home: Path) -> None:
    def fail_late(call: str, path: str) -> None:
        no_links(call, path)
        if call == "rename" and path == "undo/applied":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = snapshot(root)
    assert code_of(lambda: apply(root, home, EDITS, announce=fail_late)) == "disk-error"
    assert snapshot(root) == before


def test_what_lost_its_last_versions_goes_back_from_the_bundle(root: Path, home: Path) -> None:
    def die(root: Path, home: Path, _: object) -> None:
        def look(call: str, path: str) -> None:
            if not (root / "gone.py").exists():
                os.kill(os.getpid(), signal.SIGKILL)

        apply(root, home, EDITS, announce=look)

    before = snapshot(root)
    assert die_at(0, die, root, home)
    assert contents(root) == NEW
    for place in root.rglob(".nanites-*.old"):
        place.unlink()

    def no_marker(call: str, path: str) -> None:
        if call == "rename" and path == "undo/applied":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    assert recover(root, home, announce=no_marker) == "reverted"
    assert snapshot(root) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bundle: (bundle / "plan.json").write_text("{"),
        lambda bundle: (bundle / "plan.json").unlink(),
        lambda bundle: (bundle / "plan.json").write_text(
            (bundle / "plan.json").read_text().replace('"version": 1', '"version": 2')
        ),
        lambda bundle: (bundle / "2.before").write_bytes(b"other"),
        lambda bundle: (bundle / "3.before").unlink(),
    ],
)
def test_a_damaged_bundle_is_named_and_never_written_into_files(
    root: Path, home: Path, spoil: Callable[[Path], object]
) -> None:
    apply(root, home, EDITS)
    spoil(home / "undo")
    assert code_of(lambda: undo(root, home)) == "journal-damaged"
    assert contents(root) == NEW


def as_nobody(work: Callable[[Path], object]) -> None:
    """Do the work as a user without privileges, in a folder of their own; a failed assertion there fails here."""
    place = Path(tempfile.mkdtemp(dir=QUICK))
    try:
        if os.geteuid():
            work(place)
            return
        os.chown(place, 65534, 65534)
        child = os.fork()
        if not child:
            try:
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
                work(place)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
    finally:
        shutil.rmtree(place)


def test_without_privileges_all_of_it_works_too() -> None:
    def work(place: Path) -> None:
        lay(place / "r", OLD)
        before = snapshot(place / "r")
        apply(place / "r", place / "h", EDITS)
        assert contents(place / "r") == NEW
        undo(place / "r", place / "h")
        assert snapshot(place / "r") == before

    as_nobody(work)


@pytest.mark.parametrize("locked", ["pkg", "."])
def test_a_folder_that_may_not_be_written_is_named_before_anything_is_touched(locked: str) -> None:
    def work(place: Path) -> None:
        root = place / "r"
        lay(root, OLD)
        (root / locked).chmod(0o555)
        try:
            before = snapshot(root)
            with pytest.raises(EditRefused) as caught:
                apply(root, place / "h", EDITS)
            assert caught.value.code == "read-only"
            assert snapshot(root) == before
            assert list((place / "h").iterdir()) == []
        finally:
            (root / locked).chmod(0o755)

    as_nobody(work)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_changed_file_keeps_its_owner(root: Path, home: Path) -> None:
    os.chown(root / "pkg/change.py", 12_345, 23_456)
    apply(root, home, EDITS)
    status = (root / "pkg/change.py").stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12_345, 23_456, 0o750)


# --- properties

NAMES = st.sampled_from(["a.py", "b.txt", "d/c.py", "d/e/f", "naïve file"])
BYTES = st.one_of(st.none(), st.binary(max_size=40))
PROPOSALS = st.dictionaries(NAMES, st.tuples(BYTES, BYTES), min_size=1)


@given(PROPOSALS, st.data())
@settings(max_examples=60, deadline=None)
def test_undo_restores_every_byte_of_any_proposal(
    files: dict[str, tuple[bytes | None, bytes | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory(dir=QUICK) as name:
        root = Path(name) / "repository"
        lay(root, {path: before for path, (before, _) in files.items()})
        edits = [
            FileEdit(path=path, before=before, after=after)
            for path, (before, after) in files.items()
            if (before, after) != (None, None)
        ]
        before = snapshot(root)
        apply(root, Path(name) / "home", edits)
        for edit in edits:
            place = root / edit.path
            assert (place.read_bytes() if place.exists() else None) == edit.after
        if any(edit.before != edit.after for edit in edits):
            undo(root, Path(name) / "home")
        assert snapshot(root) == before
