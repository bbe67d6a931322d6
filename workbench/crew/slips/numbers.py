"""A text that is taken for a number only if it is made of digits, where the old lines take every number."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.crew.slips.righted import Changed, Righted

_OF_DIGITS = re.compile(
    r"\b(?:digits?|negative|positive|non-?negative|signs?|signed|unsigned|minus|plus|natural|above|below|less|greater"
    r"|at least|at most|isdigit|isnumeric|isdecimal)\b",
    re.IGNORECASE,
)
_ASKS = frozenset({"isdigit", "isdecimal", "isnumeric"})
_NUMBERS = frozenset({"int", "float", "Fraction"})
"""What raises a ValueError for a text that is no number; `Decimal` raises another error."""

_QUOTED = re.compile(r"'([^'\n]{1,40})'|\"([^\"\n]{1,40})\"|`([^`\n]{1,40})`")


def tried_as_a_number(changed: Changed) -> Righted | None:
    """Return the answer with the old line, that makes a number of a text, tried where new ones refuse all but digits.

    `-3` and ` 3 ` are numbers too, and were taken for such: only what Python takes for none is to be refused.
    """
    if changed.was is None or _OF_DIGITS.search(changed.task) or _speaks_of_odd_numbers(changed.task):
        return None
    if any(isinstance(part, ast.Try) for part in ast.walk(changed.node)):
        return None
    old = {ast.unparse(part.func) for part in ast.walk(changed.was) if isinstance(part, ast.Call)}
    for choice, step in _pairs(changed.node):
        text = _refused(choice)
        calls = _calls(step) if text else []
        made = [call for call in calls if _makes_number_of(call, text)]
        # What else is called may raise a ValueError for reasons of its own.
        is_alone = all(call in made for call in calls if not _is_within(call, made))
        if len(made) == 1 and is_alone and ast.unparse(made[0].func) in old:
            return _tried(changed, choice, step)
    return None


def _speaks_of_odd_numbers(task: str) -> bool:
    """Return whether a task quotes what Python takes for a number, and is not made of digits: ` 80 ` or `1_000`."""
    for found in _QUOTED.findall(task):
        said = "".join(found)
        try:
            float(said)
        except ValueError:
            continue
        if not said.isdigit():
            return True
    return False


def _is_within(call: ast.Call, made: list[ast.Call]) -> bool:
    return any(part is call for one in made for part in ast.walk(one) if part is not one)


def _pairs(node: ast.AST) -> Iterator[tuple[ast.If, ast.stmt]]:
    for holder in ast.walk(node):
        body = getattr(holder, "body", None)
        for one, after in pairwise(body if isinstance(body, list) else ()):
            if isinstance(one, ast.If) and isinstance(after, ast.Return | ast.Assign | ast.AnnAssign | ast.Expr):
                yield one, after


def _refused(choice: ast.If) -> str:
    """Return the text that a choice refuses, with an exception, if it is not made of digits; nothing if it does not."""
    match choice:
        case ast.If(
            test=ast.UnaryOp(
                op=ast.Not(), operand=ast.Call(func=ast.Attribute(value=text, attr=asked), args=[], keywords=[])
            ),
            body=[ast.Raise(exc=ast.expr())],
            orelse=[],
        ) if asked in _ASKS:
            return ast.unparse(text)
    return ""


def _calls(step: ast.stmt) -> list[ast.Call]:
    return [part for part in ast.walk(step) if isinstance(part, ast.Call)]


def _makes_number_of(call: ast.Call, text: str) -> bool:
    match call:
        case ast.Call(func=ast.Name(id=name), args=[given], keywords=[]):
            return name in _NUMBERS and ast.unparse(given) == text
    return False


def _tried(changed: Changed, choice: ast.If, step: ast.stmt) -> Righted | None:
    lines, text = changed.lines, changed.lines.text
    margin, (refusal,) = lines.indent(choice.lineno), choice.body
    inner = lines.indent(refusal.lineno)
    begin, end = lines.span(choice)[0], lines.span(step)[1]
    if (
        refusal.lineno == choice.lineno
        or step.lineno != step.end_lineno
        or text[lines.span(choice)[1] : lines.span(step)[0]].strip()
    ):
        return None
    raised = text[slice(*lines.span(refusal))]
    cause = "" if isinstance(refusal, ast.Raise) and refusal.cause else " from None"
    said = f"try:\n{inner}{text[slice(*lines.span(step))]}\n{margin}except ValueError:\n{inner}{raised}{cause}"
    return changed.righted(f"`{ast.unparse(step)}` is tried, for not only digits are numbers", (begin, end, said))
