"""Parameters of which an answer wants more than to go through them once, though an iterator may be passed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.slips.righted import Changed, Righted, at_the_top

_GO_THROUGH = frozenset(
    {"len", "reversed", "set", "frozenset", "list", "tuple", "sorted", "sum", "max", "min", "Counter"}
)
_ENDLESS = re.compile(r"\b(?:infinit|endless|lazy|lazily|stream)", re.IGNORECASE)
"""Words of a task or docstring that tell that an iterable may have no end; a docstring's generator is lazy as well."""


def as_lists(changed: Changed) -> Iterator[Righted | None]:
    """Yield parameters of which the new lines want more than to go through them made lists first, all, then each."""
    names = [name for name in changed.names if _may_be_list(changed, name)]
    names = [
        name
        for name in names
        if any(wants_list(part, name) for part in changed.new) or _goes_through_again(changed, name)
    ]
    for chosen in [names, *([name] for name in names if len(names) > 1)]:
        if chosen:
            yield at_the_top(changed, [f"{name} = list({name})" for name in chosen])


def _goes_through_again(changed: Changed, name: str) -> bool:
    """Return whether new lines go through a name more than once, after which an iterator has nothing left."""
    found = 0
    for look in changed.looks(name):
        holder = changed.holders[id(look)]
        if isinstance(holder, ast.Call) and holder in changed.new:
            found += getattr(holder.func, "id", "") in _GO_THROUGH
    return found > 1


def _may_be_list(changed: Changed, name: str) -> bool:
    """Return whether nothing tells that a parameter is no iterable, or may have no end."""
    docstring = ast.get_docstring(changed.node) or ""
    if _ENDLESS.search(f"{changed.task} {docstring}") or "generator" in docstring.lower():
        return False
    given = parameters(changed.node)[name]
    note = ast.unparse(given.node.annotation) if given.node.annotation else "Iterable"
    takes_several = (
        re.match(r"(?:\w+\.)?(?:Iter|Sequence|Collection|list|List|tuple|Tuple|set|Set)", note) and "None" not in note
    )
    is_empty = given.written in {None, "()", "[]", "set()", "frozenset()"}
    return bool(takes_several) and is_empty and not changed.asks_for_type(name)


def is_plain_iterable(changed: Changed, name: str) -> bool:
    """Return whether a parameter can be made a list without anybody noticing: it is only gone through and measured."""
    node = changed.node
    if isinstance(node, ast.AsyncFunctionDef) or not _may_be_list(changed, name) or changed.sets(name):
        return False
    for look in changed.looks(name):
        holder = changed.holders[id(look)]
        goes_through = isinstance(holder, ast.comprehension | ast.For) and holder.iter is look
        is_measured = isinstance(holder, ast.Call) and getattr(holder.func, "id", "") in _GO_THROUGH
        if not (goes_through or is_measured or wants_list(holder, name)) or isinstance(holder, ast.Subscript):
            return False
    return True


def wants_list(part: ast.AST, name: str) -> bool:
    """Return whether a part of the code asks something of a name that an iterator does not have."""
    match part:
        case ast.Call(func=ast.Name(id="len" | "reversed"), args=[ast.Name(id=found)]):
            return found == name
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=found)):
            return found == name
        case ast.Subscript(value=ast.Name(id=found), slice=index, ctx=ast.Load()):
            return found == name and not (isinstance(index, ast.Constant) and isinstance(index.value, str))
        case ast.If(test=ast.Name(id=found)) | ast.IfExp(test=ast.Name(id=found)):
            return found == name
    return False
