"""What is put into a list put there once, where a task wants each thing only once, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.counting.twins import EACH_ONCE
from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in, result_of
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_PUSHES = re.compile(r"(?P<list>[\w$]+)\.push\((?P<one>[\w$.]+)\);?")
_APPENDS = re.compile(r"(?P<list>\w+) = append\((?P=list), (?P<one>[\w.]+)\)")


def each_once_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a list that is returned, or filled in a loop, with each of its elements only once, where it first comes."""
    if not EACH_ONCE.search(task):
        return
    for node in nodes:
        said = text(source, node)
        if language == "go" and node.type == "for_statement":
            yield from _in_go(source, nodes, node)
        elif language in SCRIPTS and node.type == "expression_statement" and (found := _PUSHES.fullmatch(said)):
            lines = (f"if (!{found['list']}.includes({found['one']})) {said}",)
            if (placed := in_its_place(source, node, lines)) is not None:
                yield node, placed
        elif language in SCRIPTS and node.type == "return_statement" and node.named_children:
            (value, *_) = node.named_children
            if text(source, field(value, "function", "property")) in {"map", "flatMap", "filter"}:
                yield value, f"[...new Set({text(source, value)})]"


def _in_go(source: bytes, nodes: list[Node], node: Node) -> Iterator[SwapElsewhere]:
    result = result_of(source, nodes)
    appends = [one for one in nodes if one.type == "assignment_statement" and _APPENDS.fullmatch(text(source, one))]
    inner = [one for one in appends if node.start_byte < one.start_byte < node.end_byte]
    names = names_in(source, nodes)
    if len(inner) != 1 or result not in {"[]string", "[]int"} or "seen" in names:
        return
    (one,) = inner
    appended = text(source, one)
    value = appended.partition(", ")[2].removesuffix(")")
    lines = (f"if !seen[{value}] {{", f"\tseen[{value}] = true", f"\t{appended}", "}")
    placed, said = in_its_place(source, one, lines), text(source, node)
    if placed is not None and said.count(appended) == 1:
        whole = in_its_place(
            source, node, (f"seen := map[{result.removeprefix('[]')}]bool{{}}", said.replace(appended, placed))
        )
        if whole is not None:
            yield node, whole
