"""The only place where a program's values meet Python: every operation, look-up and call of theirs goes through here.

An error is the program's own only if it comes from here or from what was called here. Any other is a fault of ours, and
what follows from it is not known.
"""

from __future__ import annotations

import ast
import operator
import types
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from . import order, percent, sizes
from .bounds import Unknown, allow, bound, run, sized
from .tables import FLOWS, NAMES, OTHERS, SCALARS

DONE = object()
"""What `following` returns at the end."""

VAGUE = "_reckon_vague"

KINDS: set[type] = set(NAMES) | FLOWS | OTHERS | SCALARS
"""The kinds of values that a program may hold, but for those of its own classes."""


class Opaque:
    """A value of which nothing is known but that it is there, such as a type that only annotations use."""


def fail(kind: type[BaseException]) -> NoReturn:
    """Raise an exception whose words are not those that Python would use."""
    error = kind()
    error.__dict__[VAGUE] = True
    raise error


def throw(error: BaseException, cause: Any = DONE) -> NoReturn:
    """Raise an exception of the program's."""
    if cause is DONE:
        raise error
    raise error from cause


def throw_again(error: BaseException) -> NoReturn:
    """Raise an exception that was caught."""
    raise error


def is_own(error: BaseException) -> bool:
    """Return whether an exception is one that Python would raise too, and no fault of the program that looks at it.

    Raises:
        Unknown: it comes from the bounds that are set here.
    """
    if isinstance(error, (MemoryError, RecursionError, SystemError)):
        raise Unknown(type(error).__name__)
    if isinstance(error, RuntimeError) and isinstance(error.__cause__, StopIteration):
        return True
    trace, last = error.__traceback__, None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(_FOLDER):
            last = name
        trace = trace.tb_next
    return last == __file__


_FOLDER = __file__.removesuffix("doors.py")


def vet(value: Any) -> Any:
    """Return a value that a program may hold.

    Raises:
        Unknown: it may not, or it is too large.
    """
    kind = type(value)
    if kind in KINDS:
        return bound(value)
    if kind in run.classes or isinstance(value, (Opaque, BaseException)):
        return value
    if isinstance(value, type) and (value in KINDS or value in run.classes or value in CLASSES):
        return value
    raise Unknown(f"a {kind.__name__}")


CLASSES: set[Any] = set()
"""Classes of Python's own that a program may hold, besides those of its values."""


def kind_of(value: Any) -> type:
    """Return the class of a value.

    Raises:
        Unknown: it may be something of ours that stands for something else.
    """
    kind = type(value)
    if (kind is types.FunctionType and value not in run.codes) or (kind is types.GeneratorType and run.ordered):
        raise Unknown("the class of something that stands for something else")
    return kind


def plain(*values: Any) -> None:
    """Raise Unknown if something is among some values that cannot be worked with."""
    for value in values:
        if isinstance(value, Opaque):
            raise Unknown("a value that is only there")


BINARY: dict[type[ast.operator], tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    ast.Add: (operator.add, operator.iadd),
    ast.Sub: (operator.sub, operator.isub),
    ast.Mult: (operator.mul, operator.imul),
    ast.Div: (operator.truediv, operator.itruediv),
    ast.FloorDiv: (operator.floordiv, operator.ifloordiv),
    ast.MatMult: (operator.matmul, operator.imatmul),
    ast.Mod: (operator.mod, operator.imod),
    ast.Pow: (operator.pow, operator.ipow),
    ast.LShift: (operator.lshift, operator.ilshift),
    ast.RShift: (operator.rshift, operator.irshift),
    ast.BitAnd: (operator.and_, operator.iand),
    ast.BitOr: (operator.or_, operator.ior),
    ast.BitXor: (operator.xor, operator.ixor),
}

UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def binary(kind: type[ast.operator], left: Any, right: Any, in_place: bool = False) -> Any:
    """Return what an operator gives for two values."""
    if isinstance(left, Opaque) or isinstance(right, Opaque):
        return Opaque()
    before = sizes.BEFORE.get(kind)
    if before:
        before(left, right)
    if in_place and order.loose(right) and not isinstance(left, (set, frozenset)):
        right = list(order.walk(right))
    return vet(BINARY[kind][in_place](left, right))


def unary(kind: type[ast.unaryop], value: Any) -> Any:
    """Return what an operator gives for a value."""
    plain(value)
    return vet(UNARY[kind](value))


