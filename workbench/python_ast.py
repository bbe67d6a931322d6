"""Python source into syntax trees, one at a time.

Two threads that make syntax trees at the same moment can share one counter of CPython 3.11's parser, and the first to
end is told `SystemError: AST constructor recursion depth mismatch` of a good tree. About one task in 3,000 met it where
six runners worked at once; so every tree of this process is made here, behind one lock.
"""

from __future__ import annotations

import ast
import threading
from typing import Any, Literal, overload

_ALONE = threading.RLock()


@overload
def parse(source: str | bytes) -> ast.Module: ...
@overload
def parse(source: str | bytes, *, mode: Literal["eval"]) -> ast.Expression: ...
def parse(source: str | bytes, *, mode: str = "exec") -> ast.AST:
    """Return the syntax tree of source, as `ast.parse` does.

    Args:
        source: Python code, or one expression.
        mode: `exec` for statements, `eval` for one expression.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: as of `ast.parse`.
    """
    with _ALONE:
        return ast.parse(source, mode=mode)


def literal_eval(source: str | ast.expr) -> Any:
    """Return the value that source writes as a literal, as `ast.literal_eval` does.

    Raises:
        SyntaxError, ValueError, TypeError, RecursionError, MemoryError: as of `ast.literal_eval`.
    """
    return ast.literal_eval(parse(source.lstrip(" \t"), mode="eval") if isinstance(source, str) else source)
