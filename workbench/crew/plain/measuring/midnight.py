"""A time between two others that goes past midnight: `-16` that should be `8`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, yields
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, made, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_LATE = re.compile(
    r"\bmidnight\b|\bover ?night\b|\bnight\b|\bnext (?:day|morning)\b|\bday after\b|\b(?:2[0-3])(?::\d\d)? (?:to"
    r"|until|till|and|-) ?0?[0-9](?::\d\d)?\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<![\w.:])-\d|\bnegative\b|\bminus\b|\bbelow (?:0|zero)\b|\bwrong\b|\b(?:past|over|after|across"
    r"|through) midnight\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"(?<![\w.:])(?P<number>-\d+(?:\.\d+)?)(?!\d|:)")
_WANTED = re.compile(
    r"\b(?:should|must|but|expected?|instead of|not|want) (?:it )?(?:be |give |return |say |get |is "
    r"|are )*(?P<number>\d+(?:\.\d+)?)(?![\d:]|\.\d)"
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|refus\w+|error|abs\w*|0 (?:then|instead))\b",
    re.IGNORECASE,
)
_PAIRS: tuple[tuple[str, str], ...] = (
    *(("end", early) for early in ("start", "begin")),
    *(("ends", early) for early in ("starts", "begins")),
    *(("finish", early) for early in ("start", "begin")),
    *(("to", "from"), ("until", "from"), ("till", "from"), ("until", "since"), ("stop", "start")),
    *(("close", "open"), ("closes", "opens"), ("closing", "opening"), ("last", "first"), ("out", "in"), ("up", "down")),
    *(("arrival", "departure"), ("arrives", "departs"), ("arrive", "depart"), ("arrived", "departed")),
    *(("leave", "come"), ("wake", "sleep"), ("ended", "started"), ("finished", "started"), ("finished", "began")),
)
"""Names of an end, each with one of its start."""

_DAY = {24.0: ("hours", "24"), 1440.0: ("minutes", "(24 * 60)"), 86400.0: ("seconds", "(24 * 60 * 60)")}
_TEXT = {"hours": "24", "minutes": "(24 * 60)", "seconds": "(24 * 60 * 60)"}
_DIVISORS = frozenset({60, 3600})
_NUMBERS = frozenset({1440, 86400, 24})


def past_midnight(changed: Changed) -> Iterator[Righted]:
    """Yield the one time between two others held within a day, in the unit that the task's numbers, or names, tell."""
    if not _LATE.search(changed.task) or not _NEGATIVE.search(changed.task) or _OTHERWISE.search(changed.task):
        return
    found = [part for part in parts(changed) if isinstance(part, ast.BinOp) and _is_between(part)]
    if len(found) != 1 or _knows_days(changed) or yields(changed.node):
        return
    (between,) = found
    unit = _unit(changed, between)
    span = spot(changed, between)
    if not unit or not span:
        return
    held = f"({written(changed, between)}) % {_TEXT[unit]}"
    before = changed.lines.text[span[0] - 1 : span[0]], changed.lines.text[span[1] : span[1] + 1]
    if before == ("(", ")") and isinstance(changed.holders.get(id(between)), ast.BinOp):
        # Brackets of its own stand around it already.
        new = f"{changed.lines.text[span[0] - 1 : span[1] + 1]} % {_TEXT[unit]}"
        yield from made(changed, f"`{new}`", (span[0] - 1, span[1] + 1, new))
    else:
        yield from made(changed, f"`{held}`", (*span, held))


def past_midnight_surely(changed: Changed) -> Iterator[Righted]:
    """Yield what `past_midnight` does, where the task's numbers are a day apart and it speaks of the function."""
    if _difference(changed.task) in _DAY and is_named(changed):
        yield from past_midnight(changed)


def _is_between(part: ast.BinOp) -> bool:
    """Return whether something is an end less a start, both taken in the same way."""
    if not isinstance(part.op, ast.Sub):
        return False
    left, right = ast.unparse(part.left), ast.unparse(part.right)
    for late, early in _PAIRS:
        pattern = rf"(?<![A-Za-z]){late}(?![A-Za-z])"
        if re.search(pattern, left) and re.sub(pattern, early, left) == right:
            return True
    return False


def _knows_days(changed: Changed) -> bool:
    """Return whether a function holds times within a day already, refuses some, or works with moments."""
    for part in own_parts(changed.node):
        match part:
            case ast.Constant(value=int() as value) if value in _NUMBERS:
                return True
            case ast.Raise() | ast.Attribute(attr="total_seconds" | "seconds" | "days") | ast.Name(id="timedelta"):
                return True
            case ast.Compare(ops=[ast.Lt() | ast.Gt() | ast.LtE() | ast.GtE()]):
                return True
    return False


def _difference(task: str) -> float | None:
    """Return how far what a task says is given today lies from what should be; None where it does not say both."""
    today, wanted = _TODAY.search(task), _WANTED.search(task)
    return float(wanted["number"]) - float(today["number"]) if today and wanted else None


def _unit(changed: Changed, between: ast.BinOp) -> str:
    """Return in which unit the time between two others is; nothing where that is not known, or the numbers differ."""
    holder = changed.holders.get(id(between))
    divisor = 1
    match holder:
        case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv(), right=ast.Constant(value=int() as value)) if (
            left is between and value in _DIVISORS
        ):
            divisor = value
        case ast.BinOp():
            return ""
    difference = _difference(changed.task)
    if difference is not None:
        return _DAY.get(difference * divisor, ("", ""))[0]
    said = f"{ast.unparse(between)} {changed.node.name if divisor == 1 else ''}".lower()
    if divisor > 1:
        unit = {60: "minutes", 3600: "seconds"}[divisor]
        return unit if "hour" in changed.node.name.lower() else ""
    return next((unit for unit in ("seconds", "minutes", "hours") if unit.removesuffix("s") in said), "")


FINDERS: tuple[Finder, ...] = (past_midnight,)
SURE: tuple[Sure, ...] = (
    (
        past_midnight_surely,
        said_as(r"^(?!.*\b(?:equal|swapped|same)\b).*(?:\bmidnight\b|\bnext day\b|\bnight\b|\b2[0-3]:\d\d\b)"),
        1,
    ),
)
