"""Which plain change is made where no command judges it: one that a short task's words leave no doubt of.

What a small model answers without a check is right about six times in ten. Of the changes that a task names in the
words below, alone and in one or two short sentences, nearly all were: see docs/benchmarks.md. They stay `unverified`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from workbench.crew.plain.adding import first_ones, instead, left_out, named_after, only_those, parameters
from workbench.crew.plain.adding.parameters import parameter_for_constant
from workbench.crew.plain.adding.wished_parameter import says_more
from workbench.crew.plain.calls import (
    of_its_own,
)
from workbench.crew.plain.counting.twins import is_added_otherwise, no_twice
from workbench.crew.plain.leaving.filters import are_not_all, without_kind
from workbench.crew.plain.leaving.taken import is_not_all_taken, nothing_to_take, removed_if_there
from workbench.crew.plain.measuring.minus import is_surely_misplaced, minus_in_front
from workbench.crew.plain.measuring.steps import in_steps, is_of_another_unit
from workbench.crew.plain.missing.unknown_keys import is_other_value, value_of_unknown
from workbench.crew.plain.places import Finder, distinct, said_as
from workbench.crew.plain.results import (
    bounded_somewhere,
    is_bounded_otherwise,
)
from workbench.crew.plain.sure_words import SURE
from workbench.crew.plain.tests import at_the_boundary, caught_too, still_today
from workbench.crew.plain.wording.signs import is_split_otherwise, split_too
from workbench.crew.slips.righted import SIZES, Changed, Righted

LONGEST = 200
"""Characters of a task that says one thing."""

_PARAMETER = said_as(r"\b(?:parameter|argument|option|keyword)\b")
_QUOTED = re.compile(r"(?<!\w)'([^'\n]*)'(?!\w)")

_OF_SPANS = said_as(r"\btouch\b|\bback[ -]to[ -]back\b|\b(?:directly|immediately)\b")

_FINE = said_as(r"\b(?:fine|okay|allowed)\b|\b(?:not|n't|no) (?:an? )?(?:meet|overlap|clash|collid|conflict)")

_WISHED = re.compile(r"\b(?:return|give) (None|True|False|-?\d+|\[\])(?!\w)")


_ADDING = frozenset(
    {
        parameter_for_constant,
        *(
            find
            for one in (named_after, first_ones, only_those, left_out, instead, parameters)
            for find, _, _ in one.SURE
        ),
    }
)
"""Finders of new parameters."""


def surest(changed: Changed) -> Righted | None:
    """Return the one change that a task's words leave no doubt of; None where there is none, or another beside it.

    Args:
        changed: the function as it is, and what is asked.
    """
    if len(changed.task) > LONGEST:
        return None
    said = " ".join(changed.task.split())
    adds = _PARAMETER.search(changed.task) is not None
    first: list[Righted] = []
    for find, words, most in SURE:
        # Who speaks of arguments that are to stay as they are wants no other one.
        is_meant = not says_more(changed.task) if find in _ADDING else not adds or find is of_its_own
        if words.search(said) and is_meant:
            some = list(distinct(changed, find(changed)))
            is_other = _OTHERWISE.get(find)
            if 0 < len(some) <= most and not (is_other and is_other(changed)):
                first.append(some[0])
    every = list(distinct(changed, first))
    return every[0] if len(every) == 1 else None


def _writes_something_new(changed: Changed) -> bool:
    """Return whether a task quotes a text that a function does not have: it is a case of its own."""
    texts = {part.value for part in ast.walk(changed.node) if isinstance(part, ast.Constant)}
    return any(text and text not in texts for text in _QUOTED.findall(changed.task))


def _is_no_boundary(changed: Changed) -> bool:
    """Return whether no boundary is spoken of: it is a case of its own, or numbers are compared, and no spans."""
    sizes = [one for one in ast.walk(changed.node) if isinstance(one, ast.Compare) and type(one.ops[0]) in SIZES]
    are_counts = any(_is_count(side) for one in sizes for side in (one.left, *one.comparators))
    return _writes_something_new(changed) or (
        _OF_SPANS.search(changed.task) is not None and (are_counts or _may_touch(changed))
    )


def _is_count(side: ast.expr) -> bool:
    match side:
        case ast.Constant() | ast.Call(func=ast.Name(id="len" | "sum" | "abs")):
            return True
    return False


def _may_touch(changed: Changed) -> bool:
    """Return whether spans that touch are fine already, as a task wants: they meet only where both ends are passed."""
    pairs = [one for one in ast.walk(changed.node) if isinstance(one, ast.BoolOp) and isinstance(one.op, ast.And)]
    sizes = [[type(value.ops[0]) for value in one.values if isinstance(value, ast.Compare)] for one in pairs]
    are_passed = any(len(signs) > 1 and {*signs} <= {ast.Lt, ast.Gt} for signs in sizes)
    return are_passed and _FINE.search(changed.task) is not None


def _gives_no_wish(changed: Changed) -> bool:
    """Return whether what is wished for is something else than the function gives where it catches an error."""
    handlers = [part for part in ast.walk(changed.node) if isinstance(part, ast.ExceptHandler)]
    given = {ast.unparse(one) for part in handlers for one in part.body}
    return not any(f"return {value}" in given for value in _WISHED.findall(changed.task))


_OTHERWISE: dict[Finder, Callable[[Changed], bool]] = {
    bounded_somewhere: is_bounded_otherwise,
    caught_too: _gives_no_wish,
    at_the_boundary: _is_no_boundary,
    still_today: _writes_something_new,
    in_steps: is_of_another_unit,
    without_kind: are_not_all,
    split_too: is_split_otherwise,
    value_of_unknown: is_other_value,
    no_twice: is_added_otherwise,
    nothing_to_take: is_not_all_taken,
    removed_if_there: is_not_all_taken,
    minus_in_front: lambda changed: not is_surely_misplaced(changed),
}
"""By which finders nothing is sure in some cases."""
