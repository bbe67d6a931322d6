"""What is kept under a key added to what is kept there already, where a task says that it adds up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.places import made, parts, spot, written
from workbench.crew.plain.places_elsewhere import SwapElsewhere
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_ADDS_UP = re.compile(
    r"\b(?:adds?|added|sums?|summed) (?:them |it |these )?up\b|\b(?:forgets?|loses?|overwrites?|replaces?) the"
    r" (?:first|old|previous|earlier|one before)\b|\badded to (?:what|the (?:first|old|previous|earlier))\b",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"['\"`{\[]|(?:true|false|null|new)\b")
_HELD = (ast.Name, ast.Attribute)


def added_up(changed: Changed) -> Iterator[Righted]:
    """Yield what a dictionary gets under a key added to what it has there: `held[key] = held.get(key, 0) + count`."""
    for part in parts(changed) if _ADDS_UP.search(changed.task) else ():
        match part:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key)], value=value
            ) if not _is_of(value, held) and (span := spot(changed, value)):
                start = f"{written(changed, held)}.get({written(changed, key)}, 0)"
                new = f"{start} + {written(changed, value)}"
                yield from made(changed, f"`{new}`", (*span, new))


def _is_of(value: ast.expr, held: ast.expr) -> bool:
    return any(isinstance(part, _HELD) and ast.unparse(part) == ast.unparse(held) for part in ast.walk(value))


def added_up_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same of a `Map` in JavaScript, and of a map in Go."""
    for node in nodes if _ADDS_UP.search(task) else ():
        if language == "go" and node.type == "assignment_statement" and text(source, field(node, "operator")) == "=":
            goal, value = field(node, "left"), field(node, "right")
            if goal and value and len(goal.named_children) == len(value.named_children) == 1:
                held = text(source, field(goal.named_children[0], "operand"))
                if goal.named_children[0].type == "index_expression" and held not in text(source, value):
                    yield node, f"{text(source, goal)} += {text(source, value)}"
        elif language != "go" and node.type == "call_expression":
            found = re.fullmatch(r"(?P<held>[\w$.#]+)\.set", text(source, field(node, "function")))
            arguments = field(node, "arguments")
            given = [text(source, one) for one in arguments.named_children] if arguments else []
            is_number = len(given) == 2 and not _NO_NUMBER.match(given[1])
            if found and is_number and found["held"] not in given[1]:
                held, (key, value_of) = found["held"], given
                added = value_of if re.fullmatch(r"[\w$.#]+", value_of) else f"({value_of})"
                yield node, f"{held}.set({key}, ({held}.get({key}) ?? 0) + {added})"
