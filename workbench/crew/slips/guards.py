"""A question that an answer put around an old step, so that an error no longer comes, though no word asks for that."""

from __future__ import annotations

import ast
import re
import textwrap

from workbench.crew.judging.stated import work_of
from workbench.crew.slips.righted import Changed, Righted

_OF_MISSING = re.compile(
    r"\b(?:nothing|ignor\w*|silently|unknown|missing|not (?:in|on|there|known|a)|is(?:n't| not)|twice|again|already"
    r"|quiet\w*|\w+Error|errors?|rais\w*|crash\w*|fail\w*|skip\w*|unless|only if|if (?:it|that|they|the \w+) (?:is|are)"
    r"|no \w+ (?:is|are)|also|too|both|either|only|whether|never|nobody|exists?|strangers?)\b|n't\b",
    re.IGNORECASE,
)
"""How a task may speak of what is not there."""

_TAKES = frozenset({"remove", "pop", "index"})


def taken_out_anyway(changed: Changed) -> Righted | None:
    """Return an answer with an old step, which raises an error where nothing is there, done without a question again.

    `self.students.remove(name)` became `if name in self.students: self.students.remove(name)` with the new step behind
    it, so that nobody notices a name that is not there. What does nothing new behind it, or gives something new
    back, asks on purpose.
    """
    if changed.was is None or _OF_MISSING.search(changed.task):
        return None
    if any(isinstance(part, ast.Return) for part in changed.new):
        return None
    old = {ast.dump(one) for one in work_of(changed.was)}
    tests = [part for part in ast.walk(changed.node) if isinstance(part, ast.Compare) and _asks_for_place(part)]
    for one in work_of(changed.node):
        match one:
            case ast.If(
                test=ast.Compare(left=ast.Name(id=name), ops=[ast.In()], comparators=[held]),
                body=[
                    ast.Expr(
                        value=ast.Call(func=ast.Attribute(value=owner, attr=attr), args=[ast.Name(id=given)])
                    ) as step,
                    _,
                    *_,
                ],
                orelse=[],
            ) if attr in _TAKES and name == given and ast.dump(held) == ast.dump(owner):
                is_alone = len(tests) == 1 and ast.dump(step) in old
                begin, first = changed.lines.span(one)[0], changed.lines.start(one.body[0].lineno)
                end = changed.lines.span(one)[1]
                if is_alone and one in changed.new and first > begin and not _has_long_text(one):
                    margin = changed.lines.indent(one.lineno)
                    rows = textwrap.indent(textwrap.dedent(changed.lines.text[first:end]), margin).lstrip()
                    said = ast.unparse(one.test)
                    return changed.righted(f"`{said}` is not asked, as before", (begin, end, rows))
    return None


def _asks_for_place(part: ast.Compare) -> bool:
    return isinstance(part.ops[0], ast.In | ast.NotIn)


def _has_long_text(question: ast.If) -> bool:
    """Return whether a text goes over several lines: what stands before them is part of it."""
    texts = (part for part in ast.walk(question) if isinstance(part, ast.Constant | ast.JoinedStr))
    return any(part.lineno != part.end_lineno for part in texts)
