"""Which recipes there are, by the names of their files: no recipe is read, so that dropping a task stays quick."""

from __future__ import annotations

from functools import cache
from importlib import resources

from workbench.errors import TaskRefused


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all recipes, sorted."""
    files = (entry.name for entry in resources.files("workbench.recipes").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def check_kind(kind: str) -> None:
    """Make sure that a task kind has a recipe.

    Raises:
        TaskRefused: it has none (code `unknown-kind`).
    """
    if kind not in kinds():
        known = f"known kinds: {', '.join(kinds())}"
        raise TaskRefused(f"there is no task kind {kind!r}", code="unknown-kind", field="kind", hint=known)
