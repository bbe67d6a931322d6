"""Reading a model's answer: the code fences in it, and the edits that it writes as SEARCH/REPLACE, diff or V4A.

Fences may be nested, indented or missing. One that is never closed means that the answer was cut off, unless all that
stands in it is whole. What the words mean for a file is found out elsewhere, with the file at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.edits.forms import diffs, searchreplace, v4a
from workbench.edits.forms.escapes import is_escaped_throughout, looks_escaped, unescape, with_unescaped
from workbench.edits.forms.fences import FENCE, Block, code_blocks, parses
from workbench.edits.forms.hunks import FileChange, HunkForm
from workbench.errors import EditRefused

__all__ = ["Answer", "Block", "Form", "blocks", "read"]

_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_PYTHON = {"", "python", "py", "python3"}
_SIGNED = re.compile(r"^-{5,}[ \t]*SEARCH", re.MULTILINE)
_EDIT = re.compile(r"<{5,}|-{5,}|--- \S|@@|\*\*\* \S|diff --git ")
_THOUGHT_ENDS = re.compile(r"^\s*</think(?:ing)?>[ \t]*$", re.MULTILINE)

Form = Literal["none", "code"] | HunkForm | Literal["mixed"]


@dataclass(frozen=True)
class Answer:
    """An answer, read.

    Attributes:
        text: its words, without thoughts, lines ending with `\\n`.
        changes: the edits in it that name lines of a file.
        blocks: the code in its fences: whole files or symbols.
        form: which of these it has.
        sure: how sure the reader is that it reads as it was meant, from 0 to 1.
        is_escaped: whether it looks like one whose `<` became `&lt;`.
    """

    text: str
    changes: tuple[FileChange, ...] = ()
    blocks: tuple[Block, ...] = ()
    form: Form = "none"
    sure: float = 1.0
    is_escaped: bool = False


def read(answer: str) -> Answer:
    """Return what an answer says, whatever form it has.

    Raises:
        EditRefused: it was cut off (code `cut-off`), or a block or diff in it cannot be read (code `malformed`,
            `unknown-form`, `binary`, `too-large`).
    """
    text = _plain(answer)
    sure = 1.0
    if is_escaped_throughout(text):
        text, sure = unescape(text), 0.8
    ended = text.endswith("\n")
    lines = _without_margins(text.removesuffix("\n").split("\n"))
    changes, taken = _edits(lines, ended=ended) if _has_edits(text, lines) else ([], [])
    if not changes:
        found = code_blocks(text)
        escaped = bool(found) and looks_escaped([line for block in found for line in block.code.split("\n")])
        sure -= 0.2 * ("```" not in text and "~~~" not in text) + 0.2 * escaped
        return Answer(text, blocks=found, form="code" if found else "none", sure=round(sure, 2), is_escaped=escaped)
    rest = _without(lines, taken)
    fences = [number for number, line in enumerate(rest) if FENCE.match(line)]
    found = ()
    if len(fences) % 2:
        _refuse_cut_off(rest, max([*fences, *(end for _, end in taken)]))
        sure -= 0.2
    else:
        found = (
            tuple(block for block in code_blocks("\n".join(rest)) if block.path and block.code.strip())
            if fences
            else ()
        )
    escaped = looks_escaped([lines[at] for first, end in taken for at in range(first, end + 1)])
    if escaped:
        changes, sure = [with_unescaped(change) for change in changes], sure - 0.2
    forms: list[HunkForm] = list(dict.fromkeys(change.form for change in changes))
    form: Form = "mixed" if len(forms) > 1 or found else forms[0]
    sure -= 0.1 * any(change.path is None for change in changes)
    return Answer(text, tuple(changes), found, form, round(sure, 2), escaped)


def _plain(answer: str) -> str:
    """Return an answer without BOM, carriage returns and thoughts.

    Raises:
        EditRefused: it ends while it still thinks.
    """
    text = answer.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _THOUGHT.sub("", text, count=1)
    if re.match(r"\s*<think(?:ing)?>", text):
        raise EditRefused("the answer ends while it still thinks", code="cut-off", hint="allow a longer answer")
    # Where the prompt ends with the opening tag, only the closing one is the answer's.
    ends = _THOUGHT_ENDS.search(text)
    return text[ends.end() :] if ends and "<think" not in text[: ends.start()] else text


def _has_edits(text: str, lines: Sequence[str]) -> bool:
    """Return whether an answer has edits that name lines; what only stands in a string of its code is none."""
    if not _holds(lines):
        return False
    if "```" not in text and "~~~" not in text:
        return True
    try:
        found = code_blocks(text)
    except EditRefused:
        return True
    for block in found:
        if _holds(block.code.split("\n")):
            # `------- SEARCH` is Python too: a name with seven signs.
            if _SIGNED.search(block.code) or block.language not in _PYTHON or not parses(block.code.split("\n")):
                return True
            text = text.replace(block.code, "", 1)
    return _holds(text.split("\n"))


def _holds(lines: Sequence[str]) -> bool:
    return v4a.has_v4a(lines) or searchreplace.has_blocks(lines) or diffs.has_diff(lines)


def _edits(lines: list[str], *, ended: bool) -> tuple[list[FileChange], list[tuple[int, int]]]:
    changes: list[FileChange] = []
    taken: list[tuple[int, int]] = []
    if v4a.has_v4a(lines):
        found, places = v4a.read_v4a(lines, ended=ended)
        changes, taken = [*changes, *found], [*taken, *places]
    if searchreplace.has_blocks(rest := _without(lines, taken)):
        found, places = searchreplace.read_blocks(rest)
        changes, taken = [*changes, *found], [*taken, *places]
    if diffs.has_diff(rest := _without(lines, taken)):
        found, places = diffs.read_diff(rest, ended=ended)
        changes, taken = [*changes, *found], [*taken, *places]
    return changes, sorted(taken)


def _without(lines: Sequence[str], taken: Sequence[tuple[int, int]]) -> list[str]:
    """Return the lines with those that are read already made empty, so that numbers of lines stay."""
    rest = list(lines)
    for first, end in taken:
        rest[first : end + 1] = [""] * (end + 1 - first)
    return rest


_BEGINS_DIFF = ("@@", "*** Begin Patch", "*** Update File", "diff --git ", "--- ")


def _without_margins(lines: list[str]) -> list[str]:
    """Return the lines with the margin of an indented fence taken off it and what stands in it.

    Below a diff that began without a margin, a fence that is indented is a line of the file that stays.
    """
    made: list[str] = []
    margin = ""
    is_diff = False
    for number, line in enumerate(lines):
        is_diff = is_diff or (not margin and line.startswith(_BEGINS_DIFF))
        found = FENCE.match(line)
        if found and not margin and not is_diff and found["margin"] and _holds_edits(lines, number, found["margin"]):
            margin = found["margin"]
            made.append(line.removeprefix(margin))
            continue
        made.append(line.removeprefix(margin))
        if found and margin and not found["info"].strip():
            margin = ""
    return made


def _holds_edits(lines: Sequence[str], fence: int, margin: str) -> bool:
    """Return whether an edit begins in the first lines of a fence, at the fence's own margin."""
    inside = lines[fence + 1 : fence + 6]
    return any(line.startswith(margin) and _EDIT.match(line.removeprefix(margin)) for line in inside)


def _refuse_cut_off(rest: Sequence[str], last: int) -> None:
    """Refuse an answer with an open fence, unless all in it is whole and what follows is a sentence, or nothing."""
    following = [line for line in rest[last + 1 :] if line.strip()]
    if following and not following[-1].rstrip().endswith((".", "!", "?", ")", ":")):
        raise EditRefused(
            "a fence of the answer has no end", code="cut-off", hint="allow a longer answer, or ask for less at once"
        )


def blocks(answer: str) -> tuple[Block, ...]:
    """Return the code in an answer, in its order; nothing where it has none.

    An answer without any fence is taken as code where it parses as Python, from its first line that looks like code.

    Raises:
        EditRefused: a fence is not closed (code `cut-off`), or there are thousands (code `too-large`).
    """
    return code_blocks(_plain(answer))
