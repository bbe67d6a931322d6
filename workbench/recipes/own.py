"""A repository's own recipes: words and budgets around a kind that ships.

They are data from a stranger, as all of a cloned repository is. So a recipe can say what a nanite is told and how much
it may answer; what a kind does, which files it may change, what runs and what is proven stay those of the kind it is
made from.
"""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from workbench.errors import TaskRefused
from workbench.model import KindName, Value
from workbench.recipes.load import MOST_TEXT, Example, Recipe, shipped
from workbench.recipes.names import FOLDER, kinds

MOST_BYTES = 64_000
"""Bytes of a recipe's file, its examples included."""

MOST_TASK = 1_000
"""Bytes of the words that stand before each task's own."""


def _readable(text: str) -> str:
    if any((ord(character) < 32 and character not in "\n\t") or ord(character) == 127 for character in text):
        raise ValueError("holds a control character")
    return text


def _short(text: str) -> str:
    size = len(_readable(text).strip().encode("utf-8", "replace"))
    if not text.strip():
        raise ValueError("says nothing")
    if size > MOST_TEXT:
        raise ValueError(f"has {size} bytes, more than the {MOST_TEXT} (some 120 tokens) that a nanite may be told")
    return text


Words = Annotated[str, AfterValidator(_short)]
Task = Annotated[str, StringConstraints(max_length=MOST_TASK), AfterValidator(_readable)]


class Own(Value):
    """What a repository's recipe may say. `base` is a kind that ships; absent where the file replaces that one."""

    base: KindName | None = None
    voice: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9 -]{0,19}$")] | None = None
    tier: Literal["nanite", "mid"] | None = None
    task: Task | None = None
    instruction: Words | None = None
    max_tokens: int | None = Field(None, ge=16, le=4_096)
    temperature: float | None = Field(None, ge=0, le=1.5)
    texts: dict[str, Words] = Field(default_factory=dict)
    example: tuple[Example, ...] = Field((), max_length=50)


def path_of(kind: str) -> str:
    """Return where the recipe of a kind lies in a repository."""
    return f"{FOLDER}/{kind}.toml"


def read_own(root: Path, kind: str) -> Recipe:
    """Return a repository's own recipe.

    Raises:
        TaskRefused: the file is no recipe (code `recipe-invalid`); the message names the key.
    """
    text = text_of_own(root, kind)
    try:
        own = Own.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _invalid(kind, str(error) or "nested too deeply", "correct the TOML at that line") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        allowed = ", ".join(Own.model_fields)
        raise _invalid(
            kind, f"{key}: {first['msg'].removeprefix('Value error, ')}", f"a recipe may say: {allowed}"
        ) from error
    return _made(kind, own)


def _made(kind: str, own: Own) -> Recipe:
    ships = kinds()
    base = own.base or kind
    if kind in ships and base != kind:
        raise _invalid(kind, f"base: {kind} is a kind that ships and stays what it is", "leave base out")
    if base not in ships:
        what = f"base: there is no kind {base!r} that ships" if own.base else "base: says nothing of what kind of work"
        raise _invalid(kind, what, f"base is one of {', '.join(ships)}")
    known = shipped(base)
    if strangers := sorted(set(own.texts) - set(known.texts)):
        names = ", ".join(sorted(known.texts)) or "none"
        raise _invalid(kind, f"texts.{strangers[0]}: {base} has no text of that name", f"its texts: {names}")
    given: dict[str, Any] = {
        name: value
        for name in ("voice", "tier", "task", "instruction", "max_tokens", "temperature", "example")
        if (value := getattr(own, name)) is not None
    }
    return known.model_copy(
        update={
            **given,
            "kind": kind,
            "texts": known.texts | own.texts,
            "needs_task": known.needs_task and not (own.task or "").strip(),
            "origin": path_of(kind),
        }
    )


def text_of_own(root: Path, kind: str) -> str:
    """Return the text of a repository's own recipe.

    Raises:
        TaskRefused: it cannot be read, is too large, or no UTF-8 (code `recipe-invalid`).
    """
    try:
        descriptor = os.open(root / path_of(kind), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise _invalid(kind, "is no plain file", "only plain files are read")
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _invalid(kind, f"cannot be read: {error.strerror}", "check the file and its permissions") from error
    if len(content) > MOST_BYTES:
        raise _invalid(kind, f"has more than {MOST_BYTES:,} bytes", "keep recipes small")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _invalid(kind, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error


def _invalid(kind: str, what: str, hint: str) -> TaskRefused:
    return TaskRefused(f"{path_of(kind)}: {what}", code="recipe-invalid", field="kind", hint=hint)
