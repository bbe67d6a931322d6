"""A name of an example that a change says always: `60 min (Anna)`, whoever has booked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function

NAMES = frozenset(
    """
    Ada Adam Adler Alan Alex Alice Amy Andy Ann Anna Anne Ava Ben Bella Bill Bob Bruno Carl Carla Carol Chris Clara
    Dan Dana Dave David Doe Dora Ed Eli Ella Emil Emily Emma Eva Eve Finn Frank Fred Grace Greta Hanna Hannah Hans Harry
    Helen Henry Ida Ian Jack Jan Jane Jill Jim Joan Joe John Jones Julia Karl Kate Kim Lea Lee Lena Leo Lily Lisa Liz
    Lucy Luke Maria Mark Marta Mary Max Meg Meier Mia Mike Mona Nina Noah Nora Ole Olga Oscar Otto Paul Per Pete Peter
    Pia Rex Rita Rob Rosa Ruth Sam Sara Sarah Smith Sophie Sue Ted Theo Tim Tina Tom Tony Uma Vera Will Zoe
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
"""Names that people take for examples."""

_QUOTED = re.compile(r"(?<!\w)'([^'\n]{3,200})'(?!\w)|\"([^\"\n]{3,200})\"|`([^`\n]{3,200})`")
_WORD = re.compile(r"[A-Z][a-z]+")


def said_always(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield a name that a function now always says, and that the task has in an example with more in it.

    A task that quotes the name alone may want it as it is.
    """
    shown = ["".join(groups) for groups in _QUOTED.findall(task)]
    examples = {word for text in shown for word in _WORD.findall(text) if text.strip() != word} & NAMES
    wanted = {text.strip() for text in shown}
    old = _said(before)
    for text in sorted(_said(after) - old):
        for word in _WORD.findall(text):
            if word in examples - wanted and not any(word in one for one in old):
                yield f"{name} always says {word!r}; that is of the example, and must be what a call gives"


def _said(node: Function) -> set[str]:
    """Return the texts of a function, but its docstring."""
    told = {id(one.value) for one in node.body[:1] if isinstance(one, ast.Expr)}
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in told
    }
