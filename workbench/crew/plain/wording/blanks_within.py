"""Blanks within a text: runs of them made one, and a length without them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Finder, alone, made, parts, said_as, spot
from workbench.crew.plain.rows import given_back
from workbench.crew.slips.righted import Changed, Righted

_RUNS = said_as(
    r"\b(?:squeez|collaps|condens|shrink|reduc|normali[sz])\w*\b|\b(?:double|several|multiple|many|more than one|two"
    r"|any run of|runs? of|extra|repeated|additional)\b[^.;]{0,20}\b(?:blanks?|spaces?|white ?space)\b"
)
_BLANKS = said_as(r"\b(?:blanks?|spaces?|white ?spaces?)\b")
_FREE = said_as(
    r"\b(?:free|not (?:be )?(?:count|charg)\w*|n't (?:count|charg|cost)\w*|without (?:the )?(?:blanks|spaces)"
    r"|cost nothing)\b"
)
_NOT_ASKED = said_as(
    r"\b(?:not|never|n't|no longer|stop) (?:be )?(?:drop|remov|strip|delet|ignor|split|turn|replac)\w*"
)


def blanks_squeezed(changed: Changed) -> Iterator[Righted]:
    """Yield runs of blanks made one: `text.strip()` is `" ".join(text.split())`, and `split(" ")` is `split()`."""
    if not _BLANKS.search(changed.task) or not _RUNS.search(changed.task) or _NOT_ASKED.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=value, attr="split"), args=[ast.Constant(value=" ")]) if (
                span := spot(changed, part)
            ):
                yield from made(changed, "split at runs of blanks", (*span, f"{alone(changed, value)}.split()"))
            case ast.Call(func=ast.Attribute(value=value, attr="strip"), args=[]) if span := spot(changed, part):
                yield from made(changed, "one blank each", (*span, f'" ".join({alone(changed, value)}.split())'))
    back = given_back(changed)
    if back and isinstance(back[1], ast.Name) and (span := spot(changed, back[1])):
        yield from made(changed, "one blank each", (*span, f'" ".join({back[1].id}.split())'))


def counted_without_blanks(changed: Changed) -> Iterator[Righted]:
    """Yield the length of a text counted without its blanks."""
    if not _BLANKS.search(changed.task) or not _FREE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name) as held]) if name in parameters(
                changed.node
            ):
                kind = parameters(changed.node)[name].node.annotation
                if (kind is None or ast.unparse(kind) == "str") and (span := spot(changed, held)):
                    yield from made(changed, "without blanks", (*span, f'{name}.replace(" ", "")'))


FINDERS: tuple[Finder, ...] = (blanks_squeezed, counted_without_blanks)
