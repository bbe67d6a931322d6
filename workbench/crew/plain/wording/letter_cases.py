"""Texts that are looked up, or given back, in upper or lower case: `"Yes" and "FALSE" are fine too`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import (
    Finder,
    Sure,
    alone,
    made,
    parts,
    quoted,
    said_as,
    set_at_the_top,
    spot,
)
from workbench.crew.plain.rows import given_back
from workbench.crew.plain.wording.folded import BLANKS, is_folded, is_of_case, made_in_case, may_be_text, value_of
from workbench.crew.slips.righted import Changed, Righted

_SMALL, _LARGE = re.compile(r"[^A-Z]*[a-z][^A-Z]*"), re.compile(r"[^a-z]*[A-Z][^a-z]*")
_LARGE_RANGE = re.compile(r"(?!.*(?:[a-z]-[a-z]|\\w|\(\?i)).*\[[^\]]*[A-Z]-[A-Z]")
_SMALL_RANGE = re.compile(r"(?!.*(?:[A-Z]-[A-Z]|\\w|\(\?i)).*\[[^\]]*[a-z]-[a-z]")


def looked_up(changed: Changed) -> Iterator[Righted]:
    """Yield what is looked up among texts of one case put in that case, where a task wants both cases taken.

    Nothing where the texts are not all in one case, or what is looked up is put in a case already.
    """
    if not is_of_case(changed.task):
        return
    strips = ".strip()" if BLANKS.search(changed.task) else ""
    looks: dict[str, list[ast.expr]] = {}
    hows: dict[str, str] = {}
    for value, how in _looks(changed):
        if (
            not is_folded(value)
            and _may_be_looked_up(changed, value)
            and hows.setdefault(ast.unparse(value), how) == how
        ):
            looks.setdefault(ast.unparse(value), []).append(value)
    for said, values in looks.items():
        yield from _in_case(changed, values, f"{strips}.{hows[said]}()")


def surely_looked_up(changed: Changed) -> Iterator[Righted]:
    """Yield the same of parameters that are texts, and of what is made of texts, where nothing else is done with them.

    What is given back, or kept, as it was written may be meant to stay so.
    """
    values = {ast.unparse(value): value for value, _ in _looks(changed)}
    text = changed.lines.text
    # A text that the file does not have is a new word.
    shown = [one.strip() for one in quoted(changed.task)]
    forms = [[f"{mark}{form}{mark}" for mark in "'\"" for form in (one.lower(), one.upper())] for one in shown]
    known = all(any(form in text for form in each) for each in forms)
    if len(values) == 1 and known and _is_only_looked_up(changed, next(iter(values.values()))):
        yield from looked_up(changed)


def _is_only_looked_up(changed: Changed, value: ast.expr) -> bool:
    if not isinstance(value, ast.Name):
        return isinstance(value, ast.Call) and _is_made_of_text(value)
    looks = {id(one) for one, _ in _looks(changed)}
    told = {id(part) for one in parts(changed) if isinstance(one, ast.Raise) for part in ast.walk(one)}
    known = parameters(changed.node).get(value.id)
    local = value_of(changed, value.id)
    is_text = known is not None and known.node.annotation is not None and ast.unparse(known.node.annotation) == "str"
    is_made = local is not None and isinstance(local[1], ast.Call) and _is_made_of_text(local[1])
    is_alone = all(id(one) in looks | told for one in changed.looks(value.id))
    return is_alone and (is_made or (is_text and not changed.sets(value.id)))


def _is_made_of_text(value: ast.Call) -> bool:
    return isinstance(value.func, ast.Attribute) and value.func.attr in {"strip", "lstrip", "rstrip"}


def given_in_case(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is given back in the other case, where a task shows today's and wanted texts that differ so."""
    shown = quoted(changed.task)
    pairs = [(one, two) for one, two in pairwise(shown) if one != two and one.lower() == two.lower()]
    hows = {how for _, two in pairs for how in ("upper", "lower") if two == getattr(two, how)()}
    if len(hows) != 1 or (found := given_back(changed)) is None:
        return
    (how,), (_, value, _) = hows, found
    is_whole = isinstance(value, ast.Call | ast.Name | ast.Attribute | ast.Subscript) and not is_folded(value)
    if is_whole and (span := spot(changed, value)):
        yield from made(changed, f"given back in {how} case", (*span, f"{alone(changed, value)}.{how}()"))
    for part in ast.walk(value):
        match part:
            case ast.Subscript(slice=ast.Constant(value=0)) if not is_folded(value) and (span := spot(changed, part)):
                yield from made(changed, f"letters in {how} case", (*span, f"{alone(changed, part)}.{how}()"))


