"""A list that is returned as it was found, put in order by the field that a task names: what expires soonest first.

Or by its size: the group with the most free places first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import class_around, declared_fields, made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted

_LARGEST = "most|highest|largest|greatest|biggest|longest"
_SMALLEST = "fewest|least|lowest|smallest|shortest"
_FIRST = (
    r"\b(?:what|which(?:ever)?|whoever|the ones? that) (?P<verb>[a-z]{4,}?)(?:e?s)? (?:the )?"
    r"(?:soonest|earliest|(?P<down>latest|last)) "
    r"(?:should|must|has to|have to)? ?(?:be|comes?|goes?|stands?)? ?"
    r"(?:first|on top|at the top)\b"
)
_BY_SIZE = (
    rf"\bthe (?:\w+|ones?) with the (?:(?P<down>{_LARGEST})|{_SMALLEST}) (?P<what>[a-z]+(?: [a-z]+){{0,2}}?) "
    r"(?:should|must|has to|have to)? ?(?:be|comes?|goes?|stands?) ?(?:first|on top|at the top)\b"
)
_WHERE = re.compile(r"^\s*When (?:we|I|you|somebody|someone) (?:look|ask|search)\w*\b", re.IGNORECASE)
_TIMES = re.compile(r"(?:datetime\.)?(?:date|datetime|time)(?: \| None)?")
_LIST = re.compile(r"(?:list|List|Sequence|Iterable|Collection)\[(?P<kind>\w+)\]")
_OTHERWISE = re.compile(
    r"\b(?:unless|except|only|same|equal\w*|if|when|without|instead|then|also|too|among|but|at the (?:end|bottom))\b"
    r"|n't\b|\blast\b(?=[.,;!]|$)",
    re.IGNORECASE,
)
"""Words of a second thing that is wanted, or of a case."""


def first_by_time(changed: Changed) -> Iterator[Righted]:
    """Yield a filtered list that is returned sorted by the date or time that a task names by its verb.

    A value that may be missing must have been asked for: None cannot be compared.
    """
    found = re.search(_FIRST, changed.task, re.IGNORECASE)
    if found is None or _OTHERWISE.search(changed.task) or "sorted" in changed.own:
        return
    for name, value, values, ifs in _returned(changed):
        for field, kind in _fields(changed, values).items():
            asked = {ast.unparse(test) for each in ifs for test in _all_of(each)}
            is_there = "None" not in kind or f"{name}.{field} is not None" in asked or f"{name}.{field}" in asked
            if field.startswith(found["verb"].lower()) and _TIMES.fullmatch(kind) and is_there:
                yield from _sorted(changed, value, f"{name}.{field}", is_last_first=bool(found["down"]))


def first_by_size(changed: Changed) -> Iterator[Righted]:
    """Yield a filtered list that is returned sorted by the number that a task names, of a field or of a method."""
    found = re.search(_BY_SIZE, changed.task, re.IGNORECASE)
    # "When we look for one" says where, and nothing of a case.
    if found is None or _OTHERWISE.search(_WHERE.sub("", changed.task)) or "sorted" in changed.own:
        return
    said = "_".join(found["what"].lower().split())
    for name, value, values, _ in _returned(changed):
        for field, kind in (_fields(changed, values) | _methods(changed, values)).items():
            if field.removesuffix("()") == said and kind in {"int", "float", "Decimal"}:
                yield from _sorted(changed, value, f"{name}.{field}", is_last_first=bool(found["down"]))


def _returned(changed: Changed) -> Iterator[tuple[str, ast.expr, ast.expr, list[ast.expr]]]:
    """Yield the lists that are returned as they are chosen: the name of each thing, the list, of what, the choice."""
    for part in parts(changed):
        match part:
            case ast.Return(
                value=ast.ListComp(
                    elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=name), iter=values, ifs=ifs)]
                ) as value
            ) if one == name:
                yield name, value, values, ifs


def _sorted(changed: Changed, value: ast.expr, by: str, *, is_last_first: bool) -> Iterator[Righted]:
    if span := spot(changed, value):
        name = by.partition(".")[0]
        way = ", reverse=True" if is_last_first else ""
        new = f"sorted({written(changed, value)}, key=lambda {name}: {by}{way})"
        yield from made(changed, f"sorted by `{by.partition('.')[2]}`", (*span, new))


def _all_of(test: ast.expr) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]


def _fields(changed: Changed, values: ast.expr) -> dict[str, str]:
    """Return the fields of what a list has, each with its type; nothing where that is not known."""
    node = _kind_of(changed, values)
    return declared_fields(node) if node else {}


def _methods(changed: Changed, values: ast.expr) -> dict[str, str]:
    """Return how properties and methods without arguments of what a list has are asked for, each with its result."""
    node = _kind_of(changed, values)
    found: dict[str, str] = {}
    for one in node.body if node else ():
        if isinstance(one, ast.FunctionDef) and one.returns and len(parameters(one)) == 1:
            decorators = {ast.unparse(each) for each in one.decorator_list}
            if decorators <= {"property"}:
                found[one.name if decorators else f"{one.name}()"] = ast.unparse(one.returns)
    return found


def _kind_of(changed: Changed, values: ast.expr) -> ast.ClassDef | None:
    """Return the file's class of which a list is: a parameter, or a field of the function's own class."""
    owner, annotation = class_around(changed), ""
    match values:
        case ast.Name(id=name):
            given = parameters(changed.node).get(name)
            annotation = ast.unparse(given.node.annotation) if given and given.node.annotation else ""
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if owner:
            annotation = declared_fields(owner).get(name, "")
    kind = _LIST.fullmatch(annotation)
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef) and kind and one.name == kind["kind"]]
    return classes[0] if len(classes) == 1 else None
