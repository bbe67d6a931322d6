"""Finds calls in tests that need what comes before them: variables, helpers, a call that fills what is asked later.

What comes before is taken as it stands, as far as the call needs it, and made again before each call. Assertions are
not taken, nor what branches or repeats.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.crew.judging.trial_calls import BUILTINS, free_names, is_call, is_plain, modules
from workbench.edits.parses import tree_of

LONGEST = 4_000
"""Characters of what comes before a call; one that needs more is not tried."""

_JUDGES = re.compile(r"^_?(?:assert|raises|test|main|check|expect|fail|verify|run|skip)", re.IGNORECASE)
_REACHES_OUT = frozenset(
    {"open", "input", "exec", "eval", "exit", "quit", "breakpoint", "subprocess", "socket", "shutil"}
)

_Import = ast.Import | ast.ImportFrom
_Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Placed:
    """A call, with the statements that come before it."""

    call: ast.Call
    setup: str


def placed_calls(name: str, text: str, *, is_method: bool) -> Iterator[Placed]:
    """Yield the calls of a function or a method in a test that need what comes before them, and can have it."""
    tree = tree_of(text)
    if tree is None:
        return
    known = modules(tree)
    for before, statement in _bodies(tree):
        for node in _own(statement):
            if not isinstance(node, ast.Call) or not _is_wanted(node, name, known, is_method=is_method):
                continue
            needed = free_names(node, receiver=is_method)
            if not needed and not is_method:
                continue
            taken = _needed(before, needed, name)
            if taken is not None and len(setup := "\n".join(map(ast.unparse, taken))) <= LONGEST:
                yield Placed(node, setup)


def _is_wanted(node: ast.Call, name: str, known: frozenset[str], *, is_method: bool) -> bool:
    if is_method:
        return isinstance(node.func, ast.Attribute) and node.func.attr == name and is_plain(node)
    return is_call(node, name, known)


def _bodies(tree: ast.Module) -> Iterator[tuple[list[ast.stmt], ast.stmt]]:
    """Yield each statement of a module and of its functions, with all that comes before it."""
    for number, statement in enumerate(tree.body):
        if not isinstance(statement, _Definition):
            yield tree.body[:number], statement
        elif isinstance(statement, ast.FunctionDef):
            for place, inner in enumerate(statement.body):
                yield [*tree.body, *statement.body[:place]], inner


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield what a statement is made of, but not what functions hold that it defines."""
    if not isinstance(statement, _Definition | ast.AsyncFunctionDef):
        yield from ast.walk(statement)


def _needed(before: Sequence[ast.stmt], names: frozenset[str], target: str) -> list[ast.stmt] | None:
    """Return what a call needs of the statements before it; None where that is not all to be had.

    Imports are taken anyway, as are calls for their own sake that speak of nothing but what is taken: they fill it.
    """
    wanted, found, taken = set(names), set[str](), list[ast.stmt]()
    imported = modules(ast.Module([one for one in before if isinstance(one, _Import)], []))
    for statement in reversed(before):
        used, bound = _loaded(statement), _bound(statement)
        match statement:
            case ast.Import() | ast.ImportFrom():
                used = frozenset()
            case ast.Expr():
                if not _fills(statement, target) or not used <= wanted | imported | BUILTINS:
                    continue
            case _ if not bound & wanted:
                continue
        if used & _REACHES_OUT:
            return None
        taken.insert(0, statement)
        wanted |= used - BUILTINS
        found |= bound
    has_star = any(isinstance(one, ast.ImportFrom) and one.names[0].name == "*" for one in taken)
    return taken if has_star or wanted <= found else None


def _fills(statement: ast.Expr, target: str) -> bool:
    """Return whether a bare expression is a call of a thing's member that judges nothing, and not of the target."""
    parts = list(ast.walk(statement.value))
    members = [part.func for part in parts if isinstance(part, ast.Call)]
    names = [one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in members]
    is_judge = any(_JUDGES.search(name) or name == target for name in names)
    return bool(members) and not is_judge and not any(isinstance(part, ast.Lambda | ast.Await) for part in parts)


def _loaded(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement takes from elsewhere."""
    parts = list(ast.walk(statement))
    own = {part.arg for part in parts if isinstance(part, ast.arg)}
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr):
        own |= {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    else:
        inner = (part.target for part in parts if isinstance(part, ast.comprehension))
        own |= {name.id for target in inner for name in ast.walk(target) if isinstance(name, ast.Name)}
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        return frozenset({statement.target.id, *_names(statement)} - own)
    return frozenset(_names(statement) - own)


def _names(statement: ast.stmt) -> set[str]:
    parts = ast.walk(statement)
    return {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement gives something to, or changes a part of."""
    match statement:
        case ast.Import() | ast.ImportFrom():
            return modules(statement)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return frozenset({name})
        case ast.Assign(targets=targets):
            parts = (part for target in targets for part in ast.walk(target))
            return frozenset(part.id for part in parts if isinstance(part, ast.Name))
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return frozenset(part.id for part in ast.walk(target) if isinstance(part, ast.Name))
    return frozenset()
