"""A whole file, statement by statement, and what an expression then gives in it.

A statement that is not known spoils the names that it binds, and all that it might have changed; the rest stays known.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import classes, doors, functions, order, patterns, scopes
from .bounds import STEPS, Unknown, run
from .expressions import evaluate
from .scopes import POISON, Frame
from .statements import execute
from .tables import BUILTIN, SCALARS

LOADED = (classes, patterns)
"""Modules that know of further statements."""

LONGEST = 400_000
"""Characters of a file that is looked at."""

_ANSWER = 100_000


@dataclass(frozen=True)
class Answer:
    """What a question gave: the text of a `value`, or the class of an `error`."""

    value: str
    error: str


class Spoilt(Exception):
    """Nothing of the file is known."""


class Session:
    """A file that questions are asked of.

    Raises:
        Spoilt: nothing of it is known.
    """

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Spoilt
        _check(text, "exec")
        self.tree = _Mangled().visit(ast.parse(text))
        self.scope = scopes.of_module(self.tree)
        self.statements = [part for node in self.tree.body for part in _parts(node)]
        self.mentions = _mentions(self.tree)
        self.reaching = {node.name for node in self.tree.body if isinstance(node, _NAMED) and _reaches(node)}
        self.changed_by_calls = frozenset(_changed(self.tree))

    def ask(self, question: str) -> Answer | None:
        """Return what an expression gives in the file; None where this is not known."""
        try:
            _check(question.strip(), "eval")
            tree = ast.parse(question.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        answer = self._once(tree.body, 0)
        if answer is not None and run.ordered:
            for number in range(1, order.ORDERS):
                if self._once(tree.body, number) != answer:
                    return None
        return answer

    def _once(self, node: ast.expr, number: int) -> Answer | None:
        run.begin(number)
        try:
            frame = self._load()
            run.refill(STEPS)
            answer = _answer(node, frame)
        except (Unknown, Spoilt):
            return None
        except BaseException as fault:
            run.why = run.why or f"a fault of ours: {fault!r}"
            return None
        return None if run.why else answer

    def _load(self) -> Frame:
        names: dict[str, Any] = {"__name__": doors.Opaque()}
        frame = Frame(self.scope, names, None, names)
        for node in self.statements:
            if _is_main(node):
                continue
            run.refill(STEPS // 4)
            try:
                execute(node, frame)
            except Unknown:
                run.why = run.why or "something"
            except BaseException as error:
                if doors.is_own(error):
                    raise Spoilt from error
                run.why = f"a fault of ours: {error!r}"
            if run.why:
                self._spoil(node, names)
        return frame

    def _spoil(self, node: ast.stmt, names: dict[str, Any]) -> None:
        """Let all that a statement binds or may change be unknown."""
        if any(isinstance(one, ast.alias) and one.name == "*" for one in ast.walk(node)):
            raise Spoilt
        before, direct = dict(names), list(scopes.within([node]))
        for one in direct:
            names.update(dict.fromkeys(scopes.names_of(one), POISON))
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return
        parts = list(ast.walk(node))
        for one in parts:
            if isinstance(one, (ast.Attribute, ast.Subscript)) and not isinstance(one.ctx, ast.Load):
                names.update({inner.id: POISON for inner in ast.walk(one) if isinstance(inner, ast.Name)})
        if any(isinstance(one, ast.Call) for one in parts):
            names.update(dict.fromkeys(self.changed_by_calls, POISON))
        kinds = tuple({before[name] for name in _used(direct) if _is_own_class(before.get(name))})
        kinds = () if isinstance(node, ast.ClassDef) else kinds
        names.update(
            {name: POISON for name, value in before.items() if _is_own_class(value) and issubclass(value, kinds)}
        )
        mentioned = self._reached(_used(parts), before)
        if mentioned & (_REACHING | self.reaching) or any(map(_is_reaching, parts)):
            raise Spoilt
        if kinds or any(_may_change(before[name]) for name in mentioned if name in before):
            names.update({name: POISON for name, value in before.items() if _may_change(value)})

    def _reached(self, mentioned: set[str], names: dict[str, Any]) -> set[str]:
        """Return names with those that the functions and classes among them mention, and so on."""
        left, found = list(mentioned), set(mentioned)
        while left:
            name = left.pop()
            further = (self.mentions.get(name, set()) | _mentioned_by(names.get(name))) - found
            found |= further
            left.extend(further)
        return found


def _check(text: str, mode: str) -> None:
    """Raise an error if Python would refuse a text; what it makes of it is thrown away, never run."""
    compile(text, "<file>", mode, dont_inherit=True)


def _mentions(tree: ast.Module) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, _NAMED):
            found[node.name] = _names_in(node)
    return found


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _mentioned_by(value: Any) -> set[str]:
    """Return what a function of the file mentions, whatever its name is now."""
    if type(value) is not types.FunctionType or value not in run.codes:
        return set()
    return _names_in(run.codes[value].node)


def _used(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names among nodes whose values they may change, not those that they only bind anew."""
    found = {one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    return found | {
        one.target.id for one in nodes if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name)
    }


def _is_reaching(node: ast.AST) -> bool:
    """Return whether a node of a statement lets it change what it does not name, such as how `Decimal` rounds."""
    return isinstance(node, ast.Attribute) and node.attr in _HOLDING | _SETTING


