"""A new parameter for how many are returned at most: `limit=3` gives the first three, without it all are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, yields
from workbench.crew.plain.adding.headed import or_none, with_parameter
from workbench.crew.plain.adding.wished_parameter import is_spelt, wish_of
from workbench.crew.plain.places import Finder, Sure, Swap, parts, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_NAMES = re.compile(
    r"limit|count|n|top|most|maximum|max|number|first|how_many|at_most|k|size|amount|(?:max|limit|top|number|most|first)_\w+"
    r"|\w+_(?:limit|count|maximum)"
)
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|n|so many|as many|that many|this many|limit|count)"
_SAYS_MANY = said_as(
    rf"\b(?:at most|only|just|(?:not|no) more than|up to|(?:the|first|top|best|most)) (?:the )?(?:\w+ )?{_NUMBER}\b"
    rf"|\b{_NUMBER} (?:most|best|fastest|largest|first|oldest|latest|newest|\w+est)\b|\bhow many\b|\bthe first\b"
    r"|\bnumber of \w+|\bmaximum number\b|\blimit\w*\b"
)
_LAST_ONES = said_as(r"\bthe last\b|\blast (?:\d+|\w+ so|so) \b")
_MOST = said_as(
    r"\b(?!(?:rest|request|guest|forest|test|interest|latest_)\b)(?:\w{2,}est|best|most (?!that|of|are)[a-z]{4,})\b"
)
_OF_TIME = said_as(r"\b(?:newest|latest|youngest|most recent)\b")
_SURE = said_as(
    r"^(?!.*\b(?:unless|except|also|rais\w*|instead|negative|both|longer|twice|but|last|store\w*|log\w*|refus\w*|days?|version"
    r"|remov\w*|must|never|sort\w*|order\w*|alphabet\w*|0|zero|with (?:at most|up to|only|fewer)|that (?:have|has)"
    r"|who (?:have|has)|whose|those with|pages?|offset|each|per|characters?|letters"
    r"|(?:if|when) (?!(?:it|none|nothing|not)\b))\b)"
    r"(?=.*\b(?:first|most|best|only|just|at most|fewest|\w+est|all)\b)"
)


def first_ones(changed: Changed) -> Iterator[Righted]:
    """Yield a function that returns a list with a parameter that limits it, which is all of it where none is given."""
    wish = wish_of(changed)
    if wish is None or wish.default not in {"", "None"} or not all(type(one) is int for one in wish.examples):
        return
    if not _NAMES.fullmatch(wish.name) or not _SAYS_MANY.search(changed.task) or _LAST_ONES.search(changed.task):
        return
    if yields(changed.node) or isinstance(changed.node, ast.AsyncFunctionDef):
        return
    own = [part for part in own_parts(changed.node) if isinstance(part, ast.Return)]
    returned = [part.value for part in own if part.value is not None and not _is_nothing(part.value)]
    swaps = [swap for value in returned for swap in _limited(changed, value, wish.name)]
    if len(returned) == len(swaps) == 1 and any(part in changed.node.body for part in own):
        what = f"`{wish.name}` is the most that is returned"
        added = (wish.name, or_none(changed, "int"), "None")
        yield from with_parameter(changed, what, added, swaps, "the most that are returned; all if None")


def first_ones_surely(changed: Changed) -> Iterator[Righted]:
    """Yield such a function where the task has its name and neither has a number that may be meant."""
    numbers = [part for part in parts(changed) if isinstance(part, ast.Slice)]
    is_told = re.search(r"\bdefault", changed.task) and re.search(r"(?<![\w=])\d", changed.task)
    if is_spelt(changed) and not numbers and not is_told and _is_in_that_order(changed):
        yield from first_ones(changed)


def _is_in_that_order(changed: Changed) -> bool:
    """Return whether those that a task calls the best, or the latest, come first: something is sorted by that."""
    text = ast.unparse(changed.node)
    if _OF_TIME.search(changed.task) and not ("reverse=True" in text or ("key=lambda" in text and ": -" in text)):
        return False
    return not _MOST.search(changed.task) or re.search(r"\b(?:sorted|sort|most_common|nlargest)\(", text) is not None


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.List) and not value.elts


def _limited(changed: Changed, value: ast.expr, name: str) -> Iterator[Swap]:
    """Yield what makes a list only so long."""
    span = spot(changed, value)
    if span is None:
        return
    match value:
        case ast.Call(func=ast.Attribute(attr="most_common"), args=[], keywords=[]):
            yield span[1] - 1, span[1], f"{name})"
        case ast.Call(func=ast.Name(id="sorted" | "list" as said)) if not changed.hides(said):
            yield span[1], span[1], f"[:{name}]"
        case ast.ListComp():
            yield span[1], span[1], f"[:{name}]"
        case ast.Name(id=said) if _is_list(changed, said):
            yield span[1], span[1], f"[:{name}]"
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str()), attr="join"), args=[ast.Name(id=said) as one]
        ):
            if _is_list(changed, said) and (place := spot(changed, one)):
                yield place[1], place[1], f"[:{name}]"
        case ast.Attribute() | ast.Subscript() if _gives_list(changed):
            yield span[1], span[1], f"[:{name}]"


def _gives_list(changed: Changed) -> bool:
    returns = changed.node.returns
    return returns is not None and ast.unparse(returns).lower().startswith(("list[", "tuple[", "sequence["))


def _is_list(changed: Changed, name: str) -> bool:
    """Return whether all that a name is set to are lists."""
    values: list[ast.expr] = []
    for part in own_parts(changed.node):
        match part:
            case ast.Assign(targets=[ast.Name(id=said)], value=value) if said == name:
                values.append(value)
            case ast.AnnAssign(target=ast.Name(id=said), value=ast.expr() as value) if said == name:
                values.append(value)
    return bool(values) and len(values) == len(changed.sets(name)) and all(map(_makes_list, values))


def _makes_list(value: ast.expr) -> bool:
    match value:
        case ast.List() | ast.ListComp() | ast.Call(func=ast.Name(id="sorted" | "list")):
            return True
        case ast.Call(func=ast.Attribute(attr="most_common" | "split" | "splitlines")):
            return True
    return False


FINDERS: tuple[Finder, ...] = (first_ones,)
SURE: tuple[Sure, ...] = ((first_ones_surely, _SURE, 1),)
