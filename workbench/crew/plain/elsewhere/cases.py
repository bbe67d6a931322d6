"""Texts that are compared without regard to upper and lower case, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.slips.texts import ANY_CASE
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_VALUE = re.compile(r"[A-Za-z_$][\w$]*(?:\[\w+\])?(?:\??\.[A-Za-z_$][\w$]*(?:\[\w+\])?)*")
_NO_TEXTS = re.compile(r"(?:.*\.)?(?:length|size|null|undefined|nil|true|false|NaN|i|j|n|count|index|number|id|err)")
_EQUAL = frozenset({"===", "==", "!==", "!="})
_LOOKS = frozenset({"includes", "startsWith", "endsWith", "indexOf"})
_LISTS = frozenset({"includes", "indexOf"})
"""Methods that lists have, too."""

_OF_TEXT = re.compile(r"(?:\.\.\.)?string(?: \| (?:null|undefined))*")
_LOOKS_IN_GO = re.compile(r"strings\.(?P<how>Contains|HasPrefix|HasSuffix)\((?P<one>[^(),]+), (?P<other>[^(),]+)\)")


def in_any_case_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield comparisons of texts, and looks for one in another, in one case on both sides.

    Only where a name that is given is one side: of two fields nobody knows which is looked for.
    """
    if not ANY_CASE.search(task):
        return
    given = {text(source, one) for node in nodes if "parameter" in node.type for one in node.named_children}
    others = {name for name, kind in _typed(source, nodes) if not _OF_TEXT.fullmatch(kind)}
    for node in nodes:
        said = text(source, node)
        sign = text(source, field(node, "operator")) if node.type == "binary_expression" else ""
        sides = [text(source, field(node, side)) for side in ("left", "right")]
        if not others.isdisjoint(sides):
            continue
        is_of_texts = sign in _EQUAL and all(map(_may_be_text, sides)) and not given.isdisjoint(sides)
        if language == "go":
            looks = _LOOKS_IN_GO.fullmatch(said) if node.type == "call_expression" else None
            if is_of_texts:
                yield node, f"{'!' if sign == '!=' else ''}strings.EqualFold({', '.join(sides)})"
            elif looks and not given.isdisjoint({looks["one"], looks["other"]}):
                lowered = (f"strings.ToLower({looks[which]})" for which in ("one", "other"))
                yield node, f"strings.{looks['how']}({', '.join(lowered)})"
        elif language in SCRIPTS and is_of_texts:
            yield node, f" {sign} ".join(f"{side}.toLowerCase()" for side in sides)
        elif language in SCRIPTS and node.type == "call_expression":
            held, looked_for = field(node, "function", "object"), field(node, "arguments")
            how, only = text(source, field(node, "function", "property")), looked_for and looked_for.named_children
            sides = [text(source, held), text(source, only[0]) if only and len(only) == 1 else ""]
            may_be_list = how in _LISTS and re.search(r"[^s]s$", sides[0])
            if (
                how in _LOOKS
                and not may_be_list
                and others.isdisjoint(sides)
                and all(map(_may_be_text, sides))
                and not given.isdisjoint(sides)
            ):
                yield node, f"{sides[0]}.toLowerCase().{how}({sides[1]}.toLowerCase())"


def _typed(source: bytes, nodes: list[Node]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a function that say of what type they are, with it."""
    for node in nodes:
        kind = text(source, field(node, "type")).removeprefix(":").strip() if "parameter" in node.type else ""
        names = node.children_by_field_name("name") or node.children_by_field_name("pattern")
        yield from ((text(source, one), kind) for one in names if kind)


def _may_be_text(side: str) -> bool:
    return _VALUE.fullmatch(side) is not None and not _NO_TEXTS.fullmatch(side)
