"""A written text in its pieces, compared with what a task shows of it: 'Mia, cat (None)' is to be 'Mia, cat'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.crew.plain.places import QUOTED, quoted

_MISSING = re.compile(
    r"\b(?:no|without|none|missing|unknown|empty|blank|full|zero|0|nil|null|undefined|nothing"
    r"|not (?:known|set|given|there))\b|n't\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"(?=.*[^\W\d_])[^\d\"'`\\{}$%\n]+")
"""Words that may stand in place of a value, in any quotes."""

_NOBODY = re.compile(rf"{_MISSING.pattern}|\b(?:nobody|no one)\b", re.IGNORECASE)
_WISHED = re.compile(r"\b(?:should|must)\b[^'\";.]*(?<!not )(?<!instead of )['\"]", re.IGNORECASE)
"""A text that is to be, and not one that is."""

_NOTHING = ("None", "", "0", "0.0", "0.00", "undefined", "null", "<nil>")
"""How a value is written that is not there."""

_ORDINARY = r"[\w .'’&-]+?"
"""A value that a task shows: something in brackets would be said for what is missing."""

_NO_MORE = re.compile(r"\b(?:just|only|leav\w+|left out|drop\w*|omit\w*)\b", re.IGNORECASE)
_CLOSED = re.compile(r"[)\]}]+")
_OPENED = {"(": ")", "[": "]", "<": ">", "'": "'", '"': '"'}
MOST_VALUES = 6
_LONGEST = 40
"""Characters around a value, of which each way to cut them is tried."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text with values in it: what stands before, between and behind them, and what each is called."""

    between: tuple[str, ...]
    names: tuple[str, ...]

    def without(self, place: int, kept: str) -> tuple[str, ...]:
        """Return what stands around the values that are left without one, `kept` where that stood."""
        return (*self.between[:place], kept, *self.between[place + 2 :])


def left_as_shown(task: str, written: Written) -> Iterator[tuple[int, str]]:
    """Yield values whose piece a task wants left out, each with what is kept around it.

    What is left must look as a task shows it. How the whole looks today may be shown, too; else the task must name the
    value, as in "without a breed", and it is the last one or stands at the very beginning: what is shown of another one
    may be written in its stead.
    """
    shown, words = quoted(task), QUOTED.sub("", task)
    for place in range(len(written.names)) if _MISSING.search(words) else ():
        for wanted in (one for one in dict.fromkeys(shown) if not _is_refused(task, one)):
            kept = None if any(_seen(written, place, wanted)) else _left(written, place, wanted, shown, words)
            if kept is not None:
                yield place, kept


def left_of_today(task: str, written: Written) -> Iterator[tuple[int, str]]:
    """Yield the same where a task shows only how the whole looks today: 'Mia <>' is not to be written so."""
    shown, words = quoted(task), QUOTED.sub("", task)
    if len(shown) != 1 or not _MISSING.search(words):
        return
    for place in range(len(written.names)) if _NO_MORE.search(words) else ():
        kept = _named(written, place, shown[0], words)
        if kept is not None and not any(written.without(place, kept)):
            yield place, kept
    if _WISHED.search(task):
        return
    for place in range(len(written.names)):
        if any(_seen(written, place, shown[0])):
            before, behind = written.between[place], written.between[place + 1]
            held = _CLOSED.match(before)
            closes = _OPENED.get(before.rstrip()[-1:], "")
            yield place, (held[0] if held else "") + (behind[1:] if closes and behind.startswith(closes) else behind)


def said_for_nothing(task: str, written: Written) -> Iterator[tuple[int, str]]:
    """Yield values with what is to be written in their place where they are missing.

    'Mon: ' that should be 'Mon: nobody yet' shows both.
    """
    shown, words = quoted(task), QUOTED.sub("", task)
    for place in range(len(written.names)) if _NOBODY.search(words) else ():
        for today in shown:
            for nothing, others in _seen_as(written, place, today):
                values = [re.escape(one) for one in others]
                pattern = _pattern(written.between, [*values[:place], "(.+)", *values[place:]])
                wanted = [found[1] for one in shown if one != today and (found := re.fullmatch(pattern, one))]
                whole = (joined(written.between, [*others[:place], one, *others[place:]]) for one in wanted)
                yield from (
                    (place, one)
                    for one, said in zip(wanted, whole, strict=True)
                    if one != nothing and _WORDS.fullmatch(one) and not _is_refused(task, said)
                )


