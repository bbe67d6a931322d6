"""Calls that must go alike: with a list or an iterator of it, with blanks around or none, with a default or without.

That two calls went alike before is known when the function as it was is called too; so a pair is only as good as what
it says of that. What a task speaks of is left out: who asks that strings be refused means it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from workbench import python_ast
from workbench.checks.trial_values import Pair
from workbench.crew.judging.stated import Function, parameters, stated
from workbench.crew.judging.trial_calls import Shapes, called, for_old, iterator, positional, reshaped, whole
from workbench.crew.judging.trial_words import lone_value

MOST = 16
"""Pairs of one function."""

_OF_SEQUENCES = re.compile(
    r"\b(?:iterators?|generators?|lists?|tuples?|arrays?|strings?|types?)\b",
    re.IGNORECASE,
)
_OF_NUMBERS = re.compile(
    r"\b(?:strings?|texts?|str|int|ints|integers?|floats?|floating|decimals?|fractions?|digits?|numeric|types?|isinstance"
    r"|whole numbers?|words?)\b",
    re.IGNORECASE,
)
_OF_BLANKS = re.compile(
    r"\b(?:blanks?|(?:white)?spaces?|white|strip\w*|trim\w*|clean\w*|raw|verbatim|exact\w*|untouched|indent\w*|leading"
    r"|trailing|separator\w*|delimiter\w*|width|length|long\w*|short\w*|characters?|signs?)\b",
    re.IGNORECASE,
)
_OF_CASE = re.compile(
    r"\bcase\b|\b(?:upper|lower|title)(?:case)?\b|\bcapital\w*|\bletters?\b|\b(?:raw|verbatim|exact\w*|untouched)\b",
    re.IGNORECASE,
)
_CLEANS = re.compile(
    r"strip\(|split\(\)|replace\(|\bre\.|\b(?:int|float|Decimal|Fraction|loads|literal_eval|fromisoformat)\(|normali|clean"
)
_FOLDS = re.compile(
    r"\.(?:lower|upper|casefold|title|capitalize|swapcase)\b|IGNORECASE|\bre\.I\b|\(\?i|\bfold|normali|clean"
)
"""What a function has that takes texts with blanks around them, or in any case, on purpose and not by chance."""

_BETWEEN = re.compile(r"[ \t]*([:;,=|])[ \t]*")
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"")
_ITERABLE = re.compile(r"^(?:iterables?|iterator)$")
_SEVERAL = re.compile(r"^(?:iterables?|iterator|it|seqs?|sequences?|items|values)$")
_IS_ITERABLE = re.compile(r"\bIter(?:able|ator)\b")
_CONVERTS = frozenset({"int", "float", "Decimal", "Fraction"})


def twins(task: str, calls: Sequence[ast.Call], was: Function, *, is_method: bool = False) -> Iterator[Pair]:
    """Yield calls with an argument that the function took before, and the same with that in another shape.

    Args:
        task: what was asked.
        calls: how tests call the function as it is now.
        was: the function as it was.
        is_method: whether it is a method.
    """
    task = _QUOTED.sub("", task)
    places = [] if was.args.vararg else positional(was, is_method=is_method)
    sorts: list[tuple[Shapes, dict[str, bool]]] = []
    if not _OF_SEQUENCES.search(task):
        sorts += [(_of_several, {}), (_sequences, {"only_values": True})]
    code = ast.unparse(was)
    if _CLEANS.search(code) and not _OF_BLANKS.search(task):
        sorts.append((_of_texts(_spaced), {"only_values": True, "is_kept": True}))
    if _FOLDS.search(code) and not _OF_CASE.search(task):
        sorts.append((_of_texts(_in_other_case), {"only_values": True, "is_kept": True}))
    if not _OF_NUMBERS.search(task):
        sorts.append((_floats, {"only_values": True, "may_refuse": True}))
        sorts += [(_digits, {"only_values": True})] if _converts(was) else []
    for call in calls:
        before = for_old(call, was, is_method=is_method)
        if before is None:
            continue
        plain = called(call, is_method=is_method)
        for shapes, kind in sorts:
            for other in reshaped(plain, places, shapes):
                cut = for_old(other, was, is_method=is_method)
                if cut is not None and ast.unparse(cut) != ast.unparse(before):
                    yield Pair(
                        one=ast.unparse(plain),
                        other=ast.unparse(other),
                        one_before=ast.unparse(before),
                        other_before=ast.unparse(cut),
                        **kind,
                    )


def _converts(was: Function) -> bool:
    """Return whether a function makes numbers of what it is given, or says that it takes both."""
    calls = (part.func for part in ast.walk(was) if isinstance(part, ast.Call))
    notes = (ast.unparse(one.annotation) for one in positional(was) if one.annotation is not None)
    takes_both = any(re.search(r"str", note, re.I) and re.search(r"int|float|number", note, re.I) for note in notes)
    return takes_both or any(isinstance(one, ast.Name) and one.id in _CONVERTS for one in calls)


def _of_several(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield other shapes of what a parameter takes that is called by a name for several things, or says so."""
    if place is None:
        return
    note = ast.unparse(place.annotation) if place.annotation else ""
    if _IS_ITERABLE.search(note) if note else _SEVERAL.search(place.arg):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield iterator(argument)
        yield from _sequences(argument, None)


