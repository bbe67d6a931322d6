"""The piece of a formatted text that goes where its value is missing: 'Mia, cat' and not 'Mia, cat (None)'."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import fields_beside, parts, put
from workbench.crew.plain.wording.shown import (
    MOST_VALUES,
    Written,
    joined,
    left_as_shown,
    left_of_today,
    nothing_shown,
    said_for_nothing,
)
from workbench.crew.slips.righted import FORMATTED, Changed, Righted
from workbench.edits.parses import tree_of

_VALUE = re.compile(r"(?<!\{)(?:\{\{)*(?P<whole>\{[^{}]+\})")
_NEVER_ZERO = re.compile(r"\b(?:str|bytes|list|dict|set|frozenset|tuple|date|datetime)\b")
_AGAIN = re.compile(
    r"len|str|repr|int|float|round|sum|min|max|abs|sorted|join|strip|upper|lower|title|\w*format|strftime"
)
"""Functions and methods that may be called twice: they give the same again, and take nothing from anywhere."""

_ONCE = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_LOOSE = (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr)

_Left = Callable[[str, Written], Iterator[tuple[int, str]]]


def without_its_piece(changed: Changed) -> Iterator[Righted]:
    """Yield a text returned without the piece of a value that is missing, where a task shows what is left then."""
    yield from _without(changed, left_as_shown)


def without_what_is_empty(changed: Changed) -> Iterator[Righted]:
    """Yield the same where a task shows only how the text looks today: 'Mia <>' is not to be written so."""
    yield from _without(changed, left_of_today)


def words_for_nothing(changed: Changed) -> Iterator[Righted]:
    """Yield a formatted text with words in place of a value that is missing, where a task shows it with and without."""
    for part in parts(changed):
        if not isinstance(part, ast.JoinedStr):
            continue
        begin, end = changed.lines.span(part)
        found = FORMATTED.fullmatch(changed.lines.text[begin:end])
        pieces = _pieces(found["body"], part) if found else None
        if not found or not pieces:
            continue
        written, values, said = pieces
        holders = [one for one in part.values if isinstance(one, ast.FormattedValue)]
        quote = '"' if found["quote"].startswith("'") else "'"
        for place, words in said_for_nothing(changed.task, written):
            is_bare = holders[place].conversion == -1 and holders[place].format_spec is None
            if is_bare and not isinstance(values[place], _LOOSE):
                own, instead = said[place][1:-1].strip(), f"{quote}{words}{quote}"
                # A 0 may be a value, and is none where only None is spoken of.
                is_none = _is_only_none(changed, values[place], nothing_shown(changed.task, written, place))
                new = f"{{{instead} if {own} is None else {own}}}" if is_none else f"{{{own} or {instead}}}"
                body = joined(written.between, (*said[:place], new, *said[place + 1 :]))
                at = begin + found.start("body")
                yield from put(changed, f"`{words}` where there is nothing", (at, at + len(found["body"]), body))


def _without(changed: Changed, left: _Left) -> Iterator[Righted]:
    for part in parts(changed):
        if not (isinstance(part, ast.Return) and isinstance(part.value, ast.JoinedStr)):
            continue
        (begin, _), indent = changed.lines.span(part), changed.lines.indent(part.lineno)
        found = FORMATTED.fullmatch(changed.lines.text[slice(*changed.lines.span(part.value))])
        pieces = _pieces(found["body"], part.value) if found else None
        if not found or not pieces or changed.lines.text[changed.lines.start(part.lineno) : begin].strip():
            continue
        written, values, said = pieces
        for place, kept in left(changed.task, written):
            if not _may_be_asked_twice(values[place]):
                continue
            left_said = [*said[:place], *said[place + 1 :]]
            if place == 0:
                # What comes first now needs no zero before it: "5 min" of "0 h 05 min".
                left_said[:1] = [re.sub(r":0\d+d?\}$", "}", one) for one in left_said[:1]]
            rest = joined(written.without(place, kept), left_said)
            shown = nothing_shown(changed.task, written, place)
            test, new = _is_missing(changed, values[place], shown), f"f{found['quote']}{rest}{found['quote']}"
            first = f"if {test}:\n{indent}    return {new}\n{indent}"
            yield from put(changed, f"`if {test}: return {new}`", (begin, begin, first))


def _pieces(body: str, part: ast.JoinedStr) -> tuple[Written, list[ast.expr], tuple[str, ...]] | None:
    """Return a text in its pieces, its values, and how they are written; None where they cannot be told apart."""
    values = [one.value for one in part.values if isinstance(one, ast.FormattedValue)]
    places = [one.span("whole") for one in _VALUE.finditer(body)]
    ends, begins = [0, *(end for _, end in places)], [*(begin for begin, _ in places), len(body)]
    between = tuple(body[begin:end] for begin, end in zip(ends, begins, strict=True))
    said = tuple(body[begin:end] for begin, end in places)
    is_whole = [_value(one) for one in said] == [ast.dump(one) for one in values]
    if not is_whole or not 0 < len(values) <= MOST_VALUES or set("{}") & set("".join(between)):
        return None
    return Written(between, tuple(map(_name, values))), values, said


def _value(said: str) -> str:
    tree = tree_of(f"f{said!r}")
    match tree.body if tree else []:
        case [ast.Expr(value=ast.JoinedStr(values=[ast.FormattedValue(value=value)]))]:
            return ast.dump(value)
    return ""


def _name(value: ast.expr) -> str:
    """Return the last name of a name or a field; nothing of anything else."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _may_be_asked_twice(value: ast.expr) -> bool:
    for part in ast.walk(value):
        match part:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if _AGAIN.fullmatch(name):
                continue
            case ast.Call():
                return False
        if isinstance(part, _ONCE):
            return False
    return True


def _is_missing(changed: Changed, value: ast.expr, shown: set[str]) -> str:
    """Return the question whether a value is missing: whether it is None where that is shown and 0 may be a value."""
    said = ast.unparse(value)
    if _is_only_none(changed, value, shown):
        return f"{said} is None"
    return f"not ({said})" if isinstance(value, _LOOSE) else f"not {said}"


def _is_only_none(changed: Changed, value: ast.expr, shown: set[str]) -> bool:
    """Return whether a value is missing only where it is None: that is shown, or declared, and a 0 may be one."""
    kind = ""
    match value:
        case ast.Name(id=name) if (known := parameters(changed.node).get(name)) and known.node.annotation:
            kind = ast.unparse(known.node.annotation)
        case ast.Attribute(value=ast.Name(id="self"), attr=field):
            kind = fields_beside(changed, field).get(field, "")
    is_none = "None" in shown if shown else "None" in kind or "Optional" in kind
    return is_none and not _NEVER_ZERO.search(kind) and isinstance(value, ast.Name | ast.Attribute | ast.Subscript)
