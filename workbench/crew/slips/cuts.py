"""What is cut to its first so many too early: before it is put in order, or before its length is asked for."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

from workbench.crew.judging.stated import work_of
from workbench.crew.slips.righted import Changed, Righted

_BEFORE = re.compile(
    r"\b(?:before|then (?:sort|order)\w*|(?:sort|order)\w* (?:them )?(?:afterwards|later)"
    r"|consider\w*|look\w*|read\w*|taken? into account|newest|latest|(?:most )?recent\w*|oldest|best|worst)\b",
    re.IGNORECASE,
)
"""How a task says that what is left is cut, or that the first ones are those of another order."""


def cut_in_order(changed: Changed) -> Righted | None:
    """Return the answer with a new cut by a new parameter put behind the old sorting that follows it.

    `found = found[:limit]` and then `return sorted(found)` gives the first that were found, in order, and not the first
    of the order.
    """
    if changed.was is None or not changed.added or _BEFORE.search(changed.task):
        return None
    old = {ast.dump(one) for one in work_of(changed.was)}
    body = work_of(changed.node)
    for step, behind in pairwise(body):
        name = _cut(step, changed)
        spans = (changed.lines.span(step), changed.lines.span(behind))
        if name and ast.dump(behind) in old and changed.have_their_lines(*spans):
            return _moved(changed, step, behind, name)
    return _cut_within(changed, body[-1]) if body else None


def asked_when_whole(changed: Changed) -> Righted | None:
    """Return the answer with the length of what is cut asked for before the cut.

    After `head = text[:width]`, `len(head) > width` never holds: whoever asks that wants to know whether it was cut.
    """
    for compare in changed.new:
        match compare:
            case ast.Compare(
                left=ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name) as asked], keywords=[]),
                ops=[ast.Gt()],
                comparators=[most],
            ):
                whole = _whole_of(changed, asked, most)
            case _:
                continue
        span = changed.lines.span(asked)
        if whole and changed.stand_there([span], name):
            return changed.righted(f"`len({whole})` is asked for, before it is cut", (*span, whole))
    return None


def _whole_of(changed: Changed, asked: ast.Name, most: ast.expr) -> str:
    """Return the name of what was cut to `most`, where what is asked for is surely that cut; else nothing."""
    own = [part for part in ast.walk(changed.node) if isinstance(part, ast.arg) and part.arg == asked.id]
    sets = [one for one in changed.sets(asked.id) if one.lineno <= asked.lineno]
    cut = changed.holders[id(sets[0])] if len(sets) == 1 and not own else None
    match cut:
        case ast.Assign(
            targets=[ast.Name()],
            value=ast.Subscript(
                value=ast.Name(id=whole), slice=ast.Slice(lower=None, upper=ast.expr() as upper, step=None)
            ),
        ) if whole != asked.id and not changed.sets(whole) and ast.dump(upper) == ast.dump(most):
            is_sure = _comes_straight(changed, cut, asked) and _stays(changed, cut, asked, whole, upper)
            return whole if is_sure else ""
    return ""


def _comes_straight(changed: Changed, cut: ast.Assign, asked: ast.Name) -> bool:
    """Return whether a question is always put behind a cut, and once: no loop or function is around it alone."""
    block, part = changed.holders[id(cut)], changed.holders[id(asked)]
    while part is not block and isinstance(part, ast.expr | ast.If | ast.Return | ast.Assign):
        if isinstance(part, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            return False
        part = changed.holders[id(part)]
    return part is block and cut.lineno < asked.lineno


def _stays(changed: Changed, cut: ast.Assign, asked: ast.Name, whole: str, most: ast.expr) -> bool:
    """Return whether neither what is cut, nor the cut, nor its size may change up to a question."""
    if any(isinstance(part, ast.Call | ast.NamedExpr | ast.Await | ast.Yield) for part in ast.walk(most)):
        return False
    sizes = {word for part in ast.walk(most) for word in _words_of(part)}
    passed = {id(part) for part in ast.walk(cut)}
    for part in ast.walk(changed.node):
        if id(part) not in passed and cut.lineno <= getattr(part, "lineno", 0) < asked.lineno:
            is_set = not isinstance(getattr(part, "ctx", None), ast.Load)
            if any(word in {asked.id, whole} or (is_set and word in sizes) for word in _words_of(part)):
                return False
    return True


def _words_of(part: ast.AST) -> tuple[str, ...]:
    match part:
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return (word,)
    return ()


def _cut(step: ast.stmt, changed: Changed) -> str:
    """Return the name that a new step cuts by a new parameter, perhaps where that is given; else nothing."""
    match step:
        case ast.If(test=test, body=[ast.Assign() as only], orelse=[]) if _asks_only(test, changed):
            return _cut(only, changed)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _of_cut(value, changed) == name:
            return name
    return ""


def _of_cut(value: ast.expr, changed: Changed) -> str:
    """Return the name of which a value is the first so many, by a new parameter; else nothing."""
    match value:
        case ast.Subscript(
            value=ast.Name(id=name), slice=ast.Slice(lower=None, upper=ast.Name(id=most), step=None)
        ) if most in changed.added:
            return name
    return ""


def _asks_only(test: ast.expr, changed: Changed) -> bool:
    return {part.id for part in ast.walk(test) if isinstance(part, ast.Name)} <= set(changed.added)


def _moved(changed: Changed, step: ast.stmt, behind: ast.stmt, name: str) -> Righted | None:
    lines = changed.lines
    (begin, end), span = lines.span(step), lines.span(behind)
    margin = lines.text[lines.text.rfind("\n", 0, span[0]) + 1 : span[0]]
    cut, said = lines.text[begin:end], lines.text[slice(*span)]
    match behind:
        case ast.Return(value=ast.Call(func=ast.Name(id="sorted"), args=[ast.Name(id=given)]) as call) if given == name:
            first, last = f"{name} = {lines.text[slice(*lines.span(call))]}", f"{cut}\n{margin}return {name}"
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="sort"))) if owner == name:
            first, last = said, cut
        case _:
            return None
    what = f"`{ast.unparse(step).splitlines()[-1].strip()}` comes behind the sorting"
    return changed.righted(what, (begin, end, first), (*span, last))


def _cut_within(changed: Changed, last: ast.stmt) -> Righted | None:
    """Return the answer with `sorted(found[:limit])` as `sorted(found)[:limit]`, where it was sorted before."""
    match last:
        case ast.Return(value=ast.Call(func=ast.Name(id="sorted"), args=[ast.Subscript() as given]) as call):
            name = _of_cut(given, changed)
        case _:
            return None
    was = work_of(changed.was)[-1] if changed.was else None
    whole = ast.unparse(ast.Return(value=ast.Call(func=call.func, args=[given.value], keywords=call.keywords)))
    if not name or was is None or ast.unparse(was) != whole:
        return None
    lines = changed.lines
    inner, end, behind = (lines.span(one)[1] for one in (given.value, given, call))
    return changed.righted(
        f"`{ast.unparse(given)}` is cut behind the sorting", (inner, end, ""), (behind, behind, lines.text[inner:end])
    )
