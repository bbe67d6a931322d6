"""Keys by which things are sorted: `key=lambda one: (one.day, -one.points)`, of what a task names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.plain.known_fields import NUMBERS
from workbench.crew.plain.ordering.order_words import ANY_CASE, By
from workbench.crew.plain.places import Swap
from workbench.crew.slips.righted import Changed

_NO_ORDER = re.compile(r"(?:typing\.)?(?:[Dd]ict|[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|Mapping|Sequence|Counter|None)\b")
_NO_NAMES = re.compile(r"(?:self|cls|lambda|for|in|if|is|not|and|or|as)$")


@dataclass(frozen=True)
class Part:
    """One part of a key: `.price`, or `.price()`; its type, empty where not known; and which way it goes."""

    look: str
    kind: str
    is_down: bool
    is_told: bool = True

    @property
    def is_number(self) -> bool:
        """Whether it may be one: also where nothing says what it is."""
        return self.kind in NUMBERS or not self.kind

    @property
    def may_be_missing(self) -> bool:
        """Whether it may be None."""
        return "None" in self.kind or "Optional" in self.kind


def resolved(bys: tuple[By, ...], looks: dict[str, str]) -> list[Part]:
    """Return what some words mean; nothing where it is not clear of one of them."""
    found = [(by.look(looks), by) for by in bys]
    if not all(look for look, _ in found) or len({look for look, _ in found}) < len(found):
        return []
    if any(_NO_ORDER.match(looks[look]) for look, _ in found):
        return []
    return [Part(look, looks[look], by.is_down, by.is_told) for look, by in found]


def keyword_of(changed: Changed, name: str, every: list[Part]) -> str:
    """Return the keywords for a call of `sorted`; nothing where they cannot be told.

    Where the largest of some comes first and of others the smallest, numbers get a minus.
    """
    lower = ANY_CASE.search(changed.task) is not None
    turned = all(part.is_down for part in every)
    said: list[str] = []
    for part in every:
        value = f"{name}{part.look}"
        if part.may_be_missing:
            said.append(f"{value} is {'not ' if turned else ''}None")
        if part.is_down and not turned and (not part.is_number or part.may_be_missing):
            return ""
        lowered = f"{value}.lower()" if lower and part.kind in {"str", ""} else value
        said.append(f"-{value}" if part.is_down and not turned else lowered)
    key = said[0] if len(said) == 1 else f"({', '.join(said)})"
    return f"key=lambda {name}: {key}{', reverse=True' if turned else ''}"


def without_keyword(changed: Changed, call: ast.Call, keyword: ast.keyword) -> Swap:
    """Return what takes a keyword out of a call, with the comma beside it."""
    spans = sorted([*map(changed.lines.span, call.args), *map(changed.lines.span, call.keywords)])
    begin, end = changed.lines.span(keyword)
    place = spans.index((begin, end))
    return (spans[place - 1][1], end, "") if place else (begin, spans[1][0] if len(spans) > 1 else end, "")


def calls_that_sort(changed: Changed, every: list[ast.AST]) -> Iterator[tuple[ast.Call, str, ast.expr]]:
    """Yield calls that sort or find the smallest or the largest, each with its function and what it is of."""
    for part in every:
        match part:
            case ast.Call(func=ast.Name(id="sorted" | "min" | "max" as name), args=[values]):
                pass
            case ast.Call(func=ast.Attribute(value=values, attr="sort" as name), args=[]):
                pass
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[_, values]) if name in {
                "nsmallest",
                "nlargest",
            }:
                pass
            case _:
                continue
        match changed.holders.get(id(part)):
            case ast.Call(func=ast.Name(id="reversed")) | ast.Subscript(slice=ast.Slice(step=ast.UnaryOp())):
                continue
        yield part, name, values


def name_for(changed: Changed, values: ast.expr, kind: ast.ClassDef | None = None) -> str:
    """Return a name for one of some things: `book` of `books`, or what their class is called."""
    match values:
        case ast.ListComp(elt=ast.Name(id=name)) | ast.GeneratorExp(elt=ast.Name(id=name)):
            return name
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.endswith("s") and len(name) > 3:
            single = name.lstrip("_")[:-1]
        case _:
            single = kind.name.lower() if kind else "one"
    is_free = single.isidentifier() and not _NO_NAMES.match(single) and single not in changed.own
    return single if is_free else "one"
