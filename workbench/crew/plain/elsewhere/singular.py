"""One of many in JavaScript and Go: `1 guest` beside `2 guests`, where a task shows that today it is `1 guests`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.elsewhere.sprintf import sprintf
from workbench.crew.plain.measuring.numbers import behind_a_number, singulars
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_NUMBER = re.compile(r"[\w$.\[\]]+(?: [-+] [\w$.\[\]]+)*|[^?|&<>=]+\.(?:length|size)")
"""What may be asked whether it is 1 as it stands: no call that gives a text, or is not to be made twice."""

_STATEMENTS = frozenset({"return_statement", "short_var_declaration", "assignment_statement"})


def singular_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield texts, or statements that make one, with the singular after a 1."""
    pairs = singulars(task)
    for node in nodes if pairs else ():
        if language != "go" and node.type == "template_string":
            yield from _in_a_template(source, node, pairs)
        elif language == "go" and node.type in _STATEMENTS:
            put = _all_in_go(source, node, pairs) if len(pairs) > 1 else _in_go(source, node, *pairs[0])
            yield from put


def _in_a_template(source: bytes, node: Node, pairs: list[tuple[str, str]]) -> Iterator[SwapElsewhere]:
    made, done = "", node.start_byte
    for part in node.named_children:
        rest = source[part.end_byte : node.end_byte].decode("utf-8")
        found = next((pair for pair in pairs if re.match(behind_a_number(pair[1]), rest)), None)
        if part.type == "template_substitution" and found:
            one, many = found
            value = text(source, part)[2:-1].strip()
            if not _NUMBER.fullmatch(value):
                return
            choice = f" ${{{value} === 1 ? '{one}' : '{many}'}}"
            made += source[done : part.end_byte].decode("utf-8") + choice
            done, pairs = part.end_byte + len(f" {many}"), [pair for pair in pairs if pair != found]
    if made and not pairs:
        yield node, made + source[done : node.end_byte].decode("utf-8")


def _in_go(source: bytes, node: Node, one: str, many: str) -> Iterator[SwapElsewhere]:
    goal, made = field(node, "left"), field(node, "right") or (node.named_children[0] if node.named_children else None)
    if (call := sprintf(source, made)) is None:
        return
    form, values = call
    said, own = text(source, form), text(source, node)
    found = re.search(f"(?:%d|%v){behind_a_number(many)}", said)
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


def _all_in_go(source: bytes, node: Node, pairs: list[tuple[str, str]]) -> Iterator[SwapElsewhere]:
    """Yield a statement behind others that choose each word, which takes its place in the text as a value."""
    call = sprintf(source, field(node, "right") or (node.named_children[0] if node.named_children else None))
    if call is None or not call[1]:
        return
    form, values = text(source, call[0]), [text(source, one) for one in call[1]]
    own, whole = text(source, node), text(source, call[0].parent) if call[0].parent else ""
    places = list(re.finditer(r"%[^%]", form))
    if "%%" in form or len(places) != form.count("%") or len(places) != len(values) or own.count(whole) != 1:
        return
    lines: list[str] = []
    words: list[str] = []
    given, made = list(values), form
    for number, place in reversed(list(enumerate(places))):
        found = next((pair for pair in pairs if re.match(behind_a_number(pair[1]), form[place.end() :])), None)
        if found:
            one, many = found
            word = f"{many.partition(' ')[0]}Word"
            lines[:0] = [f'{word} := "{many}"', f"if {values[number]} == 1 {{", f'\t{word} = "{one}"', "}"]
            words.append(word)
            given.insert(number + 1, word)
            made = f"{made[: place.end()]} %s{made[place.end() + len(f' {many}') :]}"
            pairs = [pair for pair in pairs if pair != found]
    taken = any(re.search(rf"\b{word}\b", source.decode("utf-8")) for word in words)
    placed = in_its_place(source, node, [*lines, own.replace(whole, f"({', '.join([made, *given])})")])
    if not pairs and not taken and placed is not None:
        yield node, placed
