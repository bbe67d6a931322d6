"""Parts of a cut text that are empty, and are left out: 'mon,,tue,' has two days."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.missing.guards import guard, is_asked, is_generator, statement_of
from workbench.crew.plain.missing.wished import wished_values
from workbench.crew.plain.places import Finder, Sure, parts, put, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_THING = (
    r"(?:items?|entr(?:y|ies)|parts?|pieces?|elements?|fields?|tags?|words?|names?|values?|texts?|strings?|tokens?|cells?"
    r"|ones?|labels?|keywords?|numbers?|[a-z]+s)"
)
_EMPTY = (
    rf"(?:(?:empty|blank) (?:(?:or|and) (?:empty|blank) )?{_THING}\b"
    rf"|{_THING} (?:that|which) (?:are|is) (?:empty|blank)\b)"
)
_LEAVES_OUT = (
    r"(?:skip\w*|ignor\w+|leav(?:e|ing) out|left out|drop\w*|omit\w*|filter\w*(?: out)?|remov\w+|discard\w*|exclud\w+"
    r"|throw(?:n|ing)? away|go away|disappear|get rid of)"
)
_WISHES = re.compile(
    rf"\b{_LEAVES_OUT}(?: (?:all|any|the|such|those|also|too))* {_EMPTY}"
    rf"|\bleav(?:e|ing) (?:the |all |any )?{_EMPTY}[^.;,\n]{{0,20}}? out\b"
    rf"|\b{_EMPTY}[^.;:\n]{{0,40}}?\b(?:should|must|can|may|shall|to|please) (?:just |simply |all |rather )*"
    rf"(?:be )?{_LEAVES_OUT}\b"
    rf"|\b{_EMPTY}[^.;:\n]{{0,30}}?\b(?:should|must|shall) (?:not|never) (?:be|appear|count|show|turn|end)\b"
    rf"|\b(?:no|without|not [a-z]+ (?:any )?|never [a-z]+) {_EMPTY}"
    r"|\b(?:trailing|double|doubled|extra|repeated|superfluous|two) (?:comma|semicolon|separator|colon|slash)\w*\b"
    r"[^.;:\n]{0,60}\b"
    r"(?:ignor\w+|not matter|no (?:difference|empty)|not (?:give|make|produce|lead|result|add)|harmless|skip\w*)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\b(?:blanks?|spaces?|white ?spaces?)\b|[,;] [,;]", re.IGNORECASE)
_SHOWS_EMPTY = re.compile(r"\[(?:[^\[\]]*, ?)?(?:''|\"\")(?:, ?[^\[\]]*)?\]")
_SHOWS_ONLY_EMPTY = re.compile(r"\[(?:''|\"\")\]")
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|argument|option(?:al)?|keyword|rais\w+|error|replac\w+|keep\w*|count\w* as|become|None|zero"
    r"|not (?:be )?(?:skip|ignor|drop|remov|left|leav)\w*)\b|n't (?:be )?(?:skip|ignor|drop|remov|leav)",
    re.IGNORECASE,
)


def without_empty_parts(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is cut at a sign without the parts that are empty, where a task wants those left out.

    Nothing is found where the function looks at them already.
    """
    if not is_told(changed.task):
        return
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension(target=ast.Name(id=one), iter=cut, ifs=[]) as each])
                | ast.SetComp(generators=[ast.comprehension(target=ast.Name(id=one), iter=cut, ifs=[]) as each])
                | ast.GeneratorExp(generators=[ast.comprehension(target=ast.Name(id=one), iter=cut, ifs=[]) as each])
            ) if _is_cut(cut):
                if span := spot(changed, each.iter):
                    test = f" if {one}{_strip(changed, part)}"
                    yield from put(changed, f"only `{one}` with something in it", (span[1], span[1], test))
            case ast.For(target=ast.Name(id=one), iter=cut, orelse=[], body=[first, *_]) if _is_cut(cut):
                yield from _passed_over(changed, part, one, first)
            case ast.Return(value=ast.expr() as cut) | ast.Assign(targets=[ast.Name()], value=cut) if _is_cut(cut):
                name = next((one for one in ("part", "piece", "each") if one not in changed.own), "")
                span = spot(changed, cut)
                if name and span:
                    new = f"[{name} for {name} in {written(changed, cut)} if {name}{_strip(changed, cut)}]"
                    yield from put(changed, f"`{new}`", (*span, new))


