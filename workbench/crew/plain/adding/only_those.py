"""A new parameter that tells which things are meant: `member` gives the loans of that member alone, without it all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.plain.adding.asked_too import asked_too
from workbench.crew.plain.adding.headed import or_none, with_parameter
from workbench.crew.plain.adding.wished_parameter import SURE_WORDS, is_spelt, wish_of
from workbench.crew.plain.places import Finder, Sure, Swap, declared_fields, parts, quoted, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_ONLY = said_as(
    r"\bonly\b|\bjust\b|\bof (?:that|this|the given|one)\b|\bfilter\w*|\brestrict\w*|\bnothing but\b"
    r"|\blimit\w* (?:to|the)\b|\b(?:left|leave|leaves) out\b|\bthose (?:who|that|of|from|in|with)\b"
)
_WITHOUT = said_as(
    r"\bexclud\w*|\ball but\b|\bexcept\b|\bother than\b|\bnot (?:of|from|by|in) (?:that|the)\b"
    r"|\bwithout (?:those|the \w+ of)\b"
)
_PARTLY = said_as(
    r"\bcontain\w*|\bbegin\w*|\bstart\w* with\b|\bend\w* with\b|\bmatch\w*|\bsubstring|\bpart of\b|\blike (?:it|that)\b"
)
_LEAVES_OUT = said_as(r"\b(?:left|leave|leaves) out\b|\bskip\w*|\bignor\w*|\bomit\w*")
_LEAST = re.compile(r"(?:min|minimum|least|at_least|from|lowest|smallest)_(?P<field>\w+)")
_MOST = re.compile(r"(?:max|maximum|most|at_most|up_to|highest|largest)_(?P<field>\w+)")
_SINCE = frozenset({"since", "start", "from_day", "from_date", "first_day", "first", "begin", "earliest"})
_UNTIL = frozenset({"until", "till", "end", "to_day", "to_date", "last_day", "last", "latest", "up_to"})
_DAYS = re.compile(r"(?:datetime\.)?(?:date|datetime)")
_NUMERIC = re.compile(r"int|float|Decimal|(?:datetime\.)?timedelta")
_SAYS_BEFORE = said_as(r"\bbefore\b|\bearlier than\b")
_SAYS_TOO = said_as(r"\bor (?:earlier|before)\b|\bincluded\b|\binclusive\b|\bup to and\b|\bthe day itself\b")
_SAYS_AFTER = said_as(r"\bafter\b|\blater than\b")
_MORE = said_as(
    r"\b(?:all of (?:these|those|them)|all these|with 0|first one|exactly|total line|at the end)\b|[,;] (?:and )?with\b"
)
_SAYS_SIZE = said_as(
    r"\b(?:before|after|since|until|than|at least|at most|up to|from|above|below|over|under|minimum|maximum"
    r"|or (?:more|less))\b"
)


@dataclass(frozen=True)
class _Which:
    """What tells the things that are meant.

    Attributes:
        field: the field that is looked at.
        sign: how it is compared with what is given, and `in` where several are.
        opposite: the sign of those that are left out.
        kind: the type of what is given.
        fields: all fields and methods of the class.
        owner: the name of the class.
    """

    field: str
    sign: str
    opposite: str
    kind: str
    fields: frozenset[str]
    owner: str


def only_those(changed: Changed) -> Iterator[Righted]:
    """Yield a function whose things are only those with a field as a new parameter has it, if one is given.

    The field has the parameter's name, or the end of it (`max_weight`: `draw_weight`); for `since` it is the only date.
    """
    wish = wish_of(changed)
    if wish is None or wish.default not in {"", "None"} or not _ONLY.search(changed.task):
        return
    if _WITHOUT.search(changed.task) or any(isinstance(one, bool) for one in wish.examples):
        return
    for which in _which(changed, wish.name):
        for swap in _places(changed, wish.name, which):
            added = (wish.name, or_none(changed, which.kind), "None")
            what = f"only those whose `{which.field}` is {which.sign} `{wish.name}`"
            yield from with_parameter(changed, what, added, [swap], "only what has it is meant; all if None")


_KNOWN_WORDS = (
    "a an the of from by in on at to for with without that this these those it its their his her who which whose is are"
    " was were be been only just given passed set optional parameter argument option keyword new should let please add"
    " have take takes get gets give gives need needs want wants and or so if when none None default everything"
    " all stays remains as now before it's today returned return returns listed list lists shown show found counted"
    " count counts included left out later earlier after since until then included inclusive least most up at"
    " many much day days date dates time one ones things entries them they filter filtered restrict restricted"
    " limited looks look work works called name named itself can we i us me caller callers still every anything"
    " nothing changes there way where higher lower larger smaller heavier lighter"
)
"""Words that say no more of what is meant than that it has what is given."""


def _says_no_more(changed: Changed, wish_name: str) -> bool:
    """Return whether what only some things are meant for is said in words that are known, and no other of these."""
    last = wish_name.rpartition("_")[2]
    fields = [ast.unparse(one.target) for one in ast.walk(changed.tree) if isinstance(one, ast.AnnAssign)]
    own = [changed.node.name, wish_name, *_things(changed), *(one for one in fields if one.endswith(f"_{last}"))]
    code = re.findall(r"[a-z]+", " ".join(own).lower())
    shown = {*re.findall(r"[a-z]+", " ".join(quoted(changed.task)).lower())}
    known = {*_KNOWN_WORDS.split(), *code} | {f"{one}s" for one in code} | {one.removesuffix("s") for one in code}
    if re.search(r"\b(?:more|less|fewer|other|all of (?:them|these|those)) than\b", changed.task, re.IGNORECASE):
        return False
    for clause in re.split(r"[.;:,]\s", changed.task):
        said = {*re.findall(r"[a-z]+(?:'[st])?", clause.lower())}
        others = {one.removesuffix("'s") for one in said} - known
        # "Looks for high water only" is said of a value that is shown.
        if _ONLY.search(clause) and len(others - shown) > bool(others & shown):
            return False
    return not _MORE.search(changed.task)


def _things(changed: Changed) -> list[str]:
    """Return the names of the file's classes: the things that are gone through are called so."""
    return [one.name for one in changed.tree.body if isinstance(one, ast.ClassDef)]


