"""Which modules of Python's own library a file may use, and what of them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from . import calls, decorators, doors, guards
from .attributes import Module, Quiet, getter, silent
from .bounds import Unknown
from .tables import NAMES

_FREE: dict[str, str] = {
    "re": "compile match search fullmatch sub subn split findall finditer escape Pattern Match error PatternError "
    "IGNORECASE I MULTILINE M DOTALL S VERBOSE X ASCII A UNICODE U RegexFlag",
    "math": "pi e tau inf nan ceil floor trunc sqrt isqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan "
    "asin acos atan atan2 sinh cosh tanh degrees radians hypot dist gcd lcm comb perm factorial fsum prod "
    "fabs fmod modf frexp ldexp copysign isclose isfinite isinf isnan remainder pow",
    "string": "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits punctuation printable "
    "whitespace",
    "datetime": "date datetime time timedelta timezone UTC MINYEAR MAXYEAR",
    "decimal": "Decimal ROUND_HALF_UP ROUND_HALF_EVEN ROUND_HALF_DOWN ROUND_UP ROUND_DOWN ROUND_CEILING ROUND_FLOOR "
    "ROUND_05UP InvalidOperation DivisionByZero DecimalException",
    "fractions": "Fraction",
    "collections": "Counter defaultdict OrderedDict deque namedtuple",
    "itertools": "count cycle repeat chain accumulate batched combinations combinations_with_replacement permutations "
    "product compress dropwhile filterfalse groupby islice pairwise starmap takewhile tee zip_longest",
    "functools": "reduce partial lru_cache cache wraps cmp_to_key total_ordering cached_property",
    "textwrap": "dedent indent fill wrap shorten",
    "unicodedata": "normalize category combining name decimal digit numeric east_asian_width lookup bidirectional",
    "statistics": "mean median fmean mode multimode median_low median_high stdev variance pstdev pvariance quantiles "
    "geometric_mean harmonic_mean StatisticsError",
    "bisect": "bisect bisect_left bisect_right insort insort_left insort_right",
    "heapq": "heappush heappop heapify nlargest nsmallest merge heappushpop heapreplace",
    "copy": "copy deepcopy",
    "html": "escape unescape",
    "urllib.parse": "quote unquote quote_plus unquote_plus urlencode urlsplit urlparse urlunsplit urlunparse urljoin "
    "parse_qs parse_qsl urldefrag",
    "json": "dumps loads JSONDecodeError",
    "calendar": "monthrange isleap leapdays weekday monthcalendar MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY "
    "SUNDAY",
    "enum": "Enum IntEnum StrEnum auto unique",
    "abc": "ABC abstractmethod",
    "dataclasses": "dataclass field fields asdict astuple replace is_dataclass FrozenInstanceError",
    "collections.abc": "Callable Collection Container Generator Hashable Iterable Iterator Mapping MutableMapping "
    "MutableSequence MutableSet Reversible Sequence Set Sized",
    "operator": "itemgetter",
    "csv": "reader writer DictReader DictWriter Error QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE QUOTE_NONNUMERIC",
    "io": "StringIO",
    "typing": "NamedTuple",
}

_LOG_LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40, "CRITICAL": 50}

_TYPING = (
    "Any Optional Union List Dict Tuple Set FrozenSet Type Callable Iterable Iterator Sequence Mapping "
    "MutableMapping IO Generator Literal Final ClassVar Annotated Collection Hashable Sized Pattern Match "
    "Text AnyStr Self NoReturn Never TypeAlias DefaultDict Deque NamedTuple Counter OrderedDict "
    "MutableSequence AbstractSet Generic TypeGuard TextIO BinaryIO Concatenate ParamSpec Reversible "
    "Container SupportsInt SupportsFloat SupportsIndex LiteralString Required"
)

_WALKERS = "accumulate chain combinations combinations_with_replacement permutations product cycle islice takewhile "
_WALKERS += (
    "dropwhile filterfalse groupby pairwise tee zip_longest compress batched reduce fsum prod mean fmean median "
)
_WALKERS += "nlargest nsmallest"

_made: dict[str, Module | None] = {}


def _operators() -> dict[str, Any]:
    def two(kind: type[ast.operator]) -> Callable[[Any, Any], Any]:
        return lambda left, right: doors.binary(kind, left, right)

    def compared(kind: type[ast.cmpop]) -> Callable[[Any, Any], Any]:
        return lambda left, right: doors.compare(kind, left, right)

    def one(kind: type[ast.unaryop]) -> Callable[[Any], Any]:
        return lambda value: doors.unary(kind, value)

    found: dict[str, Any] = {
        "contains": lambda value, one: doors.compare(ast.In, one, value),
        "getitem": doors.item,
        "attrgetter": getter,
        "truth": doors.truth,
    }
    kinds = {"add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "truediv": ast.Div, "floordiv": ast.FloorDiv}
    kinds |= {"mod": ast.Mod, "pow": ast.Pow, "and_": ast.BitAnd, "or_": ast.BitOr, "xor": ast.BitXor}
    found |= {name: two(kind) for name, kind in kinds.items()}
    comparisons = {"eq": ast.Eq, "ne": ast.NotEq, "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE}
    found |= {name: compared(kind) for name, kind in comparisons.items()}
    signs = {"neg": ast.USub, "pos": ast.UAdd, "not_": ast.Not, "invert": ast.Invert}
    return found | {name: one(kind) for name, kind in signs.items()}


def _cast(_kind: Any, value: Any) -> Any:
    return value


def _variable(_first: Any, *_values: Any, **_named: Any) -> doors.Opaque:
    return doors.Opaque()


def _log(name: Any = None) -> Quiet:
    if not isinstance(name, (str, doors.Opaque, type(None))):
        raise Unknown("a log")
    return Quiet()


def _added(name: str) -> dict[str, Any]:
    """Return what stands for parts of a module that are not taken as they are."""
    if name == "operator":
        return _operators()
    if name == "typing":
        return {one: doors.Opaque() for one in _TYPING.split()} | {
            "TYPE_CHECKING": False,
            "cast": _cast,
            "TypeVar": _variable,
            "overload": _variable,
        }
    if name == "logging":
        return {"getLogger": _log, **_LOG_LEVELS, **dict.fromkeys(("debug", "info", "warning", "error"), silent)}
    return {}


def _load(name: str) -> Module | None:
    if name not in _FREE and name != "logging":
        return None
    members = _added(name)
    if name in _FREE:
        real = importlib.import_module(name)
        taken = {one: getattr(real, one) for one in _FREE[name].split() if hasattr(real, one)}
        taken |= decorators.OF[name](taken) if name in decorators.OF else {}
        members |= taken
        if name in _ADMISSIONS:
            _ADMISSIONS[name](taken)
    calls.ALLOWED |= {one for one in members.values() if callable(one) and not _is_only_known(one, name)}
    calls.KEEPERS |= {one for one in members.values() if callable(one) and name in _KEEPING}
    calls.WALKERS |= {value for one, value in members.items() if one in _WALKERS.split() and callable(value)}
    calls.TAKERS |= {members[one]: place for one, place in _TAKERS.get(name, {}).items() if one in members}
    guards.ANYTHING |= {one for one in members.values() if name in {"typing", "logging"} and callable(one)}
    doors.CLASSES |= {one for one in members.values() if isinstance(one, type)}
    return Module(name, members)


_TAKERS: dict[str, dict[str, int]] = {
    "re": {"sub": 1, "subn": 1},
    "itertools": {"accumulate": 1, "takewhile": 0, "dropwhile": 0, "filterfalse": 0, "starmap": 0, "groupby": 1},
    "heapq": {"nlargest": 2, "nsmallest": 2},
}
"""At which place functions of each module take a function."""

_KEEPING = frozenset({"copy", "operator", "typing", "logging"})


def _is_only_known(value: Any, name: str) -> bool:
    """Return whether a value of a module is for looking at and not for calling."""
    return isinstance(value, type) and name in {"collections.abc", "abc", "enum", "typing"} and value.__name__ != "auto"


def _admit_enum(members: dict[str, Any]) -> None:
    doors.KINDS.add(members["auto"])


def _admit_records(members: dict[str, Any]) -> None:
    field = members["field"]
    sample = importlib.import_module("dataclasses").make_dataclass("Sample", ["one"])
    found = members["fields"](sample)[0]
    doors.KINDS |= {type(field(default=0)), type(found.default)}
    NAMES[type(found)] = frozenset({"name", "default"})
    calls.KEEPERS.add(members["replace"])
    guards.FUNCTIONS[members["asdict"]] = guards.FUNCTIONS[members["astuple"]] = guards.copied


def _admit_copy(members: dict[str, Any]) -> None:
    guards.FUNCTIONS |= dict.fromkeys(members.values(), guards.copied)


def _admit_urls(members: dict[str, Any]) -> None:
    parts = "scheme netloc path params query fragment username password hostname port geturl url count index"
    for name in ("urlsplit", "urlparse", "urldefrag"):
        NAMES[type(members[name](""))] = frozenset(parts.split())
    doors.KINDS.update(NAMES)
    for name in ("quote", "unquote", "quote_plus", "unquote_plus", "parse_qs", "parse_qsl"):
        guards.FUNCTIONS[members[name]] = guards.encoded
    guards.FUNCTIONS[members["urlencode"]] = guards.urlencoded


def _admit_tables(members: dict[str, Any]) -> None:
    made = {"reader": "line_num", "writer": "writerow writerows"}
    made |= {"DictReader": "fieldnames line_num", "DictWriter": "writeheader writerow writerows"}
    for name, attributes in made.items():
        kind = type(members[name](_Sink(), [])) if "Dict" in name else type(members[name](_Sink()))
        NAMES[kind] = frozenset(attributes.split())
        doors.KINDS.add(kind)
        guards.FUNCTIONS[members[name]] = guards.tabled


class _Sink:
    """Stands for a file that nothing is read from and nothing is written to."""

    def write(self, text: str) -> int:
        """Take a text."""
        return len(text)

    def __iter__(self) -> Iterator[str]:
        return iter(())


def _admit_texts(members: dict[str, Any]) -> None:
    kind = members["StringIO"]
    NAMES[kind] = frozenset({"getvalue", "read", "readline", "readlines", "write", "writelines", "seek", "tell"})
    doors.KINDS.add(kind)


def _admit_patterns(members: dict[str, Any]) -> None:
    names = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
    guards.FUNCTIONS |= dict.fromkeys((members[name] for name in names), guards.patterned)


def _admit_json(members: dict[str, Any]) -> None:
    calls.DEFAULT_TAKERS.add(members["dumps"])


def _admit_text(members: dict[str, Any]) -> None:
    guards.FUNCTIONS |= dict.fromkeys((members[name] for name in ("fill", "wrap", "shorten", "indent")), guards.wrapped)


def _admit_dates(_members: dict[str, Any]) -> None:
    # Python loads what reads dates when it reads the first.
    importlib.import_module("_strptime")


_ADMISSIONS: dict[str, Callable[[dict[str, Any]], None]] = {
    "enum": _admit_enum,
    "dataclasses": _admit_records,
    "copy": _admit_copy,
    "urllib.parse": _admit_urls,
    "textwrap": _admit_text,
    "csv": _admit_tables,
    "re": _admit_patterns,
    "json": _admit_json,
    "io": _admit_texts,
    "datetime": _admit_dates,
}


def _module(name: str) -> Module | None:
    if name not in _made:
        _made[name] = _load(name)
    return _made[name]


def module(name: str, whole: str) -> Any:
    """Return a module as `import` binds it: `name` is what is bound of the `whole` name.

    Raises:
        Unknown: it is none of those that may be used.
    """
    found = _module(whole)
    if found is None:
        raise Unknown(f"the module {whole}")
    for part in reversed(whole.removeprefix(name).split(".")[1:]):
        found = Module(name, {**(_members(name)), part: found})
    return found


def _members(name: str) -> dict[str, Any]:
    found = _module(name)
    return found.members if found else {}


def member(name: str, one: str) -> Any:
    """Return what `from name import one` binds.

    Raises:
        Unknown: it is none of what may be used.
    """
    found = _module(name)
    if found is not None and one in found.members:
        return found.members[one]
    inner = _module(f"{name}.{one}")
    if inner is None:
        raise Unknown(f"{one} of the module {name}")
    return inner
