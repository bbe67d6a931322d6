"""What is sorted by one thing sorted by a second one, or two more, where the first is the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function
from workbench.crew.plain.known_fields import NUMBERS, annotated, kind_of, looks_known, meant
from workbench.crew.plain.ordering.keys import Part, calls_that_sort, name_for, resolved, without_keyword
from workbench.crew.plain.ordering.order_words import ANY_CASE, orders, said_of_order
from workbench.crew.plain.places import Finder, Sure, made, parts, put, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_TIES = re.compile(
    r"\b(?:same|equal\w*|ties?|tied|tying|identical|alike|draws?|level on|within"
    r"|(?:just )?as (?:often|many|much|long|good|high|late|early|big|old|cheap|expensive|large|small|heavy|fast"
    r"|far))\b",
    re.IGNORECASE,
)
_OF_SAME = re.compile(
    r"\bthe (?P<what>(?:last |first |family )?[a-z]+) (?:is|are) the same\b"
    r"|\bsame (?P<what_too>(?:last |first |family )?[a-z]+)\b",
    re.IGNORECASE,
)
_BUILT_IN = frozenset({"len", "str", "int", "abs", "sum", "float", "repr"})


def second_keys(changed: Changed) -> Iterator[Righted]:
    """Yield what is sorted by a key sorted by what the task names for ties, too: `(bouquet.price(), bouquet.name)`.

    Where the order is reversed a number takes a minus, or things are sorted twice.
    """
    if not _TIES.search(said_of_order(changed.task)):
        return
    for call, function, values in calls_that_sort(changed, list(parts(changed))):
        for keyword in call.keywords:
            if keyword.arg == "key" and (held := _key(changed, keyword.value, values)):
                name, first = held
                looks = looks_known(changed, name, values)
                present = {ast.unparse(one).removesuffix(".lower()").removesuffix(".casefold()") for one in first}
                if _is_of_another(changed.task, name, looks, present):
                    continue
                for bys in orders(changed.task):
                    more = [part for part in resolved(bys, looks) if f"{name}{part.look}" not in present]
                    if more:
                        yield from _with(changed, call, keyword, function, more)


def _is_of_another(task: str, name: str, looks: dict[str, str], present: set[str]) -> bool:
    """Return whether it is something else that is the same than what is sorted by, or that is to come behind it.

    "By last name, and by first name where the last name is the same" of what is sorted by first names.
    """
    ties = [meant(one["what"] or one["what_too"], looks) for one in _OF_SAME.finditer(said_of_order(task))]
    behind = [f"{name}{by.look(looks)}" for bys in orders(task) for by in bys[1:] if by.look(looks)]
    return any(look and f"{name}{look}" not in present for look in ties) or any(one in present for one in behind)


def _key(changed: Changed, key: ast.expr, values: ast.expr) -> tuple[str, list[ast.expr]] | None:
    """Return the name of one thing in a key, and by what it is sorted."""
    match key:
        case ast.Lambda(args=ast.arguments(args=[one], defaults=[], vararg=None, kwarg=None), body=body):
            return one.arg, list(body.elts) if isinstance(body, ast.Tuple) else [body]
        case ast.Name(id=function) if function not in _BUILT_IN and function not in changed.own:
            # What the function calls it is what the file looks for in it.
            owners = [one for one in changed.tree.body if isinstance(one, Function) and one.name == function]
            given = owners[0].args.args if owners else []
            own = given[0].arg if len(given) == 1 and given[0].arg not in changed.own else ""
            name = own if len(own) > 1 else name_for(changed, values)
            return name, [ast.Call(key, [ast.Name(name, ast.Load())], [])]
        case ast.Call(func=ast.Name(id="attrgetter") | ast.Attribute(attr="attrgetter"), args=args, keywords=[]) if (
            args
        ):
            fields = [one.value for one in args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(fields) == len(args) and all(one.isidentifier() for one in fields):
                name = name_for(changed, values, kind_of(changed, "one", values))
                return name, [ast.Attribute(ast.Name(name, ast.Load()), one) for one in fields]
    return None


def _with(changed: Changed, call: ast.Call, keyword: ast.keyword, function: str, more: list[Part]) -> Iterator[Righted]:
    held = _key(changed, keyword.value, _values(call))
    reverse = next((one for one in call.keywords if one.arg == "reverse"), None)
    if held is None or (reverse and ast.unparse(reverse.value) != "True") or not (span := spot(changed, keyword.value)):
        return
    name, first = held
    said = [written(changed, one) for one in first]
    is_text = any(text.endswith((".lower()", ".casefold()")) for text in said) or ANY_CASE.search(changed.task)
    goes_down = reverse is not None or function in {"max", "nlargest"}
    if goes_down and any(part.kind in NUMBERS and not part.is_told for part in more):
        # Whoever has most points comes first, and "by wins" may mean the most wins, too.
        return
    new: list[str] = []
    for part in more:
        value = f"{name}{part.look}"
        if part.is_down == goes_down:
            new.append(f"{value}.lower()" if is_text and part.kind == "str" else value)
        elif part.is_number:
            new.append(f"-{value}")
        else:
            break
    if len(new) == len(more):
        swaps = [(*span, f"lambda {name}: ({', '.join([*said, *new])})")]
        is_straight = all(part.is_down == goes_down for part in more)
        if reverse is None or is_straight or not _are_numbers(changed, name, first, call):
            yield from made(changed, f"ties by {', '.join(new)}", *swaps)
            return
    if reverse is None or any(part.is_down for part in more):
        return
    ends = [
        f"{name}{part.look}.lower()" if is_text and part.kind in {"str", ""} else f"{name}{part.look}" for part in more
    ]
    if _are_numbers(changed, name, first, call, or_unknown=True):
        key = f"lambda {name}: ({', '.join([*(f'-{one}' for one in said), *ends])})"
        yield from put(changed, f"ties by {', '.join(ends)}", (*span, key), without_keyword(changed, call, reverse))
    elif function == "sorted" and (inner := spot(changed, call.args[0])):
        by = ends[0] if len(ends) == 1 else f"({', '.join(ends)})"
        twice = f"sorted({written(changed, call.args[0])}, key=lambda {name}: {by})"
        yield from put(changed, f"ties by {by}", (*inner, twice))


def _values(call: ast.Call) -> ast.expr:
    """Return what a call sorts."""
    return call.args[-1] if call.args else call.func.value if isinstance(call.func, ast.Attribute) else call.func


def _are_numbers(
    changed: Changed, name: str, values: list[ast.expr], call: ast.Call, *, or_unknown: bool = False
) -> bool:
    """Return whether a minus turns each of some values."""
    looks = looks_known(changed, name, _values(call))
    return all(_is_number(changed, name, looks, one, or_unknown=or_unknown) for one in values)


def _is_number(changed: Changed, name: str, looks: dict[str, str], value: ast.expr, *, or_unknown: bool) -> bool:
    match value:
        case ast.Call(func=ast.Name(id="len" | "sum" | "int" | "float" | "round" | "abs")):
            return True
        case ast.Call(func=ast.Name(id=function)):
            found = [one for one in changed.tree.body if isinstance(one, Function) and one.name == function]
            kind = ast.unparse(found[0].returns) if found and found[0].returns else ""
        case ast.Attribute(value=ast.Attribute(), attr="day" | "month" | "year" | "hour" | "minute"):
            return True
        case ast.Attribute() | ast.Call(func=ast.Attribute(), args=[], keywords=[]) | ast.Subscript():
            kind = looks.get(ast.unparse(value).removeprefix(name).replace("'", '"'), "")
        case ast.BinOp(op=ast.Add()) | ast.Constant() | ast.Tuple() | ast.Compare() | ast.UnaryOp() | ast.JoinedStr():
            return False
        case _:
            return isinstance(value, ast.BinOp)
    return kind in NUMBERS or (or_unknown and not kind)


def surely_second(changed: Changed) -> Iterator[Righted]:
    """Yield the same where the class of the things is written out and has what the task names, and nobody is asked."""
    every = list(calls_that_sort(changed, list(parts(changed))))
    if len(every) == 1 and all(annotated(changed, values) for _, _, values in every):
        yield from second_keys(changed)


FINDERS: tuple[Finder, ...] = (second_keys,)
SURE: tuple[Sure, ...] = (
    (
        surely_second,
        said_as(
            r"^(?!.*\b(?:unless|except|only if|if (?:it|they|there)|also|too|instead|rais\w*|add\w*|logs?|leave"
            r"|skip\w*|stays?|keeps?|remains?|not|never|default|random\w*|today|already|shar\w+|ranks?)\b|.*n't\b)"
            r"(?=.*\b(?:same|equal(?:ly)?|tied?|ties)\b)(?=.*\b(?:should|must|shall|let|sort|put|want|please)\b)"
            r".*(?:\bin (?:the |alphabetical )?order of\b|\b(?:sort\w*|order\w*) (?:\w+ )?by\b"
            r"|\bthe one with (?:the |an? )?(?:more|higher|lower|fewer|smaller|larger|earlier|later) \w+\b.*\bfirst\b)"
        ),
        1,
    ),
)
