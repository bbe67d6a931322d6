"""A number written with commas between its thousands: `{amount:.2f}` is `{amount:,.2f}`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import QUOTED, parts, put, quoted
from workbench.crew.slips.righted import FORMATTED, Changed, Righted
from workbench.edits.parses import tree_of

_THOUSANDS = re.compile(r"\bthousands?\b", re.IGNORECASE)
_COMMA = re.compile(r"\bcommas?\b", re.IGNORECASE)
_SHOWN = re.compile(r"\d,\d{3}(?!\d)")
_SHOWN_OTHERWISE = re.compile(r"\d[. '_]\d{3}(?![\d.])|\d,\d{1,2}(?!\d)")
_OTHERWISE = re.compile(
    r"\b(?:no|not|without|remov\w*|drop\w*|strip\w*|read\w*|pars\w+|accept\w*|understand\w*|ignor\w*|instead of"
    r"|dots?|points?|blanks?|spaces?|decimals?|apostrophes?|underscores?|cope|copes|fail\w*|rais\w*|crash\w*|handl\w*|tak\w+"
    r"|if|when|unless|only|above|over|more|whole|sign|front|in thousands|ten thousand|every thousand|rows?|docstrings?"
    r"|document\w*)\b|n't\b",
    re.IGNORECASE,
)
"""Words of numbers that are read, or that are to be written with something else between their thousands."""

_NO_MATTER = re.compile(
    r"\b(?:hard|harder|difficult|easy|easier|nicer) to read\b"
    r"|\ba thousand(?: \w+)? (?:and|or) (?:more|above|over|up)\b",
    re.IGNORECASE,
)
"""Why somebody wants commas, and from where on there are any."""

_VALUE = re.compile(r"(?<!\{)(?:\{\{)*(?P<whole>\{(?P<value>[^{}:!='\"]*)(?::(?P<how>(?:\.\d+)?[fd]))?\})(?!%)")
"""A value that is written; neither a bracket that is doubled nor a share of a hundred."""

_DIGITS = re.compile(r"\d,\d{3}(?:\.(\d+))?(?!\d)")


def between_thousands(changed: Changed) -> Iterator[Righted]:
    """Yield a number in a formatted text with commas between its thousands, where a task asks for them.

    One that is written with so many digits comes first; a bare one must be known to be an integer.
    """
    shown = " ".join(quoted(changed.task))
    wants = _COMMA.search(changed.task) or _SHOWN.search(shown)
    words = _NO_MATTER.sub("", QUOTED.sub("", changed.task))
    if not (_THOUSANDS.search(changed.task) and wants) or _OTHERWISE.search(words) or _SHOWN_OTHERWISE.search(shown):
        return
    places = [
        (begin + found.start("whole"), found) for begin, text in _texts(changed) for found in _VALUE.finditer(text)
    ]
    named = [one for one in places if _is_named(words, one[1]["value"])]
    digits = {len(found[1] or "") for found in _DIGITS.finditer(shown)}
    places = [one for one in named or places if not digits or _digits(one[1]["how"]) in {None, *digits}]
    if not named and _is_written_otherwise(changed):
        return
    written = [(begin, found) for begin, found in places if found["how"]]
    for begin, found in written or [one for one in places if _is_whole(changed, *one)]:
        new = f"{{{found['value']}:,{found['how'] or ''}}}"
        yield from put(changed, f"`{found['whole']}` is `{new}`", (begin, begin + len(found["whole"]), new))


def _is_written_otherwise(changed: Changed) -> bool:
    """Return whether a number is written in a way that is not looked for: as wide as a column, by `%` or `format`."""
    for part in parts(changed):
        match part:
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(how))])):
                if how[-1:] in {"d", "f"} and not re.fullmatch(r"(?:\.\d+)?[df]|02d", how) and "," not in how:
                    return True
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()) | ast.Call(func=ast.Name(id="format")):
                return True
    return False


def _is_named(words: str, value: str) -> bool:
    """Return whether a task speaks of a value by its last name."""
    last = value.strip().rpartition(".")[2]
    return last.isidentifier() and re.search(rf"\b{last}\b", words) is not None


def _digits(how: str | None) -> int | None:
    """Return how many digits are written behind a number's point, where that is said."""
    return int(how[1:-1]) if how and how.startswith(".") and how.endswith("f") else None


def _texts(changed: Changed) -> Iterator[tuple[int, str]]:
    """Yield where the formatted texts of one line begin, and how they are written."""
    for part in parts(changed):
        match part:
            case ast.JoinedStr():
                span = changed.lines.span(part)
                if FORMATTED.fullmatch(text := changed.lines.text[slice(*span)]):
                    yield span[0], text
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) as said, attr="format")):
                span = changed.lines.span(said)
                yield span[0], changed.lines.text[slice(*span)]


def _is_whole(changed: Changed, begin: int, found: re.Match[str]) -> bool:
    """Return whether a value is an integer, or stands before a point and two more digits: `{euros}.{cents:02d}`."""
    rest = changed.lines.text[begin + len(found["whole"]) :]
    return _is_integer(changed, found["value"]) or re.match(r"[.,]\{\w+(?: % 100)?:0?2d?\}", rest) is not None


def _is_integer(changed: Changed, value: str) -> bool:
    """Return whether a value is surely an integer: a parameter of that type that stays as it comes, or how many."""
    tree = tree_of(value.strip()) if value.strip() else None
    match tree.body if tree else []:
        case [ast.Expr(value=ast.Name(id=name))] if name in (known := parameters(changed.node)):
            kind = known[name].node.annotation
            return kind is not None and ast.unparse(kind) == "int" and not changed.sets(name)
        case [ast.Expr(value=ast.Call(func=ast.Name(id="len")))]:
            return True
    return False
