"""Lines that a function goes through and a task wants passed over: empty ones, those that begin with a sign, or both.

A small model often passes over the one kind and forgets the other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import parts, put, spot
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_PASSES_OVER = re.compile(
    r"\b(?:skip(?:ping)?(?: over)?|tolerate|ignor(?:e|ing)|leav(?:e|ing) out|pass(?:ing)? over"
    r"|jump(?:ing)? over|disregard(?:ing)?|leave(?= (?:them|those|these)\b[^.;\n]{0,40}\bout\b))"
    r"(?: (?:all|any|both|the|such|also|too))*,? (?:lines?|rows?|(?:empty|blank) (?:lines?|rows?|ones|and|or)"
    r"|comments?|them|those|these)\b"
    r"|\btreat (?:[^.;\n]{0,40} )?(?:lines?|rows?|ones)\b[^.;\n]{0,40}\bas (?:an? )?comments?\b"
    r"|\b(?:should|must|shall|to|can|could) (?:all |both |just |simply |also )*be "
    r"(?:skipped|ignored|left out|passed over|disregarded)\b"
    r"|\b(?:do|should|must)(?:n't| not) count\b",
    re.IGNORECASE,
)
"""How a task wishes that lines are passed over, and not something in them."""

_EMPTY = re.compile(
    r"\b(?:empty|blank) (?:lines?|rows?|ones)\b|\bblanks? or (?:begin|start)"
    r"|\b(?:lines?|rows?|ones|those) (?:that|which) (?:are|is) (?:empty|blank)\b",
    re.IGNORECASE,
)
_SIGN = r"['\"`]?(#|//|--|;|%|!|\*)['\"`]?(?!\w)"
_BEGINS = re.compile(
    rf"\b(?:begin|start)(?:s|ning|ing)? (?:with|by) (?:an? |the )?{_SIGN}"
    rf"|\bcomments?(?: lines?)?\b[^.;\n]{{0,20}}(?<![\w'\"`]){_SIGN}",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(r"\s*(?:,|or|and)\s*(?:with )?['\"`]?[^\w\s]")
_OTHERWISE = re.compile(
    r"\b(?:unless|instead|rais\w*|throw\w*|errors?|first|last|header|count them|number of|keep\w*|behind|stop\w*"
    r"|until|warn\w*|logg\w+|log (?:it|them|those|that|each|every)|parameter|option\w*|but|if|except"
    r"|only (?:if|when|where|in|at|the)|top|bottom|beginning|middle|the end|between|after"
    r"|(?:never|no longer|not)(?= (?:be )?(?:skip|ignor|pass|jump|leav|left|disregard))"
    r"|any ?more)\b|n't (?:be )?(?:skip|ignor|pass|jump|leav|left|disregard)",
    re.IGNORECASE,
)
_ONLY_BLANKS = re.compile(r"\b(?:nothing but|only|but) (?:white ?space|blanks?|spaces?|tabs?)\b", re.IGNORECASE)
"""What an empty line may have."""

_CUT = re.compile(r"(?:\.splitlines\(\)|\.split\((['\"])\\n\1\))$")
_LINES = frozenset({"lines", "rows", "file", "handle", "stream", "raw_lines"})
_CUT_IN_SCRIPTS = r"\.split\((?:(['\"`])\\n\1|/\\r\?\\n/[a-z]*)\)"
_CUT_IN_GO = re.compile(r"strings\.Split\([^\n]+, (?:\"\\n\"|`\n`)\)")
_SCANNED = re.compile(r"(?P<name>\w+) := (?P<strips>strings\.TrimSpace\()?\w+\.Text\(\)\)?")


@dataclass(frozen=True)
class _Kinds:
    """Which lines are passed over.

    Attributes:
        empty: those that have nothing, or only blanks.
        sign: what others begin with; nothing where a task names none.
    """

    empty: bool
    sign: str

    def asked(self, line: str, strip: str, *, starts: str = '{}.startswith("{}")', negate: str = "not ") -> list[str]:
        """Return the questions whether a line is one of them, in a language that writes them so."""
        stripped = f"{line}{strip}"
        return [
            *([f"{negate}{stripped}"] if self.empty else []),
            *([starts.format(stripped, self.sign)] if self.sign else []),
        ]


def lines_passed_over(changed: Changed) -> Iterator[Righted]:
    """Yield a loop over lines that passes over those which a task names."""
    kinds = _kinds(changed.task)
    if kinds is None:
        return
    for part in parts(changed):
        match part:
            case ast.For(target=target, iter=values, body=[first, *rest], orelse=[]):
                name = _name(target)
                if not name or not _are_lines(part, values, name):
                    continue
                if _looks_for(changed.node, name):
                    yield from _asked_more(changed, part, name, kinds)
                    continue
                if isinstance((rest or [first])[-1], ast.AugAssign):
                    # What is counted at a loop's end may be the number of each line.
                    continue
                is_stripped = bool(rest) and ast.unparse(first) == f"{name} = {name}.strip()"
                is_cut = bool(rest) and re.fullmatch(rf"{name} = {name}\.r?strip\([^()]*\)", ast.unparse(first))
                behind = rest[0] if is_stripped or is_cut else first
                yield from _guarded(changed, behind, kinds.asked(name, "" if is_stripped else ".strip()"))
            case (
                ast.ListComp(generators=[ast.comprehension(target=target, iter=values, ifs=[])])
                | ast.GeneratorExp(generators=[ast.comprehension(target=target, iter=values, ifs=[])])
            ) if (name := _name(target)) and _are_lines(part, values, name) and (span := spot(changed, values)):
                asked = kinds.asked(name, ".strip()", starts='not {}.startswith("{}")', negate="")
                yield from put(changed, "without the lines named", (span[1], span[1], f" if {' and '.join(asked)}"))
            case (
                ast.ListComp(generators=[ast.comprehension(target=target, iter=values, ifs=[test])])
                | ast.GeneratorExp(generators=[ast.comprehension(target=target, iter=values, ifs=[test])])
            ) if (name := _name(target)) and _are_lines(part, values, name) and _is_emptiness(test, name):
                asked = _Kinds(empty=False, sign=kinds.sign).asked(name, ".strip()")
                if (span := spot(changed, test)) and asked:
                    yield from put(changed, "without those too", (span[1], span[1], f" and not {asked[0]}"))


def _asked_more(changed: Changed, loop: ast.For, name: str, kinds: _Kinds) -> Iterator[Righted]:
    """Yield a loop that passes over empty lines first, and now over those that begin with a sign, too."""
    is_stripped = ast.unparse(loop.body[0]) == f"{name} = {name}.strip()"
    first = loop.body[1] if is_stripped and len(loop.body) > 1 else loop.body[0]
    if not kinds.sign or ".startswith(" in ast.unparse(loop) or not isinstance(first, ast.If) or first.orelse:
        return
    asked = _Kinds(empty=False, sign=kinds.sign).asked(name, "" if is_stripped else ".strip()")[0]
    span = spot(changed, first.test)
    match first.test:
        case ast.UnaryOp(op=ast.Not(), operand=test) if _is_emptiness(test, name) and span:
            if isinstance(first.body[-1], ast.Continue) and len(first.body) == 1:
                yield from put(changed, f"or `{asked}`", (span[1], span[1], f" or {asked}"))
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Constant(value="")]) if span:
            if _is_emptiness(left, name) and isinstance(first.body[-1], ast.Continue) and len(first.body) == 1:
                yield from put(changed, f"or `{asked}`", (span[1], span[1], f" or {asked}"))
        case test if _is_emptiness(test, name) and span and loop.body[-1] is first:
            yield from put(changed, f"and not `{asked}`", (span[1], span[1], f" and not {asked}"))


def _is_emptiness(test: ast.expr, name: str) -> bool:
    """Return whether a question is whether a line has anything."""
    return ast.unparse(test) in {name, f"{name}.strip()", f"{name}.strip() != ''", f"{name} != ''"}


def _kinds(task: str) -> _Kinds | None:
    """Return which lines a task wants passed over; None where it wants none, or something else beside it."""
    if not _PASSES_OVER.search(task) or _OTHERWISE.search(_ONLY_BLANKS.sub("", task)):
        return None
    begins = _BEGINS.search(task)
    if begins and _AND_ANOTHER.match(task, begins.end()):
        return None
    kinds = _Kinds(_EMPTY.search(task) is not None, (begins[1] or begins[2]) if begins else "")
    return kinds if kinds.empty or kinds.sign else None


def _name(target: ast.expr) -> str:
    """Return what a line goes by, its number aside; nothing where a line is taken apart."""
    match target:
        case ast.Name(id=name) | ast.Tuple(elts=[ast.Name(), ast.Name(id=name)]):
            return name
    return ""


def _are_lines(loop: ast.AST, values: ast.expr, name: str) -> bool:
    """Return whether a text is gone through by its lines: it is cut into them, or each of what is named so is cut."""
    match values:
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]):
            return _are_lines(loop, inner, name)
        case (
            ast.GeneratorExp(elt=inner, generators=[ast.comprehension(iter=values, ifs=[])])
            | ast.ListComp(elt=inner, generators=[ast.comprehension(iter=values, ifs=[])])
        ):
            return re.fullmatch(r"\w+\.r?strip\(\)", ast.unparse(inner)) is not None and _are_lines(loop, values, name)
        case ast.Name(id=held):
            return (
                held in _LINES
                and re.search(rf"\b{name}\.(?:r?split|\w?strip|r?partition)\(", ast.unparse(loop)) is not None
            )
    return _CUT.search(ast.unparse(values)) is not None


def _looks_for(node: ast.AST, name: str) -> bool:
    """Return whether a function asks already whether a line is empty, or what it begins with."""
    said = (
        rf"\bnot {name}\b|\bif {name}\b|\b{name}(?:\.\w+\(\))?\.startswith\(|\b{name}\[(?:0|:1)\]"
        rf"|\b{name}(?:\.\w+\(\))? [!=]= ''|\blen\({name}(?:\.\w+\(\))?\)"
    )
    return re.search(said, ast.unparse(node)) is not None


def _guarded(changed: Changed, before: ast.stmt, asked: list[str]) -> Iterator[Righted]:
    lines = changed.lines
    begin, margin = lines.span(before)[0], lines.indent(before.lineno)
    if not lines.text[lines.start(before.lineno) : begin].strip():
        question = f"if {' or '.join(asked)}:"
        yield from put(changed, f"`{question} continue`", (begin, begin, f"{question}\n{margin}    continue\n{margin}"))


def lines_passed_over_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same of a loop in JavaScript and Go, each first statement with the question before it."""
    kinds = _kinds(task)
    for node in nodes if kinds else ():
        body = text(source, field(node, "body"))
        chain = node.parent.parent if node.parent is not None else None
        if kinds is None or not (wanted := _not_asked(kinds, body or text(source, chain))):
            continue
        if language == "go" and node.type == "for_statement":
            yield from _guarded_in_go(source, node, wanted)
        elif language in SCRIPTS and node.type == "for_in_statement":
            name, values = text(source, field(node, "left")), text(source, field(node, "right"))
            first = next(iter(statements_in(field(node, "body"))), None)
            are_lines = re.search(rf"{_CUT_IN_SCRIPTS}$", values) or (values in _LINES and f"{name}.split(" in body)
            if first is not None and are_lines and name.isidentifier():
                asked = wanted.asked(name, ".trim()", starts='{}.startsWith("{}")', negate="!")
                lines = (f"if ({' || '.join(asked)}) continue;", text(source, first))
                if (placed := in_its_place(source, first, lines)) is not None:
                    yield first, placed
        elif language in SCRIPTS and node.type == "call_expression" and _is_gone_through(source, node):
            asked = wanted.asked("line", ".trim()", starts='!{}.startsWith("{}")', negate="")
            yield node, f"{text(source, node)}.filter((line) => {' && '.join(asked)})"


