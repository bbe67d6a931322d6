"""SEARCH/REPLACE blocks as aider, cline and Roo have them, in every way that models spell their markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.edits.forms.bodies import number_before, without_numbers
from workbench.edits.forms.hunks import FileChange, Hunk, difference
from workbench.edits.forms.paths import is_path, path_of_comment, path_of_heading, words_that_may_name
from workbench.errors import EditRefused

_WORDS = r"SEARCH|ORIGINAL|OLD|HEAD|BEFORE|FIND|CURRENT"
_START = re.compile(
    rf"^(?P<margin>[ \t]*)(?:<{{5,}}[ \t]*(?:(?P<word>{_WORDS})(?!\w))?|-{{5,}}[ \t]*SEARCH(?!\w))[ \t]*[>:]*[ \t]*"
    r"(?P<rest>[^\s<>=].*)?$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^[ \t]*(?:(?P<marks>>{5,})[ \t]*(?P<word>\S.*)?|(?:\+{5,}|<{5,})[ \t]*(?:REPLACE|UPDATED|END)\b.*)$",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"^[ \t]*={5,}[ \t]*$")
_ROO_LINE = re.compile(r"^\s*:(?:start_line|line):\s*(\d+)\s*$")
_ROO_END = re.compile(r"^\s*:end_line:\s*\d+\s*$")
_ROO_BAR = re.compile(r"^\s*-{5,}\s*$")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})(?P<info>[^`]*)$")
_ENDS = ("REPLACE", "UPDATED")
_LOOK_ABOVE = 4
_MOST_BLOCKS = 500


def has_blocks(lines: Sequence[str]) -> bool:
    """Return whether there is a line that begins a SEARCH/REPLACE block."""
    return any(_is_start(line) for line in lines)


def _is_start(line: str) -> re.Match[str] | None:
    if "<<<<<" not in line and "-----" not in line:
        return None
    found = _START.match(line)
    if not found or _END.match(line):
        return None
    # A word after bare marks is a path, or this is no marker.
    rest = (found["rest"] or "").strip()
    if rest and not is_path(rest.strip("`*\"'")) and (found["word"] or "").upper() != "HEAD":
        return None
    return found


def read_blocks(lines: Sequence[str]) -> tuple[list[FileChange], list[tuple[int, int]]]:
    """Return the blocks in an answer, each as a change of one file, and the lines they stand on.

    Raises:
        EditRefused: a block has no end (code `cut-off`), no divider or several (code `malformed`).
    """
    found: list[FileChange] = []
    taken: list[tuple[int, int]] = []
    at = 0
    path: str | None = None
    while at < len(lines):
        start = _is_start(lines[at])
        if start is None:
            at += 1
            continue
        end = _end_of(lines, at)
        own, hints = _path_above(lines, at, taken[-1][1] + 1 if taken else 0)
        rest = (start["rest"] or "").strip().strip("`*\"'")
        path = (rest if is_path(rest) else None) or own or path
        found.append(_block(lines[at + 1 : end], len(found) + 1, start["margin"], path, () if own else hints))
        taken.append((at, end))
        at = end + 1
        if len(found) > _MOST_BLOCKS:
            raise EditRefused("the answer has far too many blocks", code="too-large", hint="ask for less at once")
    return found, taken


def _end_of(lines: Sequence[str], start: int) -> int:
    """Return the line that ends the block begun at `start`.

    Raises:
        EditRefused: it has none.
    """
    for number in range(start + 1, len(lines)):
        if ended := _END.match(lines[number]):
            word = (ended["word"] or "").strip().upper()
            is_part = any(whole.startswith(word) and whole != word for whole in _ENDS)
            if number == len(lines) - 1 and is_part and (word or (ended["marks"] and _is_worded(lines[start]))):
                break
            return number
        if _is_start(lines[number]):
            break
    raise EditRefused(
        f"the block that begins in line {start + 1} of the answer has no end",
        code="cut-off",
        hint="allow a longer answer, or ask for less at once",
    )


def _is_worded(start: str) -> bool:
    found = _START.match(start)
    return found is not None and found["word"] is not None


def _block(inside: Sequence[str], number: int, margin: str, path: str | None, hints: tuple[str, ...]) -> FileChange:
    if margin and all(line.startswith(margin) or not line.strip() for line in inside):
        inside = [line.removeprefix(margin) for line in inside]
    line, inside = _roo_header(inside)
    at = _divider(inside)
    search, replace = list(inside[:at]), list(inside[at + 1 :])
    if not "".join(search).strip():
        return _creation(path, hints, replace, number)
    readings = [difference(old, new) for old, new in _variants(search, replace)]
    number_said = _number_prefixed(search)
    hunk = Hunk(number, tuple(dict.fromkeys(readings)), line=line or number_said)
    return FileChange("search-replace", path, hints, hunks=(hunk,))


def _roo_header(inside: Sequence[str]) -> tuple[int | None, Sequence[str]]:
    line = None
    at = 0
    while at < len(inside) and (found := _ROO_LINE.match(inside[at]) or _ROO_END.match(inside[at])):
        line = int(found[1]) if found.re is _ROO_LINE else line
        at += 1
    if at and at < len(inside) and _ROO_BAR.match(inside[at]):
        at += 1
    return line, inside[at:]


def _divider(inside: Sequence[str]) -> int:
    """Return where SEARCH ends and REPLACE begins.

    A heading that is underlined with as many marks reads like a divider. Which one is meant is anyone's guess.

    Raises:
        EditRefused: there is none, or more than one.
    """
    dividers = [number for number, line in enumerate(inside) if _DIVIDER.match(line)]
    dividers = [number for number in dividers if inside[number].strip() == "======="] or dividers
    if len(dividers) != 1:
        what = "no divider" if not dividers else f"{len(dividers)} dividers"
        raise EditRefused(f"a block of the answer has {what}", code="malformed", hint="divide SEARCH and REPLACE once")
    return dividers[0]


def _creation(path: str | None, hints: tuple[str, ...], content: list[str], number: int) -> FileChange:
    inner = _inner_fence(content)
    lines = inner if inner is not None else content
    hunk = Hunk(number, (difference([], lines),))
    text = "".join(f"{line}\n" for line in lines)
    return FileChange("search-replace", path, hints, action="create", content=text, hunks=(hunk,))


def _variants(search: list[str], replace: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what the two sides may mean: as they stand, without fences, a path or line numbers of their own."""
    yield search, replace
    inner, inner_new = _inner_fence(search), _inner_fence(replace)
    if inner is not None and (inner_new is not None or not "".join(replace).strip()):
        yield inner, inner_new or []
        search, replace = inner, inner_new or []
    if search and path_of_comment(search[0]) and replace and replace[0] == search[0]:
        yield search[1:], replace[1:]
    if search and path_of_comment(search[0]) and not (replace and path_of_comment(replace[0])):
        yield search[1:], replace
    numbered = without_numbers(search)
    if numbered is not None:
        new = without_numbers(replace, must_follow=False)
        if new is not None or not any(number_before(line) is not None for line in replace):
            yield numbered, new if new is not None else replace


