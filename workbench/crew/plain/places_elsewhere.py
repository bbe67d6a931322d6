"""What finds a plain change in another language than Python, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import field, text

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
