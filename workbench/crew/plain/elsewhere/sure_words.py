"""The words that leave no doubt of what a finder finds in JavaScript and Go, where nothing judges it."""

from __future__ import annotations

import re

from workbench.crew.plain.counting.sums import added_up_elsewhere
from workbench.crew.plain.counting.twins import each_once
from workbench.crew.plain.elsewhere.blanks import blank_too_elsewhere, stripped_elsewhere
from workbench.crew.plain.elsewhere.cases import in_any_case_elsewhere
from workbench.crew.plain.elsewhere.commas import decimal_commas_elsewhere
from workbench.crew.plain.elsewhere.copies import copied_elsewhere
from workbench.crew.plain.elsewhere.go_days import that_day_too
from workbench.crew.plain.elsewhere.go_slices import at_most_all
from workbench.crew.plain.elsewhere.letters import in_capitals_elsewhere, small_letters_elsewhere
from workbench.crew.plain.elsewhere.messages import named_in_message_elsewhere
from workbench.crew.plain.elsewhere.missing import given_for_missing_elsewhere
from workbench.crew.plain.elsewhere.options import option_elsewhere
from workbench.crew.plain.elsewhere.pieces import without_pieces, words_for_nothing_elsewhere
from workbench.crew.plain.elsewhere.places import FinderElsewhere
from workbench.crew.plain.elsewhere.refusals import too_little_elsewhere
from workbench.crew.plain.elsewhere.rounding import rounded_elsewhere
from workbench.crew.plain.elsewhere.singular import singular_elsewhere
from workbench.crew.plain.elsewhere.splits import split_too_elsewhere
from workbench.crew.plain.elsewhere.taken import taken_elsewhere
from workbench.crew.plain.elsewhere.tells import tells_elsewhere
from workbench.crew.plain.elsewhere.ties import ties_elsewhere
from workbench.crew.plain.elsewhere.twins import each_once_elsewhere
from workbench.crew.plain.elsewhere.zeros import with_zeros_elsewhere
from workbench.crew.plain.leaving.pieces import without_its_piece, words_for_nothing
from workbench.crew.plain.measuring.limits import no_limit_at_zero_elsewhere
from workbench.crew.plain.measuring.minus import minus_in_front, minus_in_front_elsewhere
from workbench.crew.plain.measuring.numbers import singular
from workbench.crew.plain.places import Finder
from workbench.crew.plain.sure_words import words_of
from workbench.crew.plain.wording.enumerated import with_and, with_and_elsewhere
from workbench.crew.plain.wording.texts import texts_in_any_case

_TWINS: dict[FinderElsewhere, Finder] = {
    without_pieces: without_its_piece,
    words_for_nothing_elsewhere: words_for_nothing,
    singular_elsewhere: singular,
    minus_in_front_elsewhere: minus_in_front,
    each_once_elsewhere: each_once,
    with_and_elsewhere: with_and,
    in_any_case_elsewhere: texts_in_any_case,
}
"""Finders that are as sure of their words as those of Python that find the same."""

_UNSURE: frozenset[FinderElsewhere] = frozenset(
    {too_little_elsewhere, taken_elsewhere, that_day_too, in_capitals_elsewhere, option_elsewhere, tells_elsewhere}
)
"""Finders of what words alone do not tell."""

_WORDS: dict[FinderElsewhere, str] = {
    copied_elsewhere: (
        r"^(?!.*\b(?:objects?|deep|(?:should|must) (?:also )?(?:chang|mutat|modif|reorder|alter|touch)\w*)\b)"
        r".*(?:\bcop(?:y|ies)\b|\balone\b|\bun(?:changed|touched)\b|\bas (?:it|they) (?:is|are|was|were)\b"
        r"|\b(?:chang|mutat|modif|reorder|alter|touch)\w* the\b)"
    ),
    with_zeros_elsewhere: (
        r"^(?!.*\b(?:last|first|round\w*|mask\w*|refus\w*|prices?|at most)\b)"
        r".*(?:\b(?:days?|months?|hours?|minutes?|seconds?|weeks?|zero\w*)\b|\b0\d)"
    ),
    each_once_elsewhere: r"^(?!.*\b(?:call|run|fetch|load|send|ask|log|count)\w*\b)",
    decimal_commas_elsewhere: r"\bdecimal comma\b|\d,\d{1,2}(?![\d,])",
    split_too_elsewhere: (
        r"^(?!.*\b(?:remov|strip|ignor|rais|refus|before|after|around|behind|writ|print|join)\w*)"
        r"(?=.*\b(?:understand|accept|allow|take|read|pars|cope|work|know)\w*).*['\"][^'\"]{3,}['\"]"
    ),
    stripped_elsewhere: (
        r"^(?!.*(?:\b(?:between|inside|inner|within|trailing|leading|end|begin|if|(?<!^)when|empty|blank)\b"
        r"|(?:\b(?:not|never)|n't) (?:be )?(?:strip|trim)"
        r"|\ball (?:the )?(?:blanks|spaces))).*\b(?:blanks|spaces?|white ?spaces?)\b"
    ),
    ties_elsewhere: (
        r"^(?!.*\b(?:then the one|same (?:look|order|way|as))\b)"
        r".*(?:\balphabetic|\bby (?:the |their )?\w+|\border of\b|\bfirst\b|\bon top\b)"
    ),
    minus_in_front_elsewhere: (
        r"^(?=.*['\"][^'\"\d-]+-\d)(?=.*['\"]-)"
        r"|\b(?:in front of|before) the (?:\w+ )?(?:sign|symbol|currency|euro|dollar)\b"
    ),
    blank_too_elsewhere: r"\b(?:only|just|nothing but) (?:of )?(?:blanks|spaces|white ?space)\b",
    no_limit_at_zero_elsewhere: r"^(?!.*\b(?:end|minimum|at least)\b).*\b(?:limit|maximum|cap)\b",
    added_up_elsewhere: r"\b(?:should|must|have to) (?:be )?(?:add|sum)\w* (?:them |it |these )?up\b",
    given_for_missing_elsewhere: r"^(?!.*\b(?:unless|except|only if|also)\b).*\b(?:instead of|returns) undefined\b",
    small_letters_elsewhere: r"^(?!.*\b(?:unless|except|stay|keep|but)\b).*\bsmall letters? (?:too|as well)\b",
    rounded_elsewhere: r"^(?!.*\b(?:unless|except|if|when)\b).*\b(?:always round up|should (?:be )?round\w* up)\b",
    named_in_message_elsewhere: r"^(?!.*\b(?:unless|except|and also)\b).*\berror\b",
    at_most_all: r"\b(?:fewer|shorter|out of range|not enough|(?:more|greater|larger) than)\b",
}
"""What must be said besides, or not."""

_OF = {find: re.compile(words, re.IGNORECASE | re.DOTALL) for find, words in _WORDS.items()}


def are_sure(find: FinderElsewhere, task: str) -> bool:
    """Return whether a task's words leave no doubt of what a finder finds."""
    if find in _UNSURE:
        return False
    said = " ".join(task.split())
    of_python = words_of(_TWINS[find]) if find in _TWINS else None
    asked = [one for one in (_OF.get(find), of_python) if one is not None]
    return all(words.search(said) for words in asked)
