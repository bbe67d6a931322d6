"""The order of sets, which nothing determines, and which values have a text that everything determines.

A run that walks through a set is done again with its items in other orders: only what comes out alike is known.
"""

from __future__ import annotations

import collections
import itertools
import types
from collections.abc import Iterator
from typing import Any

from .bounds import NESTED, Unknown, run
from .tables import ERRORS, NAMES, SCALARS

ORDERS = 8
"""How many orders are tried."""

_SETS = (set, frozenset)
_FACTORIES = frozenset({None, list, int, dict, set, str, float, tuple, bool, frozenset})


def loose(value: Any) -> bool:
    """Return whether a value is a set whose order nothing determines."""
    return type(value) in _SETS and len(value) > 1


def walk(value: Any) -> Iterator[Any]:
    """Return an iterator over the items of a set in the order of this run.

    Raises:
        Unknown: the set changes meanwhile.
    """
    run.ordered = True
    return _walk(value, list(value))


def _walk(value: Any, items: list[Any]) -> Iterator[Any]:
    for item in _arranged(items):
        if len(value) != len(items):
            raise Unknown("a set that changes")
        yield item
        if item not in value:
            raise Unknown("a set that changes")
    if len(value) != len(items):
        raise Unknown("a set that changes")


def _arranged(items: list[Any]) -> list[Any]:
    if run.order < 2:
        return items[::-1] if run.order else items
    # A fixed way to mix them that needs no chance: in the order of a power of their places.
    mixed = sorted((pow(place + 2, run.order + 1, 101), place) for place in range(len(items)))
    return [items[place] for _, place in mixed]


def settled(value: Any, depth: int = 0) -> None:
    """Look whether the text of a value is the same whenever and wherever it is written.

    Raises:
        Unknown: it is not, or the value is nested too deep.
    """
    run.step()
    if depth > NESTED:
        raise Unknown("a deep value")
    kind = type(value)
    if kind in SCALARS or _is_plain_kind(value):
        return
    for inner in _inner(value, kind):
        settled(inner, depth + 1)


def _is_plain_kind(value: Any) -> bool:
    return type(value) is type and (value in NAMES or value in ERRORS.values())


def _inner(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, _SETS):
        if len(value) > 1 or kind not in _SETS:
            raise Unknown("the order of a set")
        return iter(value)
    if kind is collections.defaultdict and value.default_factory not in _FACTORIES:
        raise Unknown("the text of a function")
    if isinstance(value, dict):
        return itertools.chain.from_iterable(dict.items(value))
    if isinstance(value, tuple):
        return tuple.__iter__(value)
    if isinstance(value, list):
        return list.__iter__(value)
    if kind is collections.deque:
        return iter(value)
    if kind is slice:
        return iter((value.start, value.stop, value.step))
    if isinstance(value, BaseException):
        if is_vague(value):
            raise Unknown("the words of an error")
        return iter((value.args,))
    if kind in (type({}.keys()), type({}.values()), type({}.items())):
        return iter(list(value))
    if hasattr(kind, "__members__"):
        return iter((value._value_,))
    if kind in run.classes:
        # Texts that the file makes itself are looked at when they are made.
        return iter(vars(value).values()) if is_record(value) else iter(())
    if kind is types.MappingProxyType:
        return itertools.chain.from_iterable(value.items())
    raise Unknown(f"the text of a {kind.__name__}")


def is_vague(error: BaseException) -> bool:
    """Return whether the words of an exception are not Python's, or may name what only stands for something else."""
    if "_reckon_vague" in error.__dict__:
        return True
    words = error.args[0] if error.args and isinstance(error, (TypeError, AttributeError)) else ""
    return type(words) is str and ("'function'" in words or "'generator'" in words)


def shallow(value: Any, depth: int = 0) -> None:
    """Look whether a value can be compared as Python would: nested too deep it raises an error of its own.

    Raises:
        Unknown: it is nested too deep.
    """
    kind = type(value)
    if kind in SCALARS:
        return
    run.step()
    if depth > NESTED:
        raise Unknown("a deep value")
    if isinstance(value, dict):
        for inner in dict.values(value):
            shallow(inner, depth + 1)
    elif isinstance(value, (tuple, list)):
        for inner in tuple.__iter__(value) if isinstance(value, tuple) else list.__iter__(value):
            shallow(inner, depth + 1)
    elif is_record(value):
        for inner in vars(value).values():
            shallow(inner, depth + 1)


def is_record(value: Any) -> bool:
    """Return whether a value is of a dataclass of the file."""
    return type(value) in run.classes and hasattr(type(value), "__dataclass_fields__")
