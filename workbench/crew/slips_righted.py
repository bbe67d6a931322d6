"""How a slip of an answer is set right: the changed function, and the file with other text at some places in it."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.checks.order import changed_symbols
from workbench.crew.stated import Function, functions, parameters, stated
from workbench.edits.source import PYTHON_SUFFIXES, Lines
from workbench.model import FileEdit

LONGEST = 3
"""Statements of an old body that are written a second time."""

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_SENTINEL = re.compile(r"_*(?:no_?default|missing|unset|sentinel|undefined|not_?given|marker)_*", re.IGNORECASE)
_TYPES = (str, dict, list, set, bytes)
ENDLESS = re.compile(r"\b(?:infinit|endless|lazy|lazily|generator|stream)", re.IGNORECASE)
"""Words of a task or docstring that tell that an iterable may have no end."""


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
            text = f"{text[:begin]}{new}{text[end:]}"
        try:
            ast.parse(text.removeprefix("\ufeff"))
        except (SyntaxError, ValueError, RecursionError):
            return None
        return Righted(what, (self.edit.model_copy(update={"after": text.encode("utf-8")}),))

    @property
    def new(self) -> list[ast.AST]:
        """The parts that were not there before."""
        old = {ast.dump(part) for part in ast.walk(self.was)} if self.was else set()
        return [part for part in ast.walk(self.node) if ast.dump(part) not in old]


def changed_function(task: str, edits: Sequence[FileEdit]) -> Changed | None:
    """Return the one function of a Python file that edits change or add; None where they do more, or something else."""
    if len(edits) != 1 or not edits[0].path.endswith(PYTHON_SUFFIXES):
        return None
    (edit,) = edits
    if not edit.before or not edit.after or b"\r" in edit.after or len(changed_symbols(edit)) != 1:
        return None
    before, after = functions(edit.before), functions(edit.after)
    names = [name for name in after if name not in before or ast.dump(before[name]) != ast.dump(after[name])]
    if len(names) != 1:
        return None
    return Changed(task, edit, before.get(names[0]), after[names[0]], Lines(edit.after.decode("utf-8")))


def boundaries(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons that take in their boundary, or leave it out; then those with the number beside it."""
    found = [part for part in changed.new if isinstance(part, ast.Compare) and type(part.ops[0]) in _OTHER]
    for compare in found:
        other = copy.deepcopy(compare)
        other.ops[0] = _OTHER[type(compare.ops[0])]()
        yield _instead(changed, compare, other)
    for compare in found:
        for place, side in enumerate(compare.comparators):
            if isinstance(side, ast.Constant) and type(side.value) is int:
                for value in (side.value + 1, side.value - 1):
                    other = copy.deepcopy(compare)
                    other.comparators[place] = ast.Constant(value)
                    yield _instead(changed, compare, other)


def _instead(changed: Changed, old: ast.expr, new: ast.expr) -> Righted | None:
    written = ast.unparse(new)
    return changed.righted(f"`{ast.unparse(old)}` is `{written}`", (*changed.lines.span(old), written))


def taken_out(changed: Changed) -> Iterator[Righted | None]:
    """Yield new keywords taken out of those that are handed on."""
    if changed.node.args.kwarg is None:
        return
    name = changed.node.args.kwarg.arg
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=holder), attr="get") as function) if holder == name:
                end = changed.lines.span(function)[1]
                yield changed.righted(f"`{name}.get` is `{name}.pop`", (end - len("get"), end, "pop"))


def as_lists(changed: Changed) -> Iterator[Righted | None]:
    """Yield parameters of which the new lines want more than to go through them made lists first."""
    if ENDLESS.search(f"{changed.task} {ast.get_docstring(changed.node) or ''}"):
        return
    names = [name for name in parameters(changed.node) if any(wants_list(part, name) for part in changed.new)]
    if names:
        yield at_the_top(changed, [f"{name} = list({name})" for name in names])


def wants_list(part: ast.AST, name: str) -> bool:
    """Return whether a part of the code asks something of a name that an iterator does not have."""
    match part:
        case ast.Call(func=ast.Name(id="len" | "reversed"), args=[ast.Name(id=found)]):
            return found == name
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=found)):
            return found == name
        case ast.Subscript(value=ast.Name(id=found)):
            return found == name
        case ast.If(test=ast.Name(id=found)) | ast.IfExp(test=ast.Name(id=found)):
            return found == name
    return False


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
    lines = changed.lines
    for part in changed.new:
        name = _whose(part, attribute, set(parameters(changed.node)))
        match part:
            case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                begin, end = lines.span(part)
                margin = lines.indent(part.lineno)
                if part.lineno == part.end_lineno and not lines.text[lines.start(part.lineno) : begin].strip():
                    inner = f"if isinstance({name}, {kind}):\n{margin}    {lines.text[begin:end]}"
                    yield changed.righted(f"`{ast.unparse(part)}` where it is a {kind}", (begin, end, inner))
            case ast.If(test=test) if name is not None:
                begin, end = lines.span(test)
                said = lines.text[begin:end]
                said = f"({said})" if isinstance(test, ast.BoolOp | ast.IfExp | ast.NamedExpr) else said
                yield changed.righted(
                    f"`{said}` where it is a {kind}", (begin, end, f"isinstance({name}, {kind}) and {said}")
                )


def not_of_none(changed: Changed) -> Iterator[Righted | None]:
    """Yield new comparisons of a parameter's size made only where the parameter is not None."""
    names = set(parameters(changed.node))
    for part in changed.new:
        if isinstance(part, ast.Compare) and type(part.ops[0]) in _OTHER:
            found = [one.id for one in (part.left, *part.comparators) if isinstance(one, ast.Name) and one.id in names]
            for name in found:
                said = f"{name} is not None and {ast.unparse(part)}"
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
    old, new = parameters(changed.was), parameters(changed.node)
    added = [(name, one.default) for name, one in new.items() if name not in old and one.written == "None"]
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
    told = [
        part.comparators[0]
        for part in ast.walk(changed.node)
        if isinstance(part, ast.Compare)
        and isinstance(part.left, ast.Name)
        and part.left.id == name
        and isinstance(part.ops[0], ast.Is | ast.IsNot)
        and ast.unparse(part.comparators[0]) == "None"
    ]
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
    body = changed.was.body[1:] if ast.get_docstring(changed.was, clean=False) is not None else changed.was.body
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
    guard = "".join(f"{margin}{row}\n" for row in (f"if {name} is {value}:", *(f"    {row}" for row in rows)))
    swaps += [(*changed.lines.span(default), value), (at, at, guard)]
    return changed.righted(f"without `{name}` it does what it did", *swaps)


def _sentinel(changed: Changed) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a name for nothing given that the file has at its top, or a new one and where it is put."""
    text = changed.lines.text
    top = ast.parse(text.removeprefix("\ufeff")).body
    names = [
        target.id
        for one in top
        if isinstance(one, ast.Assign) and one.lineno < changed.node.lineno
        for target in one.targets
        if isinstance(target, ast.Name)
    ]
    known = next((name for name in names if _SENTINEL.fullmatch(name)), None)
    if known is not None:
        return known, []
    value = "_MISSING" if "_MISSING" not in text else "_NOT_GIVEN"
    holder = next(one for one in top if one.lineno <= changed.node.lineno <= (one.end_lineno or one.lineno))
    decorators = getattr(holder, "decorator_list", [])
    at = changed.lines.start(min([holder.lineno, *(one.lineno for one in decorators)]))
    return value, [(at, at, f"{value} = object()\n\n\n")]
