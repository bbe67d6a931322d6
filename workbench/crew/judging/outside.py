"""A change that a task wants for long texts alone, and that a short one shows: worked out from the code, not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import product

from workbench.crew.judging.stated import Function, needed
from workbench.crew.judging.worked_out import is_at_the_top, worked
from workbench.crew.slips.righted import changed_function
from workbench.model import FileEdit

MOST = 6
"""Calls that are looked at."""

SHORT = ("'Ab'", "'A b, 12'")
"""Texts that no task calls long."""

_LONGER = re.compile(
    r"\b(?:if|when|where|whenever|once)\b[^.;]{0,80}?\b(?:longer than|more than|over|exceeds?) (?P<most>\d{1,4})"
    r" (?:characters|chars|letters|signs)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:all|also|always|each|every|and (?:should|must)|besides|too|as well|otherwise|shorter|less|fewer|else"
    r"|pad\w*)\b",
    re.IGNORECASE,
)
"""Words of something that a task wants for the other ones."""

_ENDS = re.compile(r"[.!?;]\s+")
_WISH = r"(?:should|must|needs?|wants?|please)"
_TOO = re.compile(rf"\b(?:and|then)\b|\b{_WISH}\b[^.;]{{0,80}},\s*$", re.IGNORECASE)
"""What stands before such a condition where it is not all that is wished for."""

_TOLD = re.compile(
    rf"(?:A|An|In|It|Its|Long|Now|Our|Some|Such|That|The|These|They|This|Today|Very|We)\b(?!.*(?:\b{_WISH}\b|['\"]))"
)
"""How a sentence begins that tells of something and wishes for nothing."""

_OTHERS = {"int": ("1",), "float": ("1.0",), "bool": ("False", "True")}


def changed_outside(task: str, edits: Sequence[FileEdit]) -> str:
    """Return which call with a short text gives something else now, where only long ones were meant; else nothing.

    Args:
        task: what was asked.
        edits: the change; more than one function, or one that is not at the top of its file, is left alone.
    """
    said, changed = list(_LONGER.finditer(task)), changed_function(task, edits)
    if (
        len(said) != 1
        or _MORE.search(task)
        or not _is_all(task, said[0])
        or changed is None
        or changed.was is None
        or not is_at_the_top(changed)
    ):
        return ""
    most = int(said[0]["most"])
    calls = _calls(changed.was, most) if _header(changed.was) == _header(changed.node) else ()
    before = (changed.edit.before or b"").decode("utf-8", "replace")
    if not calls:
        return ""
    for call, gave, gives in zip(calls, worked(before, calls), worked(changed.lines.text, calls), strict=True):
        if (
            gave is None
            or gives is None
            or _is_long(gave.value, most)
            or (gave.value, gave.error) == (gives.value, gives.error)
        ):
            continue
        now = f"raises {gives.error}" if gives.error else f"gives {gives.value}"
        then = f"raised {gave.error}" if gave.error else f"gave {gave.value}"
        return f"{call} {then} before the change and now {now}; what is not longer than {most} must stay as it was"
    return ""


def _is_long(value: str, most: int) -> bool:
    """Return whether what a short text became is long itself: that may be what the task is about."""
    return len(value) - 2 > most


def _is_all(task: str, condition: re.Match[str]) -> bool:
    """Return whether a task wishes for nothing but what is under a condition."""
    ahead, behind = task[: condition.start()], task[condition.end() :]
    begin = max((found.end() for found in _ENDS.finditer(ahead)), default=0)
    end = _ENDS.search(behind)
    others = [*_ENDS.split(ahead[:begin]), *(_ENDS.split(behind[end.end() :]) if end else [])]
    return not _TOO.search(ahead[begin:]) and all(_TOLD.match(one) for one in others if one.strip())


def _header(node: Function) -> list[tuple[str, str]]:
    return [(one.arg, one.annotation.id if isinstance(one.annotation, ast.Name) else "") for one in needed(node)]


def _calls(node: Function, most: int) -> tuple[str, ...]:
    """Return calls with short texts, of a function whose parameters that must be given are of plain types."""
    kinds = [kind for _, kind in _header(node)]
    texts = tuple(text for text in SHORT if len(text) - 2 <= most)
    if "str" not in kinds or node.args.vararg or node.args.kwonlyargs or node.decorator_list:
        return ()
    if not all(kind == "str" or kind in _OTHERS for kind in kinds):
        return ()
    values = (texts if kind == "str" else _OTHERS[kind] for kind in kinds)
    return tuple(f"{node.name}({', '.join(some)})" for some in product(*values))[:MOST]
