"""A result rounded to the decimals that a task names, in numbers and in texts, and cents that get lost."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, yields
from workbench.crew.plain.measuring.digits import NUMBERS
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, alone, made, parts, put, said_as, spot, written
from workbench.crew.plain.wording.fields import Field, fields, kind_of, shown_as
from workbench.crew.slips.righted import Changed, Righted

_COUNT = rf"(?P<count>{'|'.join(NUMBERS)}|single|a|\d)"
_DECIMALS = re.compile(
    rf"\b{_COUNT}[- ](?:decimals?|(?:digits?|places?|figures?) (?:after|behind) the (?:decimal )?(?:point|comma"
    rf"|dot))\b"
    rf"|\b{_COUNT.replace('count', 'places')}[- ]places?\b",
    re.IGNORECASE,
)
_ROUNDS = re.compile(r"\bround(?:s|ed|ing)?\b", re.IGNORECASE)
_ENOUGH = re.compile(
    r"\b(?:enough|at most|no more than|not more than|should|must|only|just|with|want|need)\b", re.IGNORECASE
)
_LONG = re.compile(r"(?<![\w.])\d+\.\d{6,}(?!\w)")
_CENTS = re.compile(
    r"\b(?:full|whole|nearest|even) (?:cents?|penn(?:y|ies)|pence|öre|rappen)\b|\b(?:to|on) the (?:cent|penny)\b"
)
_WHOLE = re.compile(
    r"\b(?:whole|full|nearest) (?:numbers?|euros?|pounds?|dollars?|percents?|degrees?|minutes?|points?|integers?)\b"
    r"|\b(?:no|without) decimals?\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|round\w*(?: \w+){0,3} (?:up|down|off)|up to|half"
    r"|halves"
    r"|only (?:if|when|where|after|at)|but not|not the|rather than|(?:not|never|no longer|stop|without) round\w*"
    r"|(?:not|never) be round\w*"
    r"|before"
    r"|instead of round\w*|truncat\w*|cut|intermediate|quantiz\w*)\b|n't (?:be )?round",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:should|must|be|give|gives|become|becomes|is|to|as|->|=>) (?:be |give |just "
    r"|only )*['\"`]?\d+\.(?P<decimals>\d{1,4})(?!\d)"
)
_EACH = re.compile(
    r"\b(?:each|every|all|sums|values|amounts|totals|results|prices|averages|means|them)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"\b(?:cents?|penn(?:y|ies)|pence|öre|grams?|metres?|meters?)\b.*\b(?:lost|loses?|lose|missing|gone|too "
    r"(?:few|little|low)|short|less|wrong)\b"
    r"|\b(?:loses?|losing|lost|lacks?|drops?|short by|off by) (?:a|one|1|the last|some)\b.{0,12}\b(?:cents?"
    r"|penn(?:y|ies)|pence|grams?)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROUNDED_PART = re.compile(
    r"\bround (?:each |every |the |all |its |their )*(?!(?:it|them|of|results?|values?|to|each|all|sum"
    r"|up|every|numbers?|the|its|their)\b)(?P<what>[a-z_]+)",
    re.IGNORECASE,
)
"""What a task wants rounded, where it is a thing by its name."""

_SCALES = frozenset({10, 100, 1000})
_NUMBERS = frozenset({"float", "int", "int | float", "float | int", "float | None", "Optional[float]", ""})
_MONEY = re.compile(r" ?(?:€|\$|£|EUR|USD|GBP|CHF|euros?|dollars?|pounds?|kg|km|l|m|%|°)")
_NO_VALUE = (ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.JoinedStr, ast.Lambda, ast.Compare, ast.BoolOp, ast.Set)


def rounded(changed: Changed) -> Iterator[Righted]:
    """Yield each number that a function returns rounded to the decimals that a task names.

    Of a dict or a list of numbers each is, where the file says that it is one.
    """
    places = _places(changed)
    if places is None or changed.hides("round") or yields(changed.node):
        return
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    own = {id(part) for part in own_parts(changed.node)}
    for part in parts(changed):
        if not isinstance(part, ast.Return) or part.value is None or id(part) not in own:
            continue
        value = part.value
        if new := _of_each(changed, value, kind, places):
            yield from _instead(changed, value, new)
        elif kind in _NUMBERS and not isinstance(value, _NO_VALUE):
            # What may be None, or of any kind, is a number only where it is worked out.
            is_number = kind in {"float", "int"} or isinstance(value, ast.BinOp | ast.Call | ast.IfExp)
            if is_number and (new := _as_rounded(changed, value, places)):
                yield from _instead(changed, value, new)


def rounded_surely(changed: Changed) -> Iterator[Righted]:
    """Yield what `rounded` does, in a function that the task speaks of and that the file says gives such numbers."""
    of_all = _ROUNDED_PART.search(changed.task)
    is_whole = of_all is None or {*of_all["what"].lower().split("_")} & {*changed.node.name.lower().split("_")[:1]}
    is_float = changed.node.returns is not None and "float" in ast.unparse(changed.node.returns)
    if is_named(changed) and is_float and (is_whole or (of_all and of_all["what"] == changed.node.name)):
        yield from rounded(changed)


def shown_with_decimals(changed: Changed) -> Iterator[Righted]:
    """Yield the amounts of formatted texts with the decimals that a task names.

    They are those that the task shows so, and those before the same unit.
    """
    decimals = _told(changed.task)
    if decimals is None or _OTHERWISE.search(changed.task):
        return
    every = [one for one in fields(changed) if _may_be_number(changed, one)]
    number = rf"-?\d+\.\d{{{decimals}}}" if decimals else r"-?\d+"
    shown = [one for one in every if any(shown_as(changed, one, number))]
    units = {one.behind for one in shown if one.behind}
    same = [one for one in every if one in shown or one.behind in units]
    measured = [one for one in every if _MONEY.match(one.behind) or one.ahead.endswith(("€", "$", "£"))]
    for some in (same, shown, measured if not shown else [], every if len(every) == 1 else []):
        what = ", ".join(f"`{one.value}` has {decimals} decimals" for one in some)
        if some:
            yield from put(changed, what, *(one.formatted(f".{decimals}f") for one in some))


def no_cent_lost(changed: Changed) -> Iterator[Righted]:
    """Yield what is made whole by `int` of a number times a hundred rounded instead, where a task misses cents."""
    if not _LOST.search(changed.task) or changed.hides("round", "int"):
        return
    for part in parts(changed):
        match part:
            case ast.Call(
                func=ast.Name(id="int") as function,
                args=[ast.BinOp(left=left, op=ast.Mult(), right=right)],
                keywords=[],
            ) if any(isinstance(one, ast.Constant) and one.value in _SCALES for one in (left, right)) and (
                span := spot(changed, function)
            ):
                yield from made(changed, f"`{ast.unparse(part)}` is rounded", (*span, "round"))


def no_cent_lost_surely(changed: Changed) -> Iterator[Righted]:
    """Yield what `no_cent_lost` does, in a function that the task speaks of."""
    if is_named(changed):
        yield from no_cent_lost(changed)


def _places(changed: Changed) -> int | None:
    """Return to how many decimals results are to be rounded; None where a task does not say it, or has a case."""
    task = changed.task
    if _OTHERWISE.search(task):
        return None
    told = _told(task)
    is_asked = _ROUNDS.search(task) is not None
    if told is not None:
        return told if is_asked or _LONG.search(task) or _ENOUGH.search(task) else None
    shown = {len(found["decimals"]) for found in _SHOWN.finditer(_LONG.sub("", task))}
    if _CENTS.search(task) and is_asked:
        # Whole cents of an amount in cents are a whole number, and of one in euros two decimals.
        return 2 if shown == {2} else None
    if is_asked and _WHOLE.search(task) and not shown:
        return 0
    return shown.pop() if len(shown) == 1 and is_asked and _LONG.search(task) else None


def _told(task: str) -> int | None:
    """Return the one number of decimals that a task names; None where it names none, or several."""
    found = {
        (one["count"] or one["places"]).lower()
        for one in _DECIMALS.finditer(task)
        if one["count"] or _ROUNDS.search(task)
    }
    numbers = {NUMBERS.get(word) or (int(word) if word.isdigit() else 1) for word in found}
    return numbers.pop() if len(numbers) == 1 else None


def _instead(changed: Changed, value: ast.expr, new: str) -> Iterator[Righted]:
    if span := spot(changed, value):
        yield from made(changed, f"`{new}`", (*span, new))


def _as_rounded(changed: Changed, value: ast.expr, places: int) -> str:
    """Return a number rounded; nothing where it is rounded so already, or cannot be."""
    match value:
        case ast.Call(func=ast.Name(id="round"), args=[inner, *_], keywords=[]):
            return _round_of(written(changed, inner), places)
        case ast.Call(func=ast.Name(id="int" | "len" | "str")):
            return ""
        case ast.IfExp(test=test, body=body, orelse=ast.Constant(value=other)) if not isinstance(other, str):
            return f"{_round_of(written(changed, body), places)} if {written(changed, test)} else {other!r}"
    return _round_of(written(changed, value), places)


def _round_of(inner: str, places: int) -> str:
    return f"round({inner}, {places})" if places else f"round({inner})"


def _of_each(changed: Changed, value: ast.expr, kind: str, places: int) -> str:
    """Return a dict or a list of numbers with each of them rounded; nothing where a value is none."""
    if not _EACH.search(changed.task) or not isinstance(value, ast.Name | ast.Call):
        return ""
    if re.fullmatch(r"(?:dict|Dict)\[\w+, float\]", kind):
        return f"{{key: {_round_of('value', places)} for key, value in {alone(changed, value)}.items()}}"
    if re.fullmatch(r"(?:list|List)\[float\]", kind) and "number" not in changed.own:
        return f"[{_round_of('number', places)} for number in {written(changed, value)}]"
    return ""


def _may_be_number(changed: Changed, one: Field) -> bool:
    kind = kind_of(changed, one.value)
    return (not one.how or re.fullmatch(r"\.\d[fg]|g", one.how) is not None) and kind in {"", "int", "float", "Decimal"}


FINDERS: tuple[Finder, ...] = (rounded, shown_with_decimals, no_cent_lost)
SURE: tuple[Sure, ...] = (
    (
        rounded_surely,
        said_as(
            r"^(?!.*\b(?:text|shown?|print\w*|display\w*|writ\w+|if|also|and (?:rais|return|skip)\w*|why"
            r"|no longer|stop|without|(?:decimals?|places?|numbers?) (?:where|when|for)|first|wrong"
            r"|today|page|looks|half|\d+ cents|quarters?|only|except"
            r"|(?:do|should|must|may|does|is|are|be) not)\b)(?!.*n't\b)"
            r".*\bround(?:ed)?\b"
        ),
        1,
    ),
    (
        no_cent_lost_surely,
        said_as(
            r"^(?!.*\b(?:split|shar|divid|distribut|rest|remain|down|decimal|cut|truncat|may|exact)\w*)"
            r".*(?:\bcents? (?:gets?|is|are|may|must"
            r"|should)\b.*\blost\b|\bloses? a cent\b)"
        ),
        1,
    ),
)
