"""A list that is returned as it was found, put in order by the field that a task names: what expires soonest first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import declared_fields, made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted

_FIRST = (
    r"\b(?:what|which(?:ever)?|whoever|the ones? that) (?P<verb>[a-z]{4,}?)(?:e?s)? (?:the )?"
    r"(?:soonest|earliest|(?P<down>latest|last)) "
    r"(?:should|must|has to|have to)? ?(?:be|comes?|goes?|stands?)? ?"
    r"(?:first|on top|at the top)\b"
)
_TIMES = re.compile(r"(?:datetime\.)?(?:date|datetime|time)(?: \| None)?")
_LIST = re.compile(r"(?:list|List|Sequence|Iterable|Collection)\[(?P<kind>\w+)\]")
_OTHERWISE = re.compile(r"\b(?:unless|except|only|same|equal\w*|if|when|without|instead)\b|n't\b", re.IGNORECASE)


def first_by_time(changed: Changed) -> Iterator[Righted]:
    """Yield a filtered list that is returned sorted by the date or time that a task names by its verb.

    A value that may be missing must have been asked for: None cannot be compared.
    """
    found = re.search(_FIRST, changed.task, re.IGNORECASE)
    if found is None or _OTHERWISE.search(changed.task) or "sorted" in changed.own:
        return
    for part in parts(changed):
        match part:
            case ast.Return(
                value=ast.ListComp(
                    elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=name), iter=values, ifs=ifs)]
                ) as value
            ) if one == name and (span := spot(changed, value)):
                for field, kind in _fields(changed, values).items():
                    asked = {ast.unparse(test) for each in ifs for test in _all_of(each)}
                    is_there = (
                        "None" not in kind or f"{name}.{field} is not None" in asked or f"{name}.{field}" in asked
                    )
                    if field.startswith(found["verb"].lower()) and _TIMES.fullmatch(kind) and is_there:
                        way = ", reverse=True" if found["down"] else ""
                        new = f"sorted({written(changed, value)}, key=lambda {name}: {name}.{field}{way})"
                        yield from made(changed, f"sorted by `{field}`", (*span, new))


def _all_of(test: ast.expr) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]


def _fields(changed: Changed, values: ast.expr) -> dict[str, str]:
    """Return the fields of what a parameter is a list of, each with its type; nothing where that is not known."""
    given = parameters(changed.node).get(values.id) if isinstance(values, ast.Name) else None
    kind = _LIST.fullmatch(ast.unparse(given.node.annotation)) if given and given.node.annotation else None
    for one in changed.tree.body if kind else ():
        if isinstance(one, ast.ClassDef) and kind and one.name == kind["kind"]:
            return declared_fields(one)
    return {}
