"""Whether a wrapper calls the old function once on each of its ways, and does nothing before that could tell.

Then the old body may come first: whatever is worked out between the place where it is put and the call has no effect,
cannot fail, and gives the same after the old body as before it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import parameters
from workbench.crew.wrapping.limits import own_names
from workbench.crew.wrapping.tail import CannotInline, Tail, ends, loaded, stored

_Identity = ast.Is | ast.IsNot


class Order:
    """Follows a wrapper from the statement that first speaks of the old function.

    Args:
        old: the function that is wrapped.
        wrapper: the function around it, with the names that the old one has for its parameters.
        tail: knows the calls of the old function.
        before: the wrapper's statements before that one.
        sites: the places where it is called, always with the same.
    """

    def __init__(
        self,
        old: FunctionNode,
        wrapper: FunctionNode,
        tail: Tail,
        before: Sequence[ast.stmt],
        sites: Sequence[ast.expr],
    ) -> None:
        self._mentions = tail.mentions
        self._sites = {id(site) for site in sites}
        self._me = tail.receiver
        self._attributes = {
            node.attr
            for node in ast.walk(old)
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        }
        stars = {one.arg for one in (wrapper.args.vararg, wrapper.args.kwarg) if one is not None}
        known = parameters(wrapper)
        self._own = own_names(wrapper)
        self._unset = (self._own - {*known, *stars} - always_set(before)) | unset(before)
        new = {name for name in known if name not in parameters(old)} - stored(before)
        # What the old function may have got hold of may be another after it.
        self._steady = new - _handed([*before, tail.call(sites[0])])

    def follow(self, statements: Sequence[ast.stmt], called: bool = False) -> bool:
        """Return whether the old function has been called where the statements end.

        Raises:
            CannotInline: there is a way without a call or with two, or something happens before it.
        """
        for statement in statements:
            if called:
                if self._mentions(statement):
                    raise CannotInline("it calls the old one twice")
            elif isinstance(statement, ast.If):
                called = self._choose(statement)
            elif isinstance(statement, ast.For):
                called = self._evaluate(statement.iter, called=False)
                if not called or any(map(self._mentions, (*statement.body, *statement.orelse))):
                    raise CannotInline("it calls the old one within something")
            elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return):
                if not self._mentions(statement):
                    raise CannotInline("one way through it does not call the old one, or does something before")
                called = self._evaluate(statement, called=False)
            elif not isinstance(statement, ast.Pass):
                raise CannotInline("it calls the old one within something, or does something before")
        return called

    def _choose(self, statement: ast.If) -> bool:
        called = self._evaluate(statement.test, called=False, is_test=True)
        ways = [(self.follow(branch, called), ends(branch)) for branch in (statement.body, statement.orelse)]
        going = {after for after, is_over in ways if not is_over}
        if len(going) > 1 or any(is_over and not after for after, is_over in ways):
            raise CannotInline("one way through it does not call the old one")
        return going.pop() if going else True

    def _evaluate(self, node: ast.AST, *, called: bool, is_test: bool = False) -> bool:
        """Return whether the old function has been called once a node is worked out."""
        if not self._mentions(node):
            if not called and not self._is_harmless(node, is_test):
                raise CannotInline("it does something before it calls the old one")
            return called
        if called:
            raise CannotInline("it calls the old one twice")
        if id(node) in self._sites:
            return True
        if isinstance(node, ast.IfExp):
            called = self._evaluate(node.test, called=False, is_test=True)
            one, other = (self._evaluate(way, called=called) for way in (node.body, node.orelse))
            if one != other:
                raise CannotInline("one way through it does not call the old one")
            return one
        first, perhaps = _parts(node)
        if any(map(self._mentions, perhaps)):
            raise CannotInline("one way through it does not call the old one, or it calls it more than once")
        for part in first:
            is_function = isinstance(node, ast.Call) and part is node.func
            if not (is_function and (self._is_global(part) or self._is_method(part))):
                called = self._evaluate(part, called=called, is_test=isinstance(node, ast.BoolOp))
        return called

    def _is_method(self, function: ast.AST) -> bool:
        """Return whether a function is one of the own object, and stays that."""
        match function:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                return bool(name) and name == self._me and attribute not in self._attributes
        return False

    def _is_harmless(self, node: ast.AST, is_test: bool) -> bool:
        """Return whether a node has no effect, cannot fail, and gives the same after the old body."""
        match node:
            case ast.Constant():
                return True
            case ast.Name(id=name) if name not in self._own:
                return name.isupper() and not is_test
            case ast.Name(id=name):
                return name not in self._unset and (not is_test or name in self._steady)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._is_harmless(operand, True)
            case ast.BoolOp(values=values):
                return all(self._is_harmless(value, True) for value in values)
            case ast.Compare(left=left, ops=operators, comparators=others):
                return self._compares([left, *others], operators)
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), kind], keywords=[]):
                return "isinstance" not in self._own and name not in self._unset and self._is_kind(kind)
            case ast.Attribute(value=ast.Constant(value=str())):
                return True
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.JoinedStr(values=parts):
                return all(self._is_harmless(part, False) for part in parts)
            case ast.FormattedValue(value=ast.Name(id=name), format_spec=None):
                return name in self._steady
            case ast.keyword(arg=str(), value=value):
                return self._is_harmless(value, False)
        return False

    def _compares(self, parts: Sequence[ast.expr], operators: Sequence[ast.cmpop]) -> bool:
        if all(isinstance(one, _Identity) for one in operators):
            return all(self._is_harmless(part, False) for part in parts)
        if len(operators) > 1:
            return False
        left, right = parts
        match operators[0]:
            case ast.Eq() | ast.NotEq():
                return all(_is_leaf(part) and _names(part) <= self._steady for part in parts)
            case ast.In() | ast.NotIn():
                is_list = isinstance(right, ast.Tuple | ast.List) and all(map(_is_constant, right.elts))
                return is_list and _is_leaf(left) and _names(left) <= self._steady
        # One that asks for an order fails for some values.
        return False

    def _is_kind(self, node: ast.expr) -> bool:
        every = node.elts if isinstance(node, ast.Tuple) else [node]
        return all(self._is_global(one) for one in every)

    def _is_global(self, node: ast.AST) -> bool:
        """Return whether a node is a name from outside, or something of one: a module's function, say."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id not in self._own


