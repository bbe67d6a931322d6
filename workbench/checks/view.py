"""What a command may see of this machine: a list of what is allowed, so that what nobody thought of is not there.

The system's programs and libraries, the tools that PATH names, the repository's own environment and history, all read
only; its copy of the tree, an empty home and a folder for temporary files, to write in. Not: the user's home, other
repositories, the real working tree, sockets of services.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbench.checks.worktree import Worktree

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix/store", "/gnu/store")
_SYSTEM_PARTS = ("/sys/devices/system/cpu", "/run/current-system")
_PARTS = ("bin", "lib", "lib64", "libexec", "include", "share", "shims", "versions", "opt", "Cellar", "pkg", "ssl")
"""Parts of a folder of tools that are shown where its `bin` is on PATH: settings and credentials lie beside them."""

_AT_HOME: dict[str, tuple[str, ...]] = {
    "CARGO_HOME": ("bin", "registry", "git", "env", "config.toml"),
    "CONDA_PREFIX": _PARTS,
    "GOMODCACHE": ("",),
    "GOPATH": ("bin", "pkg", "src"),
    "GOROOT": ("",),
    "JAVA_HOME": ("",),
    "PYENV_ROOT": ("bin", "completions", "libexec", "plugins", "pyenv.d", "shims", "version", "versions"),
    "PYTHONUSERBASE": ("bin", "lib"),
    "RUSTUP_HOME": ("",),
}
_FRESH_SECONDS = 60
_SHARED_TOOLS = ("uv/python", "uv/tools", "pipx", "mise", "pnpm", "fnm")
"""Parts of ~/.local/share that hold programs; keyrings lie there too."""


@dataclass(frozen=True)
class View:
    """What a command sees; of two places where one lies within the other, the outer one comes first.

    Attributes:
        read: places it can read and execute, where they are.
        bound: folders that it can read elsewhere than where they are: where they are, and where it finds them.
        links: places of the system that are symlinks, with where they lead.
        write: places it can change: where they really are, and where it finds them.
        hidden: parts of `read` that only some users of the machine may read.
    """

    read: tuple[Path, ...]
    bound: tuple[tuple[Path, Path], ...]
    links: tuple[tuple[Path, str], ...]
    write: tuple[tuple[Path, Path], ...]
    hidden: tuple[Path, ...]


def view(worktree: Worktree, program: str, variables: Mapping[str, str]) -> View:
    """Return what `program` may see when it runs in `worktree` with the environment `variables`."""
    linked = tuple(worktree.root / name for name in worktree.linked)
    kept = _Kept(worktree)
    machine = _machine(_searched(variables, worktree.base), int(time.monotonic() / _FRESH_SECONDS))
    kept.take(machine.places)
    for place in (*worktree.objects, *(place.resolve() for place in linked)):
        kept.take(_forms(place))
    # A program of the copy is the repository's: what it names, or leads to, is not shown for that.
    programs = [] if Path(program).is_relative_to(worktree.base) else [program]
    for path in (*programs, *(str(place / "bin/python") for place in linked)):
        for place in _behind(path):
            kept.take(_forms(place))
    write = [(worktree.temporary, Path("/tmp"))]  # noqa: S108 — the goal: what lies there is the command's own
    write += [(place, place) for place in (worktree.temporary, worktree.home, worktree.tree)]
    if worktree.root != Path("/"):
        # Whoever knows the repository by its place, an editable install for one, finds the copy there.
        write.append((worktree.tree, worktree.root))
    bound = [(place.resolve(), goal / place.name) for place in linked for goal in (worktree.root, worktree.tree)]
    return View(kept.places(), tuple(bound), machine.links, tuple(write), machine.hidden)


@dataclass(frozen=True)
class _Machine:
    """What is the same for every command for a while."""

    places: tuple[Path, ...]
    links: tuple[tuple[Path, str], ...]
    hidden: tuple[Path, ...]


@lru_cache(maxsize=8)
def _machine(searched: tuple[tuple[str, str], ...], moment: int) -> _Machine:
    """Look at the machine; `moment` only sets how long what was seen is believed."""
    found, links = [], []
    for name in (*_SYSTEM, *_SYSTEM_PARTS):
        place = Path(name)
        if place.is_symlink():
            links.append((place, str(place.readlink())))
        else:
            found.append(place)
    places = (form for place in (*found, *_own_tools(), *_tools(searched)) for form in _forms(place))
    return _Machine(tuple(dict.fromkeys(places)), tuple(links), _private("/etc"))


def _searched(variables: Mapping[str, str], base: Path) -> tuple[tuple[str, str], ...]:
    """Return variables that name places of the machine, one by one; those of the scratch copy are its own."""
    found = [(name, value) for name in _AT_HOME if (value := variables.get(name))]
    for name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH"):
        entries = variables.get(name, "").split(os.pathsep)
        found += [(name, entry) for entry in entries if entry.startswith("/") and not Path(entry).is_relative_to(base)]
    return tuple(found)


def _forms(place: Path) -> tuple[Path, ...]:
    """Return a place as it is named and where it really is, if it is there."""
    named, real = Path(os.path.abspath(place)), place.resolve()  # noqa: PTH100 — symlinks stay
    return tuple(dict.fromkeys((named, real))) if real.exists() else ()


class _Kept:
    """Places to be shown; what would show a home or the real repository whole is left out."""

    def __init__(self, worktree: Worktree) -> None:
        self._own = worktree.base
        self._whole = {place for inner in (*_homes(), worktree.root) for place in (inner, *inner.parents)}
        self._found: dict[Path, None] = {}

    def take(self, places: Iterable[Path]) -> None:
        """Take places that are there."""
        for one in places:
            if one not in self._whole and not one.is_relative_to(self._own):
                self._found[one] = None

    def places(self) -> tuple[Path, ...]:
        """Return the places, outer ones first, each once."""
        kept: list[Path] = []
        for place in sorted(self._found, key=lambda place: len(place.parts)):
            if not any(place.is_relative_to(outer) for outer in kept):
                kept.append(place)
        return tuple(kept)


def _homes() -> tuple[Path, ...]:
    """Return the user's home, as the environment and as the system knows it."""
    import pwd

    with suppress(KeyError):
        return Path.home(), Path(pwd.getpwuid(os.getuid()).pw_dir)
    return (Path.home(),)


