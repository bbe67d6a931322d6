"""Calls: of functions of the file by looking at them, of Python's own only if they are allowed and stay small."""

from __future__ import annotations

import collections
import functools
import itertools
import operator
import types
from collections.abc import Callable
from typing import Any

from . import attributes, doors, guards, order
from .bounds import Unknown, run
from .tables import BUILTIN, FLOWS, NAMES

ALLOWED: set[Any] = set()
"""Functions and classes of Python's own that may be called."""

TAKERS: dict[Any, int] = {map: 0, filter: 0, functools.reduce: 0, functools.partial: 0, iter: 0}
"""Take a function at a place and call it; if it is Python's own, it is looked at at each call."""

_NAMED_TAKERS = frozenset({"key", "func", "repl", "object_hook", "object_pairs_hook"})
"""Names by which functions are given to others."""

_LRU = type(functools.lru_cache(len))
_KEY = type(functools.cmp_to_key(lambda _one, _other: 0))
_BOUND = frozenset({functools.partial, _LRU, types.MethodType})
_METHODS = (types.MethodDescriptorType, types.ClassMethodDescriptorType)
_UNCALLED = frozenset({int, float, str, bytes, bool, complex, list, tuple, dict, set, frozenset, type(None)})

INVOKE: list[Callable[[Any, tuple[Any, ...] | list[Any], dict[str, Any]], Any]] = []
"""The one function that calls a function of the file."""


def call(function: Any, values: list[Any], named: dict[str, Any]) -> Any:
    """Return what a call gives.

    Raises:
        Unknown: this is not known.
    """
    kind = type(function)
    if kind is types.FunctionType and function in run.codes:
        return INVOKE[0](run.codes[function], values, named)
    if kind is types.MethodType:
        inner = function.__func__
        if type(inner) is types.FunctionType and inner in run.codes:
            return INVOKE[0](run.codes[inner], [function.__self__, *values], named)
    if kind in run.classes:
        return doors.vet(doors.run_real(function, values, named))
    if isinstance(function, doors.Opaque):
        raise Unknown(f"a call of {getattr(function, 'name', 'something')}")
    if kind in _UNCALLED:
        return doors.run_real(function, values, named)
    if isinstance(function, type) and function in run.classes:
        doors.plain(*values, *named.values())
        return doors.vet(doors.run_real(function, values, named))
    name = _admitted(function, kind)
    return _call_real(function, kind, name, values, named)


def _call_real(function: Any, kind: type, name: str, values: list[Any], named: dict[str, Any]) -> Any:
    receiver = None
    if kind in BUILTIN and name and not isinstance(function.__self__, (type, types.ModuleType)):
        receiver = function.__self__
    elif name and values and kind in _METHODS:
        receiver, values = values[0], values[1:]
        if not isinstance(receiver, function.__objclass__):
            return doors.run_real(function, [receiver, *values], named)
        function = attributes.get(receiver, name)
        if type(function) not in BUILTIN:
            raise Unknown("a method of another class")
        kind = type(function)
    guards.look(function, receiver, name, values, named)
    values = [
        one if _is_whole(function, at, len(values)) else _ordered(function, receiver, name, one)
        for at, one in enumerate(values)
    ]
    values = [doors.each(one) if _is_flattened(function, name, one) else one for one in values]
    if receiver is None and kind not in _BOUND and any(map(order.loose, named.values())):
        _whole_by_name(function, named)
    place = 0 if name in {"sub", "subn"} else TAKERS.get(function, -1)
    if 0 <= place < len(values):
        values[place] = _looked_at(values[place])
    also = {"default"} if function in DEFAULT_TAKERS else set()
    named = {key: _looked_at(one) if key in _NAMED_TAKERS | also else one for key, one in named.items()}
    return doors.vet(doors.run_real(function, values, named))


def _admitted(function: Any, kind: type) -> str:
    """Return the name of a method that may be called, nothing for another function that may be.

    Raises:
        Unknown: it may not be called.
    """
    if kind in BUILTIN:
        if function in ALLOWED:
            return ""
        home = function.__self__
        owner = home if isinstance(home, type) else type(home)
        name = str(function.__name__)
        if owner in NAMES and name in NAMES[owner]:
            return name
        if isinstance(home, tuple) and owner in run.classes:
            return ""
        raise Unknown(f"a call of {name}")
    if kind in _METHODS:
        if function.__objclass__ in NAMES and function.__name__ in NAMES[function.__objclass__]:
            return str(function.__name__)
        raise Unknown("a call of a method")
    if kind is types.FunctionType:
        if function in ALLOWED or function in run.natives:
            return ""
        raise Unknown(f"a call of {function.__name__}")
    if isinstance(function, type):
        if function in ALLOWED:
            return ""
        raise Unknown(f"a call of {function.__name__}")
    return _made(function, kind)


