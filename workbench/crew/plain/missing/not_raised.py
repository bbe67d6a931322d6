"""What is given in a case in which a function raises an error today, or gives None: both stand in it as they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.missing.guards import is_generator, none_too
from workbench.crew.plain.missing.wished import wished
from workbench.crew.plain.places import Finder, put
from workbench.crew.slips.righted import Changed, Righted

_ARTICLE = r"(?:an? |the )?`?"
_RAISES = (
    r"(?:\b(?:raises|throws|gives|fails with|crashes with|dies with|ends (?:in|with)|stops with"
    r"|(?:not|never|no longer|n't|of|than) (?:rais(?:e|ing)|throw(?:ing)?|fail(?:ing)? with|crash(?:ing)? with)))"
)
_GIVES = (
    r"\b(?:returns|gives|yields|answers|comes back with|(?:not|never|no longer|n't|instead of|rather than)"
    r"(?: return(?:ing)?| giv(?:e|ing))?)"
)
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|argument|keyword|message|(?:should|must|to) (?:also |still |then |instead )*raise)\b",
    re.IGNORECASE,
)


def given_instead(changed: Changed) -> Iterator[Righted]:
    """Yield a choice that returns what a task wishes for where it raises the error, or returns the None, of today."""
    value, task = wished(changed.task), changed.task
    if not value or _OTHERWISE.search(task) or is_generator(changed):
        return
    for part in own_parts(changed.node):
        match part:
            case ast.If(body=[ast.Raise(exc=ast.expr() as exc, cause=None) as last], orelse=[]):
                name = exc.func.id if isinstance(exc, ast.Call) and isinstance(exc.func, ast.Name) else ast.unparse(exc)
                is_meant = re.search(rf"{_RAISES} {_ARTICLE}{re.escape(name)}\b", task) is not None
            case ast.If(body=[ast.Return(value=ast.Constant(value=None)) as last]) if value != "None":
                is_meant = re.search(rf"{_GIVES} `?None\b", task) is not None
            case _:
                continue
        if is_meant:
            new = f"return {value}"
            span = changed.lines.span(last)
            yield from put(changed, f"`{new}` if `{ast.unparse(part.test)}`", (*span, new), *none_too(changed, value))


FINDERS: tuple[Finder, ...] = (given_instead,)
