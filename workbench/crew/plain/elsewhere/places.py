"""What finds a plain change in another language than Python, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import COMMENTS, field, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

SwapElsewhere = tuple["Node", str]
"""A part of a function, and what is written in its place."""

FinderElsewhere = Callable[[str, str, bytes, "list[Node]"], Iterator[SwapElsewhere]]
"""Yields parts of a function with what the words of a task want in their places.

Its arguments are what is asked; the grammar's name, where languages that a finder does not know are left alone; the
file; and the nodes of the function, outer ones first.
"""


def result_of(source: bytes, nodes: list[Node]) -> str:
    """Return the type of what a function in Go returns, as it is written; nothing where it returns nothing."""
    return next((text(source, found) for node in nodes if (found := field(node, "result"))), "")


def names_in(source: bytes, nodes: list[Node]) -> set[str]:
    """Return the names that a function looks at or sets: a new one must be none of them."""
    return {text(source, node) for node in nodes if node.type == "identifier"}


def given_to(source: bytes, nodes: list[Node]) -> dict[str, str]:
    """Return the parameters of a function, each with its type as it is written; of JavaScript's none is known.

    Those that are taken apart, or collect the rest, are left out.
    """
    found: dict[str, str] = {}
    head = _head(nodes)
    every = field(head, "parameters")
    for one in every.named_children if every is not None else filter(None, [_only(head)]):
        kind = text(source, field(one, "type")).removeprefix(":").strip()
        names = one.children_by_field_name("name") or [field(one, "pattern") or field(one, "left") or one]
        found |= {text(source, name): kind for name in names if name.type == "identifier"}
    return found


def first_statement(nodes: list[Node]) -> Node | None:
    """Return the statement that a function begins with, after its comments; None of an arrow to an expression."""
    head = _head(nodes)
    return next((one for one in statements_in(field(head, "body")) if one.type not in COMMENTS), None) if head else None


def _head(nodes: list[Node]) -> Node | None:
    """Return the function among its nodes: what has a body and takes something, or nothing."""
    return next((node for node in nodes if field(node, "body") and (field(node, "parameters") or _only(node))), None)


def _only(node: Node | None) -> Node | None:
    """Return the one parameter of an arrow that stands without brackets."""
    return field(node, "parameter")
