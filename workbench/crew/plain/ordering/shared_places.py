"""Places that are shared in a ranking: with 50, 40, 40 and 30 points the ranks are 1, 2, 2 and 4."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.crew.plain.places import Finder, alone, made, parts, put, said_as, spot, written
from workbench.crew.plain.rows import instead
from workbench.crew.slips.righted import Changed, Righted

_SHARED = said_as(
    r"\b(?:shar\w+|the same (?:place|rank|position|number)s?|equal (?:place|rank|position)s?|ex aequo|tied?|ties)\b"
    r"|\b1, 2, 2,? (?:and )?4\b|\b1, 1,? (?:and )?3\b"
)
_PLACES = said_as(r"\b(?:places?|placed|ranks?|ranked|ranking|positions?|numbers?)\b")
_OTHERWISE = said_as(
    r"\b(?:alphabet\w*|sort\w* by|order of|1, 2, 2,? (?:and )?3|dense|no gaps?|without (?:a )?gaps?)\b"
)


def places_shared(changed: Changed) -> Iterator[Righted]:
    """Yield a place counted as one more than how many are before it, where it was a place in a sorted list.

    Nothing where the task wants the next place to follow at once, or equal ones in another order.
    """
    task = changed.task
    if not _SHARED.search(task) or not _PLACES.search(task) or _OTHERWISE.search(task):
        return
    yield from _of_one(changed)
    yield from _of_all(changed)


def _of_one(changed: Changed) -> Iterator[Righted]:
    """Yield the place of one thing: `ordered.index(one) + 1` of what is sorted by the values of a table."""
    body = changed.node.body
    for ordered, last in pairwise(body):
        match ordered, last:
            case (
                ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="sorted"), args=[table]) as call
                ),
                ast.Return(
                    value=ast.BinOp(
                        left=ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="index"), args=[one]),
                        op=ast.Add(),
                        right=ast.Constant(value=1),
                    )
                ),
            ) if name == held and len(changed.looks(name)) == 1:
                keys = {each.arg: ast.unparse(each.value) for each in call.keywords}
                sign = ">" if keys.get("reverse") == "True" else "<"
                said = ast.unparse(table).removesuffix(".keys()")
                is_of_table = keys.get("key") in {f"{said}.get", f"{said}.__getitem__"}
                if is_of_table and not changed.hides("sum") and isinstance(last, ast.Return):
                    rows = (
                        f"own = {said}[{written(changed, one)}]",
                        (f"return 1 + sum(other {sign} own for other in {said}.values())"),
                    )
                    begin, end = instead(changed, ordered, [rows[0]]), instead(changed, last, [rows[1]])
                    if begin and end and not {"own", "other"} & changed.own:
                        yield from put(changed, f"`{rows[1]}`", begin, end)


def _of_all(changed: Changed) -> Iterator[Righted]:
    """Yield the places of all things that are gone through with a number, in a list that is sorted by a field."""
    for part in parts(changed):
        match part:
            case ast.comprehension() | ast.For():
                head = part
            case _:
                continue
        match head.target, head.iter:
            case (
                ast.Tuple(elts=[ast.Name(id=number), ast.Name(id=one)]),
                ast.Call(func=ast.Name(id="enumerate"), args=[things, *_]) as call,
            ) if ast.unparse(ast.Call(call.func, [ast.Name("x"), *call.args[1:]], call.keywords)) in {
                "enumerate(x, 1)",
                "enumerate(x, start=1)",
            }:
                found = _sorted_by(changed, things)
                looks = changed.looks(number)
                spans = [spot(changed, look) for look in looks]
                if found is None or len(spans) != 1 or not spans[0] or "other" in changed.own:
                    continue
                arg, key, sign, every = found
                value, other = (re.sub(rf"\b{arg}\b", name, key) for name in (one, "other"))
                new = f"1 + sum({other} {sign} {value} for other in {every})"
                target, through = spot(changed, head.target), spot(changed, head.iter)
                if target and through and not changed.hides("sum"):
                    swaps = (*target, one), (*through, written(changed, things)), (*spans[0], new)
                    yield from made(changed, f"`{new}`", *swaps)


def _sorted_by(changed: Changed, things: ast.expr) -> tuple[str, str, str, str] | None:
    """Return by what a list is sorted, how an earlier one compares and how all are called; None without."""
    call = things
    if isinstance(things, ast.Name):
        if len(changed.sets(things.id)) != 1:
            return None
        sets = [one for one in changed.node.body if isinstance(one, ast.Assign)]
        call = next((one.value for one in sets if ast.unparse(one.targets[0]) == things.id), things)
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "sorted" or len(call.args) != 1:
        return None
    keys = {each.arg: each.value for each in call.keywords}
    sign = ">" if "reverse" in keys and ast.unparse(keys["reverse"]) == "True" else "<"
    every = things.id if isinstance(things, ast.Name) else alone(changed, call.args[0])
    match keys.get("key"):
        case ast.Lambda(
            args=ast.arguments(args=[ast.arg(arg=arg)]), body=ast.Attribute() | ast.Subscript() | ast.Call() as key
        ):
            return arg, ast.unparse(key), sign, every
        case ast.Lambda(args=ast.arguments(args=[ast.arg(arg=arg)]), body=ast.UnaryOp(op=ast.USub(), operand=key)):
            return arg, ast.unparse(key), {"<": ">", ">": "<"}[sign], every
    return None


FINDERS: tuple[Finder, ...] = (places_shared,)
