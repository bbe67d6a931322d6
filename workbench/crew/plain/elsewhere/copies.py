"""A list that is sorted, or handed out, as a copy where a task wants it left alone, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, result_of
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_WANTS_COPY = re.compile(
    r"\b(?:a|sorted|own|new) (?:copy|list|array|slice)\b|\bcopies\b"
    r"|\b(?:leave|keep)s? (?:the|that|my|mine|its|their|your|his|her|our|caller's)\b[^.;]{0,40}?"
    r"\b(?:alone|as (?:it|they) (?:is|are|was|were)|unchanged|untouched)\b|\bleaves? mine alone\b"
    r"|\b(?:chang|mutat|modif|reorder|alter|touch)\w* the (?:\w+ ){0,3}(?:list|array|slice|original|argument|input)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:this\.#?)?[A-Za-z_$][\w$]*")
_CHANGES = frozenset({"sort", "reverse"})
_SORTS_IN_GO = re.compile(r"(?:sort\.(?:Slice|SliceStable|Strings|Ints|Sort)|slices\.Sort\w*)\((?P<name>\w+)\b")
_FIELD_IN_GO = re.compile(r"return (?P<held>\w+\.\w+)")


def copied_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is sorted, or returned as it is held, with a copy in its place."""
    if not _WANTS_COPY.search(task):
        return
    if language == "go":
        yield from _in_go(source, nodes)
    elif language in SCRIPTS:
        given = _given(source, nodes)
        for node in nodes:
            yield from _in_scripts(source, node, given)


def _in_scripts(source: bytes, node: Node, given: set[str]) -> Iterator[SwapElsewhere]:
    held = field(node, "function", "object") if node.type == "call_expression" else None
    called = text(source, field(node, "function", "property"))
    if held is not None and called in _CHANGES and _NAME.fullmatch(text(source, held)):
        name = text(source, held)
        if node.parent is None or node.parent.type != "expression_statement":
            yield held, f"[...{name}]"
        elif name in given:
            # What is sorted and only named after that is the copy from then on; a constant cannot be set again.
            yield node, f"{name} = [...{name}]{text(source, node)[len(name) :]}"
    value = node.named_children[0] if node.type == "return_statement" and node.named_children else None
    if value is not None and value.type == "member_expression" and _NAME.fullmatch(text(source, value)):
        yield value, f"[...{text(source, value)}]"


def _given(source: bytes, nodes: list[Node]) -> set[str]:
    """Return the names that are parameters of a function in JavaScript or TypeScript."""
    listed = [field(node, "parameters") or field(node, "parameter") for node in nodes]
    inner = [one for part in listed if part is not None for one in (part, *part.named_children)]
    return {text(source, field(one, "pattern") or field(one, "left") or one) for one in inner}


def _in_go(source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    kinds, result = _kinds(source, nodes), result_of(source, nodes)
    for node in nodes:
        sorts = _SORTS_IN_GO.match(text(source, node)) if node.type == "expression_statement" else None
        # What sorts in place for its caller has nothing to return.
        if sorts and result and sorts["name"] in kinds:
            copied = f"{sorts['name']} = append({kinds[sorts['name']]}(nil), {sorts['name']}...)"
            if (placed := in_its_place(source, node, (copied, text(source, node)))) is not None:
                yield node, placed
        held = _FIELD_IN_GO.fullmatch(text(source, node)) if node.type == "return_statement" else None
        if held and result.startswith("[]"):
            yield node, f"return append({result}(nil), {held['held']}...)"


def _kinds(source: bytes, nodes: list[Node]) -> dict[str, str]:
    """Return the slices among the parameters of a function, each with its type."""
    found: dict[str, str] = {}
    for node in nodes:
        kind = text(source, field(node, "type")) if node.type == "parameter_declaration" else ""
        if kind.startswith("[]"):
            found |= {text(source, one): kind for one in node.children_by_field_name("name")}
    return found
