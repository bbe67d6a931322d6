"""Another field in which a text is looked for too: `word in book.title.lower() or word in book.author.lower()`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.plain.places import Finder, Sure, declared_fields, made, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_LOOKS = re.compile(r"\b(?:look|search|find|found|match|check|consider|compar|filter|query)\w*", re.IGNORECASE)
_TOO = re.compile(
    r"\b(?:too|also|as well|besides|in addition|both|not only|only (?:look|search|find|match|check)\w*"
    r"|(?:look|search|find|match|check)\w*[^.;]{0,30} only)\b",
    re.IGNORECASE,
)
_AHEAD = (
    r"\b(?:at|in|into|by|through|on|for|and|or|match(?:es)?|search(?:es)?|consider|cover|check|include|either|both)"
    r"(?: (?:the|its|their|a|an|his|her|each|every))?(?: (?!not\b|return|show|sort|print)\w+(?:'s)?)? "
)
_NO_FIELD = re.compile(
    r"\b(?:not|never|no longer)\b (?:\w+ )?(?:look|search|find|match|at|in|by)\b|n't (?:look|search)"
)
_FOLDS = frozenset({"lower", "upper", "casefold"})


@dataclass(frozen=True)
class _Field:
    """A field or an entry that a function looks in, written as `{}.title` or `{}["title"]`, and what has it."""

    owner: str
    name: str
    form: str


def looked_for_elsewhere(changed: Changed) -> Iterator[Righted]:
    """Yield a text looked for in the other fields too that a task names; nothing where they are no texts."""
    if not (_LOOKS.search(changed.task) and _TOO.search(changed.task)) or _NO_FIELD.search(changed.task):
        return
    for part in parts(changed):
        match part:
            case ast.Compare(left=left, ops=[ast.In()], comparators=[held]):
                yield from _too(changed, part, held, f"{written(changed, left)} in {{}}", "or")
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[held]):
                yield from _too(changed, part, held, f"{written(changed, left)} not in {{}}", "and")
            case ast.Call(func=ast.Attribute(value=held, attr="startswith" as asked), args=[given], keywords=[]):
                yield from _too(changed, part, held, f"{{}}.{asked}({written(changed, given)})", "or")


def _too(changed: Changed, part: ast.expr, held: ast.expr, form: str, word: str) -> Iterator[Righted]:
    """Yield a question asked of the other fields as well, each with the same call as the first one."""
    looked_in, fold = _folded(_meant_by(changed, held))
    field = _field(looked_in)
    span = spot(changed, part)
    if field is None or span is None or not _is_bound_here(changed, field.owner):
        return
    asked = []
    for name, kind in _named(changed, field):
        one = field.form.format(field.owner, name)
        asked.append(form.format(f"({one} or ''){fold}" if "None" in kind and fold else f"{one}{fold}"))
        if "None" in kind and not fold:
            return
    if asked:
        new = f" {word} ".join((changed.lines.text[slice(*span)], *asked))
        if "\n" not in new:
            yield from made(changed, f"`{new}`", (*span, new))


def _meant_by(changed: Changed, held: ast.expr) -> ast.expr:
    """Return what a name stands for that a function sets once; anything else as it is."""
    if not isinstance(held, ast.Name) or len(changed.sets(held.id)) != 1:
        return held
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == held.id:
                return value
    return held


def _folded(held: ast.expr) -> tuple[ast.expr, str]:
    match held:
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=[], keywords=[]) if attr in _FOLDS:
            return value, f".{attr}()"
    return held, ""


def _field(held: ast.expr) -> _Field | None:
    match held:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return _Field(owner, name, "{}.{}")
        case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str(name))):
            return _Field(owner, name, '{}["{}"]')
    return None


def _is_bound_here(changed: Changed, owner: str) -> bool:
    return len(changed.sets(owner)) == 1 or (owner in changed.names and not changed.sets(owner))


def _named(changed: Changed, field: _Field) -> list[tuple[str, str]]:
    """Return the other texts of what has a field that a task names to be looked at, each with its type."""
    every = {name: kind for name, kind in _beside(changed, field).items() if kind in {"str", "str | None"}}
    looks = {part.attr for part in ast.walk(changed.node) if isinstance(part, ast.Attribute)}
    looks |= {
        part.value for part in ast.walk(changed.node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    return [(name, kind) for name, kind in every.items() if name not in looks and _is_said(changed.task, name)]


def _beside(changed: Changed, field: _Field) -> dict[str, str]:
    """Return the fields beside one, with their types: those of the one class that has it, or entries read elsewhere."""
    if "[" not in field.form:
        every = [declared_fields(one) for one in changed.tree.body if isinstance(one, ast.ClassDef)]
        having = [one for one in every if one.get(field.name) in {"str", "str | None"}]
        spoken = [one for one in having if field.owner.lower() == _class_of(changed, one)]
        having = spoken or having
        return having[0] if len(having) == 1 else {}
    found: dict[str, str] = {}
    for part in ast.walk(changed.tree):
        match part:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str(name))) if owner == field.owner:
                found[name] = "str"
    return found


def _class_of(changed: Changed, fields: dict[str, str]) -> str:
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    return next((one.name.lower() for one in classes if declared_fields(one) == fields), "")


def _is_said(task: str, name: str) -> bool:
    said = name.replace("_", "[_ ]")
    many = f"{said[:-1]}(?:y|ies)" if said.endswith("y") else f"{said}(?:s|es)?"
    return re.search(rf"{_AHEAD}['\"`]?{many}\b(?! (?:of|where|if)\b)", task, re.IGNORECASE) is not None


def surely_looked_for_elsewhere(changed: Changed) -> Iterator[Righted]:
    """Yield the same where no other field is named that is no text."""
    every = [
        one for part in changed.tree.body if isinstance(part, ast.ClassDef) for one in declared_fields(part).items()
    ]
    others = [name for name, kind in every if kind not in {"str", "str | None"}]
    if not any(_is_said(changed.task, name) for name in others):
        yield from looked_for_elsewhere(changed)


FINDERS: tuple[Finder, ...] = (looked_for_elsewhere,)

SURE: tuple[Sure, ...] = (
    (
        surely_looked_for_elsewhere,
        said_as(
            r"^(?=.*\b(?:should|must|let|please|want|need|can|could)\b)(?!.*\?|.*\b(?:wrong|"
            r"unless|except|if|when|instead|rather|parameter|option\w*|argument|only (?:if|when|for|where)"
            r"|sort\w*|first|order|rais\w*|return (?:the|its)|case|count\w*|print\w*|exact\w*|fully"
            r"|starting|begin\w*|later|second|other|both"
            r"|ignor\w*|skip\w*|(?:should|must) only|never"
            r"|not (?!only|just)\w+)\b)"
        ),
        1,
    ),
)
