"""What a function gives where there is nothing to work with: `It should return None if there are no bows`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.missing.guards import guard, is_asked, is_generator, none_too, statement_of, streams
from workbench.crew.plain.missing.wished import wished
from workbench.crew.plain.places import Finder, put, spot, written
from workbench.crew.plain.results import given_where_empty
from workbench.crew.slips.righted import Changed, Righted

_ERRORS = {
    "IndexError": r"\bIndexError\b|\bindex out of range\b|\bpop from (?:an )?empty\b",
    "ValueError": r"\bValueError\b|\biterable argument is empty\b|\barg is an empty sequence\b",
    "ZeroDivisionError": r"\bZero ?Division(?: ?Error)?\b|\bdivi\w+ by (?:0|zero)\b",
    "StatisticsError": r"\bStatisticsError\b|\brequires at least one data point\b",
    "StopIteration": r"\bStopIteration\b",
}
_OTHER_ERRORS = re.compile(
    r"\b(?!ValueError|IndexError|ZeroDivisionError|StatisticsError)[A-Z]\w*(?:Error|Exception)\b"
)
_NOTHING = re.compile(
    r"\b(?:no|none|nothing|nobody|nowhere|without|empty|zero|0|not|never|before the first|yet|any more)\b|n't\b|\[\]",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:parameter|argument(?! is)|keyword|unless|should (?:also |then |instead |rather )*(?:raise|fail))\b", re.I
)
_STATISTICS = frozenset({"mean", "fmean", "median", "median_low", "median_high", "mode", "geometric_mean"})


@dataclass(frozen=True)
class _Need:
    """Something that must be there.

    Attributes:
        part: the expression that fails without it.
        held: what is asked about.
        test: the question whether it is not there.
        error: what is raised without it.
    """

    part: ast.expr
    held: ast.expr
    test: str
    error: str


def default_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield a `max` or `min` that is returned with the default that a task wishes for where there is nothing."""
    value = _value(changed, "ValueError")
    # A conditional expression is enough where one is made.
    if not value or next(given_where_empty(changed), None) is not None:
        return
    for part in own_parts(changed.node):
        match part:
            case ast.Return(value=ast.Call() as call) if _is_extreme(changed, call):
                yield from _with_default(changed, call, value)
            case ast.Return(
                value=ast.BinOp(
                    left=ast.Call() as call, op=ast.Add() | ast.Sub() as sign, right=ast.Constant(value=step)
                )
            ) if _is_extreme(changed, call) and type(step) is int and re.fullmatch(r"-?\d+", value):
                own = int(value) - step if isinstance(sign, ast.Add) else int(value) + step
                yield from _with_default(changed, call, str(own))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if _is_extreme(
                changed, call
            ) and _is_only_returned(changed, name):
                yield from _with_default(changed, call, value)


def guarded_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield a guard clause with the value that a task wishes for in front of what fails where there is nothing.

    Nothing is found where the function asks for that already, or where a conditional expression or a default does it.
    """
    if is_generator(changed) or next(given_where_empty(changed), None) or next(default_where_empty(changed), None):
        return
    seen: set[str] = set()
    for part in own_parts(changed.node):
        for need in _needs(changed, part) if isinstance(part, ast.expr) else ():
            value = _value(changed, need.error)
            # Words that are shown may be those of another case, where no error is named.
            is_text = value[:1] in {"'", '"'}
            if is_text and not (re.search(_ERRORS[need.error], changed.task) and len(parameters(changed.node)) == 1):
                continue
            before = statement_of(changed, need.part) if value else None
            if before is None or need.test in seen or is_asked(changed, need.held):
                continue
            seen.add(need.test)
            swaps = guard(changed, before, need.held, need.test, value)
            if swaps:
                yield from put(changed, f"`if {need.test}: return {value}`", *swaps, *none_too(changed, value))


def text_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield a guard clause for a list that is joined: a task quotes the words for none."""
    value = _value(changed, "")
    if value[:1] not in {"'", '"'} or is_generator(changed):
        return
    for part in own_parts(changed.node):
        match part:
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str()), attr="join"), args=[ast.expr() as joined]
            ):
                held = _gone_through(joined)
                before = statement_of(changed, part)
                if held is None or before is None or is_asked(changed, held) or streams(changed, held):
                    continue
                # What is shown with another value in it is an example.
                if _names(before) - _names(joined):
                    continue
                test = f"not {written(changed, held)}"
                yield from put(changed, f"`if {test}: return {value}`", *guard(changed, before, held, test, value))


