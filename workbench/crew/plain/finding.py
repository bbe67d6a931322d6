"""Changes of one place that the words of a task name, and that need no model.

`skip it and go on` is a `break` that should be a `continue`; `0 counts too` is a parameter that is asked for its truth
where it should be asked whether it is None. A small model often copies such a function at each try. The host makes the
change first, and the task's own commands judge it as if it had been answered so. Nothing is made that no word asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from workbench.crew.judging.said_examples import said_examples
from workbench.crew.judging.stated import functions
from workbench.crew.plain import told
from workbench.crew.plain.adding import first_ones, instead, left_out, named_after, only_those
from workbench.crew.plain.adding.parameters import parameter_for_constant
from workbench.crew.plain.calls import (
    as_said,
    at_most_once,
    found_last,
    given_if_there,
    in_its_order,
    of_its_own,
    rounded_up,
    sorted_otherwise,
    the_whole,
    without_end_blank,
)
from workbench.crew.plain.counting import merged, onces, used_up, zeros
from workbench.crew.plain.counting.sums import added_to_new, added_up
from workbench.crew.plain.counting.twins import counted_once, each_once, no_twice
from workbench.crew.plain.leaving import amounts, empty_lines, kept
from workbench.crew.plain.leaving.entries import added_if_there
from workbench.crew.plain.leaving.filters import without_amounts, without_kind
from workbench.crew.plain.leaving.last_parts import last_part_missing
from workbench.crew.plain.leaving.lines import lines_passed_over
from workbench.crew.plain.leaving.pieces import without_its_piece, without_what_is_empty, words_for_nothing
from workbench.crew.plain.leaving.taken import nothing_to_take
from workbench.crew.plain.measuring import (
    bars,
    closed_days,
    digits,
    edges,
    held,
    hours,
    least,
    midnight,
    nearest,
    rounding,
)
from workbench.crew.plain.measuring.days import full_months, full_years, weekdays_only
from workbench.crew.plain.measuring.limits import no_limit_at_zero
from workbench.crew.plain.measuring.minus import minus_in_front
from workbench.crew.plain.measuring.numbers import singular, with_zeros, without_zero
from workbench.crew.plain.measuring.open_ends import open_ended
from workbench.crew.plain.measuring.steps import in_steps
from workbench.crew.plain.measuring.thousands import between_thousands
from workbench.crew.plain.missing import (
    empty_parts,
    missing_keys,
    nameless,
    new_keys,
    no_file,
    not_raised,
    nothing_there,
)
from workbench.crew.plain.missing.unknown_keys import value_of_unknown
from workbench.crew.plain.missing.unnamed import under_a_word
from workbench.crew.plain.ordering import missing_last, seconds, shared_places, sorting
from workbench.crew.plain.ordering.orders import first_by_size, first_by_time
from workbench.crew.plain.ordering.ties import flag_first, ties_by
from workbench.crew.plain.places import Finder, distinct
from workbench.crew.plain.refusing import (
    refused_amounts,
    refused_choices,
    refused_numbers,
    refused_states,
    refused_twice,
)
from workbench.crew.plain.refusing.ranges import refused_outside
from workbench.crew.plain.results import (
    bounded,
    bounded_somewhere,
    counted_as_one,
    given_where_empty,
    named_in_message,
)
from workbench.crew.plain.surest import surest
from workbench.crew.plain.tests import (
    at_the_boundary,
    caught_too,
    empty_too,
    goes_on,
    if_given,
    no_bool,
    not_none,
)
from workbench.crew.plain.wording import (
    blanks_within,
    characters,
    cuts,
    kept_cases,
    known_words,
    letter_cases,
    read_as,
    searched,
    tails,
)
from workbench.crew.plain.wording.blanks import parts_stripped, text_stripped
from workbench.crew.plain.wording.enumerated import with_and
from workbench.crew.plain.wording.literals import texts_too, to_fit, without_blanks
from workbench.crew.plain.wording.signs import other_signs, taken_as_another
from workbench.crew.plain.wording.texts import in_any_case, one_text_too
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.source import PYTHON_SUFFIXES, Lines
from workbench.model import FileEdit, Source

MOST = 10
"""Changes of one function that are tried."""

_FINDERS: tuple[Finder, ...] = (
    parameter_for_constant,
    *named_after.FINDERS,
    *first_ones.FINDERS,
    *only_those.FINDERS,
    *left_out.FINDERS,
    *instead.FINDERS,
    bounded,
    bounded_somewhere,
    counted_as_one,
    given_where_empty,
    *nothing_there.FINDERS,
    *not_raised.FINDERS,
    *no_file.FINDERS,
    *empty_parts.FINDERS,
    *nameless.FINDERS,
    named_in_message,
    full_years,
    full_months,
    weekdays_only,
    open_ended,
    no_limit_at_zero,
    without_kind,
    without_amounts,
    added_up,
    added_to_new,
    no_twice,
    counted_once,
    each_once,
    *onces.FINDERS,
    *zeros.FINDERS,
    *used_up.FINDERS,
    *merged.FINDERS,
    lines_passed_over,
    last_part_missing,
    refused_outside,
    parts_stripped,
    text_stripped,
    goes_on,
    no_bool,
    caught_too,
    not_none,
    empty_too,
    the_whole,
    singular,
    without_zero,
    with_zeros,
    without_its_piece,
    without_what_is_empty,
    words_for_nothing,
    added_if_there,
    with_and,
    between_thousands,
    minus_in_front,
    flag_first,
    ties_by,
    *seconds.FINDERS,
    *missing_last.FINDERS,
    first_by_time,
    first_by_size,
    *sorting.FINDERS,
    sorted_otherwise,
    in_its_order,
    found_last,
    at_most_once,
    in_steps,
    rounded_up,
    value_of_unknown,
    *missing_keys.FINDERS,
    *new_keys.FINDERS,
    under_a_word,
    nothing_to_take,
    given_if_there,
    if_given,
    of_its_own,
    without_end_blank,
    as_said,
    texts_too,
    to_fit,
    without_blanks,
    taken_as_another,
    one_text_too,
    *letter_cases.FINDERS,
    *kept_cases.FINDERS,
    in_any_case,
    *closed_days.FINDERS,
    *told.FINDERS,
    *shared_places.FINDERS,
    *known_words.FINDERS,
    *read_as.FINDERS,
    *characters.FINDERS,
    *blanks_within.FINDERS,
    other_signs,
    *searched.FINDERS,
    *cuts.FINDERS,
    *tails.FINDERS,
    *kept.FINDERS,
    *empty_lines.FINDERS,
    *amounts.FINDERS,
    at_the_boundary,
    *rounding.FINDERS,
    *nearest.FINDERS,
    *digits.FINDERS,
    *bars.FINDERS,
    *least.FINDERS,
    *held.FINDERS,
    *hours.FINDERS,
    *midnight.FINDERS,
    *edges.FINDERS,
    *refused_numbers.FINDERS,
    *refused_amounts.FINDERS,
    *refused_states.FINDERS,
    *refused_choices.FINDERS,
    *refused_twice.FINDERS,
)

_OF_BOUNDARIES = frozenset({at_the_boundary, *edges.FINDERS})
_LOOSE = frozenset(
    {as_said, at_most_once, caught_too, empty_too, found_last, given_if_there, goes_on, if_given, no_bool, not_none}
    | {one_text_too, taken_as_another, texts_too, the_whole}
)
"""Finders whose words are of so much else that only a command can tell."""

_EXACTLY = re.compile(
    r"\b(?:exactly|inclusive\w*|exclusive\w*|very (?:same )?(?:day|hour|minute)|on (?:the|that) same (?:day|time)"
    r"|or (?:more|less|later|earlier|longer|older|fewer)|(?:first|last) (?:day|one))\b",
    re.IGNORECASE,
)


def plain_changes(task: str, source: Source, name: str, *, by_example: bool = False) -> tuple[Righted, ...]:
    """Return a file with one change each of a function, those first whose words are the plainest.

    Args:
        task: what is asked.
        source: the file; what is no Python, or ends its lines with carriage returns, is left alone.
        name: the function's qualified name.
        by_example: whether the task's examples are to judge them: none without any, nor one that was made of them.
    """
    return _found(task, source, name, _FINDERS, by_example=by_example)


def likely_changes(task: str, source: Source, name: str) -> tuple[Righted, ...]:
    """Return those of the plain changes that are more than a guess: one alone is as good as an answer.

    Args:
        task: what is asked.
        source: the file; what is no Python, or ends its lines with carriage returns, is left alone.
        name: the function's qualified name.
    """
    left_out = _LOOSE if _EXACTLY.search(task) else _LOOSE | _OF_BOUNDARIES
    return _found(task, source, name, [find for find in _FINDERS if find not in left_out])


def _found(
    task: str, source: Source, name: str, finders: Sequence[Finder], *, by_example: bool = False
) -> tuple[Righted, ...]:
    """Return what some finders find in a function; not what is made of the task's examples where these judge."""
    try:
        changed = _unchanged(task, source, name)
        if changed is None or (by_example and not said_examples(task, name, changed.node)):
            return ()
        found = (one for find in finders if not (by_example and find is as_said) for one in find(changed))
        return tuple(islice(distinct(changed, found), MOST))
    except (SyntaxError, ValueError, RecursionError):
        return ()


