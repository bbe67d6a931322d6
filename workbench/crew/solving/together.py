"""Two answers that each did a part of what was asked, made one.

Asked for two things at once, a small model likes to do one of them, and the next time the other one.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.edits.lines import changes, split_lines
from workbench.model import FileEdit

_Made = tuple[int, int, tuple[bytes, ...]]


def together(first: Sequence[FileEdit], second: Sequence[FileEdit]) -> tuple[FileEdit, ...] | None:
    """Return the changes of two answers to the same file as one; None where they touch the same lines, or add nothing.

    Lines side by side may be changed by one each: unlike a merge into somebody's file this is judged by commands.
    """
    if len(first) != 1 or len(second) != 1 or first[0].path != second[0].path:
        return None
    (one,), (other,) = first, second
    if one.before is None or one.after is None or other.after is None or one.before != other.before:
        return None
    base = split_lines(one.before)
    mine, theirs = (_made(base, side) for side in (one.after, other.after))
    own, added = [made for made in mine if made not in theirs], [made for made in theirs if made not in mine]
    if not own or not added or any(_clash(made, another) for made in own for another in added):
        return None
    built: list[bytes] = []
    at = 0
    for begin, end, lines in sorted({*mine, *theirs}):
        built += [*base[at:begin], *lines]
        at = end
    after = b"".join([*built, *base[at:]])
    return (one.model_copy(update={"after": after}),)


def _made(base: list[bytes], side: bytes) -> list[_Made]:
    """Return the changes of one side: from where to where in the base, and what stands there now.

    As many lines for as many are changed one by one: another answer may have some of them as they were.
    """
    lines = split_lines(side)
    found: list[_Made] = []
    for one in changes(base, lines):
        new = lines[one.new_first : one.new_end]
        if len(new) == one.old_end - one.old_first:
            rows = enumerate(zip(base[one.old_first : one.old_end], new, strict=True), one.old_first)
            found += [(row, row + 1, (now,)) for row, (was, now) in rows if was != now]
        else:
            found.append((one.old_first, one.old_end, tuple(new)))
    return found


def _clash(one: _Made, other: _Made) -> bool:
    """Return whether two changes touch the same lines, or put something at the same place."""
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]
