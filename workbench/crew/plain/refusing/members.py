"""What a class of the file has: its fields and the methods that only tell something, with what kind of thing it is."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Literal

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.places import class_around, declared_fields
from workbench.crew.slips.righted import Changed

Kind = Literal["number", "flag", "many", "optional", "text", "other", ""]
_MANY = re.compile(r"(?:list|dict|set|frozenset|tuple|Sequence|Mapping|Collection|deque)\b")
_FLAG = re.compile(r"_*(?:is|has|can|was|needs)_")


@dataclass(frozen=True)
class Member:
    """A field or a method, as it is asked for: `self.left()`."""

    name: str
    text: str
    kind: Kind

    @property
    def words(self) -> list[str]:
        """The words of its name, but for those that every question has."""
        return [one for one in self.name.lower().split("_") if one not in {"", "is", "has", "was", "can", "get", "be"}]


def self_of(changed: Changed) -> str:
    """Return what a method calls its object; nothing of a function, or where it has none."""
    first = [*changed.node.args.posonlyargs, *changed.node.args.args][:1]
    marks = {ast.unparse(one) for one in changed.node.decorator_list}
    if class_around(changed) is None or not first or marks & {"staticmethod", "classmethod"}:
        return ""
    return "" if changed.sets(first[0].arg) else first[0].arg


def own_members(changed: Changed) -> list[Member]:
    """Return what the object of a method has, but the method itself."""
    around, name = class_around(changed), self_of(changed)
    found = members(around, name) if around and name else []
    return [one for one in found if one.name != changed.node.name]


def members_of_given(changed: Changed) -> list[Member]:
    """Return what the parameters have that are declared as classes of the file."""
    classes = {one.name: one for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    found: list[Member] = []
    for name, one in parameters(changed.node).items():
        kind = ast.unparse(one.node.annotation).strip("'\"") if one.node.annotation else ""
        if kind in classes and not changed.sets(name):
            found += members(classes[kind], name)
    return found


def members(node: ast.ClassDef, holder: str) -> list[Member]:
    """Return what a class has, as it is asked of a holder."""
    found: dict[str, Kind] = {name: _kind(kind) for name, kind in declared_fields(node).items()}
    methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    for one in methods:
        if one.name == "__init__":
            found |= {name: kind for name, kind in _set_at_first(one).items() if not found.get(name)}
    texts = {name: f"{holder}.{name}" for name in found}
    for one in methods:
        marks = {ast.unparse(mark) for mark in one.decorator_list}
        is_property = bool(marks & {"property", "cached_property", "functools.cached_property"})
        is_plain = len(parameters(one)) == 1 and not (one.args.vararg or one.args.kwarg)
        if is_plain and not one.name.startswith("__") and (not marks or is_property) and (kind := _told(one)):
            found[one.name] = kind
            texts[one.name] = f"{holder}.{one.name}{'' if is_property else '()'}"
    return [Member(name, texts[name], kind) for name, kind in found.items() if kind]


def _set_at_first(node: ast.FunctionDef) -> dict[str, Kind]:
    """Return the fields that an object is made with."""
    given = {name: one.node.annotation for name, one in parameters(node).items()}
    found: dict[str, Kind] = {}
    for part in own_parts(node):
        match part:
            case ast.AnnAssign(target=ast.Attribute(attr=name), annotation=kind):
                found[name] = _kind(ast.unparse(kind))
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Name(id=source)) if source in given:
                kind_given = given[source]
                found[name] = _kind(ast.unparse(kind_given)) if kind_given else "other"
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                found[name] = _kind_of(value)
    return found


def _kind(annotation: str) -> Kind:
    plain = annotation.strip("'\"")
    if "None" in plain or plain.startswith("Optional"):
        return "optional"
    if plain in {"int", "float", "Decimal"}:
        return "number"
    if plain == "str":
        return "text"
    return "flag" if plain == "bool" else "many" if _MANY.match(plain) else "other"


def _kind_of(value: ast.expr) -> Kind:
    match value:
        case ast.Constant(value=bool()) | ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "flag"
        case ast.Call(func=ast.Name(id="any" | "all" | "bool")):
            return "flag"
        case ast.Constant(value=None):
            return "optional"
        case ast.Constant(value=str()) | ast.JoinedStr():
            return "text"
        case ast.BinOp() | ast.Constant() | ast.Call(func=ast.Name(id="len" | "sum" | "max" | "min" | "round")):
            return "number"
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return "many"
        case ast.Call(func=ast.Name(id="list" | "dict" | "set" | "sorted" | "defaultdict" | "Counter" | "deque")):
            return "many"
    return "other"


def _told(node: ast.FunctionDef) -> Kind:
    """Return what a method tells; nothing where it gives nothing, or does something else."""
    parts = [*own_parts(node)]
    returns = [one.value for one in parts if isinstance(one, ast.Return) and one.value is not None]
    changes = any(
        isinstance(one, ast.AugAssign | ast.Delete | ast.Yield | ast.YieldFrom | ast.Raise)
        or (isinstance(one, ast.Assign) and not isinstance(one.targets[0], ast.Name | ast.Tuple))
        or (isinstance(one, ast.Expr) and not isinstance(one.value, ast.Constant))
        for one in parts
    )
    if not returns or changes:
        return ""
    if node.returns is not None:
        return _kind(ast.unparse(node.returns))
    return "flag" if _FLAG.match(node.name) else _kind_of(returns[-1])
