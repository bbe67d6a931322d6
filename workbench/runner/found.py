"""What a kind needs to know of the repository beside its targets, read once when a task starts."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence

from workbench.checks.linters import commands_for
from workbench.context.changes import change, files_with_word, since_release, subjects
from workbench.crew.renaming.words import renaming
from workbench.crew.telling.changelog_form import changelog_path
from workbench.crew.testing.layout_of_tests import TestPlace, command_for, is_test, module_of, test_path
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import NaniteError, TaskRefused
from workbench.model import TaskSpec
from workbench.recipes.load import Work
from workbench.repository import Repository

MOST_ELSEWHERE = 60
"""Files outside the targets that are looked through for a name; in more of them it is only known to stand."""


def found(repository: Repository, work: Work, spec: TaskSpec, allowed: Sequence[str]) -> dict[str, str]:
    """Return what a task of this kind of work needs to know, by name; nothing for most.

    Raises:
        TaskRefused, CheckFailed: it can be known to be impossible.
    """
    match work:
        case "lint":
            paths = repository.expand(spec.targets)
            return {"linter": json.dumps(commands_for(repository.root, paths, spec.check, allowed))}
        case "tests":
            return _test_places(repository, spec, allowed)
        case "rename":
            return _elsewhere(repository, spec)
        case "commit-message":
            return _change(repository, spec)
        case "changelog":
            return _release(repository, spec)
        case _:
            return {}


def _test_places(repository: Repository, spec: TaskSpec, allowed: Sequence[str]) -> dict[str, str]:
    files = frozenset(repository.files())
    known = {}
    for path in repository.expand(spec.targets):
        if not path.endswith(PYTHON_SUFFIXES) or is_test(path):
            continue
        goal = test_path(path, files)
        if repository.ignored([goal]):
            raise TaskRefused(
                f"the tests of {path!r} would go to {goal!r}, which git ignores",
                code="ignored",
                field="targets",
                hint="ignored files are never changed",
            )
        repository.locate(goal, field="targets")
        text = repository.read(goal, field="targets").content.decode("utf-8") if goal in files else None
        place = TestPlace(
            path=goal,
            text=text,
            module=module_of(path, files),
            command=command_for(goal, files, spec.check, allowed),
        )
        known[path] = place.model_dump_json()
    return known


def _elsewhere(repository: Repository, spec: TaskSpec) -> dict[str, str]:
    asked = renaming(spec.task)
    if asked is None:
        return {}
    inside = set(repository.expand(spec.targets))
    # The name alone: `Class.method` stands elsewhere as `.method`.
    name = asked.old.rpartition(".")[2]
    others = [path for path in files_with_word(repository, name) if path not in inside]
    texts: dict[str, str | None] = dict.fromkeys(others)
    for path in [path for path in others if path.endswith(PYTHON_SUFFIXES)][:MOST_ELSEWHERE]:
        with contextlib.suppress(NaniteError):
            texts[path] = repository.read(path).content.decode("utf-8")
    return {
        "elsewhere": json.dumps(texts),
        "files": json.dumps([path for path in repository.files() if path.endswith(PYTHON_SUFFIXES)]),
    }


def _change(repository: Repository, spec: TaskSpec) -> dict[str, str]:
    changed = change(repository, repository.expand(spec.targets) if spec.targets else ())
    return {
        "diff": changed.diff,
        "files": "\n".join(changed.files),
        "staged": "yes" if changed.staged else "",
        "subjects": "\n".join(subjects(repository)),
    }


def _release(repository: Repository, spec: TaskSpec) -> dict[str, str]:
    path = spec.targets[0] if len(spec.targets) == 1 else changelog_path(repository.files())
    if repository.ignored([path]):
        raise TaskRefused(f"{path!r} is ignored by git", code="ignored", hint="ignored files are never changed")
    known = {"path": path}
    if repository.locate(path).exists():
        known["text"] = repository.read(path).content.decode("utf-8")
    tag, commits = since_release(repository)
    known |= {"tag": tag, "commits": "\n".join(commits)}
    try:
        changed = change(repository)
    except NaniteError:
        return known
    return known | {"diff": changed.diff, "files": "\n".join(changed.files)}
