"""An entry that is added to a list only where its value is something: no line 'Discount 0%' on an invoice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import parts, put, quoted, spot
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_LEAVES_OUT = re.compile(
    r"\b(?:leav(?:e|es|ing)|left|drop|skip|omit)\b[^.;\n]{0,40}\b(?:lines?|rows?|entry|entries|it|that|this|those)\b"
    r"|\b(?:line|row|entry)\b[^.;\n]{0,40}\b(?:should|must)(?: not|n't) (?:be|stand|appear|show)\w*\b"
    r"(?! (?:shown |written |listed )?(?:as|before|above|below|behind|after|first|last|twice)\b)"
    r"|\b(?:should|must) (?:be left out|disappear|go(?! to\b))\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:instead|unless|only if|rather|rais\w*|throw\w*|add|in place|alone|as (?:it|they) (?:is|are|was|were))\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"0(?:[.,]0+)?|None|null|undefined|")
_LONGEST = 3
"""Values of a text that is an entry; of more it is a row, and looking for their places takes long."""
_IN_SCRIPTS = re.compile(r"[\w$.#]+\.push\(`(?P<body>[^`]*)`\);?")
_VALUE = re.compile(r"\$\{(?P<value>[^{}]*)\}")
_CHANGES = re.compile(r"\b(?:pop\w*|shift|next|read\w*|take)\(")
_LOOSE = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.NamedExpr, ast.Await, ast.Compare)
_NAME = re.compile(r"[A-Za-z_$][\w$.#]*(?:\(\))?")


def added_if_there(changed: Changed) -> Iterator[Righted]:
    """Yield a formatted text that is appended only where the value is something which a task shows as nothing."""
    for part in parts(changed) if _is_left_out(changed.task) else ():
        match part:
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(attr="append" | "write"), args=[ast.JoinedStr() as said], keywords=[])
            ) if span := spot(changed, part):
                values = [one for one in said.values if isinstance(one, ast.FormattedValue)]
                form = "".join(_literal(one) for one in said.values)
                place = _shown_as_nothing(changed.task, form)
                value = values[place].value if place is not None else None
                if value is None or isinstance(value, _LOOSE) or _CHANGES.search(ast.unparse(value)):
                    continue
                margin = changed.lines.indent(part.lineno)
                test = f"if {ast.unparse(value)}:"
                new = f"{test}\n{margin}    {changed.lines.text[slice(*span)]}"
                if "\n" not in changed.lines.text[slice(*span)] and changed.have_their_lines(span):
                    yield from put(changed, f"`{test}`", (*span, new))


def added_if_there_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same of what is pushed in JavaScript."""
    for node in nodes if language in SCRIPTS and _is_left_out(task) else ():
        found = _IN_SCRIPTS.fullmatch(text(source, node)) if node.type == "expression_statement" else None
        if found is None or field(node.named_children[0], "function") is None:
            continue
        values = [one["value"] for one in _VALUE.finditer(found["body"])]
        form = "(.*?)".join(map(re.escape, _VALUE.split(found["body"])[::2]))
        place = _shown_as_nothing(task, form)
        if place is not None and _NAME.fullmatch(values[place]) and not _CHANGES.search(values[place]):
            placed = in_its_place(source, node, (f"if ({values[place]}) {{", f"  {text(source, node)}", "}"))
            if placed is not None:
                yield node, placed


def _is_left_out(task: str) -> bool:
    return _LEAVES_OUT.search(task) is not None and not _OTHERWISE.search(task)


def _literal(one: ast.expr) -> str:
    """Return a pattern of a part of a formatted text: its words, or any value."""
    return re.escape(str(one.value)) if isinstance(one, ast.Constant) else "(.*?)"


def _shown_as_nothing(task: str, form: str) -> int | None:
    """Return which value of a text is nothing where a task shows the text; None where none is, or several."""
    for shown in quoted(task) if form.count("(.*?)") <= _LONGEST else ():
        found = re.fullmatch(form, shown)
        places = [place for place, value in enumerate(found.groups()) if _NOTHING.fullmatch(value)] if found else []
        if len(places) == 1:
            return places[0]
    return None
