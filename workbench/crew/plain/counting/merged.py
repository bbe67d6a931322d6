"""A line of a list that is increased where one of the same thing is there, instead of a second one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.known_fields import NUMBERS, stems
from workbench.crew.plain.places import Finder, class_around, declared_fields, parts, put, written
from workbench.crew.slips.righted import Changed, Righted

_MERGES = re.compile(
    r"\b(?:instead of|rather than|not|never|no) (?:\w+ ){0,3}?(?:second|new|another|two|separate|extra|further|more)\b"
    r"|\b(?:makes?|gives?|gets?|adds?|has|are|is|stands?) (?:an? |in )?(?:second|two|another|separate)"
    r" (?:line|entr|row|item|position)\w*|\b(?:merge|combine|sum|put together)\w*\b"
    r"|\b(?:add|raise|increase)\w*\b[^.;]{0,40}\bto (?:that|the (?:line|entry|one|row|item|existing))\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\bsame (?P<field>[a-z]+)\b(?:,? and (?:the |at the )?(?:same )?(?P<also>[a-z]+)\b)?", re.IGNORECASE
)
_WHAT = re.compile(
    r"\b(?:an?|the|some) (?P<what>[a-z]+) (?:is|was|has been) (?:added|put|ordered|entered)\b", re.IGNORECASE
)
_OTHERWISE = re.compile(r"\b(?:rais\w* an? \w+|refus\w*|unless|except\w*|replac\w*|overwrit\w*)\b", re.IGNORECASE)
_COUNTS = ("quantity", "count", "number", "amount", "pieces", "stems", "copies", "hours", "kilos", "grams", "points")


def line_increased(changed: Changed) -> Iterator[Righted]:
    """Yield a method that adds a line to a list with a line of the same thing increased where there is one.

    What is the same is what the task says; without a word of it all of the line but its number. Nothing where a line
    cannot be changed.
    """
    if not _MERGES.search(changed.task) or _OTHERWISE.search(re.sub(r"\braise the\b", "", changed.task)):
        return
    for part in parts(changed):
        match part:
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Attribute() as held, attr="append"), args=[given])
            ) if part in changed.node.body:
                yield from _increased(changed, part, written(changed, held), given)


def _increased(changed: Changed, adds: ast.stmt, held: str, given: ast.expr) -> Iterator[Righted]:
    first, name = adds, ""
    match given:
        case ast.Call():
            call = given
        case ast.Name(id=name) if len(changed.sets(name)) == 1:
            made = [
                one for one in changed.node.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name
            ]
            if not made or not isinstance(made[0].value, ast.Call):
                return
            first, call = made[0], made[0].value
        case _:
            return
    kinds = [one for one in changed.tree.body if isinstance(one, ast.ClassDef) and one.name == ast.unparse(call.func)]
    if not kinds or any("frozen=True" in ast.unparse(one) for one in kinds[0].decorator_list):
        return
    types = declared_fields(kinds[0])
    if any(ast.unparse(base) == "NamedTuple" for base in kinds[0].bases) or len(call.args) > len(types):
        return
    values = {
        field: ast.unparse(one)
        for field, one in [*zip(types, call.args, strict=False), *((one.arg, one.value) for one in call.keywords)]
        if field and isinstance(one, ast.Name) and one.id in changed.names
    }
    number = next((one for one in _COUNTS if one in values and types[one] in NUMBERS and _is_said(changed, one)), "")
    number = number or next((one for one in _COUNTS if one in values and types[one] in NUMBERS), "")
    same = _same(changed, [field for field in values if field != number])
    if not number or not same:
        return
    free = kinds[0].name.lower()
    one = name or (free if free not in changed.own else "one")
    begin = changed.lines.start(first.lineno)
    if changed.lines.text[begin : changed.lines.span(first)[0]].strip():
        return
    question = " and ".join(f"{one}.{field} == {values[field]}" for field in same)
    gives = any(isinstance(part, ast.Return) and part.value is not None for part in ast.walk(changed.node))
    if gives and not name:
        return
    margin = changed.lines.indent(first.lineno)
    rows = (
        f"for {one} in {held}:",
        f"    if {question}:",
        f"        {one}.{number} += {values[number]}",
        f"        return{f' {one}' if gives else ''}",
    )
    yield from put(changed, f"`{rows[0]}`", (begin, begin, "".join(f"{margin}{row}\n" for row in rows)))


def _is_said(changed: Changed, field: str) -> bool:
    return field in stems(changed.task)


def _same(changed: Changed, fields: list[str]) -> list[str]:
    """Return the fields that a line must have the same: those that the task names."""
    words = {word.lower() for found in _SAME.finditer(changed.task) for word in found.groups() if word}
    words |= {found["what"].lower() for found in _WHAT.finditer(changed.task)}
    said = [field for field in fields if field in words or field.removesuffix("_name") in words]
    # A price may be called otherwise where it stands: nothing is made then of the rest alone.
    costs = [field for field in fields if field in {"cents", "price", "pence", "cost", "euros", "unit_price"}]
    if {"price", "cost"} & words and costs:
        said += [field for field in costs if field not in said]
    owner = class_around(changed)
    return [field for field in fields if field in said] if owner and (said or not words) else []


FINDERS: tuple[Finder, ...] = (line_increased,)
