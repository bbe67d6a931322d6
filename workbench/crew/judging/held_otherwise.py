"""A field that holds something else after a change, while others of its class go on to look at it as it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.judging.stated import Function, changed_names, functions
from workbench.model import FileEdit

_COLLECTIONS = (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp)


def held_otherwise(edit: FileEdit) -> Iterator[str]:
    """Yield which field of a class a change puts a collection into where it held none, and who still looks at it.

    A check that comes by the changed methods alone does not see that another one fails with what is there now.
    """
    if not edit.path.endswith(".py") or not edit.before or not edit.after:
        return
    old, new = functions(edit.before), functions(edit.after)
    changed = {name for name in changed_names(edit.before, edit.after) if "." in name and name in old}
    for name in sorted(changed):
        owner = name.rpartition(".")[0]
        held = dict(_stored(old[name]))
        for field, is_collection in _stored(new[name]):
            if not is_collection or held.get(field, True):
                continue
            others = [other for other in new if other.rpartition(".")[0] == owner and other not in changed]
            looks = [other for other in others if field in _looked_at(new[other])]
            if looks:
                kept = f"{looks[0]} goes on to look at it, so it must hold what it did"
                yield f"{name} puts a collection into self.{field}, which held none; {kept}"


def _stored(node: Function) -> Iterator[tuple[str, bool]]:
    """Yield the fields that a method stores something in, or in an item of, and whether that is a collection."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Assign):
            continue
        is_made = isinstance(part.value, ast.Call) and ast.unparse(part.value.func) in {"list", "dict", "set"}
        for target in part.targets:
            match target:
                case (
                    ast.Attribute(value=ast.Name(id="self"), attr=field)
                    | ast.Subscript(value=ast.Attribute(value=ast.Name(id="self"), attr=field))
                ):
                    yield field, is_made or isinstance(part.value, _COLLECTIONS)


def _looked_at(node: Function) -> set[str]:
    """Return the fields of `self` that a method looks at, and does not only set."""
    fields = (part for part in ast.walk(node) if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load))
    return {part.attr for part in fields if isinstance(part.value, ast.Name) and part.value.id == "self"}
