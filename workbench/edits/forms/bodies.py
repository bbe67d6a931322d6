"""The lines below an `@@`, where some lost their leading space, have numbers before or prose behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.edits.forms.hunks import Op, Reading, new_side, old_side
from workbench.errors import EditRefused

MOST_HUNKS = 2_000
"""Most hunks, and files, of one answer."""

MOST_LINES = 5_000
"""Most lines of one hunk."""

_NO_NEWLINE = re.compile(r"^\\ ?No newline", re.IGNORECASE)
_BULLET = re.compile(r"^[-*] [A-Za-z`\"'*(]")
_MOST_TRIES = 8
_PROSE = re.compile(r"^[A-Za-z`*#>\"'(\d].*[ .:!`]")
_NUMBER = r"[ \t]*(?P<number>\d{1,6})"
_NUMBERED = tuple(
    re.compile(f"{_NUMBER}(?:{mark}(?P<text>.*)|[ \t]*)$") for mark in (r"\t", r"[ ]?[|│→][ ]?", r":[ ]?", r"[ ]")
)
"""A number before a line, and what parts the two: the same on every line of a piece."""


def without_numbers(lines: Sequence[str], *, must_follow: bool = True) -> list[str] | None:
    """Return lines without the numbers before them: only where every line has one and each is one more than the last.

    With `must_follow` off, numbers may be left out where lines were taken away, but never fall.
    """
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if len(lines) < 2 and must_follow:
        return None
    for pattern in _NUMBERED:
        found = [pattern.match(line) for line in lines]
        numbers = [int(one["number"]) for one in found if one is not None]
        if len(numbers) == len(lines) and all(
            after == before + 1 if must_follow else after >= before for before, after in pairwise(numbers)
        ):
            return [one["text"] or "" for one in found if one is not None]
    return None


def number_before(line: str) -> int | None:
    """Return the number that stands before a line, if one does."""
    found = next((one for pattern in _NUMBERED if (one := pattern.match(line))), None)
    return int(found["number"]) if found else None


def newlines(body: Sequence[str]) -> tuple[bool | None, bool | None]:
    """Return whether the old and the new file end with a newline, as the marks behind the lines say."""
    marked = {body[at - 1][:1] for at, line in enumerate(body) if at and _NO_NEWLINE.match(line)}
    if not marked:
        return None, None
    both = bool(marked - {"+", "-"})
    return not (both or "-" in marked), not (both or "+" in marked)


def readings(body: Sequence[str], counts: tuple[int, int] | None) -> tuple[Reading, ...]:
    """Return what the lines of a hunk may mean, the likeliest first.

    Raises:
        EditRefused: there are far too many of them (code `too-large`).
    """
    if len(body) > MOST_LINES:
        raise EditRefused("a hunk of the answer is far too long", code="too-large", hint="ask for less at once")
    lines = [line for line in body if not _NO_NEWLINE.match(line)]
    bare = _without_blank_end(lines)
    prose = _without_prose(bare)
    seen: list[Reading] = []
    if counts is not None and (whole := _by_count(lines, counts)) is not None:
        seen.append(whole)
    seen += [strict for tried in (lines, bare) if (strict := _strict(tried)) is not None]
    # All lines come before fewer: what looks like prose may be a line that lost its leading space.
    seen.append(_lenient(bare))
    if prose is not None:
        seen += [strict for strict in (_strict(prose),) if strict is not None]
        seen.append(_lenient(prose))
    numbered = [plain for reading in seen[:1] if (plain := _without_numbers(reading)) is not None]
    return tuple(dict.fromkeys([*seen, *numbered]))


def _without_numbers(reading: Reading) -> Reading | None:
    """Return a reading of which every line has its number before it without these numbers."""
    old = without_numbers([op.text for op in old_side(reading)])
    new = without_numbers([op.text for op in reading if op.mark == "+"], must_follow=False)
    if old is None or new is None or len(old) != len(old_side(reading)):
        return None
    sides = {"+": iter(new), "-": iter(old)}
    return tuple(Op(op.mark, next(sides["+" if op.mark == "+" else "-"])) for op in reading)


def _without_blank_end(lines: Sequence[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    return list(lines[:end])


def _without_prose(lines: Sequence[str]) -> list[str] | None:
    """Return a hunk without the prose behind it, which begins after a blank line and has no line of a diff in it."""
    begins: list[int] = []
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        if line[:1] == "+" or (line[:1] == "-" and not _BULLET.match(line)) or (line[:1] == " " and line.strip()):
            break
        if not lines[number - 1] and _PROSE.match(line):
            begins.append(number)
    for number in begins[::-1][:_MOST_TRIES]:
        before = _without_blank_end(lines[: number - 1])
        if "" not in before or _strict(before) is not None:
            return before
    return None


def _strict(lines: Sequence[str]) -> Reading | None:
    """Return lines that all begin as a diff's do; an empty one stands for a blank line that stays."""
    ops: list[Op] = []
    for line in lines:
        match line[:1]:
            case "+":
                ops.append(Op("+", line[1:]))
            case "-":
                ops.append(Op("-", line[1:]))
            case " " | "":
                ops.append(Op(" ", line[1:]))
            case _:
                return None
    return tuple(ops)


def _lenient(lines: Sequence[str]) -> Reading:
    """Return lines of which those that stay may have lost their leading space."""
    ops = []
    for line in lines:
        if line[:1] == "+":
            ops.append(Op("+", line[1:]))
        elif line[:1] == "-":
            ops.append(Op("-", line[1:]))
        elif line[:1] == " ":
            ops.append(Op(" ", line[1:], other=line))
        else:
            ops.append(Op(" ", line))
    return tuple(ops)


def _by_count(lines: Sequence[str], counts: tuple[int, int]) -> Reading | None:
    """Return the first lines, where the numbers of the header say that they are all and what follows is no diff."""
    old = new = 0
    for end in range(len(lines) + 1):
        if (old, new) == counts:
            rest = lines[end:]
            clean = not any(line[:1] in {"+", "-"} and not _BULLET.match(line) for line in rest)
            clean = clean and not any(line.startswith(" ") and line.strip() for line in rest)
            return _strict(lines[:end]) if clean and (not rest or not rest[0]) else None
        if end < len(lines):
            old += lines[end][:1] != "+"
            new += lines[end][:1] != "-"
    return None


def is_whole(body: Sequence[str], counts: tuple[int, int]) -> bool:
    """Return whether a hunk has just the lines that its header says."""
    lines = [line for line in body if not _NO_NEWLINE.match(line)]
    tries = (_strict(lines), _strict(_without_blank_end(lines)), _lenient(_without_blank_end(lines)))
    return any(one is not None and (len(old_side(one)), len(new_side(one))) == counts for one in tries)


def is_short(body: Sequence[str], counts: tuple[int, int]) -> bool:
    """Return whether a hunk has fewer lines than its header says."""
    reading = _lenient(_without_blank_end([line for line in body if not _NO_NEWLINE.match(line)]))
    return len(old_side(reading)) < counts[0] or len(new_side(reading)) < counts[1]
