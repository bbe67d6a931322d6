"""What is refused because it is there already: a key that is set a second time, one more of the same name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters, work_of
from workbench.crew.plain.places import Finder, declared_fields
from workbench.crew.plain.refusing.members import self_of
from workbench.crew.plain.refusing.refusals import Refusal, guard, refusal
from workbench.crew.plain.refusing.refused_numbers import is_named
from workbench.crew.slips.righted import Changed, Righted

_THERE = re.compile(
    r"\b(?:already|twice|again|a second time|replac\w+|overwrit\w+|duplicates?|exists?|taken|same|in use|known)\b",
    re.IGNORECASE,
)


def refused_twice(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where what it keeps is there already, under its key or with the same field."""
    wish = refusal(changed)
    if wish is None or not _THERE.search(wish.case) or not self_of(changed):
        return
    for part in work_of(changed.node):
        match part:
            case ast.Assign(targets=[ast.Subscript(value=ast.Attribute() as held, slice=key)], value=value) if (
                _is_given(changed, key) and not isinstance(value, ast.BinOp)
            ):
                yield from _refused(changed, wish, f"{ast.unparse(key)} in {ast.unparse(held)}", ast.unparse(key))
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Attribute() as held, attr="append"), args=[one])):
                named = [(field, given) for field, given in _fields_of(changed, one) if is_named(field, wish.case)]
                # What is the same only in all that is named comes first.
                for some in ([named, *([each] for each in named)] if len(named) > 1 else [named]) if named else ():
                    same = " and ".join(f"one.{field} == {given}" for field, given in some)
                    if not changed.hides("any"):
                        yield from _refused(changed, wish, f"any({same} for one in {ast.unparse(held)})", some[0][1])


def _refused(changed: Changed, wish: Refusal, test: str, key: str) -> Iterator[Righted]:
    if not changed.own & {"one"}:
        yield from guard(changed, wish, test, f'f"already there: {{{key}}}"', key.partition(".")[0], shown=key)


def _is_given(changed: Changed, key: ast.expr) -> bool:
    """Return whether a key is a parameter, or a field of one, that is not set here."""
    root = key
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in changed.names and not changed.sets(root.id)


def _fields_of(changed: Changed, one: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield the fields of what is kept, each with what it is in the function: a parameter, or a field of one."""
    classes = {part.name: declared_fields(part) for part in changed.tree.body if isinstance(part, ast.ClassDef)}
    made = one
    match one:
        case ast.Name(id=name) if name in changed.names and not changed.sets(name):
            kind = parameters(changed.node)[name].node.annotation
            for field in classes.get(ast.unparse(kind).strip("'\""), {}) if kind else ():
                yield field, f"{name}.{field}"
            return
        case ast.Name(id=name):
            set_to = [
                part.value
                for part in work_of(changed.node)
                if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == name
            ]
            made = set_to[0] if len(set_to) == 1 else one
    match made:
        case ast.Call(func=ast.Name(id=kind_name), args=values, keywords=more) if kind_name in classes:
            pairs = [*zip(classes[kind_name], values, strict=False), *((each.arg or "", each.value) for each in more)]
            for field, value in pairs:
                if field and isinstance(value, ast.Name) and _is_given(changed, value):
                    yield field, value.id


FINDERS: tuple[Finder, ...] = (refused_twice,)