def _names(part: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(part) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def _value(changed: Changed, error: str) -> str:
    """Return what a task wishes for where there is nothing; nothing where it speaks of another error, or of none."""
    task = changed.task
    told = {name for name, said in _ERRORS.items() if re.search(said, task)}
    is_meant = error in told or not told or (error == "StatisticsError" and "ValueError" in told)
    is_said = told or _NOTHING.search(task)
    if not is_meant or not is_said or _OTHER_ERRORS.search(task) or _OTHERWISE.search(task):
        return ""
    return wished(task)


def _needs(changed: Changed, part: ast.expr) -> Iterator[_Need]:
    """Yield what must be there, or must not be 0, for an expression not to fail."""
    held: ast.expr
    match part:
        case ast.BinOp(
            op=ast.Div() | ast.FloorDiv(), right=ast.Call(func=ast.Name(id="len"), args=[ast.expr() as held])
        ):
            yield from _filled(changed, part, held, "ZeroDivisionError")
        case ast.BinOp(op=ast.Div() | ast.FloorDiv(), right=divisor) if _is_plain(divisor):
            yield _Need(part, divisor, f"{written(changed, divisor)} == 0", "ZeroDivisionError")
        case ast.Subscript(value=held, slice=place, ctx=ast.Load()) if ast.unparse(place) in {"0", "-1"}:
            yield from _filled(changed, part, held, "IndexError")
        case ast.Call(func=ast.Attribute(value=held, attr="pop" | "popleft"), args=args, keywords=[]):
            if [ast.unparse(one) for one in args] in ([], ["0"], ["-1"]):
                yield from _filled(changed, part, held, "IndexError")
        case ast.Call(func=ast.Attribute(value=ast.Name(id="random"), attr="choice"), args=[held]):
            yield from _filled(changed, part, held, "IndexError")
        case ast.Call(args=[held]) if _is_extreme(changed, part):
            yield from _filled(changed, part, held, "ValueError")
        case ast.Call(func=ast.Attribute(value=ast.Name(id="statistics"), attr=name), args=[held]) if (
            name in _STATISTICS
        ):
            yield from _filled(changed, part, held, "StatisticsError")
        case ast.Call(func=ast.Name(id=name), args=[held]) if name in _STATISTICS and _is_imported(changed, name):
            yield from _filled(changed, part, held, "StatisticsError")
        case ast.Call(func=ast.Name(id="next"), args=[ast.Call(func=ast.Name(id="iter"), args=[held])]):
            yield from _filled(changed, part, held, "StopIteration")


def _filled(changed: Changed, part: ast.expr, held: ast.expr, error: str) -> Iterator[_Need]:
    """Yield that a list must not be empty, where it can be named, and asked without being used up."""
    inner = _gone_through(held)
    if inner is not None and not streams(changed, inner):
        yield _Need(part, inner, f"not {written(changed, inner)}", error)


def _gone_through(held: ast.expr) -> ast.expr | None:
    """Return what is sorted, copied or gone through from beginning to end, down to its name; None of anything else."""
    match held:
        case ast.Call(func=ast.Name(id="sorted" | "list" | "tuple" | "set" | "reversed"), args=[inner]):
            return _gone_through(inner)
        case (
            ast.GeneratorExp(generators=[ast.comprehension(ifs=[], is_async=0) as one])
            | ast.ListComp(generators=[ast.comprehension(ifs=[], is_async=0) as one])
            | ast.SetComp(generators=[ast.comprehension(ifs=[], is_async=0) as one])
        ):
            return _gone_through(one.iter)
    return held if _is_plain(held) else None


def _is_plain(held: ast.expr) -> bool:
    """Return whether an expression is a name, a field, or asked for by a method without arguments."""
    match held:
        case ast.Attribute(value=inner) | ast.Call(func=ast.Attribute(value=inner), args=[], keywords=[]):
            return _is_plain(inner)
    return isinstance(held, ast.Name)


def _is_extreme(changed: Changed, call: ast.expr) -> bool:
    match call:
        case ast.Call(func=ast.Name(id="max" | "min" as name), args=[one], keywords=keywords):
            said = {word.arg for word in keywords}
            return not isinstance(one, ast.Starred) and said <= {"key"} and not changed.hides(name)
    return False


def _is_imported(changed: Changed, name: str) -> bool:
    imports = [one for one in changed.tree.body if isinstance(one, ast.ImportFrom) and one.module == "statistics"]
    return any(each.name == name and each.asname is None for one in imports for each in one.names)


def _is_only_returned(changed: Changed, name: str) -> bool:
    looks = changed.looks(name)
    return len(looks) == len(changed.sets(name)) == 1 and isinstance(changed.holders[id(looks[0])], ast.Return)


def _with_default(changed: Changed, call: ast.Call, value: str) -> Iterator[Righted]:
    if (span := spot(changed, call)) is None or is_asked(changed, call.args[0]):
        return
    name, text = ast.unparse(call.func), changed.lines.text
    inner, (begin, end) = call.args[0], span
    if isinstance(inner, ast.GeneratorExp) and not call.keywords:
        first, last = changed.lines.span(inner)
        # Alone, a generator has the brackets of the call for its own.
        said = text[first:last] if first > begin + len(name) else text[begin + len(name) : end]
        swap = (begin, end, f"{name}({said}, default={value})")
    else:
        last = changed.lines.span(call.keywords[-1] if call.keywords else inner)[1]
        rest = text[last : end - 1]
        row = changed.lines.line_at(last)
        is_open = rest.strip() == "," and "\n" in rest
        swap = (last, last, f",\n{changed.lines.indent(row)}default={value}" if is_open else f", default={value}")
    yield from put(changed, f"`{name}({ast.unparse(inner)})` with `default={value}`", swap, *none_too(changed, value))


FINDERS: tuple[Finder, ...] = (default_where_empty, guarded_where_empty, text_where_empty)