def _reaches(node: ast.AST) -> bool:
    return any(map(_is_reaching, ast.walk(node)))


def _changed(tree: ast.Module) -> Iterator[str]:
    """Yield the names of a file that calls of its functions may let stand for something else, or change."""
    for part in tree.body:
        for node in ast.walk(part):
            if isinstance(node, ast.Global):
                yield from node.names
            elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                name = node.value.id if isinstance(node.value, ast.Name) else ""
                if name and name != "self":
                    yield name
                if name != "self" and isinstance(part, ast.ClassDef):
                    yield part.name
            elif (
                isinstance(node, ast.Name)
                and node.id == "setattr"
                and isinstance(part, (ast.ClassDef, ast.FunctionDef))
            ):
                yield part.name


_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SETTING = frozenset(
    {
        "getcontext",
        "setcontext",
        "DefaultContext",
        "setfirstweekday",
        "setlocale",
        "set_int_max_str_digits",
        "register_dialect",
    }
)
"""Names that let a statement change how Python's own library works."""
_REACHING = _SETTING | frozenset(
    {
        "globals",
        "vars",
        "locals",
        "exec",
        "eval",
        "compile",
        "setattr",
        "delattr",
        "__import__",
        "importlib",
        "builtins",
    }
)
_HOLDING = frozenset({"modules", "__dict__", "__builtins__"})
"""Names that let a statement change whatever it likes."""


def _parts(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield a statement; for an import one for each name, because one may be known and another not."""
    if isinstance(node, ast.Import):
        yield from (ast.Import([one]) for one in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (ast.ImportFrom(node.module, [one], node.level) for one in node.names)
    else:
        yield node


def _is_main(node: ast.stmt) -> bool:
    """Return whether a statement is for a file that is run, not imported."""
    match node:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value)])):
            return value == "__main__" and not node.orelse
        case _:
            return False


def _may_change(value: Any) -> bool:
    """Return whether a value may be another one later without its name being bound anew."""
    if type(value) in SCALARS or value is POISON or isinstance(value, doors.Opaque):
        return False
    if type(value) in (tuple, frozenset):
        return any(map(_may_change, value))
    if type(value) is types.FunctionType:
        return value in run.codes and (not functions.is_steady(value) or any(map(_may_change, vars(value).values())))
    if isinstance(value, type):
        return value in run.classes and any(map(_may_change, _made_by(value)))
    if type(value) in BUILTIN:
        return type(value.__self__) not in (types.ModuleType, type) and _may_change(value.__self__)
    return type(value) is not types.UnionType


def _is_own_class(value: Any) -> bool:
    return isinstance(value, type) and value in run.classes


def _made_by(kind: type) -> Iterable[Any]:
    """Return what a class of the file holds besides functions and what Python puts there."""
    found: list[Any] = []
    for name, value in vars(kind).items():
        inner = getattr(value, "__func__", value)
        if type(inner) is types.FunctionType:
            code = run.codes.get(inner)
            found += code.defaults.values() if code else []
        elif not (name.startswith("__") and name.endswith("__")) and not hasattr(type(inner), "__get__"):
            found.append(value)
    return found


def _answer(node: ast.expr, frame: Frame) -> Answer | None:
    try:
        value = evaluate(node, frame)
    except Exception as error:
        return Answer("", type(error).__name__) if doors.is_own(error) else _fault(error)
    except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
        return Answer("", type(error).__name__) if doors.is_own(error) else _fault(error)
    order.settled(value)
    text = repr(value)
    return Answer(text, "") if len(text) <= _ANSWER else None


def _fault(error: BaseException) -> Answer | None:
    run.why = run.why or f"a fault of ours: {error!r}"
    return None


_FIELD_WORDS = frozenset({"ClassVar", "InitVar", "KW_ONLY"})
"""What makes fields of dataclasses special, and is looked for by name."""

_WORDS = _FIELD_WORDS | _SETTING | _HOLDING
"""What must go by no other name."""


def _is_field_word(node: ast.AST) -> bool:
    return getattr(node, "id", getattr(node, "attr", "")) in _FIELD_WORDS


class _Mangled(ast.NodeTransformer):
    """Gives names in classes that begin with two underscores the names that Python gives them."""

    def __init__(self) -> None:
        self.within = ""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Change the names in a class."""
        if self._name(node.name) != node.name:
            raise Spoilt
        for one in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(one)
        before, self.within = self.within, node.name.lstrip("_")
        for inner in node.body:
            self.visit(inner)
        self.within = before
        return node

    def _name(self, name: str) -> str:
        hidden = name.startswith("__") and not name.endswith("__") and "." not in name
        return f"_{self.within}{name}" if hidden and self.within else name

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Change the names that a node holds itself."""
        if isinstance(node, ast.keyword) and (node.arg or "").startswith("__") and self.within:
            raise Spoilt
        if isinstance(node, ast.alias) and node.name in _WORDS and node.asname not in (None, node.name):
            raise Spoilt
        if isinstance(node, ast.Assign) and any(map(_is_field_word, ast.walk(node.value))):
            raise Spoilt
        if self.within and not isinstance(node, (ast.Constant, ast.ClassDef)):
            for name in ("id", "attr", "name", "arg", "asname"):
                value = getattr(node, name, None)
                if isinstance(value, str):
                    setattr(node, name, self._name(value))
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                node.names = [self._name(one) for one in node.names]
        return super().generic_visit(node)