def plain_changes_of(changed: Changed) -> Iterator[Righted]:
    """Yield an answer with one change each that the task names and the answer has not made, or not all of it.

    An answer often does one half of what is asked for and leaves the other. Boundaries of answers are slips
    (`workbench.crew.slips.sizes`).
    """
    edit = changed.edit.model_copy(update={"before": changed.edit.after})
    as_it_is = Changed(changed.task, edit, changed.node, changed.node, changed.lines)
    for one in distinct(as_it_is, (made for find in _FINDERS if find not in _OF_BOUNDARIES for made in find(as_it_is))):
        before = changed.edit.before
        yield Righted(one.what, tuple(each.model_copy(update={"before": before}) for each in one.edits))


def surest_change(task: str, source: Source, name: str) -> Righted | None:
    """Return the one change that a task's words leave no doubt of, for where nothing judges it; None without one.

    Args:
        task: what is asked.
        source: the file; what is no Python, or ends its lines with carriage returns, is left alone.
        name: the function's qualified name.
    """
    try:
        changed = _unchanged(task, source, name)
        return surest(changed) if changed else None
    except (SyntaxError, ValueError, RecursionError):
        return None


def _unchanged(task: str, source: Source, name: str) -> Changed | None:
    """Return a function as it is; None where there is none that can be changed here.

    Raises:
        ValueError: the file is no text.
    """
    content = source.content
    if not source.path.endswith(PYTHON_SUFFIXES) or b"\r" in content:
        return None
    node = functions(content).get(name)
    edit = FileEdit(path=source.path, before=content, after=content)
    return Changed(task, edit, node, node, Lines(content.decode("utf-8"))) if node else None
