"""Reading Ruby: modules and classes, opened as often as they like, methods of instances and of classes, constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, squeezed, text

if TYPE_CHECKING:
    from tree_sitter import Node

_REQUIRES = frozenset({"require", "require_relative", "load", "autoload"})
_ATTRIBUTES = frozenset({"attr_reader", "attr_writer", "attr_accessor"})


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a statement at the top or in a class is."""
    kind = node.type
    if not node.is_named or kind in {"constant", "superclass", "scope_resolution", "self"}:
        return nothing(node)
    name = squeezed(source, field(node, "name"))
    match kind:
        case "module" | "class":
            scoped = name.replace(" ", "").removeprefix("::").replace("::", ".")
            return Item("symbol", node, scoped, "type", "class", node, field(node, "body"))
        case "singleton_class":
            return Item("frame", node, role="static", body=field(node, "body"), mirrors="static")
        case "method":
            return Item("symbol", node, name, "function", "function", node)
        case "singleton_method":
            object_ = squeezed(source, field(node, "object"))
            return Item(
                "symbol", node, name if object_ == "self" else f"{object_}.{name}", "static function", "function", node
            )
        case "assignment":
            return _assignment(source, node)
        case "call":
            return _call(source, node)
    return loose(node)


def _assignment(source: bytes, node: Node) -> Item:
    left, right = field(node, "left"), field(node, "right")
    if left is None or left.type not in {"constant", "scope_resolution"}:
        return loose(node)
    block = field(right, "block") if right is not None and right.type == "call" else None
    body = field(block, "body")
    holds = body if body is not None and any(one.type == "method" for one in body.named_children) else None
    kind = "class" if holds is not None else "assignment"
    name = squeezed(source, left).replace("::", ".")
    return Item("symbol", node, name, "value", kind, node, holds)  # type: ignore[arg-type]


def _call(source: bytes, node: Node) -> Item:
    """Return a method that is handed to another (`private def a`), a class's attributes, or nothing named."""
    method = text(source, field(node, "method"))
    if method in _REQUIRES and field(node, "receiver") is None:
        return Item("import", node)
    given = field(node, "arguments")
    first = given.named_children[0] if given is not None and given.named_children else None
    if first is not None and first.type in {"method", "singleton_method"} and len(given.named_children) == 1:  # type: ignore[union-attr]
        inner = read(source, first, "")
        inner.node = node
        return inner
    if method in _ATTRIBUTES and field(node, "receiver") is None:
        return Item("symbol", node, method, "attributes", "assignment", node)
    return loose(node)
