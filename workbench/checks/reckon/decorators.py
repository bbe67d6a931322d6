"""What of Python's own library changes functions and classes: only those of the file, so that nothing else changes."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from . import doors
from .bounds import Unknown, run

Members = dict[str, Any]

_DATACLASS = frozenset({"frozen", "order", "eq", "repr", "unsafe_hash", "kw_only"})


def _own_function(value: Any) -> None:
    if type(value) is not types.FunctionType or value not in run.codes:
        raise Unknown("a decorator of something that is not a function of the file")


def _own_class(value: Any) -> None:
    if not isinstance(value, type) or value not in run.classes:
        raise Unknown("a decorator of something that is not a class of the file")


def _native(function: Callable[..., Any]) -> Callable[..., Any]:
    run.natives.add(function)
    return function


def _only(look: Callable[[Any], None], real: Callable[..., Any]) -> Callable[..., Any]:
    def made(value: Any) -> Any:
        look(value)
        return doors.run_real(real, [value], {})

    return made


def of_functools(members: Members) -> Members:
    """Return what stands for decorators of `functools`."""
    real_cache, real_wraps = members["lru_cache"], members["wraps"]

    def lru_cache(maxsize: Any = 128, typed: Any = False) -> Any:
        if callable(maxsize):
            _own_function(maxsize)
            return doors.run_real(real_cache, [maxsize], {})
        return _native(_only(_own_function, doors.run_real(real_cache, [maxsize, typed], {})))

    def wraps(wrapped: Any) -> Any:
        _own_function(wrapped)
        return _native(_only(_own_function, real_wraps(wrapped)))

    return {
        "lru_cache": lru_cache,
        "wraps": wraps,
        "cache": _only(_own_function, members["cache"]),
        "total_ordering": _only(_own_class, members["total_ordering"]),
        "cached_property": _only(_own_function, members["cached_property"]),
    }


def of_abc(members: Members) -> Members:
    """Return what stands for decorators of `abc`."""
    return {"abstractmethod": _only(_own_function, members["abstractmethod"])}


def of_enum(members: Members) -> Members:
    """Return what stands for decorators of `enum`."""
    return {"unique": _only(_own_class, members["unique"])}


def of_dataclasses(members: Members) -> Members:
    """Return what stands for decorators of `dataclasses`."""
    real = members["dataclass"]

    def dataclass(*values: Any, **named: Any) -> Any:
        if not set(named) <= _DATACLASS or len(values) > 1:
            raise Unknown("a kind of dataclass")
        if not values:
            return _native(_only(_plain_class, real(**named)))
        _plain_class(values[0])
        return doors.run_real(real, values, named)

    return {"dataclass": dataclass}


def _plain_class(value: Any) -> None:
    _own_class(value)
    if issubclass(value, (BaseException, tuple)) or hasattr(value, "__members__"):
        raise Unknown("a dataclass of another kind")


def of_collections(members: Members) -> Members:
    """Return what stands for makers of classes of `collections`."""
    real = members["namedtuple"]

    def namedtuple(name: Any, fields: Any, *, defaults: Any = None, rename: Any = False) -> Any:
        if type(fields) not in (str, list, tuple) or type(name) is not str:
            raise Unknown("a named tuple")
        made = doors.run_real(real, [name, fields], {"defaults": defaults, "rename": rename})
        run.classes.add(made)
        return made

    return {"namedtuple": namedtuple}


OF: dict[str, Callable[[Members], Members]] = {
    "functools": of_functools,
    "abc": of_abc,
    "enum": of_enum,
    "dataclasses": of_dataclasses,
    "collections": of_collections,
}
"""What stands for parts of each module, given what they really are."""
