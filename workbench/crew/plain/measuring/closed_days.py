"""A day that falls on one on which nothing is done: `not on a Sunday, but on the Monday after it`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, Sure, put, said_as
from workbench.crew.plain.rows import before, free_name, given_back, instead
from workbench.crew.slips.righted import Changed, Righted

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)}|weekend)s?\b", re.IGNORECASE)
_MOVED = said_as(
    rf"\b(?:the (?:next |following )?|next |following |to |on )(?P<to>{'|'.join(_DAYS)}"
    r"|(?:next |following )?(?:work(?:ing)? ?)?day)"
    r"(?: after| that follows| afterwards| following| (?:right |directly )?behind|\b(?= instead))"
    rf"|\b(?:next|following) (?P<to2>{'|'.join(_DAYS)}|(?:work(?:ing)? ?)?day)\b"
)
_BEFORE = said_as(
    rf"\bthe (?P<to>{'|'.join(_DAYS)}|(?:work(?:ing)? ?)?day) before\b"
    rf"|\b(?:previous|preceding) (?P<to2>{'|'.join(_DAYS)}|day)\b"
)
_OTHERWISE = said_as(r"\b(?:unless|except|rais\w*|refus\w*|holidays?|parameter|option\w*|count\w*|list\w*)\b")
_OF_DAY = re.compile(r"\b(?:date|datetime|day|day_of|timedelta)\b")


def moved_from_closed_day(changed: Changed) -> Iterator[Righted]:
    """Yield the day that a function gives back moved by one where it is the day of the week that the task names.

    Nothing where the function asks for the day of the week already, or no day is worked out there.
    """
    step = _step(changed.task)
    back = given_back(changed)
    is_asked = re.search(r"\b(?:iso)?weekday\(", ast.unparse(changed.node))
    if step is None or back is None or is_asked or not _gives_day(changed):
        return
    question, change, is_many = step
    statement, value, said = back
    delta = _delta(changed)
    name = value.id if isinstance(value, ast.Name) else free_name(changed, "day", "date_", "result")
    if not delta or not name or (isinstance(value, ast.Name) and value.id not in changed.own):
        return
    rows = [f"{'while' if is_many else 'if'} {name}.weekday() {question}:", f"    {name} {change}= {delta}(days=1)"]
    if isinstance(value, ast.Name):
        row = before(changed, statement, rows)
    else:
        row = instead(changed, statement, [f"{name} = {said}", *rows, f"return {name}"])
    yield from put(changed, f"`{rows[0]}`", row) if row else ()


def _step(task: str) -> tuple[str, str, bool] | None:
    """Return the question for the days, the sign of the step, and whether there may be several; None without."""
    if _OTHERWISE.search(task):
        return None
    after, back = _MOVED.search(task), _BEFORE.search(task)
    found = after or back
    if found is None or (after and back):
        return None
    to = (found["to"] or found["to2"]).lower()
    named = {"saturday", "sunday"} if "weekend" in task.lower() else set()
    named |= {one["day"].lower() for one in _DAY.finditer(task)} - {"weekend", to}
    if named == {"saturday", "sunday"} and (not after or to == "monday" or "day" in to) and (after or to in {"friday"}):
        return ">= 5", "+" if after else "-", True
    if len(named) != 1:
        return None
    place = _DAYS.index(named.pop())
    wanted = _DAYS[(place + (1 if after else -1)) % 7]
    return (f"== {place}", "+" if after else "-", False) if to in {wanted, "day", "next day", "following day"} else None


def _gives_day(changed: Changed) -> bool:
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    return _OF_DAY.search(kind) is not None if kind else "timedelta" in ast.unparse(changed.node)


def _delta(changed: Changed) -> str:
    """Return how the file calls a span of time; nothing where it does not."""
    for one in changed.tree.body:
        match one:
            case ast.ImportFrom(module="datetime", names=names) if any(
                name.name == "timedelta" and name.asname is None for name in names
            ):
                return "" if "timedelta" in changed.own else "timedelta"
            case ast.Import(names=[ast.alias(name="datetime", asname=None)]):
                return "" if "datetime" in changed.own else "datetime.timedelta"
    return ""


def surely_moved(changed: Changed) -> Iterator[Righted]:
    """Yield the same where the function says that it gives a day, and that day falls on the closed one."""
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    back = given_back(changed)
    is_day = kind in {"", "date", "datetime", "datetime.date", "datetime.datetime"} and back is not None
    if is_day and back and _may_be_day(changed, back[1]):
        yield from moved_from_closed_day(changed)


def _may_be_day(changed: Changed, value: ast.expr) -> bool:
    """Return whether a value is a day as far as is seen: worked out with a span of time, or called."""
    if isinstance(value, ast.Name):
        every = [part.value for part in ast.walk(changed.node) if isinstance(part, ast.Assign | ast.AugAssign)]
        return not any(isinstance(one, ast.ListComp | ast.List | ast.Dict | ast.Compare) for one in every)
    is_sum = isinstance(value, ast.BinOp) and (changed.node.returns is not None or "timedelta" in ast.unparse(value))
    return is_sum or isinstance(value, ast.Call)


FINDERS: tuple[Finder, ...] = (moved_from_closed_day,)
SURE: tuple[Sure, ...] = (
    (
        surely_moved,
        said_as(
            r"^(?!.*\b(?:only|if (?!\w+ (?:comes|falls|is|lands|would)\b)|but|also|never|log\w*|print\w*"
            r"|before|stay\w*"
            r"|too|still|wrong|add|start from|as usual"
            r"|(?:order|place|mad|sent|book|paid|receiv|arriv)\w* on"
            r"|comes? in"
            r"|(?:if|where|whose|when) (?:it was )?(?:ordered|sent|start|the order|placed|booked|paid|received)"
            r"|moves? an?|whatever)\b)"
            r".*\b(?:should|must|shall|moves?|let)\b"
        ),
        1,
    ),
)
