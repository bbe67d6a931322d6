"""Reads the recipes: what each task kind tells a nanite and how its answer is used, as data that anyone can read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from workbench.model import KindName, Value, Verdict
from workbench.recipes.names import check_kind, own_kinds

Work = Literal[
    "patch",
    "docstrings",
    "types",
    "summary",
    "chat",
    "lint",
    "tests",
    "rename",
    "comments",
    "explain",
    "commit-message",
    "changelog",
    "review",
    "bughunt",
]

MOST_TEXT = 480
"""Bytes of anything that a nanite is told first: some 120 tokens of plain words."""


class Said(Value):
    """What a command of an example is made to say; nothing runs."""

    ok: bool = True
    output: str = Field("", max_length=100_000)


class Expected(Value):
    """What an example must come to.

    Attributes:
        verdict: of the proposal.
        refused: the code of the error with which the task must fail; nothing else is then looked at.
        files: whole files as they must be afterwards.
        has, lacks: texts that must, or must not, be in the changed files and the words of the answer.
    """

    verdict: Verdict | None = None
    refused: str | None = None
    files: dict[str, str] = Field(default_factory=dict)
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Example(Value):
    """A task that shows what a recipe is for, with an answer, so that it can be tried without a model.

    Attributes:
        files: the files of a small repository, by path; all are targets unless `targets` says which.
        found: what the kind would find in the repository beside its targets (see `workbench.model.Brief`).
        answers: what the model says, in turn.
        commands: what the commands that the kind wants to run say, in turn.
    """

    name: str = Field(max_length=120)
    task: str = Field("", max_length=2_000)
    files: dict[str, str] = Field(default_factory=dict, max_length=20)
    targets: tuple[str, ...] | None = None
    check: tuple[str, ...] = ()
    found: dict[str, str] = Field(default_factory=dict)
    answers: tuple[str, ...] = Field((), max_length=20)
    commands: tuple[Said, ...] = Field((), max_length=40)
    expect: Expected = Expected()


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
        task: what is asked for in every task of this kind, before the words of the task itself.
        instruction: what the nanite is told first; the same for every task, so that the prompt cache holds.
        max_tokens: most tokens of one answer.
        temperature: of the first try; a repair is a little bolder.
        repairs: how often a refused answer may be mended, where settings and task do not say.
        proof: apart from what the syntax trees must be equal; None where behaviour may change.
        texts: other things the nanite is told, by name.
        voices: who speaks, in turn, where there are several; settings may name others.
        rounds: how often they take their turns, where settings and task do not say.
        origin: the file of the repository it comes from; empty for those that ship.
        example: tasks of its kind that can be tried without a model.
    """

    kind: KindName
    work: Work
    voice: str
    edits: bool
    needs_task: bool
    needs_targets: bool
    tier: Literal["nanite", "mid"] = "nanite"
    task: str = ""
    instruction: str
    max_tokens: int = 1_024
    temperature: float = 0.0
    repairs: int = 1
    proof: Literal["docstrings", "annotations"] | None = None
    texts: dict[str, str] = Field(default_factory=dict)
    voices: tuple[Role, ...] = ()
    rounds: int = 1
    origin: str = ""
    example: tuple[Example, ...] = ()

    def asked(self, words: str) -> str:
        """Return all that a task asks for: what is asked in every task of this kind, then the words of its own."""
        return f"{self.task.strip()} {words.strip()}".strip() if self.task.strip() else words


def load(kind: str, root: Path | None = None) -> Recipe:
    """Return the recipe of a task kind.

    Args:
        kind: its name.
        root: the repository, whose own recipes add to those that ship and take their place.

    Raises:
        TaskRefused: there is no such kind (code `unknown-kind`), or the repository's recipe of it is none (code
            `recipe-invalid`).
    """
    check_kind(kind, root)
    if root is not None and kind in own_kinds(root):
        from workbench.recipes.own import read_own

        return read_own(root, kind)
    return shipped(kind)


@cache
def shipped(kind: str) -> Recipe:
    """Return a recipe that ships with the package, whatever a repository makes of it."""
    return Recipe.model_validate(tomllib.loads(shipped_text(kind)))


def shipped_text(kind: str) -> str:
    """Return the file of a recipe that ships."""
    return resources.files("workbench.recipes").joinpath(f"{kind}.toml").read_text(encoding="utf-8")


def about(text: str) -> str:
    """Return what a recipe's file says of itself in its first line: a comment."""
    first = text.lstrip().partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""
