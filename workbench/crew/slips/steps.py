"""Steps of a scale: the lower one asked for before the higher one, which is never reached; one for itself alone."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from workbench.crew.plain.places import set_at_the_top
from workbench.crew.slips.righted import Changed, Righted, instead

_UPWARDS = (ast.Gt, ast.GtE)
_DOWNWARDS = (ast.Lt, ast.LtE)
_OR_MORE = r"(?: \w+){0,2}? (?:or|and) (?:more|above|over|older|longer|later|higher|up(?:wards?)?)\b"
_OR_LESS = r"(?: \w+){0,2}? (?:or|and) (?:less|fewer|below|under|younger|shorter|earlier|lower)\b"

_Span = tuple[int, int]


def in_reach(changed: Changed) -> Righted | None:
    """Return the answer with the higher steps of a scale asked for first, where a lower one before them takes them all.

    After `if nights >= 7`, `elif nights >= 14` is never reached; neither is a second `if` behind one that returns.
    """
    top = [(name, one) for name, one in set_at_the_top(changed.tree) if name not in changed.own]
    once = [name for name, _ in top]
    numbers = {name: one.value for name, one in top if isinstance(one, ast.Constant) and once.count(name) == 1}
    for chain in _chains(changed.node):
        steps = [_step(one.test, numbers) for one in chain]
        first = steps[0]
        if first is None or not any(one.test in changed.new for one in chain):
            continue
        same = [one for one in steps if one and one[0] == first[0] and one[1] is first[1]]
        if len(same) != len(chain):
            continue
        order = sorted(range(len(chain)), key=lambda place: same[place][2], reverse=first[1] is _UPWARDS)
        if order == list(range(len(chain))):
            continue
        spans = [_span(changed, one) for one in chain]
        if any("#" in changed.lines.text[end:].partition("\n")[0] for _, end in spans):
            continue
        texts = [changed.lines.text[slice(*span)] for span in spans]
        swaps = [(*spans[now], texts[was]) for now, was in enumerate(order) if now != was]
        first_now = ast.unparse(chain[order[0]].test)
        return changed.righted(f"`{first_now}` is asked before what takes it in", *swaps)
    return None


def or_more(changed: Changed) -> Righted | None:
    """Return the answer with a new `== 14` as `>= 14` where the task says "14 or more", and alike for less.

    Where something else is asked of the same value and number, both are meant; a bound of that number that is there
    already is what the task speaks of.
    """
    asked = [part for part in ast.walk(changed.node) if isinstance(part, ast.Compare)]
    for part in asked:
        match part:
            case ast.Compare(
                left=ast.Name() | ast.Attribute() as left, ops=[ast.Eq()], comparators=[ast.Constant(value=number)]
            ) if part in changed.new and type(number) is int and number > 1:
                said = rf"(?<![\w.]){number}"
                more = re.search(rf"{said}{_OR_MORE}|\bat least {number}\b(?!\.\d)", changed.task)
                less = re.search(rf"{said}{_OR_LESS}|\bat most {number}\b(?!\.\d)", changed.task)
                beside = [one for one in asked if one is not part and _is_of(one, left, number)]
                if bool(more) == bool(less) or beside or re.search(rf"\bexactly {number}\b", changed.task):
                    continue
                other = copy.deepcopy(part)
                other.ops[0] = ast.GtE() if more else ast.LtE()
                return instead(changed, part, other)
    return None


def _is_of(compare: ast.Compare, left: ast.expr, number: int) -> bool:
    sides = [compare.left, *compare.comparators]
    is_of_number = any(isinstance(one, ast.Constant) and one.value == number for one in sides)
    is_bound = any(isinstance(op, (*_UPWARDS, *_DOWNWARDS)) for op in compare.ops)
    return is_of_number and (is_bound or any(ast.dump(one) == ast.dump(left) for one in sides))


def _chains(node: ast.AST) -> Iterator[list[ast.If]]:
    """Yield cases that follow one another: `elif` after `if`, or one `if` after another that ends the function."""
    for part in ast.walk(node):
        for body in (getattr(part, name, None) for name in ("body", "orelse", "finalbody")):
            for ends, some in groupby(body if isinstance(body, list) else (), _ends):
                run = [one for one in some if ends and isinstance(one, ast.If)]
                if len(run) > 1:
                    yield run
        if isinstance(part, ast.If):
            cases = [part]
            while len(cases[-1].orelse) == 1 and isinstance(cases[-1].orelse[0], ast.If):
                cases.append(cases[-1].orelse[0])
            if len(cases) > 1:
                yield cases


def _ends(statement: ast.AST) -> bool:
    """Return whether a statement is one case that ends the function."""
    match statement:
        case ast.If(body=[*_, ast.Return() | ast.Raise()], orelse=[]):
            return True
    return False


def _step(test: ast.expr, numbers: Mapping[str, object]) -> tuple[str, tuple[type, ...], float] | None:
    """Return what is compared, in which way, and with which number; None of anything else."""
    match test:
        case ast.Compare(
            left=ast.Name() | ast.Attribute() | ast.Call(func=ast.Name(id="len")) as left, ops=[op], comparators=[right]
        ):
            value: object = right.value if isinstance(right, ast.Constant) else None
            if isinstance(right, ast.Name):
                value = numbers.get(right.id)
            way = next((one for one in (_UPWARDS, _DOWNWARDS) if isinstance(op, one)), None)
            if way and isinstance(value, int | float) and not isinstance(value, bool):
                return ast.dump(left), way, float(value)
    return None


def _span(changed: Changed, case: ast.If) -> _Span:
    """Return where a case's question and what is done then stand."""
    return changed.lines.span(case.test)[0], changed.lines.span(case.body[-1])[1]
