"""How a number stands in a formatted text: `1 seat` and `2 seats`, and with zeros before it or without."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import parts, quoted
from workbench.crew.slips.righted import FORMATTED, Changed, Righted
from workbench.edits.parses import tree_of

_VERBS = {"are": "is", "were": "was", "have": "has", "do": "does"}
_AFTER_ONE = re.compile(r"(?<![\w.,-])1 (?P<word>[a-z]{2,})(?: (?P<verb>is|are|was|were|has|have|does|do))?\b(?! \d)")
_VERB = rf" (?:{'|'.join(_VERBS)})\b"

_IRREGULAR = {"child": "children", "person": "people", "man": "men", "woman": "women", "foot": "feet", "mouse": "mice"}
_TAKES = frozenset({"next", "pop", "popleft", "popitem", "input", "read", "readline", "take", "random"})
"""Words in the names of functions that give something else each time."""

_NO_ZERO = re.compile(
    r"\b(?:no|without|drop|remove|strip|omit|lose|leave out|skip)\b[^.;]{0,30}\b(?:leading )?(?:zeros?|zeroes|0)\b",
    re.IGNORECASE,
)
_WANTS_ZERO = re.compile(
    r"\b(?:two|2)[- ]digits?\b|\b(?:pad|accept|allow|read|pars|understand)\w*|\bget (?:one|a)\b"
    r"|(?:\bnot|n't|\bnever) (?:lose|drop|remove|strip|omit)\b"
    r"|\b(?:should|must|like|want\w*|rather)\b[^.;'\"`]*['\"`](?:[^'\"`\n]*[^'\"`\n\w])?0\d",
    re.IGNORECASE,
)
"""How a task says that zeros are to stand before a number."""

_DIGITS = re.compile(r"\d+")
_VALUES = re.compile(r"\{[^{}]*\}")
_BARE = re.compile(r"\{[^{}:!='\"]*(?://|%|\w)[^{}:!='\"]*\}")
_PADDED = re.compile(r"\{(?P<value>[^{}:!]+):0\d+d?\}")


def one_of_many(changed: Changed) -> Righted | None:
    """Return the function with the singular after a 1, where the task shows both `1 seats` and `1 seat`."""
    pairs = singulars(changed.task)
    if not pairs or any(_asks_for_one(part) for part in ast.walk(changed.node)):
        return None
    if any(_has_words(part, f"1 {one}") for part in ast.walk(changed.node) for one, _ in pairs):
        return None
    # How a value is formatted is a formatted text too, and Python 3.11 has it where the whole stands.
    spans = {_span(changed, part) for part in parts(changed) if isinstance(part, ast.JoinedStr)}
    swaps = [(*span, _with_singulars(changed.lines.text[slice(*span)], pairs)) for span in spans if span]
    swaps = [swap for swap in swaps if swap[2]]
    what = ", ".join(f"`{one}` after a 1, `{many}` after others" for one, many in pairs)
    return changed.righted(what, *swaps) if len(swaps) == 1 else None


def singulars(task: str) -> list[tuple[str, str]]:
    """Return the words that a task shows after a 1 both for one thing and for many: `seat` with `seats`.

    With the verb behind them, where it is shown: `bow is` with `bows are`. Nothing where only one of them has it.
    """
    words = dict.fromkeys((found["word"], found["verb"] or "") for found in _AFTER_ONE.finditer(task))
    pairs = []
    for one, verb in words:
        for many in dict.fromkeys((_IRREGULAR.get(one, f"{one}s"), f"{one}s", f"{one}es")):
            for other in (behind for word, behind in words if word == many):
                if verb != _VERBS.get(other, ""):
                    return []
                pairs.append((f"{one} {verb}".rstrip(), f"{many} {other}".rstrip()))
    return pairs


def behind_a_number(many: str) -> str:
    """Return a pattern of a plural behind its number, with no verb behind it that would stay one for many."""
    return rf" {many}\b(?!{_VERB})"


def singular(changed: Changed) -> Iterator[Righted]:
    """Yield `one_of_many`."""
    made = one_of_many(changed)
    yield from [made] if made else []


def without_zero(changed: Changed) -> Iterator[Righted]:
    """Yield a number in a formatted text that is filled up with zeros written as it is."""
    if not _NO_ZERO.search(changed.task) or _WANTS_ZERO.search(changed.task):
        return
    for part in parts(changed):
        if isinstance(part, ast.JoinedStr) and (span := _span(changed, part)):
            for found in _PADDED.finditer(changed.lines.text, *span):
                new = f"{{{found['value']}}}"
                made = changed.righted(f"`{found[0]}` is `{new}`", (*found.span(), new))
                yield from [made] if made else []


def with_zeros(changed: Changed) -> Iterator[Righted]:
    """Yield a number in a formatted text filled up with zeros, where the task shows it without and with them.

    '3:5 h' that should be '3:05 h' is what `f"{hours}:{minutes} h"` gives, so its minutes are filled up.
    """
    shown = quoted(changed.task)
    wishes = {(one, *filled) for one in shown for other in shown if (filled := _filled_up(one, other))}
    if len(wishes) != 1:
        return
    ((today, at, width),) = wishes
    for part in parts(changed):
        span = _span(changed, part) if isinstance(part, ast.JoinedStr) else None
        written = FORMATTED.fullmatch(changed.lines.text[slice(*span)]) if span else None
        if span is None or written is None:
            continue
        found = re.fullmatch("(.+?)".join(map(re.escape, _VALUES.split(written["body"]))), today)
        for number, place in enumerate(_VALUES.finditer(written["body"]), 1) if found else ():
            if found and found.start(number) == at and _BARE.fullmatch(place[0]):
                begin, new = span[0] + written.start("body"), f"{place[0][:-1]}:0{width}}}"
                made = changed.righted(f"`{place[0]}` is `{new}`", (begin + place.start(), begin + place.end(), new))
                yield from [made] if made else []


def _filled_up(one: str, other: str) -> tuple[int, int] | None:
    """Return where a text has a number that another has with zeros before it, and how many digits it has there."""
    if _DIGITS.sub("0", one) != _DIGITS.sub("0", other):
        return None
    pairs = [
        pair for pair in zip(_DIGITS.finditer(one), _DIGITS.finditer(other), strict=True) if pair[0][0] != pair[1][0]
    ]
    if len(pairs) != 1:
        return None
    ((short, long),) = pairs
    is_filled = len(long[0]) > len(short[0]) and int(long[0]) == int(short[0])
    return (short.start(), len(long[0])) if is_filled else None


def _span(changed: Changed, text: ast.JoinedStr) -> tuple[int, int] | None:
    """Return where a formatted text of one line stands, if it is one whole: Python puts neighbours together."""
    span = changed.lines.span(text)
    return span if FORMATTED.fullmatch(changed.lines.text[slice(*span)]) else None


def _asks_for_one(part: ast.AST) -> bool:
    match part:
        case ast.Compare(comparators=[ast.Constant(value=1)]) | ast.Compare(left=ast.Constant(value=1)):
            return True
        case ast.MatchValue(value=ast.Constant(value=1)):
            return True
    return False


def _has_words(part: ast.AST, words: str) -> bool:
    text = part.value if isinstance(part, ast.Constant) else ""
    return isinstance(text, str) and re.search(rf"\b{words}\b", text) is not None


def _is_the_same_twice(part: ast.AST) -> bool:
    """Return whether a part of an expression gives the same each time, and needs no brackets."""
    match part:
        case ast.BoolOp() | ast.IfExp() | ast.Lambda() | ast.Compare() | ast.Await() | ast.Yield() | ast.NamedExpr():
            return False
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return _TAKES.isdisjoint(name.split("_"))
    return True


def _with_singulars(written: str, pairs: list[tuple[str, str]]) -> str:
    """Return a formatted text with each word as the number before it wants it; nothing if one has none there."""
    for one, many in pairs:
        written = _with_singular(written, one, many) if written else ""
    return written


def _with_singular(written: str, one: str, many: str) -> str:
    """Return a formatted text with its word's ending chosen by the number before it; nothing if there is none."""
    found = re.search(rf"(?<![\w.,{{])\{{(?P<value>[^{{}}:!'\"]+)\}} (?:{many}|{one})(?![\w{{(]|{_VERB})", written)
    value = tree_of(f"({found['value']})") if found else None
    # What is worked out twice must be the same, and nothing else when something is compared with it.
    if found is None or value is None or not all(map(_is_the_same_twice, ast.walk(value))):
        return ""
    quote = "'" if written.endswith('"') else '"'
    is_longer = many.startswith(one) and one not in _IRREGULAR and " " not in one
    stem, other = (one, many.removeprefix(one)) if is_longer else ("", many)
    chosen = f"{stem}{{{quote}{one.removeprefix(stem)}{quote} if {found['value']} == 1 else {quote}{other}{quote}}}"
    return f"{written[: found.start()]}{{{found['value']}}} {chosen}{written[found.end() :]}"
