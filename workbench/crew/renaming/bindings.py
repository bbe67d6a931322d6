"""Renaming by syntax tree: what a name is bound to, every place in several files that means it, and the proof of it.

A library was weighed: rope follows guesses of types and runs settings of the repository; jedi imports compiled modules.
What is needed is the language's own rules of scope, and a proof afterwards that is ours anyway.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from workbench.crew.renaming.modules import Modules, dotted
from workbench.crew.renaming.words import Renaming
from workbench.edits.python.scopes import Names, Place, Scope, resolve
from workbench.edits.source import Replacement, replace
from workbench.errors import EditRefused

Sort = Literal["module", "member", "local"]
_REFLECTION = re.compile(r"(?:getattr|setattr|hasattr|delattr|attrgetter|methodcaller)$")
_PATCHING = re.compile(r"(?:patch|patch\.object|setattr|delattr|import_string)$")
_COMMON = frozenset(name for kind in (str, bytes, list, dict, set, tuple, int, float) for name in dir(kind))


@dataclass(frozen=True, eq=False)
class Binding:
    """What is renamed: a name of a module, a member of a class, or a name local to a function."""

    path: str
    scope: Scope
    sort: Sort
    name: str

    def __str__(self) -> str:
        inside = f" of {self.scope.name}" if self.scope.name else ""
        return f"{self.name}{inside} in {self.path}"


@dataclass
class Plan:
    """Where a name becomes another. `doubts` say why the change is not proven; `notes` what was left as it is."""

    binding: Binding
    new: str
    places: dict[str, dict[int, Replacement]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, path: str, start: int, end: int) -> None:
        """Add a place."""
        self.places.setdefault(path, {})[start] = Replacement(start, end, self.new)

    def doubt(self, text: str) -> None:
        """Add a doubt, once."""
        if text not in self.doubts:
            self.doubts.append(text)

    def after(self, path: str, text: str) -> str:
        """Return a file with the name changed."""
        return replace(text, list(self.places.get(path, {}).values()))


def find(files: Mapping[str, Names], asked: Renaming) -> Binding:
    """Return the one thing that a task's words mean.

    Raises:
        EditRefused: there is none (code `no-such-symbol`), or there are several (`ambiguous`).
    """
    owner, _, name = asked.old.rpartition(".")
    if name.startswith("__"):
        raise EditRefused(f"{name} has a meaning of its own to Python", code="dynamic-use", hint="name something else")
    every = [binding for path, names in files.items() for binding in _bindings(path, names, name)]
    fitting = [binding for binding in every if not owner or _is_of(binding, owner)]
    for part in (asked.where,):
        narrowed = [binding for binding in fitting if part and _is_of(binding, part)]
        fitting = narrowed or fitting
    for sort in ("module", "member", "local"):
        best = [binding for binding in fitting if binding.sort == sort]
        plain = [binding for binding in best if "<" not in binding.scope.name]
        if len(plain or best) == 1:
            return (plain or best)[0]
        if best:
            told = ", ".join(str(binding) for binding in best[:4])
            raise EditRefused(
                f"{name} could be {len(best)} things: {told}", code="ambiguous", hint="say Class.name, or in which file"
            )
    raise EditRefused(
        f"the targets define no {asked.old}", code="no-such-symbol", hint="name the file that defines it as a target"
    )


def variable_at(path: str, names: Names, name: str, line: int) -> Binding | None:
    """Return the variable of a function, no parameter, that a name on a line means; None where it is something else."""
    for place in names.of(name):
        scope = resolve(name, place.scope) if place.line == line and place.role == "name" else None
        if scope is not None and name not in scope.arguments:
            return next(
                (one for one in _bindings(path, names, name) if one.scope is scope and one.sort == "local"), None
            )
    return None


def _bindings(path: str, names: Names, name: str) -> Iterator[Binding]:
    own = {resolve(name, place.scope) for place in names.of(name) if place.role == "name" and _binds(place.node)}
    for scope in names.scopes:
        if name in scope.bound and scope in own:
            sort: Sort = "module" if scope.kind == "module" else "member" if scope.kind == "class" else "local"
            yield Binding(path, scope, sort, name)
        elif scope.kind == "class" and any(_is_own_attribute(place, scope) for place in names.of(name)):
            yield Binding(path, scope, "member", name)


def _binds(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return not isinstance(node.ctx, ast.Load)
    return not isinstance(node, ast.alias | ast.Global | ast.Nonlocal)


def _is_own_attribute(place: Place, scope: Scope) -> bool:
    node = place.node
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and place.scope.parent is scope
    )


def _is_of(binding: Binding, owner: str) -> bool:
    place = PurePosixPath(binding.path)
    if binding.path == owner or binding.path.endswith(f"/{owner}") or place.name == owner:
        return True
    scope = binding.scope.name
    if scope == owner or scope.endswith(f".{owner}"):
        return True
    return binding.sort == "module" and (place.stem == owner or owner.rpartition(".")[2] == place.stem)


def planned(files: Mapping[str, Names], modules: Modules, binding: Binding, new: str) -> Plan:
    """Return every place in the files that means a binding.

    Raises:
        EditRefused: the new name is none, or is taken (code `clash`), or the old one is used by its text
            (`dynamic-use`), or is one that other objects have (`ambiguous`).
    """
    import keyword

    if not new.isidentifier() or keyword.iskeyword(new) or new.startswith("__"):
        raise EditRefused(f"{new!r} is no name", code="clash", hint="letters, digits and underscores")
    if new == binding.name:
        raise EditRefused("the old name is the new one", code="no-change", hint="name another")
    plan = Plan(binding, new)
    if binding.sort == "module":
        _module(plan, files, modules)
    elif binding.sort == "local":
        _local(plan, files[binding.path], files, modules)
    else:
        _member(plan, files)
    _strings(plan, files, modules)
    _decorated(plan, files[binding.path])
    return plan


def _module(plan: Plan, files: Mapping[str, Names], modules: Modules) -> None:
    old = plan.binding.name
    ahead = [(plan.binding.path, plan.binding.scope)]
    seen: set[tuple[str, Scope]] = set()
    exporters = [plan.binding.path]
    while ahead:
        path, scope = ahead.pop()
        if (path, scope) in seen:
            continue
        seen.add((path, scope))
        _scope(plan, path, files[path], scope)
        if scope.kind != "module":
            continue
        if path not in exporters:
            exporters.append(path)
        for other, names in files.items():
            for place in names.of(old):
                if place.role == "import" and modules.is_from(other, place.node, names, path):
                    plan.put(other, place.start, place.end)
                    alias = place.node
                    assert isinstance(alias, ast.alias), "an imported name belongs to an alias"
                    if alias.asname is None:
                        ahead.append((other, resolve(old, place.scope) or place.scope))
                elif place.role == "attribute" and modules.means(other, names, place, path):
                    plan.put(other, place.start, place.end)
            if modules.has_star(other, names, path):
                plan.doubt(f"{other} imports everything of {path}")
                for place in names.of(old):
                    if place.role == "name" and resolve(old, place.scope) is None:
                        plan.put(other, place.start, place.end)
    for path, names in files.items():
        left = [p for p in names.of(old) if p.role == "attribute" and p.start not in plan.places.get(path, {})]
        if left and any(modules.holds(path, names, exporter) for exporter in exporters):
            plan.doubt(f"{path}:{left[0].line} has .{old} of something that may be the module")


def _scope(plan: Plan, path: str, names: Names, scope: Scope) -> None:
    """Take all places in a file at which a name means what a scope binds, once the new one is free at each of them."""
    old, new = plan.binding.name, plan.new
    mine = [place for place in names.of(old) if place.role == "name" and resolve(old, place.scope) is scope]
    # An import that binds the old name is a place of the importing scope, but is written by its own role.
    for place in mine:
        if not (isinstance(place.node, ast.alias) and place.node.asname is None):
            plan.put(path, place.start, place.end)
    if new in scope.bound:
        raise _taken(plan, path, names, scope)
    for place in mine:
        known = resolve(new, place.scope)
        if known is not None:
            raise _taken(plan, path, names, known)
    for place in names.of(new):
        if place.role == "name" and resolve(new, place.scope) is None and _sees(place.scope, scope):
            raise EditRefused(
                f"{path}:{place.line} uses {new} already, which would then mean another",
                code="clash",
                hint="choose another name",
            )


def _sees(inner: Scope, outer: Scope) -> bool:
    at: Scope | None = inner
    while at is not None:
        if at is outer:
            return True
        at = at.parent
    return False


def _taken(plan: Plan, path: str, names: Names, scope: Scope) -> EditRefused:
    line = next((place.line for place in names.of(plan.new) if place.scope is scope), 0)
    return EditRefused(
        f"{plan.new} is taken already in {path}{f':{line}' if line else ''}", code="clash", hint="choose another name"
    )


def _local(plan: Plan, names: Names, files: Mapping[str, Names], modules: Modules) -> None:
    binding = plan.binding
    _scope(plan, binding.path, names, binding.scope)
    if binding.name not in binding.scope.arguments or "<" in binding.scope.name.rpartition(".")[2]:
        return
    owner, _, function = binding.scope.name.rpartition(".")
    called = owner.rpartition(".")[2] if function == "__init__" else function
    if owner:
        plan.doubt(f"calls of {binding.scope.name} are found by their name")
    for path, other in files.items():
        for call in (node for node in ast.walk(other.tree) if isinstance(node, ast.Call)):
            name = dotted(call.func).rpartition(".")[2]
            if name != called:
                continue
            if any(word.arg is None for word in call.keywords):
                plan.doubt(f"{path}:{call.lineno} gives arguments of {called} by **")
            for word in call.keywords:
                if word.arg != binding.name:
                    continue
                place = next(place for place in other.of(word.arg) if place.node is word)
                plan.put(path, place.start, place.end)
                if not modules.is_call_of(path, other, call, binding, files):
                    plan.doubt(f"{path}:{call.lineno}: whether that is the same {called} is not known")


def _member(plan: Plan, files: Mapping[str, Names]) -> None:
    binding, old, new = plan.binding, plan.binding.name, plan.new
    plan.doubt("members are found by their name, not by the type of what has them")
    if old in _COMMON:
        raise EditRefused(
            f"many objects have a .{old} that is not {binding.scope.name}'s", code="ambiguous", hint="rename it by hand"
        )
    family = _family(binding, files)
    for path, names in files.items():
        for other in _bindings(path, names, old):
            if other.sort == "member" and other.scope.name.rpartition(".")[2] not in family:
                raise EditRefused(
                    f"{other} has the same name, and which one is meant where cannot be told",
                    code="ambiguous",
                    hint="rename it by hand, or make the names differ first",
                )
        if any(place.role == "attribute" for place in names.of(new)):
            raise EditRefused(f"something in {path} has a .{new} already", code="clash", hint="choose another name")
        for scope in names.scopes:
            if scope.kind == "class" and old in scope.bound:
                _scope(plan, path, names, scope)
        for place in names.of(old):
            if place.role == "attribute":
                plan.put(path, place.start, place.end)
            elif place.role == "keyword" and isinstance(place.node, ast.keyword):
                call = next(
                    (c for c in ast.walk(names.tree) if isinstance(c, ast.Call) and place.node in c.keywords), None
                )
                if call is not None and dotted(call.func).rpartition(".")[2] in family:
                    plan.put(path, place.start, place.end)


def _family(binding: Binding, files: Mapping[str, Names]) -> set[str]:
    """Return the names of a class and of all that derive from it or that it derives from, as far as the files say."""
    bases: dict[str, set[str]] = {}
    for names in files.values():
        for name, node in names.classes.items():
            bases.setdefault(name.rpartition(".")[2], set()).update(
                dotted(base).rpartition(".")[2] for base in node.bases
            )
    family = {binding.scope.name.rpartition(".")[2]}
    grown = True
    while grown:
        more = {name for name, above in bases.items() if above & family} | {
            base for name in family for base in bases.get(name, ()) if base in bases
        }
        grown = not more <= family
        family |= more
    return family


def _strings(plan: Plan, files: Mapping[str, Names], modules: Modules) -> None:
    """Follow the name where it stands in a text: in `__all__` and annotations; elsewhere refuse it, or say so."""
    old, binding = plan.binding.name, plan.binding
    word = re.compile(rf"\b{re.escape(old)}\b")
    for path, names in files.items():
        calls = {
            id(argument): dotted(node.func)
            for node in ast.walk(names.tree)
            if isinstance(node, ast.Call)
            for argument in node.args
        }
        annotated = {id(part) for part in _annotations(names.tree)}
        exported = {id(part) for part in _exports(names.tree)}
        touched = path in plan.places
        for node in ast.walk(names.tree):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and word.search(node.value)):
                continue
            text, start, end = names.span_of(node)
            if id(node) in exported and node.value == old and binding.sort == "module":
                if touched:
                    at = start + text.index(old)
                    plan.put(path, at, at + len(old))
            elif id(node) in annotated and touched and binding.sort == "module":
                for found in word.finditer(text):
                    plan.put(path, start + found.start(), start + found.end())
            elif not re.fullmatch(rf"(?:[\w.]+[.:])?{re.escape(old)}", node.value):
                continue
            else:
                function = calls.get(id(node), "")
                whole = node.value.rpartition(".")[0]
                if whole and _PATCHING.search(function) and modules.path_of(whole, 0, path) == binding.path:
                    plan.put(path, end - (len(text) - text.rindex(old)), start + text.rindex(old) + len(old))
                elif binding.sort != "local" and (_REFLECTION.search(function) or _PATCHING.search(function)):
                    raise EditRefused(
                        f"{path}:{node.lineno} uses {old} by its text: {function}(…)",
                        code="dynamic-use",
                        hint="rename it by hand",
                    )
                elif binding.sort != "local":
                    plan.doubt(f"{path}:{node.lineno} has the text {node.value!r}")


def _annotations(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.AST):
                yield from ast.walk(part)


def _exports(tree: ast.Module) -> Iterator[ast.AST]:
    for node in tree.body:
        value = node if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr) else None
        if value is not None and re.match(r"__all__\b", ast.unparse(value)):
            yield from ast.walk(value)


def _decorated(plan: Plan, names: Names) -> None:
    """Doubt a name that a decorator may read, as those of commands, routes and fixtures are."""
    for node in ast.walk(names.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.decorator_list:
            own = [place for place in names.of(node.name) if place.node is node]
            is_it = any(place.start in plan.places.get(plan.binding.path, {}) for place in own)
            if is_it or (plan.binding.sort == "local" and plan.binding.scope.name.rpartition(".")[2] == node.name):
                plan.doubt(f"{node.name} is decorated, and a decorator may read its names")


def unchanged(before: Names, after: Names, plan: Plan) -> str:
    """Return what is not as it was, if anything: every identifier must mean the same scope's in both versions."""
    if len(before.places) != len(after.places) or len(before.scopes) != len(after.scopes):
        return "the files have not the same names"
    numbers = {scope: number for number, scope in enumerate(before.scopes)}
    new_numbers = {scope: number for number, scope in enumerate(after.scopes)}
    for one, other in zip(before.places, after.places, strict=True):
        if one.role != other.role or numbers[one.scope] != new_numbers[other.scope]:
            return f"line {one.line}: {one.text} stands elsewhere"
        if other.text not in {one.text, plan.new if one.text == plan.binding.name else one.text}:
            return f"line {one.line}: {one.text} became {other.text}"
        if one.role == "name":
            old, new = resolve(one.text, one.scope), resolve(other.text, other.scope)
            if (None if old is None else numbers[old]) != (None if new is None else new_numbers[new]):
                return f"line {one.line}: {other.text} would mean another name"
    return ""
