"""One of many in JavaScript and Go: `1 guest` beside `2 guests`, where a task shows that today it is `1 guests`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.sprintf import sprintf
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_ONE = re.compile(r"\b1 (?P<word>[^\W\d_]+)\b")
_STATEMENTS = frozenset({"return_statement", "short_var_declaration", "assignment_statement"})
_PLURALS = ("s", "es")


def singular_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    """Yield texts, or statements that make one, with the singular after a 1.

    Args:
        task: what is asked; it must show both forms after a 1.
        language: the grammar's name; anything but JavaScript, TypeScript and Go is left alone.
        source: the file.
        nodes: the nodes of a function.
    """
    words = {found["word"] for found in _ONE.finditer(task)}
    pairs = [(word, word + end) for word in sorted(words) for end in _PLURALS if word + end in words]
    for one, many in pairs:
        for node in nodes:
            if language != "go" and node.type == "template_string":
                yield from _in_a_template(source, node, one, many)
            elif language == "go" and node.type in _STATEMENTS:
                yield from _in_go(source, node, one, many)


def _in_a_template(source: bytes, node: Node, one: str, many: str) -> Iterator[tuple[Node, str]]:
    for part in node.named_children:
        behind = f" {many}".encode()
        rest = source[part.end_byte : node.end_byte]
        if part.type == "template_substitution" and rest.startswith(behind) and not rest[len(behind) :][:1].isalnum():
            before, after = source[node.start_byte : part.end_byte], rest[len(behind) :]
            value = text(source, part)[2:-1].strip()
            choice = f" ${{{value} === 1 ? '{one}' : '{many}'}}"
            yield node, f"{before.decode('utf-8')}{choice}{after.decode('utf-8')}"


def _in_go(source: bytes, node: Node, one: str, many: str) -> Iterator[tuple[Node, str]]:
    goal, made = field(node, "left"), field(node, "right") or (node.named_children[0] if node.named_children else None)
    if (call := sprintf(source, made)) is None:
        return
    form, values = call
    said, own = text(source, form), text(source, node)
    found = re.search(rf"(?:%d|%v) {many}\b", said)
    place = len(re.findall(r"%[^%]", said[: found.start()])) if found else 0
    if found is None or "%%" in said or len(re.findall("%", said)) != len(values) or own.count(said) != 1:
        return
    singular = f"{said[: found.end() - len(many)]}{one}{said[found.end() :]}"
    new, test = own.replace(said, singular), f"if {text(source, values[place])} == 1 {{"
    lines: tuple[str, ...] = (test, f"\t{new}", "}", own)
    if node.type != "return_statement":
        lines = (own, test, f"\t{new.replace(':=', '=', 1)}", "}")
        if goal is None or not re.fullmatch(r"\w+", text(source, goal)):
            return
    if (placed := in_its_place(source, node, lines)) is not None:
        yield node, placed
