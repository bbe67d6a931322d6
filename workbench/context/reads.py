"""Context that a task names: `PATH` or `PATH:FIRST-LAST`, read safely and once; of a folder, a map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from workbench.context.repo_map import repo_map
from workbench.errors import TaskRefused
from workbench.model import Excerpt
from workbench.repository import Repository, is_glob, safe_path

_RANGE = re.compile(r"(?P<path>.+?):(?P<first>\d+)(?:-(?P<last>\d+))?")
_FIELD = "read"


MAP_TOKENS = 1_000
"""Tokens that the map of a folder may take."""


def read_excerpts(
    repository: Repository, reads: Sequence[str], *, maps: bool = False, task: str = "", cache: Path | None = None
) -> tuple[Excerpt, ...]:
    """Return the lines that `reads` name, in order; a path or glob alone stands for whole files.

    Args:
        repository: where to read.
        reads: what a task names.
        maps: whether a folder may be read, as the map of it.
        task: its words: a map shows first what they speak of.
        cache: a file in which to keep what was read for maps; None for nowhere.

    Raises:
        TaskRefused: a file is not to be had (see `Repository.read`) or is ignored by git, or its lines do not exist;
            `field` is always `read`.
    """
    found: list[Excerpt] = []
    for text in reads:
        if maps and not is_glob(text) and repository.locate(text, field=_FIELD).is_dir():
            found.append(_mapped(repository, text, task, cache))
        else:
            found += _excerpts(repository, text)
    return tuple(found)


def _mapped(repository: Repository, folder: str, task: str, cache: Path | None) -> Excerpt:
    """Return the map of what git knows or does not ignore below a folder."""
    path = safe_path(folder)
    below = [name for name in repository.files() if path == "." or name.startswith(f"{path}/")]
    drawn = repo_map(repository.root, below, mentioned=task, budget=MAP_TOKENS, cache=cache)
    if not drawn.text:
        # Files that neither the task nor each other speak of: all are as good as any.
        drawn = repo_map(repository.root, below, mentioned=task, targets=below, budget=MAP_TOKENS, cache=cache)
    if not drawn.text:
        raise TaskRefused(
            f"{folder!r} holds nothing that a map could show",
            code="is-a-folder",
            field=_FIELD,
            hint="name its files, or a folder with source code",
        )
    return Excerpt(path=f"{path}/ (map)", first=1, last=drawn.text.count("\n") + 1, text=drawn.text)


def _excerpts(repository: Repository, text: str) -> list[Excerpt]:
    found = _RANGE.fullmatch(text)
    # A file may really be called "notes:3": what is there goes before what it could mean.
    if found is None or (not is_glob(text) and _is_there(repository, text)):
        return [_excerpt(repository, path, None) for path in repository.expand([text], field=_FIELD)]
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if first < 1 or last < first:
        raise TaskRefused(
            f"{text!r} names no lines",
            code="bad-range",
            field=_FIELD,
            hint="write PATH:FIRST-LAST, lines counted from 1",
        )
    paths = repository.expand([found["path"]], field=_FIELD)
    return [_excerpt(repository, path, (first, last)) for path in paths]


def _is_there(repository: Repository, text: str) -> bool:
    return repository.locate(text, field=_FIELD).is_file()


def _excerpt(repository: Repository, path: str, lines: tuple[int, int] | None) -> Excerpt:
    text = repository.read(path, field=_FIELD).content.decode("utf-8").removeprefix("\ufeff")
    every = text.split("\n")
    if every and not every[-1]:
        every.pop()
    if lines is None:
        return Excerpt(path=path, first=1, last=max(1, len(every)), text="\n".join(every))
    first, last = lines
    if last > len(every):
        raise TaskRefused(
            f"{path!r} has {len(every)} lines, {first}-{last} was asked for",
            code="bad-range",
            field=_FIELD,
            hint="name lines that exist",
        )
    return Excerpt(path=path, first=first, last=last, text="\n".join(every[first - 1 : last]))
