"""A list made of a set: its order is another one in each run, so that a check may pass once and fail the next time."""

from __future__ import annotations

import ast

from workbench.crew.plain.places import Swap
from workbench.crew.slips.righted import Changed, Righted


def kept_in_order(changed: Changed) -> Righted | None:
    """Return the answer with what it makes each only once kept in the order in which it comes.

    `list(set(names))` is `list(dict.fromkeys(names))`, and a set that is filled and then listed is a table. What is
    sorted, counted or only looked into needs no order.
    """
    swaps: list[Swap] = []
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Name(id="list" | "tuple"), args=[given], keywords=[]):
                swaps += _in_order(changed, given)
            case ast.Call(func=ast.Attribute() as method, args=[given], keywords=[]) if _only_lists(changed, method):
                swaps += _in_order(changed, given)
            case ast.ListComp(generators=[ast.comprehension(iter=given), *_]):
                swaps += _in_order(changed, given)
    swaps = list(dict.fromkeys(swaps))
    if not swaps or changed.hides("dict", "set"):
        return None
    return changed.righted("what is kept once stays in its order, which a set has not", *swaps)


def _in_order(changed: Changed, given: ast.expr) -> list[Swap]:
    """Return what makes a set one that knows its order; nothing where it is none, or is used as more than that."""
    match given:
        case ast.Call(func=ast.Name(id="set") as name, args=[one], keywords=[]) if not isinstance(one, ast.Starred):
            span = changed.lines.span(name)
            return [(*span, "dict.fromkeys")] if changed.stand_there([span], "set") else []
        case ast.SetComp() if not _is_at_home(given):
            begin, end = changed.lines.span(given)
            ends = [(begin, begin + 1), (end - 1, end)]
            if [changed.lines.text[slice(*one)] for one in ends] == ["{", "}"]:
                return [(*ends[0], "dict.fromkeys("), (*ends[1], ")")]
        case ast.Name(id=name):
            return _of_filled(changed, name)
    return []


def _is_at_home(made: ast.SetComp) -> bool:
    """Return whether a comprehension awaits something, or may stop: what is written as a generator does so otherwise.

    `next` that finds nothing is a RuntimeError in a generator, and `super()` knows nobody there.
    """
    return any(
        isinstance(part, ast.Await)
        or (isinstance(part, ast.comprehension) and part.is_async)
        or (isinstance(part, ast.Name) and part.id in {"next", "super"})
        for part in ast.walk(made)
    )


def _only_lists(changed: Changed, method: ast.Attribute) -> bool:
    """Return whether a method goes through what it gets: a text's `join`, and `extend` of a list that is made here."""
    match method:
        case ast.Attribute(attr="join"):
            return True
        case ast.Attribute(value=ast.Name(id=name), attr="extend"):
            sets = [changed.holders[id(one)] for one in changed.sets(name)]
            makes = [one.value for one in sets if isinstance(one, ast.Assign | ast.AnnAssign)]
            return bool(makes) and len(makes) == len(sets) and all(isinstance(one, ast.List) for one in makes)
    return False


def _of_filled(changed: Changed, name: str) -> list[Swap]:
    """Return what makes a set that is filled one by one a table; nothing where it is more than filled and listed."""
    made = [part for part in ast.walk(changed.node) if isinstance(part, ast.Assign) and part in changed.new]
    empty = [one for one in made if ast.unparse(one) == f"{name} = set()"]
    if len(empty) != 1 or len(changed.sets(name)) != 1:
        return []
    if name in _of_others(changed):
        return []
    span = changed.lines.span(empty[0].value)
    swaps = [(*span, "{}")]
    for look in changed.looks(name):
        holder = changed.holders[id(look)]
        match holder:
            case ast.Attribute(attr="add"):
                call = changed.holders[id(holder)]
                is_alone = isinstance(call, ast.Call) and isinstance(changed.holders.get(id(call)), ast.Expr)
                if not isinstance(call, ast.Call) or not is_alone or len(call.args) != 1 or call.keywords:
                    return []
                if isinstance(call.args[0], ast.Starred):
                    return []
                begin, end = changed.lines.span(look)[1], changed.lines.span(call)[1]
                last = changed.lines.span(call.args[0])[1]
                if changed.lines.text[begin : begin + 5] != ".add(" or "," in changed.lines.text[last:end]:
                    return []
                swaps += [(begin, begin + 5, "["), (end - 1, end, "] = None")]
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[over]) if over is look:
                continue
            case ast.Call(func=ast.Name(id="list" | "tuple" | "len" | "sorted")):
                continue
            case ast.Call(func=ast.Attribute() as method) if _only_lists(changed, method):
                continue
            case ast.comprehension():
                continue
            case _:
                return []
    return swaps


def _of_others(changed: Changed) -> set[str]:
    """Return the names that may stand for what another function made: parameters, and what is known outside."""
    found = {part.arg for part in ast.walk(changed.node) if isinstance(part, ast.arg)}
    for part in ast.walk(changed.node):
        match part:
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found.update(names)
            case ast.ExceptHandler(name=str() as name):
                found.add(name)
    return found
