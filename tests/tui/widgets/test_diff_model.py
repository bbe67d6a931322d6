"""The patch model holds what unidiff and git say it should, whatever the texts."""

from __future__ import annotations

import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unidiff.patch import PatchSet

from widgets.diff.model import Hunk, Patch
from widgets.diff.parse import parse_patch
from widgets.diff.words import changed_words

LINES = st.lists(st.sampled_from(["a", "b", "", "+x", "-y", "--- a/f", "+++ b/f", "@@ -1 +1 @@", "\\ no"]), max_size=14)


def rebuilt(hunk: Hunk) -> tuple[list[str], list[str]]:
    """Return the old and the new lines as the rows of two columns show them."""
    rows = [hunk.split_row(row) for row in range(hunk.split_height)]
    old = [hunk.text(row.old.line) for row in rows if row.old]
    new = [hunk.text(row.new.line) for row in rows if row.new]
    return old, new


def numbered(hunk: Hunk) -> tuple[list[int], list[int]]:
    rows = [hunk.split_row(row) for row in range(hunk.split_height)]
    return [row.old.number for row in rows if row.old], [row.new.number for row in rows if row.new]


@given(LINES, LINES, st.integers(0, 3))
@settings(max_examples=300)
def test_rows_give_back_both_files_wherever_they_differ(old: list[str], new: list[str], context: int) -> None:
    text = "".join(line + "\n" for line in unified_diff(old, new, "a/f", "b/f", n=context, lineterm=""))
    patch = parse_patch(text)
    for hunk in patch.hunks:
        shown_old, shown_new = rebuilt(hunk)
        assert shown_old == old[hunk.old_first - 1 : hunk.old_first - 1 + hunk.old_length]
        assert shown_new == new[hunk.new_first - 1 : hunk.new_first - 1 + hunk.new_length]
        old_numbers, new_numbers = numbered(hunk)
        assert old_numbers == list(range(hunk.old_first, hunk.old_first + hunk.old_length))
        assert new_numbers == list(range(hunk.new_first, hunk.new_first + hunk.new_length))


@given(LINES, LINES, st.integers(0, 3))
@settings(max_examples=200)
def test_hunks_and_lines_are_those_that_unidiff_reads(old: list[str], new: list[str], context: int) -> None:
    text = "".join(line + "\n" for line in unified_diff(old, new, "a/f", "b/f", n=context, lineterm=""))
    theirs = [hunk for file in PatchSet(text) for hunk in file]
    ours = parse_patch(text).hunks
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert (mine.old_start, mine.old_length) == (other.source_start, other.source_length)
        assert (mine.new_start, mine.new_length) == (other.target_start, other.target_length)
        assert (mine.added, mine.removed) == (other.added, other.removed)
        assert [line.rstrip("\n") for line in mine.lines] == [str(line).rstrip("\n") for line in other]


@given(LINES, LINES)
@settings(max_examples=200)
def test_every_line_is_found_in_the_row_that_shows_it(old: list[str], new: list[str]) -> None:
    text = "".join(line + "\n" for line in unified_diff(old, new, "a/f", "b/f", lineterm=""))
    for hunk in parse_patch(text).hunks:
        for line in range(len(hunk.lines)):
            split, unified = hunk.split_row(hunk.row_of(line, True)), hunk.unified_row(hunk.row_of(line, False))
            assert line in {side.line for side in (split.old, split.new) if side}
            assert line in {side.line for side in (unified.old, unified.new) if side}
        partners = [hunk.unified_row(row).partner for row in range(hunk.unified_height)]
        paired = [hunk.split_row(row) for row in range(hunk.split_height)]
        both = sum(1 for row in paired if row.changed and row.old and row.new)
        assert sum(partner is not None for partner in partners) == 2 * both


def git(repository: Path, *words: str) -> str:
    command = ["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@t", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_what_git_writes_is_understood(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "kept.py").write_text("one\ntwo\nthree\n")
    (tmp_path / "old name.txt").write_text("same\n" * 20)
    (tmp_path / "gone.txt").write_text("x\n")
    (tmp_path / "picture").write_bytes(b"\0\1")
    (tmp_path / "blatt-ü.txt").write_text("eins")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    (tmp_path / "kept.py").write_text("one\n2\nthree\n")
    (tmp_path / "old name.txt").rename(tmp_path / "new name.txt")
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "picture").write_bytes(b"\0\2")
    (tmp_path / "blatt-ü.txt").write_text("zwei")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "fresh.txt").write_text("-- a\n++ b\n")
    git(tmp_path, "add", "-A")
    patch = parse_patch(git(tmp_path, "diff", "--cached", "-M"))
    found = {file.path: (file.status, file.added, file.removed) for file in patch.files}
    assert found == {
        "kept.py": ("modified", 1, 1),
        "new name.txt": ("renamed", 0, 0),
        "gone.txt": ("deleted", 0, 1),
        "picture": ("binary", 0, 0),
        "blatt-ü.txt": ("modified", 1, 1),
        "empty.txt": ("added", 0, 0),
        "fresh.txt": ("added", 2, 0),
    }
    unended = next(hunk for hunk in patch.hunks if "eins" in hunk.lines[0])
    row = unended.split_row(0)
    assert row.old is not None
    assert row.new is not None
    assert unended.split_height == 1
    assert unended.ends_without_newline(row.old.line)
    assert unended.text(row.new.line) == "zwei"


@given(st.text(alphabet="@-+ \\\nab/dif,01", max_size=200))
def test_text_that_is_no_diff_never_fails(text: str) -> None:
    assert isinstance(parse_patch(text), Patch)


def test_a_hunk_that_breaks_off_is_kept_as_far_as_it_goes() -> None:
    patch = parse_patch("--- a/f\n+++ b/f\n@@ -1,9 +1,9 @@\n one\n-two\n")
    assert patch.hunks[0].lines == [" one", "-two"]
    assert patch.hunks[0].split_height == 2


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("return text[:limit]", "return text[:limit - 1]", [], [" - 1"]),
        ("a = compute(b)", "a = calculate(b)", ["compute"], ["calculate"]),
        ("value", "something else", [], []),
        ("same", "same", [], []),
    ],
)
def test_only_the_words_that_changed_are_marked(old: str, new: str, before: list[str], after: list[str]) -> None:
    removed, added = changed_words(old, new)
    assert [old[first:last] for first, last in removed] == before
    assert [new[first:last] for first, last in added] == after


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_lie_within_their_lines_and_in_order(old: str, new: str) -> None:
    for text, ranges in zip((old, new), changed_words(old, new), strict=True):
        ends = [position for pair in ranges for position in pair]
        assert ends == sorted(ends)
        assert all(0 <= position <= len(text) for position in ends)


def test_a_line_of_a_hundred_kilobytes_is_not_compared() -> None:
    assert changed_words("a " * 50_000, "b " * 50_000) == ((), ())
