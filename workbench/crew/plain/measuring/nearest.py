"""A number that is cut to a whole one rounded to the nearest instead, and a number that is one off."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, made, parts, spot, written
from workbench.crew.plain.rows import given_back
from workbench.crew.slips.righted import Changed, Righted

_NEAREST = re.compile(
    r"\bround\w*\b[^.;\n]{0,40}\b(?:nearest|whole|full)\b|\bnearest (?:whole )?\w+\b"
    r"|\b(?:cuts?|drops?|throws?|chops?)\b[^.;\n]{0,30}"
    r"\b(?:fraction|behind the point|after the point|decimals?|rest)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|option\w*|rais\w*|round\w*(?: \w+){0,2} (?:up|down)|(?:not|never|no longer) round\w*"
    r"|nearest (?:half|quarter|ten|five|hundred|\d+))\b|n't round",
    re.IGNORECASE,
)
_WORDS = "one two three four five six seven eight nine ten"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)}
_NUMBER = rf"(?P<{{0}}>\d+(?![\w.]*\w)|{'|'.join(_NUMBERS)})\b"
_ONE_OFF = (
    re.compile(
        rf"\b(?:is|are|has|have|makes?|takes?) {_NUMBER.format('wanted')}[^.;:\n]{{0,40}}\bbut\b[^.;:\n]{{0,30}}?"
        rf"\b(?:says?|gives?|returns?|counts?|shows?|gets?|is) (?:only )?{_NUMBER.format('got')}"
    ),
    re.compile(
        rf"\b(?:says?|gives?|returns?|counts?|shows?|gets?|comes? out as) (?:only )?{_NUMBER.format('got')}\b"
        rf"[^.;:\n]{{0,60}}?[,.;:]? ?(?:but |and |though )?(?:it )?(?:should|must|ought to|has to)"
        rf" (?:be|give|return|say|count|get)(?: just| only)? {_NUMBER.format('wanted')}",
        re.IGNORECASE,
    ),
)


def to_the_nearest(changed: Changed) -> Iterator[Righted]:
    """Yield what `int` or `//` makes whole rounded instead, where a task wants the nearest or complains of a cut."""
    if not _NEAREST.search(changed.task) or _OTHERWISE.search(changed.task) or changed.hides("round", "int"):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="int") as function, args=[ast.BinOp()], keywords=[]):
                if span := spot(changed, function):
                    yield from made(changed, f"`{ast.unparse(part)}` is rounded", (*span, "round"))
            case ast.BinOp(left=left, op=ast.FloorDiv(), right=right) if span := spot(changed, part):
                new = f"round({written(changed, left)} / {written(changed, right)})"
                yield from made(changed, f"`{ast.unparse(part)}` is rounded", (*span, new))


def one_off(changed: Changed) -> Iterator[Righted]:
    """Yield a function whose one result is a number with one more, or one less, as a task says that it is off by."""
    found = next((one for pattern in _ONE_OFF if (one := pattern.search(changed.task))), None)
    if found is None or _OTHERWISE.search(changed.task):
        return
    wanted, got = (_NUMBERS.get(one.lower()) or int(one) for one in (found["wanted"], found["got"]))
    last = given_back(changed)
    if last is None or abs(wanted - got) != 1:
        return
    _, value, said = last
    is_number = isinstance(value, ast.BinOp | ast.Attribute | ast.Name) or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"len", "sum", "int"}
    )
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    if is_number and kind in {"", "int", "float"} and (span := spot(changed, value)):
        new = f"{said} {'+' if wanted > got else '-'} 1"
        yield from made(changed, f"`{new}`", (*span, new))


FINDERS: tuple[Finder, ...] = (to_the_nearest, one_off)
