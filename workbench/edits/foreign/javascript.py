"""Reading JavaScript and TypeScript: declarations, exports, classes, objects with functions, old module wrappers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset(
    {"function_expression", "arrow_function", "generator_function", "function_declaration", "function"}
)
_CLASSES = frozenset({"class", "class_declaration", "abstract_class_declaration"})
_TYPES = frozenset({"interface_declaration", "type_alias_declaration", "enum_declaration"})
_MOST_WRAPPED = 4
_PLAIN = re.compile(r"[\w$]+(?:\.[\w$]+)*")
_KEYS = frozenset({"property_identifier", "private_property_identifier", "string", "number", "computed_property_name"})


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a statement, or a member of a class or an object, is."""
    kind = node.type
    if not node.is_named or kind == "decorator":
        return nothing(node)
    if within in {"class_body", "object"}:
        return _member(source, node)
    if kind in {"import_statement", "import_alias"}:
        return Item("import", node)
    if kind == "export_statement":
        return _export(source, node, within)
    if kind == "ambient_declaration" and node.named_children:
        inner = read(source, node.named_children[-1], within)
        inner.node = node
        return inner if inner.what == "symbol" else loose(node)
    if kind == "expression_statement":
        return _expression(source, node)
    return _declaration(source, node)


def _declaration(source: bytes, node: Node) -> Item:
    name = text(source, field(node, "name"))
    match node.type:
        case "function_declaration" | "generator_function_declaration":
            return Item("symbol", node, name, "function", "function", node)
        case "function_signature":
            return Item("symbol", node, name, "signature", "function", node)
        case "class_declaration" | "abstract_class_declaration":
            return Item("symbol", node, name, "type", "class", node, field(node, "body"))
        case kind if kind in _TYPES:
            return Item("symbol", node, name, "shape", "class", node)
        case "internal_module" | "module":
            return Item("symbol", node, name.strip("\"'"), "namespace", "class", node, field(node, "body"))
        case "lexical_declaration" | "variable_declaration":
            return _variables(source, node)
    return loose(node)


def _variables(source: bytes, node: Node) -> Item:
    found = [child for child in node.named_children if child.type == "variable_declarator"]
    if found and all(_is_require(source, field(one, "value")) for one in found):
        return Item("import", node)
    names = [field(one, "name") for one in found]
    if not found or any(name is None or name.type != "identifier" for name in names):
        return loose(node)
    if len(found) > 1:
        return Item("symbol", node, ", ".join(text(source, name) for name in names), "value", "assignment", node)
    return _valued(node, text(source, names[0]), field(found[0], "value"))


def _valued(node: Node, name: str, value: Node | None) -> Item:
    """Return the symbol that is called `name` by what it is given."""
    while value is not None and value.type in {"parenthesized_expression", "as_expression", "satisfies_expression"}:
        value = value.named_children[0] if value.named_children else None
    if value is not None and value.type in FUNCTIONS:
        return Item("symbol", node, name, "function", "function", value)
    if value is not None and value.type in _CLASSES:
        return Item("symbol", node, name, "type", "class", value, field(value, "body"))
    if value is not None and value.type == "object" and _holds_functions(value):
        return Item("symbol", node, name, "value", "class", value, value)
    return Item("symbol", node, name, "value", "assignment", value or node)


def _holds_functions(value: Node, depth: int = 0) -> bool:
    for child in value.named_children:
        if child.type == "method_definition":
            return True
        inner = field(child, "value")
        if child.type != "pair" or inner is None:
            continue
        if inner.type in FUNCTIONS or (inner.type == "object" and depth < 8 and _holds_functions(inner, depth + 1)):
            return True
    return False


def _is_require(source: bytes, value: Node | None) -> bool:
    while value is not None and value.type == "member_expression":
        value = field(value, "object")
    function = field(value, "function") if value is not None and value.type == "call_expression" else None
    return text(source, function) == "require"


def _export(source: bytes, node: Node, within: str) -> Item:
    declaration, value = field(node, "declaration"), field(node, "value")
    if declaration is not None:
        inner = read(source, declaration, within)
        if inner.what == "symbol":
            inner.node = node
            inner.name = inner.name or "default"
            return inner
    elif value is not None:
        return _valued(node, "default", value)
    return loose(node)


def _expression(source: bytes, node: Node) -> Item:
    inner = node.named_children[0] if node.named_children else None
    if inner is None:
        return loose(node)
    if inner.type == "internal_module":
        return _declaration(source, inner)
    if inner.type == "assignment_expression":
        left, right = field(inner, "left"), field(inner, "right")
        name = text(source, left)
        # `exports = module.exports = ...` names the same thing twice.
        while right is not None and right.type == "assignment_expression":
            right = field(right, "right")
        if left is not None and left.type == "member_expression" and _PLAIN.fullmatch(name):
            return _valued(node, name, right)
        return loose(node)
    wrapper = _wrapper(source, inner)
    return Item("frame", node, body=wrapper) if wrapper is not None else loose(node)


def _wrapper(source: bytes, node: Node, depth: int = 0) -> Node | None:
    """Return the body of a function that only wraps a module: called where it stands, or handed to one that is."""
    while node.type in {"unary_expression", "parenthesized_expression"} and node.named_children:
        node = node.named_children[-1]
    if node.type != "call_expression":
        return None
    called = field(node, "function")
    while called is not None and called.type in {"parenthesized_expression", "member_expression"}:
        called = field(called, "object") or (called.named_children[0] if called.named_children else None)
    arguments = field(node, "arguments")
    every = [_bare(one) for one in arguments.named_children] if arguments is not None else []
    given = [one for one in every if one.type in FUNCTIONS]
    if called is None or (called.type not in FUNCTIONS and text(source, called) != "define"):
        # A module loader's wrapper stands in a call of its own within the parentheses.
        nested = called is not None and called.type == "call_expression" and depth < _MOST_WRAPPED
        return _wrapper(source, called, depth + 1) if nested and called is not None else None
    held = given[-1] if given else called
    body = field(held, "body")
    return body if body is not None and body.type == "statement_block" else None


def _bare(node: Node) -> Node:
    """Return what stands in parentheses, as bundlers put a module's function there."""
    while node.type == "parenthesized_expression" and len(node.named_children) == 1:
        node = node.named_children[0]
    return node


def _member(source: bytes, node: Node) -> Item:
    kind = node.type
    name = text(source, field(node, "name") or field(node, "key") or field(node, "property")).strip("\"'")
    if kind in {"method_definition", "method_signature", "abstract_method_signature"}:
        words = {child.type for child in node.children if not child.is_named}
        role = next((word for word in ("get", "set") if word in words), "function")
        role = "signature" if kind != "method_definition" else role
        return Item("symbol", node, name, f"static {role}" if "static" in words else role, "function", node)
    if kind in {"field_definition", "public_field_definition"}:
        found = _valued(node, name, field(node, "value"))
        found.body, found.kind = None, "function" if found.role == "function" else "assignment"
        if any(child.type == "static" for child in node.children):
            found.role = f"static {found.role}"
        return found
    if kind == "pair":
        key = field(node, "key")
        return _valued(node, name, field(node, "value")) if key is not None and key.type in _KEYS else loose(node)
    return loose(node)
