"""Blanks around what a function gets, or cuts out of a text, taken off where a task says so, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in
from workbench.crew.plain.wording.blanks import are_several, asks_for_stripping
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_BLANKS = re.compile(
    r"\b(?:blank|(?:only|just|nothing but) (?:of )?(?:blanks|spaces|white ?space))\b", re.IGNORECASE
)
_IS_EMPTY = re.compile(r"(?P<value>\w[\w.]*) (?P<rest>[!=]==? (?:\"\"|''))")
_CUTS = re.compile(r"[\w$.\[\]()]+\.split\((['\"`])[^\w\s\\/'\"`]+\1\)")
_CUTS_IN_GO = re.compile(r"(?P<name>\w+) := strings\.Split\([^\n]+, \"[^\w\s\\\"]+\"\)")
_STRIPS = r"\b(?:strip|trim)s? (?:(?:the|its|their|any|all) )?(?:(?:blanks|spaces|white ?space) (?:around|from|off) )?"
_FUNCTIONS = frozenset({"function_declaration", "method_definition", "method_declaration", "function_expression"})


def stripped_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield all that a text is cut into without the blanks around it, or a text that is given, at the beginning."""
    if not asks_for_stripping(task):
        return
    if are_several(task):
        yield from _parts_stripped(language, source, nodes)
    yield from _given_stripped(task, language, source, nodes)


def blank_too_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is asked whether it is an empty text asked so without the blanks around it (see above)."""
    if not _OF_BLANKS.search(task):
        return
    for node in nodes:
        found = _IS_EMPTY.fullmatch(text(source, node)) if node.type == "binary_expression" else None
        if found and language == "go":
            yield node, f"strings.TrimSpace({found['value']}) {found['rest']}"
        elif found and language in SCRIPTS:
            yield node, f"{found['value']}.trim() {found['rest']}"


def _parts_stripped(language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    names = names_in(source, nodes)
    for node in nodes:
        said = text(source, node)
        if language in SCRIPTS and node.type == "call_expression" and _CUTS.fullmatch(said):
            yield node, f"{said}.map((part) => part.trim())"
        found = _CUTS_IN_GO.fullmatch(said) if node.type == "short_var_declaration" else None
        if found and (index := next((one for one in ("i", "place") if one not in names), "")):
            part = f"{found['name']}[{index}]"
            steps = (said, f"for {index} := range {found['name']} {{", f"\t{part} = strings.TrimSpace({part})", "}")
            if (placed := in_its_place(source, node, steps)) is not None:
                yield node, placed


def _given_stripped(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a function with the one text that it gets and a task names stripped first."""
    if language != "go" and language not in SCRIPTS:
        return
    function = next((node for node in nodes if node.type in _FUNCTIONS), None)
    first = next(iter(statements_in(field(function, "body"))), None)
    listed = field(function, "parameters")
    if function is None or first is None or listed is None:
        return
    if language == "go":
        given = [one for one in listed.named_children if text(source, field(one, "type")) == "string"]
        names = [text(source, name) for one in given for name in one.children_by_field_name("name")]
    else:
        names = [text(source, one) for one in listed.named_children if one.type == "identifier"]
    said = [name for name in names if re.search(rf"{_STRIPS}(?:\w+'s? )?{re.escape(name)}\b", task, re.IGNORECASE)]
    if len(said) == 1:
        stripped = f"strings.TrimSpace({said[0]})" if language == "go" else f"{said[0]}.trim()"
        line = f"{said[0]} = {stripped}{'' if language == 'go' else ';'}"
        placed = in_its_place(source, first, (line, text(source, first)))
        if placed is not None and stripped not in text(source, field(function, "body")):
            yield first, placed
