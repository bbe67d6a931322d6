"""The names of files in an answer: telling them from other words, refusing unsafe ones, and finding the file meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from workbench.errors import EditRefused

_SUFFIXES = (
    "bash|bat|c|cc|cfg|cmake|conf|cpp|cs|css|csv|cxx|ex|exs|go|gradle|h|hh|hpp|hs|html|ini|in|ipynb|java|js|json|jsx|kt"
    "|less|lock|lua|m|md|mjs|cjs|mts|php|pl|proto|ps1|py|pyi|pyw|pyx|pxd|r|rb|rs|rst|sass|scala|scss|sh|sql|svelte|swift"
    "|tcss|tex|toml|ts|tsx|txt|vue|xml|yaml|yml|zig|zsh"
)
_LEADS_OUT = r"(?:~?/|[A-Za-z]:[\\/]|(?:\.\.?[\\/])+)"
_PATH = re.compile(
    rf"{_LEADS_OUT}?(?:[\w.@+-]+[\\/])*(?:[\w.@+-]*\w\.(?:{_SUFFIXES})|Makefile|Dockerfile)"
    rf"|{_LEADS_OUT}(?:[\w.@+-]+[\\/])*[\w.@+-]+|(?:[\w.@+-]+[\\/])*\.(?:git|nanites)(?:[\\/][\w.@+-]+)+"
)
_BEFORE_PATH = re.compile(
    r"(?:\d+[.)]\s+)?(?:(?:file(?:name)?|path|in|changes? (?:to|in)|updated?|modified|edit(?:ed)?|new file|created?)"
    r"\b[\s:`*\"']+)?",
    re.IGNORECASE,
)
_AFTER_PATH = re.compile(r"(?:\s\([\w ,.-]{1,30}\)|:\d+(?:-\d+)?)$")
_COMMENT = re.compile(
    r"^\s*(?:#|//|--|;|/\*|<!--)\s*(?:(?:file(?:name)?|path)\s*:\s*)?(?P<path>[^\s:]+?)\s*:?\s*(?:\*/|-->)?\s*$"
)
_WORD = re.compile(r"[^\s`*\"'()\[\]<>,;]+")
_OURS = {".git", ".nanites"}


def is_path(word: str) -> bool:
    """Return whether a word looks like the path of a file."""
    return len(word) < 300 and not word.startswith("http") and _PATH.fullmatch(word) is not None


def path_of_heading(line: str) -> str | None:
    """Return the path that a line names, where it says nothing else: `### src/a.py`, `File: src/a.py`."""
    if len(line) >= 300:
        return None
    said = line.strip().lstrip("#*->=•`\"'([ \t")
    said = _BEFORE_PATH.sub("", said, count=1).lstrip("`*\"'([")
    said = _AFTER_PATH.sub("", said.rstrip("`*:.=#- \t")).rstrip("`*\"':)].-=# \t")
    return said if is_path(said) else None


def path_of_comment(line: str) -> str | None:
    """Return the path that a line names as a comment."""
    found = _COMMENT.match(line) if len(line) < 300 else None
    return found["path"] if found and is_path(found["path"]) else None


def words_that_may_name(line: str) -> tuple[str, ...]:
    """Return the words of a line of prose that look like paths."""
    words = (word.rstrip(".:") for word in _WORD.findall(line[:400]))
    return tuple(word for word in words if is_path(word))


def refuse_unsafe(path: str) -> None:
    """Refuse a path that leaves the repository or reaches into `.git` or `.nanites`.

    Raises:
        EditRefused: code `unsafe-path`.
    """
    parts = re.split(r"[\\/]", path)
    is_unsafe = (
        not path.strip()
        or path.startswith(("/", "\\", "~"))
        or re.match(r"[A-Za-z]:[\\/]", path)
        or any(part == ".." or part.lower().rstrip(". ") in _OURS for part in parts)
        or any(ord(letter) < 32 or ord(letter) == 127 for letter in path)
    )
    if is_unsafe:
        raise EditRefused(f"{path!r} is no path that an edit may have", code="unsafe-path", hint="name its targets")


def plain(path: str) -> str:
    """Return a path as it is named in a repository: without `./`, with forward slashes."""
    named = path.strip().replace("\\", "/")
    while named.startswith("./"):
        named = named[2:]
    return named


def spellings(path: str) -> tuple[str, ...]:
    """Return a path as it stands and, where it may be a diff's, without `a/` or `b/`."""
    named = plain(path)
    return (named, named[2:]) if named.startswith(("a/", "b/", "i/", "w/")) else (named,)


def candidates(path: str, files: Collection[str]) -> Sequence[str]:
    """Return which of `files` a path may mean: the one so called, else those that end alike.

    Raises:
        EditRefused: the path is unsafe.
    """
    refuse_unsafe(path)
    for named in spellings(path):
        if named in files:
            return (named,)
    short = spellings(path)[-1]
    return [known for known in files if known.endswith(f"/{short}") or short.endswith(f"/{known}")]


def namesakes(path: str, files: Collection[str]) -> Sequence[str]:
    """Return which of `files` have the same last part as a path, wherever they lie."""
    last = plain(path).rsplit("/", 1)[-1]
    return [known for known in files if known.rsplit("/", 1)[-1] == last]
