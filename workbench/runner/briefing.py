"""What a crew is told of a task: read from the tree once, when the task starts, and kept for its whole life."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.context.reads import read_excerpts
from workbench.context.tests_near import file_tests, named_tests, near_tests, read_tests
from workbench.errors import NaniteError
from workbench.model import Brief, Excerpt, Source, Task, TaskSpec, TestFile
from workbench.recipes.load import Recipe
from workbench.recipes.load import load as load_recipe
from workbench.repository import Repository
from workbench.runner.found import found
from workbench.runner.intake import check_tree
from workbench.runner.voices import main_model, voices_of, what_changed
from workbench.settings import Settings
from workbench.spool.folder import Folder


def brief(repository: Repository, settings: Settings, task: Task, reason: str | None = None) -> Brief:
    """Return the brief of a task.

    Args:
        repository: where it works.
        settings: the repository's.
        task: what was asked.
        reason: why an earlier try was rejected, if one was.

    Raises:
        TaskRefused: its targets or reads are not to be had. NaniteError: git failed.
    """
    spec = task.spec
    recipe = load_recipe(spec.kind, repository.root)
    if spec.after:
        check_tree(repository, spec)
    # git was asked about the targets just now or when the task was taken, and is asked again before they change.
    paths = repository.expand(spec.targets, ignored=lambda paths: frozenset())
    targets = tuple(repository.read(path, field="targets") for path in paths)
    asked = recipe.asked(spec.task)
    if reason:
        task = _with_words(task, f"{spec.task}\nAn earlier try was rejected: {reason}".strip())
    ordered = _with_words(task, recipe.asked(task.spec.task)).spec  # the words that the crew reads its orders from
    tests, tests_near = _tests(repository, settings, spec, recipe, targets)
    model, *larger = models_of(spec, recipe, settings)
    return Brief(
        task=task,
        targets=targets,
        reads=read_excerpts(
            repository,
            spec.read,
            # Whoever makes claims about lines needs real ones.
            maps=recipe.work in {"chat", "patch"},
            task=asked,
            cache=Folder(repository.root).path / "repo-map",
        )
        or what_changed(repository, spec, recipe.work),
        model=model,
        ladder=tuple(larger),
        context=settings.engine.context,
        repairs=spec.rounds if spec.rounds is not None and recipe.edits else settings.runner.repairs,
        docstring_style=settings.style.docstrings,
        solving=settings.solve,
        tests=tests,
        tests_near=tests_near,
        voices=voices_of(spec, recipe, settings),
        rounds=spec.rounds or settings.chat.rounds or recipe.rounds,
        found=found(repository, recipe.work, ordered, settings.checks.allow),
        recipe=recipe.model_dump_json() if recipe.origin else "",
    )


def _tests(
    repository: Repository, settings: Settings, spec: TaskSpec, recipe: Recipe, targets: Sequence[Source]
) -> tuple[tuple[Excerpt, ...], tuple[TestFile, ...]]:
    """Return the tests that show how what is changed is called, and those that could be run where no check is named."""
    if not settings.solve.tests:
        return (), ()
    if recipe.work == "lint":
        near = file_tests(repository, targets, settings.checks.allow)
        return read_tests(repository, [test.path for test in near]), near
    if recipe.work != "patch":
        return (), ()
    asked = recipe.asked(spec.task)
    near = () if spec.check else near_tests(repository, asked, targets, settings.checks.allow)
    return named_tests(repository, spec.check), near


def _with_words(task: Task, words: str) -> Task:
    return task.model_copy(update={"spec": task.spec.model_copy(update={"task": words})})


def models_of(spec: TaskSpec, recipe: Recipe, settings: Settings) -> tuple[str, ...]:
    """Return the models a task may ask, in order.

    A task that names a model is for that one alone; one of the tier `nanite` may climb where nanites.toml sets `mid`.
    """
    own = main_model(spec, recipe, settings)
    is_small = not spec.model and (spec.tier or recipe.tier) == "nanite"
    climbs = is_small and settings.solve.climb and "mid" in settings.models.model_fields_set
    return (own, settings.models.mid) if climbs and settings.models.mid != own else (own,)


def likeness(spec: TaskSpec, settings: Settings, root: Path) -> tuple[str, ...]:
    """Return what tasks have in common whose prompts begin alike: model, kind and file."""
    try:
        recipe = load_recipe(spec.kind, root)
    except NaniteError:
        # It fails when its turn comes.
        return ()
    return (models_of(spec, recipe, settings)[0], spec.kind, *spec.targets[:1])
