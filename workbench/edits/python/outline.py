"""The outline of a Python file: which symbols it has, where each begins and ends, and which names are taken.

Functions, classes and assignments to one name are symbols, at the top level and in classes, also below `if`, `try` and
the like; what lies in a function's body is the function's own. Functions of one name that stand together as overloads
or as a property with its setter are one symbol. Any other name bound twice is a twin: nobody can say which is meant.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from workbench.edits.python.trees import Definition, Function, nodes
from workbench.edits.source import Lines, Whose, numbered, parse
from workbench.errors import EditRefused

Kind = Literal["function", "class", "assignment"]
SymbolNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
Import = ast.Import | ast.ImportFrom

_REST_OF_LINE = re.compile(r"[ \t\f]*(?:;[ \t\f]*)?(?:#[^\r\n]*)?")
_CACHED_CHARACTERS = 200_000
_INDENT_UNIT = "    "


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a symbol.

    Attributes:
        start: offset of its first character, decorators included, after the line's indentation.
        end: offset of the end of its last line, a comment there included.
        shared: whether another statement stands on one of its lines, so that it cannot be replaced by lines.
        floor: the last line of what stands before it in its block; comments below that may belong to it.
    """

    node: SymbolNode
    start: int
    end: int
    first: int
    last: int
    role: str
    shared: bool
    floor: int


@dataclass(slots=True)
class Unit:
    """A symbol with all its parts. `members` is a class's inside; `conditional` says that it lies below an `if`."""

    name: str
    kind: Kind
    parts: list[Part]
    scope: Scope
    conditional: bool
    members: Scope | None = None

    @property
    def last_name(self) -> str:
        """The name without what it lies in."""
        return self.name.rpartition(".")[2]

    @property
    def node(self) -> SymbolNode:
        """The statement that says most: an overload's implementation, a property's getter."""
        overloaded = self.parts[0].role.startswith("overload")
        return self.parts[-1].node if overloaded else self.parts[0].node

    @property
    def is_twin(self) -> bool:
        """Whether its name is bound elsewhere in its scope too."""
        owner = self.scope.owner
        return self.scope.bound[self.last_name] > 1 or (owner is not None and owner.is_twin)


@dataclass(slots=True)
class Scope:
    """A module or a class: its symbols in order, its imports, its other statements, and how often names are bound."""

    name: str
    owner: Unit | None = None
    units: list[Unit] = field(default_factory=list)
    imports: list[tuple[Import, bool]] = field(default_factory=list)
    loose: list[ast.stmt] = field(default_factory=list)
    bound: Counter[str] = field(default_factory=Counter)
    by_name: dict[str, list[Unit]] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        """Take a symbol in as the last one."""
        self.units.append(unit)
        self.by_name.setdefault(unit.last_name, []).append(unit)
        self.bound[unit.last_name] += 1

    def qualified(self, name: str) -> str:
        """Return the full name of a member."""
        return f"{self.name}.{name}" if self.name else name

    def named(self, name: str) -> list[Unit]:
        """Return the members of that last name."""
        return self.by_name.get(name, [])


