"""Reading Go: functions, methods by their receiver, types, constants and variables, alone or in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import text, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_SPECS = {"type_spec": "type", "type_alias": "type", "const_spec": "value", "var_spec": "value"}


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a declaration, or one of a group, is."""
    kind = node.type
    if not node.is_named or kind == "package_clause":
        return nothing(node)
    if kind == "import_declaration":
        return Item("import", node)
    name = text(source, node.child_by_field_name("name"))
    if kind == "function_declaration":
        return Item("symbol", node, name, "function", "function", node)
    if kind == "method_declaration":
        owner = _receiver(source, node.child_by_field_name("receiver"))
        return Item("symbol", node, f"{owner}.{name}", "function", "function", node, outside=True)
    if kind in _SPECS:
        return _spec(source, node, node)
    if kind in {"type_declaration", "const_declaration", "var_declaration"}:
        if any(child.type == "(" for child in node.children):
            return Item("frame", node, role="group", body=node)
        specs = [child for child in node.named_children if child.type in _SPECS]
        listed = next((child for child in node.named_children if child.type == "var_spec_list"), None)
        if listed is not None:
            return Item("frame", node, role="group", body=listed)
        return _spec(source, specs[0], node) if len(specs) == 1 else loose(node)
    return loose(node)


def _spec(source: bytes, spec: Node, node: Node) -> Item:
    names = [text(source, child) for child in spec.children_by_field_name("name") if child.is_named]
    if not names or set(names) == {"_"}:
        return loose(node)
    kind = "class" if _SPECS[spec.type] == "type" else "assignment"
    return Item("symbol", node, ", ".join(names), _SPECS[spec.type], kind, spec, inner=spec)  # type: ignore[arg-type]


def _receiver(source: bytes, node: Node | None) -> str:
    return next((text(source, one) for one in walk(node) if one.type == "type_identifier"), "") if node else ""