def _sequences(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield a sequence as an iterator, and a list as a tuple or a tuple as a list."""
    if place is not None and (place.annotation is not None or _SEVERAL.search(place.arg)):
        return
    match argument:
        case ast.List(elts=items):
            yield iterator(argument)
            yield ast.Tuple(items, ast.Load())
        case ast.Tuple(elts=items):
            yield ast.List(items, ast.Load())
            yield iterator(argument)
        case ast.Call(func=ast.Name(id="range")):
            yield iterator(argument)


def _floats(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield an integer as a float."""
    number = whole(argument)
    if number is not None and not _is_plain(place, "int"):
        yield ast.Constant(float(number)) if number >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(float(-number)))


def _digits(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield an integer as its digits, and digits as an integer."""
    number = whole(argument)
    if number is not None and not _is_plain(place, "int"):
        yield ast.Constant(str(number))
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and not _is_plain(place, "str"):
        digits = argument.value
        if digits.isascii() and digits.isdigit() and str(int(digits)) == digits:
            yield ast.Constant(int(digits))


def _of_texts(others: Callable[[str], Iterator[str]]) -> Shapes:
    """Return shapes of a text, and of all texts of a list, made by what makes other texts of one."""

    def shapes(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
        match argument:
            case ast.Constant(value=str(text)) if text.strip():
                yield from map(ast.Constant, others(text))
            case ast.List(elts=[_, *_] as items):
                texts = [one.value for one in items if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if len(texts) == len(items):
                    for each in zip(*map(others, texts), strict=False):
                        yield ast.List([ast.Constant(one) for one in each], ast.Load())

    return shapes


def _spaced(text: str) -> Iterator[str]:
    """Yield a text with blanks around each of its lines, and around the signs within them too."""
    lines = text.split("\n")
    for spaced in (lines, [_BETWEEN.sub(r" \1 ", line) for line in lines]):
        yield "\n".join(f" {line} " if line.strip() else line for line in spaced)


def _in_other_case(text: str) -> Iterator[str]:
    """Yield a text in upper case and in lower case."""
    yield text.upper()
    yield text.lower()


def _is_plain(place: ast.arg | None, name: str) -> bool:
    """Return whether a parameter says that it takes this type and no other."""
    note = place.annotation if place is not None else None
    return note is not None and ast.unparse(note) in {name, f"{name} | None", f"Optional[{name}]"}


def of_iterables(task: str, calls: Sequence[ast.Call], node: Function) -> Iterator[Pair]:
    """Yield calls of a new function with what a test gives for an iterable, and with an iterator of that."""
    if re.search(r"\b(?:sequences?|lists?|tuples?|collections?)\b", task, re.IGNORECASE):
        return
    for call in calls:
        plain = called(call)
        for other in reshaped(plain, positional(node), _iterators):
            yield Pair(one=ast.unparse(plain), other=ast.unparse(other), why="must do the same")


def _iterators(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    note = ast.unparse(place.annotation) if place is not None and place.annotation else ""
    if place is not None and (_IS_ITERABLE.search(note) if note else _ITERABLE.search(place.arg)):
        yield from (shape for shape in _of_several(argument, place) if isinstance(shape, ast.Call))


def at_default(task: str, calls: Sequence[ast.Call], was: Function, node: Function) -> Iterator[Pair]:
    """Yield calls with a keyword at the default that the task states, and without, where it comes among `**kwargs`."""
    if node.args.kwarg is None or was.args.kwarg is None:
        return
    known = {*parameters(was), *_constants(was)}
    for name, value in stated(task).items():
        if name in known or name in parameters(node):
            continue
        given = ast.keyword(name, python_ast.parse(value, mode="eval").body)
        for call in calls:
            cut = for_old(call, was)
            if cut is None:
                continue
            cut.keywords = [keyword for keyword in cut.keywords if keyword.arg != name]
            yield _with(cut, given, f"must do the same, for {value} is the default of {name}")


def at_other_values(task: str, calls: Sequence[ast.Call], was: Function, node: Function) -> Iterator[Pair]:
    """Yield calls with a new parameter and without it, at a value of which the task says nothing."""
    old = parameters(was)
    for name, parameter in parameters(node).items():
        lone = lone_value(task, name) if name not in old and parameter.default is not None else None
        if lone is None or ast.unparse(lone) == parameter.written:
            continue
        if not all(_gives_only(call, name, node, lone) for call in calls):
            continue
        value = lone.value + 1 if isinstance(lone.value, int) else f"{lone.value!s}_"
        why = f"must do the same, for the task asks for something else only where {name} is {ast.unparse(lone)}"
        for call in calls:
            cut = for_old(call, was)
            if cut is not None:
                yield _with(cut, ast.keyword(name, ast.Constant(value)), why, may_refuse=True)


def _gives_only(call: ast.Call, name: str, node: Function, lone: ast.Constant) -> bool:
    """Return whether a call gives a parameter no other value than this, or leaves it out."""
    places = [one.arg for one in positional(node)]
    number = places.index(name) if name in places else len(call.args)
    given = [keyword.value for keyword in call.keywords if keyword.arg == name] + call.args[number : number + 1]
    return all(ast.unparse(value) in {ast.unparse(lone), "None"} for value in given)


def _with(call: ast.Call, given: ast.keyword, why: str, *, may_refuse: bool = False) -> Pair:
    other = called(call)
    other.keywords.append(given)
    return Pair(one=ast.unparse(call), other=ast.unparse(other), why=why, may_refuse=may_refuse)


def _constants(node: Function) -> frozenset[str]:
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return frozenset(part for part in parts if isinstance(part, str))