def compare(kind: type[ast.cmpop], left: Any, right: Any) -> Any:
    """Return what a comparison gives for two values."""
    plain(left, right)
    if kind in COMPARE:
        if type(left) not in SCALARS and type(right) not in SCALARS:
            order.shallow(left)
            order.shallow(right)
        return vet(COMPARE[kind](left, right))
    if kind is ast.In or kind is ast.NotIn:
        order.shallow(left)
        return operator.contains(right, left) is (kind is ast.In)
    raise Unknown("a comparison")


def truth(value: Any) -> bool:
    """Return whether a value counts as true."""
    if value is True or value is False:
        return bool(value)
    plain(value)
    return bool(value)


def item(value: Any, index: Any) -> Any:
    """Return what stands at an index of a value."""
    if isinstance(value, Opaque):
        return value
    if isinstance(value, type) and type(value).__name__ != "EnumType":
        if value in run.classes:
            raise Unknown("a class with an index")
        if value is not type and not hasattr(value, "__class_getitem__"):
            fail(TypeError)
        return Opaque()
    plain(index)
    return vet(value[index])


def set_item(value: Any, index: Any, new: Any) -> None:
    """Put something at an index of a value."""
    plain(value, index, new)
    if isinstance(index, slice):
        if order.loose(new):
            new = list(order.walk(new))
        if type(new) in (list, tuple, str):
            allow(sized(value) + len(new))
    value[index] = new
    bound(value)


def drop_item(value: Any, index: Any) -> None:
    """Take away what stands at an index of a value."""
    plain(value, index)
    del value[index]


def portion(start: Any, stop: Any, step: Any) -> slice:
    """Return a slice."""
    plain(start, stop, step)
    return slice(start, stop, step)


def walk(value: Any) -> Iterator[Any]:
    """Return an iterator over a value; sets are walked through in the order of this run."""
    plain(value)
    if isinstance(value, type) and value not in run.classes and type(value) is not type:
        raise Unknown("the items of a class")
    return iter(order.walk(value) if order.loose(value) else value)


def each(values: Any) -> Iterator[Any]:
    """Yield what a value gives when it is walked through; sets among that as they are walked through in this run."""
    iterator = walk(values)
    while (one := following(iterator)) is not DONE:
        yield order.walk(one) if order.loose(one) else one


def spread(value: Any) -> Iterator[Any]:
    """Return an iterator over a value that is unpacked."""
    if not any(hasattr(type(value), name) for name in ("__iter__", "__getitem__")):
        fail(TypeError)
    return walk(value)


def following(iterator: Iterator[Any]) -> Any:
    """Return what an iterator gives next; `DONE` at its end."""
    run.step()
    value = next(iterator, DONE)
    plain(value)
    return value if value is DONE else vet(value)


def every(value: Any) -> list[Any]:
    """Return all that a value gives when it is walked through."""
    found: list[Any] = []
    iterator = spread(value)
    while (one := following(iterator)) is not DONE:
        found.append(one)
        allow(len(found))
    return found


def run_real(function: Any, values: list[Any] | tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Return what a function of Python's own gives, or a class or a method."""
    try:
        return function(*values, **named)
    except TypeError as error:
        ours = type(function) is types.FunctionType and function.__code__.co_filename.startswith(_FOLDER)
        if ours and error.__traceback__ is not None and error.__traceback__.tb_next is None:
            raise Unknown("a call that a function of ours does not take") from error
        raise


def get(value: Any, name: str) -> Any:
    """Return an attribute by Python's own rules; the name must have been looked at."""
    return getattr(value, name)


def put(value: Any, name: str, new: Any) -> None:
    """Set an attribute by Python's own rules; the name must have been looked at."""
    setattr(value, name, new)


def remove(value: Any, name: str) -> None:
    """Delete an attribute by Python's own rules; the name must have been looked at."""
    delattr(value, name)


def written(value: Any, conversion: int, spec: str) -> str:
    """Return a value as a field of an f-string writes it."""
    plain(value)
    if conversion != -1:
        order.settled(value)
        value = repr(value) if conversion == ord("r") else str(value) if conversion == ord("s") else ascii(value)
    elif type(value) not in SCALARS:
        order.settled(value)
    percent.check_spec(value, spec)
    return format(value, spec)
