"""Numbers that a function refuses: `raise a ValueError if pieces is less than 1`, `for a negative price`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Finder, Sure, class_around, said_as, set_at_the_top
from workbench.crew.plain.refusing.refusals import Refusal, guard, is_example, named_function, refusal
from workbench.crew.plain.refusing.refused_cases import LESS, MORE, NUMBER, Case, cases
from workbench.crew.slips.righted import Changed, Righted

_OF_SEVERAL = re.compile(r"\b(?:both|either|neither|one of the|any of|each of)\b")
_KINDS = frozenset({"int", "float", "Decimal", "decimal.Decimal"})
_SIZED = re.compile(r"(?:list|tuple|dict|set|frozenset|Sequence|Collection|Mapping)\b")
_SAME = (
    {"weight", "kilos", "kg", "grams", "kilograms", "mass", "pounds"},
    {"amount", "sum", "money", "cents", "euros", "price", "payment", "dollars", "paid"},
    {"height", "length", "width", "distance", "cm", "mm", "km", "metres", "meters", "centimetres", "measure"},
    {"time", "duration", "minutes", "hours", "days", "seconds", "nights", "weeks"},
    {"count", "number", "quantity", "pieces", "amount", "n", "qty"},
    {"rate", "percent", "percentage", "discount"},
)


def refused_numbers(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where a number that it takes is one that the task refuses.

    The number is the parameter that the words beside it name; else the only one, or the only ones that must be given.
    """
    wish = refusal(changed)
    if wish is None:
        return
    every = cases(wish.case)
    for one in every if len(every) <= 2 and not _OF_SEVERAL.search(wish.case) else ():
        for name in _meant(changed, one, wish.case):
            yield from _refused(changed, wish, one, name)


def is_of_given(changed: Changed, wish: Refusal) -> bool:
    """Return whether a task refuses numbers of a parameter that it names."""
    words = [part for one in cases(wish.case) for part in (one.ahead, one.behind)]
    return any(is_named(name, part) for name in changed.names for part in words)


def _refused(changed: Changed, wish: Refusal, one: Case, name: str) -> Iterator[Righted]:
    """Yield the guard of one parameter; nothing where an error is raised on the same side of it today."""
    tops = {top for top, _ in set_at_the_top(changed.tree)}
    limits = [limit for limit in (one.limit, one.most) if limit]
    if any(limit.isidentifier() and limit not in tops for limit in limits):
        return
    given = parameters(changed.node)[name]
    value = f"len({name})" if is_sized(changed, name) else name
    if (value != name and changed.hides("len")) or (name == value and _is_text(changed, name)):
        return
    if value != name and (one.sign == "==" or (one.sign, one.limit) == ("<", "0")):
        return
    test = _test(value, one)
    if _refuses_already(changed, name, one.sign):
        return
    kind = ast.unparse(given.node.annotation) if given.node.annotation else ""
    if given.written == "None" or re.search(r"\bNone\b|\bOptional\b", kind):
        test = f"{name} is not None and {f'({test})' if ' or ' in test else test}"
    said = _said(one, f"{name} must" if value == name else "there must", "" if value == name else f" {name}")
    message = f'"{said}"' if one.sign == "==" else f'f"{said}{{{value}}}"'
    yield from guard(changed, wish, test, message, name, shown=value)


def _test(value: str, one: Case) -> str:
    if one.sign == "out":
        return f"not {one.limit} <= {value} <= {one.most}"
    return f"{value} {one.sign} {one.limit}"


def _said(one: Case, label: str, unit: str) -> str:
    """Return the beginning of a message, up to the number that was given."""
    if one.sign == "==":
        return f"{label} not be {one.limit}"
    limit, most = (f"{{{text}}}" if text.isidentifier() else text for text in (one.limit, one.most))
    if limit == "0" and one.sign in {"<", "<="}:
        return f"{label} {'not be negative: ' if one.sign == '<' else 'be positive, not '}"
    ways = {"<": "at least {}", "<=": "more than {}", ">": "at most {}", ">=": "less than {}"}
    return (
        f"{label} be {f'between {limit} and {most}' if one.sign == 'out' else ways[one.sign].format(limit)}{unit}, not "
    )


