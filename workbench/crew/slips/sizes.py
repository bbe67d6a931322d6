"""Comparisons of size that are off by one, or the wrong way round."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from workbench.crew.slips.righted import SIZES, Changed, Righted, instead

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}
_BELOW_ZERO = re.compile(r"\b(?:negative|(?:below|less than|under|smaller than) (?:zero|0))\b", re.IGNORECASE)
_NUMBERS = {
    0: "[Zz]ero|[Nn]egative|[Pp]ositive",
    1: "[Oo]ne|[Ss]ingle|[Oo]nce",
    2: "[Tt]wo|[Tt]wice|[Pp]airs?",
    3: "[Tt]hree",
    4: "[Ff]our",
    5: "[Ff]ive",
    10: "[Tt]en",
}


def boundaries(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons that take in their boundary, or leave it out, unless the task says which."""
    for compare in _comparisons(changed):
        if not _is_stated(compare, changed.task):
            other = copy.deepcopy(compare)
            other.ops[0] = SIZES[type(compare.ops[0])]()
            yield instead(changed, compare, other)


def beside_it(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons with the whole number beside the one that they have, unless the task says that one."""
    for compare in _comparisons(changed):
        for place, side in enumerate(compare.comparators):
            if isinstance(side, ast.Constant) and type(side.value) is int and not _says(changed.task, side.value):
                for value in (side.value + 1, side.value - 1):
                    other = copy.deepcopy(compare)
                    other.comparators[place] = ast.Constant(value)
                    yield instead(changed, compare, other)


def _comparisons(changed: Changed) -> list[ast.Compare]:
    """Return the new comparisons of size; one after which something new is raised counts as new."""
    raised = [part for part in changed.new if isinstance(part, ast.Raise)]
    tests = [part.test for part in ast.walk(changed.node) if isinstance(part, ast.If) and set(raised) & {*part.body}]
    parts = [*changed.new, *(part for test in tests for part in ast.walk(test) if part not in changed.new)]
    return [part for part in parts if isinstance(part, ast.Compare) and type(part.ops[0]) in SIZES]


def _is_stated(compare: ast.Compare, task: str) -> bool:
    """Return whether a comparison with 0 is the one that a task has words for."""
    match compare:
        case ast.Compare(ops=[ast.Lt() | ast.GtE()], comparators=[ast.Constant(value=0)]):
            return bool(_BELOW_ZERO.search(task))
    return False


def _says(task: str, number: int) -> bool:
    words = _NUMBERS.get(number, "")
    return bool(re.search(rf"(?<![\w.]){number}(?![\w.]*\d)" + (rf"|\b(?:{words})\b" if words else ""), task))


def turned(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons of size made the other way round."""
    for part in changed.new:
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and type(part.ops[0]) in _TURNED:
            other = copy.deepcopy(part)
            other.ops[0] = _TURNED[type(part.ops[0])]()
            yield instead(changed, part, other)
