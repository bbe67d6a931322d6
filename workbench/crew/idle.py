"""An answer that only looks like a change: it asks something, and then does the same either way."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Sequence

from workbench.crew.slips_righted import changed_function
from workbench.model import FileEdit

_ASKS = frozenset(
    {"isinstance", "issubclass", "callable", "hasattr", "getattr", "len", "abs", "all", "any", "bool", "str", "type"}
    | {"sum", "min", "max", "round", "set", "sorted", "list", "tuple", "get", "keys", "values", "items", "count"}
    | {name for name in vars(str) if not name.startswith("_")} - {"index", "rindex", "encode", "format"}
)
"""What is called to know something. `int` and `index` may be called for the error that they raise."""


_OF_FORM = re.compile(
    r"\b(?:needless|unnecessary|redundant|useless|superfluous|without|no|the|that|its) `?(?:else|elif)\b"
    r"|\bguard clauses?\b|\bearly returns?\b|\breturns? early\b",
    re.IGNORECASE,
)
"""How a task asks that a choice be written otherwise."""


def is_idle(task: str, edits: Sequence[FileEdit]) -> bool:
    """Return whether the one function that edits change does, without such questions, what it did before."""
    changed = changed_function(task, edits)
    if changed is None or changed.was is None:
        return False
    # Who takes such a question out makes a change.
    if len(list(ast.walk(changed.node))) < len(list(ast.walk(changed.was))):
        return False
    try:
        before, after = (
            ast.dump(_Plain(not _OF_FORM.search(task)).visit(copy.deepcopy(node)))
            for node in (changed.was, changed.node)
        )
    except RecursionError:
        return False
    return before == after


def _only_asks(test: ast.expr) -> bool:
    """Return whether a question changes nothing and is not asked for the error that it may raise."""
    for part in ast.walk(test):
        if isinstance(part, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else ast.unparse(part.func)
            if name not in _ASKS:
                return False
    return True


class _Plain(ast.NodeTransformer):
    """Takes out questions whose answers lead to the same, and where `else` changes nothing, what it is written with."""

    def __init__(self, flat: bool) -> None:
        self._flat = flat

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(body := getattr(node, name, None), list):
                setattr(node, name, _plain(body, self._flat))
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return node.body if _only_asks(node.test) and ast.dump(node.body) == ast.dump(node.orelse) else node


def _plain(body: list[ast.stmt], flat: bool) -> list[ast.stmt]:
    """Return statements without choices between the same ones, from the last to the first.

    What is left for `else` behind what ends the function comes after it.
    """
    plain: list[ast.stmt] = []
    for one in reversed(body):
        if flat and isinstance(one, ast.If) and one.orelse and isinstance(one.body[-1], ast.Return | ast.Raise):
            plain, one.orelse = _plain([*one.orelse, *plain], flat), []
        if isinstance(one, ast.If) and _only_asks(one.test):
            then, other = _dump(one.body), _dump(one.orelse)
            if then == other:
                plain = [*one.body, *plain]
                continue
            if not one.orelse and isinstance(one.body[-1], ast.Return | ast.Raise) and then == _dump(plain):
                continue
        plain.insert(0, one)
    return plain


def _dump(body: Sequence[ast.stmt]) -> list[str]:
    return [ast.dump(one) for one in body]
