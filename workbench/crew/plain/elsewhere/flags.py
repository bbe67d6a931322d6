"""Things left out that are so, or are not so, in JavaScript and Go: "rides that were cancelled do not count"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.go_structs import structs_of
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.leaving.filters import flags_left_out
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_IS_FIELD = r"\.{0}\b|\{{[^{{}}();]{{0,500}}\b{0}\b"
_LOOSE = re.compile(r"\|\||\?|=>")


def without_flagged_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield loops and filters of a function that pass over them, where something in the file has such a field."""
    for flag, without in flags_left_out(task):
        for name in _fields(language, source, flag):
            for node in nodes:
                if language == "go":
                    yield from _in_go(source, node, name, without=without)
                elif language in SCRIPTS:
                    yield from _in_scripts(source, node, name, without=without)


def _fields(language: str, source: bytes, flag: str) -> list[str]:
    """Return the fields of a file by a flag's name: `active`, `isActive`, `Active`."""
    known = {flag, f"is{flag.removeprefix('is_')}"}
    if language == "go":
        every = {name: kind for fields in structs_of(source).values() for name, kind in fields.items()}
        return [name for name, kind in every.items() if kind == "bool" and name.lower() in known]
    said = source.decode("utf-8")
    names = dict.fromkeys(re.findall(r"[.{,]\s*([a-z][\w$]*)", said))
    # Behind a comma alone it may be a parameter.
    return [name for name in names if name.lower() in known and re.search(_IS_FIELD.format(re.escape(name)), said)]


def _in_go(source: bytes, node: Node, name: str, *, without: bool) -> Iterator[SwapElsewhere]:
    through = next((one for one in node.named_children if one.type == "range_clause"), None)
    each = re.fullmatch(r"\w+, (\w+)", text(source, field(through, "left")))
    first = next(iter(statements_in(field(node, "body"))), None) if node.type == "for_statement" else None
    if each and first is not None and f"{each[1]}.{name}" not in text(source, field(node, "body")):
        guard = (f"if {'!' if without else ''}{each[1]}.{name} {{", "\tcontinue", "}", text(source, first))
        if (placed := in_its_place(source, first, guard)) is not None:
            yield first, placed


def _in_scripts(source: bytes, node: Node, name: str, *, without: bool) -> Iterator[SwapElsewhere]:
    sign = "!" if without else ""
    if node.type == "for_in_statement":
        each, first = text(source, field(node, "left")), next(iter(statements_in(field(node, "body"))), None)
        is_asked = f"{each}.{name}" in text(source, field(node, "body"))
        if first is not None and each.isidentifier() and not is_asked:
            guard = (f"if ({sign}{each}.{name}) continue;", text(source, first))
            if (placed := in_its_place(source, first, guard)) is not None:
                yield first, placed
    elif node.type == "call_expression" and text(source, field(node, "function", "property")) == "filter":
        given = field(node, "arguments")
        arrow = given.named_children[0] if given is not None and len(given.named_children) == 1 else None
        body = field(arrow, "body")
        each = text(source, field(arrow, "parameter") or field(arrow, "parameters")).strip("()")
        if body is not None and body.type != "statement_block" and each.isidentifier():
            said = text(source, body)
            if f"{each}.{name}" not in said:
                inner = f"({said})" if _LOOSE.search(said) else said
                yield body, f"{inner} && {'' if without else '!'}{each}.{name}"
