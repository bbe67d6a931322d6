"""What an old line cleans, and returns, which a new case beside it made the answer forget."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from copy import deepcopy

from workbench.crew.judging.stated import own_parts
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored
from workbench.edits.source import Lines

_CLEANS = frozenset(
    {"strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "lower", "upper", "casefold"}
)
_SETS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr)
_BESIDE = re.compile(r"\b(?:also|too|as well|besides)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:no longer|instead|rather|keep\w*|kept|leav\w*|stop\w*|remov\w*|strip\w*|not any ?more|unchanged|raw)\b",
    re.IGNORECASE,
)
"""How a task says that what was cleaned is to come as it is."""


def returned_as_ever(changed: Changed) -> Righted | None:
    """Return an answer with an old value returned as it was, where it is returned with one step of cleaning less.

    "Read Fahrenheit as well" made `float(text.removesuffix('C'))` a mere `float(text)` in the other branch. What a new
    line sets may be clean already, and a step that is still there elsewhere was left out here.
    """
    if changed.was is None or not _BESIDE.search(changed.task) or _OTHERWISE.search(changed.task):
        return None
    known = {ast.dump(part) for part in ast.walk(changed.node) if isinstance(part, ast.expr)}
    old = [part.value for part in own_parts(changed.was) if isinstance(part, ast.Return) and part.value]
    lost = [value for value in old if ast.dump(value) not in known]
    before = Lines((changed.edit.before or b"").decode("utf-8"))
    anew = stored([part for part in changed.new if isinstance(part, _SETS)])
    steps = {_step(part) for part in ast.walk(changed.node)} - {""}
    for part in changed.new:
        match part:
            case ast.Return(value=ast.expr() as value) if anew.isdisjoint(_names(value)):
                for one in lost:
                    said = before.text[slice(*before.span(one))]
                    if ast.dump(value) in set(_with_a_step_less(one, steps)) and "\n" not in said:
                        return changed.righted(f"`{said}`, as before", (*changed.lines.span(value), said))
    return None


def _names(value: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}


def _with_a_step_less(value: ast.expr, known: set[str]) -> Iterator[str]:
    """Yield an expression as it is without one of the calls that clean a text in it, but for those that are known."""
    steps = [place for place, part in enumerate(ast.walk(value)) if _step(part) and _step(part) not in known]
    for place in steps:
        copied = ast.Expr(deepcopy(value))
        inner = list(ast.walk(copied))[1 + place]
        yield ast.dump(_Without(inner).visit(copied).value)


def _step(part: ast.AST) -> str:
    """Return the call that cleans a text without the text; nothing of anything else."""
    match part:
        case ast.Call(func=ast.Attribute(attr=attr), args=given, keywords=[]) if attr in _CLEANS:
            return f"{attr}({', '.join(map(ast.unparse, given))})"
    return ""


class _Without(ast.NodeTransformer):
    """Puts what a method is called on in the place of one call of it."""

    def __init__(self, call: ast.AST) -> None:
        self._call = call

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if node is self._call and isinstance(node.func, ast.Attribute):
            return node.func.value
        return self.generic_visit(node)