def only_those_surely(changed: Changed) -> Iterator[Righted]:
    """Yield such a function where it has the task's name and goes through things once."""
    loops = [part for part in parts(changed) if isinstance(part, ast.For | ast.comprehension | ast.While)]
    looks = [ast.unparse(one.iter) for one in loops if not isinstance(one, ast.While)]
    every = [ast.unparse(part) for part in parts(changed) if isinstance(part, ast.Name | ast.Attribute)]
    is_plain = not re.search(
        r"\bnot\b(?! (?:given|set|passed))|n't\b|\bor\b(?! (?:later|earlier|after|before))", changed.task
    )
    wish = wish_of(changed)
    if wish is None or not _says_no_more(changed, wish.name):
        return
    if len(looks) == 1 and is_plain and is_spelt(changed) and every.count(looks[0]) < 2:
        yield from only_those(changed)


def _which(changed: Changed, name: str) -> Iterator[_Which]:
    """Yield what the parameter may be compared with."""
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    found: list[_Which] = []
    for one in classes:
        fields = declared_fields(one) or _set_fields(one)
        members = frozenset({*fields, *(inner.name for inner in one.body if isinstance(inner, ast.FunctionDef))})
        for field, (sign, opposite, kind) in _signs(changed.task, fields, name):
            found.append(_Which(field, sign, opposite, kind, members, one.name))
    yield from found


def _set_fields(node: ast.ClassDef) -> dict[str, str]:
    """Return the fields that a class takes over from what it is made with, with their types where they are written."""
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            kinds = {arg.arg: ast.unparse(arg.annotation) if arg.annotation else "" for arg in one.args.args[1:]}
            return {
                part.targets[0].attr: kinds[part.value.id]
                for part in one.body
                if isinstance(part, ast.Assign)
                and isinstance(part.targets[0], ast.Attribute)
                and isinstance(part.value, ast.Name)
                and part.value.id in kinds
            }
    return {}


