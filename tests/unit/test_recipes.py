"""Recipes: they ship with the package, are short enough for a small model, and an unknown kind is named."""

from __future__ import annotations

from importlib import resources

import pytest

from workbench.engines.counting import bounds
from workbench.errors import TaskRefused
from workbench.recipes.load import load
from workbench.recipes.names import kinds


def test_the_first_kinds_are_known() -> None:
    assert set(kinds()) >= {"bughunt", "chat", "docstrings", "patch", "review", "summary", "types"}


@pytest.mark.parametrize("kind", kinds())
def test_a_recipe_is_named_after_its_file_and_kind(kind: str) -> None:
    assert (resources.files("workbench.recipes") / f"{kind}.toml").is_file()
    assert load(kind).kind == kind


@pytest.mark.parametrize("kind", kinds())
def test_what_a_nanite_is_told_first_is_short(kind: str) -> None:
    recipe = load(kind)
    for text in (recipe.instruction, *recipe.texts.values()):
        # A token of plain English is four characters and more; CONTRACT allows 120 of them.
        assert len(text.strip()) <= 120 * 4
        assert bounds([text]).low <= 100


@pytest.mark.parametrize(
    ("kind", "edits", "task", "targets", "proof"),
    [
        ("patch", True, True, True, None),
        ("docstrings", True, False, True, "docstrings"),
        ("types", True, False, True, "annotations"),
        ("summary", False, False, False, None),
        ("chat", False, True, False, None),
    ],
)
def test_a_kind_says_what_it_needs(kind: str, edits: bool, task: bool, targets: bool, proof: str | None) -> None:
    recipe = load(kind)
    assert (recipe.edits, recipe.needs_task, recipe.needs_targets, recipe.proof) == (edits, task, targets, proof)


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TaskRefused) as caught:
        load("dance")
    assert caught.value.code == "unknown-kind"
    assert caught.value.field == "kind"
    assert "'dance'" in caught.value.message
    assert all(kind in caught.value.hint for kind in kinds())
