"""Functions of the file: what they are given by name, and their calls."""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from . import annotated, calls, doors, scopes
from .bounds import Unknown, run
from .expressions import EXPRESSIONS, evaluate
from .flow import flow
from .scopes import Frame, Scope
from .statements import RETURN, STATEMENTS, decorated, execute_all
from .tables import SCALARS


@dataclass(eq=False)
class Code:
    """A function of the file.

    Attributes:
        scope: its names.
        frame: where it stands.
        positional, keyword: the names of its parameters; the first `alone` of the positional ones go by no name.
        defaults: what parameters are if they are not given.
        yields: whether it is a generator.
        owner: for what stands in a class: a list that holds the class once it is made.
    """

    node: scopes.Function
    name: str
    scope: Scope
    frame: Frame
    positional: list[str]
    alone: int
    keyword: list[str]
    defaults: dict[str, Any]
    yields: bool
    owner: list[type] | None
    body: list[ast.stmt] = field(default_factory=list)


_scopes: dict[scopes.Function, tuple[Scope, bool]] = {}


def _known(node: scopes.Function) -> tuple[Scope, bool]:
    if node not in _scopes:
        body: list[Any] = [node.body] if isinstance(node, ast.Lambda) else node.body
        kinds = {type(one) for one in scopes.within(body)}
        if kinds & {ast.Await, ast.AsyncFor, ast.AsyncWith}:
            raise Unknown("a coroutine")
        _scopes[node] = scopes.of_function(node), bool(kinds & {ast.Yield, ast.YieldFrom})
    return _scopes[node]


def make(node: scopes.Function, frame: Frame) -> Callable[..., Any]:
    """Return a function of Python's own that stands for one of the file."""
    scope, yields = _known(node)
    if getattr(node, "type_params", None):
        raise Unknown("parameters of types")
    name = getattr(node, "name", "<lambda>")
    given = node.args
    positional = [one.arg for one in (*given.posonlyargs, *given.args)]
    defaults: dict[str, Any] = {}
    if given.defaults:
        for parameter, default in zip(positional[-len(given.defaults) :], given.defaults, strict=True):
            defaults[parameter] = evaluate(default, frame)
    keyword = [one.arg for one in given.kwonlyargs]
    for parameter, standard in zip(keyword, given.kw_defaults, strict=True):
        if standard is not None:
            defaults[parameter] = evaluate(standard, frame)
    annotated.look_at_all(node, frame)
    if isinstance(node, ast.Lambda):
        body: list[ast.stmt] = [ast.Return(node.body)]
        if yields:
            raise Unknown("a lambda that yields")
    else:
        body = node.body
    owner = _owner(frame)
    alone = len(given.posonlyargs)
    code = Code(node, name, scope, frame, positional, alone, keyword, defaults, yields, owner, body)

    def function(*values: Any, **named: Any) -> Any:
        value = invoke(code, values, named)
        doors.plain(value)
        return value

    function.__name__ = name
    function.__qualname__ = qualified(frame, name)
    function.__module__ = "reckoned"
    run.codes[function] = code
    return function


def qualified(frame: Frame, name: str) -> str:
    """Return the whole name of something that is defined in a frame."""
    if frame.scope.kind == "module" or name in frame.scope.shared:
        return name
    return f"{frame.name}.{name}" if frame.scope.kind == "class" else f"{frame.name}.<locals>.{name}"


def _owner(frame: Frame | None) -> list[type] | None:
    if frame is None:
        return None
    if frame.owner is not None:
        return frame.owner
    if frame.code is not None:
        owner: list[type] | None = frame.code.owner
        return owner
    return _owner(frame.home)


def is_steady(function: Any) -> bool:
    """Return whether a function of the file keeps nothing from one call to the next."""
    code: Code = run.codes[function]
    return code.frame.scope.kind == "module" and all(type(one) in SCALARS for one in code.defaults.values())


def invoke(code: Code, values: Any, named: dict[str, Any]) -> Any:
    """Return what a call of a function of the file gives."""
    run.step()
    frame = Frame(code.scope, _bound(code, values, named), code.frame.around, code.frame.shared)
    frame.code = code
    frame.name = qualified(code.frame, code.name)
    if code.yields:
        return _generator(code, frame)
    run.enter()
    handling = len(run.handling)
    try:
        signal = execute_all(code.body, frame)
    except Exception as error:
        # Python's own functions may swallow an error, and must not swallow one that is ours.
        if not doors.is_own(error):
            raise Unknown(f"a fault of ours: {error!r}") from error
        raise
    finally:
        run.depth -= 1
        del run.handling[handling:]
    return signal[1] if signal is not None and signal[0] is RETURN else None


def _generator(code: Code, frame: Frame) -> Generator[Any, None, Any]:
    inner = flow(code.body, frame)
    while True:
        run.enter()
        try:
            value = next(inner)
        except StopIteration as end:
            return end.value[1] if end.value is not None else None
        finally:
            run.depth -= 1
        yield value


def _bound(code: Code, values: Any, named: dict[str, Any]) -> dict[str, Any]:
    """Return what the parameters of a function are for a call.

    Raises:
        TypeError: the call does not fit.
    """
    arguments = code.node.args
    names: dict[str, Any] = dict(zip(code.positional, values, strict=False))
    further = values[len(code.positional) :]
    if arguments.vararg:
        names[arguments.vararg.arg] = tuple(further)
    elif further:
        doors.fail(TypeError)
    takes = {*code.positional[code.alone :], *code.keyword}
    others: dict[str, Any] = {}
    for name, value in named.items():
        if name in takes:
            if name in names and name not in code.keyword:
                doors.fail(TypeError)
            names[name] = value
        elif arguments.kwarg:
            others[name] = value
        else:
            doors.fail(TypeError)
    if arguments.kwarg:
        names[arguments.kwarg.arg] = others
    for name in (*code.positional, *code.keyword):
        if name not in names:
            if name not in code.defaults:
                doors.fail(TypeError)
            names[name] = code.defaults[name]
    return names


def _define(node: ast.FunctionDef, frame: Frame) -> None:
    if node.name == "__hash__" and node.decorator_list:
        raise Unknown("what tells the number of a hash")
    decorators = [evaluate(one, frame) for one in node.decorator_list]
    frame.bind(node.name, decorated(make(node, frame), decorators))


EXPRESSIONS[ast.Lambda] = make
STATEMENTS[ast.FunctionDef] = _define
calls.INVOKE.append(invoke)
