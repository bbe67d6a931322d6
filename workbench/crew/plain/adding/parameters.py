"""A new parameter that stands for what a function has written out until now, where the task tells its default."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench import python_ast
from workbench.crew.judging.stated import parameters, stated
from workbench.crew.plain.adding.headed import with_parameter
from workbench.crew.plain.adding.wished_parameter import SURE_WORDS, is_spelt, is_taken, wish_of
from workbench.crew.plain.adding.written_out import TYPES, constants_before, default_of, is_same, places_of
from workbench.crew.plain.places import Sure, Swap, parts, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_CONSTANT = re.compile(r"\b[A-Z]{2,}[A-Z_]*\b")
_PARAMETER = re.compile(r"\b(?:parameter|argument|option|keyword)\b", re.IGNORECASE)


def parameter_for_constant(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter that the task states with its default in each place, and in all, that has that value now.

    Where a text is cut shorter by the length of that value, it is cut by the length of what is given.
    """
    for name, literal in _told(changed):
        value = _value(changed, literal)
        if type(value) not in TYPES or value == "" or is_taken(changed, name):
            continue
        assert isinstance(value, str | int | float)
        places = list(places_of(changed, name, value))
        named = {one for one, known in constants_before(changed).items() if is_same(known, value)}
        looked_at = {one for one in named if changed.looks(one)}
        lengths = list(_lengths(changed, name, value))
        default = literal if literal in looked_at else min(looked_at) if len(looked_at) == 1 else default_of(value)
        kind = TYPES[type(value)]
        for chosen in ([one] for one in places) if len(places) < 2 else [places, *([one] for one in places)]:
            what = f"`{name}` stands for {default}"
            yield from with_parameter(changed, what, (name, kind, default), [*chosen, *lengths], "what stands there")


def parameter_surely_told(changed: Changed) -> Iterator[Righted]:
    """Yield such a parameter where the task has the function's name and the default is no number that is everywhere."""
    told = [_value(changed, literal) for _, literal in _told(changed)]
    if is_spelt(changed) and (told not in ([0], [1]) or _CONSTANT.search(changed.task)):
        yield from parameter_for_constant(changed)


def _told(changed: Changed) -> Iterator[tuple[str, str]]:
    """Yield the one parameter that a task names with the default that it has for it."""
    new = {name: value for name, value in stated(changed.task).items() if name not in parameters(changed.node)}
    if len(new) == 1 and _PARAMETER.search(changed.task):
        yield from new.items()
    elif not new and (wish := wish_of(changed)) and wish.default:
        yield wish.name, wish.default


def _value(changed: Changed, literal: str) -> object:
    """Return what a default stands for: a word is the constant of its name, or else the text."""
    try:
        return python_ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return constants_before(changed).get(literal, literal if literal.isalpha() else None)


def _lengths(changed: Changed, name: str, value: object) -> Iterator[Swap]:
    """Yield where the length of a text is taken off."""
    for part in parts(changed):
        match part:
            case ast.BinOp(op=ast.Sub(), right=ast.Constant(value=int(number)) as length) if isinstance(value, str):
                if number == len(value) and (span := spot(changed, length)):
                    yield (*span, f"len({name})")


SURE: tuple[Sure, ...] = (
    (
        parameter_surely_told,
        said_as(SURE_WORDS.pattern + r"(?=.*(?:\bdefault|\bstays?\b|\bremains?\b|\bnot given\b))"),
        1,
    ),
)
