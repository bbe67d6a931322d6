"""Turns a wrapper that works on what the old function returns into statements before and after the old body.

The old body comes where the wrapper first calls the old function; its last `return` becomes a variable, and that stands
for the calls (see `wrapper`). Whatever could mean something else there is refused.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from workbench import python_ast
from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import parameters
from workbench.crew.wrapping.limits import LOOKS_AROUND, captured, own_names, refuse_late_looks
from workbench.crew.wrapping.order import Order, always_set, unset
from workbench.crew.wrapping.tail import CannotInline, Tail, ends, loaded, negated, stored

_NAMES = ("result", "value", "made", "found", "outcome")
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Around:
    """What stands around the old body.

    Attributes:
        before: the statements before it.
        after: the statements after it.
        name: the variable for what the old function returned.
        is_there: whether the old body has it in that variable already, so that its `return` goes.
    """

    before: list[ast.stmt]
    after: list[ast.stmt]
    name: str
    is_there: bool


def only_return(old: FunctionNode) -> ast.Return | None:
    """Return the one `return` of a function that hands something out at its end and nowhere else."""
    last = old.body[-1]
    count = sum(isinstance(node, ast.Return) for node in _own_nodes(old.body))
    return last if isinstance(last, ast.Return) and last.value is not None and count == 1 else None


def around(old: FunctionNode, wrapper: FunctionNode, body: Sequence[ast.stmt], tail: Tail) -> Around:
    """Return what stands around the old body, so that the function does what wrapper and old function did.

    Args:
        old: the function that is wrapped.
        wrapper: the function around it, with the names that the old one has for its parameters.
        body: the wrapper's statements, without its docstring.
        tail: knows the calls of the old function.

    Raises:
        CannotInline: there is none that would do the same.
    """
    last = only_return(old)
    if last is None:
        raise CannotInline("what the old one returns is worked on, and it returns in several places or nothing")
    if loaded(body) & LOOKS_AROUND:
        raise CannotInline("it looks at its own names")
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for one in body for node in ast.walk(one)):
        raise CannotInline("it yields")
    at = next(number for number, statement in enumerate(body) if tail.mentions(statement))
    before, rest = list(body[:at]), list(body[at:])
    sites = tail.sites(rest)
    calls = [tail.call(site) for site in sites]
    if len({ast.dump(call) for call in calls}) != 1:
        raise CannotInline("it calls the old one with one thing here, with another there")
    given = tail.assignments(calls[0])
    order = Order(old, wrapper, tail, before, sites)
    if not order.follow(rest) or not ends(rest):
        raise CannotInline("one way through it returns nothing")
    refuse_late_looks(old, [*before, *given], [*before, *calls])
    shared = (stored(before) | {*parameters(wrapper)}) & (own_names(old) - {*parameters(old)})
    if shared:
        raise CannotInline(f"`{min(shared)}` means something else in the old lines")
    found = CannotInline("there is no name for what the old one returned")
    name = _handed_out(old, last)
    if not name and isinstance(last.value, ast.Name) and last.value.id in _assigned(rest, tail):
        raise CannotInline(f"`{last.value.id}` is perhaps not set, or returned on a line with something else")
    for candidate in [name] if name else _names(old, wrapper, rest, tail):
        try:
            _refuse_lost(
                old, wrapper, ([*before, *given], rest, sites), stored(given) | (set() if name else {candidate})
            )
        except CannotInline as error:
            found = error
            continue
        after = _replaced(rest, tail, candidate)
        return Around([*before, *given], after, candidate, is_there=bool(name))
    raise found


def named_alike(block: str, wrapper: FunctionNode, old: FunctionNode, tail: Tail) -> str:
    """Return an answer in which the wrapper calls the result what the old function calls it, where that is free."""
    last = only_return(old)
    goal = _handed_out(old, last) if last else ""
    theirs = set(_assigned(wrapper.body, tail))
    if not goal or len(theirs) != 1 or goal in {*_every_name(wrapper), *parameters(old), *captured(old.body)}:
        return block
    (name,) = theirs
    nodes = [node for node in ast.walk(wrapper) if isinstance(node, ast.Name) and node.id == name]
    before = itertools.takewhile(lambda statement: not tail.mentions(statement), wrapper.body)
    if _every_name(wrapper).count(name) != len(nodes) or name in stored([*before]):
        return block
    rows = [row.encode() for row in block.split("\n")]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        row = rows[node.lineno - 1]
        rows[node.lineno - 1] = row[: node.col_offset] + goal.encode() + row[node.end_col_offset :]
    renamed = b"\n".join(rows).decode(errors="replace")
    meant = python_ast.parse(block)
    for one in ast.walk(meant):
        if isinstance(one, ast.Name) and one.id == name:
            one.id = goal
    try:
        # A name inside a formatted string may be anywhere.
        return renamed if ast.dump(python_ast.parse(renamed)) == ast.dump(meant) else block
    except SyntaxError:
        return block


def with_result(lines: Sequence[str], old: FunctionNode, found: Around) -> list[str]:
    """Return the lines of the old function with its last `return` as the variable, or without it."""
    last = old.body[-1]
    first, end = last.lineno - 1, last.end_lineno or last.lineno
    if found.is_there:
        return [*lines[:first], *lines[end:]]
    row, at = lines[first].encode(), last.col_offset
    value = row[at + len("return") :].lstrip()
    changed = row[:at] + f"{found.name} = ".encode() + value
    return [*lines[:first], changed.decode(), *lines[first + 1 :]]


def _handed_out(old: FunctionNode, last: ast.Return) -> str:
    """Return the variable that a function hands out, if it is its own and has surely been set; else nothing."""
    if not isinstance(last.value, ast.Name):
        return ""
    name, before = last.value.id, old.body[:-1]
    shares_line = bool(before) and (before[-1].end_lineno or 0) >= last.lineno
    is_set = name in always_set(before) or name in parameters(old)
    return name if is_set and name not in unset(before) and not shares_line else ""


def _names(old: FunctionNode, wrapper: FunctionNode, rest: Sequence[ast.stmt], tail: Tail) -> list[str]:
    """Return the names that the result may have: the wrapper's own first."""
    taken = {*_every_name(old), *_every_name(wrapper)}
    more = (f"{name}{number}" for number in range(2, 9) for name in _NAMES)
    free = [name for name in (*_NAMES, *more) if name not in taken]
    return [*dict.fromkeys(_assigned(rest, tail)), *free[:1]]


