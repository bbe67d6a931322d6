"""Bodies of generators: statements that yield, as a generator of Python's own."""

from __future__ import annotations

import ast
from collections.abc import Generator
from typing import Any

from . import doors, scopes
from .bounds import Unknown, run
from .expressions import assign, evaluate
from .scopes import Frame
from .statements import Signal, beyond, execute, is_left

_yielding: dict[ast.stmt, bool] = {}


def _yields(node: ast.stmt) -> bool:
    if node not in _yielding:
        _yielding[node] = any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in scopes.within([node]))
    return _yielding[node]


def flow(body: list[ast.stmt], frame: Frame) -> Generator[Any, None, Signal]:
    """Yield what statements yield; return how they end, as `execute` does."""
    for node in body:
        if not _yields(node):
            signal = execute(node, frame)
        else:
            run.step()
            signal = yield from _flowing(node, frame)
        if signal is not None:
            return signal
    return None


def _flowing(node: ast.stmt, frame: Frame) -> Generator[Any, None, Signal]:
    match node:
        case ast.Expr(value=ast.Yield(value=value)) if not _inside(value):
            yield None if value is None else evaluate(value, frame)
        case ast.Assign(targets=[target], value=ast.Yield(value=value)) if not _inside(value):
            yield None if value is None else evaluate(value, frame)
            assign(target, None, frame)
        case ast.Expr(value=ast.YieldFrom(value=value)) if not _inside(value):
            iterator = doors.walk(evaluate(value, frame))
            while (item := doors.following(iterator)) is not doors.DONE:
                yield item
        case ast.If(test=test) if not _inside(test):
            chosen = node.body if doors.truth(evaluate(test, frame)) else node.orelse
            return (yield from flow(chosen, frame))
        case ast.While(test=test) if not _inside(test):
            return (yield from _while(node, frame))
        case ast.For(target=target, iter=source) if not _inside(source):
            return (yield from _for(node, frame))
        case _:
            raise Unknown("where something is yielded")
    return None


def _inside(node: ast.expr | None) -> bool:
    return node is not None and any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in scopes.within([node]))


def _while(node: ast.While, frame: Frame) -> Generator[Any, None, Signal]:
    while doors.truth(evaluate(node.test, frame)):
        signal = yield from flow(node.body, frame)
        if is_left(signal):
            return beyond(signal)
    return (yield from flow(node.orelse, frame))


def _for(node: ast.For, frame: Frame) -> Generator[Any, None, Signal]:
    iterator = doors.walk(evaluate(node.iter, frame))
    while (item := doors.following(iterator)) is not doors.DONE:
        assign(node.target, item, frame)
        signal = yield from flow(node.body, frame)
        if is_left(signal):
            return beyond(signal)
    return (yield from flow(node.orelse, frame))
