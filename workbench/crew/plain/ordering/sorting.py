"""What comes as it was found put in the order that a task names: `sorted(found, key=lambda one: one.start)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.known_fields import annotated, kind_of, looks_known
from workbench.crew.plain.ordering.keys import calls_that_sort, keyword_of, name_for, resolved
from workbench.crew.plain.ordering.order_words import ANY_CASE, By, orders, said_of_order
from workbench.crew.plain.places import Finder, Sure, made, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_TIES = re.compile(r"\b(?:same|equal\w*|ties?|tied|identical|draw)\b", re.IGNORECASE)
_NAMED = re.compile(r"^(?:the |their |its )?(?:name|title|word|text|key|label)s?\b|^$", re.IGNORECASE)
_ADDS = frozenset({"append", "extend", "insert", "write", "writelines", "writerow"})
_SCORE = re.compile(
    r"\b(?:points?|scores?|ratings?|votes?|sales|goals|wins|priorit\w+|popular\w*|marks?|stars|rank\w*|size|number of"
    r"|count|how \w+|importance|urgency)\b",
    re.IGNORECASE,
)
_SORTS = ("sorted", "sort")


def put_in_order(changed: Changed, wishes: list[tuple[By, ...]] | None = None) -> Iterator[Righted]:
    """Yield what a function gives, or goes through, sorted by what a task names.

    What is sorted by something else already is sorted by that instead.

    Args:
        changed: the function as it is, and what is asked.
        wishes: the orders that are meant; those that the task names unless they are given.
    """
    wishes = orders(changed.task) if wishes is None else wishes
    if not wishes or changed.hides("sorted"):
        return
    every = list(parts(changed))
    there = [one for one in calls_that_sort(changed, every) if one[1] in _SORTS]
    if there:
        # In ties, a second thing is meant; who names both wants both.
        is_tie = _TIES.search(said_of_order(changed.task)) is not None
        for call, _, values in there:
            for bys in wishes:
                if len(bys) > 1 or not is_tie:
                    yield from _sorted_by(changed, call, values, bys)
        return
    for bys in wishes:
        for part in every:
            match part:
                case ast.Return(value=ast.expr() as value):
                    yield from _returned(changed, value, bys)
        for part in every:
            match part:
                case ast.For(target=target, iter=values) if _lists_in(part):
                    yield from _gone_through(changed, target, values, bys)


def _lists_in(loop: ast.For) -> bool:
    """Return whether a loop makes something in whose order it matters: not one that only adds up."""
    inner = [one for stmt in loop.body for one in ast.walk(stmt)]
    adds = [one.func.attr for one in inner if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    prints = any(isinstance(one, ast.Name) and one.id == "print" for one in inner)
    return prints or bool(_ADDS & {*adds}) or any(isinstance(one, ast.Yield | ast.YieldFrom) for one in inner)


def _sorted_by(changed: Changed, call: ast.Call, values: ast.expr, bys: tuple[By, ...]) -> Iterator[Righted]:
    """Yield a call that sorts with another key."""
    keys = [one for one in call.keywords if one.arg == "key"]
    match keys:
        case [ast.keyword(value=ast.Lambda(args=ast.arguments(args=[one])) as key)]:
            name, present = one.arg, ast.unparse(key.body)
        case [ast.keyword()]:
            return
        case _:
            name, present = name_for(changed, values, kind_of(changed, "", values)), ""
    looks = looks_known(changed, name, values)
    every = resolved(bys, looks)
    keywords = keyword_of(changed, name, every) if every else ""
    if not keywords or f"{name}{every[0].look}" == present or any(one.arg == "reverse" for one in call.keywords):
        return
    if span := spot(changed, call):
        given = [written(changed, one) for one in call.args]
        if any(isinstance(one, ast.GeneratorExp | ast.Starred) for one in call.args):
            given = [ast.unparse(one) for one in call.args]
        new = f"{written(changed, call.func)}({', '.join([*given, keywords])})"
        yield from made(changed, f"`{new}`", (*span, new))


def _returned(changed: Changed, value: ast.expr, bys: tuple[By, ...]) -> Iterator[Righted]:
    match value:
        case ast.ListComp(elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=name), iter=values)]):
            if one == name:
                yield from _put(changed, value, _of_things(changed, value, name, values, bys))
        case ast.ListComp(generators=[ast.comprehension(target=target, iter=values, is_async=0)]):
            yield from _gone_through(changed, target, values, bys)
            if _are_texts(bys, changed, target, values):
                yield from _put(changed, value, _of_texts(changed, written(changed, value), bys))
        case ast.Call(func=ast.Name(id="list" | "tuple" as kind), args=[values], keywords=[]):
            new = _of_any(changed, values, bys)
            yield from _put(changed, value, new if kind == "list" or not new else f"tuple({new})")
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp() | ast.ListComp() as inner]):
            yield from _gone_through(changed, inner.generators[0].target, inner.generators[0].iter, bys)
        case ast.Call(func=ast.Attribute(attr="join"), args=[values]):
            yield from _put(changed, values, _of_any(changed, values, bys))
        case ast.Name(id=name):
            yield from _collected(changed, value, name, bys)
        case ast.Attribute(value=ast.Name(id="self")) if annotated(changed, value):
            yield from _put(changed, value, _of_any(changed, value, bys))
        case ast.Call(func=ast.Name(id="list"), args=[]):
            return


def _collected(changed: Changed, value: ast.expr, name: str, bys: tuple[By, ...]) -> Iterator[Righted]:
    """Yield a list that a function collects sorted, or a dictionary."""
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="append"), args=[ast.Name(id=one)]) if (
                held == name and (values := _loop_of(changed, one)) is not None
            ):
                looks = looks_known(changed, one, values)
                if (every := resolved(bys, looks)) and (keywords := keyword_of(changed, one, every)):
                    yield from _put(changed, value, f"sorted({name}, {keywords})")
                elif not looks and _are_named(bys):
                    yield from _put(changed, value, _of_texts(changed, name, bys))
                return
            case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="append" | "extend"), args=[added]):
                if held == name and _are_named(bys) and not isinstance(added, ast.Tuple | ast.Dict | ast.JoinedStr):
                    yield from _put(changed, value, _of_texts(changed, name, bys))
                    return
            case ast.Assign(targets=[ast.Name(id=held)], value=ast.ListComp() as values) if held == name:
                match values:
                    case ast.ListComp(elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=each))]):
                        every = resolved(bys, looks_known(changed, one, values.generators[0].iter))
                        if one == each and every and (keywords := keyword_of(changed, one, every)):
                            yield from _put(changed, value, f"sorted({name}, {keywords})")
            case (
                ast.Assign(targets=[ast.Name(id=held)], value=ast.Dict(keys=[]))
                | ast.AnnAssign(target=ast.Name(id=held), value=ast.Dict(keys=[]))
            ) if held == name and _are_named(bys) and not bys[0].is_down and not changed.hides("dict"):
                yield from _put(changed, value, f"dict(sorted({name}.items()))")


def _loop_of(changed: Changed, name: str) -> ast.expr | None:
    loops = [one for one in parts(changed) if isinstance(one, ast.For)]
    found = [one.iter for one in loops if isinstance(one.target, ast.Name) and one.target.id == name]
    return found[0] if len(found) == 1 else None


def _gone_through(changed: Changed, target: ast.expr, values: ast.expr, bys: tuple[By, ...]) -> Iterator[Righted]:
    """Yield a loop that goes through things in order."""
    match target, values:
        case ast.Tuple(elts=[_, inner]), ast.Call(func=ast.Name(id="enumerate"), args=[held, *_]):
            yield from _gone_through(changed, inner, held, bys)
        case ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=one)]), ast.Call(func=ast.Attribute(attr="items"), args=[]):
            pair = resolved(bys, {f".{key}": "", f".{one}": ""})
            if (pair and pair[0].look == f".{key}" and not bys[0].is_down) or (not pair and _are_named(bys)):
                yield from _put(changed, values, f"sorted({written(changed, values)})")
            elif pair and len(pair) == 1:
                way = ", reverse=True" if bys[0].is_down else ""
                new = f"sorted({written(changed, values)}, key=lambda item: item[1]{way})"
                yield from _put(changed, values, new)
        case ast.Name(id=name), _:
            yield from _put(changed, values, _of_things(changed, values, name, values, bys))


def _of_things(changed: Changed, given: ast.expr, name: str, values: ast.expr, bys: tuple[By, ...]) -> str:
    """Return what sorts things by their fields; texts without any are sorted by themselves."""
    looks = looks_known(changed, name, values)
    every = resolved(bys, looks)
    keywords = keyword_of(changed, name, every) if every else ""
    if keywords:
        return f"sorted({written(changed, given)}, {keywords})"
    return _of_texts(changed, written(changed, given), bys) if not looks and _are_named(bys) else ""


def _of_any(changed: Changed, values: ast.expr, bys: tuple[By, ...]) -> str:
    match values:
        case ast.Call(func=ast.Attribute(attr="items"), args=[]):
            if _are_named(bys) and not bys[0].is_down:
                return f"sorted({written(changed, values)})"
            if bys[0].is_down and len(bys) == 1:
                return f"sorted({written(changed, values)}, key=lambda item: item[1], reverse=True)"
            return ""
    kind = kind_of(changed, "", values)
    if kind is not None:
        return _of_things(changed, values, name_for(changed, values, kind), values, bys)
    return _of_texts(changed, written(changed, values), bys) if _are_named(bys) else ""


def _are_named(bys: tuple[By, ...]) -> bool:
    """Return whether an order by a name is wanted, or one by letters: texts are sorted so by themselves."""
    return len(bys) == 1 and not bys[0].fields and _NAMED.search(bys[0].what) is not None


def _are_texts(bys: tuple[By, ...], changed: Changed, target: ast.expr, values: ast.expr) -> bool:
    looks = looks_known(changed, target.id, values) if isinstance(target, ast.Name) else {}
    return _are_named(bys) and (not bys[0].what or not resolved(bys, looks))


def _of_texts(changed: Changed, given: str, bys: tuple[By, ...]) -> str:
    key = ", key=str.lower" if ANY_CASE.search(changed.task) and not changed.hides("str") else ""
    return f"sorted({given}{key}{', reverse=True' if bys[0].is_down else ''})"


def _put(changed: Changed, part: ast.expr, new: str) -> Iterator[Righted]:
    if new and (span := spot(changed, part)):
        yield from made(changed, f"`{new}`", (*span, new))


def surely_in_order(changed: Changed) -> Iterator[Righted]:
    """Yield the same where nothing is sorted yet, and it is no score by which the most may be meant first."""
    wishes = orders(changed.task)
    is_sorted = any(True for _ in calls_that_sort(changed, list(parts(changed))))
    if not is_sorted and wishes and not any(_SCORE.search(by.what) for bys in wishes for by in bys if not by.is_told):
        # "In alphabetical order of their authors" is not the order of what is there.
        named = [bys for bys in wishes if bys[0].what]
        yield from put_in_order(changed, named or wishes)


FINDERS: tuple[Finder, ...] = (put_in_order,)
SURE: tuple[Sure, ...] = (
    (
        surely_in_order,
        said_as(
            r"^(?!.*\b(?:unless|except|only|if|when|also|too|same|equal\w*|ties?|instead|rais\w*|add\w*|leave|skip\w*|stays?"
            r"|keeps?|remains?|never|default|random\w*|today|already|then|within|and|but|without|with no|without|last"
            r"|end|bottom|case|group\w*|rever\w*|desc\w*|default\w*|still|wrong\w*|print\w*)\b|.*n't\b)"
            r"(?!.*(?:\bignor\w+ (?!upper|lower)|\bregardless\b|\bleading\b|\bin place\b"
            r"|(?<!est )(?<!most )\b(?:comes?|goes|go) first\b))"
            r".*\b(?:should|must|shall)\b[^.;]*(?:\bin (?:the |alphabetical )?order\b|\b(?:sorted|ordered) by\b)"
        ),
        1,
    ),
)
