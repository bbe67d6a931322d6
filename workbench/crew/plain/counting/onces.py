"""What comes several times in a list put there once, at the place where it first comes, or counted once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function, own_parts
from workbench.crew.plain.ordering.order_words import ANY_CASE
from workbench.crew.plain.places import Finder, Sure, made, parts, put, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_ONCE = re.compile(
    r"\b(?:only|just|at most|exactly|but|each|every|it|one|them|name|there|appear\w*|list\w*|count\w*|be|show\w*"
    r"|come|[a-z]+s) once\b(?! (?:the|it|we|they|he|she|you|a|there|more|again|in a while)\b)"
    r"|\b(?:each|every)(?: \w+){0,3} once\b(?! (?:an?|per) )"
    r"|\b(?:duplicates?|doubles|repetitions?|uniqu\w+|distinct)\b"
    r"|\b(?:not|never|no longer)\b[^.;]{0,50}\b(?:twice|several times|more than once|a second time|repeated)\b"
    r"|n't\b[^.;]{0,50}\b(?:twice|two times|several times|more than once|a second time|repeat(?:ed)?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:rais\w+|throws?|refus\w*|Error|call(?:s|ed)?|ask(?:s|ed)?|log(?:s|ged)?|sen[dt]|load(?:s|ed)?|read|cach\w+"
    r"|allow(?:s|ed)?|keep (?:the )?duplicates|unless)\b"
)
_BY_LETTERS = re.compile(r"\b(?:alphabetic\w*|sorted|in order of)\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:each|every|all) ([a-z]+)\b")
_ORDERED = re.compile(r"\b(?:(?:sorted|ordered) by|in (?:the )?order of) (?:the |their |its )?([a-z_]+)")
_COUNTS = re.compile(r"\b(?:count\w*|number of|how many)\b", re.IGNORECASE)
_KEEPS_LAST = re.compile(r"\blast\b[^.;]{0,30}\b(?:place|one|time|appearance|occurrence|mention)\b", re.IGNORECASE)


def put_once(changed: Changed) -> Iterator[Righted]:
    """Yield what a function collects with each of it once: asked for before it is added, or given back so.

    Of a list that is only counted a set is counted. Nothing where letters of another case are to be the same.
    """
    if not _ONCE.search(changed.task) or _OTHERWISE.search(changed.task) or ANY_CASE.search(changed.task):
        return
    if changed.hides("dict", "list", "set", "sorted", "len") or _KEEPS_LAST.search(changed.task):
        return
    if _COUNTS.search(changed.task):
        # A list says nothing of how often: what is counted must be there.
        yield from _counted(changed)
        return
    if _BY_LETTERS.search(changed.task):
        yield from _in_order(changed)
    yield from _asked_first(changed)
    yield from _given_once(changed)


def _counted(changed: Changed) -> Iterator[Righted]:
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="len"), args=[ast.ListComp(elt=value) as every], keywords=[]) if _hashes(
                value
            ):
                if (span := spot(changed, every)) and (inner := written(changed, every)).startswith("["):
                    yield from made(changed, "a set is counted", (*span, f"{{{inner[1:-1]}}}"))
            case ast.Call(
                func=ast.Name(id="sum"), args=[ast.GeneratorExp(elt=ast.Constant(value=1), generators=[each])]
            ):
                for field in _fields_of(changed, each):
                    new = ast.unparse(ast.SetComp(field, [each]))
                    if span := spot(changed, part):
                        yield from made(changed, f"`len({new})`", (*span, f"len({new})"))
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name) as held], keywords=[]) if name in _lists(
                changed
            ) and (span := spot(changed, held)):
                yield from made(changed, f"`len(set({name}))`", (*span, f"set({name})"))


def _fields_of(changed: Changed, each: ast.comprehension) -> Iterator[ast.expr]:
    """Yield the field of what is counted whose name the task says."""
    if isinstance(each.target, ast.Name):
        used = [one for one in ast.walk(changed.tree) if isinstance(one, ast.AnnAssign)]
        for one in used:
            match one.target:
                case ast.Name(id=name) if re.search(rf"\b{re.escape(name)}s?\b", changed.task, re.IGNORECASE):
                    yield ast.Attribute(ast.Name(each.target.id, ast.Load()), name, ast.Load())


def _in_order(changed: Changed) -> Iterator[Righted]:
    """Yield what is returned as a set in order: an order is asked for, too."""
    for part in own_parts(changed.node):
        match part:
            case ast.Return(value=ast.Name(id=name) as value) if name in _lists(changed):
                new = f"sorted(set({name}))"
            case ast.Return(value=ast.ListComp(elt=one) as value) if _hashes(one) and (
                (text := written(changed, value)).startswith("[")
            ):
                new = f"sorted({{{text[1:-1]}}})"
            case ast.Return(value=ast.Call(func=ast.Name(id="list" | "sorted"), args=[given], keywords=[]) as value):
                new = f"sorted(set({written(changed, given)}))"
            case _:
                continue
        if span := spot(changed, value):
            yield from made(changed, f"`{new}`", (*span, new))


def _asked_first(changed: Changed) -> Iterator[Righted]:
    """Yield a list to which only what it has not yet is added, in a loop or for one that is given."""
    for part in parts(changed):
        match part:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name() | ast.Attribute() as held, attr="append"), args=[one]
                )
            ) if (
                _hashes(one)
                and not isinstance(one, ast.JoinedStr)
                and _is_list(changed, held)
                and not _is_known(changed, held, one)
            ):
                begin, end = changed.lines.span(part)
                text = changed.lines.text[begin:end]
                if "\n" in text or not changed.have_their_lines((begin, end)):
                    continue
                margin = changed.lines.indent(part.lineno)
                question = f"if {written(changed, one)} not in {written(changed, held)}:"
                yield from put(changed, f"`{question}`", (begin, begin, f"{question}\n{margin}    "))


def _is_known(changed: Changed, held: ast.expr, one: ast.expr) -> bool:
    """Return whether it is asked already whether the list has it."""
    wanted = {f"{ast.unparse(one)} {word} {ast.unparse(held)}" for word in ("in", "not in")}
    return any(isinstance(each, ast.Compare) and ast.unparse(each) in wanted for each in ast.walk(changed.node))


def _is_list(changed: Changed, held: ast.expr) -> bool:
    """Return whether something is a list that gets nothing out of other things: one that begins empty, or a field."""
    return not isinstance(held, ast.Name) or held.id in _lists(changed)


def _given_once(changed: Changed) -> Iterator[Righted]:
    """Yield a list that is returned with each of its elements once, in the order in which they come."""
    for part in own_parts(changed.node):
        match part:
            case ast.Return(value=ast.Name(id=name) as value) if name in _lists(changed):
                given = name
            case ast.Return(value=ast.ListComp(elt=one) as value) if _hashes(one):
                text = written(changed, value)
                given = text[1:-1].strip() if text.startswith("[") else text
            case _:
                continue
        if span := spot(changed, value):
            yield from made(changed, "each comes only once", (*span, f"list(dict.fromkeys({given}))"))


def _lists(changed: Changed) -> set[str]:
    """Return the names that a function sets to an empty list, or to a list that it makes, once."""
    found: set[str] = set()
    for part in parts(changed):
        match part:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=[]) | ast.ListComp())
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.List(elts=[]) | ast.ListComp())
            ) if len(changed.sets(name)) == 1:
                found.add(name)
    return found


def _hashes(value: ast.expr) -> bool:
    """Return whether a value may be looked for in a set, and asked for twice: a name, a field, or what one gives."""
    match value:
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.JoinedStr():
            return True
        case ast.Call(func=ast.Attribute(), args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="strip" | "lower" | "upper" | "title" | "rstrip" | "lstrip")):
            return True
    return isinstance(value, ast.Tuple) and all(map(_hashes, value.elts))


def surely_once(changed: Changed) -> Iterator[Righted]:
    """Yield the first of them where a function does nothing but collect, and gives one list back."""
    body = [one for one in changed.node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    adds = [
        one for one in ast.walk(changed.node) if isinstance(one, ast.Attribute) and one.attr in {"append", "extend"}
    ]
    returns = [one for one in own_parts(changed.node) if isinstance(one, ast.Return)]
    inner = any(isinstance(one, Function | ast.Lambda) for one in ast.walk(changed.node) if one is not changed.node)
    if len(body) <= 3 and len(adds) <= 1 and len(returns) == 1 and not inner and not _is_of_another(changed):
        yield from list(put_once(changed))[:1]


def _is_of_another(changed: Changed) -> bool:
    """Return whether a task says what is to be there once, and that is another field, or a thing of some class."""
    fields = {ast.unparse(one.target) for one in ast.walk(changed.tree) if isinstance(one, ast.AnnAssign)}
    classes = {one.name.lower() for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    looked_at = {one.attr for one in ast.walk(changed.node) if isinstance(one, ast.Attribute)}
    said = {one.removesuffix("s") for one in _ONE_OF.findall(changed.task.lower())}
    by_other = {one for one in _ORDERED.findall(changed.task.lower()) if one not in {"name", "title", "the"}}
    return (
        bool(said & (fields - looked_at)) or bool(said & classes and looked_at & fields) or bool(by_other - looked_at)
    )


FINDERS: tuple[Finder, ...] = (put_once,)
SURE: tuple[Sure, ...] = (
    (
        surely_once,
        said_as(
            r"^(?!.*\b(?:not|never|unless|except|only if|if|when|also|too|instead"
            r"|add(?:s|ed)? up|per|twice as|last|newest|latest"
            r"|most|more|but|backwards|rever\w*|desc\w*|behind"
            r"|(?<!comes )(?<!come )(?<!appears )(?<!appear )(?<!they )(?<!it )"
            r"first(?=\s*(?:[.,;!]|$))|case|blank\w*|spaces?|default|counts? (?!a|each|every|siblings|it|"
            r"the same|somebody|each|only)\w+ twice)\b|.*n't\b)"
            r".*(?:\b(?:(?:each|every|everybody|everyone|all)\b[^.;]*\b(?:only |just )?once\b(?! (?:an?|per|a) ))"
            r"|\b(?:list|name|give|show|count)\w* (?:each|every)(?: \w+)?(?: only| just)? once\b)"
        ),
        1,
    ),
)
