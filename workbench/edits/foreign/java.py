"""Reading Java: types with their members, constructors and overloads apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPES = frozenset({"class_declaration", "interface_declaration", "record_declaration", "annotation_type_declaration"})
_METHODS = {
    "method_declaration": "function",
    "annotation_type_element_declaration": "function",
    "constructor_declaration": "constructor",
    "compact_constructor_declaration": "compact constructor",
}
_FIELDS = frozenset({"field_declaration", "constant_declaration", "local_variable_declaration"})


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a declaration at the top or in a type is."""
    kind = node.type
    if not node.is_named or kind in {"package_declaration", "enum_constant"}:
        return nothing(node)
    name = text(source, field(node, "name"))
    if kind == "import_declaration":
        return Item("import", node)
    if kind in _TYPES:
        return Item("symbol", node, name, "type", "class", node, field(node, "body"))
    if kind == "enum_declaration":
        # Its constants are part of its head: what stands before the members.
        body = field(node, "body")
        held = (
            next((one for one in body.named_children if one.type == "enum_body_declarations"), None) if body else None
        )
        return Item("symbol", node, name, "type", "class", node, held)
    if kind in _METHODS:
        return Item("symbol", node, name, _METHODS[kind], "function", node)
    if kind in _FIELDS:
        names = [text(source, field(one, "name")) for one in node.children_by_field_name("declarator")]
        return Item("symbol", node, ", ".join(names), "value", "assignment", node)
    return loose(node)
