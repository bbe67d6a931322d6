"""A new parameter whose name tells what it stands for: the separator is what joins, the width that of a format."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.adding.headed import with_parameter
from workbench.crew.plain.adding.wished_parameter import SURE_WORDS, Wish, is_spelt, wish_of
from workbench.crew.plain.adding.written_out import TYPES, constants_before, default_of, is_same, places_of
from workbench.crew.plain.places import Finder, Sure, Swap, parts, set_at_the_top, spot
from workbench.crew.slips.righted import Changed, Righted

_SEPARATORS = re.compile(r"sep|separators?|delimiters?|delim|joiner|glue|divider|between|joined_by|join_with")
_CURRENCIES = re.compile(r"(?:\w+_)?(?:currency|symbol|currency_symbol|currency_code|unit)")
_DIGITS = re.compile(r"(?:\w+_)?(?:width|digits|length|padding|pad|size)")
_PLACES = re.compile(r"(?:\w+_)?(?:digits|places|decimals|precision|decimal_places|ndigits)")
_FIRSTS = re.compile(r"(?:start|first|begin|offset|from|start_at|first_number|start_number|number)(?:_\w+)?")
_COUNTS = re.compile(
    r"(?:limit|count|number|top|n|most|how_many|size|length|maximum|max)|(?:max|limit|top|number|most)_\w+|\w+_(?:count|limit)"
)
_AHEAD = re.compile(r"bullet|prefix|marker|mark|sign|lead|begin\w*|before|indent|start|greeting|salutation|title|label")
_BEHIND = re.compile(r"suffix|end|ending|after|tail|terminator|marker|mark|sign|ellipsis|newline|closing")
_MONEY = re.compile(r"(?<!\w)[A-Z]{3}(?!\w)|[€$£¥]")
_BETWEEN = re.compile(r"[^\w\s{}%\"'\\]|[^\w\s{}%\"'\\]? ?[^\w\s{}%\"'\\] ?|[ _]")
_SPEC = re.compile(r"(?P<zeros>[<>^]?0?)(?P<width>\d+)?,?(?:\.(?P<places>\d+))?[a-zA-Z%]?")
_SAYS_PLACES = re.compile(r"\b(?:after|behind) the (?:decimal )?point\b|\bdecimals?\b", re.IGNORECASE)
_ANY = re.compile(r"\w+")
_NUMBERS = frozenset({0, 1, -1})

Value = str | int | float


def parameter_by_its_name(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter for the one value written out that its name is a word for; nothing where a default is told."""
    wish = wish_of(changed)
    if wish is None or wish.default:
        return
    yield from _for_constant(changed, wish)
    for find in (_separator, _money, _in_format, _first_number, _count, _at_an_end):
        found: list[tuple[Value, list[Swap]]] = [one for one in find(changed, wish.name) if _fits(wish, one[0])]
        yield from _with(changed, wish, found)


def parameter_surely_by_its_name(changed: Changed) -> Iterator[Righted]:
    """Yield such a parameter where its name is that of a constant, of what joins, of money or of a format."""
    wish = wish_of(changed)
    if wish is None or wish.default or not is_spelt(changed) or "\n" in changed.task:
        return
    if _SAYS_PLACES.search(changed.task) and not _PLACES.fullmatch(wish.name):
        return
    yield from _for_constant(changed, wish)
    for find in (_separator, _money, _in_format):
        found = [one for one in find(changed, wish.name) if _fits(wish, one[0])]
        if len({repr(value) for value, _ in found}) == 1:
            yield from _with(changed, wish, found)


def _with(changed: Changed, wish: Wish, found: list[tuple[Value, list[Swap]]]) -> Iterator[Righted]:
    """Yield the file with a parameter in all places that have one value, for each value."""
    for value in {repr(one): one for one, _ in found}.values():
        swaps = {swap for known, some in found if is_same(known, value) for swap in some}
        what = f"`{wish.name}` stands for {value!r}"
        added = (wish.name, TYPES[type(value)], default_of(value))
        yield from with_parameter(changed, what, added, sorted(swaps), "what stands there")


