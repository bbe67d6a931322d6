"""What expressions give."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from . import attributes, calls, doors, natives, scopes
from .bounds import Unknown, allow, run
from .scopes import Frame, Scope
from .tables import SHARED

EXPRESSIONS: dict[type[ast.expr], Callable[[Any, Frame], Any]] = {}
"""What gives the value of each kind of expression."""


def evaluate(node: ast.expr, frame: Frame) -> Any:
    """Return what an expression gives.

    Raises:
        Unknown: this is not known.
    """
    run.step()
    known = EXPRESSIONS.get(type(node))
    if known is None:
        raise Unknown(f"a {type(node).__name__}")
    return known(node, frame)


def _constant(node: ast.Constant, _frame: Frame) -> Any:
    return node.value


def _name(node: ast.Name, frame: Frame) -> Any:
    if node.id == "__hash__":
        raise Unknown("what tells the number of a hash")
    return frame.look(node.id, natives.KNOWN)


def _named(node: ast.NamedExpr, frame: Frame) -> Any:
    value = evaluate(node.value, frame)
    while frame.home is not None:
        frame = frame.home
    frame.bind(node.target.id, value)
    return value


def _attribute(node: ast.Attribute, frame: Frame) -> Any:
    return attributes.get(evaluate(node.value, frame), node.attr)


def _subscript(node: ast.Subscript, frame: Frame) -> Any:
    value = evaluate(node.value, frame)
    if isinstance(value, (doors.Opaque, type)) and not hasattr(value, "__members__"):
        return doors.item(value, 0)
    return doors.item(value, evaluate(node.slice, frame))


def _slice(node: ast.Slice, frame: Frame) -> Any:
    parts = (node.lower, node.upper, node.step)
    return doors.portion(*(None if part is None else evaluate(part, frame) for part in parts))


def _call(node: ast.Call, frame: Frame) -> Any:
    function = evaluate(node.func, frame)
    values: list[Any] = []
    for one in node.args:
        if isinstance(one, ast.Starred):
            values.extend(doors.every(evaluate(one.value, frame)))
        else:
            values.append(evaluate(one, frame))
    named: dict[str, Any] = {}
    for keyword in node.keywords:
        value = evaluate(keyword.value, frame)
        given = {keyword.arg: value} if keyword.arg is not None else _spread(value)
        for name, one in given.items():
            if name in named or type(name) is not str:
                doors.fail(TypeError)
            named[name] = one
    if function is super:
        return _super(values, named, frame)
    if function is hash and not named and _is_returned_as_hash(node, frame):
        return doors.run_real(hash, values, named)
    return calls.call(function, values, named)


def _is_returned_as_hash(node: ast.Call, frame: Frame) -> bool:
    """Return whether a call of `hash` is what a `__hash__` returns, so that nothing else comes to know the number."""
    if frame.code is None or frame.code.name != "__hash__" or frame.code.owner is None:
        return False
    return any(isinstance(one, ast.Return) and one.value is node for one in frame.code.body)


def _spread(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise Unknown("named arguments from something else")
    return dict(dict.items(value))


def _super(values: list[Any], named: dict[str, Any], frame: Frame) -> Any:
    code = frame.code
    if values or named or code is None or not code.owner or not code.positional:
        raise Unknown("super")
    if code.positional[0] not in frame.names:
        raise Unknown("super")
    return doors.run_real(super, [code.owner[0], frame.names[code.positional[0]]], {})


def _binary(node: ast.BinOp, frame: Frame) -> Any:
    return doors.binary(type(node.op), evaluate(node.left, frame), evaluate(node.right, frame))


def _unary(node: ast.UnaryOp, frame: Frame) -> Any:
    return doors.unary(type(node.op), evaluate(node.operand, frame))


def _either(node: ast.BoolOp, frame: Frame) -> Any:
    stop = isinstance(node.op, ast.Or)
    value = None
    for part in node.values:
        value = evaluate(part, frame)
        if part is not node.values[-1] and doors.truth(value) is stop:
            break
    return value


def _compare(node: ast.Compare, frame: Frame) -> Any:
    left = evaluate(node.left, frame)
    value: Any = True
    for operator, part in zip(node.ops, node.comparators, strict=True):
        right = evaluate(part, frame)
        same = isinstance(operator, (ast.Is, ast.IsNot))
        value = _same(left, right, isinstance(operator, ast.Is)) if same else doors.compare(type(operator), left, right)
        if part is not node.comparators[-1] and not doors.truth(value):
            return value
        left = right
    return value


def _same(left: Any, right: Any, wanted: bool) -> bool:
    doors.plain(left, right)
    if type(left) is type(right) and type(left) in SHARED:
        raise Unknown("whether two equal values are one")
    return (left is right) is wanted


def _choice(node: ast.IfExp, frame: Frame) -> Any:
    return evaluate(node.body if doors.truth(evaluate(node.test, frame)) else node.orelse, frame)


def _text(node: ast.JoinedStr, frame: Frame) -> str:
    parts: list[str] = [evaluate(part, frame) for part in node.values]
    allow(sum(map(len, parts)))
    return "".join(parts)


def _field(node: ast.FormattedValue, frame: Frame) -> str:
    value = evaluate(node.value, frame)
    spec = "" if node.format_spec is None else evaluate(node.format_spec, frame)
    return doors.written(value, node.conversion, spec)


def _items(nodes: list[ast.expr], frame: Frame) -> list[Any]:
    found: list[Any] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            found.extend(doors.every(evaluate(node.value, frame)))
        else:
            found.append(evaluate(node, frame))
    doors.plain(*found)
    return found


def _list(node: ast.List, frame: Frame) -> Any:
    return doors.vet(_items(node.elts, frame))


def _tuple(node: ast.Tuple, frame: Frame) -> Any:
    return doors.vet(tuple(_items(node.elts, frame)))


def _set(node: ast.Set, frame: Frame) -> Any:
    return doors.vet(doors.run_real(set, [_items(node.elts, frame)], {}))


def _dict(node: ast.Dict, frame: Frame) -> Any:
    found: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            found.update(_spread(evaluate(value, frame)))
        else:
            name = evaluate(key, frame)
            doors.set_item(found, name, evaluate(value, frame))
    return doors.vet(found)


_of_comprehension: dict[ast.comprehension, Scope] = {}


def _begin(generators: list[ast.comprehension], frame: Frame) -> tuple[Frame, Iterator[Any]]:
    first = generators[0]
    if first not in _of_comprehension:
        _of_comprehension[first] = scopes.of_comprehension(generators)
    if any(one.is_async for one in generators):
        raise Unknown("a coroutine")
    inner = Frame(_of_comprehension[first], {}, frame.around, frame.shared)
    inner.home = frame
    inner.name = frame.name
    return inner, doors.walk(evaluate(first.iter, frame))


def _passes(tests: list[ast.expr], frame: Frame) -> bool:
    # No generator: a StopIteration of the program's would not come out of one as it is.
    for test in tests:  # noqa: SIM110
        if not doors.truth(evaluate(test, frame)):
            return False
    return True


def _loop(
    generators: list[ast.comprehension], frame: Frame, iterator: Iterator[Any], each: Callable[[Frame], None]
) -> None:
    first, rest = generators[0], generators[1:]
    while (item := doors.following(iterator)) is not doors.DONE:
        assign(first.target, item, frame)
        if _passes(first.ifs, frame):
            if rest:
                _loop(rest, frame, doors.walk(evaluate(rest[0].iter, frame)), each)
            else:
                each(frame)


def _whole(
    generators: list[ast.comprehension], frame: Frame, iterator: Iterator[Any], each: Callable[[Frame], None]
) -> None:
    run.enter()
    try:
        _loop(generators, frame, iterator, each)
    finally:
        run.depth -= 1


def _stream(
    generators: list[ast.comprehension], frame: Frame, iterator: Iterator[Any], node: ast.expr
) -> Iterator[Any]:
    first, rest = generators[0], generators[1:]
    while (item := doors.following(iterator)) is not doors.DONE:
        assign(first.target, item, frame)
        if _passes(first.ifs, frame):
            if rest:
                yield from _stream(rest, frame, doors.walk(evaluate(rest[0].iter, frame)), node)
            else:
                yield _item(node, frame)


def _item(node: ast.expr, frame: Frame) -> Any:
    value = evaluate(node, frame)
    doors.plain(value)
    return value


def _list_of(node: ast.ListComp, frame: Frame) -> Any:
    found: list[Any] = []
    inner, iterator = _begin(node.generators, frame)
    _whole(node.generators, inner, iterator, lambda one: found.append(_item(node.elt, one)))
    return doors.vet(found)


def _set_of(node: ast.SetComp, frame: Frame) -> Any:
    found: set[Any] = set()
    inner, iterator = _begin(node.generators, frame)
    _whole(node.generators, inner, iterator, lambda one: doors.run_real(found.add, [_item(node.elt, one)], {}))
    return doors.vet(found)


def _dict_of(node: ast.DictComp, frame: Frame) -> Any:
    found: dict[Any, Any] = {}

    def each(one: Frame) -> None:
        key = evaluate(node.key, one)
        doors.set_item(found, key, evaluate(node.value, one))

    inner, iterator = _begin(node.generators, frame)
    _whole(node.generators, inner, iterator, each)
    return doors.vet(found)


def _stream_of(node: ast.GeneratorExp, frame: Frame) -> Any:
    inner, iterator = _begin(node.generators, frame)
    return _entered(_stream(node.generators, inner, iterator, node.elt))


def _entered(stream: Iterator[Any]) -> Iterator[Any]:
    while True:
        run.enter()
        try:
            value = next(stream, doors.DONE)
        finally:
            run.depth -= 1
        if value is doors.DONE:
            return
        yield value


def assign(target: ast.expr, value: Any, frame: Frame) -> None:
    """Let a target stand for a value."""
    match target:
        case ast.Name(id=name):
            frame.bind(name, value)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            _unpack(targets, value, frame)
        case ast.Attribute(value=owner, attr=name):
            attributes.put(evaluate(owner, frame), name, value)
        case ast.Subscript(value=owner, slice=index):
            doors.set_item(evaluate(owner, frame), evaluate(index, frame), value)
        case _:
            raise Unknown("a target")


def _unpack(targets: list[ast.expr], value: Any, frame: Frame) -> None:
    iterator = doors.spread(value)
    starred = [place for place, one in enumerate(targets) if isinstance(one, ast.Starred)]
    found: list[Any] = []
    while (starred or len(found) <= len(targets)) and (one := doors.following(iterator)) is not doors.DONE:
        found.append(one)
        allow(len(found))
    if not starred:
        if len(found) != len(targets):
            doors.fail(ValueError)
    else:
        place, after = starred[0], len(targets) - starred[0] - 1
        if len(found) < len(targets) - 1:
            doors.fail(ValueError)
        rest = found[place : len(found) - after]
        found = [*found[:place], rest, *found[len(found) - after :]]
    for target, one in zip(targets, found, strict=True):
        assign(target.value if isinstance(target, ast.Starred) else target, one, frame)


EXPRESSIONS |= {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.NamedExpr: _named,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _either,
    ast.Compare: _compare,
    ast.IfExp: _choice,
    ast.JoinedStr: _text,
    ast.FormattedValue: _field,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.ListComp: _list_of,
    ast.SetComp: _set_of,
    ast.DictComp: _dict_of,
    ast.GeneratorExp: _stream_of,
}
