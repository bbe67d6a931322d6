"""An answer that gives a method as if it were a function: without its first parameter, or under a function's name."""

from __future__ import annotations

import ast
import re
import textwrap

from workbench.crew.judging.stated import Function, functions, parameters
from workbench.edits.answer import read
from workbench.edits.parses import tree_of
from workbench.edits.python.rows import rows_of
from workbench.errors import EditRefused


def with_first_parameter(content: bytes, name: str, answer: str) -> str:
    """Return an answer in which a method has the first parameter that it had, where the answer left that out.

    Args:
        content: the file.
        name: the qualified name of what is changed.
        answer: what the model said.
    """
    was, found = functions(content).get(name), _alone(answer, name)
    if (
        was is None
        or found is None
        or "." not in name
        or any(ast.unparse(one) == "staticmethod" for one in was.decorator_list)
    ):
        return answer
    block, node = found
    old, new = list(parameters(was)), list(parameters(node))
    first = old[0] if old else ""
    is_left_out = first in {"self", "cls"} and first not in new and new[:1] == old[1:2]
    if not is_left_out or any(ast.unparse(one) == "staticmethod" for one in node.decorator_list):
        return answer
    written = re.sub(
        rf"(?m)^(\s*(?:async\s+)?def\s+{re.escape(node.name)}\s*\(\s*)",
        rf"\g<1>{first}{', ' if new else ''}",
        block,
        count=1,
    )
    return f"```python\n{written}\n```\n" if tree_of(textwrap.dedent(written)) else answer


def in_its_class(content: bytes, name: str, answer: str) -> str:
    """Return an answer that gives a method alone with its class around it, where a function has the same name."""
    owner, _, short = name.rpartition(".")
    found = _alone(answer, name)
    if not owner or "." in owner or found is None or short not in functions(content):
        return answer
    return with_class(owner, found[0])


def with_class(owner: str, code: str) -> str:
    """Return an answer of a method with its class around it; what lies in texts stays as it is, but for docstrings."""
    code = textwrap.dedent(code)
    try:
        rows = rows_of(code)
    except EditRefused:
        method = textwrap.indent(code, "    ")
    else:
        found = [(line, rows.string_at(row)) for row, line in enumerate(rows.lines)]
        moved = [line if (text and not text.leads) or not line.strip() else f"    {line}" for line, text in found]
        method = "\n".join(moved)
    return f"```python\nclass {owner}:\n{method}\n```\n"


def _alone(answer: str, name: str) -> tuple[str, Function] | None:
    """Return the block of an answer and the function in it, if it has that one under its name, and nothing else."""
    said = read(answer)
    if said.changes or len(said.blocks) != 1:
        return None
    block = said.blocks[0].code
    tree = tree_of(textwrap.dedent(block))
    made = [one for one in tree.body if isinstance(one, Function)] if tree else []
    rest = [one for one in tree.body if isinstance(one, ast.ClassDef)] if tree else []
    is_it = len(made) == 1 and not rest and made[0].name == name.rpartition(".")[2]
    return (block, made[0]) if is_it else None