def _refuse_lost(
    old: FunctionNode,
    wrapper: FunctionNode,
    parts: tuple[Sequence[ast.stmt], Sequence[ast.stmt], Sequence[ast.expr]],
    new: Set[str],
) -> None:
    """Raise where a variable would have another value than in the wrapper or, for a closure, in the old function."""
    before, rest, sites = parts
    set_there = (stored(old.body) & own_names(old)) | new
    _Looking(set_there, sites).over(rest, frozenset())
    late = captured(old.body) & ((stored(rest) & own_names(wrapper)) | new)
    late |= captured(before) & new
    if late:
        raise CannotInline(f"`{min(late)}` changes after it was looked at")
    gone = [node for one in rest for node in ast.walk(one) if isinstance(node, ast.Name)]
    if any(isinstance(node.ctx, ast.Del) for node in gone):
        raise CannotInline("it deletes a name")


@dataclass(frozen=True)
class _Looking:
    """Finds looks at variables that the old body has set since, unless they were set anew after it."""

    lost: Set[str]
    sites: Sequence[ast.expr]

    def over(self, statements: Sequence[ast.stmt], known: frozenset[str]) -> frozenset[str]:
        """Return which were set anew at the end of the statements."""
        for statement in statements:
            if isinstance(statement, ast.If):
                self._refuse(statement.test, known)
                ways = [(branch, self.over(branch, known)) for branch in (statement.body, statement.orelse)]
                going = [after for branch, after in ways if not ends(branch)]
                known = frozenset.intersection(*going) if going else known
            elif isinstance(statement, ast.For):
                self._refuse(statement.iter, known)
                self.over(statement.body, known | always_set([ast.Assign([statement.target], statement.iter)]))
                self.over(statement.orelse, known)
            else:
                self._refuse(statement, known)
                known |= always_set([statement])
        return known

    def _refuse(self, node: ast.AST, known: frozenset[str]) -> None:
        lost = (_looked_at(node, self.sites) & self.lost) - known
        if lost:
            raise CannotInline(f"`{min(lost)}` may have changed when it is looked at")


