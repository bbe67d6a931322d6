"""What is looked at before a function of Python's own is called: how long its result would be, and what it shows."""

from __future__ import annotations

import collections
import fractions
import itertools
import json
import math
import types
from collections.abc import Callable
from typing import Any

from . import doors, order, percent, sizes
from .bounds import BITS, ITEMS, Unknown, allow, run, sized
from .tables import SCALARS

CODECS = frozenset(
    {"utf-8", "utf8", "ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "cp1252", "utf-16", "utf-32"}
)
HANDLERS = frozenset({"strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape"})

_DIGITS = 4000


def look(function: Any, receiver: Any, name: str, values: list[Any], named: dict[str, Any]) -> None:
    """Look at a call before it is made.

    Raises:
        Unknown: it would make something long, or what it makes is not determined.
    """
    every = [*values, *named.values()]
    if not (hashable(function) and function in ANYTHING):
        doors.plain(*every)
    for value in every:
        if type(value) is range and len_of(value) > ITEMS and function not in _LAZY and not _is_index(receiver, name):
            raise Unknown("a long range")
    if receiver is not None:
        _METHODS.get(name, _nothing)(receiver, values, named)
    elif name in _STATIC:
        _STATIC[name](values, named)
    elif hashable(function) and function in FUNCTIONS:
        FUNCTIONS[function](values, named)


ANYTHING: set[Any] = {isinstance}
"""Functions that take what is only there."""


def hashable(function: Any) -> bool:
    """Return whether something can be looked for in a set."""
    return type(function).__hash__ is not None


_LAZY: frozenset[Any] = frozenset({iter, enumerate, zip, map, itertools.islice, len, isinstance, reversed, bool, range})


def len_of(value: range) -> int:
    """Return how long a range is, however long."""
    step = value.step
    return max(0, (value.stop - value.start + step - (1 if step > 0 else -1)) // step)


def _is_index(receiver: Any, name: str) -> bool:
    return (type(receiver) is range and name in {"index", "count"}) or name in {"append", "add", "get", "setdefault"}


def _nothing(_receiver: Any, _values: list[Any], _named: dict[str, Any]) -> None:
    return


def _width(_receiver: Any, values: list[Any], _named: dict[str, Any]) -> None:
    if values and isinstance(values[0], int):
        allow(values[0])


def _tabs(receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    size = values[0] if values else named.get("tabsize", 8)
    if isinstance(size, int):
        allow(sized(receiver) * max(size, 1))


def _replace(receiver: Any, values: list[Any], _named: dict[str, Any]) -> None:
    if isinstance(receiver, (str, bytes)) and len(values) > 1 and isinstance(values[1], (str, bytes)):
        allow((sized(receiver) + 1) * max(1, len(values[1])), ITEMS * 50)


def _join(receiver: Any, values: list[Any], _named: dict[str, Any]) -> None:
    if values and isinstance(values[0], (list, tuple)):
        allow(len(values[0]) * sized(receiver) + sum(map(sized, values[0])))


def _codec(_receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    given = [*values, *(named[name] for name in ("encoding", "errors") if name in named)]
    if any(isinstance(one, str) and one.lower() not in CODECS | HANDLERS for one in given):
        raise Unknown("a codec")


def _bytes(_receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    for value in (*values, *named.values()):
        if isinstance(value, int):
            allow(value, 10_000)


def _strftime(_receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    for value in (*values, *named.values()):
        percent.check_date(value)


def _pop(receiver: Any, _values: list[Any], _named: dict[str, Any]) -> None:
    if order.loose(receiver):
        raise Unknown("the order of a set")


def _update(receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    if isinstance(receiver, dict):
        _pairs(values, named)


def _rows(_receiver: Any, values: list[Any], named: dict[str, Any]) -> None:
    for value in (*values, *named.values()):
        order.settled(value)


def _seek(_receiver: Any, values: list[Any], _named: dict[str, Any]) -> None:
    if any(isinstance(value, int) and abs(value) > ITEMS for value in values):
        raise Unknown("a long text")


_METHODS: dict[str, Callable[[Any, list[Any], dict[str, Any]], None]] = {
    **dict.fromkeys(("ljust", "rjust", "center", "zfill"), _width),
    "expandtabs": _tabs,
    "replace": _replace,
    "join": _join,
    "encode": _codec,
    "decode": _codec,
    "to_bytes": _bytes,
    "strftime": _strftime,
    "pop": _pop,
    "update": _update,
    "seek": _seek,
    **dict.fromkeys(("writerow", "writerows"), _rows),
}


def _strptime(values: list[Any], named: dict[str, Any]) -> None:
    for value in (*values[1:], *named.values()):
        percent.check_date(value, reading=True)


_STATIC: dict[str, Callable[[list[Any], dict[str, Any]], None]] = {"strptime": _strptime}


def _text(values: list[Any], named: dict[str, Any]) -> None:
    if len(values) > 1 or named:
        _codec(None, values[1:], named)
    for value in (*values[:1], *(named[name] for name in ("object",) if name in named)):
        if type(value) not in SCALARS:
            order.settled(value)


def _whole(values: list[Any], _named: dict[str, Any]) -> None:
    if values and isinstance(values[0], (str, bytes)):
        allow(len(values[0]), _DIGITS)
    if values and type(values[0]).__name__ == "Decimal" and values[0].is_finite():
        allow(values[0].adjusted(), _DIGITS)


def _exact(values: list[Any], _named: dict[str, Any]) -> None:
    for value in values:
        if isinstance(value, str):
            found = value.lower().partition("e")[2].strip().lstrip("+-").replace("_", "")
            allow(len(value), _DIGITS)
            if found.isdigit():
                allow(int(found), _DIGITS)
        elif type(value).__name__ == "Decimal" and value.is_finite():
            allow(abs(value.adjusted()), _DIGITS)


def _raw(values: list[Any], named: dict[str, Any]) -> None:
    if values and isinstance(values[0], int):
        allow(values[0])
    _text(values, named)


def _power(values: list[Any], named: dict[str, Any]) -> None:
    if len(values) == 2 and not named:
        sizes.check_power(*values)
    elif any(isinstance(value, int) and value.bit_length() > BITS for value in values) or named:
        raise Unknown("a large number")


def _round(values: list[Any], named: dict[str, Any]) -> None:
    for digits in (*values[1:], *named.values()):
        if isinstance(digits, int):
            allow(abs(digits), _DIGITS)


def _small(most: int) -> Callable[[list[Any], dict[str, Any]], None]:
    def look_at(values: list[Any], _named: dict[str, Any]) -> None:
        for value in values:
            if isinstance(value, int):
                allow(abs(value), most)

    return look_at


def _spec(values: list[Any], named: dict[str, Any]) -> None:
    if values and type(values[0]) not in SCALARS:
        order.settled(values[0])
    for spec in (*values[1:], *named.values()):
        percent.check_spec(values[0] if values else None, spec)


def _pairs(values: list[Any], _named: dict[str, Any]) -> None:
    for value in values:
        if isinstance(value, (list, tuple)) and any(map(order.loose, value)):
            raise Unknown("the order of a set")


def _dumps(values: list[Any], named: dict[str, Any]) -> None:
    if not set(named) <= {"indent", "sort_keys", "ensure_ascii", "separators", "default", "allow_nan", "skipkeys"}:
        raise Unknown("how JSON is written")
    if isinstance(named.get("indent"), int):
        allow(named["indent"], 100)
    for value in values:
        order.shallow(value)


def _loads(values: list[Any], named: dict[str, Any]) -> None:
    text = values[0] if values else None
    if isinstance(text, str) and text.count("[") + text.count("{") > 50:
        _nested(text)
    if not set(named) <= {"object_hook", "object_pairs_hook"}:
        raise Unknown("how JSON is read")


def _nested(text: str) -> None:
    depth = 0
    for letter in text:
        depth += (letter in "[{") - (letter in "]}")
        allow(depth, 50)


def copied(values: list[Any], named: dict[str, Any]) -> None:
    """Look at a value that is to be copied."""
    if named or len(values) != 1:
        raise Unknown("a copy of a special kind")
    order.shallow(values[0])


def encoded(_values: list[Any], named: dict[str, Any]) -> None:
    """Look at how a part of an address is to be written."""
    if not set(named) <= {"safe", "keep_blank_values", "strict_parsing", "separator", "max_num_fields"}:
        raise Unknown("a codec")
    allow(len(_values), 2)


def urlencoded(values: list[Any], named: dict[str, Any]) -> None:
    """Look at what is to be written into an address."""
    if not set(named) <= {"doseq", "safe"} or len(values) > 3:
        raise Unknown("a codec")
    for value in values:
        order.settled(value)


def wrapped(values: list[Any], named: dict[str, Any]) -> None:
    """Look at a text that is to be wrapped."""
    for value in (*values, *named.values()):
        if isinstance(value, (int, str)):
            allow(len(value) if isinstance(value, str) else value, 20_000)


def patterned(values: list[Any], named: dict[str, Any]) -> None:
    """Look at flags of a regular expression: one makes Python write."""
    if any(isinstance(value, int) and int(value) & 128 for value in (*values, *named.values())):
        raise Unknown("a flag")


def tabled(values: list[Any], named: dict[str, Any]) -> None:
    """Look at how a table is to be read or written."""
    fields = {"fieldnames", "restkey", "restval", "extrasaction"}
    manner = {"delimiter", "quotechar", "quoting", "lineterminator", "skipinitialspace", "doublequote", "escapechar"}
    if not set(named) <= fields | manner or any(isinstance(value, str) for value in values[1:]):
        raise Unknown("a manner of tables")


def _kind(values: list[Any], named: dict[str, Any]) -> None:
    if len(values) != 1 or named:
        raise Unknown("a class that is made")
    doors.kind_of(values[0])


def _accessors(values: list[Any], named: dict[str, Any]) -> None:
    for value in (*values, *named.values()):
        if value is not None and not (type(value) is types.FunctionType and value in run.codes):
            raise Unknown("a property of another kind")


def _instance(values: list[Any], _named: dict[str, Any]) -> None:
    if values and not isinstance(values[0], doors.Opaque):
        doors.kind_of(values[0])
    for value in values:
        doors.plain(*(value if isinstance(value, tuple) else (value,)))


FUNCTIONS: dict[Any, Callable[[list[Any], dict[str, Any]], None]] = {
    str: _text,
    repr: _text,
    ascii: _text,
    int: _whole,
    float: _whole,
    bytes: _raw,
    pow: _power,
    round: _round,
    format: _spec,
    dict: _pairs,
    collections.OrderedDict: _pairs,
    collections.defaultdict: _pairs,
    itertools.starmap: _pairs,
    itertools.chain.from_iterable: _pairs,
    math.factorial: _small(1500),
    math.comb: _small(5000),
    math.perm: _small(1500),
    fractions.Fraction: _exact,
    json.dumps: _dumps,
    json.loads: _loads,
    type: _kind,
    property: _accessors,
    isinstance: _instance,
    issubclass: _instance,
}
