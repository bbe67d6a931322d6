"""What is sorted by one thing, sorted by a second one where the first is the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import alone, distinct, fields_beside, made, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted

TIES = re.compile(
    r"\b(?:same|equal\w*|ties?|tied|identical|as (?:often|many|much|long|good|high|late|early)|draws?)\b", re.IGNORECASE
)
_OTHER_WAY = re.compile(
    r"(?:\bnot|n't|\bno longer)\b[^.;]{0,80}\balphabetic|\brevers\w*|\b(?:de|des)c(?:reas|end)ing\b"
    r"|\b(?:back|down)wards\b|\b[zZ](?: to |-)[aA]\b|\b[zZ] (?:comes )?first\b",
    re.IGNORECASE,
)
_LAST_FIRST = re.compile(
    r"\b(?:newest|latest|youngest|most recent|last)\b[^.;\n]{0,20}\b(?:first|on top|at the top)\b", re.IGNORECASE
)
BY_LETTERS = re.compile(
    r"\balphabetic\w*|\b[aA] to [zZ]\b"
    r"|\b(?:sort\w*|order\w*|rank\w*|list\w*|ties?|then|go|come)\b[^.;\n]{0,40}\bby (?:the |their )?(?:name|title)s?\b",
    re.IGNORECASE,
)
_SAME_FIELD = re.compile(r"\b(?:same|equal|identical) ([a-zA-Z_]\w*)")
LARGE = "more|most|higher|highest|larger|largest|greater|greatest|bigger|biggest|longer|longest"
SMALL = "fewer|fewest|less|least|lower|lowest|smaller|smallest|earlier|earliest|shorter|shortest"
FIRST = (
    r"\b(?:{size}) {field}\b (?:(?:(?!\bnot\b|n't|\bnever\b)[^.;\n]){{0,40}}\b)?"
    r"(?:first|on top|wins?|before|ahead)\b"
)
"""The one with a larger or a smaller field comes first."""

_FLAG_FIRST = (
    r"(?<!not )(?<!no )(?<!non-)\b{flag}\b"
    r"(?:(?!\bnot\b|n't|\bnever\b)[^.;:\n]){{0,30}}\b(?:first|on top|at the top)\b"
)
_NUMBERS = frozenset({"int", "float", "Decimal"})
_UPWARDS = frozenset({"sorted", "sort", "min", "nsmallest"})
LETTERED = ("name", "title", "label")
"""Fields by which things are in alphabetical order."""


def is_other_way(task: str, place: int) -> bool:
    """Return whether a task wants ties backwards: it says so after them, or in the same part of the sentence."""
    begin = max(task.rfind(sign, 0, place) for sign in ".,:;\n") + 1
    end = task.find(".", place) % (len(task) + 1)
    return bool(_OTHER_WAY.search(task, begin) or _LAST_FIRST.search(task, begin, end))


def ties_by(changed: Changed) -> Iterator[Righted]:
    """Yield what is sorted by a count or a field sorted in alphabetical order, or by a field that is named, in ties.

    "The one with more parcels should come first" names one as well.
    """
    ties = TIES.search(changed.task)
    if ties is None or is_other_way(changed.task, ties.start()):
        return
    by_letters = BY_LETTERS.search(changed.task) is not None
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=counts, attr="most_common"), args=given, keywords=[]) if by_letters:
                end = f"[:{written(changed, given[0])}]" if given else ""
                new = f"sorted({alone(changed, counts)}.items(), key=lambda pair: (-pair[1], pair[0])){end}"
                yield from _put(changed, part, new)
            case ast.Call(func=ast.Name(id="sorted"), args=[values], keywords=keywords) if by_letters and (
                name := _by_count(keywords)
            ):
                # Counts may be days or texts, too; what is sorted twice stays in its order where it ties.
                by_count = f"key={name}.get, reverse=True"
                yield from _put(changed, part, f"sorted(sorted({written(changed, values)}), {by_count})")
            case ast.Call(
                func=ast.Name(id="sorted"),
                args=[ast.Call(func=ast.Attribute(attr="items"), args=[]) as values],
                keywords=keywords,
            ) if by_letters and any(_is_of_values(one) for one in keywords):
                # Keys are there once, so no two values are compared; what is sorted twice stays in its order.
                yield from _put(changed, values, f"sorted({written(changed, values)})")
            case ast.keyword(
                arg="key", value=ast.Lambda(args=ast.arguments(args=[one]), body=ast.Attribute() as by) as key
            ) if (way := _way(changed, part)) and not _is_of_another(changed, by):
                for field, sign in _seconds(changed, one.arg, by, by_letters=by_letters, is_backwards=way == "down"):
                    new = f"lambda {one.arg}: ({written(changed, by)}, {sign}{one.arg}.{field})"
                    yield from _put(changed, key, new)
                for field in _named(changed, by, by_letters=by_letters) if way == "down" else ():
                    yield from _down_and_up(changed, part, one.arg, by, f"{one.arg}.{field}")


def _is_of_another(changed: Changed, by: ast.Attribute) -> bool:
    """Return whether it is another field that is the same than the one by which something is sorted."""
    same = {word.lower() for word in _SAME_FIELD.findall(changed.task)}
    return bool(same & ({*fields_beside(changed, by.attr)} - {by.attr}))


def flag_first(changed: Changed) -> Iterator[Righted]:
    """Yield what is sorted with those first that have a truth value which the task names: "urgent tickets first"."""
    for part in parts(changed):
        match part:
            case ast.keyword(arg="key", value=ast.Lambda(args=ast.arguments(args=[one]), body=body) as key) if (
                way := _way(changed, part)
            ):
                by = list(body.elts) if isinstance(body, ast.Tuple) else [body]
                fields = [field for inner in by for field in _of(inner, one.arg)]
                beside = [fields_beside(changed, field) for field in fields]
                flags = {name for known in beside for name, kind in known.items() if kind == "bool"}
                for flag in sorted(flags - set(fields)):
                    if re.search(_FLAG_FIRST.format(flag=flag.removeprefix("is_")), changed.task, re.IGNORECASE):
                        first = f"not {one.arg}.{flag}" if way == "up" else f"{one.arg}.{flag}"
                        rest = ", ".join(written(changed, inner) for inner in by)
                        yield from _put(changed, key, f"lambda {one.arg}: ({first}, {rest})")


def _of(value: ast.expr, name: str) -> list[str]:
    """Return the fields of a thing that a value is made of."""
    return [
        inner.attr
        for inner in ast.walk(value)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == name
    ]


def with_ties(changed: Changed) -> Righted | None:
    """Return an answer that sorts by the first of two things that a task names by the second one too."""
    found = list(distinct(changed, ties_by(changed))) if changed.was is not None else []
    return found[0] if len(found) == 1 else None


def _put(changed: Changed, part: ast.expr, new: str) -> Iterator[Righted]:
    if span := spot(changed, part):
        yield from made(changed, f"`{ast.unparse(part)}` is `{new}`", (*span, new))


def _is_of_values(keyword: ast.keyword) -> bool:
    """Return whether a keyword has pairs sorted by the second of each: `key=lambda pair: pair[1]`."""
    match keyword:
        case ast.keyword(
            arg="key",
            value=ast.Lambda(
                args=ast.arguments(args=[one]),
                body=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=1)),
            ),
        ):
            return one.arg == name
    return False


def _by_count(keywords: list[ast.keyword]) -> str:
    """Return the counts by which keys are sorted, the largest first: `key=counts.get, reverse=True`."""
    match sorted(keywords, key=lambda one: one.arg or ""):
        case [
            ast.keyword(arg="key", value=ast.Attribute(value=ast.Name(id=name), attr="get")),
            ast.keyword(arg="reverse", value=ast.Constant(value=True)),
        ]:
            return name
    return ""


def _way(changed: Changed, keyword: ast.keyword) -> str:
    """Return whether a key is one of what is sorted `up`, the smallest first, or `down`; nothing of anything else."""
    call = changed.holders.get(id(keyword))
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
        return ""
    match changed.holders.get(id(call)):
        case ast.Call(func=ast.Name(id="reversed")) | ast.Subscript(slice=ast.Slice(step=ast.UnaryOp())):
            return ""
    # The largest by two things is the last in ties, and groups are by the first alone.
    name = ast.unparse(call.func).rpartition(".")[2]
    turned = [ast.unparse(one.value) for one in call.keywords if one.arg == "reverse"]
    if not turned:
        return "up" if name in _UPWARDS else ""
    return "down" if turned == ["True"] and name in {"sorted", "sort"} else ""


def _seconds(
    changed: Changed, name: str, by: ast.Attribute, *, by_letters: bool, is_backwards: bool
) -> Iterator[tuple[str, str]]:
    """Yield the fields by which things that are sorted by another may be sorted in ties, each with its sign.

    "By its name" is from the first on, which no sign turns round; "the one with more parcels first" says which way, and
    of numbers a minus does.
    """
    if not (isinstance(by.value, ast.Name) and by.value.id == name):
        return
    # What the things are sorted by already is spoken of, too.
    others = {field: kind for field, kind in fields_beside(changed, by.attr).items() if field != by.attr}
    for field, kind in others.items():
        wants_most = re.search(FIRST.format(size=LARGE, field=field), changed.task) is not None
        if wants_most or re.search(FIRST.format(size=SMALL, field=field), changed.task):
            if wants_most is is_backwards:
                yield field, ""
            elif kind in _NUMBERS:
                yield field, "-"
    for field in _named(changed, by, by_letters=by_letters) if not is_backwards else ():
        yield field, ""


def _named(changed: Changed, by: ast.Attribute, *, by_letters: bool) -> Iterator[str]:
    """Yield the fields by which a task wants ties from the first on: one that it names, or a name for the alphabet."""
    others = [field for field in fields_beside(changed, by.attr) if field != by.attr]
    named = [
        field for field in others if re.search(rf"\bby (?:the |their |its )?(?:\w+ of the )?{field}\b", changed.task)
    ]
    lettered = [field for field in LETTERED if field in others] if by_letters else []
    yield from dict.fromkeys([*named, *lettered[:1]])


def _down_and_up(changed: Changed, key: ast.keyword, name: str, by: ast.Attribute, second: str) -> Iterator[Righted]:
    """Yield what is sorted backwards by one thing sorted so by it, and from the first on by a second one.

    A number is turned by a minus; of what else there is, what is sorted twice stays in its order where it ties. Only of
    texts it is sure that the first comes first: "by wins" may mean the one with most of them.
    """
    if fields_beside(changed, by.attr).get(second.rpartition(".")[2]) != "str":
        return
    call = changed.holders[id(key)]
    assert isinstance(call, ast.Call)
    (turned,) = (one for one in call.keywords if one.arg == "reverse")
    if fields_beside(changed, by.attr).get(by.attr) in _NUMBERS:
        new = f"lambda {name}: (-{written(changed, by)}, {second})"
        spans = sorted([*map(changed.lines.span, call.args), *map(changed.lines.span, call.keywords)])
        begin, end = changed.lines.span(turned)
        place = spans.index((begin, end))
        around = (spans[place - 1][1], end) if place else (begin, spans[1][0])
        yield from put(
            changed, f"`{ast.unparse(key.value)}` is `{new}`", (*changed.lines.span(key.value), new), (*around, "")
        )
        return
    match call:
        case ast.Call(func=ast.Name(id="sorted"), args=[values]):
            first = f"sorted({written(changed, values)}, key=lambda {name}: {second})"
            by_one = f"lambda {name}: {written(changed, by)}"
            swaps = (*changed.lines.span(values), first), (*changed.lines.span(key.value), by_one)
            yield from made(changed, f"`{second}` decides ties", *swaps)


def ties_from_the_first(changed: Changed) -> Righted | None:
    """Return an answer that sorts ties backwards with what comes first with them from the first on, as a task says.

    `key=lambda one: (one.points, one.name), reverse=True` has names from Z to A.
    """
    ties = TIES.search(changed.task)
    if ties is None or is_other_way(changed.task, ties.start()):
        return None
    by_letters = BY_LETTERS.search(changed.task) is not None
    for part in changed.new:
        match part:
            case ast.keyword(
                arg="key",
                value=ast.Lambda(
                    args=ast.arguments(args=[one]),
                    body=ast.Tuple(elts=[ast.Attribute() as by, ast.Attribute() as second]),
                ),
            ) if _way(changed, part) == "down" and second.attr in _named(changed, by, by_letters=by_letters):
                return next(_down_and_up(changed, part, one.arg, by, written(changed, second)), None)
    return None
