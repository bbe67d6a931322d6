"""What a command may see of this machine: a list of what is allowed, so that what nobody thought of is not there.

The system's programs and libraries, the tools that PATH names, the repository's own environment and history, all read
only; its copy of the tree, an empty home and a folder for temporary files, to write in. Not: the user's home, other
repositories, the real working tree, sockets of services.
"""

from __future__ import annotations

import os
import sys
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
    kept = _Kept(worktree)
    links = []
    for name in (*_SYSTEM, *_SYSTEM_PARTS):
        place = Path(name)
        if place.is_symlink():
            links.append((place, str(place.readlink())))
        elif place.exists():
            kept.add(place)
    linked = tuple(worktree.root / name for name in worktree.linked)
    for place in (*_own_tools(), *_tools(variables), *worktree.objects, *(place.resolve() for place in linked)):
        kept.add(place)
    for path in (program, *(str(place / "bin/python") for place in linked)):
        for place in _behind(path):
            kept.add(place)
    write = [(worktree.temporary, Path("/tmp"))]  # noqa: S108 — the goal: what lies there is the command's own
    write += [(place, place) for place in (worktree.temporary, worktree.home, worktree.tree)]
    if worktree.root != Path("/"):
        # Whoever knows the repository by its place, an editable install for one, finds the copy there.
        write.append((worktree.tree, worktree.root))
    bound = [(place.resolve(), goal / place.name) for place in linked for goal in (worktree.root, worktree.tree)]
    return View(kept.places(), tuple(bound), tuple(links), tuple(write), _private("/etc"))


class _Kept:
    """Places to be shown; what would show a home or the real repository whole is left out."""

    def __init__(self, worktree: Worktree) -> None:
        self._own = worktree.base
        self._whole = {place for inner in (*_homes(), worktree.root) for place in (inner, *inner.parents)}
        self._found: dict[Path, None] = {}

    def add(self, place: Path) -> None:
        """Take a place, and where it really is."""
        for one in (Path(os.path.abspath(place)), place.resolve()):  # noqa: PTH100 — symlinks stay
            if one not in self._whole and not one.is_relative_to(self._own) and one.exists():
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


def _tools(variables: Mapping[str, str]) -> Iterator[Path]:
    for name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH"):
        for entry in variables.get(name, "").split(os.pathsep):
            place = Path(entry)
            if not entry or not place.is_absolute():
                continue
            yield place
            if name == "PATH" and place.name in {"bin", "sbin", "shims"}:
                yield from _prefix_parts(place.parent)
    for name, parts in _AT_HOME.items():
        if variables.get(name):
            yield from (Path(variables[name], part) for part in parts)


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
        if not real.is_file():
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


def readable(place: Path, hidden: Iterable[Path]) -> Iterator[Path]:
    """Yield parts of `place` that together are all of it but for what is hidden: for rules that can only allow."""
    inside = [one for one in hidden if one.is_relative_to(place)]
    if place in inside:
        return
    if not inside:
        yield place
        return
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            yield from readable(Path(entry.path), inside)
