"""How a slip of an answer is set right: the changed function, and the file with other text at some places in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from workbench import python_ast
from workbench.crew.judging.stated import Function, Parameter, changed_names, functions, parameters, stated, work_of
from workbench.crew.wrapping.tail import stored
from workbench.edits.parses import parses
from workbench.edits.source import PYTHON_SUFFIXES, Lines
from workbench.model import FileEdit

LONGEST = 3
"""Statements of an old body that are written a second time."""

SIZES: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
"""Comparisons of size, each with the one that differs from it at the boundary alone."""

SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
"""Comparisons of size as they are written."""

FORMATTED = re.compile(r"[fF](?P<quote>['\"])(?P<body>(?:(?!(?P=quote))[^\\\n])*)(?P=quote)")
"""A formatted text of one line, without an escape in it."""

_SENTINEL = re.compile(r"_*(?:no_?default|missing|unset|sentinel|undefined|not_?given|marker)_*", re.IGNORECASE)
_BEHIND_TABS = re.compile(r"(?m)^(?P<tabs>\t+) {4}(?=\S)")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TYPES = (str, dict, list, set, bytes)


@dataclass(frozen=True)
class Righted:
    """Edits with a slip set right, and what was done."""

    what: str
    edits: tuple[FileEdit, ...]


@dataclass(frozen=True)
class Changed:
    """The function that an edit changes or adds, as it was and as it is."""

    task: str
    edit: FileEdit
    was: Function | None
    node: Function
    lines: Lines

    def righted(self, what: str, *swaps: tuple[int, int, str]) -> Righted | None:
        """Return the file with other text at some places, if it still parses."""
        text = self.lines.text
        for begin, end, new in sorted(swaps, reverse=True):
            tabbed = _BEHIND_TABS.sub(r"\g<tabs>\t", new)
            text = f"{text[:begin]}{tabbed}{text[end:]}"
        if not parses(text.removeprefix("\ufeff")):
            return None
        return Righted(what, (self.edit.model_copy(update={"after": text.encode("utf-8")}),))

    @cached_property
    def new(self) -> list[ast.AST]:
        """The parts that were not there before; a choice is one if its test was not."""
        old = {ast.dump(part) for part in ast.walk(self.was)} if self.was else set()
        parts = [part for part in ast.walk(self.node) if ast.dump(part) not in old]
        return [part for part in parts if not (isinstance(part, ast.If | ast.IfExp) and ast.dump(part.test) in old)]

    @cached_property
    def own(self) -> set[str]:
        """The names that the function, or one within it, binds: they need not mean what they mean around it."""
        return stored([self.node]) | {part.arg for part in ast.walk(self.node) if isinstance(part, ast.arg)}

    def hides(self, *names: str) -> bool:
        """Return whether one of some names that Python knows means something else in the function, or in its file."""
        bodies = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        top = {one.name for one in self.tree.body if isinstance(one, bodies)}
        top |= stored([one for one in self.tree.body if not isinstance(one, bodies)])
        return not {*names}.isdisjoint(top | self.own)

    def have_their_lines(self, *spans: tuple[int, int]) -> bool:
        """Return whether nothing else stands on the lines of some places."""
        text = self.lines.text
        ahead = (text[text.rfind("\n", 0, begin) + 1 : begin] for begin, _ in spans)
        behind = (text[end:].partition("\n")[0] for _, end in spans)
        return not "".join((*ahead, *behind)).strip()

    def stand_there(self, spans: Sequence[tuple[int, int]], text: str) -> bool:
        """Return whether a text stands at each place: Python 3.11 does not always know where a part of an f-string is.

        False also where two places are the same one.
        """
        return len(set(spans)) == len(spans) and all(self.lines.text[begin:end] == text for begin, end in spans)

    @cached_property
    def tree(self) -> ast.Module:
        """The file as it is."""
        return python_ast.parse(self.lines.text.removeprefix("\ufeff"))

    @cached_property
    def holders(self) -> dict[int, ast.AST]:
        """What each part of the function stands in, by the part's `id`."""
        return holders_of(self.node)

    @property
    def names(self) -> list[str]:
        """The parameters that calls give."""
        return [name for name in parameters(self.node) if name not in {"self", "cls"}]

    @property
    def added(self) -> dict[str, Parameter]:
        """The parameters that a function which was there has got; none of one that is new itself."""
        if self.was is None:
            return {}
        old = parameters(self.was)
        return {name: one for name, one in parameters(self.node).items() if name not in old}

    def looks(self, name: str) -> list[ast.Name]:
        """Return where a name is looked at."""
        return [part for part in ast.walk(self.node) if _is_name(part, name) and isinstance(part.ctx, ast.Load)]

    def sets(self, name: str) -> list[ast.Name]:
        """Return where a name is set."""
        return [part for part in ast.walk(self.node) if _is_name(part, name) and not isinstance(part.ctx, ast.Load)]

    def asks_for_type(self, name: str) -> bool:
        """Return whether the type of what a name stands for is asked for."""
        calls = (part for part in ast.walk(self.node) if isinstance(part, ast.Call) and part.args)
        return any(ast.unparse(call.func) in {"isinstance", "type"} and _is_name(call.args[0], name) for call in calls)


