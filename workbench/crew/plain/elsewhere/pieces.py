"""The piece of a written text that goes where its value is missing, in JavaScript and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.elsewhere.sprintf import sprintf
from workbench.crew.plain.wording.shown import (
    MOST_VALUES,
    Written,
    joined,
    left_as_shown,
    left_of_today,
    said_for_nothing,
)
from workbench.edits.foreign.nodes import in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_VERB = re.compile(r"%[-+# 0]*\d*(?:\.\d+)?(?P<kind>[sdvfqg])")
_WITHOUT_BRACES = ("if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement")
_IS_SIMPLE = re.compile(r"!?[\w$.]+(?:\([\w$., ]*\))?")
_LAST = re.compile(r"(?:.*\.)?(?P<name>[A-Za-z_$][\w$]*)", re.DOTALL)


def without_pieces(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield returned texts, each with an earlier return of it without the piece that a task wants left out."""
    for node in nodes:
        is_alone = node.parent is None or node.parent.type in _WITHOUT_BRACES
        if node.type != "return_statement" or is_alone or "\n" in text(source, node):
            continue
        made = _in_go(task, source, node) if language == "go" else _in_a_script(task, source, node)
        placed = (in_its_place(source, node, one) for one in made)
        yield from ((node, one) for one in placed if one is not None)


def words_for_nothing_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield templates with words in place of a value that is missing, where a task shows them with and without."""
    for node in nodes:
        if node.type == "template_string" and (pieces := _pieces(source, node)):
            written, values = pieces
            for place, words in said_for_nothing(task, written):
                if "?" not in values[place] and "|" not in values[place]:
                    said = [f"${{{value}}}" for value in values]
                    said[place] = f"${{{values[place]} || '{words}'}}"
                    yield node, f"`{joined(written.between, said)}`"


def _pieces(source: bytes, template: Node) -> tuple[Written, list[str]] | None:
    """Return a template in its pieces, and its values; None where they cannot be told apart."""
    said = [one for one in template.named_children if one.type == "template_substitution"]
    ends = [template.start_byte + 1, *(one.end_byte for one in said)]
    begins = [*(one.start_byte for one in said), template.end_byte - 1]
    between = tuple(source[begin:end].decode("utf-8") for begin, end in zip(ends, begins, strict=True))
    values = [text(source, one)[2:-1].strip() for one in said]
    if not 0 < len(values) <= MOST_VALUES or "\\" in "".join(between):
        return None
    return Written(between, tuple(map(_name, values))), values


def _in_a_script(task: str, source: bytes, node: Node) -> Iterator[tuple[str, ...]]:
    told = node.named_children[0] if len(node.named_children) == 1 else None
    pieces = _pieces(source, told) if told is not None and told.type == "template_string" else None
    if told is None or pieces is None:
        return
    written, values = pieces
    said = [one for one in told.named_children if one.type == "template_substitution"]
    closes = ";" if text(source, node).endswith(";") else ""
    for place, kept in (*left_as_shown(task, written), *left_of_today(task, written)):
        rest = [text(source, one) for number, one in enumerate(said) if number != place]
        test = f"!{values[place]}" if _IS_SIMPLE.fullmatch(values[place]) else f"!({values[place]})"
        new = f"return `{joined(written.without(place, kept), rest)}`{closes}"
        yield f"if ({test}) {{", f"  {new}", "}", text(source, node)


def _in_go(task: str, source: bytes, node: Node) -> Iterator[tuple[str, ...]]:
    listed = node.named_children[0] if len(node.named_children) == 1 else None
    if (call := sprintf(source, listed)) is None:
        return
    form, rest = call
    body = text(source, form)[1:-1]
    verbs = list(_VERB.finditer(body)) if form.type == "interpreted_string_literal" and "%%" not in body else []
    if not 0 < len(verbs) <= MOST_VALUES or len(verbs) != len(rest) or "\\" in body or body.count("%") != len(verbs):
        return
    ends, begins = [0, *(one.end() for one in verbs)], [*(one.start() for one in verbs), len(body)]
    values = [text(source, one) for one in rest]
    written = Written(
        tuple(body[begin:end] for begin, end in zip(ends, begins, strict=True)), tuple(map(_name, values))
    )
    for place, kept in (*left_as_shown(task, written), *left_of_today(task, written)):
        nothing = '""' if verbs[place]["kind"] in "sqv" else "0"
        kinds, others = (
            [one for number, one in enumerate(every) if number != place] for every in ([v[0] for v in verbs], values)
        )
        if place == 0:
            # What comes first now needs no zero before it: "5 min" of "0 h 05 min".
            kinds[:1] = [re.sub(r"^%0\d+d$", "%d", kind) for kind in kinds[:1]]
        form_left = joined(written.without(place, kept), kinds)
        new = f'fmt.Sprintf("{form_left}", {", ".join(others)})' if form_left != "%s" else others[0]
        if others:
            yield f"if {values[place]} == {nothing} {{", f"\treturn {new}", "}", text(source, node)


def _name(value: str) -> str:
    """Return the last name of a name or a field; nothing of anything else."""
    found = _LAST.fullmatch(value)
    return found["name"] if found else ""
