"""What is taken until nothing is left, and is gone then: a key at 0 that is not kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, parts, put, spot
from workbench.crew.plain.rows import behind
from workbench.crew.slips.righted import Changed, Righted

_NOTHING_LEFT = re.compile(
    r"\b(?:the|its|their|a) last\b|\bused up\b|\b(?:no|none|nothing|not one)\b[^.;\n]{0,30}\b(?:left|more)\b"
    r"|\b(?:0|zero)\b|\bempty\b|\bsold out\b|\brun\w* out\b",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"\b(?:remov\w+|delet\w+|drop\w*|disappear\w*|vanish\w*|go(?:es)? (?:out|away)|take[ns]? (?:it |them )?(?:out|off)"
    r"|be gone|(?:no longer|not|never) (?:be )?(?:\w+ )?(?:list|kept|keep|there|in|stay|show|appear)\w*)\b"
    r"|n't (?:list|keep|stay|show|appear)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\b(?:unless|except|rais\w*|errors?|parameter|option\w*)\b", re.IGNORECASE)


def gone_at_zero(changed: Changed) -> Iterator[Righted]:
    """Yield what is taken from under a key with the key removed once nothing is left under it.

    What looks at it after that gets 0.
    """
    if not (_NOTHING_LEFT.search(changed.task) and _GOES.search(changed.task)) or _OTHERWISE.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.AugAssign(target=ast.Subscript() as place, op=ast.Sub()):
                pass
            case ast.Assign(targets=[ast.Subscript() as place], value=ast.BinOp(op=ast.Sub())):
                pass
            case _:
                continue
        said, end = ast.unparse(place), changed.lines.span(part)[1]
        looks = [
            (*span, f"{ast.unparse(one.value)}.get({ast.unparse(one.slice)}, 0)")
            for one in ast.walk(changed.node)
            if isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Load) and ast.unparse(one) == said
            if changed.lines.span(one)[0] > end and (span := spot(changed, one))
        ]
        if removed := behind(changed, part, (f"if {said} == 0:", f"    del {said}")):
            yield from put(changed, f"`{said}` is gone at 0", removed, *looks)


FINDERS: tuple[Finder, ...] = (gone_at_zero,)