def _number_prefixed(search: Sequence[str]) -> int | None:
    return None if without_numbers(search) is None else number_before(search[0])


def _inner_fence(lines: list[str]) -> list[str] | None:
    """Return what is between two fences, where they are the first and the last line that says anything."""
    solid = [number for number, line in enumerate(lines) if line.strip()]
    if len(solid) < 2 or not _FENCE.match(lines[solid[0]]) or lines[solid[-1]].strip().strip("`~"):
        return None
    return lines[solid[0] + 1 : solid[-1]]


def _path_above(lines: Sequence[str], start: int, least: int) -> tuple[str | None, tuple[str, ...]]:
    """Return the path that the lines above a block name, and words of them that may be one."""
    seen = 0
    hints: tuple[str, ...] = ()
    for number in range(start - 1, least - 1, -1):
        line = lines[number]
        if not line.strip():
            continue
        seen += 1
        if fence := _FENCE.match(line):
            words = [word.strip("\"'`*") for word in re.split(r"[\s:=]+", fence["info"].strip("{} ")) if word]
            path = next((word for word in words if is_path(word)), None)
        else:
            path = path_of_heading(line) or path_of_comment(line)
        if path:
            return path, ()
        bare = line.strip("`*#:\"' \t")
        hints = hints or words_that_may_name(line) or ((bare,) if bare and " " not in bare else ())
        if seen >= _LOOK_ABOVE:
            break
    return None, hints