def _fits(wish: Wish, value: Value) -> bool:
    """Return whether a value is of the type that calls of the task give."""
    return all(type(one) is type(value) or (type(one) is int and type(value) is float) for one in wish.examples)


def _for_constant(changed: Changed, wish: Wish) -> Iterator[Righted]:
    """Yield a parameter for the one constant that the function looks at and that has its name, which is its default."""
    words = wish.name.upper().split("_")
    known = constants_before(changed)
    tops = [name for name, one in set_at_the_top(changed.tree) if one.lineno < changed.node.lineno]
    looked_at = [name for name in tops if changed.looks(name) and name not in changed.own and name.isupper()]
    named = [name for name in looked_at if {*words} <= {*name.strip("_").split("_")}]
    if len(named) != 1 or tops.count(named[0]) != 1:
        return
    (name,) = named
    value = known.get(name)
    swaps = [(*span, wish.name) for one in changed.looks(name) if (span := spot(changed, one))]
    if len(swaps) == len(changed.looks(name)) and type(value) in TYPES and _fits_some(wish, value):
        added = (wish.name, TYPES[type(value)], name)
        yield from with_parameter(changed, f"`{wish.name}` stands for {name}", added, swaps, "what stands there")


def _fits_some(wish: Wish, value: object) -> bool:
    return isinstance(value, str | int | float) and _fits(wish, value)


