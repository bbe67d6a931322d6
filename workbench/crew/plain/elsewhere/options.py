"""A new last parameter in JavaScript, for what joins parts or for how many are wanted at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_ADDS = re.compile(
    r"\b(?:parameter|argument|option\w*|caller|choose|default|let (?:me|the caller|us))\b", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:parameter|argument) `?(?P<name>[a-z][A-Za-z]\w*)`?(?= to\b|[,.;:(= ])")
_NO_NAMES = frozenset(
    {"to", "for", "that", "which", "of", "with", "so", "is", "as", "by", "at", "if", "it", "called", "in", "and"}
)
_SEPARATES = re.compile(r"\bseparator\b|\bdelimiter\b|\bbetween the\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\bat most\b|\blimit\b|\bonly the (?:first|next|top|last)\b|\bhow many\b", re.IGNORECASE)


def option_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a function with a parameter for its separator, or for the most that it returns; as before without it."""
    if language not in SCRIPTS or not _ADDS.search(task):
        return
    head = next((node for node in nodes if field(node, "body") and field(node, "parameters")), None)
    given, body = field(head, "parameters"), field(head, "body")
    if head is None or given is None or body is None:
        return
    known = _NAMED.search(task)
    named = known["name"] if known and known["name"] not in _NO_NAMES else ""
    ways = (_SEPARATES, "separator", _joins), (_AT_MOST, "limit", _returned_lists)
    for words, usual, find in ways:
        name = named or usual
        if not words.search(task) or name in names_in(source, nodes):
            continue
        for part, new, default in find(source, nodes, name):
            before = text(source, given).removesuffix(")")
            comma = ", " if given.named_children else ""
            inner = source[given.end_byte : part.start_byte] + new.encode() + source[part.end_byte : head.end_byte]
            start = source[head.start_byte : given.start_byte].decode("utf-8")
            yield head, f"{start}{before}{comma}{name} = {default}){inner.decode('utf-8')}"


def _joins(source: bytes, nodes: list[Node], name: str) -> Iterator[tuple[Node, str, str]]:
    """Yield what parts are joined with, as the name of the parameter, and as its default."""
    for node in nodes:
        if node.type == "call_expression" and text(source, field(node, "function", "property")) == "join":
            asked = field(node, "arguments")
            if asked is not None and len(asked.named_children) == 1 and asked.named_children[0].type == "string":
                yield asked.named_children[0], name, text(source, asked.named_children[0])


def _returned_lists(source: bytes, nodes: list[Node], name: str) -> Iterator[tuple[Node, str, str]]:
    """Yield lists that are returned, cut to the parameter, which is endless by default."""
    for node in nodes:
        if node.type == "return_statement" and len(node.named_children) == 1:
            (value,) = node.named_children
            if value.type in {"call_expression", "identifier", "array"}:
                yield value, f"{text(source, value)}.slice(0, {name})", "Infinity"
