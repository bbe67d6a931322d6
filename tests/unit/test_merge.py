"""Three-way merges for undo: changes that do not touch are joined as git joins them, others are refused."""

from __future__ import annotations

import subprocess
import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.edits.apply import apply, undo
from workbench.edits.merge import merge
from workbench.errors import EditRefused
from workbench.model import FileEdit

BASE = "".join(f"line {number}\n" for number in range(1, 13)).encode()


def changed(*numbers: int, what: bytes = b"changed") -> bytes:
    return b"".join(b"%s %d\n" % (what if number in numbers else b"line", number) for number in range(1, 13))


def test_changes_that_do_not_touch_are_joined() -> None:
    assert merge("a", BASE, changed(2), changed(4, 12)) == changed(2, 4, 12)
    assert merge("a", BASE, BASE.replace(b"line 2\n", b""), b"new\n" + BASE) == b"new\n" + BASE.replace(
        b"line 2\n", b""
    )


@pytest.mark.parametrize("near", [5, 6, 7])
def test_changes_that_touch_are_refused_and_both_are_shown(near: int) -> None:
    with pytest.raises(EditRefused) as caught:
        merge("a.py", BASE, changed(6), changed(near, what=b"mine"))
    assert caught.value.code == "changed"
    assert f"mine {near}" in caught.value.nearest
    assert "- changed 6" in caught.value.nearest


_SIDE = st.dictionaries(st.integers(1, 12), st.sampled_from(["", "new\n", "a\nb\n"]), max_size=3)


@given(ours=_SIDE, theirs=_SIDE)
@settings(max_examples=40, deadline=None)
def test_what_is_joined_is_what_git_joins(ours: dict[int, str], theirs: dict[int, str]) -> None:
    sides = [
        "".join(side.get(number, f"line {number}\n") for number in range(1, 13)).encode() for side in (ours, theirs)
    ]
    try:
        made = merge("a", BASE, *sides)
    except EditRefused:
        return
    with tempfile.TemporaryDirectory() as name:
        for file, content in zip(("theirs", "base", "ours"), (sides[1], BASE, sides[0]), strict=True):
            Path(name, file).write_bytes(content)
        command = ["git", "merge-file", "-p", "theirs", "base", "ours"]
        done = subprocess.run(command, cwd=name, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, made)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for folder in ("objects", "refs"):
        (root / ".git" / folder).mkdir(parents=True)
    (root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    return root


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_several_proposals_are_undone_in_any_order(root: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    (root / "a.py").write_bytes(BASE)
    homes = [tmp_path / f"home{number}" for number in range(3)]
    for home, line in zip(homes, (2, 6, 10), strict=True):
        now = (root / "a.py").read_bytes()
        after = now.replace(b"line %d\n" % line, b"changed %d\n" % line)
        apply(root, home, [FileEdit(path="a.py", before=now, after=after)])
    (root / "a.py").write_bytes((root / "a.py").read_bytes().replace(b"line 4\n", b"mine\n"))
    for number in order:
        undo(root, homes[number])
    assert (root / "a.py").read_bytes() == BASE.replace(b"line 4\n", b"mine\n")


def test_an_undo_below_another_waits_for_it(root: Path, tmp_path: Path) -> None:
    (root / "a.py").write_bytes(BASE)
    first, second = tmp_path / "first", tmp_path / "second"
    apply(root, first, [FileEdit(path="a.py", before=BASE, after=changed(6))])
    apply(root, second, [FileEdit(path="a.py", before=changed(6), after=changed(6, 7))])
    with pytest.raises(EditRefused) as caught:
        undo(root, first)
    assert caught.value.code == "changed"
    assert (root / "a.py").read_bytes() == changed(6, 7)
    undo(root, second)
    undo(root, first)
    assert (root / "a.py").read_bytes() == BASE
