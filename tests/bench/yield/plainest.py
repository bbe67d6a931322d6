"""The plainest right answers, made by rule, for kinds where a rule can: what an oracle must let through at least.

And the same with a fault in the code beside it, which it must not.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .cases import Case
from .preserved import Definition, find

WORDS = "Says in a few words what it does."
FAULT = {".py": "\nBROKEN_BY_THE_WAY = 1\n", ".js": "\nvar brokenByTheWay = 1;\n", ".go": "\nvar brokenByTheWay = 1\n"}


def answer(case: Case, root: Path) -> dict[str, str]:
    """Return the target as it might be after the task, or nothing where no rule is known."""
    if case.kind not in {"docstrings", "types", "comments"}:
        return {}
    (name,) = case.target
    text = (root / name).read_text(encoding="utf-8")
    for symbol in case.symbols:
        text = _foreign(case, text, symbol) if not name.endswith(".py") else _python(case, text, symbol)
    return {name: f"from typing import Any\n{text}" if case.kind == "types" and "__future__" not in text else text}


def faulty(changed: dict[str, str]) -> dict[str, str]:
    """Return an answer with code added that nobody asked for."""
    return {name: text + FAULT[Path(name).suffix] for name, text in changed.items()}


def _python(case: Case, text: str, symbol: str) -> str:
    node = find(ast.parse(text), symbol)
    assert isinstance(node, Definition), symbol
    lines = text.split("\n")
    if case.kind == "types":
        assert isinstance(node, ast.FunctionDef), symbol
        return _annotated(text, node)
    first = node.body[0]
    if case.kind == "docstrings" and ast.get_docstring(node) is not None:
        raise ValueError(f"{symbol} has a docstring")
    if case.kind == "comments" and ast.get_docstring(node) is not None:
        first = node.body[1]
    indent = " " * first.col_offset
    said = f"# {WORDS}" if case.kind == "comments" else f'"""{WORDS}"""'
    lines.insert(first.lineno - 1, indent + said)
    return "\n".join(lines)


def _annotated(text: str, node: ast.FunctionDef) -> str:
    """Return a text whose function takes and returns anything."""
    lines = text.split("\n")
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    bare = [one for one in every if one is not None and one.annotation is None and one.arg not in {"self", "cls"}]
    last = node.body[0].lineno - 1
    head = "\n".join(lines[node.lineno - 1 : last])
    ending = next(re.finditer(r"\)\s*:", head))
    if node.returns is None:
        head = head[: ending.start()] + ") -> Any:" + head[ending.end() :]
    lines[node.lineno - 1 : last] = head.split("\n")
    for one in sorted(bare, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        assert one.end_col_offset is not None
        line = lines[one.lineno - 1]
        lines[one.lineno - 1] = f"{line[: one.end_col_offset]}: Any{line[one.end_col_offset :]}"
    return "\n".join(lines)


def _foreign(case: Case, text: str, symbol: str) -> str:
    found = re.search(symbol, text, re.MULTILINE)
    assert found, symbol
    at = text.rindex("\n", 0, found.start() + 1) + 1 if case.kind == "docstrings" else text.index("\n", found.end()) + 1
    return f"{text[:at]}// {WORDS}\n{text[at:]}"
