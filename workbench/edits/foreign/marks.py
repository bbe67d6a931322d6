"""What stands around a definition: attributes, decorators, annotations and modifiers, and what its parameters are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import COMMENTS, field, squeezed, text

if TYPE_CHECKING:
    from tree_sitter import Node

_MARKS = frozenset(
    {
        "decorator",
        "visibility_modifier",
        "accessibility_modifier",
        "storage_class_specifier",
        "attribute_declaration",
        "marker_annotation",
        "annotation",
    }
)
_HOLDS_MARKS = frozenset({"modifiers", "export_statement", "template_declaration", "function_modifiers"})
_AFTER_PARAMETERS = frozenset({"type_qualifier", "ref_qualifier"})


def marks_of(source: bytes, node: Node, beside: list[Node]) -> tuple[str, ...]:
    """Return the attributes, decorators and modifiers of a definition, in their order."""
    found = [squeezed(source, one) for one in beside]
    waiting = [node]
    while waiting:
        for child in waiting.pop().children:
            if child.type == "modifiers":
                found += [squeezed(source, one) for one in child.children if one.type not in COMMENTS]
            elif child.type in _MARKS:
                found.append(squeezed(source, child))
            elif node.type in _HOLDS_MARKS and child.is_named and child.type.endswith(("declaration", "definition")):
                waiting.append(child)
    return tuple(found)


def drops_marks(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Return whether all attributes, or all modifiers, that a definition has are gone in an answer."""
    for is_attribute in (True, False):
        there = [mark for mark in known if mark.startswith(("@", "#", "[[")) is is_attribute]
        if there and not any(mark.startswith(("@", "#", "[[")) is is_attribute for mark in said):
            return True
    return False


def parameters_of(source: bytes, core: Node) -> str:
    """Return what tells a function's parameters from an overload's: their types, without names and defaults."""
    holder = core
    for _ in range(8):
        found = field(holder, "parameters")
        inner = field(holder, "declarator") or next(
            (one for one in holder.named_children if one.type.endswith("_declarator")), None
        )
        if found is not None or inner is None:
            break
        holder = inner
    found = field(holder, "parameters")
    if found is None:
        return ""
    said: list[str] = []
    waiting = [found]
    while waiting:
        node = waiting.pop()
        if node.type in COMMENTS or node.type in {"modifiers", "identifier"}:
            continue
        if not node.child_count:
            said.append(text(source, node))
            continue
        for number in reversed(range(node.child_count)):
            child = node.child(number)
            if child is not None and node.field_name_for_child(number) not in {"default_value", "value"}:
                waiting.append(child)
    after = [squeezed(source, one) for one in holder.named_children if one.type in _AFTER_PARAMETERS]
    return " ".join([*said, *after])
