"""Which names of which kinds of values may be looked up; no other name ever reaches a value of Python's own."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import itertools
import operator
import re
import types
from typing import Any

_TEXT = (
    "capitalize center count endswith expandtabs find index isalnum isalpha isascii isdigit islower isspace istitle "
    "isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust "
    "rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill "
)
_DICT = "clear copy fromkeys get items keys pop popitem setdefault update values "
_FROZEN = "copy difference intersection isdisjoint issubset issuperset symmetric_difference union "
_DATE = (
    "year month day replace weekday isoweekday isocalendar isoformat strftime toordinal fromordinal fromisoformat "
    "fromisocalendar ctime min max resolution "
)
_TIME = "hour minute second microsecond tzinfo fold utcoffset dst tzname "
_LINES = "msg doc pos lineno colno "

NAMES: dict[type, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in (
        (str, _TEXT + "casefold encode isdecimal isidentifier isnumeric isprintable"),
        (bytes, _TEXT + "decode hex fromhex"),
        (int, "bit_length bit_count conjugate numerator denominator real imag as_integer_ratio to_bytes from_bytes"),
        (bool, "bit_length bit_count conjugate numerator denominator real imag as_integer_ratio"),
        (float, "is_integer as_integer_ratio hex fromhex real imag conjugate"),
        (complex, "real imag conjugate"),
        (list, "append clear copy count extend index insert pop remove reverse sort"),
        (tuple, "count index"),
        (dict, _DICT),
        (collections.defaultdict, _DICT + "default_factory"),
        (collections.OrderedDict, _DICT + "move_to_end"),
        (collections.Counter, _DICT + "most_common elements total subtract"),
        (
            collections.deque,
            "append appendleft clear copy count extend extendleft index insert maxlen pop popleft remove reverse "
            "rotate",
        ),
        (frozenset, _FROZEN),
        (
            set,
            _FROZEN + "add clear discard pop remove update difference_update intersection_update "
            "symmetric_difference_update",
        ),
        (range, "start stop step count index"),
        (slice, "start stop step indices"),
        (re.Pattern, "pattern flags groups groupindex search match fullmatch sub subn split findall finditer"),
        (re.Match, "group groups groupdict start end span string re pos endpos lastindex lastgroup expand"),
        (datetime.date, _DATE),
        (datetime.datetime, _DATE + _TIME + "date time timetz combine strptime"),
        (datetime.time, _TIME + "replace isoformat fromisoformat strftime min max resolution"),
        (datetime.timedelta, "days seconds microseconds total_seconds min max resolution"),
        (datetime.timezone, "utc utcoffset tzname dst"),
        (type(datetime.date(2000, 1, 1).isocalendar()), "year week weekday"),
        (
            decimal.Decimal,
            "adjusted as_integer_ratio as_tuple compare copy_abs copy_negate copy_sign exp is_finite is_infinite "
            "is_nan is_signed is_zero ln log10 max min normalize quantize remainder_near same_quantum sqrt "
            "to_eng_string to_integral to_integral_exact to_integral_value from_float",
        ),
        (type(decimal.Decimal().as_tuple()), "sign digits exponent"),
        (fractions.Fraction, "numerator denominator limit_denominator as_integer_ratio from_float from_decimal"),
        (property, "getter setter deleter"),
        (functools.partial, "args keywords"),
        (type(functools.lru_cache(len)), "cache_clear cache_info"),
        (type(functools.lru_cache(len).cache_info()), "hits misses maxsize currsize"),
        (type(None), ""),
        (type(Ellipsis), ""),
        (type(NotImplemented), ""),
        (object, ""),
        (type({}.keys()), "isdisjoint"),
        (type({}.values()), ""),
        (type({}.items()), "isdisjoint"),
        (itertools.chain, "from_iterable"),
    )
}
"""The names of each kind of value, for its values and for the kind itself."""

ERROR_NAMES: dict[str, frozenset[str]] = {
    "StopIteration": frozenset({"args", "value"}),
    "JSONDecodeError": frozenset((_LINES + "args").split()),
    "error": frozenset({"args", "msg", "pattern", "pos", "lineno", "colno"}),
    "PatternError": frozenset({"args", "msg", "pattern", "pos", "lineno", "colno"}),
    "UnicodeDecodeError": frozenset({"args", "encoding", "object", "start", "end", "reason"}),
    "UnicodeEncodeError": frozenset({"args", "encoding", "object", "start", "end", "reason"}),
}
"""What may be asked of exceptions of some classes; of others their `args`."""

BUILTIN: frozenset[type] = frozenset({types.BuiltinFunctionType, type(re.compile("").match)})
"""The kinds of functions and bound methods that are not written in Python."""

_ITERATORS: tuple[Any, ...] = (
    iter([]),
    iter(()),
    iter(""),
    iter(b""),
    iter({}),
    iter({}.values()),
    iter({}.items()),
    iter(set()),
    iter(range(0)),
    iter(range(1 << 70)),
    iter(int, 0),
    reversed([]),
    reversed({}),
    reversed({}.values()),
    reversed({}.items()),
    iter(collections.deque()),
    reversed(collections.deque()),
    re.finditer("", ""),
    enumerate(()),
    zip(),
    map(len, ()),
    filter(None, ()),
    reversed(()),
    (letter for letter in ""),
    itertools.groupby(()),
)

_ITERTOOLS = (
    "count cycle repeat chain accumulate batched combinations combinations_with_replacement permutations product "
    "compress dropwhile filterfalse islice pairwise starmap takewhile zip_longest"
)

FLOWS: set[type] = {type(one) for one in _ITERATORS}
"""Kinds of values that are walked through once."""
FLOWS |= {getattr(itertools, name) for name in _ITERTOOLS.split() if hasattr(itertools, name)}
FLOWS |= {type(next(itertools.groupby("a"))[1]), type(itertools.tee(())[0])}

OTHERS: set[type] = {
    re.RegexFlag,
    types.FunctionType,
    types.MethodType,
    *BUILTIN,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.UnionType,
    types.MappingProxyType,
    staticmethod,
    classmethod,
    functools.cached_property,
    operator.itemgetter,
    type(functools.cmp_to_key(lambda _one, _other: 0)),
    type(functools.cmp_to_key(lambda _one, _other: 0)(0)),
}
"""Further kinds of values that a program may hold and of which it may look up nothing."""

SCALARS: frozenset[type] = frozenset(
    {int, bool, float, complex, str, bytes, range, type(None), type(Ellipsis), type(NotImplemented)}
    | {datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone}
    | {decimal.Decimal, fractions.Fraction, re.Pattern, re.Match, re.RegexFlag}
)
"""Kinds of values that never change and hold no others."""

SHARED: frozenset[type] = frozenset(
    {int, float, complex, str, bytes, tuple, frozenset, range}
    | {datetime.date, datetime.datetime, datetime.time, datetime.timedelta, decimal.Decimal, fractions.Fraction}
    | {types.MethodType, *BUILTIN, re.Pattern, slice}
)
"""Kinds of values that Python may or may not make anew, so that `is` tells nothing of them."""

ERRORS: dict[str, type[BaseException]] = {
    one.__name__: one
    for one in (
        *(ArithmeticError, AssertionError, AttributeError, BaseException, BufferError, EOFError, Exception),
        *(FloatingPointError, ImportError, IndexError, KeyError, KeyboardInterrupt, LookupError, ModuleNotFoundError),
        *(NameError, NotImplementedError, OSError, OverflowError, RuntimeError, StopIteration, SystemExit, TypeError),
        *(UnboundLocalError, UnicodeDecodeError, UnicodeEncodeError, UnicodeError, ValueError, ZeroDivisionError),
        *(FileNotFoundError, FileExistsError, PermissionError, TimeoutError, ConnectionError, IsADirectoryError),
        *(NotADirectoryError, InterruptedError, SyntaxError, Warning, UserWarning, DeprecationWarning),
    )
}
"""The exceptions that a program may name."""
ERRORS["IOError"] = ERRORS["EnvironmentError"] = OSError
