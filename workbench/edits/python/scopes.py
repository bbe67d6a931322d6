"""Which name means what in a Python file: every place an identifier stands at, and the scope that binds it there.

The rules are the language's own (reference, "Naming and binding"): functions see outer functions, classes are not seen
from within their methods, comprehensions are scopes but for their first iterable. Nothing is imported or run.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from workbench.edits.python.layout import tokens
from workbench.edits.source import Lines, parse

Kind = Literal["module", "function", "class"]
Role = Literal["name", "attribute", "keyword", "import", "member"]
_Functions = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehensions = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(eq=False)
class Scope:
    """A module, a class, or a function, comprehensions and lambdas among them. `name` is qualified; a file has none."""

    kind: Kind
    name: str
    parent: Scope | None = None
    bound: set[str] = field(default_factory=set)
    outer: dict[str, Literal["global", "nonlocal"]] = field(default_factory=dict)
    arguments: set[str] = field(default_factory=set)
    stars: bool = False

    @property
    def module(self) -> Scope:
        """The scope of the file."""
        return self if self.parent is None else self.parent.module


@dataclass(frozen=True, eq=False)
class Place:
    """Where an identifier stands: characters `start` to `end` of the text.

    Attributes:
        role: a name that a scope binds or looks up; an attribute after a dot; the keyword of a call; a name that is
            imported out of another module.
        scope: the scope it stands in.
        node: what it belongs to.
    """

    text: str
    start: int
    end: int
    line: int
    role: Role
    scope: Scope
    node: ast.AST


def resolve(name: str, scope: Scope) -> Scope | None:
    """Return the scope that binds `name` where it is used in `scope`; None for a builtin or what nothing binds."""
    said = scope.outer.get(name)
    if said == "global":
        return scope.module
    if said is None and name in scope.bound:
        return scope
    at = scope.parent
    while at is not None:
        if at.kind != "class" or at.parent is None:
            if at.outer.get(name) == "global":
                return at.module
            if name in at.bound and name not in at.outer:
                return at
        at = at.parent
    return None


class Names:
    """All identifiers of a file.

    Raises:
        EditRefused: it does not parse (code `file-does-not-parse`).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = parse(text)
        self.module = Scope("module", "")
        self.scopes = [self.module]
        self.places: list[Place] = []
        self.classes: dict[str, ast.ClassDef] = {}
        self._lines = Lines(text)
        self._tokens = [
            (self._lines.start(token.start[0]) + token.start[1], token.string)
            for token in tokens(text.removeprefix("\ufeff") if text.startswith("\ufeff") else text)
            if token.type == 1
        ]
        self._all(self.tree.body, self.module)
        self.places.sort(key=lambda place: place.start)

    def of(self, name: str) -> list[Place]:
        """Return the places at which an identifier stands, in order."""
        return [place for place in self.places if place.text == name]

    # Walking

    def _all(self, nodes: Iterable[ast.AST | None], scope: Scope) -> None:
        for node in nodes:
            if node is not None:
                self._visit(node, scope)

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node, scope)
            case ast.Lambda():
                self._lambda(node, scope)
            case ast.ClassDef():
                self._class(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope)
            case ast.NamedExpr():
                self._visit(node.value, scope)
                goal = scope
                while goal.name.endswith("<comprehension>") and goal.parent is not None:
                    goal = goal.parent
                self._bind(node.target.id, goal)
                self._put(node.target.id, node.target, scope, at=self._span(node.target)[0])
            case _:
                self._simple(node, scope)

    def _simple(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.Name():
                if not isinstance(node.ctx, ast.Load):
                    self._bind(node.id, scope)
                self._put(node.id, node, scope, at=self._span(node)[0])
            case ast.Attribute():
                self._visit(node.value, scope)
                self._put(node.attr, node, scope, "attribute", at=self._span(node)[1] - len(node.attr))
            case ast.keyword():
                if node.arg:
                    self._put(node.arg, node, scope, "keyword", at=self._lines.offset(node.lineno, node.col_offset))
                self._visit(node.value, scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.Global() | ast.Nonlocal():
                word: Literal["global", "nonlocal"] = "global" if isinstance(node, ast.Global) else "nonlocal"
                for name in node.names:
                    scope.outer[name] = word
                    if word == "global":
                        scope.module.bound.add(name)
                    self._seek(name, node, scope)
            case ast.ExceptHandler():
                self._all([node.type], scope)
                if node.name:
                    self._bind(node.name, scope)
                    after = self._span(node.type)[1] if node.type else self._span(node)[0]
                    self._seek(node.name, node, scope, after=after)
                self._all(node.body, scope)
            case ast.MatchAs() | ast.MatchStar() | ast.MatchMapping():
                self._all(ast.iter_child_nodes(node), scope)
                if rest := node.rest if isinstance(node, ast.MatchMapping) else node.name:
                    self._bind(rest, scope)
                    self._seek(rest, node, scope, last=True)
            case ast.MatchClass():
                self._all(ast.iter_child_nodes(node), scope)
                for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
                    before = self._lines.offset(pattern.lineno, pattern.col_offset)
                    self._seek(name, node, scope, before=before, role="keyword", last=True)
            case _:
                self._all(ast.iter_child_nodes(node), scope)

    def _function(self, node: _Functions, scope: Scope) -> None:
        self._all([*node.decorator_list, *self._outside(node.args), node.returns], scope)
        self._bind(node.name, scope)
        self._seek(node.name, node, scope)
        inside = self._open("function", f"{scope.name}.{node.name}".lstrip("."), scope)
        self._arguments(node.args, inside)
        self._all([*getattr(node, "type_params", ()), *node.body], inside)

    def _lambda(self, node: ast.Lambda, scope: Scope) -> None:
        self._all(self._outside(node.args), scope)
        inside = self._open("function", f"{scope.name}.<lambda>".lstrip("."), scope)
        self._arguments(node.args, inside)
        self._visit(node.body, inside)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        self._all([*node.decorator_list, *node.bases, *node.keywords], scope)
        self._bind(node.name, scope)
        self._seek(node.name, node, scope)
        inside = self._open("class", f"{scope.name}.{node.name}".lstrip("."), scope)
        self.classes[inside.name] = node
        self._all(node.body, inside)

    def _comprehension(self, node: _Comprehensions, scope: Scope) -> None:
        first = node.generators[0]
        self._visit(first.iter, scope)
        inside = self._open("function", f"{scope.name}.<comprehension>".lstrip("."), scope)
        for one in node.generators:
            self._visit(one.target, inside)
            self._all([*([] if one is first else [one.iter]), *one.ifs], inside)
        self._all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt], inside)

    @staticmethod
    def _outside(args: ast.arguments) -> Iterator[ast.AST | None]:
        yield from (*args.defaults, *args.kw_defaults)
        for one in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
            yield one.annotation if one is not None else None

    def _arguments(self, args: ast.arguments, inside: Scope) -> None:
        inside.stars = args.kwarg is not None
        for one in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
            if one is not None:
                inside.arguments.add(one.arg)
                self._bind(one.arg, inside)
                self._put(one.arg, one, inside, at=self._lines.offset(one.lineno, one.col_offset))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            if alias.name == "*":
                continue
            start = self._lines.offset(alias.lineno, alias.col_offset)
            bound = alias.asname or alias.name.partition(".")[0]
            self._bind(bound, scope)
            role: Role = "import" if isinstance(node, ast.ImportFrom) else "member"
            if alias.asname or role == "member":
                self._put(alias.name.partition(".")[0], alias, scope, role, at=start)
            else:
                self._put(alias.name, alias, scope, "import", at=start)
            if alias.asname:
                end = self._lines.span(alias)[1]
                self._put(alias.asname, alias, scope, at=end - len(alias.asname))

    # Places

    def _open(self, kind: Kind, name: str, parent: Scope) -> Scope:
        scope = Scope(kind, name, parent)
        self.scopes.append(scope)
        return scope

    @staticmethod
    def _bind(name: str, scope: Scope) -> None:
        if scope.outer.get(name) == "global":
            scope.module.bound.add(name)
        elif scope.outer.get(name) is None:
            scope.bound.add(name)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        return self._lines.span(node)  # type: ignore[arg-type]

    def _put(self, name: str, node: ast.AST, scope: Scope, role: Role = "name", *, at: int) -> None:
        line = self._lines.line_at(at)
        self.places.append(Place(name, at, at + len(name), line, role, scope, node))

    def _seek(
        self,
        name: str,
        node: ast.AST,
        scope: Scope,
        *,
        after: int = -1,
        before: int | None = None,
        last: bool = False,
        role: Role = "name",
    ) -> None:
        """Put a name that the tree gives no place of: its own first (or last) token in the node."""
        start, end = self._span(node)
        end = end if before is None else before
        first = bisect_left(self._tokens, (max(start, after), ""))
        found: list[int] = []
        for at, text in islice(self._tokens, first, None):
            if at >= end or (found and not last):
                break
            if text == name:
                found.append(at)
        if found:
            self._put(name, node, scope, role, at=found[-1 if last else 0])

    def span_of(self, node: ast.expr) -> tuple[str, int, int]:
        """Return the text of an expression as it is written, and where it begins and ends."""
        start, end = self._span(node)
        return self.text[start:end], start, end
