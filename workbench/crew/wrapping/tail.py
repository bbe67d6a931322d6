"""Turns a wrapper's statements into ones after which the wrapped function's body can stand (see `wrapper`)."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import parameters, yields

PLACE = "__the_old_body__"
"""Stands for the old body where that does not simply come last."""

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


class CannotInline(Exception):
    """The wrapper cannot be put into the function; the words say why."""


class WorkedOn(CannotInline):
    """What the old function returns is not handed on as it is."""


class Tail:
    """Puts `return old_f(...)` at the end of a wrapper's ways as falling through to the old body.

    Args:
        old: the function that is wrapped.
        wrapper: the function around it, with the names that the old one has for its parameters.
        name: what the wrapper calls it by.
        is_method: whether its first parameter comes from the call's own object.
    """

    def __init__(self, old: FunctionNode, wrapper: FunctionNode, name: str, *, is_method: bool) -> None:
        self._old = old
        self._wrapper = wrapper
        self._name = name
        self._is_method = is_method

    def of(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Return the statements that go before the old body; it is reached where they end.

        Raises:
            CannotInline: there are none that do the same.
        """
        made: list[ast.stmt] = []
        for number, statement in enumerate(statements):
            if not self.mentions(statement):
                made.append(statement)
                continue
            if isinstance(statement, ast.Return):
                choice = _as_if(statement.value)
                if choice is not None:
                    return [*made, *self._branches(choice, [])]
                return [*made, *self.assignments(self.call(statement.value))]
            if isinstance(statement, ast.Expr) and statement is statements[-1] and self._returns_nothing:
                # Of a function that gives nothing back it is the same whether that is returned.
                return [*made, *self.assignments(self.call(statement.value))]
            if isinstance(statement, ast.If):
                return [*made, *self._branches(statement, list(statements[number + 1 :]))]
            if isinstance(statement, ast.Try):
                return [*made, self._tried(statement)]
            raise WorkedOn("what the old one returns is worked on")
        if not ends(made):
            if not self._returns_nothing:
                raise CannotInline("one way through it returns nothing")
            made.append(ast.Return(lineno=self._wrapper.lineno, col_offset=0))
        return made

    @property
    def _returns_nothing(self) -> bool:
        """Whether the old function only does something. What is returned within a function of its own counts too."""
        values = [node.value for node in ast.walk(self._old) if isinstance(node, ast.Return)]
        return not any(values) and not yields(self._old)

    def _branches(self, choice: ast.If, rest: list[ast.stmt]) -> list[ast.stmt]:
        if self.mentions(choice.test):
            raise WorkedOn("it asks the old one before it decides")
        goes_on = [not ends(branch) for branch in (choice.body, choice.orelse)]
        if rest and all(goes_on):
            raise WorkedOn("two ways lead to the same lines")
        body = self.of([*choice.body, *(rest if goes_on[0] else [])])
        orelse = self.of([*choice.orelse, *(rest if goes_on[1] else [])])
        if not body and not orelse:
            raise CannotInline("both ways do the same")
        if not body:
            return [ast.copy_location(ast.If(test=negated(choice.test), body=orelse, orelse=[]), choice)]
        return [ast.copy_location(ast.If(test=choice.test, body=body, orelse=orelse), choice)]

    def _tried(self, statement: ast.Try) -> ast.Try:
        """Return `try: return old(...)` around the place of the old body."""
        after = (*statement.handlers, *statement.orelse, *statement.finalbody)
        *before, last = statement.body
        if any(map(self.mentions, (*before, *after))) or statement.orelse or not isinstance(last, ast.Return):
            raise CannotInline("the old one is called within something")
        if not all(ends(handler.body) for handler in statement.handlers):
            raise CannotInline("one way through it returns nothing")
        place = ast.Expr(ast.Name(PLACE, ast.Load()))
        assigned = self.assignments(self.call(last.value))
        late = loaded([*statement.handlers, *statement.finalbody]) & stored([self._old, *assigned])
        if late:
            raise CannotInline(f"`{min(late)}` may have changed when it is looked at")
        body = [*before, *assigned, place]
        made = ast.Try(body=body, handlers=statement.handlers, orelse=[], finalbody=statement.finalbody)
        return ast.copy_location(made, statement)

    def sites(self, statements: Sequence[ast.stmt]) -> list[ast.expr]:
        """Return the places where the old function is called and, where it is async, awaited.

        Raises:
            CannotInline: it is spoken of without being called.
        """
        every = [node for one in statements for node in ast.walk(one)]
        found: list[ast.expr] = [node for node in every if isinstance(node, ast.Call) and self.is_call(node)]
        if isinstance(self._old, ast.AsyncFunctionDef):
            found = [node for node in every if isinstance(node, ast.Await) and self.is_call(node.value)]
        if len(found) != sum(isinstance(node, ast.Name | ast.Attribute) and self._is_it(node) for node in every):
            raise CannotInline("it does something else with the old one than to call it")
        return found

    def call(self, value: ast.expr | None) -> ast.Call:
        """Return the call that a value is.

        Raises:
            CannotInline: it is something else, or a call that cannot come before the old body.
        """
        is_async = isinstance(self._old, ast.AsyncFunctionDef)
        if isinstance(value, ast.Await) and is_async:
            value = value.value
        elif is_async:
            raise CannotInline("the old one is not awaited")
        if not isinstance(value, ast.Call) or not self._is_it(value.func):
            raise WorkedOn("what the old one returns is worked on")
        arguments = [*value.args, *(keyword.value for keyword in value.keywords)]
        if any(map(self.mentions, arguments)):
            raise WorkedOn("what the old one returns is worked on")
        if any(isinstance(node, ast.NamedExpr) for one in arguments for node in ast.walk(one)):
            raise CannotInline("it sets a name while it calls")
        self._check_place(value.func)
        return value

    def _check_place(self, function: ast.expr) -> None:
        """Make sure that it is called as one's own function or method."""
        is_own = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        if self._is_method and not (is_own and self.receiver and _is_name(function.value, self.receiver)):  # type: ignore[attr-defined]
            raise CannotInline("it calls the old one on something else")
        if not self._is_method and isinstance(function, ast.Attribute) and not is_own:
            raise CannotInline("it calls the old one on something else")

    def assignments(self, call: ast.Call) -> list[ast.stmt]:
        """Return what makes the parameters what the call gives for them.

        Raises:
            CannotInline: nothing does.
        """
        given = self._given(call)
        missing = self._required() - set(given)
        if missing:
            raise CannotInline(f"it calls the old one without `{min(missing)}`")
        given |= self._left_out(given)
        changed = {name: value for name, value in given.items() if not _is_name(value, name)}
        if not changed:
            return []
        used = {node.id for value in changed.values() for node in ast.walk(value) if isinstance(node, ast.Name)}
        others = [name for name in changed if name in used and not _uses_only_itself(name, changed)]
        targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in changed]
        if len(changed) > 1 and others:
            pair = ast.Tuple(targets, ast.Store()), ast.Tuple(list(changed.values()), ast.Load())
            return [ast.Assign([pair[0]], pair[1], lineno=call.lineno)]
        pairs = zip(targets, changed.values(), strict=True)
        return [ast.Assign([target], value, lineno=call.lineno) for target, value in pairs]

    def _given(self, call: ast.Call) -> dict[str, ast.expr]:
        arguments = self._old.args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
        is_bound = self._is_method and isinstance(call.func, ast.Attribute)
        names = names[1:] if is_bound else names
        keyword_only = {one.arg for one in arguments.kwonlyargs}
        given: dict[str, ast.expr] = {}
        stars = [value for value in call.args if isinstance(value, ast.Starred)]
        if stars and (len(stars) > 1 or call.args[-1] is not stars[0]):
            raise CannotInline("it hands on other arguments than it got")
        if self._wrapper.args.vararg and not stars:
            raise CannotInline("it does not hand on all arguments")
        if self._wrapper.args.kwarg and all(keyword.arg for keyword in call.keywords):
            raise CannotInline("it does not hand on all keywords")
        for number, value in enumerate(call.args):
            if isinstance(value, ast.Starred):
                if arguments.vararg is None or not _is_name(value.value, arguments.vararg.arg):
                    raise CannotInline("it hands on other arguments than it got")
            elif number >= len(names):
                # What goes by keyword only is handed on by place, a usual slip: its own name says which one is meant.
                if not isinstance(value, ast.Name) or value.id not in keyword_only:
                    raise CannotInline("it gives the old one more than that takes")
                given[value.id] = value
            else:
                given[names[number]] = value
        known = {*names, *keyword_only}
        for keyword in call.keywords:
            if keyword.arg is None:
                if arguments.kwarg is None or not _is_name(keyword.value, arguments.kwarg.arg):
                    raise CannotInline("it hands on other arguments than it got")
            elif keyword.arg not in known or keyword.arg in given:
                raise CannotInline(f"the old one takes no `{keyword.arg}`")
            else:
                given[keyword.arg] = keyword.value
        return given

    def _left_out(self, given: dict[str, ast.expr]) -> dict[str, ast.expr]:
        """Return the defaults that the call leaves the old function, where the wrapper has others for them."""
        own = parameters(self._wrapper)
        found: dict[str, ast.expr] = {}
        for name, parameter in parameters(self._old).items():
            default = parameter.default
            if default is not None and name in own and name not in given:
                was = own[name].default
                if was is None or ast.dump(was) == ast.dump(default):
                    raise CannotInline(f"it does not hand on `{name}`")
                found[name] = default
        return found

    def _required(self) -> set[str]:
        names = [name for name, parameter in parameters(self._old).items() if parameter.default is None]
        return set(names[1 if self._is_method else 0 :])

    def _is_it(self, function: ast.expr) -> bool:
        return self._name in (getattr(function, "id", None), getattr(function, "attr", None))

    @property
    def receiver(self) -> str:
        """What the wrapper calls the object whose method it is; empty where it is no method."""
        first = [one.arg for one in (*self._wrapper.args.posonlyargs, *self._wrapper.args.args)][:1]
        return first[0] if self._is_method and first else ""

    def is_call(self, node: ast.AST) -> bool:
        """Return whether a node is a call of the old function."""
        return isinstance(node, ast.Call) and self._is_it(node.func)

    def mentions(self, node: ast.AST) -> bool:
        """Return whether a node speaks of the old function."""
        return any(isinstance(one, ast.Name | ast.Attribute) and self._is_it(one) for one in ast.walk(node))


