"""What a statement is to an outline: a symbol, an import, a frame around more of them, or nothing that has a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench.edits.python.outline import Kind

if TYPE_CHECKING:
    from tree_sitter import Node

What = Literal["symbol", "import", "frame", "loose", "nothing"]


@dataclass(slots=True)
class Item:
    """A statement as an outline sees it.

    Attributes:
        node: all of it, `export` or `template` included.
        name: for a symbol, its name with what qualifies it in the code itself (`A.b` for `A::b`).
        role: what tells symbols of one name apart: `function`, `prototype`, `type`, `value`, `get`, …
        core: the definition proper, without what stands around it.
        body: for a container or a frame, the node whose children are its members.
        scope: how members are qualified, where that is not the name.
        outside: whether the name says where it belongs, as `A::b` and Go's receivers do.
        inner: what says the same wherever it stands, where that is not all of the node.
        mirrors: for members of a frame, a role they get before their own (`static` in Ruby's `class << self`).
    """

    what: What
    node: Node
    name: str = ""
    role: str = ""
    kind: Kind = "function"
    core: Node | None = None
    body: Node | None = None
    scope: str | None = None
    outside: bool = False
    mirrors: str = ""
    inner: Node | None = None


Reader = Callable[[bytes, "Node", str], Item]
"""Reads a child of a scope: the source, the node, and the type of the node that it is a member of."""


def loose(node: Node) -> Item:
    """Return a statement that has no name."""
    return Item("loose", node)


def nothing(node: Node) -> Item:
    """Return what belongs to no one: punctuation, labels."""
    return Item("nothing", node)
