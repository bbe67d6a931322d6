"""What the sides of an `assert` that failed were, for programs that use no test framework.

`sitecustomize` beside it calls this when a program has ended by a bare assertion. The sides are worked out again, in a
forked process that has a second for it, reads and prints nothing and is then gone: so a side may wait, end the program
or have effects. What is told is how a side is now; of an iterator that may be something else. It must import nothing of
ours, and run on the Pythons of others.
"""

from __future__ import annotations

import ast
import os
import select
import signal
import threading
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType
    from typing import Any

LONGEST = 300
"""Characters of a value that are shown."""

SECONDS = 1.0
"""How long the sides may take together."""

_LITERALS = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set)


def told(trace: TracebackType) -> str:
    """Return lines that say what the sides of the assertion were, where a traceback ends; empty where nobody knows."""
    if not hasattr(os, "fork"):
        return ""
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            # Other threads do not matter to a child that only looks.
            warnings.simplefilter("ignore")
            child = _forked()
    except (OSError, RuntimeError, AttributeError):
        os.close(reading)
        os.close(writing)
        return ""
    if not child:
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nothing, descriptor)
            os.write(writing, _worked_out(trace).encode("utf-8", "replace")[:4096])
        finally:
            os._exit(0)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], SECONDS)
        return os.read(reading, 4096).decode("utf-8", "replace") if ready else ""
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _forked() -> int:
    try:
        return os.fork()
    except RuntimeError:
        # Python 3.12, alone, does not fork any more when a program goes; the C library does. That the interpreter is
        # not told matters to programs with threads, and to what comes after: here nothing does.
        if threading.active_count() > 1:
            raise
        import ctypes  # not every Python has it

        child = int(ctypes.PyDLL(None).fork())
        if child < 0:
            # To end the process -1 would be to end all of the user's.
            raise OSError("no process can be forked") from None
        return child


def _worked_out(trace: TracebackType) -> str:
    while trace.tb_next is not None:
        trace = trace.tb_next
    with open(trace.tb_frame.f_code.co_filename, encoding="utf-8") as stream:  # noqa: PTH123 — see sitecustomize
        tree = ast.parse(stream.read(1_000_000))
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    node = next(one for one in asserts if one.lineno <= trace.tb_lineno <= (one.end_lineno or one.lineno))
    return "".join(f"  {line}\n" for line in _lines(node.test, trace.tb_frame))


def _lines(test: ast.expr, frame: FrameType) -> Iterator[str]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        failed = next(value for value in test.values if not _value(value, frame))
        yield from _lines(failed, frame)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield _said(test.operand, frame)
    elif isinstance(test, ast.Compare) and len(test.comparators) == 1:
        left, right = test.left, test.comparators[0]
        for side in (left, right):
            if not isinstance(side, _LITERALS):
                yield _said(side, frame)
        if isinstance(right, _LITERALS):
            yield f"wanted: {'' if isinstance(test.ops[0], ast.Eq) else _sign(test)}{ast.unparse(right)[:LONGEST]}"
    elif not isinstance(test, ast.Compare):
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
