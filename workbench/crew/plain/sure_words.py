"""The words that leave no doubt of what each finder finds in Python, where no command judges it."""

from __future__ import annotations

import re

from workbench.crew.plain import told
from workbench.crew.plain.adding import first_ones, instead, left_out, named_after, only_those, parameters
from workbench.crew.plain.adding.parameters import parameter_for_constant
from workbench.crew.plain.calls import (
    at_most_once,
    in_its_order,
    of_its_own,
    rounded_up,
    sorted_otherwise,
    the_whole,
    without_end_blank,
)
from workbench.crew.plain.counting import onces, zeros
from workbench.crew.plain.counting.twins import counted_once, each_once, no_twice
from workbench.crew.plain.leaving import amounts, empty_lines, kept
from workbench.crew.plain.leaving.entries import added_if_there
from workbench.crew.plain.leaving.filters import without_amounts, without_kind
from workbench.crew.plain.leaving.last_parts import last_part_missing
from workbench.crew.plain.leaving.lines import lines_passed_over
from workbench.crew.plain.leaving.pieces import without_its_piece, words_for_nothing
from workbench.crew.plain.leaving.taken import nothing_to_take, removed_if_there
from workbench.crew.plain.measuring import closed_days, digits, edges, held, hours, least, midnight, rounding
from workbench.crew.plain.measuring.days import full_months, full_years, weekdays_only
from workbench.crew.plain.measuring.minus import minus_in_front
from workbench.crew.plain.measuring.numbers import singular, with_zeros, without_zero
from workbench.crew.plain.measuring.open_ends import open_ended
from workbench.crew.plain.measuring.steps import in_steps
from workbench.crew.plain.measuring.thousands import between_thousands
from workbench.crew.plain.missing import empty_parts, nameless, no_file, surely_given
from workbench.crew.plain.missing.unknown_keys import value_of_unknown
from workbench.crew.plain.missing.unnamed import under_a_word
from workbench.crew.plain.ordering import missing_last, seconds, sorting
from workbench.crew.plain.ordering.orders import first_by_size, first_by_time
from workbench.crew.plain.ordering.ties import ties_by
from workbench.crew.plain.places import Finder, Sure, said_as
from workbench.crew.plain.refusing import refused_choices, refused_numbers
from workbench.crew.plain.refusing.ranges import refused_outside
from workbench.crew.plain.results import (
    bounded,
    bounded_somewhere,
    counted_as_one,
    given_where_empty,
    named_in_message,
)
from workbench.crew.plain.tests import at_the_boundary, caught_too, goes_on, no_bool, not_none, still_today
from workbench.crew.plain.wording import cuts, letter_cases, searched, tails
from workbench.crew.plain.wording.blanks import parts_stripped, text_stripped
from workbench.crew.plain.wording.enumerated import with_and
from workbench.crew.plain.wording.literals import texts_too, to_fit
from workbench.crew.plain.wording.signs import other_signs, split_too
from workbench.crew.plain.wording.texts import texts_in_any_case
from workbench.crew.slips.texts import AROUND_SIGN

_OTHER_ORDERS = r"same|equal\w*|ties?|then by|stay|(?:long|short|larg|small|bigg|high|low|b)est|sort\w* by (?!name)"
_SIGN = r"(?:[^\s\w]+|dash|hyphen|comma|colon|semicolon|dot|point|blank|space|slash|sign)(?!\w)"
_CHANGED = r"(?:changed|modified|mutated|altered|touched)\b"

_IS_NOTHING = r"(?:nothing|ignor\w+|silently|no error)"
_RAISES_NOW = r"(?:raises|gives|fails with|crashes with|ends (?:in|with)) an?"
_BLANKS = r"\b(?:blanks|spaces?|white ?spaces?)\b"
_ONLY_STRIPS = said_as(
    r"^(?!.*\b(?:empty|blank|nothing|case|upper|lower|also|too|if|unless|rais\w*|leave|add\w*|skip|end|begin|first(?!\s*[,.;!]|$)|last"
    r"|left|right|between|within|inside|inner|keep\w*|puts?|prints?|writes?|docstring|document\w*|comments?)\b)"
    r"(?!.*\b(?:not|never|longer|stops?) (?:to )?(?:be )?(?:strip|trim|ignor|remov|drop|cut))"
    rf"(?!.*\ball (?:the )?{_BLANKS})"
    r"(?!.*(?<!leading and )(?<!leading or )\btrailing\b)(?!.*\bleading\b(?! (?:and|or) t))"
    rf"(?!.*{_BLANKS} (?:from|in|of|out)\b)"
    rf"(?!.*{AROUND_SIGN})"
    rf"(?=.*\b(?:strip|trim|ignor|remov|drop|tolerat|allow|accept|not (?:matter|care|count)))(?=.*{_BLANKS})"
)
"""Words of blanks at both ends of a text, that are to go, and of no case, no other cleaning and no error beside it."""

