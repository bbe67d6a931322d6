"""A task written into the code it is about, as a TODO: a small model that copied the code as it is then changes it.

A nanite's commonest failure is to give code back unchanged. What it has read most of is code, so a comment in the place
of the work moves it where the same words below the code do not. The comment is taken out of the answer again.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from workbench import python_ast
from workbench.context.shown import definitions
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.exchange import Message

LONGEST = 240
"""Characters of a task that go into a comment."""

SHORTEST = 12
"""A task of fewer characters is not put into the code: its comment could not be told from others."""

_HASH = (*PYTHON_SUFFIXES, ".rb", ".sh", ".bash")
_OPENS = re.compile(r"\{\s*$|^\s*def\b.*$")
_SAME = 30
"""Characters by which a comment in an answer is known again: a model may cut it short or spell its end otherwise."""


def can_mark(path: str, text: str, task: str) -> bool:
    """Return whether a file's code can carry the task: nothing in it begins like that comment."""
    words = " ".join(task.split())
    return len(words) >= SHORTEST and _beginning(path, task) not in text


def has_one_place(path: str, code: str, names: Sequence[str]) -> bool:
    """Return whether it is clear into which function of the code shown the task goes, for a model works where it reads.

    Args:
        path: the file.
        code: what is shown of it; of a Python class other methods may stand there without their bodies.
        names: the symbols in play.
    """
    return len(names) == 1 if not path.endswith(PYTHON_SUFFIXES) else len(_with_bodies(code)) <= 1


def marked(path: str, code: str, task: str) -> str:
    """Return code with the task as a comment where its first function's body begins, or above it where none is seen."""
    lines = code.split("\n")
    comment = _comment(path, task)
    place = _python_place(code) if path.endswith(PYTHON_SUFFIXES) else _place(lines)
    margin = re.match(r"\s*", lines[place]).group() if place < len(lines) else ""  # type: ignore[union-attr]
    return "\n".join([*lines[:place], f"{margin}{comment}", *lines[place:]])


def unmarked(path: str, answer: str, task: str) -> str:
    """Return an answer without the comment that `marked` put into the code, wherever the model took it.

    A file for which `can_mark` holds has no such comment of its own.
    """
    begin = re.escape(_beginning(path, task))
    return re.sub(rf"(?<![ \t])[ \t]+{begin}.*", "", re.sub(rf"(?m)^[ \t]*{begin}.*\n?", "", answer))


def _beginning(path: str, task: str) -> str:
    return _comment(path, task)[: _SAME + len("# TODO: ")].rstrip()


def _comment(path: str, task: str) -> str:
    sign = "#" if path.endswith(_HASH) else "//"
    return f"{sign} TODO: {' '.join(task.split())[:LONGEST]}"


def _python_place(code: str) -> int:
    """Return the line, from 0, before which the last function that lies in no other begins its work.

    What is shown of a class around comes first, so the last is the one to be changed.
    """
    outer = _outer_functions(code)
    if not outer:
        return 0
    body = outer[-1].body
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    first = body[1] if has_docstring and len(body) > 1 else body[0]
    return first.lineno - 1 if first.lineno > outer[-1].lineno else 0


def _outer_functions(code: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions and methods that lie in no other function; none where the code does not parse."""
    try:
        known = dict(definitions(python_ast.parse(code)))
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = {name: node for name, node in known.items() if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return [node for name, node in found.items() if name.rpartition(".")[0] not in found]


def _with_bodies(code: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in _outer_functions(code) if ast.unparse(node.body[-1]) != "..."]


def _place(lines: list[str]) -> int:
    opening = [number for number, line in enumerate(lines) if _OPENS.search(line)]
    return opening[0] + 1 if opening and opening[0] + 1 < len(lines) else 0


_TASK = "area should return 0 for a negative width and take a factor, 1 by default, that it multiplies by"
_EXAMPLES = {
    "python": (
        _TASK,
        "def area(width, height):\n    return width * height",
        "def area(width, height, factor=1):\n    if width < 0:\n        return 0\n    return width * height * factor",
    ),
    "javascript": (
        _TASK,
        "function area(width, height) {\n  return width * height;\n}",
        "function area(width, height, factor = 1) {\n  if (width < 0) {\n    return 0;\n  }\n"
        "  return width * height * factor;\n}",
    ),
    "go": (
        "area should return 0 for a negative width, and never more than 1000",
        "func area(width, height float64) float64 {\n\treturn width * height\n}",
        "func area(width, height float64) float64 {\n\tif width < 0 {\n\t\treturn 0\n\t}\n"
        "\treturn min(width*height, 1000)\n}",
    ),
}
_EXAMPLES["typescript"] = _EXAMPLES["javascript"]
_SUFFIXES = {"python": ".py", "javascript": ".js", "typescript": ".js", "go": ".go"}


def has_example(language: str) -> bool:
    """Return whether there is an example in a language, as code fences name it."""
    return language in _EXAMPLES


def example(language: str, *, is_marked: bool) -> tuple[Message, ...]:
    """Return a question and its answer as they should be, in a language; nothing for one that has no example.

    Args:
        language: as code fences name it.
        is_marked: whether the question's code has its task as a comment.
    """
    if language not in _EXAMPLES:
        return ()
    task, before, after = _EXAMPLES[language]
    shown = marked(f"a{_SUFFIXES[language]}", before, task) if is_marked else before
    question = f"```{language}\n{shown}\n```\n\nTask: {task}\n\nRewrite `area` so that it does that."
    return (
        Message(role="user", content=question),
        Message(role="assistant", content=f"```{language}\n{after}\n```"),
    )
