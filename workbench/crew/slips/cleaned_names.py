"""A new case that asks of a text as it comes, before the old lines make a clean one of it under another name."""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.stated import parameters, work_of
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import ends

_CLEANS = frozenset({"strip", "lower", "upper", "casefold"})
_AS_IT_COMES = re.compile(
    r"\b(?:exact\w*|raw|verbatim|case|capital\w*|upper|lower|white ?space\w*|spaces?|blanks?|unchanged|as[- ]is"
    r"|as it (?:is|comes|stands)|original)\b",
    re.IGNORECASE,
)


def asked_of_the_clean(changed: Changed) -> Righted | None:
    """Return the answer with a new first case behind the old line that cleans its text, and asking for the clean one.

    `if text == "ice"` before `word = text.strip().lower()` misses `" Ice "`, which the old words were taken as, too.
    """
    if changed.was is None or _AS_IT_COMES.search(changed.task):
        return None
    match work_of(changed.node)[:2], work_of(changed.was)[:1]:
        case (
            [ast.If(orelse=[]) as case, ast.Assign(targets=[ast.Name(id=clean)], value=made) as cleans],
            [ast.Assign() as first],
        ) if ast.dump(first) == ast.dump(cleans):
            pass
        case _:
            return None
    name, kinds = _cleaned(made)
    looks = [part for part in ast.walk(case) if isinstance(part, ast.Name) and part.id == name]
    if (
        name not in parameters(changed.was)
        or not kinds
        or not ends(case.body)
        or not _asks_for_texts(case.test, name, kinds)
    ):
        return None
    lines = changed.lines
    spans = [lines.span(look) for look in looks]
    begin, end = lines.start(case.lineno), lines.start(cleans.lineno)
    last = lines.start((cleans.end_lineno or cleans.lineno) + 1)
    are_rows = lines.text[begin : lines.span(case)[0]].strip() == "" == lines.text[end : lines.span(cleans)[0]].strip()
    # What is done in the case may well be about the text as it came.
    in_test = [span for span, look in zip(spans, looks, strict=True) if look in list(ast.walk(case.test))]
    ends_row = not lines.text[lines.span(cleans)[1] : last].partition("#")[0].strip()
    if clean == name or not ends_row or not are_rows or not changed.stand_there(in_test, name) or last <= end:
        return None
    moved = lines.text[begin:end]
    for first_cell, last_cell in sorted(in_test, reverse=True):
        moved = f"{moved[: first_cell - begin]}{clean}{moved[last_cell - begin :]}"
    return changed.righted(f"`{clean}` is what is asked for, as before", (begin, last, lines.text[end:last] + moved))


def _cleaned(value: ast.expr) -> tuple[str, set[str]]:
    """Return the name that a chain of methods cleans, and which; nothing where a value is something else."""
    kinds: set[str] = set()
    while (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and not value.args and not value.keywords
    ):
        kinds.add(value.func.attr)
        value = value.func.value
    return (value.id, kinds) if isinstance(value, ast.Name) and kinds <= _CLEANS else ("", set())


def _asks_for_texts(test: ast.expr, name: str, kinds: set[str]) -> bool:
    """Return whether a question is whether a name is one of some texts, each as it would be when cleaned."""
    match test:
        case ast.Compare(left=ast.Name(id=asked), ops=[ast.Eq() | ast.In()], comparators=[wanted]) if asked == name:
            texts = wanted.elts if isinstance(wanted, ast.Tuple | ast.List | ast.Set) else [wanted]
            values = [text.value if isinstance(text, ast.Constant) else None for text in texts]
            return all(isinstance(value, str) and _is_clean(value, kinds) for value in values)
    return False


def _is_clean(value: str, kinds: set[str]) -> bool:
    return all(getattr(value, kind)() == value for kind in kinds)