def _separator(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield what texts are joined by, or split at; else what stands alone between two values of a text."""
    if not _SEPARATORS.fullmatch(name.rpartition("_")[2]) and not _SEPARATORS.fullmatch(name):
        return
    found: list[tuple[Value, list[Swap]]] = []
    for method in ("join", "split"):
        for part in parts(changed) if not found else ():
            match part:
                case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)) as said, attr="join")) if text:
                    value = said if method == "join" else None
                case ast.Call(func=ast.Attribute(attr="split" | "rsplit" | "partition"), args=[said, *_]):
                    value = said if method == "split" and isinstance(said, ast.Constant) else None
                case _:
                    continue
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and (span := spot(changed, value)):
                found.append((value.value, [(*span, name)]))
    yield from found
    for part in parts(changed) if not found else ():
        for text in _texts_between(part):
            yield text, list(places_of(changed, name, text))


def _texts_between(part: ast.AST) -> Iterator[str]:
    """Yield what stands alone between two values of a text."""
    values = part.values if isinstance(part, ast.JoinedStr) else []
    for before, one, after in zip(values, values[1:], values[2:], strict=False):
        match before, one, after:
            case ast.FormattedValue(), ast.Constant(value=str(text)), ast.FormattedValue() if _BETWEEN.fullmatch(text):
                yield text


def _money(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield the sign or code of a currency in a function's texts."""
    if not _CURRENCIES.fullmatch(name):
        return
    docstrings = {id(part.value) for part in ast.walk(changed.node) if isinstance(part, ast.Expr)}
    for part in parts(changed):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in docstrings:
            for text in _MONEY.findall(part.value):
                yield text, list(places_of(changed, name, text))


def _in_format(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield how wide a number is written, or how many digits stand behind its point."""
    is_behind = _SAYS_PLACES.search(changed.task) is not None
    for part in parts(changed):
        match part:
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])):
                found = _SPEC.fullmatch(spec)
                told = (
                    [
                        found["width"] if _DIGITS.fullmatch(name) and not is_behind else "",
                        found["places"] if _PLACES.fullmatch(name) else "",
                    ]
                    if found
                    else []
                )
                for number in {one for one in told if one}:
                    yield int(number), list(places_of(changed, name, int(number)))
            case ast.Call(
                func=ast.Attribute(attr="zfill" | "rjust" | "ljust" | "center"), args=[ast.Constant() as one, *_]
            ):
                yield from _whole(changed, one, name, _DIGITS)
            case ast.Call(func=ast.Name(id="round"), args=[_, ast.Constant() as one]):
                yield from _whole(changed, one, name, _PLACES)


def _first_number(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield the number that counting begins with."""
    for part in parts(changed):
        match part:
            case (
                ast.Call(func=ast.Name(id="enumerate"), args=[_, ast.Constant() as one])
                | ast.Call(
                    func=ast.Name(id="enumerate"), keywords=[ast.keyword(arg="start", value=ast.Constant() as one)]
                )
                | ast.Call(func=ast.Name(id="range" | "count"), args=[ast.Constant() as one, _])
            ):
                yield from _whole(changed, one, name, _FIRSTS)
            case ast.Call(func=ast.Name(id="enumerate"), args=[things], keywords=[]) if _FIRSTS.fullmatch(name):
                if span := spot(changed, things):
                    yield 0, [(span[1], span[1], f", {name}")]


def _count(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield how many are taken from the beginning."""
    for part in parts(changed):
        match part:
            case (
                ast.Subscript(slice=ast.Slice(lower=None, upper=ast.Constant() as one, step=None))
                | ast.Call(func=ast.Attribute(attr="most_common"), args=[ast.Constant() as one])
                | ast.Call(func=ast.Name(id="nlargest" | "nsmallest"), args=[ast.Constant() as one, *_])
                | ast.Call(func=ast.Attribute(attr="nlargest" | "nsmallest"), args=[ast.Constant() as one, *_])
                | ast.Call(func=ast.Name(id="range"), args=[ast.Constant() as one])
            ):
                yield from _whole(changed, one, name, _COUNTS)
            case ast.Compare(left=left, comparators=[right]):
                yield from _compared(changed, left, name)
                yield from _compared(changed, right, name)
            case ast.BinOp(left=left, right=right):
                yield from _compared(changed, left, name)
                yield from _compared(changed, right, name)
            case ast.Call(keywords=[*keywords]):
                for each in keywords:
                    if isinstance(each.value, ast.Constant) and each.arg == name:
                        yield from _whole(changed, each.value, name, _ANY)


def _compared(changed: Changed, one: ast.expr, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield a number that something is compared or reckoned with, if the task has it and it could be another."""
    is_told = isinstance(one, ast.Constant) and re.search(
        rf"(?<![\w.]){re.escape(repr(one.value))}(?![\w.]*\w)", changed.task
    )
    if isinstance(one, ast.Constant) and is_told and one.value not in _NUMBERS:
        yield from _whole(changed, one, name, _ANY)


def _whole(
    changed: Changed, one: ast.Constant, name: str, words: re.Pattern[str]
) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield a number where a parameter's name is a word for it."""
    is_number = isinstance(one.value, int | float) and not isinstance(one.value, bool)
    if words.fullmatch(name) and is_number and isinstance(one.value, int | float) and (span := spot(changed, one)):
        yield one.value, [(*span, name)]


def _at_an_end(changed: Changed, name: str) -> Iterator[tuple[Value, list[Swap]]]:
    """Yield what a text begins or ends with, without the blanks beside it; of words, only the first or last one."""
    for words, at in ((_AHEAD, 0), (_BEHIND, -1)):
        if not words.fullmatch(name):
            continue
        for part in parts(changed):
            match part:
                case ast.JoinedStr(values=[*values]) if len(values) > 1:
                    one = values[at]
                case ast.BinOp(op=ast.Add(), left=left, right=right):
                    one = right if at else left
                case _:
                    continue
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and (said := one.value.split()):
                yield said[at], list(places_of(changed, name, said[at]))


FINDERS: tuple[Finder, ...] = (parameter_by_its_name,)
SURE: tuple[Sure, ...] = ((parameter_surely_by_its_name, SURE_WORDS, 1),)