def _is_name(part: ast.AST, name: str) -> TypeGuard[ast.Name]:
    return isinstance(part, ast.Name) and part.id == name


def holders_of(node: ast.AST) -> dict[int, ast.AST]:
    """Return what each part of a tree stands in, by the part's `id`."""
    return {id(inner): part for part in ast.walk(node) for inner in ast.iter_child_nodes(part)}


def changed_function(task: str, edits: Sequence[FileEdit]) -> Changed | None:
    """Return the one function of a Python file that edits change or add; None where they do more, or something else."""
    if len(edits) != 1 or not edits[0].path.endswith(PYTHON_SUFFIXES):
        return None
    (edit,) = edits
    if not edit.before or not edit.after or b"\r" in edit.after:
        return None
    try:
        before, after = functions(edit.before), functions(edit.after)
        names = changed_names(edit.before, edit.after)
        if len(names) != 1 or _beside(edit.before) != _beside(edit.after):
            return None
        changed = Changed(task, edit, before.get(names[0]), after[names[0]], Lines(edit.after.decode("utf-8")))
        return changed if changed.new else None
    except (SyntaxError, ValueError, RecursionError):
        return None


def _beside(content: bytes) -> list[str]:
    """Return what a file says beside its functions and imports."""
    found: list[str] = []
    ahead: list[ast.AST] = [python_ast.parse(content.decode("utf-8").removeprefix("\ufeff"))]
    while ahead:
        for part in ast.iter_child_nodes(ahead.pop()):
            if isinstance(part, ast.ClassDef):
                found.append(part.name)
                ahead.append(part)
            elif isinstance(part, ast.stmt) and not isinstance(part, (*_FUNCTIONS, ast.Import, ast.ImportFrom)):
                found.append(ast.dump(part))
    return sorted(found)


def instead(changed: Changed, old: ast.expr, new: ast.expr) -> Righted | None:
    """Return the answer with one expression put in the place of another."""
    written = ast.unparse(new)
    return changed.righted(f"`{ast.unparse(old)}` is `{written}`", (*changed.lines.span(old), written))


def taken_out(changed: Changed) -> Iterator[Righted | None]:
    """Yield new keywords taken out of those that are handed on."""
    if changed.node.args.kwarg is None:
        return
    name = changed.node.args.kwarg.arg
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=holder), attr="get"), args=[_, *_]) if holder == name:
                end, last = changed.lines.span(part.func)[1], changed.lines.span(part)[1] - 1
                default = [] if len(part.args) > 1 or part.keywords else [(last, last, ", None")]
                yield changed.righted(f"`{name}.get` is `{name}.pop`", (end - len("get"), end, "pop"), *default)


