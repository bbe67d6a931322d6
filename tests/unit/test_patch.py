"""Diffs: git accepts what is written, hunks can be chosen one by one, and what is read back is what was written."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.edits.lines import changes, split_lines
from workbench.edits.patch import choose, counts, hunks, read_hunks, unified
from workbench.errors import EditRefused
from workbench.model import FileEdit
from workbench.repository import git_environment

LINES = st.sampled_from(
    [b"a\n", b"b\n", b"\n", b"\tc\n", b"d\r\n", b"e\x0cf\n", "x\u2028\x85y\n".encode(), b"-- g\n", b"++ h\n", b"@@ i\n"]
)
ENDS = st.sampled_from([b"", b"", b"tail", b"\r", b"\xef\xbb\xbf"])
TEXTS = st.builds(lambda lines, end: b"".join(lines) + end, st.lists(LINES, max_size=30), ENDS)
NAMES = [
    "plain.py",
    "with space.py",
    "two  spaces .py",
    "deep/er/file.py",
    'quo"te.py',
    "naïve.py",
    "日本.py",
    "zero\u200bwidth.py",
    "a b/b a.py",
    "-dash",
    "x b/x.py",
]


def git_apply(folder: Path, patch: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    environment = git_environment() | {"GIT_CEILING_DIRECTORIES": str(folder.parent), "GIT_CONFIG_GLOBAL": "/dev/null"}
    command = ["git", "apply", "--whitespace=nowarn", *options, "-"]
    return subprocess.run(
        command, cwd=folder, env=environment, input=patch.encode(), capture_output=True, check=False, timeout=30
    )


def lay(folder: Path, edits: list[FileEdit]) -> None:
    for edit in edits:
        if edit.before is not None:
            place = folder / edit.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(edit.before)


def assert_git_makes(edits: list[FileEdit]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay(folder, edits)
        patch = unified(edits)
        if not patch:
            assert all(edit.before == edit.after for edit in edits)
            return
        checked = git_apply(folder, patch, "--check")
        assert checked.returncode == 0, checked.stderr
        assert not checked.stderr
        assert git_apply(folder, patch).returncode == 0
        for edit in edits:
            place = folder / edit.path
            assert (place.read_bytes() if place.exists() else None) == edit.after


@given(TEXTS, TEXTS)
@example(b"a\nb", b"a\nb\n")
@example(b"a\r\nb\r\n", b"a\r\nc\r\n")
@example(b"", b"one line")
@example(b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n")
@settings(max_examples=150, deadline=None)
def test_git_makes_the_same_bytes_of_the_diff(before: bytes, after: bytes) -> None:
    assert_git_makes([FileEdit(path="f.txt", before=before, after=after)])


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_choice_of_hunks_keeps_those_and_no_others(before: bytes, after: bytes, data: st.DataObject) -> None:
    edits = [FileEdit(path="f.txt", before=before, after=after)]
    found = hunks(edits)
    assert choose(edits, [hunk.number for hunk in found]) == (tuple(edits) if found else ())
    assert choose(edits, []) == ()
    keep = data.draw(st.sets(st.sampled_from([hunk.number for hunk in found]))) if found else set()
    chosen = choose(edits, keep)
    kept = [hunk for hunk in found if hunk.number in keep]
    assert sum(file.added for file in counts(chosen)) == sum(hunk.added for hunk in kept)
    assert sum(file.removed for file in counts(chosen)) == sum(hunk.removed for hunk in kept)
    rest = choose([FileEdit(path="f.txt", before=edit.after, after=after) for edit in chosen], [])
    assert rest == ()


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_hunks_read_from_the_diff_are_those_of_the_edits(pairs: list[tuple[bytes, bytes]]) -> None:
    edits = [
        FileEdit(path=NAMES[number], before=before, after=after) for number, (before, after) in enumerate(pairs, 1)
    ]
    assert read_hunks(unified(edits)) == hunks(edits)


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_written_as_git_reads_them(name: str) -> None:
    for before, after in [(b"a\n", b"b\n"), (None, b"b\n"), (b"a\n", None), (None, b""), (b"", None), (b"\0", b"\1")]:
        edits = [FileEdit(path=name, before=before, after=after)]
        assert_git_makes(edits)
        assert read_hunks(unified(edits)) == hunks(edits)


def test_a_name_that_is_not_utf8_is_written_as_git_reads_it() -> None:
    assert_git_makes([FileEdit(path=os.fsdecode(b"caf\xe9.py"), before=b"a\n", after=b"b\n")])


def test_control_characters_in_a_name_never_reach_the_diff() -> None:
    patch = unified([FileEdit(path="a\n+b\x1b[31m\t.py", before=b"a\n", after=b"b\n")])
    assert "\x1b" not in patch
    assert '"a/a\\n+b\\033[31m\\t.py"' in patch


def test_files_are_created_deleted_and_changed_in_one_diff() -> None:
    edits = [
        FileEdit(path="new/file.py", before=None, after=b"x = 1\n"),
        FileEdit(path="old.py", before=b"y = 2\n", after=None),
        FileEdit(path="changed.py", before=b"z = 3\n", after=b"z = 4"),
        FileEdit(path="same.py", before=b"q\n", after=b"q\n"),
    ]
    assert_git_makes(edits)
    assert [(file.path, file.added, file.removed) for file in counts(edits)] == [
        ("new/file.py", 1, 0),
        ("old.py", 0, 1),
        ("changed.py", 1, 1),
    ]
    assert [hunk.number for hunk in hunks(edits)] == [1, 2, 3]
    assert [hunk.whole for hunk in hunks(edits)] == [True, True, False]


@pytest.mark.parametrize(
    "content",
    [b"\0\1\2", b"caf\xe9\n", bytes(range(256)) * 40, random.Random(3).randbytes(3000)],
    ids=["zero", "latin", "every byte", "noise"],
)
def test_bytes_that_are_no_text_travel_in_gits_binary_form(content: bytes) -> None:
    for before, after in [(content, b"text\n"), (b"text\n", content), (None, content), (content, None), (content, b"")]:
        edits = [FileEdit(path="blob.bin", before=before, after=after)]
        assert_git_makes(edits)
        assert [hunk.whole for hunk in hunks(edits)] == [True]
        assert read_hunks(unified(edits)) == hunks(edits)


def test_git_sets_the_mode_that_the_edit_names(tmp_path: Path) -> None:
    edits = [
        FileEdit(path="run.sh", before=None, after=b"#!/bin/sh\n", mode=0o755),
        FileEdit(path="tool.sh", before=b"exit\n", after=b"exit\n", mode=0o755),
    ]
    lay(tmp_path, edits)
    assert git_apply(tmp_path, unified(edits)).returncode == 0
    assert (tmp_path / "run.sh").stat().st_mode & 0o111
    assert (tmp_path / "tool.sh").stat().st_mode & 0o111
    assert read_hunks(unified(edits)) == hunks(edits)
    assert choose(edits, [2]) == (edits[1],)


def test_distant_changes_are_hunks_of_their_own_and_each_can_be_kept_alone() -> None:
    before = b"".join(b"line %d\n" % number for number in range(40))
    after = before.replace(b"line 3\n", b"line three\n").replace(b"line 30\n", b"")
    edits = [FileEdit(path="a.py", before=before, after=after), FileEdit(path="b.py", before=None, after=b"b\n")]
    assert [(hunk.number, hunk.path) for hunk in hunks(edits)] == [(1, "a.py"), (2, "a.py"), (3, "b.py")]
    assert choose(edits, [2])[0].after == before.replace(b"line 30\n", b"")
    assert choose(edits, [1])[0].after == before.replace(b"line 3\n", b"line three\n")
    assert choose(edits, [3]) == (edits[1],)
    assert choose(edits, [1, 2, 3]) == tuple(edits)


@pytest.mark.parametrize("keep", [[0], [4], [-1], [1, 99]])
def test_an_unknown_hunk_is_refused(keep: list[int]) -> None:
    edits = [FileEdit(path="a.py", before=b"a\n", after=b"b\n")]
    with pytest.raises(EditRefused) as caught:
        choose(edits, keep)
    assert caught.value.code == "no-such-hunk"
    assert "1 to 1" in caught.value.hint


@pytest.mark.parametrize("patch", ["hello\n", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1 @@\n-a\n+b\n"])
def test_what_is_no_diff_is_refused(patch: str) -> None:
    with pytest.raises(EditRefused) as caught:
        read_hunks(patch)
    assert caught.value.code == "not-a-patch"


@given(st.binary(max_size=200))
def test_lines_end_at_a_line_feed_and_nowhere_else(content: bytes) -> None:
    lines = split_lines(content)
    assert b"".join(lines) == content
    assert all(line.endswith(b"\n") for line in lines[:-1])
    assert all(line and b"\n" not in line[:-1] for line in lines)


@given(st.lists(LINES, max_size=40), st.lists(LINES, max_size=40))
def test_changes_turn_the_old_lines_into_the_new(old: list[bytes], new: list[bytes]) -> None:
    built: list[bytes] = []
    at = 0
    for change in changes(old, new):
        assert old[at : change.old_first] == new[len(built) : change.new_first]
        assert (change.old_end, change.new_end) > (change.old_first, change.new_first)
        built += [*old[at : change.old_first], *new[change.new_first : change.new_end]]
        at = change.old_end
    assert [*built, *old[at:]] == new


@pytest.mark.parametrize("kinds", [1, 5, 3_000, 10_000_000])
def test_a_long_file_with_many_changes_takes_no_seconds(kinds: int) -> None:
    chance = random.Random(kinds)
    old = [b"    value = %d\n" % chance.randrange(kinds) for _ in range(10_000)]
    new = list(old)
    for place in chance.sample(range(10_000), 500):
        new[place] = chance.choice([b"", new[place] * 2, b"other = %d\n" % place])
    edits = [FileEdit(path="long.py", before=b"".join(old), after=b"".join(new))]
    began = time.process_time()
    found = hunks(edits)
    assert time.process_time() - began < 2
    # Where every line is the same there is nothing to hold on to, and the file is replaced whole.
    assert sum(hunk.added for hunk in found) < 1_000 or kinds == 1
