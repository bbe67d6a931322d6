"""What the sides of an `assert` that failed were, for programs that use no test framework.

`sitecustomize` beside it calls this once a program has ended by a bare assertion. The sides are worked out again, so
what is told is how they are now: of a side that has effects, or that is an iterator, that may be something else. It
must import nothing of ours.
"""

from __future__ import annotations

import ast
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType
    from typing import Any

LONGEST = 300
"""Characters of a value that are shown."""

_LITERALS = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set)


def told(trace: TracebackType) -> str:
    """Return lines that say what the sides of the assertion were, where a traceback ends; empty where nobody knows."""
    while trace.tb_next is not None:
        trace = trace.tb_next
    try:
        with open(trace.tb_frame.f_code.co_filename, encoding="utf-8") as stream:  # noqa: PTH123 — see sitecustomize
            tree = ast.parse(stream.read(1_000_000))
        asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        node = next(one for one in asserts if one.lineno <= trace.tb_lineno <= (one.end_lineno or one.lineno))
        return "".join(f"  {line}\n" for line in _lines(node.test, trace.tb_frame))
    except Exception:
        return ""


def _lines(test: ast.expr, frame: FrameType) -> Iterator[str]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        failed = next(value for value in test.values if not _value(value, frame))
        yield from _lines(failed, frame)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield _said(test.operand, frame)
    elif isinstance(test, ast.Compare):
        sides = [test.left, *test.comparators]
        known = [_said(side, frame) for side in sides if not isinstance(side, _LITERALS)]
        wanted = [ast.unparse(right) for _, right in pairwise(sides) if isinstance(right, _LITERALS)]
        yield from known
        if len(wanted) == 1 and len(sides) == 2:
            yield f"wanted: {'' if isinstance(test.ops[0], ast.Eq) else _sign(test)}{wanted[0][:LONGEST]}"
    else:
        yield _said(test, frame)


def _sign(test: ast.Compare) -> str:
    left, right = ast.unparse(test.left), ast.unparse(test.comparators[0])
    return f"{ast.unparse(test)[len(left) : -len(right)].strip()} "


def _said(node: ast.expr, frame: FrameType) -> str:
    shown = repr(_value(node, frame))
    return f"{ast.unparse(node)[:LONGEST]} gave {shown if len(shown) <= LONGEST else shown[:LONGEST] + '…'}"


def _value(node: ast.expr, frame: FrameType) -> Any:
    code = compile(ast.Expression(node), "<assert>", "eval")
    return eval(code, frame.f_globals, frame.f_locals)  # noqa: S307 — the program's own words, in its own process
