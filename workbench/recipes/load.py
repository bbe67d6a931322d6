"""Reads the recipes: what each task kind tells a nanite and how its answer is used, as data that anyone can read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from workbench.errors import TaskRefused
from workbench.model import KindName, Value

Work = Literal["patch", "docstrings", "types", "summary", "chat"]


class Recipe(Value):
    """A task kind.

    Attributes:
        kind: its name.
        work: which function of the crew does it.
        edits: whether it changes files.
        needs_task, needs_targets: whether a task must say what to do, and where.
        tier: the model's tier where the task names none.
        instruction: what the nanite is told first; the same for every task, so that the prompt cache holds.
        max_tokens: most tokens of one answer.
        temperature: of the first try; a repair is a little bolder.
        repairs: how often a refused answer may be mended, where settings and task do not say.
        proof: apart from what the syntax trees must be equal; None where behaviour may change.
        texts: other things the nanite is told, by name.
    """

    kind: KindName
    work: Work
    edits: bool
    needs_task: bool
    needs_targets: bool
    tier: Literal["nanite", "mid"] = "nanite"
    instruction: str
    max_tokens: int = 1_024
    temperature: float = 0.0
    repairs: int = 1
    proof: Literal["docstrings", "annotations"] | None = None
    texts: dict[str, str] = Field(default_factory=dict)


@cache
def _known() -> dict[str, Recipe]:
    found = {}
    for entry in resources.files("workbench.recipes").iterdir():
        if entry.name.endswith(".toml"):
            recipe = Recipe.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
            found[recipe.kind] = recipe
    return dict(sorted(found.items()))


def kinds() -> tuple[str, ...]:
    """Return the names of all recipes, sorted."""
    return tuple(_known())


def load(kind: str, root: Path | None = None) -> Recipe:
    """Return the recipe of a task kind.

    Args:
        kind: its name.
        root: the repository, which may one day bring recipes of its own; not looked at yet.

    Raises:
        TaskRefused: there is no such kind (code `unknown-kind`).
    """
    try:
        return _known()[kind]
    except KeyError:
        raise TaskRefused(
            f"there is no task kind {kind!r}",
            code="unknown-kind",
            field="kind",
            hint=f"known kinds: {', '.join(kinds())}",
        ) from None
