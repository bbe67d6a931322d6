"""Decorators put back above a function that a small model wrote anew without them."""

from __future__ import annotations

import ast
import re
import textwrap

from workbench.context.shown import definitions
from workbench.edits.answer import read

_Functions = ast.FunctionDef | ast.AsyncFunctionDef
_TAKES_OFF = re.compile(
    r"@|\bdecorat"
    r"|\b(?:remove|drop|no longer|instead of|rather than|turn|make|convert|become\w*|plain|ordinary|regular)\b"
    r".*\b(?:propert(?:y|ies)|(?:class|static)?\s?methods?|attributes?)\b",
    re.IGNORECASE | re.DOTALL,
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
        known = [node for one, node in definitions(ast.parse(code)) if one == name]
        short = name.rpartition(".")[2]
        found = [node for one, node in definitions(ast.parse(written)) if one.rpartition(".")[2] == short]
    except (SyntaxError, ValueError, RecursionError):
        return answer
    if len(known) != 1 or len(found) != 1 or not all(isinstance(one, _Functions) for one in (*known, *found)):
        return answer
    (was,), (now,) = known, found
    if now.decorator_list or not was.decorator_list:
        return answer
    rows, shown = written.split("\n"), code.split("\n")
    begin = was.decorator_list[0].lineno - 1
    above = textwrap.dedent("\n".join(shown[begin : was.lineno - 1])).rstrip().split("\n")
    margin = rows[now.lineno - 1][: now.col_offset]
    if margin.strip() or any("\f" in row for row in (*rows, *above)):
        return answer
    rows[now.lineno - 1 : now.lineno - 1] = [margin + row if row else row for row in above]
    return "```python\n{}\n```\n".format("\n".join(rows))