def _looked_at(node: ast.AST, sites: Sequence[ast.expr]) -> set[str]:
    """Return the function's variables that are looked at, but for those handed to the old function."""
    if any(node is site for site in sites):
        return set()
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    found: set[str] = set()
    if isinstance(node, _Comprehension):
        first, *_ = node.generators
        for child in (*node.generators, *ast.iter_child_nodes(node)):
            found |= _looked_at(child, [*sites, first.iter])
        return (found - stored([one.target for one in node.generators])) | _looked_at(first.iter, sites)
    for child in ast.iter_child_nodes(node):
        found |= _looked_at(child, sites)
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        found.add(node.target.id)
    if isinstance(node, ast.Lambda):
        found -= {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
        found |= _looked_at(node.args, sites)
    return found


def _replaced(statements: Sequence[ast.stmt], tail: Tail, name: str) -> list[ast.stmt]:
    """Return statements with the variable for each call of the old function; what does not call it stays as it is."""
    made: list[ast.stmt] = []
    for statement in statements:
        if not tail.mentions(statement):
            made.append(statement)
        elif isinstance(statement, ast.If):
            made.append(_choice(statement, tail, name))
        else:
            new = ast.fix_missing_locations(_Naming(tail, name).visit(copy.deepcopy(statement)))
            if _target(new) != name or not isinstance(new.value, ast.Name):
                made.append(new)
    return made


def _choice(statement: ast.If, tail: Tail, name: str) -> ast.If:
    test = _Naming(tail, name).visit(copy.deepcopy(statement.test)) if tail.mentions(statement.test) else statement.test
    body, orelse = (_replaced(branch, tail, name) for branch in (statement.body, statement.orelse))
    if not body and not orelse:
        raise CannotInline("both ways do the same")
    if not body:
        test, body, orelse = negated(test), orelse, []
    return ast.fix_missing_locations(ast.copy_location(ast.If(test=test, body=body, orelse=orelse), statement))


class _Naming(ast.NodeTransformer):
    def __init__(self, tail: Tail, name: str) -> None:
        self._tail = tail
        self._name = name

    def visit_Await(self, node: ast.Await) -> ast.AST:
        return self.visit(node.value) if self._tail.is_call(node.value) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if self._tail.is_call(node):
            return ast.copy_location(ast.Name(self._name, ast.Load()), node)
        return self.generic_visit(node)


def _assigned(statements: Sequence[ast.stmt], tail: Tail) -> Iterator[str]:
    """Yield the variables that a call of the old function, and nothing else, is assigned to."""
    for node in (node for one in statements for node in ast.walk(one)):
        value = getattr(node, "value", None)
        value = value.value if isinstance(value, ast.Await) else value
        if isinstance(node, ast.Assign | ast.AnnAssign) and value is not None and tail.is_call(value):
            name = _target(node)
            if name:
                yield name


def _target(statement: ast.AST) -> str:
    """Return the one variable that a statement assigns to; empty where it does something else."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
    return ""


def _every_name(node: FunctionNode) -> list[str]:
    """Return every name that stands somewhere in a function, as often as it does."""
    found = []
    for one in ast.walk(node):
        match one:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.append(name)
            case ast.ExceptHandler() | ast.ClassDef() | ast.alias() | ast.MatchAs() | ast.MatchStar():
                found += stored([one])
            case ast.MatchMapping(rest=str() as name):
                found.append(name)
    return found


def _own_nodes(statements: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes of statements, but for what lies in other functions."""
    for statement in statements:
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop()
            yield node
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                waiting += ast.iter_child_nodes(node)
