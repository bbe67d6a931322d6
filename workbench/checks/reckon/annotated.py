"""Annotations: what they mean is not looked at, but Python works them out where they stand, and that may fail."""

from __future__ import annotations

import ast
import builtins
import sys
from typing import Any

from . import doors, natives, scopes
from .bounds import run
from .scopes import Frame
from .tables import BUILTIN

_LATER = sys.version_info >= (3, 14)
"""Whether Python works annotations out only when they are asked for."""


def look(node: ast.expr | None, frame: Frame) -> None:
    """Look whether Python could work an annotation out, as far as it is made of names, `|` and indices.

    Raises:
        NameError: a name in it stands for nothing.
        TypeError: it joins what cannot be joined, such as `callable | None`.
    """
    if node is not None and not run.postponed and not _LATER:
        _value(node, frame)


def look_at_all(node: scopes.Function, frame: Frame) -> None:
    """Look at the annotations of a function."""
    given = node.args
    for one in (*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg):
        if one is not None:
            look(one.annotation, frame)
    look(getattr(node, "returns", None), frame)


def _value(node: ast.expr, frame: Frame) -> Any:
    """Return what an annotation is if that is a type or a constant, something that is only there if not."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return _named(name, frame)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return doors.binary(ast.BitOr, _value(left, frame), _value(right, frame))
        case ast.Subscript(value=value, slice=part):
            kind = _value(value, frame)
            _value(part, frame)
            return doors.Opaque() if isinstance(kind, str) else doors.item(kind, 0)
        case ast.Attribute(value=value):
            _value(value, frame)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                _value(part, frame)
    return doors.Opaque()


def _named(name: str, frame: Frame) -> Any:
    if hasattr(builtins, name) and name not in natives.KNOWN:
        return doors.Opaque()
    value = frame.find(name, natives.KNOWN)
    is_sure = (isinstance(value, type) and value not in run.classes) or type(value) in BUILTIN
    return value if is_sure else doors.Opaque()