def _refuses_already(changed: Changed, name: str, sign: str) -> bool:
    """Return whether an error is raised today where a parameter is on the same side of some number."""
    side = {"<": (ast.Lt, ast.LtE), "<=": (ast.Lt, ast.LtE), ">": (ast.Gt, ast.GtE), ">=": (ast.Gt, ast.GtE)}
    for part in ast.walk(changed.node):
        match part:
            case ast.If(test=test, body=[ast.Raise()]):
                pass
            case _:
                continue
        for one in ast.walk(test):
            match one:
                case ast.Compare(left=ast.Name(id=left), ops=[sort], comparators=[ast.Constant()]) if left == name:
                    if isinstance(sort, side.get(sign, (ast.Lt, ast.LtE, ast.Gt, ast.GtE))):
                        return True
                case ast.Compare(ops=[_, _], comparators=[ast.Name(id=middle), _]) if middle == name:
                    return True
    return False


def _meant(changed: Changed, one: Case, case: str) -> list[str]:
    """Return the parameters that the words beside a number may mean, the plainest ones alone."""
    given = changed.names
    for words in (one.ahead, one.behind):
        if named := [name for name in given if is_named(name, words)]:
            return named if len(named) == 1 else []
    numbers = [name for name in given if is_number(changed, name)]
    near = {*re.findall(r"[a-z]+", f"{one.ahead} {one.behind}".lower())}
    for group in _SAME:
        alike = [name for name in numbers if group & near and (name in group or name.rpartition("_")[2] in group)]
        if len(alike) == 1:
            return alike
    if _is_of_holder(changed, {*re.findall(r"[a-z]+", one.ahead.lower())}):
        return []
    whole = [name for name in numbers if re.search(rf"\b{re.escape(name)}\b", case)]
    must = [name for name in numbers if parameters(changed.node)[name].default is None]
    for some in (whole, numbers, must):
        if len(some) == 1:
            return some
    return numbers[:2]


