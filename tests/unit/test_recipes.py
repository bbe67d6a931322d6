"""Recipes: they ship with the package, are short enough for a small model, and an unknown kind is named."""

from __future__ import annotations

from importlib import resources

import pytest

from workbench.commands.recipes import most_tokens
from workbench.crew.examples import try_example
from workbench.engines.counting import bounds
from workbench.errors import TaskRefused
from workbench.recipes.load import load
from workbench.recipes.names import kinds


def test_the_kinds_of_the_contract_are_known() -> None:
    written = "patch docstrings types lint tests rename comments summary explain commit-message changelog chat "
    written += "review bughunt"
    assert set(written.split()) <= set(kinds())


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
        # This bound is what usual tokenizers stay under (see `workbench.engines.counting`).
        assert most_tokens(text) <= 120


@pytest.mark.parametrize(
    ("kind", "edits", "task", "targets", "proof"),
    [
        ("patch", True, True, True, None),
        ("docstrings", True, False, True, "docstrings"),
        ("types", True, False, True, "annotations"),
        ("summary", False, False, False, None),
        ("chat", False, True, False, None),
        ("lint", True, False, True, None),
        ("tests", True, False, True, None),
        ("rename", True, True, True, None),
        ("comments", True, False, True, None),
        ("explain", False, False, False, None),
        ("commit-message", False, False, False, None),
        ("changelog", True, False, False, None),
    ],
)
def test_a_kind_says_what_it_needs(kind: str, edits: bool, task: bool, targets: bool, proof: str | None) -> None:
    recipe = load(kind)
    assert (recipe.edits, recipe.needs_task, recipe.needs_targets, recipe.proof) == (edits, task, targets, proof)


@pytest.mark.parametrize("kind", kinds())
async def test_the_examples_of_a_recipe_come_out_as_they_say(kind: str) -> None:
    for example in load(kind).example:
        tried = await try_example(load(kind), example)
        assert not tried.faults


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TaskRefused) as caught:
        load("dance")
    assert caught.value.code == "unknown-kind"
    assert caught.value.field == "kind"
    assert "'dance'" in caught.value.message
    assert all(kind in caught.value.hint for kind in kinds())
