"""What an answer says of a file in pieces, before anyone looked into the file: lines that go, come and stay.

SEARCH/REPLACE blocks, unified diffs and V4A patches all become these values, so that one ladder finds their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.edits.lines import changes

HunkForm = Literal["search-replace", "unified-diff", "v4a"]
Action = Literal["update", "create", "delete"]


@dataclass(frozen=True)
class Op:
    """One line of a hunk: `mark` is " " where it stays, "-" where it goes, "+" where it comes.

    `other` is the same line read as one that lost its leading space, where that is another text.
    """

    mark: Literal[" ", "-", "+"]
    text: str
    other: str | None = None


Reading = tuple[Op, ...]


@dataclass(frozen=True)
class Hunk:
    """One place to change.

    Attributes:
        number: which hunk of the answer this is, from 1.
        readings: what it may mean, the likeliest first.
        line: its first old line in the file as the answer says, from 1; it may break a tie and no more.
        anchors: lines that stand above it, as V4A names them.
        at_end: whether the answer says that it ends where the file ends.
        old_newline: whether the old file ends with a newline as the answer says; None where it does not say.
        new_newline: likewise for the new file.
        open_end: whether nothing shows that the answer did not end in the middle of its last line.
        doubtful: whether the answer looks like one whose `<` became `&lt;` on the way.
    """

    number: int
    readings: tuple[Reading, ...]
    line: int | None = None
    anchors: tuple[str, ...] = ()
    at_end: bool = False
    old_newline: bool | None = None
    new_newline: bool | None = None
    open_end: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class FileChange:
    """What one part of an answer does to one file.

    Attributes:
        path: the file as the answer names it; None where it does not.
        hints: words near it that may name the file, where `path` is None.
        new_path: what the file is called from now on, where it is renamed.
        content: the whole text of a file that is created.
        mode: permission bits that the answer sets.
    """

    form: HunkForm
    path: str | None
    hints: tuple[str, ...] = ()
    action: Action = "update"
    new_path: str | None = None
    content: str = ""
    mode: int | None = None
    hunks: tuple[Hunk, ...] = ()


def old_side(reading: Reading) -> tuple[Op, ...]:
    """Return the lines that must be in the file."""
    return tuple(op for op in reading if op.mark != "+")


def new_side(reading: Reading) -> tuple[str, ...]:
    """Return the lines that will be in the file."""
    return tuple(op.text for op in reading if op.mark != "-")


def is_change(reading: Reading) -> bool:
    """Return whether a reading changes anything at all."""
    return tuple(op.text for op in old_side(reading)) != new_side(reading)


def difference(old: list[str], new: list[str]) -> Reading:
    """Return two versions of some lines as one reading: what is equal in both stays."""
    before = [line.encode("utf-8", "surrogatepass") for line in old]
    after = [line.encode("utf-8", "surrogatepass") for line in new]
    ops: list[Op] = []
    at = 0
    for change in changes(before, after):
        ops += [Op(" ", line) for line in old[at : change.old_first]]
        ops += [Op("-", line) for line in old[change.old_first : change.old_end]]
        ops += [Op("+", line) for line in new[change.new_first : change.new_end]]
        at = change.old_end
    return (*ops, *(Op(" ", line) for line in old[at:]))
