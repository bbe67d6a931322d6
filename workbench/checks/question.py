"""What a person sees who is asked whether a command may run: the command, where it comes from, what it may touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.checks.guard import HOLDS, Guard

ANSWERS: Mapping[str, str] = {
    "once": "Let it run for this task alone",
    "repository": "Let it run in this repository from now on (writes it into nanites.toml)",
    "never": "Never let it run in this repository on this machine",
}
"""The scopes of an answer, in words."""


@dataclass(frozen=True)
class Question:
    """One question, as plain words.

    Attributes:
        title: one line.
        words: what to know before answering, one fact a line.
        scopes: the answers that make sense.
    """

    title: str
    words: tuple[str, ...]
    scopes: tuple[str, ...]


def question_of(record: Mapping[str, Any], guard: Guard) -> Question | None:
    """Return what to ask about a task, given its record as plain data; None where it asks nothing."""
    commands = tuple(str(command) for command in record.get("asks") or ())
    if not commands:
        return None
    task = record.get("task") or {}
    spec = task.get("spec") or {}
    who = str(spec.get("by") or "somebody who gave no name")
    in_review = record.get("state") == "review"
    why = (
        "why: it is allowed, but the proposal changes what it does; read the change first"
        if in_review
        else "why: nanites.toml does not allow it"
    )
    words = (
        *(f"command: {command}" for command in commands),
        f"from: {task.get('source') or 'a task file'}, asked by {who}",
        why,
        f"held by: {guard.name}: {HOLDS[guard.name]}",
        "runs in: a scratch copy of this repository; your files are not touched",
    )
    several = "these commands" if len(commands) > 1 else "this command"
    return Question(f"May {several} run?", words, ("once", "never") if in_review else tuple(ANSWERS))
