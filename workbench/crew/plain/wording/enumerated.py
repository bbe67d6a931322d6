"""Things that are listed with an "and" before the last one: 'Ann, Ben and Cleo'."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere, names_in
from workbench.crew.plain.places import made, parts, quoted, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_BEFORE_LAST = re.compile(
    r"\b(?P<word>and|or)['\"`]? (?:before|in front of|between) the last\b"
    r"|\b(?:last|final) (?:two|one|name|pair)\b[^.;,]{0,40}? (?:by|with) (?:an? |the )?(?:word )?"
    r"['\"`]?(?P<joined>and|or)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"[^,]+, [^,]+?(?P<comma>,?) (?P<word>and|or) [^,]+")
_OTHERWISE = re.compile(
    r"\b(?:unless|only (?:if|when)|not|n't|remov\w*|drop\w*|read\w*|pars\w*|accept\w*|split\w*)\b", re.IGNORECASE
)
_COMMA = re.compile(
    r",? (?:and )?(?:not|no|instead of|rather than|no longer) (?:an?|the|another)? ?(?:last )?comma\b"
    r"|(?<=['\"]) (?:should|must) (?:be|read)(?= ['\"])",
    re.IGNORECASE,
)
"""What is said of the sign that was there."""

_JOINS = re.compile(r"\.join\((?:', '|\", \")\)")
_IN_GO = re.compile(r"return strings\.Join\((?P<list>[\w.]+), \", \"\)")


def with_and(changed: Changed) -> Iterator[Righted]:
    """Yield what is joined by commas with a word before the last one: `" and ".join(", ".join(x).rsplit(", ", 1))`."""
    word = _word(changed.task)
    joins = [
        part
        for part in parts(changed)
        if isinstance(part, ast.Call) and ast.unparse(part.func) == "', '.join" and len(part.args) == 1
    ]
    for part in joins if word else ():
        if span := spot(changed, part):
            quote = _quote(changed, part)
            new = f"{quote}{word}{quote}.join({written(changed, part)}.rsplit({quote}, {quote}, 1))"
            yield from made(changed, f"`{new}`", (*span, new))


def _quote(changed: Changed, part: ast.Call) -> str:
    """Return the sign around a text: in a formatted text the one that is there, as the other one may end it."""
    holder = changed.holders.get(id(part))
    while isinstance(holder, ast.expr) and not isinstance(holder, ast.JoinedStr):
        holder = changed.holders.get(id(holder))
    text = changed.lines.text[slice(*changed.lines.span(part))]
    return "'" if isinstance(holder, ast.JoinedStr) and "'" in text else '"'


def with_and_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same in JavaScript, and of what is returned so in Go."""
    word = _word(task)
    for node in nodes if word else ():
        said = text(source, node)
        if language in SCRIPTS and node.type == "call_expression":
            is_join = text(source, field(node, "function", "property")) == "join"
            if is_join and text(source, field(node, "arguments")) in {"(', ')", '(", ")'}:
                yield node, f"{said}.replace(/, ([^,]*)$/, '{word}$1')"
        elif language in SCRIPTS and node.type == "template_string" and len(_JOINS.findall(said)) == 1:
            yield node, _JOINS.sub(lambda found: f"{found[0]}.replace(/, ([^,]*)$/, '{word}$1')", said)
        elif language == "go" and node.type == "return_statement" and (found := _IN_GO.fullmatch(said)):
            held = found["list"]
            guard = (f"if len({held}) < 2 {{", f"\t{said}", "}", f"last := len({held}) - 1")
            whole = f'return strings.Join({held}[:last], ", ") + "{word}" + {held}[last]'
            is_free = "last" not in names_in(source, nodes)
            if is_free and (placed := in_its_place(source, node, (*guard, whole))) is not None:
                yield node, placed


def _word(task: str) -> str:
    """Return what a task wants between the last two things, with its blanks; nothing where it wants none."""
    told = _BEFORE_LAST.search(task)
    told_word = (told["word"] or told["joined"]).lower() if told else ""
    shown = [found for one in quoted(task) if (found := _SHOWN.fullmatch(one))]
    words = {f"{found['comma']} {found['word']} " for found in shown} or ({f" {told_word} "} if told else set())
    only = words.pop() if len(words) == 1 else ""
    return only if (told or shown) and not _OTHERWISE.search(_COMMA.sub("", task)) else ""
