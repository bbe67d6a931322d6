"""A message that goes on to say what it is about, in JavaScript and Go: `no such car: B-TX 12`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, given_to
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_SHOWN = r"{said}(?P<sign>:? )(?P<quote>[\"']?)[\w.@-]"


def named_in_message_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the message of an error with the parameter behind it that the task wants named, as it shows it."""
    given = [name for name in given_to(source, nodes) if re.search(rf"\b{re.escape(name)}\b", task, re.IGNORECASE)]
    for node in nodes:
        made = text(source, field(node, "function") or field(node, "constructor"))
        asked = field(node, "arguments")
        if made not in {"errors.New", "Error", "RangeError", "TypeError"} or asked is None:
            continue
        message = asked.named_children[0] if len(asked.named_children) == 1 else None
        said = text(source, message)[1:-1]
        found = re.search(_SHOWN.format(said=re.escape(said)), task) if said else None
        if message is None or found is None or "$" in said or "%" in said:
            continue
        for name in given:
            quote = found["quote"]
            if language == "go":
                verb = "%q" if quote else "%v"
                yield node, f'fmt.Errorf("{said}{found["sign"]}{verb}", {name})'
            elif language in SCRIPTS:
                yield message, f"`{said}{found['sign']}{quote}${{{name}}}{quote}`"
