"""What statements do, but for those that yield."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from . import annotated, attributes, calls, doors, modules
from .bounds import Unknown, run
from .expressions import assign, evaluate
from .scopes import Frame

BREAK, CONTINUE, RETURN = "break", "continue", "return"

Signal = tuple[str, Any] | None
"""How a statement ends, unless what follows it comes next; with what is returned."""

STATEMENTS: dict[type[ast.stmt], Callable[[Any, Frame], Signal]] = {}
"""What does each kind of statement."""


def execute(node: ast.stmt, frame: Frame) -> Signal:
    """Do a statement.

    Raises:
        Unknown: what it does is not known.
    """
    run.step()
    known = STATEMENTS.get(type(node))
    if known is None:
        raise Unknown(f"a {type(node).__name__}")
    return known(node, frame)


def execute_all(nodes: list[ast.stmt], frame: Frame) -> Signal:
    """Do statements until one ends what they stand in."""
    for node in nodes:
        signal = execute(node, frame)
        if signal is not None:
            return signal
    return None


def beyond(signal: Signal) -> Signal:
    """Return how a loop ends whose body ended by a signal that is not to go on."""
    return signal if signal is not None and signal[0] is RETURN else None


def is_left(signal: Signal) -> bool:
    """Return whether a loop ends with the signal that its body ended by."""
    return signal is not None and signal[0] is not CONTINUE


def decorated(value: Any, decorators: list[Any]) -> Any:
    """Return a function or a class as its decorators make it."""
    for decorator in reversed(decorators):
        value = calls.call(decorator, [value], {})
    return value


def _expression(node: ast.Expr, frame: Frame) -> None:
    evaluate(node.value, frame)


def _assign(node: ast.Assign, frame: Frame) -> None:
    value = evaluate(node.value, frame)
    for target in node.targets:
        assign(target, value, frame)


def _annotated(node: ast.AnnAssign, frame: Frame) -> None:
    if node.value is not None:
        assign(node.target, evaluate(node.value, frame), frame)
    if frame.code is None:
        annotated.look(node.annotation, frame)


def _augmented(node: ast.AugAssign, frame: Frame) -> None:
    kind, target = type(node.op), node.target
    match target:
        case ast.Name(id=name):
            old = evaluate(ast.Name(name, ast.Load()), frame)
            frame.bind(name, doors.binary(kind, old, evaluate(node.value, frame), True))
        case ast.Attribute(value=value, attr=name):
            owner = evaluate(value, frame)
            old = attributes.get(owner, name)
            attributes.put(owner, name, doors.binary(kind, old, evaluate(node.value, frame), True))
        case ast.Subscript(value=value, slice=part):
            owner, index = evaluate(value, frame), evaluate(part, frame)
            old = doors.item(owner, index)
            doors.set_item(owner, index, doors.binary(kind, old, evaluate(node.value, frame), True))


def _delete(node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        _drop(target, frame)


def _drop(target: ast.expr, frame: Frame) -> None:
    match target:
        case ast.Name(id=name):
            frame.drop(name)
        case ast.Attribute(value=value, attr=name):
            attributes.remove(evaluate(value, frame), name)
        case ast.Subscript(value=value, slice=part):
            doors.drop_item(evaluate(value, frame), evaluate(part, frame))
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            for one in targets:
                _drop(one, frame)
        case _:
            raise Unknown("a target")


def _if(node: ast.If, frame: Frame) -> Signal:
    return execute_all(node.body if doors.truth(evaluate(node.test, frame)) else node.orelse, frame)


def _while(node: ast.While, frame: Frame) -> Signal:
    while doors.truth(evaluate(node.test, frame)):
        signal = execute_all(node.body, frame)
        if is_left(signal):
            return beyond(signal)
    return execute_all(node.orelse, frame)


def _for(node: ast.For, frame: Frame) -> Signal:
    iterator = doors.walk(evaluate(node.iter, frame))
    while (item := doors.following(iterator)) is not doors.DONE:
        assign(node.target, item, frame)
        signal = execute_all(node.body, frame)
        if is_left(signal):
            return beyond(signal)
    return execute_all(node.orelse, frame)


def _return(node: ast.Return, frame: Frame) -> Signal:
    return RETURN, None if node.value is None else evaluate(node.value, frame)


def _raise(node: ast.Raise, frame: Frame) -> None:
    if node.exc is None:
        if not run.handling:
            doors.fail(RuntimeError)
        doors.throw(run.handling[-1])
    error = _exception(evaluate(node.exc, frame))
    if node.cause is None:
        doors.throw(error)
    cause = evaluate(node.cause, frame)
    doors.throw(error, None if cause is None else _exception(cause))


def _exception(value: Any) -> BaseException:
    if isinstance(value, type) and issubclass(value, BaseException):
        value = calls.call(value, [], {})
    if not isinstance(value, BaseException):
        doors.fail(TypeError)
    return value


def _assert(node: ast.Assert, frame: Frame) -> None:
    if not doors.truth(evaluate(node.test, frame)):
        doors.throw(AssertionError(*(() if node.msg is None else (evaluate(node.msg, frame),))))


def _try(node: ast.Try, frame: Frame) -> Signal:
    if not node.finalbody:
        return _handled(node, frame)
    error: BaseException | None = None
    signal: Signal = None
    try:
        signal = _handled(node, frame)
    except Unknown:
        raise
    except BaseException as one:
        if not doors.is_own(one):
            raise
        error = one
    count = len(run.handling)
    if error is not None:
        run.handling.append(error)
    try:
        last = execute_all(node.finalbody, frame)
    finally:
        del run.handling[count:]
    if error is not None and last is None:
        doors.throw_again(error)
    return signal if last is None else last


def _handled(node: ast.Try, frame: Frame) -> Signal:
    try:
        signal = execute_all(node.body, frame)
    except Unknown:
        raise
    except BaseException as error:
        if not doors.is_own(error):
            raise
        caught = error
    else:
        return execute_all(node.orelse, frame) if signal is None else signal
    for handler in node.handlers:
        if handler.type is None or _matches(caught, evaluate(handler.type, frame)):
            return _handle(handler, caught, frame)
    return doors.throw_again(caught)


def _matches(error: BaseException, kinds: Any) -> bool:
    every = kinds if isinstance(kinds, tuple) else (kinds,)
    if not all(isinstance(kind, type) and issubclass(kind, BaseException) for kind in every):
        raise Unknown("what is caught")
    return isinstance(error, every)


def _handle(handler: ast.ExceptHandler, error: BaseException, frame: Frame) -> Signal:
    if handler.name:
        frame.bind(handler.name, error)
    run.handling.append(error)
    count = len(run.handling)
    try:
        return execute_all(handler.body, frame)
    finally:
        del run.handling[count - 1 :]
        if handler.name:
            frame.forget(handler.name)


def _with(node: ast.With, frame: Frame) -> Signal:
    if len(node.items) > 1:
        inner: ast.stmt = ast.With(node.items[1:], node.body)
        return _with(ast.With(node.items[:1], [inner]), frame)
    manager = evaluate(node.items[0].context_expr, frame)
    if type(manager) not in run.classes:
        raise Unknown("a context")
    leave = attributes.get(manager, "__exit__")
    value = calls.call(attributes.get(manager, "__enter__"), [], {})
    error: BaseException | None = None
    signal: Signal = None
    try:
        if node.items[0].optional_vars is not None:
            assign(node.items[0].optional_vars, value, frame)
        signal = execute_all(node.body, frame)
    except Unknown:
        raise
    except BaseException as one:
        if not doors.is_own(one):
            raise
        error = one
    if error is None:
        calls.call(leave, [None, None, None], {})
        return signal
    count = len(run.handling)
    run.handling.append(error)
    try:
        quiet = doors.truth(calls.call(leave, [type(error), error, doors.Opaque()], {}))
    finally:
        del run.handling[count:]
    return None if quiet else doors.throw_again(error)


def _import(node: ast.Import, frame: Frame) -> None:
    for alias in node.names:
        first = alias.name.partition(".")[0]
        name = alias.asname or first
        frame.bind(name, modules.module(alias.name if alias.asname else first, alias.name))


def _import_from(node: ast.ImportFrom, frame: Frame) -> None:
    if node.module == "__future__":
        run.postponed = run.postponed or any(alias.name == "annotations" for alias in node.names)
        return
    if node.level or node.module is None:
        raise Unknown("a module of the repository")
    for alias in node.names:
        frame.bind(alias.asname or alias.name, modules.member(node.module, alias.name))


def _nothing(_node: ast.stmt, _frame: Frame) -> None:
    return


STATEMENTS |= {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.Return: _return,
    ast.Break: lambda _node, _frame: (BREAK, None),
    ast.Continue: lambda _node, _frame: (CONTINUE, None),
    ast.Pass: _nothing,
    ast.Global: _nothing,
    ast.Nonlocal: _nothing,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Try: _try,
    ast.With: _with,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
}
