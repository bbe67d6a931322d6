"""Answers that are wrong by a slip, with the slip set right: what small models get wrong again and again.

A boundary that is off by one, a list where any iterable comes, a text where numbers come too, None where it means that
nothing was given: none of this needs a model. The host makes each such change to an answer that failed, and has it
judged as if it had been answered so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from workbench.crew.judging.stated import Function, parameters, yields
from workbench.crew.judging.trial_calls import calls_in, examples
from workbench.crew.plain.elsewhere.finding import righted_elsewhere
from workbench.crew.plain.finding import plain_changes_of
from workbench.crew.plain.measuring.numbers import one_of_many
from workbench.crew.plain.ordering.ties import ties_from_the_first, with_ties
from workbench.crew.slips.arguments import left_to_the_caller
from workbench.crew.slips.beginnings import begins_with
from workbench.crew.slips.cases import as_before_without
from workbench.crew.slips.cleaned_names import asked_of_the_clean
from workbench.crew.slips.cleaning import (
    added_not_cut,
    any_number,
    cleaned_early,
    cleaned_first,
    every_result,
    item_of_a_tuple,
)
from workbench.crew.slips.collections import (
    also_listed,
    asked_when_cleaned,
    at_both_signs,
    collapsed,
    joined_splits,
    other_value,
    put_back,
    until_gone,
)
from workbench.crew.slips.conditions import kept_condition
from workbench.crew.slips.cuts import asked_when_whole, cut_in_order
from workbench.crew.slips.defaults import default_as_it_stood
from workbench.crew.slips.elsewhere import evident_elsewhere
from workbench.crew.slips.few import few_as_before
from workbench.crew.slips.filters import still_left_out
from workbench.crew.slips.formats import as_quoted, said_as_given, with_two_digits
from workbench.crew.slips.forms import other_form
from workbench.crew.slips.guards import taken_out_anyway
from workbench.crew.slips.habits import called_as_ever, cleaned_as_ever, keys_as_ever, still_stripped
from workbench.crew.slips.iterables import as_lists, is_plain_iterable, wants_list
from workbench.crew.slips.keys import from_nothing
from workbench.crew.slips.loops import steps_on
from workbench.crew.slips.names import as_stored, called, known_here, nearest_fields
from workbench.crew.slips.nones import none_asked_first
from workbench.crew.slips.numbers import tried_as_a_number
from workbench.crew.slips.order import moved_by_one, narrow_try, of_its_own, out_of_a_block
from workbench.crew.slips.parameters import in_a_format, only_there
from workbench.crew.slips.questions import of_another, of_its_field
from workbench.crew.slips.refusals import kept_refusal, refused_before
from workbench.crew.slips.returns import returned_as_ever
from workbench.crew.slips.righted import (
    Changed,
    Righted,
    as_it_was,
    at_the_top,
    changed_function,
    guard_of,
    guarded,
    not_of_none,
    taken_out,
    unlike_none,
)
from workbench.crew.slips.sets import kept_in_order
from workbench.crew.slips.sizes import beside_it, boundaries, turned
from workbench.crew.slips.steps import in_reach, or_more
from workbench.crew.slips.texts import cut_once, in_one_case, mixed_up, one_end, only_around
from workbench.errors import NaniteError
from workbench.model import FileEdit

MOST = 8
"""Slips of one answer that are tried."""

MOST_NAMED = 5
"""Changes that the task names and that are tried in one answer which did not make them."""

_LACKS = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_LACKS_ORDER = re.compile(r"not supported between instances of '(?:NoneType' and '\w+|\w+' and 'NoneType)'")
_LACKS_ITEMS = re.compile(r"'tuple' object does not support item assignment")
_OF_ITERATORS = re.compile(r"\biter\(|\(\w+ for \w+ in |has no len\(\)|object is not (?:subscriptable|reversible)")
_LACKS_CALL = re.compile(r"'NoneType' object is not callable")
_OF_KEYWORDS = re.compile(r"unexpected keyword argument")
_OF_NOTHING = re.compile(r"\braised \w+ before the change\b.*\bgives None\b", re.DOTALL)
_OF_CASES = re.compile(
    r"\bgave .* before the change\b.*\bbut now it raises (?!(?:Name|Type|Attribute|Syntax|Recursion)Error)", re.DOTALL
)
_OF_VALUES = re.compile(r"took longer than|\b(?:Name|Type|Attribute|Syntax|Recursion)Error\b")
_NONE_COUNTS = re.compile(r"\b(?:also|even)\s+(?:if|when)\s+(?:it\s+is|that\s+is|it's)\s+`?None\b")
_OF_PATTERNS = re.compile(r"\b(?:patterns?|reg(?:ular )?ex(?:p|es|pressions?)?)\b", re.IGNORECASE)
_ITERABLE = re.compile(r"iterables?|iterators?|it")
_TYPED_ITERABLE = re.compile(r"(?:\w+\.)?Iter(?:able|ator)\b")


def righted(task: str, edits: Sequence[FileEdit], fault: NaniteError) -> tuple[Righted, ...]:
    """Return edits with one slip set right each, those first that are likely by what was said of them.

    Args:
        task: what was asked.
        edits: the answer; more than one file, or more than one function changed, is left alone.
        fault: what is wrong with it.
    """
    changed = changed_function(task, edits)
    if changed is None:
        return righted_elsewhere(task, edits) if fault.code == "checks-failed" else ()
    try:
        likely = [one for one in _likely(changed, fault) if one is not None][:MOST]
        named = islice(plain_changes_of(changed), MOST_NAMED) if fault.code == "checks-failed" else ()
        return (*likely, *named)
    except (RecursionError, ValueError):
        # Code can be deeper, and its texts quoted otherwise, than can be written anew.
        return ()


def _likely(changed: Changed, fault: NaniteError) -> list[Righted | None]:
    said = fault.message
    lacks = _LACKS.search(said)
    made: list[Righted | None] = [*(nearest_fields(changed, lacks[1], lacks[2]) if lacks else ()), *narrow_try(changed)]
    if _OF_KEYWORDS.search(said):
        made += taken_out(changed)
    if _OF_ITERATORS.search(said):
        made += as_lists(changed)
    if lacks:
        made += guarded(changed, lacks[2])
    if _LACKS_ORDER.search(said):
        made += not_of_none(changed)
    if _LACKS_CALL.search(said):
        made.append(_only_if_given(changed))
    if _LACKS_ITEMS.search(said):
        made += item_of_a_tuple(changed)
    if fault.code == "checks-failed":
        made += [*joined_splits(changed), *until_gone(changed), *other_value(changed)]
        made += [*as_quoted(changed), *also_listed(changed, said), *as_before_without(changed), *only_there(changed)]
        made += [
            *called_as_ever(changed),
            *other_form(changed, said),
            *of_another(changed),
            *of_its_field(changed),
            *cleaned_early(changed),
            *added_not_cut(changed),
        ]
    if _OF_NOTHING.search(said):
        made += [unlike_none(changed), as_it_was(changed)]
    if (fault.code == "checks-failed" and not _OF_VALUES.search(said)) or _OF_CASES.search(said):
        made += [_before_it_is_set(changed), *mixed_up(changed), *boundaries(changed), *turned(changed)]
        made += [*moved_by_one(changed), *beside_it(changed)]
    return made


def without_evident(task: str, edits: Sequence[FileEdit]) -> tuple[tuple[FileEdit, ...], tuple[str, ...]]:
    """Return edits without the slips that can be seen from the code and the task alone, and what was done.

    These are: old lines that cannot be reached any more; a name that is known under another one; a method taken for a
    value; a key that is looked up otherwise than it is stored; a loop that takes over a name; `lstrip` taken for what
    cuts off a word; None taken for nothing given, where the task says that it can be passed; the length of what is
    called an iterable; a method of texts called on what an example gives as a number; a new parameter, of which the
    task does not say that it is a pattern, taken into a regular expression as it comes; a pair cut at each of its signs
    of equality; an integer asked for where any number comes; what a list of texts lost when it got another; a text
    compared before the old lines clean it; a new parameter that is a word in a format; a text returned early where a
    new option changes what is returned at the end; a doubled sign replaced once where the task speaks of runs; a text
    cut at one sign and again at another, or at the two as if they were one; empty elements left out before they are
    cleaned; a name handed on as it comes that the old lines clean at every look; one side of a comparison alone in
    lower case where case is no matter; a number refused that is not made of digits alone; a text that was stripped at
    every look and is so nowhere; a condition of a comprehension that gave way to a new one; a plural after a 1 where
    the task shows both; ties that are left as they come, or backwards, where the task names their order; a text asked
    for as it comes, which old lines clean under another name; a cut made before old lines sort; the first sign asked of
    a text that may be empty; one digit behind a colon where the task shows two; a text cleaned before a message says
    it; the length of what was just cut to that length; a list made of a set; a collection of the caller's that is
    changed; a new parameter with another default than the constant whose place it took; the last one set apart from the
    others where there may be none or one; all blanks taken out where those around are meant; a key that is no longer
    cleaned; a key counted up that nothing set; a loop that goes on without its step; a higher step of a scale asked for
    behind a lower one; one number alone where the task says "or more"; what was left out of what is sorted now; None
    asked for behind a comparison with it; in JavaScript a value that counts as false taken for a missing one; a refusal
    that gave way to the new one; an old value returned with one step of cleaning less; an old
    step that is asked for only now.
    """
    edits, told = evident_elsewhere(task, edits)
    done = list(told)
    changed = changed_function(task, edits)
    of_names = (out_of_a_block, known_here, called, as_stored, of_its_own, in_a_format)
    of_values = (one_end, _none_that_counts, _iterables, _not_of_texts, _unescaped, cut_once, any_number, in_one_case)
    of_cleaning = (cleaned_first, cleaned_as_ever, returned_as_ever, still_stripped, keys_as_ever, asked_of_the_clean)
    of_what_was = (
        kept_condition,
        kept_refusal,
        refused_before,
        taken_out_anyway,
        none_asked_first,
        tried_as_a_number,
        one_of_many,
        with_ties,
        ties_from_the_first,
        begins_with,
    )
    of_texts = (with_two_digits, said_as_given, only_around)
    of_lists = (put_back, every_result, collapsed, at_both_signs, asked_when_cleaned, cut_in_order, still_left_out)
    of_sizes = (
        asked_when_whole,
        kept_in_order,
        left_to_the_caller,
        default_as_it_stood,
        few_as_before,
        from_nothing,
        steps_on,
        in_reach,
        or_more,
    )
    for find in (*of_names, *of_values, *of_cleaning, *of_what_was, *of_texts, *of_lists, *of_sizes):
        try:
            made = find(changed) if changed else None
        except (RecursionError, ValueError):
            made = None
        if made is not None:
            edits = made.edits
            done.append(made.what)
            changed = changed_function(task, edits)
    return tuple(edits), tuple(done)


def _only_if_given(changed: Changed) -> Righted | None:
    """Return new calls of a function that need not be given made only where it is; else what it would get is taken."""
    optional = {name for name, one in parameters(changed.node).items() if one.written == "None"}
    swaps: list[tuple[int, int, str]] = []
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=given)], keywords=[]) if name in optional:
                written = f"({given} if {name} is None else {name}({given}))"
                swaps.append((*changed.lines.span(part), written))
    return changed.righted(f"`{swaps[0][2]}`", *swaps) if swaps else None


def _before_it_is_set(changed: Changed) -> Righted | None:
    """Return the answer with what it sets and then returns kept from before, where it only sets a constant."""
    lines = changed.lines
    bodies = (getattr(holder, "body", None) for holder in ast.walk(changed.node))
    for one, after in (pair for body in bodies if isinstance(body, list) for pair in pairwise(body)):
        match one, after:
            case (
                ast.Assign(targets=[ast.Attribute() as goal], value=ast.Constant()),
                ast.Return(value=ast.Attribute() as value),
            ):
                name, begin = ast.unparse(goal), lines.span(one)[0]
                begins_line = not lines.text[lines.start(one.lineno) : begin].strip()
                if name == ast.unparse(value) and one in changed.new and begins_line and not changed.looks("before"):
                    kept = f"before = {name}\n{lines.indent(one.lineno)}"
                    swaps = (begin, begin, kept), (*lines.span(value), "before")
                    return changed.righted(f"`{name}` is returned as it was before it is set", *swaps)
    return None


def _none_that_counts(changed: Changed) -> Righted | None:
    return unlike_none(changed) if _NONE_COUNTS.search(changed.task) else None


def _iterables(changed: Changed) -> Righted | None:
    """Return parameters that are called iterables made lists, where the new lines want that and the old did not."""
    if yields(changed.node):
        return None
    old = list(ast.walk(changed.was)) if changed.was else []
    given = parameters(changed.node)
    wanted = [
        name
        for name in changed.names
        if _is_iterable(name, given[name].node)
        and any(wants_list(part, name) for part in changed.new)
        and not any(wants_list(part, name) for part in old)
        and is_plain_iterable(changed, name)
    ]
    return at_the_top(changed, [f"{name} = list({name})" for name in wanted]) if wanted else None


def _is_iterable(name: str, node: ast.arg) -> bool:
    if node.annotation is not None:
        return bool(_TYPED_ITERABLE.match(ast.unparse(node.annotation)))
    return bool(_ITERABLE.fullmatch(name))


def _not_of_texts(changed: Changed) -> Righted | None:
    """Return a new first line that calls a text's method, done only for texts, where an example gives a number."""
    if changed.was is None:
        return None
    numbers = set(_given_numbers(changed.was))
    for part in changed.new:
        match part:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in numbers:
                if hasattr(str, attribute) and not hasattr(int, attribute):
                    return guard_of(changed, name, attribute)
    return None


