"""Whether a method may go on to change what one of its own fields holds: by another name, or by what it calls."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from workbench.crew.judging.stated import Function
from workbench.edits.foreign.nodes import field as field_of
from workbench.edits.foreign.nodes import text, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_ASKS = frozenset(
    """
    index count startswith endswith has includes some every indexOf join keys length size isdisjoint issubset issuperset
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
"""Methods that tell something of a collection, and give nothing of it."""

_GETS = frozenset("get items values find filter map slice concat at copy entries difference union flatMap".split())  # noqa: SIM905
"""Methods that give what a collection holds."""

_TELLS = frozenset(
    """
    len sum any all bool str repr int float round abs isinstance print format cap append String Number Boolean
    fmt.Sprintf strings.Join
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_WRAPS = frozenset(
    "list tuple set frozenset dict sorted reversed enumerate zip iter next filter map min max".split()  # noqa: SIM905
)
_CHAIN = frozenset(
    """
    member_expression selector_expression subscript_expression index_expression slice_expression non_null_expression
    parenthesized_expression as_expression unary_expression expression_list await_expression spread_element
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_KEEPS = frozenset(
    """
    variable_declarator short_var_declaration assignment_expression assignment_statement range_clause for_in_statement
    var_spec
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)


def is_handed_on(node: Function, field: str) -> bool:
    """Return whether a field, or what it holds, is given to something that may change it, or changed by another name.

    Args:
        node: the method.
        field: the field, as `self.items`.
    """
    parents = {child: part for part in ast.walk(node) for child in ast.iter_child_nodes(part)}
    ahead: list[ast.AST] = [part for part in parents if isinstance(part, ast.Attribute) and ast.unparse(part) == field]
    known: set[str] = set()
    while ahead:
        outer, part = _outermost(ahead.pop(), parents)
        match outer:
            case ast.Call() | ast.Delete() | ast.AugAssign() if part is not getattr(outer, "value", None):
                if not isinstance(outer, ast.Call) or not _only_asks(outer, part):
                    return True
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                return True
            case (
                ast.Assign()
                | ast.AnnAssign()
                | ast.NamedExpr()
                | ast.For()
                | ast.AsyncFor()
                | ast.comprehension()
                | (ast.withitem())
            ):
                goals = getattr(outer, "targets", None) or [
                    getattr(outer, "target", getattr(outer, "optional_vars", None))
                ]
                kept = [one for goal in goals if goal for one in ast.walk(goal)]
                if any(isinstance(one, ast.Attribute | ast.Subscript) for one in kept):
                    return True
                new = {one.id for one in kept if isinstance(one, ast.Name)} - known
                known |= new
                ahead += [one for one in parents if isinstance(one, ast.Name) and one.id in new]
                ahead += [outer] if isinstance(outer, ast.NamedExpr) else []
            case _:
                pass
    return False


def _outermost(part: ast.AST, parents: dict[ast.AST, ast.AST]) -> tuple[ast.AST, ast.AST]:
    """Return what is done with a thing or with something that it holds, and the part that stands there."""
    while True:
        outer = parents.get(part)
        match outer:
            case ast.Attribute(ctx=ast.Load()) | ast.Starred() | ast.Tuple() | ast.List() | ast.IfExp() | ast.BoolOp():
                pass
            case ast.Subscript(value=value, ctx=ast.Load()) if value is part:
                pass
            case ast.Await() | ast.keyword():
                pass
            case ast.Call(func=ast.Attribute(attr=name) as called) if called is part and name in _GETS:
                pass
            case ast.Call(func=ast.Name(id=name) as called) if called is not part and name in _WRAPS:
                pass
            case None:
                return part, part
            case _:
                return outer, part
        part = outer


def _only_asks(call: ast.Call, part: ast.AST) -> bool:
    if call.func is part:
        return isinstance(part, ast.Attribute) and part.attr in _ASKS
    return ast.unparse(call.func) in _TELLS or (isinstance(call.func, ast.Attribute) and call.func.attr == "join")


def is_handed_on_elsewhere(source: bytes, root: Node, owner: str, field: str) -> bool:
    """Return the same of another language, where the thing itself may be handed on, too.

    Args:
        source: the file.
        root: the method.
        owner: how it calls its own thing: `this`, or the receiver's name.
        field: the field, as `items` or `#items`.
    """
    said = text(source, field_of(root, "body") or root)
    thing = re.escape(owner)
    if not owner or re.search(rf"\b{thing}\.#?\w+\(|\b{thing}\b(?!\??\.[\w#])|\bsuper\b", said):
        return True
    whole = {f"{owner}.{field}", f"{owner}?.{field}"}
    # Java has its fields without `this`, too.
    is_bare = re.search(rf"(?<![.\w#]){re.escape(field)}\b", said) is not None
    return is_bare or any(_is_handed_on(source, node) for node in walk(root) if text(source, node) in whole)


def _is_handed_on(source: bytes, node: Node) -> bool:
    part, outer = node, node.parent
    while outer is not None:
        name = text(source, part).rpartition(".")[2]
        is_called = outer.type == "call_expression" and field_of(outer, "function") == part
        if name in _ASKS or (is_called and part == node):
            return name not in _ASKS
        if not (is_called and name in _GETS) and (outer.type not in _CHAIN or outer.named_children[0] != part):
            break
        part, outer = outer, outer.parent
    if outer is None:
        return False
    if outer.type in {"arguments", "argument_list"} and outer.parent is not None:
        return text(source, field_of(outer.parent, "function")) not in _TELLS
    return outer.type in _KEEPS or (outer.type == "call_expression" and field_of(outer, "function") == part)
