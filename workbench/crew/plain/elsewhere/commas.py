"""Numbers that are read with a comma, too, in JavaScript and Go: "12,50" as 12.50."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMA = re.compile(r"\bcommas?\b", re.IGNORECASE)
_IS_POINT = re.compile(r"\bdecimal comma\b|\b(?:point|dot)\b|(?<![\d,])\d+,\d{1,2}(?![\d,])", re.IGNORECASE)
_READS = re.compile(
    r"\b(?:read|understand|accept|pars|take|allow|writ|type|cope|work|handl|know|mean)\w*\b", re.IGNORECASE
)
_OTHERWISE = re.compile(r"\bthousands?\b|\b(?:print|show|display|format)\w*\b|\bsemicolon\b", re.IGNORECASE)
_NUMBERS = frozenset({"Number", "parseFloat", "Number.parseFloat"})
_SIMPLE = re.compile(r"[\w$.\[\]]+(?:\([^()]*\))?")


def decimal_commas_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield texts that are read as numbers, or cut at their point, read with a comma in its place."""
    if not (_COMMA.search(task) and _IS_POINT.search(task) and _READS.search(task)) or _OTHERWISE.search(task):
        return
    for node in nodes:
        arguments = field(node, "arguments") if node.type == "call_expression" else None
        given = arguments.named_children if arguments is not None else []
        called = text(source, field(node, "function"))
        if not given:
            continue
        said = text(source, given[0])
        if language in SCRIPTS:
            held, how = field(node, "function", "object"), text(source, field(node, "function", "property"))
            if called in _NUMBERS and _SIMPLE.fullmatch(said):
                yield given[0], f'{said}.replace(",", ".")'
            elif how == "split" and held is not None and said in {"'.'", '"."'}:
                yield held, f'{text(source, held)}.replace(",", ".")'
        elif language == "go":
            is_cut = called in {"strings.Cut", "strings.Split", "strings.SplitN"} and len(given) > 1
            if called == "strconv.ParseFloat" or (is_cut and text(source, given[1]) == '"."'):
                yield given[0], f'strings.Replace({said}, ",", ".", 1)'
