"""A function that an answer gives under another one's name: of two alike, a small model may write one as the other."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from workbench.crew.judging.stated import Function, functions, work_of
from workbench.crew.wrapping.tail import loaded
from workbench.edits.answer import read
from workbench.edits.source import Lines

_ALIKE = 0.8


def under_its_name(content: bytes, names: Sequence[str], answer: str) -> str:
    """Return an answer of one function, that is not in play, under the name of the one in play that it is nearly.

    Args:
        content: the file as it was.
        names: the functions in play.
        answer: what a model wrote; returned as it is where the function that it names is as near.
    """
    said = read(answer)
    if said.changes or len(said.blocks) != 1:
        return answer
    code = said.blocks[0].code
    written, known = functions(code.encode("utf-8")), functions(content)
    tops = [name for name in written if "." not in name]
    if len(tops) != 1 or tops[0] in names or tops[0] not in known:
        return answer
    wrong = tops[0]
    try:
        near = {name: _likeness(known[name], written[wrong]) for name in names if name in known and "." not in name}
        best = max(near, key=lambda name: near[name], default="")
        if not best or near[best] < _ALIKE or near[best] <= _likeness(known[wrong], written[wrong]):
            return answer
    except (RecursionError, ValueError):
        return answer
    # Where the right one calls the other, so may the answer.
    meant = [] if wrong in loaded([known[best]]) else [written[wrong]]
    renamed = _renamed(code, written[wrong], meant, best)
    return answer.replace(code, renamed, 1) if code in answer else f"```python\n{renamed}\n```\n"


def _renamed(code: str, node: Function, meant: Sequence[Function], name: str) -> str:
    """Return code with a function under another name; within what is `meant`, it calls itself by that one too."""
    lines = Lines(code)
    header = re.compile(rf"def\s+({re.escape(node.name)})\b").search(code, lines.span(node)[0])
    spans = [header.span(1)] if header else []
    names = [part for one in meant for part in ast.walk(one) if isinstance(part, ast.Name) and part.id == node.name]
    spans += [span for part in names if code[slice(*(span := lines.span(part)))] == node.name]
    for begin, end in sorted(set(spans), reverse=True):
        code = f"{code[:begin]}{name}{code[end:]}"
    return code


def _likeness(one: Function, other: Function) -> float:
    """Return how much of two functions' bodies is the same, docstrings aside, from 0 to 1."""
    return SequenceMatcher(None, _rows(one), _rows(other), autojunk=False).ratio()


def _rows(node: Function) -> list[str]:
    return [row for step in work_of(node) for row in ast.unparse(step).split("\n")]
