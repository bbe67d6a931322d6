"""None asked for too late: behind the comparison that it would raise a TypeError in."""

from __future__ import annotations

import ast
import re

from workbench.crew.plain.places import put, spot
from workbench.crew.slips.righted import SIZES, Changed, Righted

_CATCHES = re.compile(r"\b(?:TypeError|Exception|BaseException)\b")


def none_asked_first(changed: Changed) -> Righted | None:
    """Return an answer that asks whether something is None before it compares it, and not behind that."""
    for part in changed.new:
        if not isinstance(part, ast.BoolOp):
            continue
        sign = ast.Is if isinstance(part.op, ast.Or) else ast.IsNot
        for place, value in enumerate(part.values):
            asked = _asked_for_none(value, sign)
            ahead = part.values[:place]
            late = [number for number, one in enumerate(ahead) if asked and _compares(one, asked)]
            if not late or _is_looked_at_otherwise(ahead, asked) or _is_held_off(changed, part, asked):
                continue
            rest = [one for number, one in enumerate(part.values) if number != place]
            if _is_yes_or_no(rest[-1]) and (span := spot(changed, part)):
                new = ast.unparse(ast.BoolOp(part.op, [*rest[: late[0]], value, *rest[late[0] :]]))
                return next(put(changed, f"`{asked}` is asked for None first", (*span, new)), None)
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
    return f"{what} is" not in ast.unparse(value) and _sides(value).count(what) > 0


def _sides(value: ast.expr) -> list[str]:
    """Return what an expression compares the size of each time that it is worked out: not in a loop, or in a choice."""
    match value:
        case ast.BoolOp(values=values):
            return [side for one in values for side in _sides(one)]
        case ast.Compare(left=left, ops=ops, comparators=others) if {type(op) for op in ops} & {*SIZES}:
            return [ast.unparse(side) for side in (left, *others)]
    return []


def _is_looked_at_otherwise(values: list[ast.expr], what: str) -> bool:
    """Return whether something is not only compared: who asks for its truth or its kind may know that it is there."""
    looks = [one for value in values for one in ast.walk(value) if isinstance(one, ast.Name | ast.Attribute)]
    compared = sum(_sides(value).count(what) for value in values)
    return [ast.unparse(one) for one in looks].count(what) != compared


def _is_held_off(changed: Changed, part: ast.BoolOp, what: str) -> bool:
    """Return whether None may not come there, or may fail there, or a name is set on the way."""
    if any(isinstance(one, ast.NamedExpr) for one in ast.walk(part)):
        return True
    for one in ast.walk(changed.node):
        match one:
            case ast.ExceptHandler(type=kind) if kind is None or _CATCHES.search(ast.unparse(kind)):
                return True
            case ast.Compare(left=left, comparators=[ast.Constant(value=None)], lineno=line):
                if line < part.lineno and ast.unparse(left) == what:
                    return True
    return False


def _is_yes_or_no(value: ast.expr) -> bool:
    """Return whether an expression gives True or False, so that it may come last as any other of its kind."""
    match value:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_yes_or_no, values))
    return False
