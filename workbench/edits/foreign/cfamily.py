"""Reading C and C++: functions and their prototypes, types, macros, namespaces, methods in and out of their class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.edits.foreign.items import Item, loose, nothing
from workbench.edits.foreign.nodes import field, squeezed, text

if TYPE_CHECKING:
    from tree_sitter import Node

_FRAMES = frozenset({"preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif", "preproc_elifdef"})
_RECORDS = frozenset({"class_specifier", "struct_specifier", "union_specifier"})
_DECLARATORS = frozenset(
    {
        "pointer_declarator",
        "reference_declarator",
        "parenthesized_declarator",
        "attributed_declarator",
        "init_declarator",
        "array_declarator",
        "function_declarator",
    }
)
_WORD = re.compile(r"\w+")


def read(source: bytes, node: Node, within: str) -> Item:
    """Return what a declaration at the top, in a namespace or in a class is."""
    kind = node.type
    if not node.is_named or kind in {"access_specifier", "preproc_directive"}:
        return nothing(node)
    if kind in _FRAMES:
        return Item("frame", node, role="condition", body=node)
    if kind in {"preproc_include", "using_declaration"}:
        return Item("import", node)
    if kind in {"preproc_def", "preproc_function_def"}:
        return Item("symbol", node, text(source, field(node, "name")), "macro", "assignment", node)
    if kind == "linkage_specification":
        return _linkage(source, node, within)
    if kind == "namespace_definition":
        name = squeezed(source, field(node, "name")).replace("::", ".").replace(" ", "")
        body = field(node, "body")
        return Item("symbol", node, name, "namespace", "class", node, body) if name else Item("frame", node, body=body)
    if kind == "template_declaration" and node.named_children:
        inner = read(source, node.named_children[-1], within)
        inner.node = node
        return inner if inner.what == "symbol" else loose(node)
    if kind in {"alias_declaration", "concept_definition"}:
        return Item("symbol", node, text(source, field(node, "name")), "type", "class", node)
    if kind == "type_definition":
        return _named(source, node, "typedef", "class")
    return _declared(source, node)


def _linkage(source: bytes, node: Node, within: str) -> Item:
    body = field(node, "body")
    if body is None:
        return loose(node)
    if body.type == "declaration_list":
        return Item("frame", node, body=body)
    inner = read(source, body, within)
    inner.node = node
    return inner if inner.what == "symbol" else loose(node)


def _declared(source: bytes, node: Node) -> Item:
    kind = node.type
    if kind in _RECORDS or kind == "enum_specifier":
        name, body = squeezed(source, field(node, "name")), field(node, "body")
        if not name or body is None:
            return loose(node)
        holds = body if kind in _RECORDS and _has_functions(body) else None
        return Item("symbol", node, name.replace("::", "."), "type", "class", node, holds)
    if kind in {"function_definition", "inline_method_definition"}:
        name, outside, _ = _name(source, field(node, "declarator"))
        return Item("symbol", node, name, "function", "function", node, outside=outside) if name else loose(node)
    if kind in {"declaration", "field_declaration"}:
        name, outside, is_function = _name(source, field(node, "declarator"))
        if is_function:
            return Item("symbol", node, name, "prototype", "function", node, outside=outside)
        # A class declared as a field has no declarator.
        inner = field(node, "type")
        if not name and inner is not None and field(inner, "body") is not None:
            found = _declared(source, inner)
            found.node, found.inner = node, inner
            return found
        return _named(source, node, "value", "assignment")
    return loose(node)


def _named(source: bytes, node: Node, role: str, kind: str) -> Item:
    names = [_name(source, one)[0] for one in node.children_by_field_name("declarator")]
    if not names or not all(names):
        return loose(node)
    return Item("symbol", node, ", ".join(names), role, kind, node)  # type: ignore[arg-type]


def _has_functions(body: Node) -> bool:
    return any(
        one.type in {"function_definition", "template_declaration", "access_specifier"}
        or (one.type in {"field_declaration", "declaration"} and _is_function(one))
        for one in body.named_children
    )


def _is_function(node: Node) -> bool:
    inner = field(node, "declarator")
    while inner is not None and inner.type in {"pointer_declarator", "reference_declarator"}:
        inner = field(inner, "declarator") or (inner.named_children[-1] if inner.named_children else None)
    return inner is not None and inner.type == "function_declarator" and _calls_itself(inner)


def _calls_itself(node: Node) -> bool:
    """Return whether a function declarator names a function, not a pointer to one."""
    inner = field(node, "declarator")
    return (
        inner is None
        or inner.type != "parenthesized_declarator"
        or not any(
            one.type == "pointer_declarator"
            and (field(one, "declarator") is None or one.child_count == 2)
            and not any(sub.type == "function_declarator" for sub in one.named_children)
            for one in inner.named_children
        )
    )


def _name(source: bytes, node: Node | None) -> tuple[str, bool, bool]:
    """Return the name that a declarator declares, whether it is qualified, and whether it is a function's."""
    is_function = False
    first = True
    while node is not None and node.type in _DECLARATORS:
        if node.type == "function_declarator" and first:
            is_function = _calls_itself(node)
        first = first and node.type in {"pointer_declarator", "reference_declarator"}
        inner = field(node, "declarator")
        node = inner if inner is not None else next(iter(reversed(node.named_children)), None)
    if node is None:
        return "", False, is_function
    if node.type == "operator_cast":
        return f"operator {squeezed(source, field(node, 'type'))}", False, True
    if node.type == "qualified_identifier":
        return _qualified(source, node, is_function=is_function)
    said = squeezed(source, node).replace(" ", "")
    if node.type == "operator_name":
        said = squeezed(source, node)
    return said, False, is_function


def _qualified(source: bytes, node: Node, *, is_function: bool) -> tuple[str, bool, bool]:
    parts = []
    inner: Node | None = node
    while inner is not None and inner.type == "qualified_identifier":
        scope = field(inner, "scope")
        if scope is not None:
            name = field(scope, "name") if scope.type == "template_type" else scope
            parts.append(squeezed(source, name))
        inner = field(inner, "name")
    last, _, cast = _name(source, inner) if inner is not None else ("", False, False)
    return ".".join([*parts, last]), bool(parts), is_function or cast
