"""Rows of code put into a function: before its work, before or behind a statement, or in a statement's place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from workbench.crew.judging.stated import Function, own_parts, work_of, yields
from workbench.crew.plain.places import Swap, spot, written
from workbench.crew.slips.righted import Changed

_NONE = {"", "None"}


def before(changed: Changed, one: ast.stmt, rows: Sequence[str]) -> Swap | None:
    """Return rows put before a statement; None where something else stands before it on its line."""
    lines = changed.lines
    begin = lines.span(one)[0]
    if lines.text[lines.start(one.lineno) : begin].strip():
        return None
    margin = lines.indent(one.lineno)
    return begin, begin, "".join(f"{row}\n{margin}" for row in rows)


def first(changed: Changed, rows: Sequence[str]) -> Swap | None:
    """Return rows put before the work of a function, and after its docstring."""
    body = work_of(changed.node)
    return before(changed, body[0], rows) if body else None


def behind(changed: Changed, one: ast.stmt, rows: Sequence[str]) -> Swap | None:
    """Return rows put behind a statement and its comment; None where another stands on its line."""
    lines = changed.lines
    begin, end = lines.span(one)
    ends = lines.end(one.end_lineno or one.lineno)
    rest = lines.text[end:ends].strip()
    if (rest and not rest.startswith("#")) or lines.text[lines.start(one.lineno) : begin].strip():
        return None
    at = end + len(lines.text[end:ends].rstrip("\n"))
    margin = lines.indent(one.lineno)
    return at, at, "".join(f"\n{margin}{row}" for row in rows)


def instead(changed: Changed, one: ast.stmt, rows: Sequence[str]) -> Swap | None:
    """Return rows in the place of a statement; None where something else stands on its line, but a comment behind."""
    lines = changed.lines
    begin, end = lines.span(one)
    if lines.text[lines.start(one.lineno) : begin].strip():
        return None
    margin = lines.indent(one.lineno)
    return begin, end, f"\n{margin}".join(rows)


def free_name(changed: Changed, *names: str) -> str:
    """Return the first of some names that neither the function nor the top of its file uses; nothing where all are."""
    used = {part.id for part in ast.walk(changed.node) if isinstance(part, ast.Name)} | changed.own
    return next((name for name in names if name not in used and not changed.hides(name)), "")


def returns(changed: Changed) -> list[ast.Return]:
    """Return where a function itself gives back a value."""
    every = (part for part in own_parts(changed.node) if isinstance(part, ast.Return))
    return [one for one in every if one.value is not None]


def gives_nothing(node: Function) -> bool:
    """Return whether a function is done without a result: no generator, nothing given back and nothing promised."""
    values = [part.value for part in own_parts(node) if isinstance(part, ast.Return)]
    promised = ast.unparse(node.returns) if node.returns else ""
    given = {ast.unparse(value) for value in values if value is not None}
    return not yields(node) and promised in _NONE and given <= {"None"}


def with_result(changed: Changed, kind: str) -> Iterator[Swap]:
    """Yield what a function gives back as its annotation says it, where it had one; without any where none is known."""
    node = changed.node
    if node.returns is None:
        return
    begin, end = changed.lines.span(node.returns)
    if kind:
        yield begin, end, kind
    else:
        yield changed.lines.text.rindex("->", 0, begin), end, ""


def given_back(changed: Changed) -> tuple[ast.Return, ast.expr, str] | None:
    """Return the one last statement that gives back a value, the value and its text; None where there are several."""
    every, last = returns(changed), changed.node.body[-1]
    if len(every) != 1 or every[0] is not last or every[0].value is None or spot(changed, every[0].value) is None:
        return None
    return every[0], every[0].value, written(changed, every[0].value)
