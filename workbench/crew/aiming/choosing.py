"""Has a model choose by name which symbols a task is about, where its words do not say."""

from __future__ import annotations

import json

from workbench.context.budget import Part
from workbench.crew.aiming.outlines import Aim, Outline, owners
from workbench.crew.conversation import Conversation
from workbench.edits.symbols import Symbol
from workbench.errors import AnswerRejected

MOST_NAMES = 60
"""Most names a model is given to choose from at once."""

MOST_CHOSEN = 3
"""Most symbols that a model may choose, and that plain words may name."""


async def ask_among(
    talk: Conversation, outlines: list[Outline], candidates: dict[str, tuple[str, ...]] | None = None
) -> tuple[Aim, ...]:
    """Have the model choose among names under a schema, most likely ones first where there are too many."""
    task = talk.brief.task.spec.task
    choices = _choices(outlines, task, candidates)
    schema = {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": {"enum": list(choices)}, "minItems": 1, "maxItems": MOST_CHOSEN}
        },
        "required": ["names"],
        "additionalProperties": False,
    }
    listed = "\n".join(f"{name}  {symbol.signature}" for name, (_, symbol) in choices.items())
    parts = [
        Part(name="names", text=f"Names:\n{listed}"),
        Part(name="task", text=f'Task: {task.strip()}\n\nAnswer as JSON: {{"names": [...]}}'),
    ]
    _, answer = await talk.ask(talk.open("choose"), parts, max_tokens=120, schema=schema)
    chosen = [name for name in _names_in(answer) if name in choices][:MOST_CHOSEN]
    if not chosen:
        talk.refuse("the answer names no symbol of the file")
        raise AnswerRejected(
            "the model could not say which function or class the task is about",
            code="no-symbol",
            hint="name the function, method or class in the task",
        )
    talk.note(f"chosen by the model: {', '.join(chosen)}")
    by_file: dict[str, list[str]] = {}
    for name in dict.fromkeys(chosen):
        outline, symbol = choices[name]
        by_file.setdefault(outline.source.path, []).append(symbol.name)
    return tuple(
        Aim(outline.source, tuple(by_file[outline.source.path]))
        for outline in outlines
        if outline.source.path in by_file
    )


def _choices(
    outlines: list[Outline], task: str, candidates: dict[str, tuple[str, ...]] | None
) -> dict[str, tuple[Outline, Symbol]]:
    words = {word.lower() for word in task.replace("_", " ").split() if len(word) > 3}
    several = len(outlines) > 1
    found = []
    for outline in outlines:
        holding = {owner for name in outline.names for owner in owners(name)}
        for symbol in outline.symbols:
            if symbol.kind == "class" and symbol.name in holding:
                continue
            if candidates is not None and symbol.name not in candidates[outline.source.path]:
                continue
            name = f"{outline.source.path}::{symbol.name}" if several else symbol.name
            score = sum(word in symbol.name.lower() or symbol.name.lower() in word for word in words)
            found.append((score, name, outline, symbol))
    # The sort is stable: among equals, the order of the file holds.
    best = sorted(found, key=lambda row: -row[0])[:MOST_NAMES]
    kept = {name for _, name, _, _ in best}
    return {name: (outline, symbol) for _, name, outline, symbol in found if name in kept}


def _names_in(answer: str) -> list[str]:
    try:
        value = json.loads(answer)
    except ValueError:
        return []
    names = value.get("names") if isinstance(value, dict) else None
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