def joined(between: Sequence[str], values: Sequence[str]) -> str:
    """Return a text with its values."""
    return between[0] + "".join(f"{value}{rest}" for value, rest in zip(values, between[1:], strict=True))


def _is_refused(task: str, wanted: str) -> bool:
    """Return whether a task says of a text that it is not to be: "must not give 'Mia'"."""
    shown = rf"['\"]{re.escape(wanted)}['\"]"
    ahead = rf"(?:\b(?:not|never|instead of|rather than)|n't)(?: \w+){{0,2}} {shown}"
    behind = rf"{shown} (?:should|must|shall|may)(?: not\b|n't\b| never\b|(?: \w+){{0,2}} ['\"])"
    return re.search(f"{ahead}|{behind}", task, re.IGNORECASE) is not None


def _left(written: Written, place: int, wanted: str, shown: list[str], words: str) -> str | None:
    """Return what is kept around a value that goes, so that the text looks as a task wants it; None if it cannot."""
    today = [known for one in shown if one != wanted for known in _seen(written, place, one)]
    if len(written.names) < 2:
        return None
    if not today:
        kept = _named(written, place, wanted, words)
        return kept if kept is not None and any(written.without(place, kept)) else None
    before, behind = written.between[place : place + 2]
    for first in range(len(before) + 1):
        for last in range(len(behind), -1, -1):
            between = written.without(place, before[:first] + behind[last:])
            if any(joined(between, known) == wanted for known in today):
                return before[:first] + behind[last:]
    return None


def _named(written: Written, place: int, wanted: str, words: str) -> str | None:
    """Return what is kept around a value that a task names where only what is left is shown; no word is cut for it."""
    before, behind = written.between[place : place + 2]
    is_at_an_end = place == len(written.names) - 1 or (not place and not before)
    is_other = len(written.names) < 2 or not is_at_an_end or _may_be(written.between, wanted)
    if is_other or len(before + behind) > _LONGEST or not _is_named(written.names[place], words):
        return None
    for first in range(len(before) + 1):
        for last in range(len(behind), -1, -1):
            is_cut = before[first - 1 : first + 1].isalnum() and 0 < first < len(before)
            if not is_cut and _may_be(written.without(place, before[:first] + behind[last:]), wanted):
                return before[:first] + behind[last:]
    return None


def _may_be(between: Sequence[str], wanted: str) -> bool:
    return re.fullmatch(_pattern(between, [_ORDINARY] * (len(between) - 1)), wanted) is not None


def _pattern(between: Sequence[str], values: Sequence[str]) -> str:
    """Return a pattern of a text that takes each value up to the next sign behind it, so that it takes no time."""
    pieces = [value + re.escape(rest) for value, rest in zip(values, between[1:], strict=True)]
    return re.escape(between[0]) + "".join(f"(?>{one})" for one in pieces[:-1]) + "".join(pieces[-1:])


def nothing_shown(task: str, written: Written, place: int) -> set[str]:
    """Return how a task shows a value that is not there: as 'None', as '0'."""
    return {nothing for one in quoted(task) for nothing, _ in _seen_as(written, place, one)}


def _seen(written: Written, place: int, today: str) -> Iterator[list[str]]:
    """Yield how the other values are written in a text that a task shows, where the one is missing in it."""
    yield from (others for _, others in _seen_as(written, place, today))


def _seen_as(written: Written, place: int, today: str) -> Iterator[tuple[str, list[str]]]:
    between = written.between
    for nothing in _NOTHING:
        kept = f"{between[place]}{nothing}{between[place + 1]}"
        if found := re.fullmatch(_pattern(written.without(place, kept), ["(.+?)"] * (len(written.names) - 1)), today):
            yield nothing, list(found.groups())


def _is_named(name: str, words: str) -> bool:
    """Return whether a task says of a value that it is not there, by its name."""
    said = re.sub(r"(?<=[a-z])(?=[A-Z])|_", "[_ ]?", name)
    return bool(name) and re.search(rf"\b(?:no|without)(?: an?| any)? {said}\b", words, re.IGNORECASE) is not None