def always_set(statements: Sequence[ast.stmt]) -> frozenset[str]:
    """Return the variables that are surely set where statements end."""
    found: frozenset[str] = frozenset()
    for statement in statements:
        match statement:
            case ast.Assign(targets=targets):
                found |= {name for target in targets for name in _set_names(target)}
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()) | ast.AugAssign(target=ast.Name(id=name)):
                found |= {name}
            case ast.If(body=body, orelse=orelse):
                found |= _on_all([body, orelse])
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=last):
                found |= _on_all([[*body, *orelse], *(handler.body for handler in handlers)]) | always_set(last)
            case ast.With(items=items, body=body) if "suppress" not in "".join(map(ast.unparse, items)):
                found |= always_set(body)
    return found


def _on_all(ways: Sequence[Sequence[ast.stmt]]) -> frozenset[str]:
    """Return the variables that are surely set where ways that go on meet again."""
    going = [always_set(way) for way in ways if not ends(way)]
    return frozenset.intersection(*going) if going else frozenset()


def unset(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the variables that are perhaps no more where statements end."""
    every = [node for one in statements for node in ast.walk(one)]
    deleted = {node.id for node in every if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)}
    return deleted | {node.name for node in every if isinstance(node, ast.ExceptHandler) and node.name}


def _set_names(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _set_names(part)
        case ast.Starred(value=value):
            yield from _set_names(value)


def _parts(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """Return the parts of a node in the order in which they are worked out, and those that perhaps are, or often."""
    match node:
        case ast.BoolOp(values=[first, *others]):
            return [first], [*others]
        case ast.Compare(left=left, comparators=[second, *others]):
            return [left, second], [*others]
        case ast.Lambda():
            return [], [node]
        case ast.Assign(targets=targets, value=value):
            return [value, *targets], []
        case ast.AnnAssign(value=ast.expr() as value):
            return [value], []
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            whole = [(key, value) if key else (ast.Starred(value),) for key, value in pairs]
            return [part for pair in whole for part in pair], []
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            loop = node.generators[0]
            often = [child for child in ast.iter_child_nodes(node) if child is not loop]
            often += [child for child in ast.iter_child_nodes(loop) if child is not loop.iter or loop.is_async]
            return [] if loop.is_async else [loop.iter], often
    kinds = (ast.expr, ast.keyword)
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, kinds)], []


def _handed(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names whose values may be known elsewhere after these nodes: all that are not merely compared."""
    found = set()
    for parent in (node for one in nodes for node in ast.walk(one)):
        if not isinstance(parent, ast.Compare | ast.UnaryOp | ast.If):
            found |= {child.id for child in ast.iter_child_nodes(parent) if isinstance(child, ast.Name)}
    return found


def _names(node: ast.AST) -> set[str]:
    return loaded([node])


def _is_leaf(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Constant)


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)
