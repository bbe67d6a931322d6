"""What git says of changes: the diff to be committed, the last subjects, the commits since a release. It only reads.

Diffs come without the repository's own filters and drivers, which are programs that its settings name.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import TaskRefused
from workbench.repository import Repository

MOST_DIFF = 60_000
"""Characters of a diff that are kept."""

MOST_COMMITS = 60
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "-U2")


@dataclass(frozen=True)
class Change:
    """A change of the tree.

    Attributes:
        diff: as git writes it, cut where it is very long.
        files: `STATUS PATH` of each file.
        staged: whether it is what is staged, or all that is not committed yet.
    """

    diff: str
    files: tuple[str, ...]
    staged: bool


def change(repository: Repository, paths: tuple[str, ...] = ()) -> Change:
    """Return what is staged, or where nothing is, what is not committed; of `paths` alone where some are named.

    Raises:
        TaskRefused: nothing is changed (code `nothing-to-do`).
    """
    only = ("--", *(f":(literal){path}" for path in paths)) if paths else ()
    for staged in (True, False):
        where = ("--cached",) if staged else _head(repository)
        files = _text(repository, *_DIFF, "--name-status", *where, *only).splitlines()
        if files:
            diff = _text(repository, *_DIFF, *where, *only)
            return Change(diff[:MOST_DIFF], tuple(line.replace("\t", " ") for line in files), staged)
    raise TaskRefused("nothing is changed", code="nothing-to-do", hint="change or stage something first")


def _head(repository: Repository) -> tuple[str, ...]:
    return ("HEAD",) if _has_head(repository) else ()


def _has_head(repository: Repository) -> bool:
    return repository.git("rev-parse", "--verify", "-q", "HEAD", check=False).returncode == 0


def subjects(repository: Repository, most: int = 20) -> tuple[str, ...]:
    """Return the subjects of the last commits, newest first; none where there is no commit yet."""
    if not _has_head(repository):
        return ()
    return tuple(_text(repository, "log", f"-{most}", "--no-merges", "--no-show-signature", "--format=%s").splitlines())


def since_release(repository: Repository) -> tuple[str, tuple[str, ...]]:
    """Return the last tag (or nothing) and the subjects of the commits since, oldest first."""
    if not _has_head(repository):
        return "", ()
    tag = _text(repository, "describe", "--tags", "--abbrev=0", check=False).strip()
    span = (f"{tag}..HEAD",) if tag else ()
    said = _text(
        repository, "log", f"-{MOST_COMMITS}", "--no-merges", "--no-show-signature", "--format=%s", *span, "--"
    )
    return tag, tuple(reversed(said.splitlines()))


def files_with_word(repository: Repository, word: str) -> tuple[str, ...]:
    """Return the files git knows, or does not ignore, in which a word stands."""
    said = repository.git("grep", "-lzwIF", "--untracked", "-e", word, check=False).stdout
    return tuple(sorted(name.decode("utf-8", "surrogateescape") for name in said.split(b"\0") if name))


def _text(repository: Repository, *arguments: str, check: bool = True) -> str:
    return repository.git(*_no_filters(repository), *arguments, check=check).stdout.decode("utf-8", "replace")


def _no_filters(repository: Repository) -> tuple[str, ...]:
    """Return options that let git run none of the filters that the repository's settings name.

    Raises:
        TaskRefused: a filter has a name that cannot be switched off (code `strange-repository`).
    """
    said = repository.git("config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process)$", check=False)
    names = [name for name in said.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    if any("=" in name for name in names):
        raise TaskRefused("git's settings name a strange filter", code="strange-repository", hint="git config --list")
    return tuple(word for name in names for word in ("-c", f"{name}="))
