"""An explanation of a symbol or a file: like a summary, but of what the task names, and as long as it needs to be."""

from __future__ import annotations

import re

from workbench.crew.aiming.naming import named
from workbench.crew.conversation import Conversation
from workbench.crew.summary import claims_about, material
from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Excerpt, Proposal

MOST_CLAIMS = 6

MOST_SYMBOLS = 3
"""Symbols that one answer explains."""


async def explain(talk: Conversation) -> Proposal:
    """Return what the named symbols do, or else the files, in claims that carry `PATH:LINE`.

    Raises:
        AnswerRejected: nothing is there to read (code `nothing-to-do`), or no claim was borne out (`ungrounded`).
    """
    whole = material(talk)
    task = talk.brief.task.spec.task.strip()
    shown = [part for one in whole for part in _parts(one, task)]
    if whole and not shown and re.search(r"`[^`]+`", task) and not _named_files(whole, task):
        raise AnswerRejected(
            "nothing that the task names is in the files it names",
            code="nothing-to-do",
            hint="name the file in --target or --read, as PATH or PATH:A-B",
        )
    about = tuple(shown[:MOST_SYMBOLS]) or whole
    return await claims_about(talk, about, task or "Explain what this code does and how.", MOST_CLAIMS)


def _parts(excerpt: Excerpt, task: str) -> list[Excerpt]:
    """Return the lines of the symbols that a task names in a file."""
    try:
        every = symbols_of(excerpt.path, excerpt.text)
    except EditRefused:
        return []
    names = named(task, [symbol.name for symbol in every])
    lines = excerpt.text.split("\n")
    return [
        Excerpt(
            path=excerpt.path,
            first=excerpt.first + symbol.first - 1,
            last=excerpt.first + symbol.last - 1,
            text="\n".join(lines[symbol.first - 1 : symbol.last]),
        )
        for symbol in every
        if symbol.name in names
    ]


def _named_files(whole: tuple[Excerpt, ...], task: str) -> bool:
    return any(one.path in task or one.path.rpartition("/")[2] in task for one in whole)
