"""Methods that a small model mixes up: upper for lower case, left for right, before for after."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.slips_righted import Changed, Righted

_PAIRS = (
    ("lower", "upper"),
    ("islower", "isupper"),
    ("startswith", "endswith"),
    ("lstrip", "rstrip"),
    ("removeprefix", "removesuffix"),
    ("ljust", "rjust"),
    ("partition", "rpartition"),
    ("bisect_left", "bisect_right"),
)
_MEANT = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def mixed_up(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with one method of its new lines exchanged for its twin, wherever these call it."""
    calls = [part for part in changed.new if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)]
    found: dict[str, list[tuple[int, int]]] = {}
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        name = call.func.attr
        end = changed.lines.span(call.func)[1]
        begin = end - len(name)
        if name in _MEANT and changed.lines.text[begin:end] == name:
            found.setdefault(name, []).append((begin, end))
    for name, spans in found.items():
        yield changed.righted(f"`{name}` is `{_MEANT[name]}`", *((*span, _MEANT[name]) for span in spans))
