"""Texts that are kept, or counted, in one case: `should store the address in lower case`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.plain.places import (
    Finder,
    alone,
    made,
    parts,
    said_as,
    spot,
)
from workbench.crew.plain.wording.folded import BLANKS, LOWER, UPPER, is_folded, is_of_case, made_in_case, may_be_text
from workbench.crew.slips.righted import Changed, Righted

_KEEPS = said_as(
    r"\b(?:stor|keep|kept|sav|not|turn|put|convert|chang|record|remember|regist|writ|add|count|sum|same|twice|once|treat)\w*"
)


def kept_in_case(changed: Changed) -> Iterator[Righted]:
    """Yield what a function keeps, or counts under, put in the case that a task names, or in lower case."""
    if not is_of_case(changed.task) or not _KEEPS.search(changed.task):
        return
    how = "upper" if UPPER.search(changed.task) and not LOWER.search(changed.task) else "lower"
    strips = ".strip()" if BLANKS.search(changed.task) else ""
    keys: dict[str, list[ast.expr]] = {}
    for key in _kept(changed):
        if not is_folded(key):
            keys.setdefault(ast.unparse(key), []).append(key)
    for said, values in keys.items():
        if isinstance(values[0], ast.Name):
            yield from made_in_case(changed, said, f"{strips}.{how}()")
        spans = [span for value in values if (span := spot(changed, value))]
        if len(spans) == len(values):
            new = f"{alone(changed, values[0])}{strips}.{how}()"
            yield from made(changed, f"`{said}` in {how} case", *((*span, new) for span in spans))


def _kept(changed: Changed) -> Iterator[ast.expr]:
    """Yield what is a key of a table that is written to, or is put in a list or a set."""
    kept: set[str] = set()
    every: list[tuple[str, ast.expr]] = []
    for part in parts(changed):
        match part:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=ast.expr() as key):
                every.append((ast.unparse(held), key))
                if not isinstance(part.ctx, ast.Load):
                    kept.add(ast.unparse(held))
            case ast.Call(func=ast.Attribute(value=held, attr="add" | "append" | "setdefault"), args=[key, *_]):
                every.append((ast.unparse(held), key))
                kept.add(ast.unparse(held))
            case ast.Call(func=ast.Attribute(value=held, attr="get"), args=[key, *_]):
                every.append((ast.unparse(held), key))
            case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[held]):
                every.append((ast.unparse(held), key))
    for one, key in every:
        if one in kept and may_be_text(changed, key):
            yield key


FINDERS: tuple[Finder, ...] = (kept_in_case,)
