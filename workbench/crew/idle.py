"""An answer that only looks like a change: it asks something, and then does the same either way."""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from workbench.crew.slips_righted import changed_function
from workbench.model import FileEdit


def is_idle(task: str, edits: Sequence[FileEdit]) -> bool:
    """Return whether the one function that edits change does, without such questions, what it did before."""
    changed = changed_function(task, edits)
    if changed is None or changed.was is None:
        return False
    try:
        before, after = (ast.dump(_Plain().visit(copy.deepcopy(node))) for node in (changed.was, changed.node))
    except RecursionError:
        return False
    return before == after


class _Plain(ast.NodeTransformer):
    """Takes out questions whose answers lead to the same."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(body := getattr(node, name, None), list):
                setattr(node, name, _plain(body))
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return node.body if ast.dump(node.body) == ast.dump(node.orelse) else node


def _plain(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return statements without choices between the same ones, from the last to the first."""
    plain: list[ast.stmt] = []
    for one in reversed(body):
        if isinstance(one, ast.If):
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
