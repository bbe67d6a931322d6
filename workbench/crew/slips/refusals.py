"""A refusal that gave way to a new one, though the task only asks for one more."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from workbench.crew.judging.stated import parameters
from workbench.crew.slips.put_back import Swap, with_what_was_lost
from workbench.crew.slips.righted import SIGNS, Changed, Righted
from workbench.crew.wrapping.tail import stored
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, in_its_place, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.source import Lines
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

_ONE_MORE = re.compile(
    r"\b(?:return|give)s? an? error (?:if|when|for|unless)\b|\b(?:throw|rais)e?s? an? \w*Error (?:if|when|for|unless)\b"
    r"|\brefus\w+|\breject\w*",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:instead|rather than|no longer|not any ?more|replac\w*|chang\w*|only|remov\w*|drop\w*|accept\w*|allow\w*"
    r"|fine)\b|\bnot (?:by|because|its|their)\b",
    re.IGNORECASE,
)
_OF_REFUSALS = re.compile(
    r"\b(?:rais\w*|errors?|\w+Error|refus\w*|reject\w*|allow\w*|accept\w*|negative|below|less|no longer|instead"
    r"|remov\w*|drop\w*|replac\w*|ignor\w*|silently)\b|(?<!\w)-\d",
    re.IGNORECASE,
)
"""How a task may speak of what is refused, or is to be so no more."""

_REFUSES = re.compile(r"\breturn\b[^\n]*\b(?:\w+\.)?(?:Errorf|New|Err\w+|err)\b|\bthrow\b")
_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_NAME = re.compile(r"[A-Za-z_$][\w$.]*")

Asked = tuple[ast.stmt | None, ast.If, ast.stmt | None]
"""A question of a function, with what stands before it and behind it."""


def kept_refusal(changed: Changed) -> Righted | None:
    """Return an answer in Python with the refusal that it wrote over put back behind the one that took its place.

    Only where one stands where the other stood, and the old one asks for something that the new one does not, of
    names that are still there, and says something else.
    """
    if changed.was is None or not _ONE_MORE.search(changed.task) or _OTHERWISE.search(changed.task):
        return None
    found = _in_its_place(changed, changed.was, list(_raising(changed.node)))
    if found is None:
        return None
    gone, came, said, margin = found
    if _asked(gone.test) <= _asked(came.test) or ast.dump(gone.test) in ast.dump(changed.node):
        return None
    end = changed.lines.span(came)[1]
    if _said(gone) == _said(came) or changed.lines.text[end : end + 1] not in {"", "\n"}:
        return None
    return changed.righted(f"`{ast.unparse(gone.test)}` is refused still", (end, end, f"\n{margin}{said}"))


def refused_before(changed: Changed) -> Righted | None:
    """Return an answer with the refusal put back before the question that took its place and refuses nothing.

    "set_discount should never go above 50 percent" made `if percent < 0: raise ...` an `if percent > 50: percent = 50`.
    What asks for the same, or for less on the same side, is what is done now where an error was raised.
    """
    if changed.was is None or _OF_REFUSALS.search(changed.task):
        return None
    found = _in_its_place(changed, changed.was, list(_questions(changed.node)))
    if found is None or any(isinstance(part, ast.Raise) for part in ast.walk(changed.node)):
        return None
    gone, came, said, margin = found
    begin = changed.lines.span(came)[0]
    is_first = not changed.lines.text[changed.lines.start(came.lineno) : begin].strip()
    if not is_first or not _asks_for_the_other_end(gone.test, came.test):
        return None
    return changed.righted(f"`{ast.unparse(gone.test)}` is refused still", (begin, begin, f"{said}\n{margin}"))


def _in_its_place(changed: Changed, was: ast.AST, new: list[Asked]) -> tuple[ast.If, ast.If, str, str] | None:
    """Return the one refusal that went, the one question that took its place, the old lines and their margin.

    Args:
        changed: an answer.
        was: the function as it was.
        new: the questions of the function as it is that may have taken the place.
    """
    before, after = ({ast.dump(part) for part in ast.walk(node)} for node in (was, changed.node))
    lost = [one for one in _raising(was) if ast.dump(one[1]) not in after]
    added = [one for one in new if ast.dump(one[1]) not in before]
    if len(lost) != 1 or len(added) != 1 or _around(lost[0]) != _around(added[0]):
        return None
    gone, came = lost[0][1], added[0][1]
    source = Lines((changed.edit.before or b"").decode("utf-8"))
    margin = changed.lines.indent(came.lineno)
    if source.indent(gone.lineno) != margin or not _is_known(changed, gone):
        return None
    return gone, came, source.text[slice(*source.span(gone))], margin


def _asks_for_the_other_end(gone: ast.expr, came: ast.expr) -> bool:
    """Return whether of one value a question is too little, and of the same value another one too much."""
    match gone, came:
        case (
            ast.Compare(left=one, ops=[sign], comparators=[end]),
            ast.Compare(left=same, ops=[other], comparators=[other_end]),
        ) if ast.dump(one) == ast.dump(same) and ast.dump(end) != ast.dump(other_end):
            return {SIGNS.get(type(found), "")[:1] for found in (sign, other)} == {"<", ">"}
    return False


def _questions(node: ast.AST) -> Iterator[Asked]:
    """Yield the questions of a function that have no other branch, with what stands before and behind each."""
    for holder in ast.walk(node):
        body = getattr(holder, "body", None)
        for before, one, after in zip_longest([None, *body[:-1]], body, body[1:]) if isinstance(body, list) else ():
            if isinstance(one, ast.If) and not one.orelse:
                yield before, one, after


def _raising(node: ast.AST) -> Iterator[Asked]:
    """Yield those of them after which a function raises at once."""
    yield from (found for found in _questions(node) if isinstance(found[1].body[0], ast.Raise))


def _around(found: Asked) -> list[str]:
    return [ast.dump(one) if one is not None else "" for one in (found[0], found[2])]


def _asked(test: ast.expr) -> set[str]:
    return {ast.unparse(part) for part in ast.walk(test) if isinstance(part, ast.Name | ast.Attribute)}


def _said(refusal: ast.If) -> str:
    """Return the words of a refusal's message; its whole text where it has none."""
    inner = [part.value for one in refusal.body for part in ast.walk(one) if isinstance(part, ast.Constant)]
    return " ".join(" ".join(text for text in inner if isinstance(text, str)).lower().split()) or ast.unparse(refusal)


