"""A list that belongs to the caller, and that an answer changes for a purpose of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from workbench.crew.judging.stated import Function, own_parts, parameters, work_of
from workbench.crew.slips.righted import Changed, Righted, at_the_top, holders_of

_CHANGES = {
    "list": frozenset({"append", "extend", "insert", "reverse", "sort"}),
    "dict": frozenset({"popitem", "setdefault"}),
    "set": frozenset({"add", "difference_update", "discard", "intersection_update"}),
}
"""Methods that change what they are called on, by the type that has them."""

_EITHER = frozenset({"clear", "pop", "remove", "update"})
"""Methods of more than one type."""

_ALL = frozenset[str]().union(*_CHANGES.values(), _EITHER)
_MOVES = frozenset({"move_to_end", "popleft", "appendleft", "rotate", "subtract", "symmetric_difference_update"})
"""Methods of what is more than a plain collection, or that change it otherwise."""

_LOOKS = frozenset(
    {"len", "sorted", "list", "tuple", "set", "frozenset", "dict", "sum", "min", "max", "any", "all", "enumerate"}
    | {"zip", "range", "reversed", "str", "repr", "print"}
)
"""Functions that leave alone what they get."""

_MEANT = re.compile(
    r"\b(?:in[- ]place|modif\w+|mutat\w+|the (?:given|passed|original|same|caller's) (?:list|dict\w*|set|one)|itself"
    r"|(?:remov|delet|empt|clear|fill|tak|updat|stor|record|insert|append|regist|mark|sort|revers|writ)\w*"
    r"|sets?|sav(?:e|es|ing)|puts?|assigns?|notes?)\b",
    re.IGNORECASE,
)
"""How a task, or what is said of a function, may say that what is given is to change."""

_BY_NAME = re.compile(r"_*(?:add|push|apply|extend|merge|move|swap|shuffle|pop|drop|change|replace|ensure)(?:_|$)")
"""Beginnings of names of functions that may be there to change what they get."""


def left_to_the_caller(changed: Changed) -> Righted | None:
    """Return the answer with a copy made first of each collection that it changes, where the function gives something.

    The old function changed none of them, so callers count on that. Only an annotation says what a parameter is: a hash
    has an `update` too, and whoever counts a progress. A table copies itself, for it may know what it has not.
    """
    if changed.was is None or _is_meant(changed, changed.was) or not _gives(changed.node):
        return None
    if isinstance(changed.node, ast.AsyncFunctionDef):
        # Others fill it while this one waits.
        return None
    given, copies = parameters(changed.was), []
    found: dict[str, set[str]] = {}
    for name, kind in _changed_ones(changed.node):
        found.setdefault(name, set()).add(kind)
    for name, kinds in found.items():
        kind = _annotated(given.get(name))
        is_old = name in given and given[name].default is None and _is_left(changed.was, name)
        is_it = all(isinstance(changed.holders[id(one)], ast.AugAssign) for one in changed.sets(name))
        is_own = _is_kept_here(changed.node, name) and _counts_here(changed.node, name)
        if kind and is_old and is_it and {"", kind} >= kinds and is_own:
            copies.append(f"{name} = {name}.copy()" if kind == "dict" else f"{name} = {kind}({name})")
    if not copies or changed.hides(*_CHANGES):
        return None
    return at_the_top(changed, copies)


def _is_left(was: Function, name: str) -> bool:
    """Return whether the old function leaves alone what a name stands for, and what is in it."""
    if any(isinstance(one, ast.AugAssign) and ast.unparse(one.target) == name for one in ast.walk(was)):
        return False
    gives = [ast.unparse(one.value) for one in own_parts(was) if isinstance(one, ast.Return) and one.value]
    gives_itself = bool(gives) and set(gives) == {name}
    return not gives_itself and name not in {one for one, _ in _changed_ones(was)} and _is_kept_here(was, name)


def _is_kept_here(node: Function, name: str) -> bool:
    """Return whether nobody else gets what a name stands for, and nothing within it is changed.

    What is handed on may be changed there, or be the function itself again; what is stored is looked at later.
    """
    holders = holders_of(node)
    for look in ast.walk(node):
        if not isinstance(look, ast.Name) or look.id != name or not isinstance(look.ctx, ast.Load):
            continue
        match holders[id(look)]:
            case ast.Subscript() | ast.Attribute() as part:
                if _is_changed_within(part, holders) or getattr(part, "attr", "") in _MOVES:
                    return False
            case ast.Call(func=ast.Name(id=called)) if called in _LOOKS:
                continue
            case ast.Call(func=ast.Attribute(attr="join" | "extend" | "update")) | ast.For() | ast.comprehension():
                continue
            case ast.Compare(ops=ops) if not any(isinstance(one, ast.Is | ast.IsNot) for one in ops):
                continue
            case ast.BinOp() | ast.UnaryOp() | ast.If() | ast.While() | ast.IfExp() | ast.FormattedValue():
                continue
            case ast.Return() | ast.Starred():
                continue
            case _:
                return False
    return True


def _is_changed_within(part: ast.AST, holders: Mapping[int, ast.AST]) -> bool:
    """Return whether something that is found in a collection is changed: a copy of the collection has it too."""
    inner = holders[id(part)]
    while isinstance(inner, ast.Subscript | ast.Attribute):
        is_called = isinstance(inner, ast.Attribute) and isinstance(holders[id(inner)], ast.Call)
        if not isinstance(inner.ctx, ast.Load) or (is_called and getattr(inner, "attr", "") in _ALL):
            return True
        inner = holders[id(inner)]
    return False


def _counts_here(node: Function, name: str) -> bool:
    """Return whether a function looks at what it changed; else the change is for the caller, or is what it gives."""
    holders = holders_of(node)
    changes: list[tuple[int, int]] = []
    looks: list[tuple[int, int]] = []
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id == name:
            holder = holders[id(part)]
            is_called = isinstance(holder, ast.Attribute) and isinstance(holders[id(holder)], ast.Call)
            is_change = isinstance(holder, ast.AugAssign) or (is_called and getattr(holder, "attr", "") in _ALL)
            is_change |= isinstance(holder, ast.Subscript) and not isinstance(holder.ctx, ast.Load)
            (changes if is_change else looks).append((part.lineno, part.col_offset))
    return bool(changes and looks) and max(looks) > min(changes)


def _is_meant(changed: Changed, was: Function) -> bool:
    """Return whether what is given may be there to be changed, by the task, by a function's name, or its docstring.

    An old function without any work says nothing about what it leaves alone.
    """
    name = changed.node.name
    said = [changed.task, name.replace("_", " "), *(ast.get_docstring(one) or "" for one in (was, changed.node))]
    if any(_MEANT.search(one) for one in said) or _BY_NAME.match(name):
        return True
    given = "|".join(map(re.escape, parameters(was)))
    if re.search(rf"\b(?:{given})(?:\[|\.\w+\()|\b(?:to|into|from)\s+(?:(?:the|its)\s+)?`?(?:{given})\b", changed.task):
        return True
    return all(isinstance(one, ast.Pass | ast.Raise | ast.Expr) for one in work_of(was))


def _gives(node: ast.AST) -> bool:
    """Return whether a function gives something: one that gives nothing is there to change what it gets."""
    return any(
        isinstance(part, ast.Return) and not (part.value is None or ast.unparse(part.value) == "None")
        for part in own_parts(node)
    )


def _changed_ones(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names of which something is changed in a function, each with its type as far as that shows it."""
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                kinds = [kind for kind, methods in _CHANGES.items() if method in methods]
                if kinds or method in _EITHER:
                    yield name, kinds[0] if kinds else ""
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name, ""
            case ast.AugAssign(target=ast.Name(id=name), value=ast.List() | ast.ListComp()):
                yield name, "list"


def _annotated(parameter: object) -> str:
    """Return the type that a parameter is annotated with, if it is one of those."""
    match getattr(getattr(parameter, "node", None), "annotation", None):
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)) if name in _CHANGES:
            return name
    return ""
