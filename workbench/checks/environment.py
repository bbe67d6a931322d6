"""What a check's command finds around it: a few harmless variables, its own home, and the repository's own tools first.

Secrets live in the environment and in the home folder, so the environment is built from a list of what is allowed and
the home is an empty one; tools that keep their programs at home are told where they are.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from workbench.checks.worktree import LINKED, Worktree

MARK = "NANITES_CHECK_ID"
"""The variable by which the processes of one check are known."""

_ALLOWED = {
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_COLLATE",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LC_MONETARY",
    "LC_NUMERIC",
    "LC_TIME",
    "LD_LIBRARY_PATH",
    "LOGNAME",
    "SHELL",
    "TZ",
    "USER",
    "CARGO_HOME",
    "CONDA_PREFIX",
    "GOMODCACHE",
    "GOPATH",
    "GOROOT",
    "JAVA_HOME",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
    "PYTHONWARNINGS",
    "RUSTUP_HOME",
    "VIRTUAL_ENV",
}
# Where tools that live in the home folder keep what they need to run.
_AT_HOME = {
    "CARGO_HOME": ".cargo",
    "GOPATH": "go",
    "PYENV_ROOT": ".pyenv",
    "PYTHONUSERBASE": ".local",
    "RUSTUP_HOME": ".rustup",
}
_FIXED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "NO_COLOR": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    # A command that is killed for its time must not take its last words with it.
    "PYTHONUNBUFFERED": "1",
    "TERM": "dumb",
}


def environment(worktree: Worktree, mark: str, outer: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a command in `worktree`; `outer` is the environment to draw from, by default our own."""
    outer = os.environ if outer is None else outer
    kept = {name: value for name, value in outer.items() if name in _ALLOWED}
    home = outer.get("HOME")
    for name, folder in _AT_HOME.items():
        if home and name not in kept and Path(home, folder).is_dir():
            kept[name] = str(Path(home, folder))
    own = next(_own_environments(worktree), None)
    if own is not None:
        kept["VIRTUAL_ENV"] = str(own)
    inherited = [_moved(entry, worktree) for entry in outer.get("PYTHONPATH", "").split(os.pathsep) if entry]
    return (
        kept
        | _FIXED
        | {
            "HOME": str(worktree.home),
            "NANITES_CHECK_LINKED": os.pathsep.join(LINKED),
            "NANITES_CHECK_ROOT": str(worktree.root),
            "NANITES_CHECK_TREE": str(worktree.tree),
            "PATH": os.pathsep.join(_path(worktree, outer.get("PATH", os.defpath))),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).with_name("site")), *inherited]),
            "TMPDIR": str(worktree.temporary),
            MARK: mark,
        }
    )


def find_program(name: str, worktree: Worktree, variables: Mapping[str, str]) -> str | None:
    """Return the program that `name` means there, or None.

    A name with a slash is a file, relative to the copy; any other is looked for in the repository's own environment
    first, then along PATH, and last beside the Python that runs the workbench.
    """
    if "/" in name:
        place = worktree.tree / name
        # The user's own folders are bound over empty ones of the copy, and only when the command starts.
        is_linked = Path(name).parts[0] in worktree.linked and ".." not in Path(name).parts
        real = worktree.root / name if is_linked else place
        return str(place) if real.is_file() and os.access(real, os.X_OK) else None
    return shutil.which(name, path=variables["PATH"])


def _path(worktree: Worktree, outer: str) -> list[str]:
    own = [str(place / "bin") for place in _own_environments(worktree)]
    # A relative entry would let a stranger's repository name the programs.
    inherited = [entry for entry in outer.split(os.pathsep) if Path(entry).is_absolute()]
    return list(dict.fromkeys([*own, *inherited, str(Path(sys.executable).parent)]))


def _own_environments(worktree: Worktree) -> Iterator[Path]:
    for name in LINKED:
        # A tracked one is the copy's; a linked one is the user's, and lies at the same place for the command.
        place = (worktree.root if name in worktree.linked else worktree.tree) / name
        if (place / "bin").is_dir():
            yield place


def _moved(entry: str, worktree: Worktree) -> str:
    path = Path(entry).absolute()
    if path.is_relative_to(worktree.root):
        return str(worktree.tree / path.relative_to(worktree.root))
    return str(path)
