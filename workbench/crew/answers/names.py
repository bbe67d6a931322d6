"""A cheap check: a changed Python file must not use names that nothing defines, which small models like to."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module

from workbench import python_ast
from workbench.model import Check, FileEdit

_KNOWN = frozenset({"collections", "functools", "itertools", "json", "math", "operator", "re", "string"})
"""Modules that a small model likes to take things from that are elsewhere."""

_NEWER = frozenset(
    {"batched", "cbrt", "exp2", "fma", "isqrt", "nextafter", "NOFLAG", "Placeholder", "sumprod", "templatelib"}
)
"""What some version of Python has in one of them, if not the one that runs here."""

_ALWAYS = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__", "__path__", "__all__", "__class__"}


def undefined_names(edits: Sequence[FileEdit]) -> tuple[Check, ...]:
    """Return one check for each Python file: no name is used in it that nothing defines, those before aside."""
    return tuple(_check(edit) for edit in edits if edit.path.endswith((".py", ".pyi")) and edit.after is not None)


def _check(edit: FileEdit) -> Check:
    before = undefined(edit.before or b"")
    after = undefined(edit.after or b"")
    new = sorted(after - before)
    said = f"{edit.path} uses {', '.join(new)}, which nothing defines or imports" if new else ""
    return Check(name="names", ok=not new, output=said)


@lru_cache(maxsize=8)
def undefined(content: bytes) -> frozenset[str]:
    """Return the names that a Python file uses and nothing defines or imports; none where it does not parse."""
    source = content.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        tree = python_ast.parse(source)
        table = symtable.symtable(source, "file", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        return frozenset()
    bound = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    bound |= {child.get_name() for child in table.get_children()}
    for scope in _scopes(table):
        bound |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_declared_global()}
    used = {
        symbol.get_name()
        for scope in _scopes(table)
        for symbol in scope.get_symbols()
        if symbol.is_referenced() and (symbol.is_global() or scope is table)
    }
    return frozenset(used - bound - _ALWAYS) | frozenset(_absent(tree))


def _absent(tree: ast.AST) -> Iterator[str]:
    """Yield what is taken from well-known modules and is not in them, such as `itertools.zip`."""
    imported: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in _KNOWN}
        elif isinstance(node, ast.ImportFrom) and node.module in _KNOWN and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names if not _has(node.module, alias.name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
            module = imported[node.value.id]
            if not _has(module, node.attr):
                yield f"{module}.{node.attr}"


def _has(module: str, name: str) -> bool:
    return name == "*" or name in _NEWER or hasattr(import_module(module), name)


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _scopes(child)
