"""None asked for too late: behind the comparison that it would raise a TypeError in."""

from __future__ import annotations

import ast

from workbench.crew.slips.righted import SIZES, Changed, Righted


def none_asked_first(changed: Changed) -> Righted | None:
    """Return an answer that asks whether something is None before it compares it, and not behind that."""
    for part in changed.new:
        if not isinstance(part, ast.BoolOp):
            continue
        sign = ast.Is if isinstance(part.op, ast.Or) else ast.IsNot
        for place, value in enumerate(part.values):
            asked = _asked_for_none(value, sign)
            late = [number for number, one in enumerate(part.values[:place]) if asked and _compares(one, asked)]
            if late:
                rest = [one for number, one in enumerate(part.values) if number != place]
                new = ast.unparse(ast.BoolOp(part.op, [*rest[: late[0]], value, *rest[late[0] :]]))
                return changed.righted(f"`{asked}` is asked for None first", (*changed.lines.span(part), new))
    return None


def _asked_for_none(value: ast.expr, sign: type[ast.cmpop]) -> str:
    """Return what is asked whether it is None, alone or before something else; nothing where nothing is."""
    first = value.values[0] if isinstance(value, ast.BoolOp) and sign is ast.Is else value
    match first:
        case ast.Compare(left=ast.Name() | ast.Attribute() as left, ops=[op], comparators=[ast.Constant(value=None)]):
            return ast.unparse(left) if isinstance(op, sign) else ""
    return ""


def _compares(value: ast.expr, what: str) -> bool:
    """Return whether the size of something is asked in an expression that does not ask before whether it is None."""
    if f"{what} is" in ast.unparse(value):
        return False
    sizes = [one for one in ast.walk(value) if isinstance(one, ast.Compare) and {type(op) for op in one.ops} & {*SIZES}]
    return any(ast.unparse(side) == what for one in sizes for side in (one.left, *one.comparators))
