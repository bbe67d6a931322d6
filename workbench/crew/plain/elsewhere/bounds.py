"""Numbers that are never more, or less, than a task says, and what is given where nothing can be divided by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in, result_of
from workbench.crew.plain.results import said_bound
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_NUMBER = re.compile(r"int\d*|float64")
_NO_NUMBERS = frozenset({"object", "array", "template_string", "string", "subscript_expression"})
_WRITTEN_OUT = frozenset({"number", "string", "true", "false", "null", "array", "object", "int_literal"})
_FREE = ("result", "value", "amount")
_NOTHING = re.compile(
    r"\bNaN\b|\bInf\b|\bInfinity\b|\bpanic\w*|\bdivi\w+|\bempty\b|\bno \w+|\bnone\b|\bnobody\b|\bnothing\b|\(0\)|\b0\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?:\b(?:should|must|shall|to)(?: just| simply| rather| then)? (?:return|give|be)|\b[Mm]ake (?:it|that)"
    r"|\b[Rr]eturn|\bit to be)(?: just)? (?P<value>0|null|zero)\b"
    r"(?![.,]\d| for (?!them\b|those\b|these\b|an empty\b|nothing\b))"
)
_SIMPLE = re.compile(r"(?:this\.)?#?[A-Za-z_$][\w$.#]*(?:\(\))?")


def bounded_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield each result that is worked out held within the number that a task says is never passed."""
    found = said_bound(task)
    if found is None:
        return
    way, limit = found
    result = result_of(source, nodes)
    names = names_in(source, nodes)
    for node in nodes:
        value = _returned(node)
        if value is None or value.type in _WRITTEN_OUT:
            continue
        said = text(source, value)
        if language in SCRIPTS:
            yield value, f"Math.{way}({said}, {limit})"
        elif language == "go" and _NUMBER.fullmatch(result):
            free = said if said.isidentifier() else next((one for one in _FREE if one not in names), "")
            first = () if free == said else (f"{free} := {said}",)
            guard = (f"if {free} {'>' if way == 'min' else '<'} {limit} {{", f"\treturn {limit}", "}", f"return {free}")
            if free and (placed := in_its_place(source, node, (*first, *guard))) is not None:
                yield node, placed


def given_for_nothing_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is divided by a length, or by a number, with 0 or null given before where that is 0."""
    wish = _WISH.search(task) if _NOTHING.search(task) else None
    if wish is None:
        return
    value = "null" if wish["value"] == "null" else "0"
    result = result_of(source, nodes)
    for node in nodes:
        given = _returned(node)
        if given is None or given.type in _NO_NUMBERS or (language == "go" and not _NUMBER.fullmatch(result)):
            continue
        inner = [one for one in nodes if node.start_byte < one.start_byte and one.end_byte <= node.end_byte]
        divisors = [field(one, "right") for one in inner if text(source, field(one, "operator")) == "/"]
        said = dict.fromkeys(_undressed(text(source, one)) for one in divisors if one is not None)
        for divisor in (one for one in said if re.search(r"[A-Za-z]", one)):
            equal = "===" if language in SCRIPTS else "=="
            guard = f"if ({divisor} {equal} 0) return {value};" if language in SCRIPTS else f"if {divisor} == 0 {{"
            rest = () if language in SCRIPTS else (f"\treturn {value}", "}")
            if (language == "go" and value == "null") or not (_SIMPLE.fullmatch(divisor) or divisor.startswith("len(")):
                continue
            if (placed := in_its_place(source, node, (guard, *rest, text(source, node)))) is not None:
                yield node, placed


def _returned(node: Node) -> Node | None:
    """Return the one value that a statement returns; None of anything else."""
    if node.type != "return_statement" or len(node.named_children) != 1:
        return None
    (only,) = node.named_children
    if only.type == "expression_list":
        return only.named_children[0] if len(only.named_children) == 1 else None
    return only


def _undressed(divisor: str) -> str:
    """Return what is divided by without what only makes another type of it: `len(x)` of `float64(len(x))`."""
    found = re.fullmatch(r"(?:float64|int)\((?P<inner>.+)\)", divisor)
    return found["inner"] if found else divisor