def _not_asked(kinds: _Kinds, body: str) -> _Kinds | None:
    """Return the kinds of lines of which code does not ask yet; None if it asks of all."""
    is_cut_out = re.search(r"\.startsWith\(|HasPrefix\(", body) is not None
    is_emptied = re.search(r"![\w.]+\.trim\(\)|[!=]==? (?:''|\"\")|\.filter\(Boolean\)|!line\b", body) is not None
    left = _Kinds(kinds.empty and not is_emptied, "" if is_cut_out else kinds.sign)
    return left if left.empty or left.sign else None


def _is_gone_through(source: bytes, node: Node) -> bool:
    """Return whether a call cuts a text into lines of which each is looked at then: `text.split('\\n').map(...)`."""
    holder = node.parent
    is_next = holder is not None and text(source, field(holder, "property")) in {"map", "filter", "forEach"}
    return is_next and re.fullmatch(rf"[\w$.]+(?:\.trim\(\))?\s*{_CUT_IN_SCRIPTS}", text(source, node)) is not None


def _guarded_in_go(source: bytes, node: Node, kinds: _Kinds) -> Iterator[SwapElsewhere]:
    body = text(source, field(node, "body"))
    first = next(iter(statements_in(field(node, "body"))), None)
    if first is None:
        return
    through = next((one for one in node.named_children if one.type == "range_clause"), None)
    scanned = _SCANNED.fullmatch(text(source, first)) if through is None else None
    values = text(source, field(through, "right"))
    names = re.fullmatch(r"\w+, (\w+)", text(source, field(through, "left")))
    is_cut = names and (_CUT_IN_GO.fullmatch(values) or (values in _LINES and f"({names[1]}, " in body))
    if through is not None and names and is_cut:
        name, is_behind = names[1], False
    elif scanned:
        name, is_behind = scanned["name"], True
    else:
        return
    stripped = name if scanned and scanned["strips"] else f"strings.TrimSpace({name})"
    asked = [
        *([f'{stripped} == ""'] if kinds.empty else []),
        *([f'strings.HasPrefix({stripped}, "{kinds.sign}")'] if kinds.sign else []),
    ]
    guard = (f"if {' || '.join(asked)} {{", "\tcontinue", "}")
    said = text(source, first)
    if (placed := in_its_place(source, first, (said, *guard) if is_behind else (*guard, said))) is not None:
        yield first, placed
