"""A new case that took over the old ones: the answer does what is new and no longer what there was."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from workbench.crew.judging.stated import Function, parameters, work_of
from workbench.crew.slips.beginnings import handed_on
from workbench.crew.slips.righted import LONGEST, Changed, Righted, changed_function
from workbench.crew.wrapping.tail import ends, stored
from workbench.crew.wrapping.wrapper import adds
from workbench.edits.source import Lines
from workbench.model import FileEdit

ALIKE = 0.6
"""Share of their text that two statements have in common of which one was written for the other."""

_IS_A_CASE = re.compile(
    r"\b(?:if|when|for|too|also|as well|only|unless|where|from (?:[\w.]+ ){1,3}(?:on|upwards?|onwards?)"
    r"|or (?:more|longer|later)|at least|longer|more than|over|above|beyond|past|exceeds?|reach(?:es)?)\b",
    re.IGNORECASE,
)

_SAYS_MORE = re.compile(
    r"\b(?:others?|otherwise|else|instead|no longer|remov\w*|drop\w*|chang\w*|replac\w*|always)\b", re.IGNORECASE
)
"""How a task says that what was there is not to stay all that it was."""


def as_before_without(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with the short old body kept for where one of its new values is nothing.

    Asked to show hours where there are some, a model likes to show `0:` where there are none.
    """
    if changed.was is None or not _IS_A_CASE.search(changed.task):
        return
    old, new = work_of(changed.was), work_of(changed.node)
    if not old or not new:
        return
    rows = [row for one in old for row in ast.unparse(one).split("\n")]
    last = new[-1]
    if not isinstance(last, ast.Return) or not isinstance(old[-1], ast.Return) or len(rows) > LONGEST:
        return
    rows = _rows_there(changed, old) or rows
    before, lines = new[:-1], changed.lines
    known = stored(old) | set(changed.names)
    # What the old body reads must be as it was when it began.
    if stored(before) & {one.arg for one in (*changed.was.args.args, *changed.was.args.kwonlyargs)}:
        return
    begin = lines.span(last)[0]
    margin = lines.indent(last.lineno)
    if lines.text[lines.start(last.lineno) : begin].strip():
        return
    for name in _set_plainly(before):
        if name not in known:
            kept = "".join(f"{margin}    {row}\n" for row in rows)
            yield changed.righted(
                f"without `{name}` it does what it did", (begin, begin, f"if not {name}:\n{kept}{margin}")
            )


def _rows_there(changed: Changed, body: Sequence[ast.stmt]) -> list[str]:
    """Return the lines of an old body as they stand in the file, from its margin on; nothing where more is on them.

    Nor where a text may go over lines: what its lines begin with is part of it.
    """
    before = Lines((changed.edit.before or b"").decode("utf-8"))
    end = body[-1].end_lineno or body[-1].lineno
    begin, margin = before.start(body[0].lineno), before.indent(body[0].lineno)
    every = [part for one in body for part in ast.walk(one) if isinstance(part, ast.Constant | ast.JoinedStr)]
    rows = before.text[begin : before.end(end)].split("\n")
    is_alone = before.span(body[0])[0] == begin + len(margin)
    is_plain = all(part.lineno == part.end_lineno for part in every) and "\r" not in before.text
    is_within = all(not row.strip() or row.startswith(margin) for row in rows)
    return [row[len(margin) :] for row in rows] if is_alone and is_plain and is_within else []


