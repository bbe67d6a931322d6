"""Classes of the file: real ones, made of functions that stand for those of the file, so that Python's rules hold."""

from __future__ import annotations

import abc
import ast
import re
import types
from typing import Any

from . import doors, scopes
from .bounds import Unknown, run
from .expressions import evaluate
from .functions import qualified
from .scopes import Frame
from .statements import STATEMENTS, decorated, execute_all
from .tables import ERRORS

_WORDS = (
    "init repr str eq ne lt le gt ge hash len iter next contains getitem setitem delitem bool call add "
    "radd iadd sub rsub isub mul rmul imul truediv rtruediv floordiv rfloordiv mod rmod pow and rand or "
    "ror xor rxor neg pos abs invert int float round index format post_init enter exit reversed lshift "
    "rshift floor ceil trunc"
)
_SPECIAL = frozenset(f"__{name}__" for name in _WORDS.split())
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum"})


class Root:
    """What classes of the file that name no other are made of."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise Unknown("the text of something that has none of its own")


def _define(node: ast.ClassDef, frame: Frame) -> None:
    decorators = [evaluate(one, frame) for one in node.decorator_list]
    if node.keywords or getattr(node, "type_params", None):
        raise Unknown("a special class")
    bases = [evaluate(one, frame) for one in node.bases]
    tuple_like = any(isinstance(one, ast.Name | ast.Attribute) and _last(one) == "NamedTuple" for one in node.bases)
    tuple_like = tuple_like and all(getattr(one, "__module__", "") == "typing" for one in bases)
    made = _named_tuple(node, frame) if tuple_like else _make(node, frame, _bases(node, bases))
    frame.bind(node.name, decorated(made, decorators))


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _bases(node: ast.ClassDef, values: list[Any]) -> tuple[type, ...]:
    found: list[type] = []
    for value, base in zip(values, node.bases, strict=True):
        if isinstance(value, doors.Opaque):
            if not (
                isinstance(base, ast.Subscript) and isinstance(base.value, ast.Name) and base.value.id == "Generic"
            ):
                raise Unknown("a class of another kind")
        elif value is object:
            found.append(Root)
        elif isinstance(value, type) and (value in run.classes or value in ERRORS.values() or _is_base(value)):
            found.append(value)
        else:
            raise Unknown("a class of another kind")
    if found == [abc.ABC]:
        return (Root, abc.ABC)
    return tuple(found) or (Root,)


def _is_base(value: type) -> bool:
    return value is abc.ABC or (value.__module__ == "enum" and value.__name__ in _ENUMS)


def _body(node: ast.ClassDef, frame: Frame, names: dict[str, Any]) -> list[type]:
    """Do what stands in a class; return the list that is to hold the class."""
    inner = Frame(scopes.of_class(node), names, frame.around, frame.shared)
    owner: list[type] = []
    inner.owner = owner
    inner.name = qualified(frame, node.name)
    execute_all([one for one in node.body if not _is_text(one)], inner)
    for name, value in names.items():
        if name.startswith("__") and name.endswith("__"):
            _special(name, value)
    return owner


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _special(name: str, value: Any) -> None:
    if name in _SPECIAL:
        if (type(value) is types.FunctionType and value in run.codes) or (name == "__hash__" and value is None):
            return
    elif name in {"__match_args__", "__slots__"} and type(value) in (tuple, list, str):
        return
    raise Unknown(f"the special name {name}")


def _make(node: ast.ClassDef, frame: Frame, bases: tuple[type, ...]) -> type:
    metaclass = _metaclass(bases)
    name = node.name
    names: Any = metaclass.__prepare__(name, bases)
    owner = _body(node, frame, names)
    # Only now: a dataclass makes a program of these names, so nothing in the class may have changed them.
    annotations = _annotations(node)
    names["__module__"] = "reckoned"
    names["__qualname__"] = qualified(frame, name)
    names["__doc__"] = "-"
    if annotations:
        names["__annotations__"] = annotations
    doors.plain(*(names[one] for one in annotations if one in names))
    made: type = doors.run_real(metaclass, [name, bases, names], {})
    run.classes.add(made)
    owner.append(made)
    return made


def _metaclass(bases: tuple[type, ...]) -> Any:
    found: Any = type
    for base in bases:
        if issubclass(type(base), found):
            found = type(base)
        elif not issubclass(found, type(base)):
            raise Unknown("a class of two kinds")
    return found


def _annotations(node: ast.ClassDef) -> dict[str, Any]:
    """Return the annotated names of a class, as far as a dataclass asks for more than their being there."""
    found: dict[str, Any] = {}
    if any(isinstance(one, ast.AnnAssign) and one not in node.body for one in scopes.within(node.body)):
        raise Unknown("a field under a condition")
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.simple:
            text = ast.unparse(one.annotation)
            if "InitVar" in text or "KW_ONLY" in text:
                raise Unknown("a special field")
            found[one.target.id] = _class_variable() if re.search(r"\bClassVar\b", text) else object
    return found


def _class_variable() -> Any:
    from typing import ClassVar

    return ClassVar


def _named_tuple(node: ast.ClassDef, frame: Frame) -> type:
    """Return a class that says it is a `NamedTuple`."""
    if len(node.bases) != 1:
        raise Unknown("a special class")
    names: dict[str, Any] = {}
    annotations = _annotations(node)
    owner = _body(node, frame, names)
    if owner or any(name in names and name in _TUPLE for name in names):
        raise Unknown("a special named tuple")
    from collections import namedtuple

    defaults = [names[name] for name in annotations if name in names]
    fields = list(annotations)
    if any(name not in names for name in fields[len(fields) - len(defaults) :]):
        raise Unknown("a special named tuple")
    made = doors.run_real(namedtuple, [node.name, fields], {"defaults": defaults})
    for name, value in names.items():
        if name not in annotations:
            doors.put(made, name, value)
    made.__qualname__ = qualified(frame, node.name)
    run.classes.add(made)
    owner.append(made)
    return made  # type: ignore[no-any-return]


_TUPLE = frozenset({"__init__", "_make", "_replace", "_asdict", "_fields", "_field_defaults", "__slots__", "__hash__"})

STATEMENTS[ast.ClassDef] = _define
