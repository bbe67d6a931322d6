"""What an answer compares with itself: it holds always, where one of two things of the same name was meant."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline

_SAME = frozenset({"==", "==="})
_OF_NUMBERS = re.compile(r"\b(?:numbers?|numeric|NaN|digits?)\b", re.IGNORECASE)
_ADVICE = "which always holds; give one of the two another name"


def with_itself(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield names that a Python function compares with themselves, and did not before.

    `any(to == to for to, text in waiting)` takes over a parameter of its name. That a number is no number is asked with
    `!=`.
    """
    old = {ast.dump(part) for part in ast.walk(before)}
    for part in ast.walk(after):
        match part:
            case ast.Compare(left=ast.Name(id=left), ops=[ast.Eq()], comparators=[ast.Name(id=right)]) if (
                left == right and ast.dump(part) not in old
            ):
                yield f"{name} compares `{left}` with itself, {_ADVICE}"


def with_itself_elsewhere(task: str, name: str, was: Outline, now: Outline) -> Iterator[str]:
    """Yield the same of a function in another language, by its name in the file as it was and as it is.

    Where a task speaks of numbers, `n === n` may ask whether it is one.
    """
    if _OF_NUMBERS.search(task):
        return
    old, source = text(was.source, was.by_name[name][0].node), now.source
    for node in walk(now.by_name[name][0].node):
        left, right, sign = (field(node, side) for side in ("left", "right", "operator"))
        if left is None or right is None or left.type != "identifier" or text(source, sign) not in _SAME:
            continue
        if text(source, left) == text(source, right) and text(source, node) not in old:
            yield f"{name} compares `{text(source, left)}` with itself, {_ADVICE}"