def _is_known(changed: Changed, refusal: ast.If) -> bool:
    """Return whether the names that a refusal looks at are still there."""
    assert changed.was is not None
    gone = (stored([changed.was]) | {*parameters(changed.was)}) - changed.own - stored([refusal])
    return gone.isdisjoint(part.id for part in ast.walk(refusal) if isinstance(part, ast.Name))


def with_old_refusals(task: str, edit: FileEdit) -> FileEdit:
    """Return a change with the refusals that it wrote over put back behind those that took their place.

    Only where one stands where the other stood, and the old one asks for something that the new one does not, of
    names that are still there, and says something else.
    """
    if not _ONE_MORE.search(task) or _OTHERWISE.search(task):
        return edit
    return with_what_was_lost(edit, {*SCRIPTS, "go"}, _refusal)


def _refusal(was: Outline, before: Node, now: Outline, after: Node) -> Iterator[Swap]:
    code, said = text(now.source, after), text(was.source, before)
    old = [one for one in _refusals(was, before) if text(was.source, field(one, "condition")) not in code]
    new = [one for one in _refusals(now, after) if text(now.source, field(one, "condition")) not in said]
    if len(old) == len(new) == 1 and _stands_there(was, old[0], now, new[0]):
        lines = (text(now.source, new[0]), text(was.source, old[0]))
        gone = _roots(said.replace(lines[1], "")) - _roots(code)
        messages = [[found.lower()[1:-1] for found in re.findall(_TEXT, line)] for line in lines]
        if not gone.isdisjoint(_roots(lines[1])) or (messages[0] and messages[0] == messages[1]):
            return
        if (placed := in_its_place(now.source, new[0], lines)) is not None:
            yield new[0].start_byte, new[0].end_byte, placed


def _roots(code: str) -> set[str]:
    """Return the names of some code, without the fields of what they stand for, and without its texts."""
    return {name.partition(".")[0] for name in _NAME.findall(_TEXT.sub("", code))}


def _refusals(file: Outline, root: Node) -> list[Node]:
    """Return the questions after which a function refuses at once."""
    found = []
    for node in walk(root):
        way = text(file.source, field(node, "consequence"))
        is_short = node.type == "if_statement" and field(node, "alternative") is None and way.count("\n") <= 2
        if is_short and _REFUSES.search(way):
            found.append(node)
    return found


def _stands_there(was: Outline, old: Node, now: Outline, new: Node) -> bool:
    """Return whether two questions have the same before and behind them, and the old one asks for something more."""
    neighbours = [
        (text(file.source, node.prev_named_sibling), text(file.source, node.next_named_sibling))
        for file, node in ((was, old), (now, new))
    ]
    asked = [{*_NAME.findall(text(file.source, field(node, "condition")))} for file, node in ((was, old), (now, new))]
    return neighbours[0] == neighbours[1] and not asked[0] <= asked[1]
