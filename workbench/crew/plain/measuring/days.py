"""How what lies between two days is counted: in full years, in full months, in days of work."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import permutations
from typing import TypeGuard

from workbench import python_ast
from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Swap, alone, made, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted

_YEARS = re.compile(r"\b(?:birthdays?|anniversar\w+|full years?|(?:one|a) year (?:too|more|older))\b", re.IGNORECASE)
_MONTHS = re.compile(r"\b(?:full|whole|complete\w*) months?\b", re.IGNORECASE)
_OF_TIME = re.compile("date|time", re.IGNORECASE)
_FORMS_OF_MONTHS = (
    "({now}.year - {then}.year) * 12 + {now}.month - {then}.month",
    "({now}.year - {then}.year) * 12 + ({now}.month - {then}.month)",
    "12 * ({now}.year - {then}.year) + {now}.month - {then}.month",
    "12 * ({now}.year - {then}.year) + ({now}.month - {then}.month)",
    "{now}.year * 12 + {now}.month - ({then}.year * 12 + {then}.month)",
    "{now}.year * 12 + {now}.month - {then}.year * 12 - {then}.month",
)
"""How the months between two days are worked out."""

_WEEKDAYS = re.compile(
    r"\b(?:only|just)\b[^.;]{0,30}\b(?:Monday (?:to|till|until|through) Friday|week ?days?|working days?)\b"
    r"|\b(?:without|not|n't|ignor\w*|skip\w*|leav\w+ out)\b[^.;]{0,30}\b(?:weekends?|Saturdays? (?:and|or) Sundays?)\b",
    re.IGNORECASE,
)


def full_years(changed: Changed) -> Iterator[Righted]:
    """Yield the years between two days counted when they are full, where the task speaks of a birthday or the like."""
    # Who looks at the month already counts them in another way.
    months = [part for part in parts(changed) if isinstance(part, ast.Attribute) and part.attr == "month"]
    if months or not _YEARS.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.BinOp(
                left=ast.Attribute(value=now, attr="year"), op=ast.Sub(), right=ast.Attribute(value=then, attr="year")
            ) if span := spot(changed, part):
                days = [f"({one}.month, {one}.day)" for one in (alone(changed, now), alone(changed, then))]
                yield from made(changed, "full years", (*span, f"{written(changed, part)} - ({' < '.join(days)})"))


def full_months(changed: Changed) -> Iterator[Righted]:
    """Yield the months between two days counted when they are full, where the task speaks of that."""
    # Who looks at the day already counts them in another way.
    days = [part for part in parts(changed) if isinstance(part, ast.Attribute) and part.attr == "day"]
    if days or not _MONTHS.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.BinOp() if (
                (found := _months(part)) and _have_days(changed, found) and (span := spot(changed, part))
            ):
                now, then = (alone(changed, one) for one in found)
                yield from made(changed, "full months", (*span, f"{written(changed, part)} - ({now}.day < {then}.day)"))


def _have_days(changed: Changed, both: tuple[ast.expr, ast.expr]) -> bool:
    """Return whether both are days for all that their parameters declare: a month alone has a year and no day."""
    given = (parameters(changed.node).get(ast.unparse(one)) for one in both)
    declared = (one.node.annotation for one in given if one and one.node.annotation)
    return all(_OF_TIME.search(ast.unparse(one)) for one in declared)


def _months(part: ast.BinOp) -> tuple[ast.expr, ast.expr] | None:
    """Return the later and the earlier day that a number of months is worked out of; None of anything else."""
    named = [one.value for one in ast.walk(part) if isinstance(one, ast.Attribute) and one.attr == "month"]
    sides = {ast.unparse(one): one for one in named}
    for (now, later), (then, earlier) in permutations(sides.items(), 2):
        forms = (form.format(now=now, then=then) for form in _FORMS_OF_MONTHS)
        if ast.dump(part) in {ast.dump(python_ast.parse(form, mode="eval").body) for form in forms}:
            return later, earlier
    return None


def weekdays_only(changed: Changed) -> Iterator[Righted]:
    """Yield the days between two days counted from Monday to Friday only, where the task wants that."""
    if not _WEEKDAYS.search(changed.task) or "weekday" in changed.lines.text[slice(*changed.lines.span(changed.node))]:
        return
    step, imported = _timedelta(changed) if not changed.hides("sum", "range") else ("", [])
    for part in parts(changed) if step else ():
        match part:
            case ast.Attribute(value=ast.BinOp(op=ast.Sub(), right=first), attr="days"):
                holder = changed.holders[id(part)]
                count = holder if _is_one_more(holder) else part
                if _is_simple(first) and not _is_moved(holder, part) and (span := spot(changed, count)):
                    day = f"({written(changed, first)} + {step}(days=number)).weekday()"
                    new = f"sum({day} < 5 for number in range({written(changed, count)}))"
                    yield from put(changed, "only Monday to Friday", (*span, new), *imported)


def _is_one_more(part: ast.AST) -> TypeGuard[ast.BinOp]:
    return isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add) and ast.unparse(part.right) == "1"


def _is_simple(day: ast.expr) -> bool:
    """Return whether a day is a name or a field, which is the same each time, and is not called as its number is."""
    while isinstance(day, ast.Attribute):
        day = day.value
    return isinstance(day, ast.Name) and day.id != "number"


def _is_moved(holder: ast.AST, days: ast.expr) -> bool:
    """Return whether something else than 1 is added or taken away: that may be a day of the weekend."""
    is_sum = isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Add | ast.Sub)
    return is_sum and not (_is_one_more(holder) and holder.left is days)


def _timedelta(changed: Changed) -> tuple[str, list[Swap]]:
    """Return how the file calls `timedelta`, with what must be imported for that; nothing where it knows no days."""
    for one in changed.tree.body:
        match one:
            case ast.Import(names=names) if any(each.name == "datetime" and not each.asname for each in names):
                return "datetime.timedelta", []
            case ast.ImportFrom(module="datetime", names=names, lineno=line, end_lineno=end) if line == end:
                if known := [each.asname or each.name for each in names if each.name == "timedelta"]:
                    return known[0], []
                begin, stop = changed.lines.span(one)
                said = changed.lines.text[begin:stop]
                swap = (stop, stop, ", timedelta")
                return ("timedelta", [swap]) if not said.endswith((")", "*")) else ("", [])
    return "", []
