"""Decorators put back above a function that a small model wrote anew without them."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

from workbench import python_ast
from workbench.context.shown import definitions
from workbench.crew.judging.stated import Function
from workbench.edits.answer import read

_TAKES_OFF = re.compile(
    r"@|\bdecorat"
    r"|\b(?:remove|drop|no longer|instead of|rather than|turn|make|convert|become\w*|plain|ordinary|regular)\b"
    r".*\b(?:propert(?:y|ies)|(?:class|static)?\s?methods?|attributes?)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAKES_AWAY = re.compile(
    r"\b(?:not?|never|without|stop|remove|drop|disable|instead of|rather than|any ?more)\b|n't\b", re.IGNORECASE
)


def with_decorators(task: str, code: str, name: str, answer: str) -> str:
    """Return an answer with the decorators that a function has in the code that was shown, if it has none at all.

    Where the task may be about them, where the name stands for more than one function, and where the answer is no
    single block of Python, it is returned as it is.

    Args:
        task: what was asked.
        code: what was shown.
        name: the function's qualified name.
        answer: what the model wrote.
    """
    said = read(answer)
    if _TAKES_OFF.search(task) or said.changes or len(said.blocks) != 1:
        return answer
    written = textwrap.dedent(said.blocks[0].code)
    try:
        known = [node for one, node in definitions(python_ast.parse(code)) if one == name]
        found = [node for one, node in definitions(python_ast.parse(written)) if f".{name}".endswith(f".{one}")]
    except (SyntaxError, ValueError, RecursionError):
        return answer
    if len(known) != 1 or len(found) != 1:
        return answer
    (was,), (now,) = known, found
    if not (isinstance(was, Function) and isinstance(now, Function)):
        return answer
    if now.decorator_list or not was.decorator_list or _is_meant(task, was, now):
        return answer
    rows, shown = written.split("\n"), code.split("\n")
    begin = was.decorator_list[0].lineno - 1
    above = textwrap.dedent("\n".join(shown[begin : was.lineno - 1])).rstrip().split("\n")
    margin = rows[now.lineno - 1][: now.col_offset]
    if margin.strip() or any("\f" in row for row in (*rows, *above)):
        return answer
    # A text of several lines does not move with the rest, and may have no margin of its own.
    if (margin or shown[begin][:1].isspace()) and any(
        "\n" in text for one in was.decorator_list for text in _texts(one)
    ):
        above = [f"@{ast.unparse(one)}" for one in was.decorator_list]
    rows[now.lineno - 1 : now.lineno - 1] = [margin + row if row else row for row in above]
    path = f"{said.blocks[0].path}\n" if said.blocks[0].path else ""
    return "{}```python\n{}\n```\n".format(path, "\n".join(rows))


def _is_meant(task: str, was: Function, now: Function) -> bool:
    """Return whether an answer may well leave decorators out as it was asked to, or for what it does instead."""
    firsts = [[one.arg for one in (*node.args.posonlyargs, *node.args.args)][:1] for node in (was, now)]
    if firsts[0] != firsts[1] == ["self"]:
        return True
    called = [one.func if isinstance(one, ast.Call) else one for one in was.decorator_list]
    words = [word for one in called for word in re.findall(r"[^\W\d_]{4,}", ast.unparse(one).rpartition(".")[2])]
    # `cache`, `cached` and `caching` are one word; of properties `_TAKES_OFF` knows.
    stems = [word[: max(4, len(word) - 3)] for word in words if not word.endswith(("property", "method"))]
    return bool(_TAKES_AWAY.search(task)) and any(re.search(rf"\b{stem}", task, re.IGNORECASE) for stem in stems)


def _texts(part: ast.AST) -> Iterator[str]:
    for one in ast.walk(part):
        if isinstance(one, ast.Constant) and isinstance(one.value, str | bytes):
            yield one.value if isinstance(one.value, str) else one.value.decode("latin-1")
