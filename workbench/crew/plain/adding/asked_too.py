"""A comprehension with one more question, laid out as long lines are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Swap, spot
from workbench.crew.slips.righted import Changed

_USUAL = 88
_LONGEST = 120


def asked_too(changed: Changed, part: ast.expr, each: ast.comprehension, kept: str) -> Iterator[Swap]:
    """Yield a comprehension with one more question, on several lines where it gets long."""
    if isinstance(each.ifs[-1] if each.ifs else each.iter, ast.BoolOp | ast.IfExp | ast.Lambda | ast.NamedExpr):
        return
    last = each.ifs[-1] if each.ifs else each.iter
    span, outer = spot(changed, last), spot(changed, part)
    if span is None or outer is None or (changed.lines.text[span[1] : span[1] + 1] == ")" and _is_open(changed, span)):
        return
    new = f" and ({kept})" if each.ifs else f" if {kept}"
    text = changed.lines.text
    begin = text.rfind("\n", 0, outer[0]) + 1
    row = text[begin : text.find("\n", outer[1])]
    longest = max(_USUAL, *(len(one) for one in text.split("\n")))
    target, whole = spot(changed, each.target), text[slice(*outer)]
    if len(row) + len(new) <= min(longest, _LONGEST) or "\n" in whole or target is None or whole[:1] not in "[{(":
        yield span[1], span[1], new
        return
    margin = re.match(r"[ \t]*", row).group()  # type: ignore[union-attr]
    at = text.rfind("for ", outer[0], target[0])
    first, rest = text[outer[0] + 1 : at].strip(), text[at : span[1]] + new
    asked = rest.find(" if ", span[0] - at - 4 if each.ifs else span[1] - at)
    rest = f"{rest[:asked]}\n{margin}    {rest[asked + 1 :]}"
    yield (*outer, f"{whole[0]}\n{margin}    {first}\n{margin}    {rest}\n{margin}{whole[-1]}")


def _is_open(changed: Changed, span: tuple[int, int]) -> bool:
    return changed.lines.text[span[0] - 1 : span[0]] == "("
