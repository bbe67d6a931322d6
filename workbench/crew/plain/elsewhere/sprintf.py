"""Texts that Go puts together with `fmt.Sprintf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node


def sprintf(source: bytes, listed: Node | None) -> tuple[Node, list[Node]] | None:
    """Return the form and the values of a call of `fmt.Sprintf` that is all of a list of expressions; None else."""
    call = listed.named_children[0] if listed and len(listed.named_children) == 1 else None
    if call is None or text(source, field(call, "function")) != "fmt.Sprintf":
        return None
    arguments = field(call, "arguments")
    form, *values = arguments.named_children if arguments and arguments.named_children else [call]
    return form, values