@dataclass(slots=True)
class Outline:
    """A file's outline. Treat it as frozen: it is shared by all who ask about the same text."""

    lines: Lines
    body: list[ast.stmt]
    module: Scope
    units: dict[str, list[Unit]]
    by_last_name: dict[str, list[Unit]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The file's text."""
        return self.lines.text

    def every_unit(self) -> Iterator[Unit]:
        """Yield all symbols in the order of the file, a class before its members."""
        return (unit for units in self.units.values() for unit in units)

    def find(self, name: str) -> Unit:
        """Return the symbol called `name`.

        Raises:
            EditRefused: there is none (code `no-such-symbol`), or its name is bound twice (code `ambiguous`).
        """
        found = self.units.get(name, [])
        if not found:
            alike = [known for known in self.units if known.rpartition(".")[2] == name.rpartition(".")[2]]
            hint = f"did you mean {', '.join(alike[:3])}?" if alike else "name a function, class or assignment"
            raise EditRefused(f"there is no symbol {name!r}", code="no-such-symbol", hint=hint)
        if found[0].is_twin:
            raise self.ambiguous(found[0])
        return found[0]

    def ambiguous(self, unit: Unit) -> EditRefused:
        """Return the refusal for a symbol whose name is bound more than once."""
        places = [(part.first, part.last) for twin in self.units[unit.name] for part in twin.parts]
        shown = "\n".join(numbered(self.text, first, min(first + 2, last)) for first, last in places[:5])
        return EditRefused(
            f"{unit.name} is bound more than once, so it is not clear which is meant",
            code="ambiguous",
            hint="change it by hand",
            nearest=shown,
        )

    def comment_line(self, part: Part, *, has_header: bool = True) -> int:
        """Return the number of the first comment line directly above a part, or of its own where there is none.

        With `has_header`, comments at the very top (a licence, a shebang, a coding line) are the file's own.
        """
        lines, indent = self.lines, self.lines.indent(part.first)
        line = part.first
        while line - 1 > part.floor and lines.line(line - 1).startswith(indent + "#"):
            line -= 1
        return part.first if line == 1 and has_header else line

    def comment_start(self, part: Part) -> int:
        """Return the offset at which a part begins together with the comments directly above it."""
        return self.lines.margin(self.comment_line(part))

    def after(self, part: Part) -> int:
        """Return the offset after a part and the comments that trail in its body."""
        lines, line = self.lines, part.last
        deeper = lines.indent(part.first)
        if isinstance(part.node, Definition):
            for number in range(part.last + 1, len(lines) + 1):
                text = lines.line(number)
                inside = text.startswith(deeper) and text[len(deeper) : len(deeper) + 1] in {" ", "\t"}
                if not text.strip():
                    continue
                if not (inside and text.lstrip().startswith("#")):
                    break
                line = number
        return lines.end(line)

    def unit_of_indent(self, node: Definition | None = None) -> str:
        """Return one step of indentation as the file has it: that of `node`, else of its first block, else 4 spaces."""
        found = [node] if node else []
        found += [unit.parts[0].node for unit in self.every_unit() if isinstance(unit.parts[0].node, Definition)]
        for known in found:
            outer, inner = self.lines.indent(known.lineno), self.lines.indent(known.body[0].lineno)
            on_own_line = known.body[0].lineno > known.lineno and known.body[0].col_offset == len(inner)
            if on_own_line and len(inner) > len(outer) and inner.startswith(outer):
                return inner[len(outer) :]
        return _INDENT_UNIT


def outline(text: str, whose: Whose = "file") -> Outline:
    """Return the outline of `text`.

    Raises:
        EditRefused: it does not parse.
    """
    return _cached_outline(text, whose) if len(text) < _CACHED_CHARACTERS else build(text, parse(text, whose).body)


@lru_cache(maxsize=4)
def _cached_outline(text: str, whose: Whose) -> Outline:
    return build(text, parse(text, whose).body)


def build(text: str, body: list[ast.stmt]) -> Outline:
    """Return the outline of `text` whose top-level statements are `body`.

    Raises:
        EditRefused: it is nested too deeply (code `too-deep`).
    """
    made = Outline(Lines(text), body, Scope(""), {})
    try:
        _fill(made, made.module, body, conditional=False)
    except RecursionError as error:
        raise EditRefused("the code is nested too deeply", code="too-deep", hint="change it by hand") from error
    return made


def _fill(made: Outline, scope: Scope, body: list[ast.stmt], *, conditional: bool) -> None:
    floor = 0
    group: Unit | None = None
    for statement in body:
        name = symbol_name(statement)
        if name is None or not isinstance(statement, SymbolNode) or _wraps(statement, name, scope):
            group = None
            _take_other(made, scope, statement, conditional=conditional)
        else:
            part = _part(made.lines, statement, floor)
            if group and _belongs(part, group, name):
                group.parts.append(part)
            else:
                group = _new_unit(made, scope, part, name, conditional=conditional)
        floor = statement.end_lineno or statement.lineno


def symbol_name(statement: ast.stmt) -> str | None:
    """Return the name that a statement defines, where it is a function, a class or an assignment to one name."""
    if isinstance(statement, Definition):
        return statement.name
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None


def _wraps(statement: ast.stmt, name: str, scope: Scope) -> bool:
    """Return whether this is `name = wrapper(name)`, which leaves `name` the symbol it was."""
    if not isinstance(statement, ast.Assign) or not scope.bound[name]:
        return False
    return any(isinstance(node, ast.Name) and node.id == name for node in nodes([statement.value]))


def _new_unit(made: Outline, scope: Scope, part: Part, name: str, *, conditional: bool) -> Unit:
    node = part.node
    kind: Kind = "function" if isinstance(node, Function) else "assignment"
    kind = "class" if isinstance(node, ast.ClassDef) else kind
    unit = Unit(scope.qualified(name), kind, [part], scope, conditional)
    scope.add(unit)
    made.units.setdefault(unit.name, []).append(unit)
    made.by_last_name.setdefault(name, []).append(unit)
    if isinstance(node, ast.ClassDef):
        unit.members = Scope(unit.name, unit)
        _fill(made, unit.members, node.body, conditional=False)
    return unit


def _take_other(made: Outline, scope: Scope, statement: ast.stmt, *, conditional: bool) -> None:
    if isinstance(statement, Import):
        scope.imports.append((statement, conditional))
        scope.bound.update({bound_name(alias, statement): 1 for alias in statement.names})
        return
    if not conditional:
        scope.loose.append(statement)
    for name in _names_bound(statement):
        scope.bound[name] += 1
    for block in blocks_of(statement):
        _fill(made, scope, block, conditional=True)


def bound_name(alias: ast.alias, statement: Import) -> str:
    """Return the name that an import binds."""
    if alias.asname:
        return alias.asname
    return alias.name.partition(".")[0] if isinstance(statement, ast.Import) else alias.name


def blocks_of(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the blocks of a compound statement that run in the scope it stands in."""
    if isinstance(statement, Definition):
        return []
    found = [getattr(statement, name) for name in ("body", "orelse", "finalbody") if getattr(statement, name, None)]
    found += [handler.body for handler in getattr(statement, "handlers", [])]
    found += [case.body for case in getattr(statement, "cases", [])]
    return found


def _names_bound(statement: ast.stmt) -> set[str]:
    """Return the names a statement binds by itself, its blocks aside."""
    roots: list[ast.AST] = []
    if isinstance(statement, ast.Assign):
        roots += statement.targets
    elif type(statement).__name__ == "TypeAlias":
        roots.append(statement.name)  # type: ignore[attr-defined]
    elif isinstance(statement, ast.For | ast.AsyncFor):
        roots.append(statement.target)
    elif isinstance(statement, ast.With | ast.AsyncWith):
        roots += [item.optional_vars for item in statement.items if item.optional_vars]
    if isinstance(statement, ast.Assign) and symbol_name(statement):
        return set()
    return {node.id for node in nodes(roots) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _part(lines: Lines, node: SymbolNode, floor: int) -> Part:
    start, end = lines.span(node)
    if isinstance(node, Definition) and node.decorator_list:
        start = _at_sign(lines, lines.span(node.decorator_list[0])[0])
    first = lines.line_at(start)
    last = node.end_lineno or node.lineno
    rest = _REST_OF_LINE.match(lines.text, end)
    whole_line = rest is not None and rest.end() == lines.end(last)
    continued = first > 1 and lines.line(first - 1).endswith("\\") and first - 1 > floor
    alone = whole_line and not lines.text[lines.start(first) : start].strip(" \t\f") and not continued and first > floor
    return Part(node, start, lines.end(last) if whole_line else end, first, last, _role(node), not alone, floor)


def _at_sign(lines: Lines, at: int) -> int:
    """Return where the decorator whose expression begins at `at` has its `@`."""
    while (at := lines.text.rfind("@", 0, at)) >= 0:
        if not lines.text[lines.start(lines.line_at(at)) : at].strip(" \t\f"):
            return at
    return 0


def _role(node: SymbolNode) -> str:
    if not isinstance(node, Function):
        return "plain"
    for decorator in node.decorator_list:
        last = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        if last == "overload":
            return "overload"
        if isinstance(decorator, ast.Attribute) and last in {"setter", "deleter", "getter"}:
            return last if getattr(decorator.value, "id", None) == node.name else "plain"
        if last in {"property", "cached_property", "abstractproperty"}:
            return "property"
    return "plain"


def _belongs(part: Part, group: Unit, name: str) -> bool:
    """Return whether a function goes on what the one before it began: an overload or a property."""
    if group.kind != "function" or not isinstance(part.node, Function) or group.last_name != name:
        return False
    roles = {known.role for known in group.parts}
    if roles == {"overload"}:
        return part.role in {"overload", "plain"}
    return "property" in roles and part.role in {"setter", "deleter", "getter"} and part.role not in roles