def _made(function: Any, kind: type) -> str:
    if kind in {functools.partial, _LRU, operator.itemgetter, _KEY}:
        return ""
    if kind is types.MethodType:
        inner, home = function.__func__, function.__self__
        if type(inner) is _LRU or inner in run.natives:
            return ""
        owner = home if isinstance(home, type) else type(home)
        if owner in run.classes and issubclass(owner, tuple) and function.__name__ in {"_replace", "_asdict", "_make"}:
            return ""
        if owner in NAMES and function.__name__ in NAMES[owner]:
            return str(function.__name__)
    if kind.__name__ in {"method-wrapper", "wrapper_descriptor"} and function.__name__ in {"__init__", "__str__"}:
        return ""
    raise Unknown(f"a call of a {kind.__name__}")


def _looked_at(value: Any) -> Any:
    """Return a function of Python's own as one that is looked at whenever it is called; anything else as it is."""
    kind = type(value)
    if kind is types.FunctionType and value in run.codes:
        return value
    if kind in run.classes or value is None or kind is _KEY or not callable(value):
        return value
    if kind is types.MethodType and value.__func__ in run.codes:
        return value
    if isinstance(value, type) and value in run.classes:
        return value

    def looked_at(*values: Any, **named: Any) -> Any:
        return call(value, list(values), named)

    run.natives.add(looked_at)
    return looked_at


def _is_whole(function: Any, place: int, count: int) -> bool:
    """Return whether what a function takes at a place is one value for it, not many that it walks through."""
    return (function in {min, max} and count > 1) or (function is functools.reduce and place != 1)


def _is_flattened(function: Any, name: str, value: Any) -> bool:
    """Return whether a function walks through what it finds in a value, which may be sets that nobody sees before."""
    if function in {itertools.chain.from_iterable, itertools.starmap}:
        return type(value) not in (list, tuple, str, bytes) and hasattr(type(value), "__iter__")
    pairs = function in {dict, collections.OrderedDict, collections.defaultdict} or name == "update"
    return pairs and type(value) in FLOWS


def _whole_by_name(function: Any, named: dict[str, Any]) -> None:
    """Look at sets that are given by name.

    Raises:
        Unknown: the function may walk through one.
    """
    if function in {dict, collections.Counter, collections.OrderedDict} or function in KEEPERS | run.natives:
        return
    if any(order.loose(value) for name, value in named.items() if name not in {"default", "initial", "fillvalue"}):
        raise Unknown("the order of a set")


def _ordered(function: Any, receiver: Any, name: str, value: Any) -> Any:
    """Return a value as a function may have it: a set that it walks through in the order of this run."""
    if not order.loose(value):
        return value
    if receiver is not None:
        if isinstance(receiver, (set, frozenset)):
            return value
        if name in {"extend", "extendleft", "subtract", "join"} or (name == "update" and isinstance(receiver, dict)):
            return order.walk(value)
        if isinstance(receiver, (list, dict, collections.deque, tuple)):
            return value
        raise Unknown("the order of a set")
    if name in {"fromkeys", "join"} or function in WALKERS:
        return order.walk(value)
    if function in KEEPERS or function in run.natives or name in NAMES[set]:
        return value
    raise Unknown("the order of a set")


DEFAULT_TAKERS: set[Any] = set()
"""Call what they are given as `default`."""

WALKERS: set[Any] = {list, tuple, sorted, min, max, sum, any, all, enumerate, zip, map, filter, iter, dict}
"""Walk through what they are given."""
WALKERS |= {collections.deque, collections.Counter, collections.OrderedDict, functools.reduce}

KEEPERS: set[Any] = {
    len,
    issubclass,
    bool,
    set,
    frozenset,
    isinstance,
    callable,
    type,
    functools.partial,
    collections.defaultdict,
}
"""Do not ask in which order a set stands."""
