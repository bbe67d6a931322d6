"""The main job with a real model on a real third-party package, through the runner, as a user would do it.

The same set runs through the embedded engine and through a real Ollama: docstrings, types, a patch with its check, a
summary, each dropped as a file, decided by a file, and undone by a file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import RealOllama
from tests.house.place import git
from workbench.model import State, Verdict
from workbench.spool.folder import Folder

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

PACKAGE = "toolz==1.0.0"
UTILS, ITERTOOLZ = "toolz/utils.py", "toolz/itertoolz.py"
CHECK = "python3 tests_of_tail.py"
TAIL_TEST = """from toolz import tail
assert list(tail(0, [1, 2])) == [], "tail(0, seq) must be empty"
assert list(tail(2, [1, 2, 3])) == [2, 3]
assert list(tail(2, iter([1, 2, 3]))) == [2, 3]
"""


@pytest.fixture(scope="session")
def toolz_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the source archive of the package, fetched from the registry."""
    folder = tmp_path_factory.mktemp("archive")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder)]
    subprocess.run([*command, PACKAGE], check=True, timeout=300)
    return next(folder.glob("toolz-*.tar.gz"))


class RealRepository:
    """The package as a user's git repository, and `nanites` as its command line."""

    def __init__(self, root: Path, engine: str) -> None:
        self.root = root
        (root / "tests_of_tail.py").write_text(TAIL_TEST, encoding="utf-8")
        (root / "nanites.toml").write_text(f"[engine]\n{engine}\n[checks]\nallow = [{json.dumps(CHECK)}]\n")
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "toolz")
        self.folder = Folder(root.resolve()).ensure()

    def nanites(self, *arguments: str, code: int = 0) -> Any:
        """Run a command with --json and return what it printed."""
        command = [sys.executable, "-m", "workbench.cli", "--repo", str(self.root), "--json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def drop(self, name: str, **fields: Any) -> None:
        """Drop a task file by hand."""
        (self.folder.inbox / name).write_text(json.dumps(fields), encoding="utf-8")

    def text(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text(encoding="utf-8")


@pytest.fixture(params=["embedded", "ollama"])
def toolz(request: pytest.FixtureRequest, tmp_path: Path, toolz_archive: Path) -> Iterator[RealRepository]:
    """Return the package's repository with one of the two engines behind it."""
    with tarfile.open(toolz_archive) as archive:
        archive.extractall(tmp_path, filter="data")
    root = next(path for path in tmp_path.iterdir() if path.is_dir())
    if request.param == "embedded":
        request.getfixturevalue("embedded_home")
        yield RealRepository(root, 'order = ["embedded"]')
    else:
        ollama: RealOllama = request.getfixturevalue("real_ollama")
        yield RealRepository(root, f'order = ["ollama"]\nollama_url = "{ollama.url}"')


def test_a_real_model_does_the_main_job_on_a_real_package(toolz: RealRepository) -> None:
    before = {path: toolz.text(path) for path in (UTILS, ITERTOOLZ)}
    toolz.drop("docs.json", kind="docstrings", targets=[UTILS], key="docs")
    toolz.drop("types.json", kind="types", task="Annotate `raises`.", targets=[UTILS], key="types", after=["docs"])
    tail = "`tail(0, seq)` returns the whole sequence. It must return an empty sequence when n is 0."
    toolz.drop("tail.json", kind="patch", task=tail, targets=[ITERTOOLZ], check=[CHECK], key="tail")
    toolz.drop("sum.json", kind="summary", task="What does this module offer?", read=[f"{ITERTOOLZ}:1-60"], key="sum")
    toolz.nanites("run", "--drain")

    tasks = {entry["key"]: entry["id"] for entry in by_key(toolz)}
    docs = toolz.nanites("show", tasks["docs"])
    assert docs["state"] == State.REVIEW
    assert docs["verdict"] == Verdict.PROVEN
    assert toolz.text(UTILS) == before[UTILS]
    summary = toolz.nanites("show", tasks["sum"])
    assert summary["state"] == State.DONE
    assert f"{ITERTOOLZ}:" in summary["summary"]
    patch = toolz.nanites("show", tasks["tail"])
    assert patch["state"] == State.REVIEW
    assert patch["verdict"] == Verdict.CHECKED
    assert len(json.dumps(patch)) <= 1_300

    toolz.nanites("approve", tasks["docs"])
    toolz.nanites("approve", tasks["tail"])
    assert '"""' in toolz.text(UTILS).split("def raises", 1)[1][:200]
    assert subprocess.run([sys.executable, "-B", "tests_of_tail.py"], cwd=toolz.root, check=False).returncode == 0

    toolz.nanites("run", "--drain")
    types = toolz.nanites("show", tasks["types"])
    assert types["state"] == State.REVIEW
    assert types["verdict"] == Verdict.PROVEN
    toolz.nanites("approve", tasks["types"])
    assert "->" in toolz.text(UTILS)
    for key in ("types", "tail", "docs"):
        assert toolz.nanites("undo", tasks[key])["state"] == State.UNDONE
    assert {path: toolz.text(path) for path in before} == before
    assert not git(toolz.root, "status", "--porcelain")


def by_key(toolz: RealRepository) -> list[dict[str, Any]]:
    """Return key and ID of every task, from their records."""
    found = []
    for task_id in toolz.folder.task_ids():
        record = json.loads((toolz.folder.task(task_id) / "task.json").read_bytes())
        found.append({"id": task_id, "key": record["task"]["spec"]["key"]})
    return found
