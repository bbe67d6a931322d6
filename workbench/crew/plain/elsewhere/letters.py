"""Texts taken in small letters too, or written in capitals, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, given_to, result_of
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_SMALL_TOO = re.compile(
    r"\b(?:small|lower[- ]?case) letters?\b|\b(?:in|typed in|as) lower[- ]?case\b"
    r"|\blower[- ]?case (?:too|as well|also)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"\b(?:come out|be|shown|printed|written|put|returned?|give[sn]?|turn\w*|convert\w*)\b[^.;]*\b(?:in|into|to) "
    r"(?P<which>capitals?|capital letters|upper[- ]?case|lower[- ]?case|small letters)\b",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\b(?:blanks|spaces?|white ?space)\b", re.IGNORECASE)
_FOLDED = re.compile(r"(?i)to(?:upper|lower)")
_MATCHES = frozenset({"exec", "test"})


def small_letters_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a text put into capitals before a pattern of capitals is asked of it, or a list with such keys."""
    if language not in SCRIPTS or not _SMALL_TOO.search(task):
        return
    given = given_to(source, nodes)
    strip = ".trim()" if _BLANKS.search(task) else ""
    for node in nodes:
        if node.type == "call_expression" and text(source, field(node, "function", "property")) in _MATCHES:
            pattern, asked = field(node, "function", "object"), field(node, "arguments")
            is_of_capitals = "[A-" in text(source, pattern) and "a-z" not in text(source, pattern)
            if pattern is not None and pattern.type == "regex" and is_of_capitals and asked is not None:
                yield from _put(source, asked.named_children, ".toUpperCase()")
        elif node.type == "subscript_expression" and (key := field(node, "index")) and text(source, key) in given:
            held = re.escape(text(source, field(node, "object")))
            if re.search(rf"\b{held} = \{{\s*'?[A-Z]".encode(), source):
                yield from _put(source, [key], f"{strip}.toUpperCase()")


def _put(source: bytes, asked: list[Node], calls: str) -> Iterator[SwapElsewhere]:
    if len(asked) == 1 and not _FOLDED.search(text(source, asked[0])):
        yield asked[0], f"{text(source, asked[0])}{calls}"


def in_capitals_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a text that is returned in capitals, or in small letters, as the task says."""
    found = _CAPITALS.search(task)
    if found is None or (language == "go" and result_of(source, nodes) != "string"):
        return
    way = "Lower" if re.match(r"(?i)lower|small", found["which"]) else "Upper"
    for node in nodes:
        if node.type != "return_statement" or len(node.named_children) != 1:
            continue
        (value,) = node.named_children
        value = value.named_children[0] if value.type == "expression_list" else value
        said = text(source, value)
        if _FOLDED.search(said) or value.type in {"null", "false", "true", "undefined"}:
            continue
        if language == "go":
            yield value, f"strings.To{way}({said})"
        elif language in SCRIPTS:
            held = said if re.fullmatch(r"[\w$.#]+(?:\(.*\))?|`[^`]*`|'[^']*'", said) else f"({said})"
            yield value, f"{held}.to{way}Case()"
