"""Something held within a number that a task says it never passes: a result, what is given, or what is worked out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, parameters, yields
from workbench.crew.plain.measuring.said_bounds import Bound, said_bound
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, made, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top

_NEGATIVE = re.compile(
    r"\b(?:negative|below (?:0|zero)|less than (?:0|zero)|under (?:0|zero)|minus)\b|(?:gives?|returns?|shows?"
    r"|says?|is|get) -\d",
    re.IGNORECASE,
)
_ZERO = re.compile(
    r"\b(?:should|must|shall|can|let|make|rather|want|expect\w*|return|give|show|just|have)\b(?: (?:it|be|is"
    r"|return|give|have|show|simply"
    r"|just|only|rather|then|a|stop|at|to))* (?:0(?:\.0)?|zero)(?: (?:then|in (?:that|this|such a) case|instead"
    r"|rather|days?|euros?))*"
    r"(?=\s*(?:[.;,!)]|$|if\b|when\b|instead\b|rather\b))",
    re.IGNORECASE,
)
_NO_ZERO = re.compile(
    r"(?:\b(?:not|never|no longer|why|stop)\b|n't)(?: (?:be|it|does|is|return|give|show|just|have))* (?:0|zero)\b"
    r"|\b(?:should|must|may|can|to) (?:be|return|give|show|stay|get)(?: (?:a|the))? negative\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|refus\w+|reject\w*|errors?|ValueError|warn\w*|log"
    r"|skip|ignor\w*|leave"
    r"|None|empty|list\w*|round\w*|characters?|letters?|words?|lines?|digits?|decimals?|a second time|twice"
    r"|stored?|exactly)\b",
    re.IGNORECASE,
)
_PERCENTS = frozenset({"percent", "discount", "rate", "share", "off", "reduction", "rebate"})
_HUNDRED = 100
_COUNTS = frozenset({"int", "float", "", "int | float", "float | int"})
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


def held_result(changed: Changed) -> Iterator[Righted]:
    """Yield a function's one computed result held at 0 or more where the task says that it must not be negative.

    Or within the number that a task says the function never passes.
    """
    bound = _of_negative(changed) or said_bound(changed.task)
    if bound is None or is_blocked(changed) or bound.is_percent:
        return
    value = _result(changed)
    if value is None or is_held(value, bound.function):
        return
    if span := spot(changed, value):
        new = f"{bound.function}({written(changed, value)}, {bound.number})"
        yield from made(changed, f"`{new}`", (*span, new))


def held_negative(changed: Changed) -> Iterator[Righted]:
    """Yield what `held_result` does where the task speaks of the function, which says that it gives a number."""
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    if kind in {"int", "float"} and is_named(changed) and _of_negative(changed):
        yield from held_result(changed)


def held_percent(changed: Changed) -> Iterator[Righted]:
    """Yield what `held_name` does of percents, where the function is the one meant and reckons in hundreds."""
    bound = said_bound(changed.task)
    reckons = any(isinstance(one, ast.Constant) and one.value == _HUNDRED for one in parts(changed))
    if bound and bound.is_percent and is_named(changed) and (reckons or "percent" in changed.own):
        yield from held_name(changed)


def held_name(changed: Changed) -> Iterator[Righted]:
    """Yield what a task gives a bound held within it where it is used, or set: a parameter, a local name, a field.

    Its name is a word of the task beside the number: `percent` of "never more than 20 percent".
    """
    bound = said_bound(changed.task)
    if bound is None or is_blocked(changed):
        return
    names = [name for name in (*changed.names, *sorted(changed.own)) if _is_meant(name, bound)]
    for name in dict.fromkeys(names):
        if changed.node.name in bound.words or name not in parameters(changed.node):
            yield from _held_where_set(changed, name, bound)
        if name in parameters(changed.node):
            yield from held_where_used(changed, name, bound.function, bound.number)
    yield from _held_fields(changed, bound)


def is_blocked(changed: Changed) -> bool:
    """Return whether a task has a case, or another wish, beside a bound, or a function cannot have one."""
    return bool(_OTHERWISE.search(changed.task)) or changed.hides("min", "max") or yields(changed.node)


def _of_negative(changed: Changed) -> Bound | None:
    """Return a floor of 0 where a task says that something is negative and should be 0; not where it is a parameter."""
    task = changed.task
    if not _NEGATIVE.search(task) or not _ZERO.search(task) or _NO_ZERO.search(task):
        return None
    given = "|".join(map(re.escape, changed.names)) or "(?!)"
    if re.search(rf"\b(?:{given}) (?:is|are|gets|was|==|<)\b[^.;]{{0,12}}\b(?:negative|below|less|under)", task):
        return None
    return Bound("max", "0", frozenset(), is_percent=False)


def _is_meant(name: str, bound: Bound) -> bool:
    """Return whether a name is a word beside a bound; of a percentage also what percentages are called."""
    last = name.lower().rpartition("_")[2]
    if bound.is_percent:
        return last in _PERCENTS
    return last in bound.words or last.removesuffix("s") in bound.words or f"{last}s" in bound.words


def _result(changed: Changed) -> ast.expr | None:
    """Return the one number that a function works out and returns; None where it returns several, or something else."""
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    returns = [part for part in own_parts(changed.node) if isinstance(part, ast.Return) and part.value is not None]
    values = [one.value for one in returns if one.value is not None and not isinstance(one.value, ast.Constant)]
    if kind not in _COUNTS or len(values) != 1:
        return None
    value = values[0]
    is_number = kind != "" and _may_be_number(value) and not isinstance(value, ast.Compare | ast.Lambda)
    return value if is_number or _is_computed(value) else None


def _is_computed(value: ast.expr) -> bool:
    match value:
        case ast.BinOp(left=left, op=op):
            return isinstance(op, _ARITHMETIC) and not (
                isinstance(left, ast.JoinedStr) or (isinstance(left, ast.Constant) and isinstance(left.value, str))
            )
        case (
            ast.Call(func=ast.Name(id="round" | "int" | "float" | "sum" | "len"))
            | ast.Attribute(attr="days" | "seconds")
        ):
            return True
    return False


def is_held(value: ast.expr, function: str) -> bool:
    """Return whether something is held at a bound of that side already."""
    return any(isinstance(one, ast.Call) and ast.unparse(one.func) == function for one in ast.walk(value))


def _held_where_set(changed: Changed, name: str, bound: Bound) -> Iterator[Righted]:
    """Yield what a local name is set to, once, held within a bound."""
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if (
                target == name and len(changed.sets(name)) == 1
            ):
                if not is_held(value, bound.function) and _may_be_number(value) and (span := spot(changed, value)):
                    new = f"{bound.function}({written(changed, value)}, {bound.number})"
                    yield from made(changed, f"`{name} = {new}`", (*span, new))


def _held_fields(changed: Changed, bound: Bound) -> Iterator[Righted]:
    """Yield what a field of an object is set to held within a bound, where it is no parameter alone."""
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Attribute(attr=attr)], value=value) if _is_meant(attr, bound):
                is_given = isinstance(value, ast.Name) and value.id in changed.names
                is_free = not is_given and _may_be_number(value) and not is_held(value, bound.function)
                if is_free and (span := spot(changed, value)):
                    new = f"{bound.function}({written(changed, value)}, {bound.number})"
                    yield from made(changed, f"`{ast.unparse(part.targets[0])} = {new}`", (*span, new))


def _may_be_number(value: ast.expr) -> bool:
    return not isinstance(
        value, ast.Constant | ast.JoinedStr | ast.List | ast.Dict | ast.Tuple | ast.Set | ast.IfExp | ast.BoolOp
    )


def held_where_used(changed: Changed, name: str, function: str, number: str) -> Iterator[Righted]:
    """Yield a parameter held within a number: where it is used, if once but for its refusal, or before the work."""
    kind = parameters(changed.node)[name].node.annotation
    if changed.sets(name) or (kind is not None and ast.unparse(kind) not in _COUNTS | {"Decimal"}):
        return
    if parameters(changed.node)[name].written == "None":
        return
    refused = {id(inner) for part in parts(changed) if _refuses(part) for inner in ast.walk(part)}
    uses = [one for one in changed.looks(name) if id(one) not in refused]
    if any(isinstance(one, ast.Compare) and any(use in ast.walk(one) for use in uses) for one in parts(changed)):
        return
    new = f"{function}({name}, {number})"
    if len(uses) == 1 and (span := spot(changed, uses[0])):
        yield from made(changed, f"`{new}`", (*span, new))
    elif uses and not refused and (one := at_the_top(changed, [f"{name} = {new}"])):
        yield one


def _refuses(part: ast.AST) -> bool:
    return isinstance(part, ast.If) and isinstance(part.body[-1], ast.Raise)


FINDERS: tuple[Finder, ...] = (held_name, held_result)
SURE: tuple[Sure, ...] = (
    (
        held_negative,
        said_as(
            r"^(?!.*\b(?:also|parameter|days? (?:is|are) negative|only|and (?:rais|return|skip|log|add)\w*"
            r"|before \w+ (?:\w+ )?(?:is|are)|members|for an? negative"
            r"|for (?:\w+ )?(?:customers|people)|negative number of)\b)"
            r".*\b(?:(?:is|gets?|becomes?|goes|turns|can be) (?:negative|below zero)|instead of an? negative"
            r"|not negative)\b"
        ),
        1,
    ),
    (
        held_percent,
        said_as(
            r"^(?!.*\b(?:also|only|when|where|for (?!example)|with|but|until|on|and|together|each|other"
            r"|in total|of (?:the )?[a-z]+ (?:should|must|count)|a year|per|adds?|more(?=$|[.;,!]))\b)"
            r"(?!.*(?<!even )\bif\b)"
            r".*(?:\b(?:should|must|may|can|shall|we|cannot) (?:never|not|at most|treat)\b|\bat most\b"
            r"|\bhigher percentage\b)"
        ),
        1,
    ),
)
