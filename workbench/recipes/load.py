"""Reads the recipes: what each task kind tells a nanite and how its answer is used, as data that anyone can read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from workbench.model import KindName, Value
from workbench.recipes.names import check_kind

Work = Literal["patch", "docstrings", "types", "summary", "chat", "review", "bughunt"]


class Role(Value):
    """Somebody who speaks in a kind with several voices: the name of its pane, its tier, and what it is told."""

    name: str = Field(min_length=1, max_length=40)
    tier: Literal["nanite", "mid"] = "nanite"
    words: str = Field("", max_length=480)


class Recipe(Value):
    """A task kind.

    Attributes:
        kind: its name.
        work: which function of the crew does it.
        voice: in whose name the model speaks: the name of its pane.
        edits: whether it changes files.
        needs_task, needs_targets: whether a task must say what to do, and where.
        tier: the model's tier where the task names none.
        instruction: what the nanite is told first; the same for every task, so that the prompt cache holds.
        max_tokens: most tokens of one answer.
        temperature: of the first try; a repair is a little bolder.
        repairs: how often a refused answer may be mended, where settings and task do not say.
        proof: apart from what the syntax trees must be equal; None where behaviour may change.
        texts: other things the nanite is told, by name.
        voices: who speaks, in turn, where there are several; settings may name others.
        rounds: how often they take their turns, where settings and task do not say.
    """

    kind: KindName
    work: Work
    voice: str
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
    voices: tuple[Role, ...] = ()
    rounds: int = 1


def load(kind: str, root: Path | None = None) -> Recipe:
    """Return the recipe of a task kind.

    Args:
        kind: its name.
        root: the repository, which may one day bring recipes of its own; not looked at yet.

    Raises:
        TaskRefused: there is no such kind (code `unknown-kind`).
    """
    check_kind(kind)
    return _read(kind)


@cache
def _read(kind: str) -> Recipe:
    text = resources.files("workbench.recipes").joinpath(f"{kind}.toml").read_text(encoding="utf-8")
    return Recipe.model_validate(tomllib.loads(text))
