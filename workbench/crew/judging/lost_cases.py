"""A case that a change wrote over: what was done for nothing at all is now done for many, and no longer for nothing."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator

from workbench.crew.judging.stated import Function

TOLD = "leave that case as it was, beside the new one"

_SIZES: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OTHERWISE = re.compile(
    r"\b(?:instead|rather than|no longer|any more|remov\w*|drop\w*|replac\w*|chang\w*|not only|regardless|whatever)\b",
    re.IGNORECASE,
)


def written_over(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield a question for a certain value that gave way to one how large something is, with the same outcome.

    `if crates == 0: return 0` made `if crates >= 20: return 0` forgets the order of nothing.
    """
    if _OTHERWISE.search(task):
        return
    asked = {ast.dump(part) for part in ast.walk(after)}
    new = [part for part in ast.walk(after) if isinstance(part, ast.If)]
    for old in ast.walk(before):
        if not isinstance(old, ast.If) or ast.dump(old.test) in asked:
            continue
        what, value = _certain(old.test)
        outcome = [ast.dump(step) for step in old.body]
        alike = [one.test for one in new if [ast.dump(step) for step in one.body] == outcome]
        if what and any(_forgets(test, what, value) for test in alike):
            yield f"{name} no longer asks whether `{ast.unparse(old.test)}`; {TOLD}"


def leaves_out(sign: str, limit: float, value: float) -> bool:
    """Return whether a comparison with a limit does not hold for a value."""
    return not _SIZES[sign](value, limit)


def _certain(test: ast.expr) -> tuple[str, object]:
    """Return what is asked whether it is a certain value, and the value; nothing where something else is asked."""
    match test:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[ast.Constant(value=value)]):
            return ast.unparse(left), value
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() as left):
            return ast.unparse(left), 0
    return "", None


def _forgets(test: ast.expr, what: str, value: object) -> bool:
    """Return whether a question how large something is leaves out a certain value."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=int() | float() as limit)]):
            sign = _SIGNS.get(type(op), "")
            is_of_it = ast.unparse(left) == what and isinstance(value, int | float)
            return bool(sign) and not (is_of_it and not leaves_out(sign, limit, value))  # type: ignore[arg-type]
    return False
