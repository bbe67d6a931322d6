"""A new parameter for what is left out: `skip`, a list of dates on which there is nothing, by default none."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.adding.headed import is_typed, with_parameter
from workbench.crew.plain.adding.wished_parameter import SURE_WORDS, Wish, is_spelt, wish_of
from workbench.crew.plain.places import Finder, Sure, Swap, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored

_SEVERAL = said_as(
    r"\b(?:list|set|tuple|collection|iterable|sequence|several|some|those|them|these)s?"
    r" (?:of|that|which|are|is|should|must)\b"
    r"|\b(?:any|one) of (?:them|those|these)\b|\ba (?:list|set|tuple|collection)\b"
)
_NAMES = re.compile(
    r"(?:skip|closed|exclude|excluded|excluding|ignore|ignored|without|omit|blocked|taken|holidays?|days_off|free_days|except_"
    r"|unavailable|broken|absent|missing|off|stopwords|stop_words|banned|hidden|skipped)(?:_\w+)?|\w+_(?:off|skipped|closed)"
)
_OF_OTHERS = said_as(
    r"\b(?:whose|number of|of (?:these|those|them) (?:are|is) left|contain\w*|begin\w*|start\w* with)\b"
)
_LISTED = said_as(r"\b(?:list|set|tuple|collection|sequence) of (?:the )?([a-z]+)\b")
_LEFT_OUT = said_as(
    r"\b(?:left|leave|leaves|leaving) (?:\w+ ){0,3}out\b|\b(?:skip|ignor|omit|exclud)\w*"
    r"|\b(?:never|not|no|without)\b|n't\b|\bpass\w* over\b"
)
_KINDS = ("Collection", "Container", "Sequence", "Set", "AbstractSet")
_IMPORTED = re.compile(r"^from (?P<module>collections\.abc|typing) import (?P<names>[^#\n(]+)$", re.MULTILINE)
_NEW_NAMES = {"date": "day", "datetime": "moment", "int": "number", "str": "name"}


def left_out_if_given(changed: Changed) -> Iterator[Righted]:
    """Yield a function that leaves out what a new parameter has, which is nothing by default."""
    wish = wish_of(changed)
    if wish is None or wish.default not in {"", "None", "()", "[]"}:
        return
    # Its name is a word for that, but says nothing of what is to be done.
    if not _LEFT_OUT.search(re.sub(rf"\b(?:parameter|argument|option|keyword)\s+`?{wish.name}\b", "", changed.task)):
        return
    if not _NAMES.fullmatch(wish.name) or not (_SEVERAL.search(changed.task) or wish.name.endswith("s")):
        return
    seen: set[tuple[Swap, ...]] = set()
    for swaps in _places(changed, wish):
        kind = _element(changed)
        named, imports = _collection(changed) if is_typed(changed) else ("", [])
        if is_typed(changed) and not (kind and named):
            continue
        if tuple(swaps) not in seen:
            seen.add(tuple(swaps))
            added = (wish.name, f"{named}[{kind}]" if named else "", "()")
            what = f"what is in `{wish.name}` is left out"
            yield from with_parameter(changed, what, added, [*swaps, *imports], "what is left out")


def left_out_surely(changed: Changed) -> Iterator[Righted]:
    """Yield such a function where it has the task's name and does not count what it has found."""
    calls = [part for part in parts(changed) if isinstance(part, ast.Call)]
    counts = any(isinstance(one.func, ast.Name) and one.func.id in {"len", "sum", "enumerate"} for one in calls)
    if is_spelt(changed) and not counts and _SEVERAL.search(changed.task) and not _OF_OTHERS.search(changed.task):
        fields = {ast.unparse(one.target) for one in ast.walk(changed.tree) if isinstance(one, ast.AnnAssign)}
        listed = {end for one in _LISTED.findall(changed.task) for end in (one, one.removesuffix("s"))}
        for one in left_out_if_given(changed):
            # Another field is meant than the one that is looked at.
            if not any(field in fields and not re.search(rf"\b{field}", ast.unparse(changed.node)) for field in listed):
                yield one


