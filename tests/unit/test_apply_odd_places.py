"""The transaction beside others who write, on file systems and for users of other kinds."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.transactions import (
    EDITS,
    MODES,
    NEW,
    OLD,
    QUICK,
    code_of,
    contents,
    die_at,
    home_in,
    interrupted,
    laid_out,
    lay,
    snapshot,
)
from workbench.edits.apply import apply, recover, undo
from workbench.errors import EditRefused


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


@pytest.fixture
def home(root: Path) -> Path:
    return home_in(root)


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
