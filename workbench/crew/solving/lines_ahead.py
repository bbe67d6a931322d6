"""The lines that are to come first in a function, asked for alone and put there: what a model that copies can still do.

A small model that is shown a function likes to write it again as it is. Asked for nothing but the lines that come
before its old ones it has nothing to copy: of eight tasks at which every other way had failed it did three.
"""

from __future__ import annotations

import ast
import re
import textwrap

from workbench.edits.answer import read
from workbench.edits.foreign.nodes import field
from workbench.edits.foreign.symbols import outline_of_file, symbols_of
from workbench.edits.parses import tree_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EditRefused

HINT = "answer with new lines alone"

_DECIDES = re.compile(r"(?<!\w)(?:if|unless|return|throw|raise|panic\w*|assert|switch|case|match|guard)(?!\w)|\|\||&&")
_SETS = re.compile(r"^[ \t]*([\w$]+)\s*(?:[-+*/|&?]{0,2}=)(?![=>])", re.MULTILINE)


def can_lead(path: str, text: str, name: str) -> bool:
    """Return whether a file has one function of a name, with a body on lines of its own."""
    try:
        return _first_line(path, text, name) is not None
    except EditRefused:
        return False


def wanted(name: str) -> str:
    """Return what is asked for: lines, and no function."""
    last = name.rpartition(".")[2]
    return (
        f"Write only the lines that are to be put at the beginning of `{last}`, before its old lines. "
        "Do not repeat the old lines."
    )


def with_lines_ahead(path: str, text: str, name: str, answer: str) -> str:
    """Return an answer of lines alone as one that holds the whole function, with these before its old lines.

    An answer that holds the function is left as it is: a model may well write it, mended.

    Args:
        path: the file's, for its language.
        text: the file.
        name: the function's qualified name.
        answer: what a model wrote.

    Raises:
        AnswerRejected: there are no new lines in it (code `no-lines`).
        EditRefused: all of them are there already (code `no-change`).
    """
    said = read(answer)
    if said.changes or len(said.blocks) > 1:
        return answer
    lines = textwrap.dedent(said.blocks[0].code if said.blocks else answer).strip("\n").split("\n")
    place = _first_line(path, text, name)
    last = re.escape(name.rpartition(".")[2])
    defines = re.compile(
        rf"(?!(?:if|elif|return|while|for|unless)\b)(?:[\w$*&\[\]<>()., ]+ )?{last}\s*(?:\(.*[{{:]|\(\S*|=.*)$"
        rf"|(?:async )?def {last}\b"
    )
    if place is None or any(defines.match(row) and not row.rstrip().endswith(";") for row in lines):
        return answer
    symbol = next(one for one in symbols_of(path, text) if one.name == name)
    rows = text.replace("\r\n", "\n").split("\n")
    known = {row.strip() for row in rows[symbol.first - 1 : symbol.last]}
    said_first = "\n".join(rows[symbol.first - 1 : place - 1])
    sets = [one for one in _SETS.findall("\n".join(lines)) if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said_first)]
    if not sets and not _DECIDES.search("\n".join(lines)):
        # An import, or a constant of its own, does nothing.
        raise AnswerRejected("the answer has no new lines that do something", code="no-lines", hint=HINT)
    if all(row.strip() in known for row in lines if row.strip()):
        raise EditRefused("the answer changes nothing", code="no-change", hint=HINT)
    margin = re.match(r"[ \t]*", rows[place - 1])
    ahead = textwrap.indent("\n".join(lines), margin.group() if margin else "")
    whole = "\n".join([*rows[symbol.first - 1 : place - 1], ahead, *rows[place - 1 : symbol.last]])
    return f"```\n{textwrap.dedent(whole)}\n```\n"


def _first_line(path: str, text: str, name: str) -> int | None:
    """Return the line, counted from 1, of the first thing that a function does; None where it has no line of its own.

    Raises:
        EditRefused: no grammar is at hand for the file.
    """
    if path.endswith(PYTHON_SUFFIXES):
        return _first_of_python(text, name)
    file = outline_of_file(path, text)
    found = file.by_name.get(name, [])
    body = field(found[0].core, "body") if len(found) == 1 and found[0].kind == "function" else None
    inner = body.named_children[0] if body is not None and body.named_children else None
    if body is None or inner is None or inner.start_point.row == found[0].node.start_point.row:
        return None
    before = file.source[: inner.start_byte].rpartition(b"\n")[2]
    return None if before.strip() else inner.start_point.row + 1


def _first_of_python(text: str, name: str) -> int | None:
    tree = tree_of(text)
    nodes: list[ast.AST] = [tree] if tree else []
    for part in name.split("."):
        nodes = [
            one
            for node in nodes
            for one in getattr(node, "body", [])
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and one.name == part
        ]
    node = nodes[0] if len(nodes) == 1 else None
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not body:
        return None
    first = min([body[0].lineno, *(one.lineno for one in getattr(body[0], "decorator_list", []))])
    before = text.replace("\r\n", "\n").split("\n")[first - 1][: body[0].col_offset]
    return first if not before.strip() and first > node.lineno else None
