"""Reading Rust: items, the members of traits, modules and `impl` blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, squeezed, text

if TYPE_CHECKING:
    from tree_sitter import Node

_GENERIC = re.compile(r"<.*>", re.DOTALL)


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what an item, or an associated one, is."""
    kind = node.type
    if not node.is_named or kind in {"attribute_item", "empty_statement"}:
        return nothing(node)
    name, body = text(source, field(node, "name")), field(node, "body")
    match kind:
        case "use_declaration" | "extern_crate_declaration":
            return Item("import", node)
        case "mod_item":
            if body is None:
                return Item("import", node)
            return Item("symbol", node, name, "module", "class", node, body)
        case "function_item":
            return Item("symbol", node, name, "function", "function", node)
        case "function_signature_item":
            return Item("symbol", node, name, "prototype", "function", node)
        case "struct_item" | "enum_item" | "union_item":
            return Item("symbol", node, name, "type", "class", node)
        case "trait_item":
            return Item("symbol", node, name, "type", "class", node, body)
        case "type_item" | "associated_type":
            return Item("symbol", node, name, "type", "assignment", node)
        case "const_item" | "static_item":
            return Item("symbol", node, name, "value", "assignment", node) if name != "_" else loose(node)
        case "macro_definition":
            return Item("symbol", node, name, "macro", "function", node)
        case "foreign_mod_item" if body is not None:
            return Item("frame", node, body=body)
        case "impl_item":
            return _impl(source, node, body)
    return loose(node)


def _impl(source: bytes, node: Node, body: Node | None) -> Item:
    """Return an `impl` block: its members are the type's, those of a trait under the trait's name in between."""
    of = _GENERIC.sub("", squeezed(source, field(node, "type"))).lstrip("&").strip() or "impl"
    of = of.rpartition("::")[2]
    trait = squeezed(source, field(node, "trait"))
    if not trait:
        return Item("symbol", node, f"impl {of}", "impl", "class", node, body, scope=of)
    # One type may implement a trait for several others, so what those are is part of the name.
    said = f"{trait.partition('<')[0].rpartition('::')[2]}{''.join(trait.partition('<')[1:])}".replace(" ", "")
    return Item("symbol", node, f"impl {said} for {of}", "impl", "class", node, body, scope=f"{of}.{said}")
