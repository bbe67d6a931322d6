"""Empty lines of a text that is put together, left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, Sure, parts, put, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_LEAVES = re.compile(
    r"\b(?:ignor\w+|skip\w*|leav(?:e|es|ing)\b[^.;\n]{0,30}\bout|left out|exclud\w+|omit\w*|drop\w*|discard\w*"
    r"|remov\w*|filter\w*|disregard\w*|throw\w* away|passed over|not (?:be )?(?:count|list|includ|contain|be in|giv)\w*"
    r"|(?:no|without) (?:empty|blank)|never (?:be|contain|give))\b",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(
    r"\b(?:empty|blank) lines?\b|\bline\b[^.;\n]{0,30}\b(?:empty|blank)\b|\b(?:empty|blank|missing) (?:ones?|parts?)\b"
    r"|\b(?:two|double) commas\b",
    re.IGNORECASE,
)


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


FINDERS: tuple[Finder, ...] = (empty_lines_left_out,)

_PLAINLY = said_as(
    r"^(?!.*\b(?:unless|except|instead|parameter|option\w*|argument|only (?:if|when)|rais\w*|and|also|both|stay\w*|but"
    r"|at the (?:end|start|top|bottom|beginning)|within"
    r"|in the (?!result|text|address|output)|None|of two|with (?:an? )?(?:empty|blank)"
    r"|(?:skip|ignore|drop|omit|leave out) the (?P<line>\w+) line (?:if|when|where) (?:the )?(?!it\b|(?P=line)\b)\w+"
    r"|once|sort\w*|lower|upper|twice|keep\w*|not (?:\w+ )?(?:drop|skip|ignor|remov|left out|leave)\w*)\b)"
)
SURE: tuple[Sure, ...] = ((empty_lines_left_out, _PLAINLY, 1),)
