"""What is taken out of a collection taken out only if it is there, where else nothing is to happen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import alone, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted

_NOT_THERE = re.compile(r"\b(?:Key|Value|Index)Error\b|\bmissing\b|\bnot (?:there|known)\b|n't there\b|\balready\b")
_NOTHING = re.compile(r"\b(?:nothing|ignor\w+|no error|silently|harmless|simply|just|return)\b", re.IGNORECASE)


def nothing_to_take(changed: Changed) -> Iterator[Righted]:
    """Yield what is taken out of a collection only if it is there, where else nothing is to happen."""
    if not (_NOTHING.search(changed.task) and _NOT_THERE.search(changed.task)):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(attr="remove") as func, args=[_]) if span := spot(changed, func):
                yield from put(changed, "`remove` is `discard`", (span[1] - len("remove"), span[1], "discard"))
            case ast.Call(func=ast.Attribute(attr="pop"), args=[key], keywords=[]) if span := spot(changed, key):
                # The key may stand in brackets.
                end = changed.lines.span(part)[1] - 1
                at = end if ")" in changed.lines.text[span[1] : end].partition("#")[0] else span[1]
                yield from put(changed, "`pop` gives None", (at, at, ", None"))
            case ast.Delete(targets=[ast.Subscript(value=held, slice=key)]) if span := spot(changed, part):
                said = f"({written(changed, key)})" if isinstance(key, ast.Tuple) else written(changed, key)
                new = f"{alone(changed, held)}.pop({said}, None)"
                yield from put(changed, f"`{new}`", (*span, new))
    yield from removed_if_there(changed)


def removed_if_there(changed: Changed) -> Iterator[Righted]:
    """Yield what is taken out of a list only if it is in it: else a ValueError is raised."""
    for part in parts(changed) if _NOTHING.search(changed.task) and _NOT_THERE.search(changed.task) else ():
        match part:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=held, attr="remove"), args=[one])) if (
                _is_calm(one) and _is_calm(held) and (span := spot(changed, part)) and _ends_its_line(changed, span[1])
            ):
                test = f"if {ast.unparse(ast.Compare(one, [ast.In()], [held]))}:"
                margin = changed.lines.indent(part.lineno)
                new = f"{test}\n{margin}    {changed.lines.text[slice(*span)]}"
                yield from put(changed, f"`{test}`", (*span, new))


def is_not_all_taken(changed: Changed) -> bool:
    """Return whether a function does more than to take one thing out, which would go on where nothing is taken."""
    last = changed.node.body[-1]
    while isinstance(last, ast.With | ast.AsyncWith | ast.For):
        last = last.body[-1]
    is_last = isinstance(last, ast.Delete) or (
        isinstance(last, ast.Expr | ast.Return) and last.value is not None and _takes(last.value)
    )
    every = list(parts(changed))
    taken = [one for part in every if _takes(part) for one in getattr(part, "targets", [part])]
    return not is_last or len(taken) != 1 or any(_sets_a_field(part) for part in every)


def _sets_a_field(part: ast.AST) -> bool:
    match part:
        case ast.AugAssign() | ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            return True
    return False


def _takes(part: ast.AST) -> bool:
    match part:
        case ast.Call(func=ast.Attribute(attr="remove" | "pop"), args=[_]) | ast.Delete():
            return True
    return False


def _is_calm(value: ast.expr) -> bool:
    """Return whether it is the same how often a value is asked for, by what is called in it."""
    inner = list(ast.walk(value))
    calls = [one.func for one in inner if isinstance(one, ast.Call)]
    is_known = all(isinstance(one, ast.Attribute) and hasattr(str, one.attr) for one in calls)
    acts = (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Starred)
    return is_known and not any(isinstance(one, acts) for one in inner)


def _ends_its_line(changed: Changed, end: int) -> bool:
    rest = changed.lines.text[end:].partition("\n")[0].strip()
    return not rest or rest.startswith("#")
