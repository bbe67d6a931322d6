"""A span whose end may be None, asked for as one that goes on: comparing with None raises a TypeError."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.crew.plain.places import class_around, declared_fields, made, parts, spot, written
from workbench.crew.slips.righted import SIGNS, SIZES, Changed, Righted

_OPEN = re.compile(
    r"\bTypeError\b|\bNone\b|\b(?:no|without an?|open|nobody knows|unknown|not (?:yet )?known|missing)\b", re.IGNORECASE
)
_LOOSE = (ast.BoolOp, ast.IfExp, ast.Compare, ast.NamedExpr, ast.Lambda, ast.UnaryOp)
_GOES_ON = re.compile(r"\b(?:goes|go|going) on\b|\bnever (?:expires?|ends?)\b", re.IGNORECASE)


def open_ended(changed: Changed) -> Iterator[Righted]:
    """Yield a comparison with a field that may be None, held for true where it is, and then for false.

    Who says that it goes on, or never ends, wants it held for an end that is later than any other, and so for true only
    where it is to be the later one: no open contract is over.

    Args:
        changed: a method; fields of `self` that its class declares as `... | None` may be None.
    """
    owner = class_around(changed)
    fields = declared_fields(owner) if owner and _OPEN.search(changed.task) else {}
    may_miss = {f"self.{name}" for name, kind in fields.items() if re.search(r"\bNone\b|\bOptional\b", kind)}
    asked = ast.unparse(changed.node)
    for part in parts(changed):
        if not isinstance(part, ast.Compare) or not (span := spot(changed, part)):
            continue
        sides = [part.left, *part.comparators]
        missing = [one for one in sides if ast.unparse(one) in may_miss]
        if len(missing) != 1 or not all(type(sign) in SIZES for sign in part.ops):
            continue
        field = ast.unparse(missing[0])
        if f"{field} is" in asked or f"not {field}" in asked or _is_asked_for_truth(changed, field):
            continue
        said_sides = [
            f"({written(changed, one)})" if isinstance(one, _LOOSE) else written(changed, one) for one in sides
        ]
        goes_on = _GOES_ON.search(changed.task) is not None
        each: list[str] = []
        for number, ((one, other), sign) in enumerate(zip(pairwise(said_sides), part.ops, strict=True)):
            said = f"{one} {SIGNS[type(sign)]} {other}"
            if missing[0] in sides[number : number + 2]:
                is_later = (sides[number] is missing[0]) == isinstance(sign, ast.Gt | ast.GtE)
                said = f"({field} is None or {said})" if is_later or not goes_on else f"{field} is not None and {said}"
            each.append(said)
        yield from made(changed, f"where `{field}` is None it goes on", (*span, " and ".join(each)))
        if not goes_on:
            held_for_false = f"{field} is not None and {written(changed, part)}"
            yield from made(changed, f"only where `{field}` is there", (*span, held_for_false))


def _is_asked_for_truth(changed: Changed, field: str) -> bool:
    """Return whether a field is asked otherwise whether it is there: it may be None no more where it is compared."""
    for part in parts(changed):
        match part:
            case ast.BoolOp(values=values) if field in map(ast.unparse, values):
                return True
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if ast.unparse(test) == field:
                return True
            case ast.Call(func=ast.Name(id="bool" | "isinstance"), args=[one, *_]) if ast.unparse(one) == field:
                return True
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant(value=None)]):
                if ast.unparse(left) == field:
                    return True
    return False