def _passed_over(changed: Changed, loop: ast.For, one: str, first: ast.stmt) -> Iterator[Righted]:
    """Yield a loop that goes on at parts that are empty; behind the line that strips them, where it begins so."""
    strips = ast.unparse(first) == f"{one} = {one}.strip()" and len(loop.body) > 1
    behind = loop.body[1] if strips else first
    is_asked_there = isinstance(behind, ast.If) and one in ast.unparse(behind.test)
    if first.lineno == loop.lineno or is_asked_there or len(changed.sets(one)) != 1 + strips:
        return
    at, margin = changed.lines.start(behind.lineno), changed.lines.indent(behind.lineno)
    test = f"not {one}{'' if strips else _strip(changed, loop)}"
    rows = f"{margin}if {test}:\n{margin}    continue\n"
    yield from put(changed, f"`{one}` passed over where it is empty", (at, at, rows))


def _strip(changed: Changed, part: ast.AST) -> str:
    """Return what makes a part of nothing but blanks empty, where they do not count."""
    element = getattr(part, "elt", None)
    is_as_it_is = element is None or isinstance(element, ast.Name)
    is_blank = ".strip(" in ast.unparse(part) or _BLANK.search(changed.task)
    return "" if is_as_it_is and not is_blank and not isinstance(part, ast.For) else ".strip()"


def nothing_of_empty_text(changed: Changed) -> Iterator[Righted]:
    """Yield a guard clause for an empty text that is cut into `['']` today, where a task wants an empty list."""
    if not _SHOWS_ONLY_EMPTY.search(changed.task) or wished_values(changed.task) != ["[]"]:
        return
    if _OTHERWISE.search(changed.task) or is_generator(changed):
        return
    for part in own_parts(changed.node):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name() as held, attr="split"), args=[_]):
                inner = changed.holders[id(part)]
                whole: ast.expr = part
                if isinstance(inner, ast.comprehension):
                    if inner.ifs or not isinstance(around := changed.holders[id(inner)], ast.ListComp):
                        continue
                    whole = around
                before = statement_of(changed, whole)
                if before is None or is_asked(changed, held):
                    continue
                strips = ".strip()" if ".strip()" in ast.unparse(whole) else ""
                test = f"not {held.id}{strips}"
                yield from put(changed, f"`if {test}: return []`", *guard(changed, before, held, test, "[]"))


def is_told(task: str) -> bool:
    """Return whether a task wants empty parts of something left out, or shows some that are not to be there."""
    return (_WISHES.search(task) or _SHOWS_EMPTY.search(task)) is not None and not _OTHERWISE.search(task)


def _is_cut(cut: ast.expr) -> bool:
    """Return whether a text is cut at a sign: cut at blanks, it has no empty parts."""
    match cut:
        case ast.Call(func=ast.Attribute(attr="split"), args=[sign, *_]):
            return not (isinstance(sign, ast.Constant) and sign.value in {None, "\n"})
    return False


def surely_without_empty_parts(changed: Changed) -> Iterator[Righted]:
    """Yield the same where a text is cut once, and no part has its place."""
    cuts = [part for part in parts(changed) if isinstance(part, ast.Attribute) and part.attr == "split"]
    has_places = any(
        isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant | ast.UnaryOp)
        for part in parts(changed)
    )
    if len(cuts) == 1 and not has_places:
        yield from without_empty_parts(changed)


def surely_nothing_of_empty_text(changed: Changed) -> Iterator[Righted]:
    """Yield the same of a function that gives a list, as far as it says."""
    if changed.node.returns is None or re.match(r"(?:\w+\.)?(?:[Ll]ist|Sequence)\b", ast.unparse(changed.node.returns)):
        yield from nothing_of_empty_text(changed)


FINDERS: tuple[Finder, ...] = (nothing_of_empty_text, without_empty_parts)
SURE: tuple[Sure, ...] = (
    (
        surely_without_empty_parts,
        said_as(
            r"^(?!.*\b(?:unless|except|only|but|also|too|otherwise|logs?|logg\w+|warn\w*|prints?|if|when|first|last|where"
            r"|lines?|rows?|still|instead|sort\w*|order\w*|lower|upper|case|twice|duplicate\w*|unique|once"
            r"|, not|and|strip\w*|trim\w*|around)\b)"
            rf"(?=.*\b(?:{_LEAVES_OUT}) (?:all |any |the )?{_EMPTY}"
            rf"|.*\b{_EMPTY} (?:should|must|are to) (?:be )?{_LEAVES_OUT})"
        ),
        1,
    ),
    (
        surely_nothing_of_empty_text,
        said_as(
            r"^(?!.*\b(?:unless|except|only|but|also|too|otherwise|logs?|logg\w+|warn\w*|prints?|and"
            r"|instead of \w+ing)\b)"
        ),
        1,
    ),
)
