"""What is kept under a key added to what is kept there already, where a task says that it adds up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import made, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_ADDS_UP = re.compile(
    r"\b(?:adds?|added|sums?|summed) (?:them |it |these )?up\b|\b(?:forgets?|loses?|overwrites?|replaces?) the"
    r" (?:first|old|previous|earlier|one before)\b|\badded to (?:what|the (?:first|old|previous|earlier))\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:all (?:of )?(?:them|these|his|her|their|its|the \w+)|both) (?:together|in total|count\w*|added)\b"
    r"|\b(?:count|get|have|be|sum|add|put)\w*\b[^.;]{0,40}\b(?:together|in total|up)\b"
    r"|\bonly (?:the |those of the |that of the )?(?:last|latest|newest|second)\b[^.;]{0,40}\b(?:counts?|counted|kept"
    r"|there|left|remembered|remains?)\b|\b(?:overwrit|replac|forget|los)\w*\b[^.;]{0,40}\b(?:add|sum|increas|total)\w*\b"
    r"|\b(?:add|increas)\w*\b[^.;]{0,60}\b(?:instead of|not|rather than) (?:to )?(?:replac|overwrit|set)\w*"
    r"|\b(?:there (?:is|are)|gives?|has|is) (?P<now>\d+)\b[^.;]*\b(?:should|must) (?:be|give|have) (?P<wanted>\d+)\b",
    re.IGNORECASE,
)
_NEW_KEY = re.compile(
    r"\bKeyError\b.*\b(?:0|zero|new|never|first|not (?:there|known|seen))\b|\b(?:never|first time|new)\b.*\bKeyError\b",
    re.IGNORECASE | re.DOTALL,
)
_RAISES = re.compile(r"\b(?:rais\w+|ValueError|refus\w+)\b")
_NO_NUMBER = re.compile(r"['\"`{\[]|(?:true|false|null|new)\b")
_HELD = (ast.Name, ast.Attribute)


def added_up(changed: Changed) -> Iterator[Righted]:
    """Yield what a dictionary gets under a key added to what it has there: `held[key] = held.get(key, 0) + count`."""
    found = _TOGETHER.search(changed.task)
    grows = found is not None and (not found["now"] or int(found["now"]) < int(found["wanted"]))
    for part in parts(changed) if _ADDS_UP.search(changed.task) or grows else ():
        match part:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key)], value=value
            ) if not _is_of(value, held) and _may_be_number(changed, value) and (span := spot(changed, value)):
                start = f"{written(changed, held)}.get({written(changed, key)}, 0)"
                new = f"{start} + {written(changed, value)}"
                yield from made(changed, f"`{new}`", (*span, new))


def added_to_new(changed: Changed) -> Iterator[Righted]:
    """Yield what is added to a key that may not be there begun with 0: `held[key] = held.get(key, 0) + count`."""
    for part in parts(changed) if _NEW_KEY.search(changed.task) and not _RAISES.search(changed.task) else ():
        match part:
            case ast.AugAssign(
                target=ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key), op=ast.Add(), value=value
            ) if not isinstance(value, ast.Constant | ast.Tuple | ast.List | ast.JoinedStr) or _is_one(value):
                if span := spot(changed, part):
                    goal, place = written(changed, held), written(changed, key)
                    new = f"{goal}[{place}] = {goal}.get({place}, 0) + {written(changed, value)}"
                    yield from put(changed, f"`{new}`", (*span, new))


def _is_one(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def _may_be_number(changed: Changed, value: ast.expr) -> bool:
    """Return whether a value may be a number: no text, list or truth value, and no parameter that is said to be one."""
    if isinstance(value, ast.Name) and (given := parameters(changed.node).get(value.id)) and given.node.annotation:
        return ast.unparse(given.node.annotation) in {"int", "float", "Decimal", "timedelta", "Any"}
    if isinstance(value, ast.Constant):
        return _is_one(value) and not isinstance(value.value, bool)
    return not isinstance(value, ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr | ast.ListComp | ast.Compare)


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
