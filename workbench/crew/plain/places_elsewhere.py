"""What finds a plain change in another language than Python, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

SwapElsewhere = tuple["Node", str]
"""A part of a function, and what is written in its place."""

FinderElsewhere = Callable[[str, str, bytes, "list[Node]"], Iterator[SwapElsewhere]]
"""Yields parts of a function with what the words of a task want in their places.

Its arguments are what is asked; the grammar's name, where languages that a finder does not know are left alone; the
file; and the nodes of the function, outer ones first.
"""
