"""Blanks around what a function cuts out of a text, or gets as one, taken off where the task says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.slips.texts import AROUND

_STRIPS = re.compile(r"\b(?:strip|trim)(?:s|ped|med)?\b", re.IGNORECASE)
_SPACE = re.compile(r"\b(?:blanks?|spaces?|white ?spaces?)\b", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"\b(?:(?:strip|trim)\w*|around)\b[^.;:]{0,40}?\b(?:each|every|all|both|them|\w{2,}[^\Ws]s)\b", re.IGNORECASE
)
"""What is more than one text, once nothing is said of the blanks."""

_OF_THE_TEXT = re.compile(
    r"\b(?:(?:strip|trim)\w*|around) (?:(?:the|its|an?|any|given) )*(?:texts?|strings?|input|it|line|values?|words?)\b",
    re.IGNORECASE,
)
_NAMES = ("part", "one", "piece")
_OF_FILES = re.compile(r"(?:\w*_)?(?:path|file|filename|folder|directory|url)")


def parts_stripped(changed: Changed) -> Iterator[Righted]:
    """Yield the function with blanks taken off all that it cuts a text into, or off what it names of that."""
    if not asks_for_stripping(changed.task):
        return
    for call in parts(changed):
        match call:
            case ast.Call(func=ast.Attribute(attr="split" | "rsplit"), args=[ast.Constant(value=str(sign)), *_]):
                if sign.strip() and (are_several(changed.task) or _is_named(changed, call)):
                    yield from _stripped(changed, call)


def _is_named(changed: Changed, call: ast.Call) -> bool:
    """Return whether a task names what a cut text gives, and all else of that is only taken for numbers."""
    match changed.holders.get(id(call)):
        case ast.Assign(targets=[ast.Tuple(elts=targets)]):
            names = [one.id for one in targets if isinstance(one, ast.Name)]
            said = [name for name in names if re.search(rf"\b{re.escape(name)}\b", changed.task)]
            looks = [look for name in names if name not in said for look in changed.looks(name)]
            holders = [changed.holders.get(id(look)) for look in looks]
            numbers = [ast.unparse(one.func) for one in holders if isinstance(one, ast.Call)]
            return bool(said) and len(numbers) == len(looks) and {*numbers} <= {"int", "float", "Decimal"}
    return False


def asks_for_stripping(task: str) -> bool:
    """Return whether a task speaks of blanks around something that are to go."""
    return (_STRIPS.search(task) or AROUND.search(task)) is not None


def are_several(task: str) -> bool:
    """Return whether they are to go around more than one thing."""
    return _OF_SEVERAL.search(_SPACE.sub("", task)) is not None


def _stripped(changed: Changed, call: ast.Call) -> Iterator[Righted]:
    """Yield the function with blanks taken off what one call cuts, where that is gone through, named or given."""
    what = "each part without blanks around"
    match changed.holders.get(id(call)):
        case ast.comprehension(target=ast.Name(id=name), iter=value) as loop if value is call:
            whole = changed.holders.get(id(loop))
            if not isinstance(whole, ast.ListComp | ast.GeneratorExp | ast.SetComp) or len(whole.generators) > 1:
                return
            inner = [part for one in (whole.elt, *loop.ifs) for part in ast.walk(one)]
            looks = [part for part in inner if isinstance(part, ast.Name) and part.id == name]
            spans = [spot(changed, part) for part in looks]
            # A method of its own may clean it already.
            if all(spans) and not any(isinstance(changed.holders.get(id(part)), ast.Attribute) for part in looks):
                yield from made(changed, what, *((*span, f"{name}.strip()") for span in spans if span))
        case ast.Return() | ast.Assign(targets=[ast.Name() | ast.Tuple()]) as holder:
            free = next((name for name in _NAMES if name not in changed.own), None)
            span = spot(changed, call)
            if free and span and not (isinstance(holder, ast.Assign) and _cleans(changed)):
                yield from made(changed, what, (*span, f"[{free}.strip() for {free} in {written(changed, call)}]"))


def _cleans(changed: Changed) -> bool:
    """Return whether a function strips something: what it is, is not asked."""
    return any(isinstance(part, ast.Attribute) and part.attr.endswith("strip") for part in parts(changed))


def text_stripped(changed: Changed) -> Iterator[Righted]:
    """Yield the function with blanks taken off the text that it gets, at its beginning."""
    if not asks_for_stripping(changed.task):
        return
    kinds = {name: one.node.annotation for name, one in parameters(changed.node).items() if one.written != "None"}
    texts = [name for name, kind in kinds.items() if kind is not None and ast.unparse(kind) == "str"]
    said = [name for name in texts if re.search(rf"\b{re.escape(name)}\b", changed.task)]
    # "People paste names with blanks around them" tells of all calls, and "strip the name" of one.
    if are_several(changed.task):
        stripped = [
            name
            for name in said
            if re.search(rf"\b(?:strip|trim)s? (?:the |its )?{re.escape(name)}\b(?!'s| of\b| and\b)", changed.task)
        ]
        texts = said = said if stripped == said else []
    # What is read from a file is no text that comes.
    is_whole = len(texts) == 1 and _OF_THE_TEXT.search(changed.task) and not _OF_FILES.fullmatch(texts[0])
    for name in said if len(said) == 1 else texts if is_whole else ():
        one = at_the_top(changed, [f"{name} = {name}.strip()"]) if not _cleans(changed) else None
        yield from [one] if one else []