def _looks(changed: Changed) -> Iterator[tuple[ast.expr, str]]:
    """Yield what is looked up among texts, or compared with one, each with the case that all of them are in."""
    tops = dict(set_at_the_top(changed.tree))
    for part in parts(changed):
        match part:
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() | ast.Eq() | ast.NotEq()], comparators=[right]):
                value, among = left, right
            case ast.Call(func=ast.Attribute(value=among, attr="get" | "index" | "count"), args=[value, *_]):
                pass
            case ast.Subscript(value=ast.Name() as among, slice=ast.Name() | ast.Attribute() as value):
                pass
            case (
                ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="fullmatch" | "match"), args=[among, value])
                | ast.Call(func=ast.Attribute(value=ast.Name() as among, attr="fullmatch" | "match"), args=[value])
            ):
                pattern = _pattern(changed, among, tops)
                if pattern and isinstance(value, ast.Name | ast.Call):
                    how = "upper" if _LARGE_RANGE.match(pattern) else "lower" if _SMALL_RANGE.match(pattern) else ""
                    yield from [(value, how)] if how else []
                continue
            case _:
                continue
        if how := _case_of(changed, among, tops):
            yield value, how


def _pattern(changed: Changed, among: ast.expr, tops: dict[str, ast.expr]) -> str:
    match tops.get(among.id) if isinstance(among, ast.Name) and among.id not in changed.own else among:
        case ast.Constant(value=str(pattern)) | ast.Call(args=[ast.Constant(value=str(pattern))], keywords=[]):
            return pattern
    return ""


def _case_of(changed: Changed, among: ast.expr, tops: dict[str, ast.expr]) -> str:
    """Return `lower` or `upper` where all texts that something is looked up among are so; nothing otherwise."""
    if ast.unparse(among) in {"string.ascii_uppercase", "ascii_uppercase"}:
        return "upper"
    if ast.unparse(among) in {"string.ascii_lowercase", "ascii_lowercase"}:
        return "lower"
    if isinstance(among, ast.Name):
        local = value_of(changed, among.id)
        known = tops.get(among.id) if among.id not in changed.own else local[1] if local else None
        among = known if known is not None else among
    match among:
        case (
            ast.Dict(keys=[_, *_] as elements)
            | ast.Tuple(elts=elements)
            | ast.List(elts=elements)
            | ast.Set(elts=elements)
        ):
            texts = [one.value if isinstance(one, ast.Constant) else None for one in elements]
        case ast.Constant(value=value):
            texts = [value]
        case _:
            return ""
    said = [text for text in texts if isinstance(text, str) and text.lower() != text.upper()]
    if not said or not all(isinstance(text, str) for text in texts):
        return ""
    is_small, is_large = (all(form.fullmatch(text) for text in said) for form in (_SMALL, _LARGE))
    return "lower" if is_small else "upper" if is_large else ""


def _in_case(changed: Changed, values: list[ast.expr], end: str) -> Iterator[Righted]:
    """Yield a value in a case wherever it is looked up; a name with its setting, or under a name of its own."""
    value = values[0]
    if isinstance(value, ast.Name):
        yield from made_in_case(changed, value.id, end)
        return
    spans = [span for one in values if (span := spot(changed, one))]
    if isinstance(value, ast.Attribute | ast.Subscript | ast.Call) and len(spans) == len(values):
        swaps = ((*span, f"{alone(changed, value)}{end}") for span in spans)
        yield from made(changed, f"`{ast.unparse(value)}{end}`", *swaps)


def _may_be_looked_up(changed: Changed, value: ast.expr) -> bool:
    """Return whether a value may be a text: nothing that is worked out, and no parameter that is something else."""
    is_plain = isinstance(value, ast.Attribute | ast.Subscript | ast.Call)
    return is_plain or (isinstance(value, ast.Name) and may_be_text(changed, value))


FINDERS: tuple[Finder, ...] = (looked_up, given_in_case)

SURE: tuple[Sure, ...] = (
    (
        surely_looked_up,
        said_as(
            r"^(?!.*\b(?:unless|except|only|if|when|but|instead|parameter|option\w*|writ\w*|print\w*|rais\w*|also|blanks?|spaces?"
            r"|stop|no longer|any ?more|strict\w*|stays?|errors?|(?:must|should) not be)\b)"
            r"(?!.*\b(?:not|never) (?:ignor|accept|allow))(?!.*n't (?:ignor|accept|allow))"
            r".*\b(?:(?:upper|lower)(?: case)? (?:and|or) (?:upper|lower) case"
            r" (?:should|must|do|does)(?: not|n't) matter"
            r"|(?:not|n't) (?:care|matter|mind)\b[^.;:]{0,20}\b(?:(?:upper|lower)(?: case)? (?:and|or)|case)\b"
            r"|(?:ignor\w*|regardless of) (?:the )?(?:(?:upper|lower)(?: case)? (?:and|or) (?:upper|lower) )?case\b"
            r"(?! (?:where|when|that|of|in)\b)"
            r"|(?:accept|take|understand|recogni[sz]e|read|know)\w*\b[^.;:]{0,50}\bin (?:any|either|upper or lower)"
            r"(?: letter)? ?case\b)"
        ),
        1,
    ),
)