def _is_of_holder(changed: Changed, near: set[str]) -> bool:
    """Return whether words name a field or a method of the function's own class, or what the function works out."""
    around = class_around(changed)
    fields = {one.attr for one in ast.walk(around) if isinstance(one, ast.Attribute)} if around else set()
    sets = {one.id for one in ast.walk(changed.node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return bool(near & ({name.strip("_") for name in fields | sets} - {*changed.names}))


def is_named(name: str, words: str) -> bool:
    """Return whether words have a name, its last part, or one of several for it."""
    name = name.strip("_").lower()
    whole, last = name.replace("_", "[_ ]"), name.rpartition("_")[2]
    ends = {last, last.removesuffix("s"), f"{last}s", f"{last.removesuffix('y')}ies"}
    some = "|".join(re.escape(end) for end in sorted(ends) if len(end) > 1 and end != "is")
    return re.search(rf"\b(?:{whole}{f'|{some}' if some else ''})\b", words, re.IGNORECASE) is not None


def is_number(changed: Changed, name: str) -> bool:
    """Return whether a parameter is a number: it is declared as one, has one as its default, or is calculated with."""
    one = parameters(changed.node)[name]
    if one.node.annotation is not None:
        kinds = {kind.strip() for kind in ast.unparse(one.node.annotation).strip("'\"").split("|")} - {"None"}
        return bool(kinds) and kinds <= _KINDS
    match one.default:
        case ast.Constant(value=bool() | str()):
            return False
        case ast.Constant(value=int() | float()):
            return True
    return any(isinstance(part, ast.BinOp | ast.AugAssign) and _has(part, name) for part in ast.walk(changed.node))


def _may_be_number(changed: Changed, name: str) -> bool:
    """Return whether a parameter is a number, or nothing says what it is and no part of it is looked at."""
    one = parameters(changed.node)[name]
    if one.node.annotation is not None or one.default is not None or is_number(changed, name):
        return is_number(changed, name)
    holders = (changed.holders[id(look)] for look in changed.looks(name))
    return not any(isinstance(held, ast.Attribute | ast.Subscript | ast.For | ast.comprehension) for held in holders)


def _has(part: ast.BinOp | ast.AugAssign, name: str) -> bool:
    """Return whether a number is calculated of a name itself, and no text put together."""
    sides = [part.left, part.right] if isinstance(part, ast.BinOp) else [part.value]
    texts = (isinstance(side, ast.JoinedStr | ast.List) or isinstance(getattr(side, "value", 0), str) for side in sides)
    return not any(texts) and any(isinstance(side, ast.Name) and side.id == name for side in sides)


def is_sized(changed: Changed, name: str) -> bool:
    """Return whether a parameter is something that has a length, as far as it is declared."""
    kind = parameters(changed.node)[name].node.annotation
    return kind is not None and _SIZED.match(ast.unparse(kind)) is not None


def _is_text(changed: Changed, name: str) -> bool:
    kind = parameters(changed.node)[name].node.annotation
    return kind is not None and ast.unparse(kind) not in _KINDS and not is_number(changed, name)


_OVER = rf"(?:{LESS} {NUMBER}(?:,? or (?:is )?{MORE} {NUMBER})?|{MORE} {NUMBER})"
_CONDITION = (
    r"(?:if|when|whenever|for|where|as soon as)(?: the| an?| its)? "
    rf"(?:negative `?\w+`?|`?\w+`? (?:is|are|of) (?:{_OVER}|negative|not positive|negative or zero"
    rf"|{NUMBER} or (?:less|negative|below|lower|fewer))|`?\w+`? {_OVER})"
)
_TAIL = (
    r"(?:(?:,| and|, and) (?:(?:change|do|add|store|note|take|put|record|book) nothing(?: then)?|"
    r"(?:leave|keep) (?:the|everything|its) [\w ]{1,40}|not \w+ (?:it|anything|the \w+))(?: then)?)?"
)
_SURELY = re.compile(
    rf"(?:(?P<first>[^.;]*)\. )?`?(?:\w+\.)?(?:\w+)`?(?:\(\))? (?:should|must|has to|needs to) (?:also |then |rather )?"
    rf"(?:raise|throw) an? `?\w+`? {_CONDITION}{_TAIL}\.?"
)


def surely_refused_numbers(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error for a number, where one sentence says that and nothing else.

    It names the function and the parameter, and the message is not one of many.
    """
    task = " ".join(changed.task.split())
    wish, found = refusal(changed), _SURELY.fullmatch(task)
    if found is None or wish is None or not wish.is_named or not named_function(changed) or is_example(wish):
        return
    first = found["first"] or ""
    if re.search(r"\b(?:should|must|not|only|except|also)\b", first) or cases(first):
        return
    every = cases(wish.case)
    if len(every) != 1:
        return
    (one,) = every
    named = [name for name in changed.names if is_named(name, f"{one.ahead} {one.behind}")]
    said = re.findall(r"\w+", f"{one.ahead} {one.behind}".lower())
    # The last part of a name, as in `max_count`, may be said of something else.
    named = [name for name in named if {name.lower(), f"{name.lower()}s", name.lower().removesuffix("s")} & {*said}]
    if len(named) == 1 and _may_be_number(changed, named[0]) and not changed.sets(named[0]):
        yield from _refused(changed, wish, one, named[0])


FINDERS: tuple[Finder, ...] = (refused_numbers,)
SURE: tuple[Sure, ...] = ((surely_refused_numbers, said_as(r"\b(?:should|must|has to|needs to)\b"), 1),)