def _unescaped(changed: Changed) -> Righted | None:
    """Return new parameters that become part of a regular expression, each as what it says and no pattern."""
    if changed.was is None or _OF_PATTERNS.search(changed.task):
        return None
    added = set(changed.added)
    found: list[ast.Name] = []
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[pattern, *_]) if (
                name != "escape"
            ):
                found += [piece for piece in _pieces(pattern) if isinstance(piece, ast.Name) and piece.id in added]
    spans = [(changed.lines.span(piece), piece.id) for piece in found]
    # Python 3.11 does not always know where a part of an f-string stands.
    swaps = [(*span, f"re.escape({name})") for span, name in spans if changed.lines.text[slice(*span)] == name]
    names = ", ".join(dict.fromkeys(piece.id for piece in found))
    return changed.righted(f"`re.escape({names})` in the pattern", *swaps) if swaps else None


def _pieces(pattern: ast.expr) -> Iterator[ast.expr]:
    """Yield what a text is put together from by `+`; a name that is all of it is none."""
    if isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Add):
        for side in (pattern.left, pattern.right):
            yield side
            yield from _pieces(side)
    elif isinstance(pattern, ast.JoinedStr):
        for piece in pattern.values:
            if isinstance(piece, ast.FormattedValue) and piece.conversion == -1 and piece.format_spec is None:
                yield piece.value


def _given_numbers(node: Function) -> Iterator[str]:
    """Yield the parameters that an example in the docstring gives a number for."""
    names = list(parameters(node))
    for example in examples(node):
        for call in calls_in(node.name, example, bare=True):
            for name, value in zip(names, call.args, strict=False):
                if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                    yield name