@lru_cache(maxsize=1)
def _own_tools() -> tuple[Path, ...]:
    """Return what the Python of the workbench needs, which starts the command and is its Python where there is none."""
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    own = [part for prefix in prefixes for part in (*_parts(prefix), prefix / "pyvenv.cfg")]
    return (*own, Path(__file__).parents[1])


def _tools(searched: Iterable[tuple[str, str]]) -> Iterator[Path]:
    for name, value in searched:
        place = Path(value)
        if name in _AT_HOME:
            yield from (place / part for part in _AT_HOME[name])
            continue
        yield place
        if name == "PATH" and place.name in {"bin", "sbin", "shims"}:
            yield from _prefix_parts(place.parent)


def _prefix_parts(prefix: Path) -> Iterable[Path]:
    if prefix == Path.home() / ".local":
        return [prefix / "bin", prefix / "lib", *(prefix / "share" / name for name in _SHARED_TOOLS)]
    return _parts(prefix)


def _parts(prefix: Path) -> list[Path]:
    if prefix in {*_homes(), Path("/")}:
        return []
    return [prefix / name for name in _PARTS]


def _behind(path: str) -> Iterator[Path]:
    """Yield what a program needs that is a link to another place, or a script that names one."""
    place = Path(path)
    for _ in range(4):
        real = place.resolve()
        if not real.is_file() or not os.access(real, os.X_OK):
            return
        if real.parent.name in {"bin", "sbin", "shims"}:
            yield from _prefix_parts(real.parent.parent)
        else:
            yield real
        line = _first_line(real)
        if not line.startswith(b"#!"):
            return
        words = line[2:].split()
        if not words or not words[0].startswith(b"/"):
            return
        place = Path(os.fsdecode(words[0]))


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.readline(1_000)
    except OSError:
        return b""


@lru_cache(maxsize=4)
def _private(top: str) -> tuple[Path, ...]:
    """Return files and folders under `top` that not everybody may read: root could, also in a sandbox."""
    found: list[Path] = []
    folders = [top]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except OSError:
                continue
            if entry.is_symlink():
                continue
            if not mode & 0o004:
                found.append(Path(entry.path))
            elif entry.is_dir():
                folders.append(entry.path)
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def readable(place: Path, hidden: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return parts of `place` that together are all of it but for what is hidden: for rules that can only allow."""
    inside = tuple(one for one in hidden if one.is_relative_to(place))
    if not inside:
        return (place,)
    if place in inside:
        return ()
    with os.scandir(place) as entries:
        parts = sorted(Path(entry.path) for entry in entries)
    return tuple(one for part in parts for one in readable(part, inside))
