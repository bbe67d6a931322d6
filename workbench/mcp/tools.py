"""What a client is told of the tools: names, descriptions, schemas and instructions, written by hand.

Every character here is read by an expensive model, in each session. So schemas say what a value is and no more; what
is wrong with a value the answer says. A test holds all of it to `MOST_CHARACTERS`.
"""

from __future__ import annotations

from typing import Any

MOST_CHARACTERS = 2_400
"""Most characters of all definitions and instructions together, as a client sends them on."""

CHAT, PATCH, QUEUE = "local_chat", "local_patch", "local_task_queue"

INSTRUCTIONS = (
    "Local models on this machine do small, mechanical work at no cloud cost: docstrings, types, one-function patches, "
    "the same edit in many files, summaries of long files. Pass paths, never contents. Keep what needs judgement, and "
    "edits shorter than the call. Look at a proposal's diff before you approve it, unless its verdict is proven. "
    "Skill nanites:delegate says how."
)

ACTIONS = ("submit", "list", "wait", "result", "diff", "approve", "reject", "cancel", "retry", "undo")
READING_ACTIONS = ("list", "wait", "result", "diff")

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_NUMBER = {"type": "integer"}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required}


DEFINITIONS: tuple[dict[str, Any], ...] = (
    {
        "name": CHAT,
        "description": "A local model answers about files, or (kind summary) tells what they do, with lines. "
        "Only reads.",
        "input_schema": _object(
            ["task"],
            task=_TEXT,
            read=_TEXTS | {"description": "PATH or PATH:FIRST-LAST"},
            rounds=_NUMBER,
            kind=_TEXT | {"description": "chat, summary, explain, …"},
        ),
        "annotations": {"title": "Ask a local model", "read_only_hint": True, "open_world_hint": False},
    },
    {
        "name": PATCH,
        "description": "A local model changes code. Returns id, state, verdict (proven, checked, unverified), files "
        "and checks; the change is held for review unless approve lets it through.",
        "input_schema": _object(
            ["targets"],
            task=_TEXT | {"description": "one change; name the function"},
            targets=_TEXTS | {"description": "files that may change, or globs"},
            read=_TEXTS,
            check=_TEXTS | {"description": "commands that nanites.toml allows"},
            kind=_TEXT | {"description": "patch, docstrings, types, lint, tests, rename, …"},
            approve=_TEXT | {"enum": ["ask", "proven", "checked", "all", "none"]},
        ),
        "annotations": {"title": "Let a local model change code", "destructive_hint": False, "open_world_hint": False},
    },
    {
        "name": QUEUE,
        "description": "Many tasks at once, and what became of them. submit returns ids at once; list, wait, result "
        "and diff only read. Long texts come by page: diff, and result with page.",
        "input_schema": _object(
            ["action"],
            action=_TEXT | {"enum": list(ACTIONS)},
            tasks={
                "type": "array",
                "items": {"type": "object"},
                "description": "for submit: fields as of local_patch; for_each: a glob, {file} in task",
            },
            ids=_TEXTS,
            hunks={"type": "array", "items": _NUMBER, "description": "approve these only"},
            reason=_TEXT,
            page=_NUMBER,
            seconds={"type": "number"},
        ),
        "annotations": {"title": "Queue of local tasks", "destructive_hint": False, "open_world_hint": False},
    },
)


def names() -> tuple[str, ...]:
    """Return the tools' names."""
    return tuple(str(definition["name"]) for definition in DEFINITIONS)
