"""Comparing and walking syntax trees without recursion, so that no source, however nested, can break it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workbench import python_ast

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def difference(one: Any, other: Any, reading: Callable[[str], str] | None = None) -> tuple[Any, Any] | None:
    """Return the innermost nodes in which two trees, or lists of trees, first differ, or None where they are equal.

    Equal means what `ast.dump` without attributes shows. With `reading`, strings are equal if `reading` of them is, and
    the `u` before a string counts for nothing.
    """
    waiting: list[tuple[Any, Any, tuple[Any, Any]]] = [(one, other, (one, other))]
    while waiting:
        left, right, around = waiting.pop()
        if type(left) is not type(right):
            return around
        if isinstance(left, ast.AST):
            waiting.extend(
                (getattr(left, field, None), getattr(right, field, None), (left, right))
                for field in reversed(left._fields)
                if field != "kind" or reading is None
            )
        elif isinstance(left, list):
            if len(left) != len(right):
                return around
            waiting.extend((a, b, around) for a, b in zip(reversed(left), reversed(right), strict=True))
        elif isinstance(left, str | bytes) and reading is not None:
            if left != right and reading(_text(left)) != reading(_text(right)):
                return around
        elif not _same_constant(left, right):
            return around
    return None


def same(one: Any, other: Any, reading: Callable[[str], str] | None = None) -> bool:
    """Return whether two trees, or lists of trees, are equal: see `difference`."""
    return difference(one, other, reading) is None


def _text(string: str | bytes) -> str:
    return string if isinstance(string, str) else string.decode("latin-1")


def _same_constant(left: Any, right: Any) -> bool:
    # 0.0 == -0.0 and nan != nan, so what looks equal is asked of the written form.
    return repr(left) == repr(right) if isinstance(left, float | complex) else bool(left == right)


def flush_left(text: str) -> str:
    """Return a string with its lines' indentation gone: what is left when a string moves with its code."""
    return "\n".join(line.lstrip() for line in text.split("\n"))


def docstring(node: ast.AST) -> ast.Expr | None:
    """Return the statement that is the node's docstring."""
    body: list[ast.stmt] = getattr(node, "body", [])
    first = body[0] if isinstance(body, list) and body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None


def docstring_text(node: ast.AST) -> str | None:
    """Return the node's docstring as `inspect.getdoc` shows it."""
    found = docstring(node)
    return inspect.cleandoc(found.value.value) if found else None  # type: ignore[attr-defined]


def nodes(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield every node of some trees."""
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def names_used(roots: Iterable[ast.AST], *, attributes: bool = False) -> set[str]:
    """Return the names that some trees mention: variables, names in quoted annotations, attributes where asked for."""
    found: set[str] = set()
    for node in nodes(roots):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and attributes:
            found.add(node.attr)
        elif isinstance(node, ast.arg) and node.annotation:
            found |= _words_of_strings(node.annotation)
        elif isinstance(node, Function) and node.returns:
            found |= _words_of_strings(node.returns)
        elif isinstance(node, ast.AnnAssign):
            found |= _words_of_strings(node.annotation)
    return found


def _words_of_strings(annotation: ast.expr) -> set[str]:
    found: set[str] = set()
    for node in nodes([annotation]):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 1000:
            try:
                tree = python_ast.parse(node.value.strip(), mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            found |= {part.id for part in nodes([tree]) if isinstance(part, ast.Name)}
    return found
