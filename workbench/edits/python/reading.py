"""A model's Python read as an outline, whatever margin it stands at: a method comes bare as often as in its class."""

from __future__ import annotations

import ast
import re

from workbench.edits.python.layout import unix
from workbench.edits.python.outline import Outline, build
from workbench.edits.source import parse
from workbench.errors import EditRefused

MARGINED = "if True:\n"
"""The line that code with a margin is read below."""

_DEFINES = re.compile(r"[ \t]*(?:@|def\b|class\b|async def\b)")


def read_code(code: str) -> Outline:
    """Return the outline of a model's code, whatever margin it has.

    Raises:
        EditRefused: it does not parse (code `does-not-parse`).
    """
    text = unix(code).removeprefix("\ufeff").rstrip() + "\n"
    try:
        return build(text, parse(text, "answer").body)
    except EditRefused as refusal:
        margined = _with_margin(text)
        if margined is None:
            raise
        try:
            tree = parse(margined, "answer")
        except EditRefused:
            raise refusal from None
        block = tree.body[0]
        if len(tree.body) != 1 or not isinstance(block, ast.If) or block.orelse:
            raise
        return build(margined, block.body)


def _with_margin(text: str) -> str | None:
    """Return code that has a margin as the body of a block, or None where it has none.

    The first line may have lost its margin, as it does where the prompt ended with it: then all that stands at the
    margin must be definitions, or the code is simply wrong.
    """
    lines = text.split("\n")
    told = [(len(line) - len(line.lstrip(" \t")), number) for number, line in enumerate(lines) if line.strip()]
    if len(told) < 2:
        return None
    (margin, first), *others = told
    if not margin:
        margin = min(others)[0]
        at_margin = [lines[number] for width, number in others if width == margin]
        if not margin or not all(_DEFINES.match(line) for line in at_margin):
            return None
        lines[first] = lines[min(others)[1]][:margin] + lines[first]
    return MARGINED + "\n".join(lines)
