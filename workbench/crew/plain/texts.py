"""Texts compared in any case, and one text taken where a list of them is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import alone, fields_beside, made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.slips.texts import ANY_CASE

_ONE_TEXT = re.compile(
    r"\b(?:plain|single|bare|lone|one|just an?|an? (?:single |plain )?)\s*(?:string|str|text|name|word)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:\w+\.)?(?:[Ii]terable|[Ss]equence|[Cc]ollection|[Ll]ist|[Tt]uple|[Ss]et|[Ff]rozen[Ss]et)\b")
_TEXTS = re.compile(r"(?:[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|[Tt]uple|[Dd]ict)\[str\b")
_FOLDS = frozenset({"lower", "upper", "casefold"})
_STARTS = frozenset({"startswith", "endswith"})


def in_any_case(changed: Changed) -> Iterator[Righted]:
    """Yield a comparison of a text, or a look at how it begins, in lower case on both sides."""
    if not ANY_CASE.search(changed.task):
        return
    for part in parts(changed):
        yield from _among_texts(changed, part)
        match part:
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                sides = [left, right]
            case ast.Call(func=ast.Attribute(value=left, attr=attr), args=[right], keywords=[]) if attr in _STARTS:
                sides = [left, right]
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[ast.Constant() as right]):
                sides = [left, right]
            case _:
                continue
        # Of two values, nobody knows that they are texts; but one that is compared with a text is.
        if sum(_is_text(side) for side in sides) != 1 or any(map(_is_folded, sides)):
            continue
        swaps = [(*span, _lower(changed, side)) for side in sides if (span := spot(changed, side))]
        if len(swaps) == len(sides):
            yield from made(changed, f"`{ast.unparse(part)}` in any case", *swaps)


def _among_texts(changed: Changed, part: ast.AST) -> Iterator[Righted]:
    """Yield a look for a text among several, all of them in lower case, where the file says that they are texts."""
    match part:
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[right]):
            looked_for = _without_lower(left)
            if not _TEXTS.match(_kind(changed, right)) or _kind(changed, looked_for) != "str" or "one" in changed.own:
                return
            ours, theirs = spot(changed, left), spot(changed, right)
            if ours and theirs:
                lowered = f"{{one.lower() for one in {written(changed, right)}}}"
                swaps = (*ours, _lower(changed, looked_for)), (*theirs, lowered)
                yield from made(changed, f"`{ast.unparse(part)}` in any case", *swaps)


def _without_lower(side: ast.expr) -> ast.expr:
    match side:
        case ast.Call(func=ast.Attribute(value=value, attr="lower"), args=[], keywords=[]):
            return value
    return side


def _kind(changed: Changed, value: ast.expr) -> str:
    """Return the type that a file states of a parameter or of a field; nothing where it states none."""
    match value:
        case ast.Name(id=name) if name in (known := parameters(changed.node)):
            kind = known[name].node.annotation
            return ast.unparse(kind) if kind and not changed.sets(name) else ""
        case ast.Attribute(attr=name):
            return fields_beside(changed, name).get(name, "")
    return ""


def one_text_too(changed: Changed) -> Iterator[Righted]:
    """Yield one text taken as a list of it, where a parameter is a list and the task speaks of one text."""
    if not _ONE_TEXT.search(changed.task):
        return
    for name, one in parameters(changed.node).items():
        kind = ast.unparse(one.node.annotation) if one.node.annotation else ""
        if not _MANY.match(kind.removeprefix("Optional[")) or changed.asks_for_type(name):
            continue
        first = at_the_top(changed, [f"if isinstance({name}, str):", f"    {name} = [{name}]"])
        if first is not None:
            yield first


def _is_text(side: ast.expr) -> bool:
    return (
        isinstance(side, ast.Constant)
        and isinstance(side.value, str | bytes)
        and side.value.upper() != side.value.lower()
    )


def _is_folded(side: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in _FOLDS for part in ast.walk(side))


def _lower(changed: Changed, side: ast.expr) -> str:
    if isinstance(side, ast.Constant):
        low = side.value.lower() if isinstance(side.value, str | bytes) else side.value
        return written(changed, side) if low == side.value else repr(low)
    return f"{alone(changed, side)}.lower()"
