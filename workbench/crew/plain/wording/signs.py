"""Changes of which signs a function takes: another one between parts, or one that numbers may be written with."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench import python_ast
from workbench.crew.judging.said_examples import said_examples
from workbench.crew.judging.stated import needed
from workbench.crew.plain.places import alone, made, parts, quoted, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top

SIGNS = {
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "dash": "-",
    "hyphen": "-",
    "slash": "/",
    "space": " ",
    "blank": " ",
    "tab": "\t",
    "newline": "\n",
    "line break": "\n",
    "underscore": "_",
    "pipe": "|",
    "apostrophe": "'",
    "percent sign": "%",
    "plus sign": "+",
}
"""Names of signs, each with the sign."""

_TAKES = re.compile(
    r"\b(?:accept\w*|allow\w*|also|too|either|ignor\w*|with|without|separat\w+|between|remov\w+|strip\w*|drop\w*)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\b(?:around|strip\w*|trim\w*|leading|trailing|surround\w*)\b", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)(['\"`])([^\w\s'\"`]| )\1")
_NUMBERS = {"int", "float", "Decimal"}


def other_signs(changed: Changed) -> Iterator[Righted]:
    """Yield what is split also split where another sign stands that the task names, and numbers read without it."""
    signs = named_signs(changed.task) if _TAKES.search(changed.task) else []
    yield from _in_each_number(changed) if "," in signs else ()
    yield from split_too(changed)
    for part in parts(changed) if signs else ():
        match part:
            case ast.Call(func=ast.Name(id=name), args=[value]) if name in _NUMBERS and (span := spot(changed, value)):
                for sign in signs:
                    instead = [".", ""] if sign == "," and name != "int" else [""]
                    for other in instead:
                        new = f"{alone(changed, value)}.replace({sign!r}, {other!r})"
                        yield from made(changed, f"`{name}` of `{new}`", (*span, new))


def split_too(changed: Changed) -> Iterator[Righted]:
    """Yield what is split also split where another sign stands that the task names."""
    if _TAKES.search(changed.task):
        for call, value, by in _splits(changed):
            yield from _split_too(changed, call, value, by, signs_between(changed.task))


def _splits(changed: Changed) -> Iterator[tuple[ast.Call, ast.expr, str]]:
    """Yield the calls that split a text, with the text and the sign."""
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=value, attr="split"), args=[ast.Constant(value=str(by)), *_]):
                yield part, value, by


def signs_between(task: str) -> list[str]:
    """Return the signs between parts that a task names; in a number a dot is no sign of its own."""
    dots = ["."] if re.search(r"\b(?:dots?|full stops?)\b", task, re.IGNORECASE) else []
    return list(dict.fromkeys([*named_signs(task), *dots]))


def is_split_otherwise(changed: Changed) -> bool:
    """Return whether no text is shown with the one sign that is to be taken too, without the one that is taken now."""
    now = [by for _, _, by in _splits(changed)]
    other = [sign for sign in signs_between(changed.task) if sign not in now]
    is_one = len(now) == len(other) == 1
    return not (is_one and any(other[0] in one and now[0] not in one for one in quoted(changed.task)))


def _in_each_number(changed: Changed) -> Iterator[Righted]:
    """Yield all numbers with a point that are read of several texts read with a comma, too."""
    read = [
        value
        for part in parts(changed)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in _NUMBERS - {"int"}
        for value in part.args
        if isinstance(value, ast.Name)
    ]
    spans = [spot(changed, value) for value in read]
    swaps = [(*span, f"{value.id}.replace(',', '.')") for value, span in zip(read, spans, strict=True) if span]
    if len(swaps) == len(read) > 1:
        said = ", ".join(value.id for value in read)
        yield from made(changed, f"a comma is a point in {said}", *swaps)


def taken_as_another(changed: Changed) -> Iterator[Righted]:
    """Yield one sign of the text that a function takes put as another: `accept 9.30 as well as 9:30`."""
    for one in said_examples(changed.task, changed.node.name, changed.node):
        match [python_ast.parse(call, mode="eval").body for call in (one.call, one.wanted) if one.is_like]:
            case [ast.Call(args=[ast.Constant(value=str(new))]), ast.Call(args=[ast.Constant(value=str(known))])]:
                signs = {pair for pair in zip(new, known, strict=False) if pair[0] != pair[1]}
                if len(new) == len(known) and len(signs) == 1:
                    ((sign, other),) = signs
                    name = needed(changed.node)[0].arg
                    made_first = at_the_top(changed, [f"{name} = {name}.replace({sign!r}, {other!r})"])
                    yield from [made_first] if made_first and not sign.isalnum() else []


def _split_too(changed: Changed, call: ast.Call, value: ast.expr, by: str, signs: list[str]) -> Iterator[Righted]:
    """Yield a text split at another sign too; where that is a blank, at one or more of them and at none of its own."""
    span = spot(changed, call)
    for sign in signs if span else ():
        if sign == " " and by != sign and len(call.args) == 1:
            new = f"{alone(changed, value)}.replace({by!r}, ' ').split()"
        elif sign != by:
            rest = ", ".join(written(changed, one) for one in call.args)
            new = f"{alone(changed, value)}.replace({sign!r}, {by!r}).split({rest})"
        else:
            continue
        if span:
            yield from made(changed, f"`{new}`", (*span, new))


def named_signs(task: str) -> list[str]:
    """Return the signs that a task names, or quotes alone, in its order."""
    found = [(place.start(), place[2]) for place in _QUOTED.finditer(task)]
    for name, sign in SIGNS.items():
        found += [(place.start(), sign) for place in re.finditer(rf"\b{name}(?:e?s)?\b", task, re.IGNORECASE)]
    # Blanks around something stand between nothing.
    unmeant = " " if _AROUND.search(task) else ""
    return list(dict.fromkeys(sign for _, sign in sorted(found) if sign != unmeant))
