"""What is given where nothing is found, in JavaScript: `?? []` and not undefined, or what is returned at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_NOTHING = re.compile(
    r"\b(?:undefined|never|nobody|no \w+|none|not (?:there|known|found|have|has)|unknown|missing|crash\w*|TypeError"
    r"|NaN)\b|n't (?:there|know|find|have|has|exist)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:should|must|shall|to|rather|[Ll]et it|[Rr]eturn|[Gg]ive|have)(?: just| simply| rather| then)?"
    r"(?: be| return| give| get| have)?(?: back)? (?:(?P<list>an empty (?:list|array))"
    r"|(?P<text>an empty (?:string|text))|(?P<value>0|null|false|zero))(?!\w|[.,]\d)"
)
_LOOKS = re.compile(r"(?:this\.)?#?[\w$.#]+(?:\.get\([^()]*\)|\.find\(.*\)|\[[^\[\]]+\])", re.DOTALL)
_VALUES = {"zero": "0"}


def given_for_missing_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a look into a map or a list with what the task says is given where it finds nothing.

    What is found is returned as it is, or kept under a name and worked on after that.
    """
    wish = _WISH.search(task) if language in SCRIPTS and _NOTHING.search(task) else None
    if wish is None:
        return
    value = "[]" if wish["list"] else "''" if wish["text"] else _VALUES.get(wish["value"], wish["value"])
    for node in nodes:
        if node.type == "return_statement" and len(node.named_children) == 1:
            (found,) = node.named_children
            if _LOOKS.fullmatch(text(source, found)):
                yield found, f"{text(source, found)} ?? {value}"
        elif node.type == "lexical_declaration" and len(node.named_children) == 1:
            (one,) = node.named_children
            name = text(source, field(one, "name"))
            if name.isidentifier() and _LOOKS.fullmatch(text(source, field(one, "value"))):
                lines = (text(source, node), f"if (!{name}) {{", f"  return {value};", "}")
                if (placed := in_its_place(source, node, lines)) is not None:
                    yield node, placed