def at_the_top(changed: Changed, statements: Sequence[str]) -> Righted | None:
    """Return the function with statements before its work, and after its docstring."""
    body = changed.node.body
    has_docstring = ast.get_docstring(changed.node, clean=False) is not None
    first = body[1 if has_docstring and len(body) > 1 else 0]
    at = changed.lines.start(first.lineno)
    if changed.lines.text[at : changed.lines.span(first)[0]].strip():
        return None
    rows = "".join(f"{changed.lines.indent(first.lineno)}{statement}\n" for statement in statements)
    return changed.righted(f"`{'; '.join(statements)}` comes first", (at, at, rows))


def guarded(changed: Changed, attribute: str) -> Iterator[Righted | None]:
    """Yield new lines that want a parameter to have an attribute done only where it is of the type that has it."""
    kind = next((one.__name__ for one in _TYPES if hasattr(one, attribute)), None)
    if kind is None:
        return
    names = {name for name in changed.names if not changed.asks_for_type(name)}
    for part in changed.new:
        name = _whose(part, attribute, names)
        match part:
            case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                yield _only_for(changed, part, name, kind)
            case ast.If(test=test) if name is not None and not changed.sets(name):
                begin, end = changed.lines.span(test)
                said = changed.lines.text[begin:end]
                said = f"({said})" if isinstance(test, ast.BoolOp | ast.IfExp | ast.NamedExpr) else said
                yield changed.righted(
                    f"`{said}` where it is a {kind}", (begin, end, f"isinstance({name}, {kind}) and {said}")
                )


def guard_of(changed: Changed, name: str, attribute: str) -> Righted | None:
    """Return the first line of a function's work, where that is a parameter's own method, done only for texts."""
    body = changed.node.body
    first = body[1] if ast.get_docstring(changed.node, clean=False) is not None and len(body) > 1 else body[0]
    match first:
        case ast.Assign(
            targets=[ast.Name(id=target)], value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=attr))
        ) if target == owner == name and attr == attribute and len(changed.sets(name)) == 1:
            return None if changed.asks_for_type(name) else _only_for(changed, first, name, "str")
    return None


def _only_for(changed: Changed, part: ast.Assign, name: str, kind: str) -> Righted | None:
    """Return a statement done only for values of a type, if it has its line to itself."""
    lines = changed.lines
    begin, end = lines.span(part)
    row = lines.start(part.lineno), lines.end(part.end_lineno or part.lineno)
    rest = lines.text[end : row[1]].strip()
    if part.lineno != part.end_lineno or lines.text[row[0] : begin].strip() or (rest and not rest.startswith("#")):
        return None
    inner = f"if isinstance({name}, {kind}):\n{lines.indent(part.lineno)}    {lines.text[begin:end]}"
    return changed.righted(f"`{ast.unparse(part)}` where it is a {kind}", (begin, end, inner))


