"""The piece of a written text that goes where its value is missing: 'Mia, cat' and not 'Mia, cat (None)'."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import QUOTED, fields_beside, parts, put
from workbench.crew.slips.righted import FORMATTED, Changed, Righted
from workbench.edits.parses import tree_of

_MISSING = re.compile(
    r"\b(?:no|without|none|missing|unknown|empty|blank|full|zero|0|nothing|not (?:known|set|given|there))\b|n't\b",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\b(?:should|must)\b[^'\";.]*(?<!not )(?<!instead of )['\"]", re.IGNORECASE)
"""A text that is to be, and not one that is."""

_VALUE = re.compile(r"(?<!\{)(?:\{\{)*(?P<whole>\{[^{}]+\})")
_NOTHING = ("None", "", "0", "0.0", "0.00")
"""How a value is written that is not there."""

_CLOSED = re.compile(r"[)\]}]+")
_OPENED = {"(": ")", "[": "]", "<": ">", "'": "'", '"': '"'}
_MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class _Text:
    """A formatted text: what stands before, between and behind its values, and the values."""

    quote: str
    between: tuple[str, ...]
    said: tuple[str, ...]
    values: tuple[ast.FormattedValue, ...]


def without_its_piece(changed: Changed) -> Iterator[Righted]:
    """Yield a text returned without the piece of a value that is missing, where a task shows what is left then.

    How it looks today may be shown, too; else the task must name the value, as in "without a breed".
    """
    shown, words = _shown(changed), QUOTED.sub("", changed.task)
    if not _MISSING.search(words):
        return
    for part, text in _returned(changed):
        for place in range(len(text.values)):
            for wanted in shown:
                yield from _given(changed, part, text, place, _left(text, place, wanted, shown, words))


def without_what_is_empty(changed: Changed) -> Iterator[Righted]:
    """Yield the same where a task shows only how the text looks today: 'Mia <>' is not to be written so."""
    shown, words = _shown(changed), QUOTED.sub("", changed.task)
    if len(shown) != 1 or not _MISSING.search(words) or _WISHED.search(changed.task):
        return
    for part, text in _returned(changed):
        for place in range(len(text.values)):
            if any(_seen(text, place, shown[0])):
                before, behind = text.between[place], text.between[place + 1]
                kept = _CLOSED.match(before)
                opened = before.rstrip()[-1:] in _OPENED and behind[:1] == _OPENED[before.rstrip()[-1]]
                rest = behind[1:] if opened else behind
                yield from _given(changed, part, text, place, _cut(text, place, (kept[0] if kept else "") + rest))


def _shown(changed: Changed) -> list[str]:
    return [text for groups in QUOTED.findall(changed.task) for text in groups if text]


def _returned(changed: Changed) -> Iterator[tuple[ast.Return, _Text]]:
    """Yield the formatted texts that are returned in a line of their own."""
    for part in parts(changed):
        if isinstance(part, ast.Return) and isinstance(part.value, ast.JoinedStr):
            begin, _ = changed.lines.span(part)
            text = _read(changed, part.value)
            if text and not changed.lines.text[changed.lines.start(part.lineno) : begin].strip():
                yield part, text


def _given(changed: Changed, part: ast.Return, text: _Text, place: int, new: str) -> Iterator[Righted]:
    if new:
        begin, _ = changed.lines.span(part)
        test, indent = _is_missing(changed, text.values[place].value), changed.lines.indent(part.lineno)
        first = f"if {test}:\n{indent}    return {new}\n{indent}"
        yield from put(changed, f"`if {test}: return {new}`", (begin, begin, first))


def _read(changed: Changed, part: ast.JoinedStr) -> _Text | None:
    """Return a text in its pieces; None where it is not one of one line, or holds what cannot be told apart."""
    found = FORMATTED.fullmatch(changed.lines.text[slice(*changed.lines.span(part))])
    values = tuple(one for one in part.values if isinstance(one, ast.FormattedValue))
    if found is None or not 0 < len(values) <= _MOST_VALUES:
        return None
    body = found["body"]
    places = [one.span("whole") for one in _VALUE.finditer(body)]
    ends = [0, *(end for _, end in places)]
    begins = [*(begin for begin, _ in places), len(body)]
    between = tuple(body[begin:end] for begin, end in zip(ends, begins, strict=True))
    said = tuple(body[begin:end] for begin, end in places)
    known = [ast.dump(one.value) for one in values]
    if "{" in "".join(between) or "}" in "".join(between) or [_value(one) for one in said] != known:
        return None
    return _Text(found["quote"], between, said, values)


def _value(said: str) -> str:
    tree = tree_of(f"f{said!r}")
    match tree.body if tree else []:
        case [ast.Expr(value=ast.JoinedStr(values=[ast.FormattedValue(value=value)]))]:
            return ast.dump(value)
    return ""


def _left(text: _Text, place: int, wanted: str, shown: list[str], words: str) -> str:
    """Return the text as it is written without one value, so that it looks as a task wants it; nothing if it cannot."""
    if any(_seen(text, place, wanted)):
        return ""
    today = [known for one in shown if one != wanted for known in _seen(text, place, one)]
    if not today and not _is_named(text.values[place].value, words):
        return ""
    before, behind = text.between[place], text.between[place + 1]
    for kept in dict.fromkeys(
        before[:first] + behind[last:] for first in range(len(before) + 1) for last in range(len(behind), -1, -1)
    ):
        between = (*text.between[:place], kept, *text.between[place + 2 :])
        pattern = _joined(tuple(map(re.escape, between)), [".+"] * (len(text.values) - 1))
        if any(_joined(between, known) == wanted for known in today) or (not today and re.fullmatch(pattern, wanted)):
            return _cut(text, place, kept)
    return ""


def _cut(text: _Text, place: int, kept: str) -> str:
    """Return a text without one value, and what is kept of what stands around it; nothing if no value is left."""
    between = (*text.between[:place], kept, *text.between[place + 2 :])
    said = (*text.said[:place], *text.said[place + 1 :])
    return f"f{text.quote}{_joined(between, said)}{text.quote}" if said else ""


def _seen(text: _Text, place: int, today: str) -> Iterator[list[str]]:
    """Yield how the other values are written in a text that a task shows, where the one is missing in it."""
    for nothing in _NOTHING:
        values = [re.escape(nothing) if number == place else "(.+?)" for number in range(len(text.values))]
        if found := re.fullmatch(_joined(tuple(map(re.escape, text.between)), values), today):
            yield list(found.groups())


def _joined(between: tuple[str, ...], values: list[str] | tuple[str, ...]) -> str:
    return between[0] + "".join(f"{value}{rest}" for value, rest in zip(values, between[1:], strict=True))


def _is_named(value: ast.expr, words: str) -> bool:
    """Return whether a task says of a value that it is not there: a name, or a field, by its last word."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            last = re.escape(name).replace("_", "[_ ]")
            return re.search(rf"\b(?:no|without)(?: an?| any)? {last}\b", words, re.IGNORECASE) is not None
    return False


def _is_missing(changed: Changed, value: ast.expr) -> str:
    """Return the question whether a value is missing: None only where another one that is false is a value, too."""
    said = ast.unparse(value)
    kind = ""
    match value:
        case ast.Name(id=name) if (known := parameters(changed.node).get(name)) and known.node.annotation:
            kind = ast.unparse(known.node.annotation)
        case ast.Attribute(value=ast.Name(id="self"), attr=field):
            kind = fields_beside(changed, field).get(field, "")
    if "None" in kind and re.search(r"\b(?:int|float|Decimal|bool|time|timedelta)\b", kind):
        return f"{said} is None"
    loose = isinstance(value, ast.BoolOp | ast.Compare | ast.IfExp | ast.Lambda | ast.NamedExpr)
    return f"not ({said})" if loose else f"not {said}"
