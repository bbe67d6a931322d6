"""The last part of a line that may be missing: "some lines have no bow, the bow is recurve then"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_MISSING = (
    r"\b(?:no|without an?|without the|lacks? (?:the|an?)) {name}\b"
    r"|\b{name}\b (?:is|may be|can be|could be|is sometimes) (?:missing|left out|optional|omitted|not there)\b"
)
_IS_THEN = (
    r"\b{name} (?:is|should be|should count as|defaults to|counts as|becomes)(?: just)?(?: then)?(?: an?| the)? "
    r"(?:'(?P<one>[^'\n]{{0,40}})'|\"(?P<two>[^\"\n]{{0,40}})\"|(?P<bare>[\w-]{{1,30}}))"
    r"(?=\s*(?:[.;!)]|,? then\b|,? in that case\b|$))"
)
_OTHERWISE = re.compile(r"\b(?:unless|rais\w*|throw\w*|skip\w*|ignor\w*|errors?|instead)\b", re.IGNORECASE)
_NO_VALUES = re.compile(
    r"missing|optional|empty|unknown|none|null|nil|undefined|nothing|true|false|zero|one|two|three|blank|new|free|fine|ok"
    r"|okay|wrong|lost|invalid|valid|same|necessary|needed|today|tomorrow|yesterday|now|there|\w{2,}ed|\w*_\w*",
    re.IGNORECASE,
)
"""What a bare word may say of a part, or stand for, and is not its text."""

_NAMES = ("parts", "pieces", "fields")
_IN_SCRIPTS = re.compile(r"\.split\([^\n]+?\)(?:\.map\([^\n]+\))?;?")


def last_part_missing(changed: Changed) -> Iterator[Righted]:
    """Yield a line that is cut into named parts taken with one part less, too, and what the last one is then."""
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Tuple(elts=[*names]) as goal], value=value) if _is_cut(value):
                last = names[-1]
                is_exact = not any(isinstance(one, ast.Starred) for one in names)
                default = _default(changed.task, last.id) if isinstance(last, ast.Name) and is_exact else None
                taken = {one.id for one in ast.walk(changed.node) if isinstance(one, ast.Name)} | changed.own
                free = next((one for one in _NAMES if one not in taken), "")
                span = spot(changed, part)
                if default is None or default in taken or not free or span is None or len(names) < 2:
                    continue
                margin = changed.lines.indent(part.lineno)
                rows = (
                    f"{free} = {written(changed, value)}",
                    f"if len({free}) == {len(names) - 1}:",
                    f'    {free}.append("{default}")',
                    f"{written(changed, goal)} = {free}",
                )
                if not changed.lines.text[changed.lines.start(part.lineno) : span[0]].strip():
                    yield from put(
                        changed, f"without its last part it is '{default}'", (*span, f"\n{margin}".join(rows))
                    )


def last_part_missing_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same in JavaScript, where the last name of a pattern has a default."""
    for node in nodes:
        goal = field(node, "name") if node.type == "variable_declarator" else None
        if goal is None or goal.type != "array_pattern" or len(goal.named_children) < 2:
            continue
        last, value = goal.named_children[-1], text(source, field(node, "value"))
        default = _default(task, text(source, last)) if last.type == "identifier" else None
        if default is not None and _IN_SCRIPTS.search(value):
            yield last, f'{text(source, last)} = "{default}"'


def _is_cut(value: ast.expr) -> bool:
    """Return whether a value is a text that is cut, with its parts cleaned or as they are."""
    match value:
        case ast.ListComp(elt=one, generators=[ast.comprehension(target=ast.Name(id=name), iter=inner, ifs=[])]):
            return ast.unparse(one) in {name, f"{name}.strip()"} and _is_cut(inner)
        case ast.Call(func=ast.Attribute(attr="split"), args=[_], keywords=[]):
            return True
    return False


def _default(task: str, name: str) -> str | None:
    """Return what a task says a part is where it is missing; None where it says nothing of that, or more."""
    # E-mail is written as one word where it is a name.
    said = re.sub("^e(?=mail)", "e-?", re.escape(name).replace("_", "[ _]"))
    if _OTHERWISE.search(task) or not re.search(_MISSING.format(name=said), task, re.IGNORECASE):
        return None
    found = list(re.finditer(_IS_THEN.format(name=said), task, re.IGNORECASE))
    values = {
        one["one"] or one["two"] or one["bare"] or ""
        for one in found
        if one["bare"] is None or not _NO_VALUES.fullmatch(one["bare"])
    }
    if re.search(rf"\bwith an empty {said}\b", task, re.IGNORECASE):
        values.add("")
    only = values.pop() if len(values) == 1 else None
    return None if only is None or {'"', "\\"} & {*only} else only
