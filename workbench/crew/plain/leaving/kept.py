"""Things that a function goes through, counts or lists, and of which a task wants only some: those that are so, or not.

"Count only the unused ones", "whoever has paused must not be counted", "leave out people who have no phone".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.plain.leaving.filters import skipping, with_condition, without_kind
from workbench.crew.plain.leaving.things import Flag, elements, flags
from workbench.crew.plain.leaving.wanted import is_wanted
from workbench.crew.plain.places import Finder, Sure, made, parts, put, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top

_GIVES_ALL = frozenset({"sorted", "list", "min", "max", "tuple", "set"})


def kept_things(changed: Changed) -> Iterator[Righted]:
    """Yield a list, a count or a loop of only those things that a task wants, where a class tells them apart.

    Nothing where the function looks at that already: more may be meant.
    """
    if next(without_kind(changed), None) is not None:
        # It is found already, and may be written in another way.
        return
    for flag, wanted in _wanted(changed):
        yield from _kept(changed, flag, wanted=wanted)


def kept_all_along(changed: Changed) -> Iterator[Righted]:
    """Yield the same of a list that a function is given and looks at twice: it is made shorter before all else."""
    for flag, wanted in _wanted(changed):
        for part in parts(changed):
            match part:
                case (
                    ast.For(target=ast.Name(id=one), iter=ast.Name(id=name) as values)
                    | ast.comprehension(target=ast.Name(id=one), iter=ast.Name(id=name) as values)
                ) if name in changed.names and not changed.sets(name) and not _is_used_once(changed, values):
                    looked = changed.holders[id(part)] if isinstance(part, ast.comprehension) else part
                    if _is_of(changed, looked, values, one, flag):
                        kept = flag.asked(one, so=wanted)
                        first = at_the_top(changed, [f"{name} = [{one} for {one} in {name} if {kept}]"])
                        yield from [first] if first else []


def _wanted(changed: Changed) -> Iterator[tuple[Flag, bool]]:
    """Yield what tells the things apart that a task wants kept, each with whether those that are so are meant."""
    looks = {part.attr for part in ast.walk(changed.node) if isinstance(part, ast.Attribute)}
    for flag in flags(changed) if not changed.node.name.startswith("__") else ():
        if flag.name not in looks or _is_only_shown(changed, flag):
            wanted = is_wanted(changed.task, flag)
            yield from [] if wanted is None else [(flag, wanted)]


def _is_only_shown(changed: Changed, flag: Flag) -> bool:
    """Return whether a value that may be missing is only written out or worked with, and nothing is asked of it."""
    asked: list[ast.AST] = []
    for part in parts(changed):
        match part:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                asked += ast.walk(test)
            case ast.comprehension(ifs=tests):
                asked += (one for test in tests for one in ast.walk(test))
            case ast.BoolOp() | ast.Compare():
                asked += ast.walk(part)
    is_asked = any(isinstance(one, ast.Attribute) and one.attr == flag.name for one in asked)
    return flag.may_miss and not is_asked


def _kept(changed: Changed, flag: Flag, *, wanted: bool) -> Iterator[Righted]:
    """Yield each place where all things are gone through, with those that are wanted only."""
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension(target=ast.Name(id=one), is_async=0) as each])
                | ast.SetComp(generators=[ast.comprehension(target=ast.Name(id=one), is_async=0) as each])
                | ast.DictComp(generators=[ast.comprehension(target=ast.Name(id=one), is_async=0) as each])
                | ast.GeneratorExp(generators=[ast.comprehension(target=ast.Name(id=one), is_async=0) as each])
            ) if _is_of(changed, part, each.iter, one, flag) and _is_used_once(changed, each.iter):
                yield from with_condition(changed, each, flag.asked(one, so=wanted))
            case ast.For(target=ast.Name(id=one), orelse=[]) if _is_of(
                changed, part, part.iter, one, flag
            ) and _is_used_once(changed, part.iter):
                yield from skipped(changed, part, flag.asked(one, so=wanted), flag.asked(one, so=not wanted))
            case ast.Call(func=ast.Name(id=called), args=[held, *rest]) if elements(changed, held) is flag.owner:
                one = flag.owner.name.lower()
                span = spot(changed, held)
                if one in changed.own or changed.looks(one) or not _is_used_once(changed, held):
                    continue
                kept = f"for {one} in {written(changed, held)}"
                if called == "len" and not rest and (whole := spot(changed, part)):
                    is_so = flag.asked(one, so=wanted)
                    new = f"sum({is_so} {kept})" if flag.is_bool else f"sum(1 {kept} if {is_so})"
                    yield from made(changed, f"`{new}`", (*whole, new))
                elif called in _GIVES_ALL and span:
                    new = f"{one} {kept} if {flag.asked(one, so=wanted)}"
                    yield from put(changed, f"`{new}`", (*span, f"({new})" if rest or part.keywords else new))


def skipped(changed: Changed, loop: ast.For, kept: str, left_out: str) -> Iterator[Righted]:
    """Yield a loop that does its one statement only for what is kept, or passes over the rest first."""
    (only, *others), lines = loop.body, changed.lines
    text = lines.text[slice(*lines.span(only))]
    is_simple = not others and isinstance(only, ast.Expr | ast.Assign | ast.AugAssign) and "\n" not in text
    if is_simple and changed.have_their_lines(lines.span(only)):
        margin = lines.indent(only.lineno)
        yield from put(changed, f"`if {kept}:`", (*lines.span(only), f"if {kept}:\n{margin}    {text}"))
    else:
        yield from skipping(changed, loop, left_out)


def _is_of(changed: Changed, part: ast.AST, values: ast.expr, one: str, flag: Flag) -> bool:
    """Return whether the things that are gone through are of a class: all that is asked of them is of it."""
    known = elements(changed, values)
    looks = {
        inner.attr
        for inner in ast.walk(part)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == one
    }
    return known is flag.owner if known else bool(looks) and looks <= flag.members


def _is_used_once(changed: Changed, values: ast.expr) -> bool:
    """Return whether a function looks at the things nowhere else, but to ask whether there are any."""
    held: ast.expr | None = next((one for one in ast.walk(values) if isinstance(one, ast.Attribute | ast.Name)), None)
    match values:
        case ast.Call(func=ast.Attribute(value=inner, attr="values"), args=[]):
            held = inner
        case ast.Call(func=ast.Name(), args=[inner, *_]):
            held = inner
        case ast.Call():
            return True
    if held is None:
        return False
    said = ast.dump(held)
    looks = [one for one in ast.walk(changed.node) if isinstance(one, ast.expr) and ast.dump(one) == said]
    return sum(not _is_asked_whether_any(changed, one) for one in looks) == 1


def _is_asked_whether_any(changed: Changed, one: ast.expr) -> bool:
    return isinstance(changed.holders.get(id(one)), ast.UnaryOp | ast.If)


FINDERS: tuple[Finder, ...] = (kept_things, kept_all_along)

_NOTHING_ELSE = (
    r"(?!.*s' \w)"
    r"(?!.*\b(?:unless|except|instead|parameter|option\w*|argument|only (?:if|when)|rais\w*|sort\w*|order of"
    r"|but|or|and|also (?:show|list|count|print)|once|first|last|longer|more than|less than|older|before|after"
    r"|today|from|since|until|this|next|separate\w*|marked|behind|end|log\w*|warn\w*|delete\w*|remove\w*"
    r"|able|allowed|whether|half|others?|the rest"
    r"|colon|words?|bottom|top|as|full|tag"
    r"|(?:leave out|skip|ignore|omit|hide|drop|not (?:show|list|contain|print|include)) (?:the|an?|their|its)"
    r" \w+ (?:of|for"
    r"|from)|show None|only (?:have|show the|pay half)|bold|stars?|highlight\w*"
    r"|colou?r\w*|gr[ea]y|red|brackets|capitals|upper|lower)\b)"
    r"(?!.*\b(?:if|when|while|where)\b"
    r"(?! (?:\w+ ){1,3}?(?:adds?|sums?|counts?|totals?|has no|have no|is None)\b))"
)
SURE: tuple[Sure, ...] = (
    (kept_things, said_as(rf"^{_NOTHING_ELSE}(?!.*\d)"), 1),
    (kept_all_along, said_as(rf"^{_NOTHING_ELSE}.*\b(?:mean|average|median)\b"), 1),
)
