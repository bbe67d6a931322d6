"""V4A patches, `*** Begin Patch` to `*** End Patch`: places are named by lines of the file, never by numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.edits.forms.bodies import MOST_HUNKS, readings
from workbench.edits.forms.hunks import Action, FileChange, Hunk, difference
from workbench.errors import EditRefused

_FILE = re.compile(r"^\*\*\* (?P<what>Update|Add|Delete) File:[ \t]*(?P<path>\S.*?)[ \t]*$")
_MOVE = re.compile(r"^\*\*\* Move to:[ \t]*(?P<path>\S.*?)[ \t]*$")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_NUMBERS = re.compile(r"^@@[ \t]*-(\d+)(?:,\d+)?[ \t]+\+\d+")
_BEGIN, _END, _END_OF_FILE = "*** Begin Patch", "*** End Patch", "*** End of File"


def has_v4a(lines: Sequence[str]) -> bool:
    """Return whether there is a line that only a V4A patch has."""
    return any(line.startswith("*** ") and (line.startswith(_BEGIN) or _FILE.match(line)) for line in lines)


def read_v4a(lines: Sequence[str], *, ended: bool) -> tuple[list[FileChange], list[tuple[int, int]]]:
    """Return the changes of the patches in an answer, and the lines they stand on.

    Raises:
        EditRefused: a patch has no end (code `cut-off`), or a line that belongs nowhere (code `malformed`).
    """
    found: list[FileChange] = []
    taken: list[tuple[int, int]] = []
    at = 0
    begun: int | None = None
    fenced = False
    count = 0
    while at < len(lines):
        line = lines[at]
        start = at
        if line.startswith(_BEGIN):
            begun = at
        elif line.startswith(_END):
            begun = None
        elif header := _FILE.match(line):
            end = _end_of(lines, at + 1)
            is_closed = end < len(lines) and not lines[end].startswith("*** End of")
            if end == len(lines) and (begun is not None or fenced or not ended):
                raise EditRefused(
                    "the patch in the answer has no end",
                    code="cut-off",
                    hint="allow a longer answer, or ask for less at once",
                )
            body = list(lines[at + 1 : end])
            found.append(_change(header["what"], header["path"].strip("`'\""), body, count))
            count += len(found[-1].hunks)
            if max(count, len(found)) > MOST_HUNKS:
                raise EditRefused("the answer has far too many hunks", code="too-large", hint="ask for less at once")
            at = end - 1
            fenced = fenced and not is_closed
        else:
            fenced = fenced != bool(_FENCE.match(line))
            at += 1
            continue
        taken.append((start, at))
        at += 1
    return found, taken


def _end_of(lines: Sequence[str], start: int) -> int:
    for number in range(start, len(lines)):
        line = lines[number]
        if line.startswith((_END, _BEGIN)) or _FILE.match(line) or _FENCE.match(line):
            return number
    return len(lines)


def _change(what: str, path: str, body: list[str], before: int) -> FileChange:
    actions: dict[str, Action] = {"Update": "update", "Add": "create", "Delete": "delete"}
    action = actions[what]
    while body and not body[-1].strip():
        body.pop()
    if action == "create":
        if any(not line.startswith("+") for line in body if line.strip()):
            raise EditRefused(
                f"{path} is added with lines that do not come", code="malformed", hint="begin each with +"
            )
        lines = [line[1:] for line in body]
        content = "".join(f"{line}\n" for line in lines)
        return FileChange(
            "v4a", path, action=action, content=content, hunks=(Hunk(before + 1, (difference([], lines),)),)
        )
    if action == "delete":
        return FileChange("v4a", path, action=action)
    moved = _MOVE.match(body[0]) if body else None
    hunks = _hunks(body[1:] if moved else body, before)
    return FileChange("v4a", path, new_path=moved["path"].strip("`'\"") if moved else None, hunks=tuple(hunks))


def _hunks(body: list[str], before: int) -> list[Hunk]:
    hunks: list[Hunk] = []
    anchors: list[str] = []
    lines: list[str] = []
    at_end = False
    said: int | None = None
    for line in [*body, "@@"]:
        if line.startswith("@@"):
            if any(one.strip() for one in lines):
                found = readings(lines, None)
                hunks.append(Hunk(before + len(hunks) + 1, found, line=said, anchors=tuple(anchors), at_end=at_end))
                anchors = []
            lines, at_end = [], False
            numbers = _NUMBERS.match(line)
            said = int(numbers[1]) or None if numbers else None
            if not numbers and (anchor := line[2:].strip().removesuffix("@@").strip()):
                anchors.append(anchor)
        elif line.strip() == _END_OF_FILE:
            at_end = True
        else:
            lines.append(line)
    return hunks
