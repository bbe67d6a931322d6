"""A sign of a text that is read as another: `accept 9.30 as well as 9:30`, `prices with a comma`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Finder, Swap, alone, made, parts, put, said_as, spot, written
from workbench.crew.plain.wording.signs import taken_as_another
from workbench.crew.slips.righted import Changed, Righted

_TOKEN = re.compile(r"(?<![\w.,:/-])(?:\w+[.,:/-])+\w+(?:[ ]\d+:\d+)?(?![\w/]|[.:-]\w)")
_BETWEEN = said_as(r"\ba (?P<sign>T) between\b|\b(?P<sign2>T) (?:instead of|rather than) (?:the |a )?(?:blank|space)\b")
_TAKES = said_as(
    r"\b(?:accept\w*|understand\w*|also|too|as well|both|either|allow\w*|take|read|pars\w*|cope|besides"
    r"|type|typed|write)\b"
)
_NOT_ASKED = said_as(r"\b(?:no longer|not|never|n't) (?:be )?(?:accept|understand|allow|take|read)\w*")
_ALONE = said_as(
    r"\b(?:just|only|bare|plain|simply|a lone|like|as in) ['\"]?\d+['\"]?(?![\d:.,])"
    r"|\bwithout (?:the |any )?(?:minutes?|seconds?|cents?|second part|pence)\b|\b(?:full|whole) hours?\b"
)
_SPLITS = frozenset({"split", "partition", "rsplit", "rpartition"})
_PATTERN_CALLS = frozenset({"compile", "fullmatch", "match", "search", "findall"})


def read_as_another(changed: Changed) -> Iterator[Righted]:
    """Yield a text with one sign read as another, where the task shows both and the old one is looked for."""
    # What is said to be taken as another is made so at the top.
    is_made = any(taken_as_another(changed))
    if is_made or not _TAKES.search(changed.task) or _NOT_ASKED.search(changed.task):
        return
    for new, old in signs_shown(changed):
        yield from _read(changed, new, old)
        yield from _in_patterns(changed, new, old)


def signs_shown(changed: Changed) -> list[tuple[str, str]]:
    """Return pairs of signs, the new one first, in which two texts of the task or the docstring differ."""
    between = _BETWEEN.search(changed.task)
    found = [(between["sign"] or between["sign2"], " ")] if between else []
    said = _TOKEN.findall(changed.task)
    code = ast.unparse(changed.node)
    held = [
        part.value for part in ast.walk(changed.node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    known = [token for text in held for token in _TOKEN.findall(text)]
    for one in said:
        for other in [*said, *known]:
            signs = {pair for pair in zip(_shape(one), _shape(other), strict=False) if pair[0] != pair[1]}
            if len(_shape(one)) == len(_shape(other)) and len(signs) == 1:
                ((new, old),) = signs
                # The sign that the code looks for is the old one; of numbers a dot is.
                is_old = f"'{old}'" in code or any(old in text for text in _patterns(changed)) or old == "."
                if is_old and not new.isalnum() and not old.isalnum():
                    found.append((new, old))
    return list(dict.fromkeys(found))


def _shape(token: str) -> str:
    """Return a token with one digit for each number, and one letter for each word."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", token))


def _read(changed: Changed, new: str, old: str) -> Iterator[Righted]:
    replaced = f'.replace("{new}", "{old}")'
    numbers: list[Swap] = []
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=value, attr=attr), args=[ast.Constant(value=by), *_]) if (
                attr in _SPLITS and by == old and (span := spot(changed, value))
            ):
                yield from made(changed, f"`{replaced}`", (*span, f"{alone(changed, value)}{replaced}"))
            case ast.Call(func=ast.Attribute(attr="strptime"), args=[value, ast.Constant(value=str(form))]) if (
                old in form and (span := spot(changed, value))
            ):
                yield from made(changed, f"`{replaced}`", (*span, f"{alone(changed, value)}{replaced}"))
            case ast.Call(func=ast.Name(id="float" | "Decimal"), args=[value]) if (
                old == "." and new == "," and _is_text(changed, value) and (span := spot(changed, value))
            ):
                numbers.append((*span, f"{alone(changed, value)}{replaced}"))
    # Whoever writes one number of a text so writes all of them so.
    yield from made(changed, f"`{replaced}` in each number", *numbers) if numbers else ()


def _is_text(changed: Changed, value: ast.expr) -> bool:
    """Return whether a value may be a text: no parameter that is a number."""
    known = parameters(changed.node)
    kind = known[value.id].node.annotation if isinstance(value, ast.Name) and value.id in known else None
    is_plain = isinstance(value, ast.Name | ast.Call | ast.Attribute | ast.Subscript)
    return is_plain and (kind is None or "str" in ast.unparse(kind))


def _in_patterns(changed: Changed, new: str, old: str) -> Iterator[Righted]:
    """Yield a pattern that takes either sign, where the old one stands once in it."""
    lines = changed.lines
    for given in _pattern_nodes(changed):
        begin, end = lines.span(given)
        text, escaped = lines.text[begin:end], re.escape(old)
        if text.count(escaped) == 1 and "[" not in text and new.strip() and text[:1] in "rR'\"":
            yield from put(changed, f"`[{old}{new}]`", (begin, end, text.replace(escaped, f"[{old}{new}]")))


def _patterns(changed: Changed) -> list[str]:
    return [str(given.value) for given in _pattern_nodes(changed)]


def _pattern_nodes(changed: Changed) -> list[ast.Constant]:
    """Return the patterns that a function looks for, those of its file that it names too."""
    names = {part.id for part in parts(changed) if isinstance(part, ast.Name)} - changed.own
    tops = [
        one.value
        for one in changed.tree.body
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and one.targets[0].id in names
    ]
    found = []
    for part in [*parts(changed), *tops]:
        match part:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=attr), args=[ast.Constant(value=str()) as given, *_]
            ):
                found += [given] if attr in _PATTERN_CALLS else []
    return found


def without_a_second_part(changed: Changed) -> Iterator[Righted]:
    """Yield a number behind a sign that need not be there: `hours, _, minutes = text.partition(":")`, and no minutes.

    Where the first sign is also to be read as another, both are done.
    """
    if not _ALONE.search(changed.task) or _NOT_ASKED.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id=one), *middle, ast.Name(id=two)]) as targets],
                value=ast.Call(
                    func=ast.Attribute(value=text, attr=("split" | "partition") as how),
                    args=[ast.Constant(value=str(by))],
                ) as call,
            ) if len(middle) == (how == "partition"):
                swaps = [(*span, f"int({two} or 0)") for span in _read_as_number(changed, two)]
                head, end = spot(changed, targets), spot(changed, call)
                if not swaps or not head or not end:
                    continue
                pairs = [new for new, old in signs_shown(changed) if old == by]
                for also in ["", *(f'.replace("{new}", "{by}")' for new in pairs)]:
                    cut = f"{alone(changed, text)}{also}.partition({written(changed, call.args[0])})"
                    yield from put(changed, f"`{cut}`", (*head, f"{one}, _, {two}"), (*end, cut), *swaps)


def _read_as_number(changed: Changed, name: str) -> Iterator[tuple[int, int]]:
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="int"), args=[ast.Name(id=held)]) if held == name:
                if span := spot(changed, part):
                    yield span


FINDERS: tuple[Finder, ...] = (without_a_second_part, read_as_another)
