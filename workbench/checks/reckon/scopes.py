"""Which names belong to which part of a file, and what they stand for while it is looked at."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from . import doors
from .bounds import Unknown

Function = ast.FunctionDef | ast.Lambda
_PARTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


_ADDED = frozenset({"help", "exit", "quit", "copyright", "credits", "license"})
"""Names that Python has everywhere, but not where this runs."""


class _Poison:
    """Stands for what a name of the file is if that is not known."""


POISON = _Poison()


class Scope:
    """The names of one part: a `module`, a `class`, a `function` or a `comprehension`.

    Attributes:
        names: those that it binds for itself.
        shared: those that it says are the module's.
        outside: those that it says are an outer function's.
    """

    __slots__ = ("kind", "names", "outside", "shared")

    def __init__(
        self, kind: str, names: Iterable[str], shared: Iterable[str] = (), outside: Iterable[str] = ()
    ) -> None:
        self.kind = kind
        self.shared = frozenset(shared)
        self.outside = frozenset(outside)
        self.names = frozenset(names) - self.shared - self.outside


class Frame:
    """What the names of a part stand for, once.

    Attributes:
        outer: the frame of the function or comprehension around it, if there is one.
        shared: the names of the module.
        code: the function that it is a call of, if it is one.
        owner: for a class: a list that holds it once it is made.
        home: for a comprehension: the frame that it stands in.
        name: what the names of functions and classes in it begin with.
    """

    __slots__ = ("code", "home", "name", "names", "outer", "owner", "scope", "shared")

    def __init__(self, scope: Scope, names: dict[str, Any], outer: Frame | None, shared: dict[str, Any]) -> None:
        self.scope = scope
        self.names = names
        self.outer = outer
        self.shared = shared
        self.code: Any = None
        self.owner: list[type] | None = None
        self.home: Frame | None = None
        self.name = ""

    @property
    def around(self) -> Frame | None:
        """What a part that stands in this one looks its names up in."""
        kind = self.scope.kind
        return self.outer if kind in {"class", "module"} else self

    def look(self, name: str, known: dict[str, Any]) -> Any:
        """Return what a name stands for; `known` are the names that every file has.

        Raises:
            NameError: nothing.
            Unknown: this is not known.
        """
        value = self.find(name, known)
        if value is POISON:
            raise Unknown(f"the name {name}")
        return value

    def find(self, name: str, known: dict[str, Any]) -> Any:
        """Return what a name stands for, `POISON` if that is not known."""
        return self.names[name] if name in self.names else self._further(name, known)

    def _further(self, name: str, known: dict[str, Any]) -> Any:
        if self.scope.kind in {"function", "comprehension"} and name in self.scope.names:
            doors.fail(UnboundLocalError if self.scope.kind == "function" else NameError)
        own = name in self.scope.shared or name in self.scope.names
        frame = None if own else self.outer
        while frame is not None and name not in frame.scope.shared:
            if name in frame.names:
                return frame.names[name]
            if name in frame.scope.names:
                doors.fail(NameError)
            frame = frame.outer
        if name in self.shared:
            return self.shared[name]
        if name in known:
            return known[name]
        return self._missing(name)

    def _missing(self, name: str) -> NoReturn:
        if hasattr(builtins, name) or name in _ADDED or name.startswith("__") or self.scope.kind == "class":
            raise Unknown(f"the name {name}")
        doors.fail(NameError)

    def bind(self, name: str, value: Any) -> None:
        """Let a name stand for a value."""
        self._home(name)[name] = value

    def drop(self, name: str) -> None:
        """Let a name stand for nothing.

        Raises:
            NameError: it already does.
        """
        home = self._home(name)
        if name not in home:
            doors.fail(UnboundLocalError if self.scope.kind == "function" else NameError)
        if home[name] is POISON:
            raise Unknown(f"the name {name}")
        del home[name]

    def forget(self, name: str) -> None:
        """Let a name stand for nothing, if it does not already."""
        self._home(name).pop(name, None)

    def _home(self, name: str) -> dict[str, Any]:
        if name in self.scope.shared:
            return self.shared
        if name not in self.scope.outside:
            return self.names
        frame = self.outer
        while frame is not None:
            if name in frame.scope.names and frame.scope.kind == "function":
                return frame.names
            frame = frame.outer
        raise Unknown(f"the name {name}")


def of_function(node: Function) -> Scope:
    """Return the names of a function."""
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [one for one in (arguments.vararg, arguments.kwarg) if one]
    body = [node.body] if isinstance(node, ast.Lambda) else node.body
    return _of_body("function", body, [one.arg for one in every])


def of_class(node: ast.ClassDef) -> Scope:
    """Return the names of a class."""
    return _of_body("class", node.body)


def of_module(node: ast.Module) -> Scope:
    """Return the names of a file."""
    return _of_body("module", node.body)


def of_comprehension(generators: list[ast.comprehension]) -> Scope:
    """Return the names of a comprehension."""
    names = [one.id for part in generators for one in ast.walk(part.target) if isinstance(one, ast.Name)]
    return Scope("comprehension", names)


def _of_body(kind: str, body: Iterable[ast.AST], names: Iterable[str] = ()) -> Scope:
    bound, shared, outside = set(names), set[str](), set[str]()
    for node in within(body):
        bound.update(names_of(node))
        if isinstance(node, ast.Global):
            shared.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            outside.update(node.names)
    return Scope(kind, bound, shared, outside)


def within(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes that belong to a part itself, not to a function, class or comprehension in it.

    Of a comprehension that stands in it the names are yielded that it binds outside itself.
    """
    left = list(body)
    while left:
        node = left.pop()
        yield node
        if isinstance(node, _COMPREHENSIONS):
            left.extend(_named_in(node))
        elif isinstance(node, _PARTS):
            left.extend(_around(node))
        else:
            left.extend(ast.iter_child_nodes(node))


def _named_in(comprehension: ast.AST) -> Iterator[ast.AST]:
    left = [comprehension]
    while left:
        node = left.pop()
        if isinstance(node, ast.NamedExpr):
            yield node
        left.extend(_around(node) if isinstance(node, ast.Lambda) else ast.iter_child_nodes(node))


def _around(part: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands with a function or a class but belongs to the part around it."""
    yield from getattr(part, "decorator_list", [])
    yield from getattr(part, "bases", [])
    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        yield from part.args.defaults
        yield from (one for one in part.args.kw_defaults if one is not None)


def names_of(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds by itself."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases):
            yield from (one.asname or one.name.partition(".")[0] for one in aliases)
        case ast.ImportFrom(names=aliases):
            yield from (one.asname or one.name for one in aliases)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case _:
            pass
