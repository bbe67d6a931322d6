"""Which of several answers to trust where nothing checks them: the one that most of them agree on.

Two answers agree if they leave files with equal syntax trees, whatever their layout, comments, docstrings and the
words of messages that are their own (self-consistency: Wang and others, 2022). That says how sure a model is, never
that it is right.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from workbench.edits.foreign.grammars import language_of, parse
from workbench.errors import EditRefused
from workbench.model import FileEdit

_PYTHON = (".py", ".pyi")
_PARSE_SECONDS = 1.0

MORE = 2
"""Answers that are asked for where of the first no two agree."""

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`")
_FEWEST = 3
"""Characters of a message that can be a task's own."""

_COMMENTS = frozenset({"comment", "line_comment", "block_comment"})

Sense = tuple[tuple[str, str], ...]
"""What edits come to: for each path, a text that is equal where syntax trees are."""


def sense(task: str, edits: Sequence[FileEdit]) -> Sense:
    """Return what edits come to, apart from layout, comments, docstrings and messages.

    Messages are what exceptions are raised with; what the task quotes of one, or of what is in it, matters.

    Args:
        task: what was asked.
        edits: the answer.
    """
    return tuple(sorted((edit.path, _sense(edit.path, edit.after, task)) for edit in edits))


def majority(answers: Sequence[Sense | None]) -> tuple[int, int]:
    """Return the place of the answer to take and how many agree with it: most of all, of equals the first.

    Args:
        answers: what each comes to; None for one that could not be used. At least one must be usable.
    """
    usable = [place for place, answer in enumerate(answers) if answer is not None]
    best = max(usable, key=lambda place: (answers.count(answers[place]), -place))
    return best, answers.count(answers[best])


def is_settled(answers: Sequence[Sense | None], most: int) -> bool:
    """Return whether no further answer is to be asked for.

    That is where those still to come, up to `most` in all, could not change what the majority says; and where no two
    agree by then, only once two of some more do, for the first is as likely wrong as the last.
    """
    known = [answer for answer in answers if answer is not None]
    agreed = max(map(known.count, known), default=0)
    if len(answers) < most:
        return agreed > most // 2
    return agreed > 1 or most == 1 or len(answers) >= most + MORE


def _sense(path: str, content: bytes | None, task: str) -> str:
    if content is None:
        return ""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if path.endswith(_PYTHON):
        try:
            return ast.dump(_Bare(task).visit(ast.parse(text)))
        except (SyntaxError, ValueError, RecursionError):
            return text
    language = language_of(path, text)
    if language is None:
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
    try:
        tree = parse(language, content, seconds=_PARSE_SECONDS)
    except EditRefused:
        return text
    words = []
    ahead = [tree.root_node]
    while ahead:
        node = ahead.pop()
        if node.type in _COMMENTS:
            continue
        if node.children:
            ahead.extend(reversed(node.children))
        else:
            words.append(content[node.start_byte : node.end_byte].decode("utf-8", "replace"))
    return "\0".join(words)


class _Bare(ast.NodeTransformer):
    """Takes docstrings out, and the words of messages that a task does not give."""

    def __init__(self, task: str) -> None:
        self._task = task

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        match node.exc:
            case ast.Call(args=[ast.Constant(value=str()) | ast.JoinedStr() as said], keywords=[]) as made:
                texts = [part.value for part in ast.walk(said) if isinstance(part, ast.Constant)]
                if not any(isinstance(text, str) and self._is_given(text) for text in texts):
                    made.args = [ast.Constant("")]
        return self.generic_visit(node)

    def _is_given(self, text: str) -> bool:
        words = text.strip(" :.,'\"")
        # One word may stand in a task by chance; not so in quotes.
        where = self._task if " " in words else " ".join(_QUOTED.findall(self._task))
        return len(words) >= _FEWEST and words in where

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                del node.body[0]
        return node
