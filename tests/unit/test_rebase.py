"""A file that changed since the proposal was made: hunks move by exact context, or the whole edit is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.edits.apply import apply, undo
from workbench.edits.rebase import rebase, reverse
from workbench.errors import EditRefused
from workbench.model import FileEdit

BEFORE = b"".join(b"line %d\n" % number for number in range(1, 41))
AFTER = BEFORE.replace(b"line 10\n", b"line ten\nand a half\n").replace(b"line 30\n", b"")
EDIT = FileEdit(path="a.py", before=BEFORE, after=AFTER, fuzzy=True, mode=0o755)


def edit(before: bytes | None, after: bytes | None) -> FileEdit:
    return FileEdit(path="a.py", before=before, after=after)


def refusal(made: FileEdit, current: bytes | None) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        rebase(made, current)
    assert caught.value.code == "changed"
    assert "a.py" in caught.value.message
    assert caught.value.hint
    return caught.value


def test_an_unchanged_file_takes_the_edit_as_it_is() -> None:
    assert rebase(EDIT, BEFORE) is EDIT


def test_hunks_move_with_the_lines_around_them() -> None:
    current = b"new first\n" + BEFORE.replace(b"line 20\n", b"line twenty\nand more\n") + b"new last\n"
    moved = rebase(EDIT, current)
    assert moved.before == current
    assert moved.after == b"new first\n" + AFTER.replace(b"line 20\n", b"line twenty\nand more\n") + b"new last\n"
    assert (moved.path, moved.fuzzy, moved.mode) == ("a.py", True, 0o755)


@pytest.mark.parametrize("near", [7, 8, 9, 11, 12, 13])
def test_a_change_within_the_context_is_refused(near: int) -> None:
    error = refusal(EDIT, BEFORE.replace(b"line %d\n" % near, b"other\n"))
    assert "hunk 1 (line 7)" in error.message
    assert "other" in error.nearest
    assert any(line.split()[:1] == ["7"] for line in error.nearest.splitlines())


def test_a_refusal_of_a_later_hunk_names_it() -> None:
    error = refusal(EDIT, BEFORE.replace(b"line 29\n", b"other\n"))
    assert "hunk 2 (line 27)" in error.message


def test_a_hunk_that_fits_twice_is_refused_with_its_places() -> None:
    error = refusal(EDIT, BEFORE + BEFORE[BEFORE.index(b"line 5\n") : BEFORE.index(b"line 20\n")])
    assert "fits at lines 7, 43" in error.message


def test_hunks_that_changed_places_are_refused() -> None:
    cut = BEFORE.index(b"line 20\n")
    assert "moved past another" in refusal(EDIT, BEFORE[cut:] + BEFORE[:cut]).message


def test_line_endings_and_spaces_are_part_of_the_context() -> None:
    refusal(EDIT, BEFORE.replace(b"line 9\n", b"line 9\r\n"))
    refusal(EDIT, BEFORE.replace(b"line 9\n", b"line 9 \n"))


def test_created_and_deleted_files_are_never_merged() -> None:
    assert "exists by now" in refusal(edit(None, b"x\n"), b"mine\n").message
    assert "is not deleted" in refusal(edit(b"x\n", None), b"y\n").message
    assert "is gone" in refusal(edit(b"x\n", b"y\n"), None).message
    assert "is gone" in refusal(edit(b"x\n", None), None).message


def test_an_empty_file_that_has_content_by_now_is_refused() -> None:
    refusal(edit(b"", b"x\n"), b"mine\n")


def test_lines_are_never_glued_where_the_new_end_has_no_newline() -> None:
    refusal(edit(BEFORE, BEFORE + b"no newline"), BEFORE + b"more\n")
    refusal(edit(BEFORE, BEFORE.rstrip(b"\n")), BEFORE + b"more\n")
    refusal(edit(b"a\nb", b"a\nc"), b"a\nb\nmore\n")


def test_an_edit_of_the_mode_alone_fits_any_content() -> None:
    moved = rebase(FileEdit(path="a.py", before=b"x", after=b"x", mode=0o755), b"y")
    assert (moved.before, moved.after, moved.mode) == (b"y", b"y", 0o755)


def test_what_is_shown_of_a_long_file_is_short() -> None:
    error = refusal(edit(b"a\n" * 3, b"b\n" * 3), b"x" * 100_000 + b"\n" + b"y\n" * 1_000)
    assert len(error.nearest) < 3_000


def merged(made: FileEdit, current: bytes) -> FileEdit | None:
    """Return the edit as rebased, or None where it was refused for the one reason there may be."""
    try:
        return rebase(made, current)
    except EditRefused as error:
        if error.code != "changed":
            raise
        return None


LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n", b"d\r\n"]), max_size=25).map(b"".join)


@given(LINES, LINES, LINES, LINES)
def test_what_stands_around_the_old_text_never_changes_what_is_made_of_it(
    before: bytes, after: bytes, head: bytes, tail: bytes
) -> None:
    moved = merged(edit(before, after), head + before + tail)
    if moved is not None:
        assert moved.after == head + after + tail
        assert moved.before == head + before + tail


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_are_merged_or_refused(before: bytes, after: bytes, current: bytes) -> None:
    moved = merged(edit(before, after), current)
    assert moved is None or moved.before == current


@given(LINES, LINES)
def test_the_reverse_of_an_edit_takes_it_back(before: bytes, after: bytes) -> None:
    back = reverse(edit(before, after))
    assert rebase(back, after).after == before


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for folder in ("objects", "refs"):
        (root / ".git" / folder).mkdir(parents=True)
    (root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    return root


def test_apply_rebases_and_returns_the_edit_as_applied(root: Path, tmp_path: Path) -> None:
    (root / "a.py").write_bytes(b"new first\n" + BEFORE)
    made = edit(BEFORE, AFTER)
    (applied,) = apply(root, tmp_path / "home", [made])
    assert applied == edit(b"new first\n" + BEFORE, b"new first\n" + AFTER)
    assert (root / "a.py").read_bytes() == b"new first\n" + AFTER
    assert apply(root, tmp_path / "home", [made]) == (applied,)
    undo(root, tmp_path / "home")
    assert (root / "a.py").read_bytes() == b"new first\n" + BEFORE


def test_undo_keeps_what_was_edited_elsewhere_in_the_file_since(root: Path, tmp_path: Path) -> None:
    (root / "a.py").write_bytes(BEFORE)
    apply(root, tmp_path / "home", [edit(BEFORE, AFTER)])
    (root / "a.py").write_bytes(AFTER.replace(b"line 20\n", b"mine\n") + b"mine too\n")
    undo(root, tmp_path / "home")
    assert (root / "a.py").read_bytes() == BEFORE.replace(b"line 20\n", b"mine\n") + b"mine too\n"


def test_undo_is_refused_whole_where_one_file_was_edited_in_the_same_place(root: Path, tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (root / name).write_bytes(BEFORE)
    edits = [edit(BEFORE, AFTER), FileEdit(path="b.py", before=BEFORE, after=AFTER)]
    apply(root, tmp_path / "home", edits)
    (root / "b.py").write_bytes(AFTER.replace(b"line ten\n", b"line 10.5\n"))
    with pytest.raises(EditRefused) as caught:
        undo(root, tmp_path / "home")
    assert caught.value.code == "changed"
    assert "b.py" in caught.value.message
    assert "line 10.5" in caught.value.nearest
    assert (root / "a.py").read_bytes() == AFTER
    assert (root / "b.py").read_bytes() == AFTER.replace(b"line ten\n", b"line 10.5\n")
    (root / "b.py").write_bytes(AFTER)
    assert undo(root, tmp_path / "home") == ("a.py", "b.py")


def test_undo_accepts_files_that_somebody_restored_by_hand(root: Path, tmp_path: Path) -> None:
    (root / "a.py").write_bytes(BEFORE)
    new = FileEdit(path="new/b.py", before=None, after=b"b\n")
    apply(root, tmp_path / "home", [edit(BEFORE, AFTER), new])
    (root / "a.py").write_bytes(BEFORE)
    (root / "new/b.py").unlink()
    assert undo(root, tmp_path / "home") == ("a.py", "new/b.py")
    assert (root / "a.py").read_bytes() == BEFORE
    assert not (root / "new").exists()


def test_undo_leaves_a_new_file_that_was_edited_since(root: Path, tmp_path: Path) -> None:
    apply(root, tmp_path / "home", [FileEdit(path="new/b.py", before=None, after=b"b\n")])
    (root / "new/b.py").write_bytes(b"b\nmine\n")
    with pytest.raises(EditRefused) as caught:
        undo(root, tmp_path / "home")
    assert caught.value.code == "changed"
    assert (root / "new/b.py").read_bytes() == b"b\nmine\n"


def test_undo_keeps_a_folder_it_made_if_somebody_uses_it(root: Path, tmp_path: Path) -> None:
    apply(root, tmp_path / "home", [FileEdit(path="new/deep/b.py", before=None, after=b"b\n")])
    (root / "new/mine.py").write_bytes(b"mine\n")
    undo(root, tmp_path / "home")
    assert sorted(place.name for place in (root / "new").iterdir()) == ["mine.py"]
