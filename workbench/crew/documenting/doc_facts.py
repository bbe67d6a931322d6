"""What a syntax tree of another language says of a function: its arguments, and whether it returns or yields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.documenting.signatures import Facts
from workbench.edits.foreign.documented import found_at
from workbench.edits.foreign.nodes import COMMENTS, field, squeezed, text

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset(
    """
    function_expression arrow_function generator_function function_declaration generator_function_declaration
    method_definition func_literal function_item closure_expression lambda_expression class class_declaration class_body
    method singleton_method function_definition
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_NOTHING = frozenset({"void", "Promise<void>", "never", "()", "undefined"})
_LONG = 3
"""Lines of a body from which on arguments are worth a word even if there is but one."""


def foreign_facts(path: str, source: str, number: int) -> Facts:
    """Return what is known of a symbol, as `places` numbers them; of a type, only its name."""
    file, symbol = found_at(path, source, number)
    name = symbol.last_name
    if symbol.kind != "function":
        return Facts(name)
    core = symbol.core
    holder = _holder(core)
    names = list(_names(file.source, holder)) if holder is not None else []
    body = field(core, "body")
    inner = list(_own(body)) if body is not None else []
    lines = body.end_point.row - body.start_point.row if body is not None else 0
    yields = any(node.type == "yield_expression" for node in inner)
    return Facts(
        name=name,
        arguments=tuple(dict.fromkeys(names)),
        stars=dict.fromkeys(names, ""),
        returns=not yields and _returns(file.source, core, body, inner),
        yields=yields,
        is_long=len(names) > 1 or lines > _LONG,
    )


def _holder(core: Node) -> Node | None:
    """Return the node that holds the parameters; C puts it into the declarator."""
    node: Node | None = core
    for _ in range(8):
        if node is None:
            return None
        found = field(node, "parameters") or field(node, "parameter")
        if found is not None:
            return found
        node = field(node, "declarator") or next(
            (one for one in node.named_children if one.type.endswith("_declarator")), None
        )
    return None


def _names(source: bytes, holder: Node) -> Iterator[str]:
    if holder.type == "identifier":
        yield text(source, holder)
        return
    for child in holder.named_children:
        if child.type not in COMMENTS and (name := _name(source, child)) and name not in {"this", "self", "_"}:
            yield name


def _name(source: bytes, node: Node) -> str:
    """Return the one name that a parameter has; nothing where it is taken apart on the spot."""
    for _ in range(6):
        if node.type in {"identifier", "field_identifier"}:
            return text(source, node)
        if node.type == "this" or node.type.endswith("receiver_parameter"):
            return ""
        inner = next(
            filter(None, (field(node, word) for word in ("pattern", "name", "left", "declarator"))),
            node.named_children[-1] if node.type in _WRAPS and node.named_children else None,
        )
        if inner is None:
            return ""
        node = inner
    return ""


_WRAPS = frozenset({"rest_pattern", "spread_parameter", "variable_declarator", "reference_declarator"})


def _returns(source: bytes, core: Node, body: Node | None, inner: list[Node]) -> bool:
    """Return whether a value is returned: by what the signature says, else by what the body does."""
    said = field(core, "return_type") or field(core, "result")
    if said is None and core.type in {"method_declaration", "function_definition", "declaration", "field_declaration"}:
        said = field(core, "type")
    if said is not None:
        is_pointer = "pointer_declarator" in {node.type for node in core.named_children}
        return is_pointer or squeezed(source, said).lstrip(": ").replace(" ", "") not in _NOTHING
    if body is None:
        return False
    if core.type == "arrow_function" and body.type != "statement_block":
        return True
    return any(node.type == "return_statement" and node.named_child_count for node in inner)


def _own(body: Node) -> Iterator[Node]:
    """Yield what lies in a body, but not in functions and classes of its own."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for child in node.children if child.type not in _FUNCTIONS]