def _set_plainly(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements set, one after the other and not in a branch."""
    for one in statements:
        if isinstance(one, ast.Assign):
            for target in one.targets:
                for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(part, ast.Name):
                        yield part.id


def nearer(task: str, edits: Sequence[FileEdit]) -> Iterator[Righted]:
    """Yield an answer nearer to what was there, where it wrote old lines anew or goes round them.

    Each is to be judged before the answer.

    Args:
        task: what was asked.
        edits: the answer; more than one file, or more than one function changed, is left alone.
    """
    changed = changed_function(task, edits)
    if changed is None or changed.was is None:
        return
    for find in (_with_old_body, _said_once, handed_on):
        try:
            made = find(changed, changed.was)
        except (RecursionError, ValueError):
            made = None
        if made is not None:
            yield made


def _with_old_body(changed: Changed, was: Function) -> Righted | None:
    """Return an answer with the old body behind its first new case, where it wrote anew what comes after that.

    A model that adds a case to a function likes to write the rest as it thinks that it was.
    """
    if not adds(changed.task) or _SAYS_MORE.search(changed.task):
        return None
    found = _first_case(changed, was)
    if found is None:
        return None
    case, lead, rest = found
    old = work_of(was)
    there = {ast.dump(one) for one in rest}
    # What says something that the old lines do not may well be meant, as may an old case that was widened.
    if _names(rest) - _names(old) or _constants(rest) - _constants(old):
        return None
    if any(isinstance(one, ast.If) and ast.dump(one) not in there and _are_alike(one.test, case.test) for one in old):
        return None
    return _followed_by_old(changed, was, case, lead, rest)


def with_old_rest(task: str, edits: Sequence[FileEdit]) -> Righted | None:
    """Return an answer with the old body behind its first new case, where it is known to have lost something of it.

    None where a second new case comes behind the first: that would be lost then.

    Args:
        task: what was asked.
        edits: the answer; more than one file, or more than one function changed, is left alone.
    """
    changed = changed_function(task, edits)
    try:
        found = _first_case(changed, changed.was) if changed and changed.was else None
        if changed is None or changed.was is None or found is None or _has_new_case(found[2], changed.was):
            return None
        return _followed_by_old(changed, changed.was, *found)
    except (RecursionError, ValueError):
        return None


def _has_new_case(rest: list[ast.stmt], was: Function) -> bool:
    """Return whether one of some statements is a case that ends, and is like none that was there."""
    old = [one.test for one in ast.walk(was) if isinstance(one, ast.If)]
    cases = [one for one in rest if isinstance(one, ast.If) and ends(one.body)]
    return any(not any(_are_alike(one.test, test) for test in old) for one in cases)


def _first_case(changed: Changed, was: Function) -> tuple[ast.If, list[ast.stmt], list[ast.stmt]] | None:
    """Return an answer's first new case, if that ends, with the statements before it and those after it."""
    new = work_of(changed.node)
    new_parts = set(changed.new)
    place = next((number for number, one in enumerate(new) if isinstance(one, ast.If) and one.test in new_parts), None)
    case = new[place] if place is not None else None
    if place is None or not work_of(was) or not isinstance(case, ast.If) or not ends(case.body):
        return None
    return case, new[:place], [*case.orelse, *new[place + 1 :]]


def _followed_by_old(
    changed: Changed, was: Function, case: ast.If, lead: list[ast.stmt], rest: list[ast.stmt]
) -> Righted | None:
    """Return an answer with the old body behind a case in the place of the rest; None where it is there, or unsure."""
    old, there = work_of(was), {ast.dump(one) for one in rest}
    given = set(parameters(was))
    if all(ast.dump(one) in there for one in old) or any(ast.dump(one) in {*map(ast.dump, old)} for one in lead):
        return None
    if stored([*lead, case.test]) & (
        given | {part.id for one in old for part in ast.walk(one) if isinstance(part, ast.Name)}
    ):
        return None
    before, lines = Lines((changed.edit.before or b"").decode("utf-8")), changed.lines
    begin = lines.end(case.body[-1].end_lineno or 0)
    first = _first_row(was, old[0], before, lines.text[lines.start(changed.node.lineno) : begin])
    body = before.text[before.start(first) : before.end(old[-1].end_lineno or old[-1].lineno)]
    if before.text[before.start(old[0].lineno) : before.span(old[0])[0]].strip() or "\r" in body:
        return None
    if before.indent(old[0].lineno) != lines.indent(case.lineno):
        return None
    last = work_of(changed.node)[-1]
    end = lines.end(last.end_lineno or last.lineno)
    return changed.righted("the old lines follow what is new", (begin, end, f"\n{body}"))


def _first_row(was: Function, first: ast.stmt, before: Lines, kept: str) -> int:
    """Return the line at which an old body begins: its decorators and comments that are not `kept` are part of it."""
    row: int = min([first.lineno, *(one.lineno for one in getattr(first, "decorator_list", []))])
    floor = was.body[0].end_lineno or 0 if was.body[0] is not first else was.lineno
    while row - 1 > floor and (said := before.line(row - 1).strip()).startswith("#") and said not in kept:
        row -= 1
    return row


def _names(parts: Sequence[ast.AST]) -> set[str]:
    """Return the names and fields that parts speak of."""
    every = [part for one in parts for part in ast.walk(one)]
    fields = {part.attr for part in every if isinstance(part, ast.Attribute)}
    return fields | {part.id for part in every if isinstance(part, ast.Name)}


def _constants(parts: Sequence[ast.AST]) -> Counter[str]:
    """Return the texts and numbers of parts, and how often each is there."""
    every = (part.value for one in parts for part in ast.walk(one) if isinstance(part, ast.Constant))
    return Counter(repr(value) for value in every if not isinstance(value, bool | None))


def _said_once(changed: Changed, was: Function) -> Righted | None:
    """Return an answer without the old lines that stand behind what was written in their place.

    Asked for what is new alone, a model may write the old lines too, mended, and hand on to the old function after all.
    """
    old, new = work_of(was), work_of(changed.node)
    count = len(new) - len(old)
    if not 1 < count <= len(old) or [*map(ast.dump, new[count:])] != [*map(ast.dump, old)]:
        return None
    pairs = list(zip(new[:count], old, strict=False))
    if not all(type(one) is type(other) and _stands_for(one, other) for one, other in pairs):
        return None
    lines = changed.lines
    if any((new[at - 1].end_lineno or 0) >= new[at].lineno for at in (count, 2 * count) if at < len(new)):
        return None
    begin, end = lines.end(new[count - 1].end_lineno or 0), lines.end(new[2 * count - 1].end_lineno or 0)
    left = {*lines.text[:begin].split("\n"), *lines.text[end:].split("\n")}
    if any("#" in row and row not in left for row in lines.text[begin:end].split("\n")):
        return None
    return changed.righted("the old lines are not said twice", (begin, end, ""))


def _stands_for(one: ast.stmt, other: ast.stmt) -> bool:
    """Return whether a statement is another one, mended: it speaks of all that that does, and of most of its values."""
    was = _constants([other])
    kept = was & _constants([one])
    return _names([other]) <= _names([one]) and kept.total() * 2 >= was.total() + bool(was) and _are_alike(one, other)


def _are_alike(one: ast.AST, other: ast.AST) -> bool:
    return SequenceMatcher(None, ast.unparse(one), ast.unparse(other), autojunk=False).ratio() >= ALIKE
