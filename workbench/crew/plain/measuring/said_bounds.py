"""The number that a task says something never passes: never more than 20 percent, capped at 30, at least 50."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?P<number>\d+(?:\.\d+)?)"
_UNIT = r"(?: ?(?P<unit>%|[A-Za-z]+))?(?: (?P<more>[a-z]+))?"
_MOST = (
    rf"\b(?:never|not|n't|no|at)(?: (?:be|gets?|gives?|goe?s?|grants?|pays?|charges?|takes?|costs?|allows?"
    rf"|returns?|rise|climb|exceed))?"
    rf"(?: anything| any| a| to)? (?:more than|higher than|larger than|greater than|above|over|beyond|most"
    rf"|exceed\w*|past) {_NUMBER}{_UNIT}"
)
_LEAST = (
    rf"\b(?:never|not|n't|no|at)(?: (?:be|gets?|gives?|goe?s?|pays?|charges?|takes?|costs?|returns?|falls?|drops?"
    rf"|sinks?))?"
    rf"(?: anything| any| a| to)? (?:less than|fewer than|lower than|below|under|least) {_NUMBER}{_UNIT}"
)
_CAPPED = (
    rf"\b(?:cap(?:ped)?|limit(?:ed)?|stops?|ends?|maximum|max)\b(?: \w+){{0,4}} (?:at|to|of"
    rf"|is) {_NUMBER}{_UNIT}"
)
_TREATED = (
    rf"\b(?:higher|larger|greater|bigger|more|above)\b[^.;]{{0,40}} (?:as|like|for|counts as|is"
    rf"|means) {_NUMBER}{_UNIT}"
)


@dataclass(frozen=True)
class Bound:
    """A number that something never passes, and the words that say what it is a number of."""

    function: str
    number: str
    words: frozenset[str]
    is_percent: bool


def said_bound(task: str) -> Bound | None:
    """Return the one bound that a task names; None where it names none, or several."""
    found = [
        ("min", one) for pattern in (_MOST, _CAPPED, _TREATED) for one in re.finditer(pattern, task, re.IGNORECASE)
    ]
    found += [("max", one) for one in re.finditer(_LEAST, task, re.IGNORECASE)]
    if len({(way, one["number"]) for way, one in found}) != 1:
        return None
    way, one = found[0]
    sentence = task[max(task.rfind(". ", 0, one.start()), 0) : one.end()]
    words = frozenset(re.findall(r"[a-z]+", sentence.lower()))
    is_percent = bool(words & {"percent", "percentage"}) or one["unit"] == "%" or "%" in task
    return Bound(way, one["number"], words | ({"percent"} if is_percent else frozenset()), is_percent)
