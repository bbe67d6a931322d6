"""How a number is written in a formatted text: with so many digits, filled up with zeros, or with its plus sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, put, said_as
from workbench.crew.plain.wording.fields import Field, fields, kind_of, shown_as
from workbench.crew.slips.righted import Changed, Righted

NUMBERS = {
    word: number
    for number, word in enumerate(re.findall(r"\w+", "one two three four five six seven eight nine ten"), 1)
}
"""The words of small numbers."""

_COUNT = rf"(?P<count>{'|'.join(NUMBERS)}|\d)"
_DIGITS = re.compile(rf"\b{_COUNT}[- ](?:digits?|figures?|places?)\b(?! (?:after|behind|decimal))", re.IGNORECASE)
_ZEROS = re.compile(
    r"\b(?:zeros?|zeroes)\b[^.;]{0,30}\b(?:front|left|before|ahead)\b|\b(?:fill\w*|pad\w*)\b[^.;]{0,40}\b"
    r"(?:zeros?|zeroes)\b"
    r"|\bleading (?:zeros?|zeroes)\b|\bzero-?padded\b",
    re.IGNORECASE,
)
_OF_A_WORD = (
    rf"\bthe (?P<word>\w+)\b(?: (?:should|must|always|out|up|with|zeros|number)){{0,4}} (?:to|with|as|in|have) "
    rf"(?:at least )?{_COUNT}\b"
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|only|if|no longer|without|never|drop|remov\w+"
    r"|decimals?|at most|(?:more|fewer|less) than|longer than|exactly|(?:should|must|may|need|do|does) not"
    r"|refus\w+|accept\w*|last|first|cut\w*|valid\w*)\b|n't\b",
    re.IGNORECASE,
)
_PLUS = re.compile(
    r"\bplus\b(?: sign)?[^.;]{0,40}\b(?:front|before|ahead|with|for|to)\b|\b(?:with|show|get|have|a) (?:an? )?"
    r"(?:leading )?plus\b"
    r"|\bsigns?\b[^.;]{0,40}\balways\b|\balways\b[^.;]{0,40}\bsigns?\b",
    re.IGNORECASE,
)
_ZERO_STAYS = re.compile(
    r"\b(?:0|zero)\b[^.;]{0,30}\b(?:stays?|unchanged|without|no sign|as (?:it|they))\b", re.IGNORECASE
)
_SIMPLE = re.compile(r"[A-Za-z_][\w.]*(?:\(\))?")
_FIXED = re.compile(r"0?\d*d?")
_NO_NUMBER = frozenset({"str", "bool", "date", "datetime", "time", "list[str]", "float", "Decimal"})


def in_digits(changed: Changed) -> Iterator[Righted]:
    """Yield a number in a formatted text filled up with zeros to so many digits.

    It is the one that stands there in a text that the task shows, or whose name the task says.
    """
    found = list(_wishes(changed))
    if found:
        what = "; ".join(f"`{one.value}` has {width} digits" for one, width in found)
        yield from put(changed, what, *(one.formatted(f"0{width}d") for one, width in found))


def in_digits_surely(changed: Changed) -> Iterator[Righted]:
    """Yield what `in_digits` does, of numbers that the file says are whole, in a function that the task speaks of."""
    if is_named(changed) and all(kind_of(changed, one.value) == "int" for one, _ in _wishes(changed)):
        yield from in_digits(changed)


def with_plus(changed: Changed) -> Iterator[Righted]:
    """Yield a number in a formatted text with a plus sign where it is more than 0, if the task shows it with one."""
    if not _PLUS.search(changed.task) or re.search(r"n't\b|\b(?:without|remove|drop|no|not|never) ", changed.task):
        return
    for one in fields(changed):
        is_plain = _SIMPLE.fullmatch(one.value) and "+" not in one.how and not one.how.startswith(("0", ">", "<", "^"))
        if not is_plain or kind_of(changed, one.value) in _NO_NUMBER - {"float", "Decimal"}:
            continue
        if not any(shown_as(changed, one, r"\+\d[\d.,]*")):
            continue
        if _ZERO_STAYS.search(changed.task):
            other = "'" if one.quote == '"' else '"'
            sign = f"{{{other}+{other} if {one.value} > 0 else {other}{other}}}"
            yield from put(changed, f"a plus before `{one.value}`", (one.begin, one.begin, sign))
        else:
            yield from put(changed, f"a plus before `{one.value}`", one.formatted(f"+{one.how}"))


def _wishes(changed: Changed) -> Iterator[tuple[Field, int]]:
    """Yield the numbers that are to have more digits, each with how many."""
    task = changed.task
    told = [_number(found["count"]) for found in _DIGITS.finditer(task)]
    if (not told and not _ZEROS.search(task)) or _OTHERWISE.search(task):
        return
    every = [one for one in fields(changed) if _may_be_filled(changed, one)]
    by_word = {found["word"].lower(): _number(found["count"]) for found in re.finditer(_OF_A_WORD, task, re.IGNORECASE)}
    of_words = [(one, by_word[one.name]) for one in every if one.name in by_word]
    if of_words and len(of_words) >= len(told):
        # What is shown there must not say otherwise.
        if (
            all(len(shown) >= width for one, width in of_words for shown in shown_as(changed, one, r"\d+"))
            or len(every) > 1
        ):
            yield from of_words
        return
    shown = [(one, {len(text) for text in shown_as(changed, one, r"0\d+")}) for one in every]
    shown = [(one, widths) for one, widths in shown if widths]
    if len(shown) == 1 and len(shown[0][1]) == 1 and len(told) <= 1:
        ((one, widths),) = shown
        (width,) = widths
        if not told or told[0] == width:
            yield one, width


def _may_be_filled(changed: Changed, one: Field) -> bool:
    return bool(
        _SIMPLE.fullmatch(one.value) and _FIXED.fullmatch(one.how) and kind_of(changed, one.value) not in _NO_NUMBER
    )


def _number(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)


FINDERS: tuple[Finder, ...] = (in_digits, with_plus)
SURE: tuple[Sure, ...] = (
    (
        in_digits_surely,
        said_as(r"^(?!.*\byears?\b.*\btwo\b|.*\btwo.digit years?\b).*\b(?:should|must|always|please|need|want)\b"),
        1,
    ),
)
