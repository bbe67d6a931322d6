"""A guard clause in front of what fails where something is not there, and what a function then says that it gives."""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.places import Swap
from workbench.crew.slips.righted import Changed

_ANY = re.compile(r"\b(?:None|Optional|Any|object|NoReturn|Iterator|Generator|T|[A-Z]T?_co)\b")
_ASKED_LATE = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.comprehension, ast.Await)
_LAZY = re.compile(r"(?:map|filter|zip|iter|reversed|enumerate)\(")
_STREAMS = re.compile(r"\b(?:Iterator|Iterable|Generator)\b")
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For)


def is_generator(changed: Changed) -> bool:
    """Return whether a function gives its results one at a time: nothing is returned by it."""
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in own_parts(changed.node))


def statement_of(changed: Changed, part: ast.expr) -> ast.stmt | None:
    """Return the statement that always works out a part, and not more than once; None where that is not sure."""
    inner: ast.AST = part
    while not isinstance(inner, ast.stmt):
        holder = changed.holders.get(id(inner))
        if holder is None or isinstance(holder, _ASKED_LATE):
            return None
        if isinstance(holder, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            return None
        inner = holder
    block: ast.AST | None = changed.holders.get(id(inner))
    if isinstance(inner, ast.While) or (isinstance(inner, ast.With | ast.AsyncWith) and block is not changed.node):
        return None
    while block is not changed.node:
        if not isinstance(block, ast.If | ast.With):
            return None
        block = changed.holders.get(id(block))
    return inner


def guard(changed: Changed, before: ast.stmt, held: ast.expr, test: str, value: str) -> list[Swap]:
    """Return the swap that puts `if test: return value` before a statement, or further up; nothing where it cannot."""
    at = _place(changed, before, held)
    lines = changed.lines
    begin, _ = lines.span(at)
    row = at.lineno
    if lines.text[lines.start(row) : begin].strip():
        return []
    margin = lines.indent(row)
    # A comment above a statement is about it, and stays with it.
    while lines.line(row - 1).startswith(f"{margin}#"):
        row -= 1
    place = lines.start(row)
    return [(place, place, f"{margin}if {test}:\n{margin}    return {value}\n")]


def _place(changed: Changed, before: ast.stmt, held: ast.expr) -> ast.stmt:
    """Return the first of the statements from which on nothing changes what is asked for, and nothing else is done."""
    body = changed.node.body
    if before not in body:
        return before
    names = {one.id for one in ast.walk(held) if isinstance(one, ast.Name)}
    is_own = names <= {*parameters(changed.node)} and not any(changed.sets(name) for name in names)
    first = before
    for one in reversed(body[: body.index(before)]):
        calls = [part for part in ast.walk(one) if isinstance(part, ast.Call)]
        is_plain = isinstance(one, _SIMPLE) and not any(
            isinstance(part, ast.Return | ast.Raise | ast.Delete | ast.Await | ast.Global) for part in ast.walk(one)
        )
        stores = any(
            isinstance(part, ast.Attribute | ast.Subscript) and not isinstance(part.ctx, ast.Load)
            for part in ast.walk(one)
        )
        touches = any(names & {name.id for name in ast.walk(call) if isinstance(name, ast.Name)} for call in calls)
        if not (is_own and is_plain) or stores or touches:
            break
        first = one
    return first


def none_too(changed: Changed, value: str) -> list[Swap]:
    """Return the swap that says of a function that it may give None now, in the way of the file; nothing if unsure."""
    kind = changed.node.returns
    if value != "None" or kind is None or isinstance(kind, ast.Constant) or kind.lineno != kind.end_lineno:
        return []
    span = changed.lines.span(kind)
    said, text = changed.lines.text[slice(*span)], changed.lines.text
    if _ANY.search(said):
        return []
    imported = (one for one in changed.tree.body if isinstance(one, ast.ImportFrom))
    names = {(one.module, each.name) for one in imported for each in one.names if each.asname is None}
    if ("typing", "Optional") in names:
        return [(*span, f"Optional[{said}]")]
    is_new = ("__future__", "annotations") in names or re.search(r"\w\]? \| None\b", text)
    return [(*span, f"{said} | None")] if is_new else []


def is_asked(changed: Changed, held: ast.expr) -> bool:
    """Return whether a function asks already about something that may not be there, or catches what fails then."""
    said = ast.dump(held)
    for part in own_parts(changed.node):
        match part:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Assert(test=test):
                if any(ast.dump(one) == said for one in ast.walk(test)):
                    return True
            case ast.BoolOp(values=values):
                if any(ast.dump(one) == said for one in values):
                    return True
            case ast.Try():
                return True
    return False


def streams(changed: Changed, held: ast.expr) -> bool:
    """Return whether something may be there to be gone through once only: whether it is empty cannot be asked."""
    match held:
        case ast.Name(id=name):
            known = parameters(changed.node).get(name)
            kind = ast.unparse(known.node.annotation) if known and known.node.annotation else ""
            sets = [part for part in own_parts(changed.node) if isinstance(part, ast.Assign)]
            made = [one.value for one in sets if any(ast.unparse(target) == name for target in one.targets)]
            is_lazy = any(isinstance(one, ast.GeneratorExp) or _LAZY.match(ast.unparse(one)) for one in made)
            return is_lazy or _STREAMS.search(kind) is not None
    return False
