"""What is looked up under a key that may not be there, with what a task wants then: `DEPOSITS.get(thing, 0)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import alone, made, parts, set_at_the_top, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.python_ast import literal_eval

_FAILS = re.compile(r"\bKeyError\b")
_OTHERWISE = re.compile(
    r"\brais\w* (?:an? |the )?(?!an? |the |KeyError)\w*Error\b"
    r"|\b(?:stays?|still|remains?|unless|parameter|option\w*|message)\b"
    r"|\bshould (?:still |also )?rais|\b(?:simply |just )?do nothing\b|\bleav\w+\b",
    re.IGNORECASE,
)
"""Words of a task that wants something else, or more, than one value."""

_WISHED = re.compile(
    r"\b(?:should|must|shall|to|simply|then|just|and)\s+(?:then |simply |just )?"
    r"(?P<verb>return|give|be|count as|cost|get|say)s? "
    r"(?P<value>-?\d+(?:\.\d+)?(?![\w%]|[.,]\d)|'[^'\\\n{}]*'|\"[^\"\\\n{}]*\")"
    r"|(?:^|[.!;] )Take (?P<taken>-?\d+(?:\.\d+)?)(?![\w%]|[.,]\d)"
)
_NOTHING = re.compile(
    r"\b(?:simply |just )?(?:have|has|cost|costs|get|gets|give|gives|is|are|add|adds|mean|means) (?:no|nothing)\b"
)
_SOMETHING = re.compile(
    r"\b(?:should|must|shall|to) (?:then |simply |just |all )?"
    r"(?:get|use|take|pay|have|be|return|give|cost|count|fall)\b"
    r"(?! (?:back on )?(?:no|nothing|none|0)\b)"
)
_CONSTANT = re.compile(
    r"\b(?:should|must|shall|to) (?:then |simply |just |all )?(?:get|use|take|pay|be|return|give|cost|count as)"
    r" (?:the )?`?(?P<name>[A-Z][A-Z0-9_]{2,})\b"
)
_NEUTRAL = {ast.Set: "set()", ast.List: "[]", ast.Tuple: "()", ast.Dict: "{}"}
_NEUTRAL_BY_CALL = {"set": "set()", "list": "[]", "tuple": "()", "dict": "{}"}


def value_of_unknown(changed: Changed) -> Iterator[Righted]:
    """Yield a value that is looked up in a dictionary with another one where its key is not there."""
    if not _FAILS.search(changed.task) or _OTHERWISE.search(changed.task):
        return
    found = _WISHED.search(changed.task)
    wished = (found["value"] or found["taken"]) if found else ""
    tables = dict(set_at_the_top(changed.tree))
    named = _CONSTANT.search(changed.task)
    if named and named["name"] in tables:
        wished = wished or named["name"]
    is_nothing = _NOTHING.search(changed.task) and not _SOMETHING.search(changed.task)
    for part in parts(changed):
        match part:
            case ast.Subscript(value=held, slice=key, ctx=ast.Load()) if _is_looked_up(held, key):
                kind = tables.get(held.id) if isinstance(held, ast.Name) else None
                value = wished or (_nothing(kind) if is_nothing else "")
                if not value or not fits(value, kind) or not _can_be_there(changed, part, value):
                    continue
                if span := spot(changed, part):
                    new = f"{alone(changed, held)}.get({as_key(changed, key)}, {value})"
                    yield from made(changed, f"`{new}`", (*span, new))


def is_other_value(changed: Changed) -> bool:
    """Return whether a task names several values, or one of the whole function that is not what is looked up."""
    every = list(_WISHED.finditer(changed.task))
    values = {one["value"] or one["taken"] for one in every}
    every_part = (one for one in parts(changed) if isinstance(one, ast.Subscript))
    looked_up = [one for one in every_part if _is_looked_up(one.value, one.slice)]
    is_result = any(one["verb"] in {"return", "give"} for one in every)
    is_part = is_result and not all(_is_result(changed, one, "".join(values)) for one in looked_up)
    return len(values) > 1 or is_part or _may_fail_otherwise(changed)


def _is_looked_up(held: ast.expr, key: ast.expr) -> bool:
    """Return whether a key is not written out, and is no place or part of a list."""
    is_written = isinstance(key, ast.Constant | ast.Slice | ast.UnaryOp)
    return isinstance(held, ast.Name | ast.Attribute) and not is_written


def _can_be_there(changed: Changed, part: ast.expr, value: str) -> bool:
    """Return whether what is done with the value that is looked up can be done with another: 0 has no field."""
    match changed.holders[id(part)]:
        case ast.Attribute(attr=attribute):
            return not value.isidentifier() and hasattr(literal_eval(value), attribute)
        case ast.Subscript(value=whole) | ast.Call(func=whole):
            return whole is not part
    return True


def _may_fail_otherwise(changed: Changed) -> bool:
    """Return whether a key that is not there is asked for already, or is missed where something is set or taken."""
    for part in parts(changed):
        match part:
            case ast.Name(id="KeyError" | "LookupError") | ast.Compare(ops=[ast.In() | ast.NotIn()]):
                return True
            case ast.AugAssign(target=ast.Subscript()) | ast.Subscript(ctx=ast.Del()):
                return True
            case ast.Call(func=ast.Attribute(attr="pop" | "remove"), args=[_]):
                return True
    return False


def _is_result(changed: Changed, part: ast.expr, wished: str) -> bool:
    """Return whether a function returns what is looked up, as it is; a 0 stays one when it is multiplied."""
    inner: ast.AST = part
    while isinstance(holder := changed.holders[id(inner)], ast.expr):
        match holder:
            case ast.BinOp(op=ast.Mult()) if wished == "0":
                inner = holder
            case _:
                return False
    return isinstance(holder, ast.Return)


def as_key(changed: Changed, key: ast.expr) -> str:
    """Return a key as it is handed to a method."""
    return f"({written(changed, key)})" if isinstance(key, ast.Tuple) else written(changed, key)


def _values(table: ast.expr | None) -> list[ast.expr]:
    return list(table.values) if isinstance(table, ast.Dict) else []


def _nothing(table: ast.expr | None) -> str:
    """Return what is nothing among the values of a table that stands in the file; nothing if they are mixed."""
    found = {_nothing_of(one) for one in _values(table)}
    return found.pop() if len(found) == 1 else ""


def _nothing_of(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=bool() | None):
            return ""
        case ast.Constant(value=int() | float()):
            return "0"
        case ast.Constant(value=str()):
            return "''"
        case ast.Call(func=ast.Name(id=name)):
            return _NEUTRAL_BY_CALL.get(name, "")
    return _NEUTRAL.get(type(value), "")


def fits(value: str, table: ast.expr | None) -> bool:
    """Return whether a value is of the kind that a table has; of one that is not known, any is."""
    kinds = {type(one.value) for one in _values(table) if isinstance(one, ast.Constant)}
    return not kinds or value[:1] not in "'\"-0123456789" or (str in kinds) == (value[:1] in "'\"")