SURE: tuple[Sure, ...] = (
    (
        parameter_for_constant,
        said_as(r"=\s?[\"']|\bdefault\w*(?: to| is|:)? [\"']|[\"'],? (?:by|as(?: the)?) default"),
        1,
    ),
    (bounded, said_as(r"^(?!.*\bnegative\b[^.;]*\b(?:for|if|when|unless|but|except|where|with)\b)"), 1),
    (bounded_somewhere, said_as(r"\b(?:never|not|n't|at most|at least)\b"), 1),
    (
        counted_as_one,
        said_as(r"^(?!.*\b(?:if|when|unless|except|only)\b).*\bsame day\b.*\b(?:cost|count|charge|pay)s?\b"),
        1,
    ),
    (
        given_where_empty,
        said_as(
            r"^(?!.*\b(?:unless|except|otherwise|mode|parameter|option\w*|only (?:if|when|for|in)|but|and|also)\b)"
        ),
        1,
    ),
    (named_in_message, said_as(r""), 1),
    (full_years, said_as(r""), 1),
    (
        full_months,
        said_as(
            r"^(?!.*(?:\b(?:not|never|no longer|as (?:an? )?(?:full|whole|complete\w*)|started|begun|rounded|unless"
            r"|if)\b|n't\b)).*\b(?:only|just)\b[^.;]{0,30}\b(?:full|whole|complete\w*) months?\b"
        ),
        1,
    ),
    (
        nothing_to_take,
        said_as(rf"\bKeyError\b.*\b{_IS_NOTHING}\b|\b{_IS_NOTHING}\b.*\b{_RAISES_NOW} KeyError\b"),
        2,
    ),
    (
        removed_if_there,
        said_as(rf"^(?=.*\b{_RAISES_NOW} ValueError\b)(?!.*\b(?:unless|except)\b).*\b{_IS_NOTHING}\b"),
        1,
    ),
    (
        no_twice,
        said_as(
            r"^(?!.*\b(?:unless|except|instead|replac\w*|overwrit\w*|count\w*|add(?:ed|s)? up|full|log\w*|warn\w*)\b)"
            r".*(?:\btwice\b|\b(?:a|the) second time\b|\balready (?:in|on|there|enrol\w*|listed|signed|registered|known"
            r"|part|a member|takes part)\b|\b(?:is|are) (?:in|on) (?:it|there|the \w+) already\b)"
        ),
        1,
    ),
    (goes_on, said_as(r"\bskip\b.*\bgo(?:es)? on\b"), 1),
    (no_bool, said_as(r"^(?=.*\b(?:rais|refus|reject|not accept)).*(?:\bbool(?:ean)?s?\b|\(True\))"), 1),
    (
        value_of_unknown,
        said_as(
            r"^(?!.*\b(?:also|only|logs?|warn\w*|prints?|count them|remember\w*|add (?:it|them)"
            r"|for (?:the |all )?[a-z]+ (?:under|in|on|with|of|at))\b)"
        ),
        1,
    ),
    (under_a_word, said_as(r""), 1),
    (weekdays_only, said_as(r"^(?=.*\bcount)(?!.*\b(?:unless|except|also|if|when|add\w*|parameter|option\w*)\b)"), 1),
    (
        open_ended,
        said_as(
            r"^(?!.*\b(?:unless|except|add\w*|parameter|option\w*|rais\w*)\b)"
            r".*(?:\bgoes on\b|\bnever (?:expires|ends)\b)"
        ),
        1,
    ),
    (caught_too, said_as(r"^\S+ (?:raises?|fails with) an? [A-Z]\w+Error\b.*\bshould (?:return|give)\b"), 1),
    (the_whole, said_as(r"\bunless the whole\b|\bsilently ignores\b"), 1),
    (
        of_its_own,
        said_as(
            rf"\b(?:neither|none of the) (?:arguments?|lists?|dict\w*)\b.*\b(?:may|must|should) be {_CHANGED}"
            rf"|\b(?:arguments?|input|original|caller's|given|passed)\b[^.;]*\b(?:may|must|should)(?: not|n't| never)"
            rf" be {_CHANGED}"
            r"|\b(?:may|must|should)(?: not|n't| never) (?:change|modify|mutate|alter|touch) (?:the|its|their|his)\b"
            r"|\b(?:should|must) (?:leave|keep) (?:the|its|my|our|your|their) [^.;]*\b"
            r"(?:untouched|unchanged|as (?:it|they) (?:is|are|was|were))"
            r"|\b(?:should|must) leave (?:the|its|my|our|your|their) (?:caller's |given |passed |original )?"
            r"(?:lists?|dict\w*|sets?|arguments?|inputs?) alone\b"
            r"(?! (?:and (?!(?:return|give)s? a)|(?:for|if|in|unless|when|where)\b))"
        ),
        1,
    ),
    (in_steps, said_as(r"^(?!.*(?:\b(?:if|when|unless|except|(?<!can )only|not)\b|n't\b)).*\bround"), 1),
    (each_once, said_as(r"(?:^|[.;!?] )(?:(?!\b(?:if|when|unless|count\w*)\b)[^.;!?])*\b(?:only|just) once\b"), 1),
    (without_amounts, said_as(r"^(?!.*\b(?:if|when|unless)\b).*\b(?:leave|skip|list|show|include)\b"), 1),
    (counted_once, said_as(r"^(?!.*\b(?:unless|except|only if|rais\w*|also)\b)"), 1),
    (lines_passed_over, said_as(r""), 1),
    (last_part_missing, said_as(r""), 1),
    (refused_outside, said_as(r""), 1),
    (parts_stripped, _ONLY_STRIPS, 1),
    (text_stripped, _ONLY_STRIPS, 1),
    (without_kind, said_as(r"\b(?:should|must|shall) (?:ignore|skip|leave out|not count)\b"), 1),
    (singular, said_as(r"^(?!.*\b(?:and if|also|no \w+ is left)\b)"), 1),
    (without_zero, said_as(r"\bleading zero\b"), 1),
    (with_zeros, said_as(r"\b(?:should|must|instead|not)\b"), 1),
    (
        without_its_piece,
        said_as(
            r"^(?!.*\b(?:unless|also|rais\w*|instead|add\w*|parameter|defaults?|logs?|warn\w*|wrong"
            r"|only (?:for|if|in|when|where)|is (?:set|on|off|true|false))\b)"
        ),
        1,
    ),
    (words_for_nothing, said_as(r"^(?!.*\b(?:unless|also|rais\w*|add\w*|parameter|option\w*)\b)"), 1),
    (added_if_there, said_as(r""), 1),
    (with_and, said_as(r"^(?!.*\b(?:if|when|parameter|option\w*|sort\w*|order\w*|today|wrong|log\w*)\b)"), 1),
    (between_thousands, said_as(r"\bcommas?\b"), 1),
    (minus_in_front, said_as(r"^(?!.*\b(?:unless|also|instead|parenthes\w+|rais\w*|parameter)\b)"), 1),
    (
        ties_by,
        said_as(
            r"^(?!.*\b(?:then the one|shar\w+|ranks?)\b).*"
            r"(?:\balphabetic|\bby (?:the |their )?(?:name|title)\b|\bthe one with [^.;]*\bfirst\b)"
        ),
        1,
    ),
    (first_by_time, said_as(r""), 1),
    (first_by_size, said_as(r""), 1),
    (sorted_otherwise, said_as(rf"^(?!.*\b(?:{_OTHER_ORDERS})\b).*\b(?:sort\w*|order\w*|first)\b"), 1),
    (in_its_order, said_as(r"^(?!.*\b(?:alphabet|revers|sort)).*\b(?:keep\w*|same|original)\b[^.;]*\border\b"), 1),
    (at_most_once, said_as(rf"\bonly (?:at )?the first {_SIGN}|\bfirst {_SIGN} only\b"), 1),
    (
        rounded_up,
        said_as(r"^(?!.*(?:\b(?:not|down|no longer)\b|n't\b)).*\bshould (?:be )?round\w*(?: \w+){0,2} up\b"),
        1,
    ),
    (without_end_blank, said_as(r"\b(?:blank|space)s? before the\b"), 1),
    (
        texts_too,
        said_as(r"^(?=.*[\"'][^\"'\w\s]{1,2}[\"']).*\b(?:skip|comment|ignor|begin|start).*\b(?:too|also|as well)\b"),
        1,
    ),
    (to_fit, said_as(r"^(?!.*\b(?:words?|not longer)\b).*\b(?:longer than|too long)\b.*\b(?:dots|on top|added)\b"), 1),
    (other_signs, said_as(r"\bcomma\b.*\b(?:point|dot)\b|\bdecimal comma\b"), 2),
    (
        split_too,
        said_as(
            r"^(?!.*\b(?:remov|strip|ignor|rais|refus|unless|if|when|instead)\w*\b)"
            r"(?=.*\b(?:also|too|as well)\b).*\b(?:understand|accept|allow|take|read|pars|cope|work|know)\w*"
        ),
        1,
    ),
    (
        texts_in_any_case,
        said_as(
            r"^(?!.*(?:case[- ]?sensitiv|(?:\b(?:not|never)|n't) ignor|\b(?:writ|print|show|display|convert)\w*"
            r"|\b(?:blanks|spaces?|white ?space)\b(?! around)|\b(?:dashes|hyphens|dots|accents|unless|except|also)\b))"
            r".*(?:\b(?:upper|lower)(?: case)? (?:and|or) (?:upper|lower)\b|\bcase[- ]?insensitiv"
            r"|\b(?:ignor\w*|regardless of)(?: the| letter| their)? case\b(?! (?:where|when|that|of|in)\b)"
            r"|\bcase (?:does not|doesn't|should not|must not) matter\b|\bin any case['\"]?(?:[.;:!)]|$))"
        ),
        1,
    ),
    (not_none, said_as(r"\bthough 0\b|\b(?:0|zero) counts\b"), 1),
    (
        at_the_boundary,
        said_as(
            r"^(?!.*\b(?:unless|only)\b).*\b(?:is|are|at) exactly (?:-?\d|[A-Z]{3})"
            r"|\b(?:forgets|misses|leaves out|drops|lacks) the last\b"
            r"|\b[Tt]he last [a-z]+(?: of (?:the|a) [a-z]+)? is (?:missing|left out|forgotten)\b"
            r"(?! (?:if|when|where|for|after)\b)"
        ),
        1,
    ),
    (
        at_the_boundary,
        said_as(
            r"^(?=.*\b(?:too|also|still|already|as well)\b)"
            r"(?!.*\balso (?:write|log|send|print|call|show|warn|raise|return|set|add|save|notify|mail|store|delete)\b)"
            r".*\b(?:of|for|at|on|after|before|is|are|(?:start|end|begin|last|cost|weigh)s?) exactly"
            r" (?:-?\d|now\b|today\b|[A-Z]{3})"
            r"|^(?=.*\b(?:missing|left out|not (?:in|on) (?:it|the list))\b).*\bexactly (?:now|today)\b"
        ),
        1,
    ),
    (
        still_today,
        said_as(
            r"^(?!.*\b(?:unless|except|only|no longer|not|never)\b|.*n't\b).*\b(?:start|end|begin|open|clos|expir|leav"
            r"|arriv|finish|fall|happen)\w*(?: due)? today (?:should|must|shall)"
            r" (?:(?:still|also) |(?=[^.;]*\b(?:too|as well)(?:[.;!]|$)))"
            r"be (?:given|listed|shown|included|found|returned|counted|there|valid)\b"
        ),
        1,
    ),
    (at_the_boundary, said_as(r"^(?!.*\b(?:each|every)\b).*\bvery (?:same )?(?:day|hour|minute|moment)\b"), 1),
    (at_the_boundary, said_as(r"\b(?:only|just|merely) touch\b(?! (?:the|a|an|its)\b)"), 3),
    (
        at_the_boundary,
        said_as(
            r"^(?=.*\b(?:overlap|clash|collid|conflict|(?:is|are) (?:fine|okay|allowed)\b)).*"
            r"\b(?:follow(?:s|ing)? (?:each other|one another)|one after (?:the other|another))"
            r" (?:directly|immediately)\b"
        ),
        3,
    ),
    (
        at_the_boundary,
        said_as(
            r"^(?!.*\b\d+ (?:sec|min|hour|day))"
            r"(?=.*\b(?:overlap|clash|collid|conflict|(?:is|are) (?:fine|okay|allowed)\b))"
            r".*\bback[ -]to[ -]back\b"
        ),
        3,
    ),
    *rounding.SURE,
    *digits.SURE,
    *least.SURE,
    *held.SURE,
    *hours.SURE,
    *midnight.SURE,
    *edges.SURE,
    *refused_numbers.SURE,
    *refused_choices.SURE,
    *named_after.SURE,
    *first_ones.SURE,
    *only_those.SURE,
    *left_out.SURE,
    *parameters.SURE,
    *instead.SURE,
    *letter_cases.SURE,
    *closed_days.SURE,
    *told.SURE,
    *onces.SURE,
    *zeros.SURE,
    *seconds.SURE,
    *missing_last.SURE,
    *sorting.SURE,
    *searched.SURE,
    *cuts.SURE,
    *tails.SURE,
    *kept.SURE,
    *empty_lines.SURE,
    *amounts.SURE,
    *no_file.SURE,
    *empty_parts.SURE,
    *nameless.SURE,
    *surely_given.SURE,
)
"""Finders, the words that leave no doubt of what they find, and the most that they may find for that."""


def words_of(find: Finder) -> re.Pattern[str]:
    """Return the words that leave no doubt of what a finder finds."""
    return next(words for one, words, _ in SURE if one is find)
