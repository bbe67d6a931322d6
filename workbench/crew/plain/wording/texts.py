"""Texts compared in any case, and one text taken where a list of them is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import alone, fields_beside, made, parts, quoted, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.slips.texts import ANY_CASE

_ONE_TEXT = re.compile(
    r"\b(?:plain|single|bare|lone|one|just an?|an? (?:single |plain )?)\s*(?:string|str|text|name|word)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:\w+\.)?(?:[Ii]terable|[Ss]equence|[Cc]ollection|[Ll]ist|[Tt]uple|[Ss]et|[Ff]rozen[Ss]et)\b")
_TEXTS = re.compile(r"(?:[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|[Tt]uple|[Dd]ict)\[str\b")
_AROUND = re.compile(
    r"\b(?:blanks|spaces?|white ?space) (?:around|at (?:both|either) ends?|before (?:and|or))\b", re.IGNORECASE
)
_FOLDS = frozenset({"lower", "upper", "casefold"})
_STARTS = frozenset({"startswith", "endswith"})


def in_any_case(changed: Changed) -> Iterator[Righted]:
    """Yield a comparison of a text, or a look at how it begins, in lower case on both sides.

    Of two values, nobody knows that they are texts; but one that is compared with a text is, and a parameter may be.
    """
    shown = quoted(changed.task)
    is_shown = len({one.lower() for one in shown}) < len({*shown})
    if not is_shown and not ANY_CASE.search(changed.task):
        return
    for part in parts(changed):
        yield from _among_texts(changed, part)
        sides = _compared(part)
        if _is_of_a_text(part, sides) or _may_be_texts(changed, part, sides):
            yield from _in_lower_case(changed, part, sides)


def texts_in_any_case(changed: Changed) -> Iterator[Righted]:
    """Yield comparisons of what a file says are texts, as `in_any_case` does."""
    for part in parts(changed) if ANY_CASE.search(changed.task) else ():
        sides = _compared(part)
        if all(_kind(changed, _without_lower(side)) == "str" for side in sides):
            yield from _in_lower_case(changed, part, sides)


def _compared(part: ast.AST) -> list[ast.expr]:
    """Return the two sides of what may be a comparison of texts, or a look for one in another; nothing of the rest."""
    match part:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() | ast.In() | ast.NotIn()], comparators=[right]):
            return [left, right]
        case ast.Call(func=ast.Attribute(value=left, attr=attr), args=[right], keywords=[]) if attr in _STARTS:
            return [left, right]
    return []


def _looks_among(part: ast.AST) -> bool:
    return isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.In | ast.NotIn)


def _is_of_a_text(part: ast.AST, sides: list[ast.expr]) -> bool:
    """Return whether one of two sides is a text; what one is looked for in may be a list."""
    held = sides[1:] if _looks_among(part) else sides
    return sum(map(_is_text, sides)) == 1 and any(map(_is_text, held))


def _may_be_texts(changed: Changed, part: ast.AST, sides: list[ast.expr]) -> bool:
    """Return whether one of two values is a parameter, and nothing says that they are no texts."""
    bare = [_without_lower(side) for side in sides]
    kinds = [_kind(changed, side) for side in bare]
    is_of_names = all(
        side.id in changed.own
        if isinstance(side, ast.Name)
        else isinstance(side, ast.Attribute | ast.Subscript) or (isinstance(side, ast.Call) and kind == "str")
        for side, kind in zip(bare, kinds, strict=True)
    )
    is_given = any(isinstance(side, ast.Name) and side.id in parameters(changed.node) for side in bare)
    return is_of_names and is_given and {*kinds} <= {"", "str"} and (not _looks_among(part) or kinds[1] == "str")


def _in_lower_case(changed: Changed, part: ast.AST, sides: list[ast.expr]) -> Iterator[Righted]:
    """Yield a comparison with those sides in lower case that are not yet; nothing where both are, or one otherwise."""
    left = [side for side in sides if not _is_folded(side)]
    if not left or any(_is_folded(side) and _without_lower(side) is side for side in sides):
        return
    strips = _AROUND.search(changed.task) is not None and len(left) == len(sides)
    swaps = [(*span, _lower(changed, side, strips=strips)) for side in left if (span := spot(changed, side))]
    if len(swaps) == len(left):
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
        case ast.Call(func=ast.Attribute(attr=name)):
            return _given_by(changed, name)
    return ""


def _given_by(changed: Changed, method: str) -> str:
    """Return what the methods of a name in a file say that they give; nothing where there are none, or not one thing.

    What Python's own texts and tables have may be meant there.
    """
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    found = [one for each in classes for one in each.body if isinstance(one, ast.FunctionDef) and one.name == method]
    kinds = {ast.unparse(one.returns) if one.returns else "" for one in found}
    return kinds.pop() if len(kinds) == 1 and not any(hasattr(kind, method) for kind in (str, dict, list, set)) else ""


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


def _lower(changed: Changed, side: ast.expr, *, strips: bool = False) -> str:
    if isinstance(side, ast.Constant):
        low = side.value.lower() if isinstance(side.value, str | bytes) else side.value
        return written(changed, side) if low == side.value else repr(low)
    return f"{alone(changed, side)}{'.strip()' if strips else ''}.lower()"
