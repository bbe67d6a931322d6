"""What a function leaves out, which an answer forgot when it put the rest in order."""

from __future__ import annotations

import ast

from workbench.crew.judging.lost import ALL_OF_THEM
from workbench.crew.slips.righted import Changed, Righted

_TESTS = (ast.If, ast.IfExp, ast.BoolOp, ast.Compare, ast.Try)


def still_left_out(changed: Changed) -> Righted | None:
    """Return an answer that sorts all things with those left out again that were left out before.

    `[group for group in groups if group.is_open]` became `sorted(groups, ...)`, and nothing is asked any more.
    """
    if changed.was is None or ALL_OF_THEM.search(changed.task) or any(map(_asks, ast.walk(changed.node))):
        return None
    chosen = [part for part in ast.walk(changed.was) if isinstance(part, ast.ListComp)]
    if len(chosen) != 1 or len(chosen[0].generators) != 1:
        return None
    (only,) = chosen[0].generators
    kept = ast.unparse(only.target) == ast.unparse(chosen[0].elt) and only.ifs
    for part in changed.new if kept else ():
        match part:
            case ast.Call(func=ast.Name(id="sorted"), args=[values]) if ast.dump(values) == ast.dump(only.iter):
                new = ast.unparse(chosen[0])
                return changed.righted(f"`{new}` is sorted", (*changed.lines.span(values), new))
    return None


def _asks(part: ast.AST) -> bool:
    """Return whether a part may leave something out."""
    if isinstance(part, ast.Call) and ast.unparse(part.func).rpartition(".")[2] in {"filter", "filterfalse"}:
        return True
    return isinstance(part, _TESTS) or (isinstance(part, ast.comprehension) and bool(part.ifs))
