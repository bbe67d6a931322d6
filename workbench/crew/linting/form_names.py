"""What a change for a finding about a name does beside giving something that name: it must leave all else as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_OF_NAMES = re.compile(
    r"\bambiguous variable name\b|\bvariable\b.*\bshould be (?:lower|upper)case\b|\bmixedCase\b"
    r"|\bvariable\b.*\bshadow\w*\b.*\bbuiltin\b|\bredefining built-in\b|\bvariable name\b.*\bconform\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def more_than_names(message: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield what else than the name that a finding is about a change alters; nothing for other findings.

    A name that means something already in the same function is no other name for what it is given to.
    """
    if not _OF_NAMES.search(message):
        return
    if _shape(old) != _shape(new):
        yield "only a name may change here; leave all else as it was"
        return
    spoken = set(_WORD.findall(message))
    for was, now, scope in _pairs(old, new, old):
        if was != now and was not in spoken:
            yield f"{was} is {now} now; leave that name as it was"
        if was != now and any(now == name for one in ast.walk(scope) for name in _names(one)):
            yield f"{now} means something else already; take another name"


def _shape(part: object) -> object:
    """Return a tree without its names."""
    if isinstance(part, ast.AST):
        is_value = isinstance(part, ast.Constant)
        fields = ((name, value) for name, value in ast.iter_fields(part) if name != "ctx")
        return type(part), *((name, type(value), value if is_value else _shape(value)) for name, value in fields)
    if isinstance(part, list):
        return [_shape(one) for one in part]
    return "" if isinstance(part, str) else part


def _pairs(old: ast.AST, new: ast.AST, scope: ast.AST) -> Iterator[tuple[str, str, ast.AST]]:
    """Yield each name as it was and as it is, with the function that it stands in."""
    inner = old if isinstance(old, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) else scope
    yield from ((was, now, inner) for was, now in zip(_names(old), _names(new), strict=True))
    for one, other in zip(ast.iter_child_nodes(old), ast.iter_child_nodes(new), strict=True):
        yield from _pairs(one, other, inner)


def _names(part: ast.AST) -> list[str]:
    """Return the names that stand in one node itself."""
    if isinstance(part, ast.Constant):
        return []
    values = [value for _, value in ast.iter_fields(part)]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, str)]
