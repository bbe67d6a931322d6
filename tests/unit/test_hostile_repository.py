"""Repositories that want to run something, move something or be somewhere else, each tried for real."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.place import Place, git
from tests.house.surroundings import changed, state_of, surround
from workbench.errors import NaniteError
from workbench.model import Approve, State
from workbench.repository import Repository
from workbench.spool.folder import Folder


def config(key: str, value: str) -> Callable[[Place, Path], None]:
    return lambda place, witness: subprocess.run(
        ["git", "config", key, value.format(witness=witness)], cwd=place.root, check=True
    ).check_returncode()


def hooks(place: Place, witness: Path) -> None:
    for name in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        hook = place.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {witness}\n")
        hook.chmod(0o755)


def filters(place: Place, witness: Path) -> None:
    for key in ("clean", "smudge", "process"):
        config(f"filter.evil.{key}", f"touch {witness}; cat")(place, witness)
    config("diff.evil.textconv", f"touch {witness}; cat")(place, witness)
    config("merge.evil.driver", f"touch {witness}")(place, witness)
    (place.root / ".gitattributes").write_text("* filter=evil diff=evil merge=evil ident\n")


def included(place: Place, witness: Path) -> None:
    (place.root / "innocent.txt").write_text(
        f"[core]\n\tfsmonitor = touch {witness}\n[alias]\n\tls-files = !touch {witness}\n"
    )
    config("include.path", str(place.root / "innocent.txt"))(place, witness)


def submodule(place: Place, witness: Path) -> None:
    (place.root / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% {witness}\n\tupdate = !touch {witness}\n'
    )
    config("submodule.recurse", "true")(place, witness)


def planted_folder(place: Place, witness: Path) -> None:
    # A `.nanites/` that came with the repository, with decisions for whatever may come.
    (place.folder.decisions / "00000000000000.json").write_text('{"decision": "approve"}')
    (place.folder.results / "00000000000000.json").write_text("{}")
    (place.folder.tasks / "00000000000000").mkdir()
    (place.folder.tasks / "00000000000000/task.json").write_text('{"undo": "../../../outside/secret.py"}')


def planted_undo(place: Place, witness: Path) -> None:
    undo = place.folder.tasks / "00000000000000/undo"
    undo.mkdir(parents=True)
    (undo / "journal.json").write_text(
        json.dumps(
            {"v": 1, "state": "applying", "files": [{"path": "../outside/secret.py", "before": "", "after": ""}]}
        )
    )


def programs_on_the_path(place: Place, witness: Path) -> None:
    for name in ("git", "python", "bwrap", "true", "sh"):
        (place.root / name).write_text(f"#!/bin/sh\ntouch {witness}\n")
        (place.root / name).chmod(0o755)


def python_files(place: Place, witness: Path) -> None:
    for name in ("sitecustomize.py", "usercustomize.py", "json.py", "workbench.py", "typing.py"):
        (place.root / name).write_text(f"open({str(witness)!r}, 'w')\n")


REPOSITORIES: dict[str, Callable[[Place, Path], None]] = {
    "hooks": hooks,
    "a monitor": config("core.fsmonitor", "touch {witness}"),
    "a place for hooks": config("core.hooksPath", "."),
    "a pager": config("core.pager", "touch {witness}"),
    "an editor": config("core.editor", "touch {witness}"),
    "a shell for hosts": config("core.sshCommand", "touch {witness}"),
    "a helper for passwords": config("credential.helper", "!touch {witness}"),
    "a program for signatures": config("gpg.program", "touch {witness}"),
    "an alias": config("alias.ls-files", "!touch {witness}"),
    "a program for differences": config("diff.external", "touch {witness}"),
    "a command for borrowed history": config("core.alternateRefsCommand", "touch {witness}"),
    "a settings file from elsewhere": included,
    "filters": filters,
    "a submodule": submodule,
    "a folder of the workbench": planted_folder,
    "an undo that was planted": planted_undo,
    "programs of known names": programs_on_the_path,
    "modules of known names": python_files,
}


@pytest.mark.parametrize("name", REPOSITORIES)
async def test_a_hostile_repository_runs_nothing_and_moves_nothing(tmp_path: Path, name: str) -> None:
    place = Place(tmp_path / "repository", settings='[checks]\nallow = ["true"]\n')
    surround(place)
    witness = tmp_path / "witness"
    REPOSITORIES[name](place, witness)
    before = state_of(place)
    task_id = place.drop(approve="all", check=("true",))
    async with asyncio.timeout(40):
        await place.drain(approve=Approve.ALL)
    # The work itself is done, its check included: what was planted is passed over, not stumbled upon.
    result = place.result(task_id)
    assert (result.state, [check.ok for check in result.checks if check.name == "true"]) == (State.APPLIED, [True])
    assert not witness.exists()
    # What git itself notes in passing (nothing, with optional locks off) is not to be seen either.
    assert changed(before, state_of(place)) <= {"text.py"}


@pytest.mark.parametrize(
    ("name", "command"), [("a monitor", "status"), ("filters", "add"), ("an editor", "commit"), ("hooks", "checkout")]
)
def test_a_careless_git_does_run_what_was_planted(tmp_path: Path, name: str, command: str) -> None:
    place, witness = Place(tmp_path / "repository"), tmp_path / "witness"
    REPOSITORIES[name](place, witness)
    words = {"add": ["-A"], "commit": ["--allow-empty"], "checkout": ["-q", "-b", "other"]}.get(command, [])
    subprocess.run(["git", command, *words], cwd=place.root, capture_output=True, check=False)
    assert witness.exists()


def test_a_working_tree_that_git_is_told_to_look_for_elsewhere_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    root = home / "cloned"
    root.mkdir(parents=True)
    git(root, "init", "-q")
    git(root, "config", "core.worktree", str(home))
    with pytest.raises(NaniteError) as caught:
        Repository.find(root)
    assert caught.value.code == "strange-repository"
    assert "core.worktree" in caught.value.hint


def test_a_git_file_that_leads_elsewhere_leaves_the_files_where_they_are(tmp_path: Path) -> None:
    other, root = tmp_path / "other", tmp_path / "cloned"
    for place in (other, root):
        place.mkdir()
    git(other, "init", "-q")
    (root / ".git").write_text(f"gitdir: {other}/.git\n")
    assert Repository.find(root).root == root


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    os.chown(place.folder.path, 12_345, 12_345)
    with pytest.raises(NaniteError) as caught:
        place.folder.ensure()
    assert caught.value.code == "folder-unusable"


@pytest.mark.parametrize("part", ["", "inbox", "decisions", "results", "tasks", "keys"])
def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path, part: str) -> None:
    place = Place(tmp_path / "repository")
    away = tmp_path / "away"
    (place.folder.path / part).rename(away)
    (place.folder.path / part).symlink_to(away)
    with pytest.raises(NaniteError) as caught:
        Folder(place.root).ensure()
    assert caught.value.code == "folder-unusable"


async def test_what_the_workbench_writes_is_private(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    before = os.umask(0)
    try:
        place.drop()
        await place.drain()
    finally:
        os.umask(before)
    for path in place.folder.path.rglob("*"):
        mode = path.lstat().st_mode & 0o777
        assert not mode & 0o077 or path.name == ".gitignore", f"{path} has mode {mode:o}"


def test_there_are_as_many_kinds_as_we_say() -> None:
    assert len(REPOSITORIES) >= 15
