"""Reading shell scripts: functions in both styles, variables that are set at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a command at the top is."""
    if not node.is_named:
        return nothing(node)
    if node.type == "function_definition":
        return Item("symbol", node, text(source, field(node, "name")), "function", "function", node)
    if node.type == "variable_assignment":
        return _variable(source, node, node)
    if node.type == "declaration_command":
        set_ = [one for one in node.named_children if one.type == "variable_assignment"]
        return _variable(source, set_[0], node) if len(set_) == 1 else loose(node)
    if node.type == "command" and text(source, field(node, "name")) in {".", "source"}:
        return Item("import", node)
    return loose(node)


def _variable(source: bytes, assignment: Node, node: Node) -> Item:
    name = text(source, field(assignment, "name"))
    return Item("symbol", node, name, "value", "assignment", node) if name.isidentifier() else loose(node)