def _as_if(value: ast.expr | None) -> ast.If | None:
    """Return `return a if b else c`, and `return a or c` where `a` is True or False, as a statement that chooses."""
    if isinstance(value, ast.IfExp):
        test, ways = value.test, (value.body, value.orelse)
    elif isinstance(value, ast.BoolOp) and all(map(_is_yes_or_no, value.values[:-1])):
        is_or = isinstance(value.op, ast.Or)
        before = value.values[:-1]
        test = before[0] if len(before) == 1 else ast.BoolOp(value.op, before)
        ways = (ast.Constant(True), value.values[-1]) if is_or else (value.values[-1], ast.Constant(False))
    else:
        return None
    one, other = (ast.copy_location(ast.Return(ast.copy_location(way, value)), value) for way in ways)
    return ast.copy_location(ast.If(test=ast.copy_location(test, value), body=[one], orelse=[other]), value)


def _is_yes_or_no(value: ast.expr) -> bool:
    """Return whether an expression is True or False, whatever it is about."""
    if isinstance(value, ast.Compare):
        return all(isinstance(operator, ast.Is | ast.IsNot | ast.In | ast.NotIn) for operator in value.ops)
    return isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)


def loaded(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that are looked at."""
    every = (node for one in nodes for node in ast.walk(one))
    return {node.id for node in every if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def stored(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that are set."""
    every = [node for one in nodes for node in ast.walk(one)]
    names = {node.id for node in every if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    for node in every:
        match node:
            case (
                ast.ExceptHandler(name=str() as name)
                | ast.MatchAs(name=str() as name)
                | ast.MatchStar(name=str() as name)
            ):
                names.add(name)
            case ast.MatchMapping(rest=str() as name) | ast.alias(asname=str() as name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name):
                names.add(name.partition(".")[0])
    return names


def ends(statements: Sequence[ast.stmt]) -> bool:
    """Return whether nothing that comes after these statements is reached."""
    match statements[-1] if statements else None:
        case ast.Return() | ast.Raise():
            return True
        case ast.If() as choice:
            return ends(choice.body) and ends(choice.orelse)
        case ast.Try() as block:
            return ends(block.finalbody) or all(map(ends, (block.body, *(one.body for one in block.handlers))))
        case _:
            return False


def negated(test: ast.expr) -> ast.expr:
    """Return the opposite of a test, as one would write it."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in _OPPOSITE:
        opposite = _OPPOSITE[type(test.ops[0])]()
        return ast.copy_location(ast.Compare(test.left, [opposite], test.comparators), test)
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _is_name(value: ast.expr, name: str) -> bool:
    return isinstance(value, ast.Name) and value.id == name


def _uses_only_itself(name: str, changed: dict[str, ast.expr]) -> bool:
    """Return whether no other parameter's new value is made of this one."""
    others = (value for other, value in changed.items() if other != name)
    return not any(isinstance(node, ast.Name) and node.id == name for value in others for node in ast.walk(value))
