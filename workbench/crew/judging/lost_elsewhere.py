"""What a change of another language than Python takes away that nobody asked to go: a number that it compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.edits.foreign.nodes import text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file, speaks
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused
from workbench.model import FileEdit

_OTHER_LIMITS = re.compile(
    r"\b(?:instead|rather than|any number|no longer|no limit|remov\w*|drop\w*|replac\w*|chang\w*|simplif\w*|rewrit\w*"
    r"|without|regardless|whatever|increas\w*|rais\w* the|lower\w* the|constant\w*|extract\w*|helper)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TELLS_NOTHING = frozenset({"0", "1", "2"})


def limits_lost(task: str, edits: Sequence[FileEdit]) -> str:
    """Return which number a function no longer has, for the model to read; nothing where none is missed.

    Args:
        task: what was asked; a number that it names may go, and so may any where it speaks of other limits.
        edits: the change.
    """
    if _OTHER_LIMITS.search(task):
        return ""
    named = set(_NUMBER.findall(task))
    for edit in edits:
        if edit.before and edit.after and not edit.path.endswith(PYTHON_SUFFIXES):
            for name, number in _missing(edit.path, edit.before, edit.after):
                if number not in named:
                    return f"{name} no longer has {number}; leave what it does with that as it was"
    return ""


def _missing(path: str, before: bytes, after: bytes) -> Iterator[tuple[str, str]]:
    """Yield the numbers that stand in a comparison of a function as it was, and nowhere in it as it is."""
    try:
        texts = before.decode("utf-8"), after.decode("utf-8")
        if not speaks(path, texts[0]):
            return
        was, now = (outline_of_file(path, one) for one in texts)
    except (EditRefused, ValueError):
        return
    for name, found in was.by_name.items():
        if len(found) == 1 and found[0].kind == "function" and len(now.by_name.get(name, [])) == 1:
            old, new = _code(was, name), _code(now, name)
            if old != new:
                has = set(_NUMBER.findall(new))
                yield from ((name, number) for number in _asked_by(was, name) if number not in has)


def _code(file: Outline, name: str) -> str:
    return text(file.source, file.by_name[name][0].node)


def _asked_by(file: Outline, name: str) -> Iterator[str]:
    """Yield the numbers that a function compares with, but for those that stand for nothing, one and a pair."""
    for node in walk(file.by_name[name][0].node):
        if node.type in {"binary_expression", "binary", "test_command", "comparison"}:
            said = text(file.source, node)
            if re.search(r"[<>]=?|==|-[gl][te]\b|-eq\b", said):
                yield from (one for one in _NUMBER.findall(said) if one not in _TELLS_NOTHING)
