"""Empty parts of a text that is cut at a sign, or empty lines of one that is put together, left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, Sure, parts, put, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_EMPTY = re.compile(
    r"\b(?:empty|blank) (?:items?|entr(?:y|ies)|parts?|values?|names?|ones?|fields?|words?|tags?|pieces?|elements?"
    r"|texts?|strings?|cells?|columns?|keywords?|addresses|[a-z]+s)\b|\b(?:nothing|only blanks) between\b"
    r"|\bwhat is empty\b|\b(?:items?|entries|parts|values|names|fields|words|tags|pieces|ones|those)"
    r" (?:that|which) (?:are|is) (?:empty|blank)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:ignor\w+|skip\w*|leav(?:e|es|ing)\b[^.;\n]{0,30}\bout|left out|exclud\w+|omit\w*|drop\w*|discard\w*"
    r"|remov\w*|filter\w*|disregard\w*|throw\w* away|passed over|not (?:be )?(?:count|list|includ|contain|be in|giv)\w*"
    r"|(?:no|without) (?:empty|blank)|never (?:be|contain|give))\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|rais\w*|parameter|option\w*|instead|only (?:if|when|at)|at the (?:end|beginning|start)"
    r"|trailing|leading|first|last|lines?|rows?|keep\w*|not (?:be )?(?:drop|skip|ignor|remov|left|leav)\w*"
    r"|(?:don't|never|no longer) (?:be )?(?:drop|skip|ignor|remov|left|leav)\w*)\b",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(
    r"\b(?:empty|blank) lines?\b|\bline\b[^.;\n]{0,30}\b(?:empty|blank)\b|\b(?:empty|blank|missing) (?:ones?|parts?)\b"
    r"|\b(?:two|double) commas\b",
    re.IGNORECASE,
)
_CUTS = frozenset({"split", "rsplit"})


def empty_parts_left_out(changed: Changed) -> Iterator[Righted]:
    """Yield what is cut at a sign without its empty parts, where a task wants those left out."""
    if not (_EMPTY.search(changed.task) and _LEAVES.search(changed.task)) or _OTHERWISE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension(target=ast.Name(id=one), iter=values, ifs=[])])
                | ast.SetComp(generators=[ast.comprehension(target=ast.Name(id=one), iter=values, ifs=[])])
                | ast.GeneratorExp(generators=[ast.comprehension(target=ast.Name(id=one), iter=values, ifs=[])])
            ) if _is_cut(values) and (span := spot(changed, values)):
                yield from put(changed, f"`if {one}.strip()`", (span[1], span[1], f" if {one}.strip()"))
            case ast.For(target=ast.Name(id=one), iter=values, orelse=[]) if _is_cut(values):
                yield from _passed_over(changed, part, one)
            case (
                ast.Return(value=ast.Call() as values) | ast.Assign(targets=[ast.Name()], value=ast.Call() as values)
            ) if _is_cut(values) and "part" not in changed.own and (span := spot(changed, values)):
                new = f"[part for part in {written(changed, values)} if part.strip()]"
                yield from put(changed, f"`{new}`", (*span, new))


def empty_lines_left_out(changed: Changed) -> Iterator[Righted]:
    """Yield texts that are joined without those that are empty, where a task speaks of an empty line in the result."""
    if not _EMPTY_LINE.search(changed.task) or not _LEAVES.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str(sign)), attr="join"),
                args=[ast.List(elts=every) | ast.Tuple(elts=every) as held],
                keywords=[],
            ) if sign.strip(" \n,") == "" and (span := spot(changed, held)):
                one = "line" if "\n" in sign else "part"
                is_plain = not any(isinstance(inner, ast.Constant | ast.Starred) for inner in every)
                if one not in changed.own and is_plain:
                    new = f"{one} for {one} in {changed.lines.text[slice(*span)]} if {one}"
                    yield from put(changed, f"`if {one}`", (*span, new))


def _is_cut(values: ast.expr) -> bool:
    """Return whether a text is cut at a sign: at blanks, nothing empty is left."""
    match values:
        case ast.Call(func=ast.Attribute(attr=attr), args=[sign, *_]) if attr in _CUTS:
            return not (isinstance(sign, ast.Constant) and sign.value in {None, "\n"})
    return False


def _passed_over(changed: Changed, loop: ast.For, one: str) -> Iterator[Righted]:
    """Yield a loop that goes on with the next part at once where one is empty; nothing if it asks for that."""
    first = loop.body[0]
    is_stripped = ast.unparse(first) == f"{one} = {one}.strip()" and len(loop.body) > 1
    before = loop.body[1] if is_stripped else first
    lines, margin = changed.lines, changed.lines.indent(before.lineno)
    begin = lines.span(before)[0]
    is_asked = re.search(
        rf"\b(?:if|not|and|or) {one}\b(?:\.strip\(\))?(?: and|:| or|$)", ast.unparse(loop), re.MULTILINE
    )
    if is_asked or lines.text[lines.start(before.lineno) : begin].strip() or before.lineno == loop.lineno:
        return
    test = f"if not {one}:" if is_stripped else f"if not {one}.strip():"
    yield from put(changed, f"`{test} continue`", (begin, begin, f"{test}\n{margin}    continue\n{margin}"))


FINDERS: tuple[Finder, ...] = (empty_parts_left_out, empty_lines_left_out)

_PLAINLY = said_as(
    r"^(?!.*\b(?:unless|except|instead|parameter|option\w*|argument|only (?:if|when)|rais\w*|and|also|both|stay\w*|but"
    r"|once|sort\w*|lower|upper|twice|keep\w*|not (?:\w+ )?(?:drop|skip|ignor|remov|left out|leave)\w*)\b)"
)
SURE: tuple[Sure, ...] = ((empty_parts_left_out, _PLAINLY, 1), (empty_lines_left_out, _PLAINLY, 1))
