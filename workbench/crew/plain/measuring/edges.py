"""Boundaries that a task tells in words: the day on which something expires, the minute when we close, the last one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import yields
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, made, parts, put, said_as, spot, written
from workbench.crew.slips.righted import SIGNS, SIZES, Changed, Righted

_MOMENT = r"(?:day|date|minute|hour|moment|second|time|month|year|week)"
_STATES = (
    r"(?:good|valid|open|in time|on time|free|high|low|season|part|due|member|booked|taken|running|active|allowed"
    r"|there|ok(?:ay)?|fine|included"
    r"|counted|within|available)"
)
_INCLUDED = re.compile(
    rf"\b(?:still|also|already|too) (?:\w+ ){{0,2}}{_STATES}\b[^.;]*\b(?:but|yet|though|however|only|, "
    rf"(?:and )?\w+ (?:says|returns))\b"
    rf"|\b{_STATES} (?:on|at|until|through|up to) (?:and including |the (?:very |last |same )*{_MOMENT})[^.;]*\b"
    rf"(?:but|yet)\b"
    r"|\bstill (?:belongs?|counts?|part of|included)\b|\b(?:belongs?|counts?) (?:to|in|too|as well)\b"
    r"|\bincluded?\b|\binclusive\b"
    r"|\b(?:miss(?:es|ing)|forgets|leaves out|lacks|drops|skips|without|cuts off|ends one) (?:always )?the "
    r"(?:very )?last\b"
    r"|\bthe (?:very )?last (?:\w+ ){0,3}(?:is|are) (?:always )?(?:missing|left out|not (?:there|in it|included"
    r"|counted|listed)|forgotten|gone|dropped)\b"
    r"|\b(?:one|a day|an hour|a minute) (?:too (?:early|few|short|soon)|short)\b|\bbut not (?:the )?(?:last|\d"
    r"|[A-Z])",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    rf"\bstill (?:says?|returns?|gives?|shows?|counts?|lists?|is|are|shown|counted|listed|open|taken|booked|lets?"
    rf"|accepts?|sells?)\b[^.;]*"
    rf"\b(?:at|on|in|for) (?:the |that |this )?(?:very |same |last )*(?:{_MOMENT}|\d)"
    r"|\b(?:free|available|closed|over|bookable) (?:again )?(?:at|from|on)\b|\b(?:already|again) (?:free"
    r"|available|closed|over)\b"
    r"|\bexclusive\b|\bone too (?:many|much|late|long)\b|\b(?:one|a day|an hour|a minute) too (?:late|long"
    r"|many)\b|\bno longer\b"
    r"|\bnot (?:open|valid|booked|taken|there|counted|included) (?:any ?more )?(?:at|on|in)\b",
    re.IGNORECASE,
)
_TOUCHES = re.compile(
    rf"\b(?:on|at|for|of|in) (?:the|that|this|its|their) (?:very |same |first |last )*{_MOMENT}s?\b|\b(?:the|its"
    rf"|their|our) (?:first|last|final|end)\b"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}\.? (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
    r"|\bsharp\b|\bone (?:too|short)\b|\boff by\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|refus\w+|midnight|only|sort\w*|order|log|warn\w*"
    r"|round\w*|(?:day|date|hour|minute|week|month) (?:after|before|later))\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"(?:^|_|\b)(?:end|ends|until|till|last|clos\w*|expir\w*|to|stop|due|upto|limit|latest|deadline|finish"
    r"|departure|leaves|final|maximum|max)(?:_|\b|$)",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"(?:^|_|\b)(?:start|starts|begin|begins|from|first|open|opens|since|earliest|arrival|minimum|min)(?:_|\b|$)",
    re.IGNORECASE,
)
_SPEAKS_EARLY = re.compile(r"\b(?:first|opens?|opening|begins?|starts?|arriv\w+|earliest)\b", re.IGNORECASE)
_SPEAKS_LATE = re.compile(
    r"\b(?:last|clos\w+|expir\w+|ends?|ended|ending|until|till|still|over|again|leav\w+|depart\w+|final|due"
    r"|deadline|any ?more|no longer)\b",
    re.IGNORECASE,
)


def at_a_told_edge(changed: Changed) -> Iterator[Righted]:
    """Yield comparisons of the end, or of the start, that include the boundary or leave it out, as a task tells.

    Those at the end come first where it speaks of an end. A range, or a `while`, reaches as far as its last one.
    """
    task = changed.task
    if _OTHERWISE.search(task) or not _TOUCHES.search(task):
        return
    include, exclude = bool(_INCLUDED.search(task)), bool(_EXCLUDED.search(task))
    if not include and not exclude:
        return
    yield from _at_ends(changed, include=include, exclude=exclude, only_told=False)
    if include:
        yield from _reaching_the_last(changed)


def at_a_sure_edge(changed: Changed) -> Iterator[Righted]:
    """Yield the boundary that `at_a_told_edge` finds where words tell its side and its direction, and no other."""
    task = changed.task
    include, exclude = bool(_INCLUDED.search(task)), bool(_EXCLUDED.search(task))
    is_told = _TOUCHES.search(task) and include != exclude and not _OTHERWISE.search(task)
    if is_told and is_named(changed) and not yields(changed.node):
        yield from _at_ends(changed, include=include, exclude=exclude, only_told=True)


def _at_ends(changed: Changed, *, include: bool, exclude: bool, only_told: bool) -> Iterator[Righted]:
    late, early = bool(_SPEAKS_LATE.search(changed.task)), bool(_SPEAKS_EARLY.search(changed.task))
    found = [one for part in parts(changed) if isinstance(part, ast.Compare) for one in _edges(changed, part)]
    wanted = [(sides, swap) for sides, strict, swap in found if (include and strict) or (exclude and not strict)]
    told = [swap for sides, swap in wanted if (late and sides == "late") or (early and not late and sides == "early")]
    rest = [swap for _, swap in wanted if swap not in told]
    for swap in told if only_told else [*told, *rest]:
        yield from put(changed, f"`{swap[2]}` at the boundary", swap)


def _edges(changed: Changed, part: ast.Compare) -> Iterator[tuple[str, bool, tuple[int, int, str]]]:
    """Yield the signs of size of a comparison: the side it is on, whether it leaves the boundary out, and its other."""
    for left, sign, right in zip([part.left, *part.comparators], part.ops, part.comparators, strict=False):
        if type(sign) not in SIZES or any(_is_plain_number(one) for one in (left, right)):
            continue
        ends, begins = spot(changed, left), spot(changed, right)
        between = changed.lines.text[ends[1] : begins[0]] if ends and begins else "#"
        old = SIGNS[type(sign)]
        if not ends or between.strip(" ()\n") != old:
            continue
        at = ends[1] + between.index(old)
        # What is greater is the end: `now < end`, `end > now`.
        smaller, greater = (left, right) if isinstance(sign, ast.Lt | ast.LtE) else (right, left)
        is_late, is_early = bool(_LATE.search(ast.unparse(greater))), bool(_EARLY.search(ast.unparse(smaller)))
        side = "late" if is_late and not is_early else "early" if is_early and not is_late else ""
        yield side, isinstance(sign, ast.Lt | ast.Gt), (at, at + len(old), SIGNS[SIZES[type(sign)]])


def _is_plain_number(side: ast.expr) -> bool:
    return isinstance(side, ast.Constant) or (isinstance(side, ast.Call) and ast.unparse(side.func) == "len")


def _reaching_the_last(changed: Changed) -> Iterator[Righted]:
    """Yield ranges and slices that leave out the last one going one further."""
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="range"), args=[stop] | [_, stop] | [_, stop, _]):
                if span := spot(changed, stop):
                    yield from made(changed, "the range reaches the last", (*span, _one_more(changed, stop)))
            case ast.Slice(upper=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)) as upper, step=None):
                if span := spot(changed, upper):
                    yield from put(changed, "the slice reaches the last", (*span, ""))


def _one_more(changed: Changed, stop: ast.expr) -> str:
    match stop:
        case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=1)):
            return written(changed, left)
        case ast.Constant(value=int() as value):
            return str(value + 1)
    return f"{written(changed, stop)} + 1"


FINDERS: tuple[Finder, ...] = (at_a_told_edge,)
SURE: tuple[Sure, ...] = (
    (
        at_a_sure_edge,
        said_as(
            r"^(?!.*\b(?:but not|noon|should say so|when (?:we|it) opens?)\b|.*\b(\d+:\d\d)\b.*\b(?!\1)\d+:\d\d).*(?:"
            r"\bstill (?:good|valid|open|in time|on time|high|low|part|free|running|active|allowed"
            r"|counted)\b.*\bbut\b"
            r"|\bstill (?:says?|returns?|gives?|shown|shows|listed|counted|open|taken|booked)\b.*\b(?:at|on) "
            r"(?:the (?:very )?"
            r"(?:minute|hour|moment|time|day|second) (?:when|at which|on which|that|we|it)\b|\d))"
        ),
        1,
    ),
)
