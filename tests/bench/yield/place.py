"""The scratch repository that a task is done in, and the programs that are run in copies of it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.place import git
from workbench.checks.command import run_commands
from workbench.model import Check, FileEdit
from workbench.repository import Repository, glob_match
from workbench.settings import CheckSettings

from .cases import Case, Swap, swapped
from .fetch import fetch, go_cache

RAISES = """def raises(error, call, *words):
    try:
        call()
    except error as caught:
        assert all(word in str(caught) for word in words), f"the message is {str(caught)!r}"
    else:
        raise AssertionError(f"{error.__name__} expected")
"""

ASSERT = "const assert = require('assert');\nconst same = assert.deepStrictEqual;\n"

GO_FILE = """package {package}

import (
{imports}
)

func same(t *testing.T, got, want interface{{}}) {{
	t.Helper()
	if !reflect.DeepEqual(got, want) {{
		t.Errorf("got %#v, want %#v", got, want)
	}}
}}

func TestChange(t *testing.T) {{
{body}
}}
"""

GO_COMMAND = """# The build cache comes warm: a check's own home is empty.
export GOCACHE="$TMPDIR/go-build" GOFLAGS=-mod=mod GOTOOLCHAIN=local
cp -r node_modules/. "$GOCACHE" && go test -vet=off -count=1 -run '^TestChange$' ./{folder}
"""


@dataclass(frozen=True)
class Program:
    """A program of a case: files to put into a tree, and the command that runs it there."""

    files: Mapping[str, str]
    command: str


def program(case: Case, *, oracle: bool) -> Program | None:
    """Return a case's check or its oracle (the check and more), or None where it has none."""
    text = "\n".join(part.strip("\n") for part in (case.check, case.oracle if oracle else "") if part.strip())
    if not text:
        return None
    name = "oracle" if oracle else "change"
    prelude = case.package.prelude.strip("\n")
    match case.language:
        case "python":
            return Program({f"check_{name}.py": f"{prelude}\n\n\n{RAISES}\n\n{text}\n"}, f"python check_{name}.py")
        case "javascript":
            return Program({f"check_{name}.cjs": f"{ASSERT}{prelude}\n\n{text}\n"}, f"node check_{name}.cjs")
        case "go":
            return _go_program(case, text, name)


def _go_program(case: Case, text: str, name: str) -> Program:
    folder = Path(case.target[0]).parent.as_posix()
    imports = "\n".join(f'\t"{one}"' for one in sorted({"reflect", "testing", *case.imports}))
    package = case.package.prelude.strip()
    body = textwrap.indent(text, "\t")
    test = f"{folder}/{name}_test.go".removeprefix("./")
    files = {test: GO_FILE.format(package=package, imports=imports, body=body)}
    script = f"check_{name}.sh"
    return Program(files | {script: GO_COMMAND.format(folder=folder)}, f"sh {script}")


def make(case: Case, root: Path, settings: str, *, check: bool) -> None:
    """Make the repository of a case at `root`: its package, its check if it is to have one, settings and history."""
    source = fetch(case.package)
    root.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and not path.is_symlink() and _wanted(case, name):
            goal = root / name
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, goal)
    files = dict(case.files)
    if check and (its_check := program(case, oracle=False)):
        files |= its_check.files
    files["nanites.toml"] = settings
    if case.kind == "tests":
        files["pytest.ini"] = "[pytest]\npythonpath = . src\n"
    files[".gitignore"] = "node_modules\n__pycache__\n.nanites\n.aider*\n"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if case.language == "go":
        # The one folder besides a Python environment that a check is shown though git ignores it.
        (root / "node_modules").symlink_to(go_cache())
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Take the package as it is")
    git(root, "tag", "v1.0.0")
    for commit in case.commits:
        for swap in commit.swaps:
            _make_swap(root, case, swap)
        git(root, "add", "-A")
        if not commit.staged:
            git(root, "commit", "-qm", commit.message)


def _wanted(case: Case, name: str) -> bool:
    if case.language == "go" and name.endswith("_test.go"):
        return False
    keep = case.package.keep
    return not keep or any(glob_match(name, pattern) for pattern in keep)


def _make_swap(root: Path, case: Case, swap: Swap) -> None:
    path = root / case.file_of(swap)
    path.write_text(swapped(path.read_text(encoding="utf-8"), swap), encoding="utf-8")


def edits_of(case: Case, root: Path, swaps: Sequence[Swap]) -> tuple[FileEdit, ...]:
    """Return swaps as edits of the tree at `root`.

    Raises:
        ValueError: one does not fit.
    """
    texts: dict[str, str] = {}
    for swap in swaps:
        name = case.file_of(swap)
        path = root / name
        text = texts.get(name, path.read_text(encoding="utf-8") if path.exists() else "")
        texts[name] = swapped(text, swap) if swap.old else text + swap.new
    return tuple(edit(root, name, text) for name, text in texts.items())


def edit(root: Path, name: str, text: str) -> FileEdit:
    """Return the edit that gives a file this text."""
    path = root / name
    return FileEdit(path=name, before=path.read_bytes() if path.exists() else None, after=text.encode("utf-8"))


async def run(root: Path, its_program: Program, edits: Sequence[FileEdit] = ()) -> Check:
    """Run a program in a guarded copy of the tree at `root` with `edits` made; the tree stays as it is."""
    return await run_command(root, its_program.command, its_program.files, edits)


async def run_command(root: Path, command: str, files: Mapping[str, str], edits: Sequence[FileEdit] = ()) -> Check:
    """Run a command in a guarded copy of a tree with `files` and `edits` put into it."""
    own = {one.path for one in edits}
    added = tuple(edit(root, name, text) for name, text in files.items() if name not in own)
    limits = CheckSettings(allow=(command,), timeout=240)
    (check,) = await run_commands(Repository(root.resolve()), (*edits, *added), (command,), limits)
    return check
