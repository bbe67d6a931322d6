"""The transaction: all files or none, and undo restores every byte."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.house.transactions import (
    EDITS,
    NEW,
    OLD,
    QUICK,
    code_of,
    contents,
    home_in,
    laid_out,
    lay,
    snapshot,
)
from workbench.edits.apply import apply, forget, recover, undo
from workbench.errors import EditRefused
from workbench.model import FileEdit


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


@pytest.fixture
def home(root: Path) -> Path:
    return home_in(root)


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