def _places(changed: Changed, wish: Wish) -> Iterator[list[Swap]]:
    """Yield where what is given is asked for: where a loop goes past a day, a thing is put on a list, or goes by."""
    name = wish.name
    for part in parts(changed):
        match part:
            case ast.While(test=test, body=[_]) if (one := _moved(part)) and (span := spot(changed, test)):
                asked = {inner.id for inner in ast.walk(test) if isinstance(inner, ast.Name)}
                if one in asked and not isinstance(test, ast.BoolOp | ast.IfExp | ast.NamedExpr):
                    yield [(span[1], span[1], f" or {one} in {name}")]
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=holder), attr="append" | "add"), args=[thing], keywords=[]
                )
            ) if holder in _returned(changed):
                yield from _only_put(changed, part, thing, name)
            case ast.Expr(value=ast.Yield(value=ast.expr() as thing)):
                yield from _only_put(changed, part, thing, name)
            case (
                ast.ListComp(elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=target)) as each])
                | ast.GeneratorExp(
                    elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=target)) as each]
                )
                | ast.SetComp(elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=target)) as each])
            ) if one == target:
                last = each.ifs[-1] if each.ifs else each.iter
                if isinstance(last, ast.BoolOp | ast.IfExp | ast.Lambda | ast.NamedExpr) or not (
                    span := spot(changed, last)
                ):
                    continue
                if changed.lines.text[span[0] - 1] != "(" or changed.lines.text[span[1]] != ")":
                    yield [(span[1], span[1], f" and {one} not in {name}" if each.ifs else f" if {one} not in {name}")]


def _moved(loop: ast.While) -> str:
    """Return the name that a loop does nothing but move on."""
    match loop.body[-1]:
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.Sub()):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(left=ast.Name(id=said))) if said == name:
            return name
    return ""


def _returned(changed: Changed) -> set[str]:
    """Return the names that a function gives back, sorted or as they are."""
    values = [part.value for part in own_parts(changed.node) if isinstance(part, ast.Return)]
    values += [one.args[0] for one in values if isinstance(one, ast.Call) and len(one.args) == 1]
    return {one.id for one in values if isinstance(one, ast.Name)}


def _only_put(changed: Changed, part: ast.Expr, thing: ast.expr, name: str) -> Iterator[list[Swap]]:
    """Yield a statement that puts a thing somewhere, done only where that is not left out."""
    span, margin = spot(changed, part), changed.lines.indent(part.lineno)
    if span is None or part.lineno != part.end_lineno or not changed.have_their_lines(span):
        return
    text = changed.lines.text[slice(*span)]
    if isinstance(thing, ast.Name):
        yield [(*span, f"if {thing.id} not in {name}:\n{margin}    {text}")]
        return
    one = _NEW_NAMES.get(_element(changed) or "", "one")
    place = spot(changed, thing)
    is_free = one not in changed.own and not changed.looks(one) and one != name
    if place and is_free and isinstance(thing, ast.BinOp | ast.Call | ast.Attribute | ast.Subscript):
        inner = f"{text[: place[0] - span[0]]}{one}{text[place[1] - span[0] :]}"
        said = written(changed, thing)
        yield [(*span, f"{one} = {said}\n{margin}if {one} not in {name}:\n{margin}    {inner}")]


def _element(changed: Changed) -> str:
    """Return the type of what a function gives many of, or one of; nothing where that is not told."""
    said = ast.unparse(changed.node.returns) if changed.node.returns else ""
    found = re.fullmatch(r"(?:list|set|tuple|Iterator|Iterable|Sequence|List|Set)\[([\w.]+)(?:, \.\.\.)?\]", said)
    return found[1] if found else re.sub(r" \| None$", "", said) if re.fullmatch(r"[\w.]+(?: \| None)?", said) else ""


def _collection(changed: Changed) -> tuple[str, list[Swap]]:
    """Return the type of what many are given in that the file knows; else one and where it is imported."""
    if "Collection" in stored(changed.tree.body) and not _IMPORTED.search(changed.lines.text):
        return "", []
    names = [name.strip() for found in _IMPORTED.finditer(changed.lines.text) for name in found["names"].split(",")]
    known = next((kind for kind in _KINDS if kind in names), "")
    if known:
        return known, []
    beside = next((found for found in _IMPORTED.finditer(changed.lines.text) if found["module"] != "typing"), None)
    if beside:
        every = ", ".join(sorted({*(name.strip() for name in beside["names"].split(",")), "Collection"}))
        return "Collection", [(*beside.span("names"), every)]
    last: ast.stmt | None = None
    for one in changed.tree.body:
        match one:
            case ast.ImportFrom(module=str(module), level=0) if module != "__future__":
                if module > "collections.abc" and module.partition(".")[0] in sys.stdlib_module_names:
                    at = changed.lines.start(one.lineno)
                    return "Collection", [(at, at, "from collections.abc import Collection\n")]
                last = one if module.partition(".")[0] in sys.stdlib_module_names else last
            case ast.Import(names=[*aliases]) if aliases[0].name.partition(".")[0] in sys.stdlib_module_names:
                last = one
    if last is None:
        return "", []
    at = changed.lines.end(last.end_lineno or last.lineno)
    return "Collection", [(at, at, "\nfrom collections.abc import Collection")]


FINDERS: tuple[Finder, ...] = (left_out_if_given,)
SURE: tuple[Sure, ...] = ((left_out_surely, said_as(SURE_WORDS.pattern + r"(?=.*\b(?:left out|skip))"), 1),)