def _signs(task: str, fields: dict[str, str], name: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield the fields that a parameter may be compared with, and how."""
    is_sized = _DAYS.fullmatch(fields.get(name, "")) or _NUMERIC.fullmatch(fields.get(name, ""))
    if is_sized and _SAYS_SIZE.search(task):
        return
    is_out = _LEAVES_OUT.search(task) is not None and not re.search(r"\bonly\b|\bjust\b", task)
    if name in fields:
        if (
            not is_out
            and not _PARTLY.search(task)
            and not re.match(r"(?:list|tuple|set|dict|frozenset)\b|bool$", fields[name])
        ):
            yield name, ("==", "!=", fields[name])
        elif not is_out and (
            inner := re.fullmatch(r"(?:list|tuple|set|frozenset)\[(\w+)(?:, \.\.\.)?\]", fields[name])
        ):
            yield name, ("has", "has not", inner[1])
        return
    single = next((one for one in fields if name in {f"{one}s", f"{one}es"} or name == f"{one[:-1]}ies"), "")
    if single and fields[single] != "bool" and not is_out:
        yield single, ("in", "not in", f"list[{fields[single]}]")
        return
    plural = next((one for one in fields if one in {f"{name}s", f"{name}es"}), "")
    inner = re.fullmatch(r"(?:list|tuple|set|frozenset)\[(\w+)(?:, \.\.\.)?\]", fields.get(plural, ""))
    if inner and not is_out:
        yield plural, ("has", "has not", inner[1])
        return
    days = [one for one, kind in fields.items() if _DAYS.fullmatch(kind)]
    if name in _SINCE and len(days) == 1 and _SAYS_AFTER.search(task):
        yield days[0], (">", "<=", fields[days[0]])
        return
    for names, sign, opposite in ((_SINCE, ">=", "<"), (_UNTIL, "<=", ">")):
        if name in names and len(days) == 1:
            (day,) = days
            yield day, (sign, opposite, fields[day])
    if name in _UNTIL and len(days) == 1 and _SAYS_BEFORE.search(task) and not _SAYS_TOO.search(task):
        yield days[0], ("<", ">=", fields[days[0]])
    if name in {"after", "before"} and len(days) == 1:
        yield days[0], (">", "<=", fields[days[0]]) if name == "after" else ("<", ">=", fields[days[0]])
    for pattern, sign, opposite in ((_LEAST, ">=", "<"), (_MOST, "<=", ">")):
        if bound := pattern.fullmatch(name):
            ends = [one for one in fields if one == bound["field"] or one.endswith(f"_{bound['field']}")]
            if len(ends) == 1 and (_NUMERIC.fullmatch(fields[ends[0]]) or not fields[ends[0]]):
                yield ends[0], (sign, opposite, fields[ends[0]])


def _places(changed: Changed, name: str, which: _Which) -> Iterator[Swap]:
    """Yield where things of the class are gone through, each with the question beside what is asked."""
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.SetComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.DictComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.GeneratorExp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
            ) if _has_fields(changed, part, each.iter, one, which):
                yield from asked_too(changed, part, each, f"{name} is None or {_is_so(which, one, name)}")
            case ast.For(target=ast.Name(id=one), orelse=[]) if _has_fields(changed, part, part.iter, one, which):
                yield from _in_loop(changed, part, f"{name} is not None and {_is_not_so(which, one, name)}")
            case ast.Return(value=ast.Call(func=ast.Name(id="list" | "sorted"), args=[things]) as call) if _is_all(
                changed, things, which
            ) and (span := spot(changed, things)):
                one = which.owner.lower()
                every = changed.lines.text[slice(*span)]
                kept = f"{one} for {one} in {every} if {name} is None or {_is_so(which, one, name)}"
                if one not in changed.own and one != name and not call.keywords:
                    yield (*span, kept)
                elif one not in changed.own and one != name:
                    yield (*span, f"({kept})")


def _is_so(which: _Which, one: str, name: str) -> str:
    return f"{name} in {one}.{which.field}" if which.sign == "has" else f"{one}.{which.field} {which.sign} {name}"


def _is_not_so(which: _Which, one: str, name: str) -> str:
    if which.sign == "has":
        return f"{name} not in {one}.{which.field}"
    return f"{one}.{which.field} {which.opposite} {name}"


def _is_all(changed: Changed, things: ast.expr, which: _Which) -> bool:
    """Return whether a name or field stands for things of the class: the function returns a list of them."""
    returns = changed.node.returns
    is_kind = returns is not None and ast.unparse(returns).lower() == f"list[{which.owner}]".lower()
    match things:
        case (
            ast.Attribute(value=ast.Name(id="self"))
            | ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="self")), attr="values"), args=[])
        ):
            return is_kind
        case ast.Name(id=name):
            return is_kind and name in changed.names
    return False


def _has_fields(changed: Changed, part: ast.AST, things: ast.expr, one: str, which: _Which) -> bool:
    """Return whether what is gone through is of the class: a field of it is looked at, or it is said to be a list."""
    looks = {
        inner.attr
        for inner in ast.walk(part)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == one
    }
    if looks:
        return looks <= which.fields
    return any(
        one.arg == things.id and one.annotation is not None and f"[{which.owner}]" in ast.unparse(one.annotation)
        for one in changed.node.args.args
        if isinstance(things, ast.Name)
    )


def _in_loop(changed: Changed, loop: ast.For, left_out: str) -> Iterator[Swap]:
    lines, first = changed.lines, loop.body[0]
    begin, margin = lines.span(first)[0], lines.indent(first.lineno)
    if not lines.text[lines.start(first.lineno) : begin].strip() and first.lineno != loop.lineno:
        yield begin, begin, f"if {left_out}:\n{margin}    continue\n{margin}"


FINDERS: tuple[Finder, ...] = (only_those,)
SURE: tuple[Sure, ...] = ((only_those_surely, SURE_WORDS, 1),)
