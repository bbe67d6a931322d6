"""Which tests are likely to tell something of a change: those in files that name what it changes. They run first.

Only the order of test files changes, and only for pytest: what was approved is what runs. A run that fails is made
again in the order that the repository's authors know, so that tests which hang on their order are no fault of a change.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from workbench import python_ast
from workbench.checks.results import Tool
from workbench.model import FileEdit

_MOST_WORDS = 60


def first(tool: Tool | None, edits: Sequence[FileEdit]) -> dict[str, str]:
    """Return variables that bring the likely tests to the front: changed symbols, then modules (see `site/`)."""
    if tool != "pytest":
        return {}
    python = [edit for edit in edits if edit.path.endswith(".py")]
    symbols = sorted({name for edit in python for name in changed_symbols(edit)})[:_MOST_WORDS]
    modules = sorted({_module(edit.path) for edit in python})[:_MOST_WORDS]
    return {"NANITES_CHECK_FIRST": f"{' '.join(symbols)}|{' '.join(modules)}"} if modules else {}


def _module(path: str) -> str:
    place = PurePosixPath(path)
    return place.parent.name if place.name == "__init__.py" and place.parent.name else place.stem


def changed_symbols(edit: FileEdit) -> frozenset[str]:
    """Return the names of functions and classes whose text an edit changes, makes or removes."""
    before, after = dict(_symbols(edit.before)), dict(_symbols(edit.after))
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    names = (name.rpartition(".")[2] for name in changed)
    return frozenset(name for name in names if not name.startswith("__"))


def _symbols(content: bytes | None) -> Iterator[tuple[str, str]]:
    try:
        tree = python_ast.parse((content or b"").decode("utf-8"))
    except (ValueError, SyntaxError, RecursionError):
        return
    ahead: list[tuple[str, ast.AST]] = [("", tree)]
    while ahead:
        prefix, node = ahead.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{prefix}{child.name}", ast.dump(child)
                if isinstance(child, ast.ClassDef):
                    ahead.append((f"{prefix}{child.name}.", child))