def not_of_none(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons of a parameter's size made only where the parameter is not None."""
    names = set(changed.names)
    alone = {id(part.test) for part in ast.walk(changed.node) if isinstance(part, ast.If)}
    for part in changed.new:
        if isinstance(part, ast.Compare) and type(part.ops[0]) in SIZES:
            found = [one.id for one in (part.left, *part.comparators) if isinstance(one, ast.Name) and one.id in names]
            for name in found:
                said = f"{name} is not None and {ast.unparse(part)}"
                said = said if id(part) in alone else f"({said})"
                yield changed.righted(f"`{said}`", (*changed.lines.span(part), said))


def _whose(part: ast.AST, attribute: str, names: set[str]) -> str | None:
    """Return the parameter whose attribute a simple statement, or the test of a choice, looks at."""
    looked_at = part.test if isinstance(part, ast.If) else part if isinstance(part, ast.Assign) else None
    if looked_at is None:
        return None
    for one in ast.walk(looked_at):
        match one:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr == attribute and name in names:
                return name
    return None


def _added_as_none(changed: Changed) -> tuple[str, ast.expr] | None:
    """Return the one new parameter that is None where it is not given, unless the task says that it is None then."""
    if changed.was is None:
        return None
    added = [(name, one.default) for name, one in changed.added.items() if one.written == "None"]
    if len(added) != 1 or added[0][1] is None or added[0][0] in stated(changed.task):
        return None
    name, default = added[0]
    assert default is not None
    return name, default


def unlike_none(changed: Changed | None) -> Righted | None:
    """Return the new parameter with a value of its own for not being given, where the answer tells that by None."""
    added = _added_as_none(changed) if changed else None
    if changed is None or added is None:
        return None
    name, default = added
    tests = [
        part
        for part in ast.walk(changed.node)
        if isinstance(part, ast.Compare)
        and _is_name(part.left, name)
        and isinstance(part.ops[0], ast.Is | ast.IsNot)
        and ast.unparse(part.comparators[0]) == "None"
    ]
    told = [part.comparators[0] for part in tests]
    # Where it is handed on or worked on, nobody else knows the new value.
    known = {id(part.left) for part in tests}
    known |= {id(part.value) for part in ast.walk(changed.node) if isinstance(part, ast.Return)}
    known |= {
        id(side) for part in ast.walk(changed.node) if isinstance(part, ast.IfExp) for side in (part.body, part.orelse)
    }
    if changed.sets(name) or any(id(look) not in known for look in changed.looks(name)):
        return None
    if any(
        isinstance(part, ast.BoolOp) and any(test in part.values for test in tests) for part in ast.walk(changed.node)
    ):
        return None
    if not told:
        return None
    value, swaps = _sentinel(changed)
    swaps += [(*changed.lines.span(one), value) for one in (default, *told)]
    return changed.righted(f"`{name}` is `{value}` where it is not given", *swaps)


def as_it_was(changed: Changed) -> Righted | None:
    """Return the function with its old, short body for calls that do not give the new parameter."""
    added = _added_as_none(changed)
    if changed.was is None:
        return None
    body = work_of(changed.was)
    if added is None or not 0 < len(body) <= LONGEST or not isinstance(body[-1], ast.Return | ast.Raise):
        return None
    name, default = added
    value, swaps = _sentinel(changed)
    rows = [row for one in body for row in ast.unparse(one).split("\n")]
    if len(rows) > LONGEST:
        return None
    own = changed.node.body
    first = own[1 if ast.get_docstring(changed.node, clean=False) is not None and len(own) > 1 else 0]
    margin, at = changed.lines.indent(first.lineno), changed.lines.start(first.lineno)
    if changed.lines.text[at : changed.lines.span(first)[0]].strip():
        return None
    guard = "".join(f"{margin}{row}\n" for row in (f"if {name} is {value}:", *(f"    {row}" for row in rows)))
    swaps += [(*changed.lines.span(default), value), (at, at, guard)]
    return changed.righted(f"without `{name}` it does what it did", *swaps)


def _sentinel(changed: Changed) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a name for nothing given that the file has at its top, or a new one and where it is put."""
    text = changed.lines.text
    top = changed.tree.body
    names = [
        target.id
        for one in top
        if isinstance(one, ast.Assign) and one.lineno < changed.node.lineno
        for target in one.targets
        if isinstance(target, ast.Name) and _is_sentinel(one.value)
    ]
    known = next((name for name in names if _SENTINEL.fullmatch(name)), None)
    if known is not None:
        return known, []
    value = "_MISSING" if "_MISSING" not in text else "_NOT_GIVEN"
    holder = next(one for one in top if one.lineno <= changed.node.lineno <= (one.end_lineno or one.lineno))
    decorators = getattr(holder, "decorator_list", [])
    row = min([holder.lineno, *(one.lineno for one in decorators)])
    while row > 1 and changed.lines.line(row - 1).startswith("#"):
        row -= 1
    at = changed.lines.start(row)
    return value, [(at, at, f"{value} = object()\n\n\n")]


def _is_sentinel(value: ast.expr) -> bool:
    """Return whether a value stands for nothing given: an object of its own, or a text that nobody would pass."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str) and value.value.startswith("__") and value.value.endswith("__")
    return ast.unparse(value) == "object()"
