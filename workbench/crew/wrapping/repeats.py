"""Old lines that a wrapper says again before it calls the old function (see `wrapper`)."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import work_of
from workbench.crew.wrapping.tail import ends, loaded, stored

_SAME_EACH_TIME = frozenset({"len", "isinstance", "str", "int", "float", "bool", "abs", "round", "hasattr"})
_TEXT_METHODS = frozenset(name for name in vars(str) if not name.startswith("_"))
_CLEANING = frozenset({"strip", "lower", "upper", "casefold"})
_PLAIN = (
    ast.Name,
    ast.Constant,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Tuple,
    ast.Compare,
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.IfExp,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
)


def said_once(old: FunctionNode, made: Sequence[ast.stmt]) -> tuple[int, list[ast.stmt]]:
    """Return how many of a function's first statements stay before new lines, and these without what says them again.

    A model that is to write only what is new may begin with the old first case, or end with it: as old lines follow,
    it would stand there twice, the second time out of reach.

    Args:
        old: the function that is wrapped.
        made: the statements that come before its body.

    Returns:
        (0, made) where nothing is said again, or where it may make a difference that it is.
    """
    body = work_of(old)
    there, said = [ast.dump(one) for one in body], [ast.dump(one) for one in made]
    for count in range(min(len(there) - 1, len(said)), 0, -1):
        shares_a_line = (body[count - 1].end_lineno or 0) >= body[count].lineno
        if shares_a_line or not _is_the_same_twice(body[:count]):
            continue
        if said[:count] == there[:count] and all(map(_keeps_away, made[count:])):
            return count, list(made[count:])
        if said[-count:] == there[:count]:
            return 0, list(made[:-count])
    return 0, list(made)


def without_what_is_done_twice(wrapper: FunctionNode, old: FunctionNode, old_name: str) -> None:
    """Take out of a wrapper what it does as the old function does, and then has that do again.

    A model that is to write only what is new may write the old lines too, and call the old function behind them: what
    they add would be added twice. Where what comes of them is looked at further on they stay.
    """
    there = {ast.dump(one) for one in ast.walk(old) if isinstance(one, ast.stmt)}
    for holder in ast.walk(wrapper):
        for field in ("body", "orelse"):
            steps = getattr(holder, field, None)
            if not isinstance(steps, list) or len(steps) < 2 or not _calls(steps[-1], old_name):
                continue
            begin = len(steps) - 1
            while begin and ast.dump(steps[begin - 1]) in there:
                begin -= 1
            again = steps[begin:-1]
            is_looked_at = bool(stored(again) & loaded(steps[-1:]))
            if any(isinstance(one, ast.Expr) and isinstance(one.value, ast.Call) for one in again) and not is_looked_at:
                del steps[begin:-1]


def _calls(step: ast.stmt, name: str) -> bool:
    """Return whether a statement is nothing but a call of a function, or hands on what that gives."""
    match step:
        case ast.Return(value=ast.Call(func=func)) | ast.Expr(value=ast.Call(func=func)):
            return ast.unparse(func).rpartition(".")[2] == name.rpartition(".")[2]
    return False


def _is_the_same_twice(statements: Sequence[ast.stmt]) -> bool:
    """Return whether it makes no difference that statements run a second time, right after the first."""
    needed: set[str] = set()
    known: set[str] = set()
    for one in statements:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_plain(value):
                needed |= loaded([value]) - known - ({name} if _is_cleaning(value) else set())
                known.add(name)
            case ast.If(test=test) if _keeps_away(one):
                needed |= loaded([test]) - known
            case _:
                return False
    return not needed & known


def _keeps_away(statement: ast.stmt) -> bool:
    """Return whether a statement ends the function for some values, and does nothing for the others."""
    match statement:
        case ast.If(test=test, body=body, orelse=[]):
            return ends(body) and _is_plain(test)
    return False


def _is_cleaning(value: ast.expr) -> bool:
    """Return whether a value is a name's, cleaned in ways that do nothing more the second time."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _CLEANING:
        if not all(isinstance(one, ast.Constant) for one in value.args) or value.keywords:
            return False
        value = value.func.value
    return isinstance(value, ast.Name)


def _is_plain(value: ast.expr) -> bool:
    """Return whether working a value out changes nothing, and gives the same each time."""
    for one in ast.walk(value):
        match one:
            case ast.Call(func=ast.Name(id=name)) if name in _SAME_EACH_TIME:
                pass
            case ast.Call(func=ast.Attribute(attr=name), args=args) if name in _TEXT_METHODS or (
                name == "get" and args
            ):
                pass
            case ast.keyword():
                pass
            case _ if not isinstance(one, _PLAIN):
                return False
    return True
