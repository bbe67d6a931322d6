"""Which files a command runs as programs, by its words: a proposal that changes one of them is its own judge.

What a command only looks at is no program: `mypy a.py` may well judge a change of a.py. Where the words leave it open
what a file is for, it counts as a program.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

_INTERPRETER = re.compile(
    r"(?:python|pypy|node|nodejs|ruby|perl|php|bun|deno|sh|bash|dash|zsh|ksh|fish|busybox|lua|luajit|java|go|tsx|ts-node"
    r"|Rscript|julia|pwsh|tclsh|groovy|osascript|py)w?[\d.]*(?:\.exe)?"
)
_LAUNCHER = re.compile(
    r"env|uv|uvx|npx|bunx|pnpm|npm|yarn|poetry|pipenv|pipx|pdm|hatch|rye|conda|nice|ionice|time|timeout|nohup|setsid|sudo"
    r"|stdbuf|xargs|xvfb-run|watch|strace|exec|command|builtin|eval|source|\.|coverage|pdb|cProfile|profile|trace|runpy"
    r"|debugpy|bundle|dotenv|direnv"
)
"""Programs that run the program which their words name."""

_PASSED_OVER = re.compile(r"run|exec|x|dlx|tool|[\d.]+[smhd]?|[A-Za-z_]\w*=.*", re.DOTALL)
"""Words before the name of a program that are none: subcommands, numbers and variables."""

_ALONE = re.compile(r"-[bBeinqsuvx]+|-O+|--|--\S+=.*", re.DOTALL)
"""Options of which it is known that the next word is not their value."""

_MODULE = re.compile(r"-[bBdEiIOPqsSuvx]*m(.*)")
_CODE = re.compile(r"-[a-zA-Z]*c")
_SHELL = re.compile(r"(?:sh|bash|dash|zsh|ksh|fish|busybox)[\d.]*")
_STEERED_BY = re.compile(
    r"(--(?:makefile|config|config-file|configfile|rcfile|require|import|loader|init-file))(?:=(.*))?"
)
_STEERED_SHORTLY = re.compile(r"(?:g?make|[gmn]?awk|sed|just|rake|nox) (?:-f|--file)|(?:pytest|tox) -c")
"""Options whose value is a file that says what the command does."""

MOST_NESTED = 12
"""Commands within a command that are looked into; deeper, every word may be a program."""


def programs(command: str) -> frozenset[str]:
    """Return the files that a command may run, as paths; names of what is installed are among them, and harmless."""
    try:
        words = shlex.split(command)
    except ValueError:
        return frozenset()
    return frozenset(posixpath.normpath(word) for word in _Reading().programs(words) if word)


class _Reading:
    """One command being read; it keeps what was looked into, for words may be the rest of several others."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, ...]] = set()

    def programs(self, words: Sequence[str], nested: int = 0) -> Iterator[str]:
        """Yield the words that may be a program of a command, and of those within it."""
        if not words or tuple(words) in self._seen:
            return
        if nested == MOST_NESTED:
            yield from words
            return
        self._seen.add(tuple(words))
        yield words[0]
        name = PurePosixPath(words[0]).name or words[0]
        for number, word in enumerate(words):
            steered = _STEERED_BY.fullmatch(word)
            if steered or _STEERED_SHORTLY.fullmatch(f"{name} {word}"):
                yield (steered and steered[2]) or "".join(words[number + 1 : number + 2])
        if _LAUNCHER.fullmatch(name):
            for rest in _begun(words[1:], re.compile("--")):
                yield from self._module(rest, nested) if _MODULE.fullmatch(rest[0]) else self.programs(rest, nested + 1)
        elif _INTERPRETER.fullmatch(name):
            yield from self._scripts(name, words[1:], nested)

    def _scripts(self, name: str, words: Sequence[str], nested: int) -> Iterator[str]:
        """Yield what an interpreter is told to run: a script, a module, or what stands in a line of shell."""
        if _SHELL.fullmatch(name):
            for number, word in enumerate(words[:-1]):
                if _CODE.fullmatch(word):
                    yield from self._in_code(words[number + 1], nested)
        elif "--test" in takewhile(lambda word: word.startswith("-"), words):
            # The files of `node --test` are looked at as those of any other test runner are.
            return
        for rest in _begun(words, _ALONE):
            if _MODULE.fullmatch(rest[0]):
                yield from self._module(rest, nested)
            else:
                yield rest[0]

    def _module(self, words: Sequence[str], nested: int) -> Iterator[str]:
        """Yield the files that a module of `-m` may be, and what it runs in its turn."""
        attached = _MODULE.fullmatch(words[0])
        rest = [attached[1], *words[1:]] if attached and attached[1] else list(words[1:])
        if rest:
            path = rest[0].replace(".", "/")
            yield from (f"{path}.py", f"{path}/__init__.py", f"{path}/__main__.py")
            yield from self.programs(rest, nested + 1)

    def _in_code(self, code: str, nested: int) -> Iterator[str]:
        lexer = shlex.shlex(code, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:
            return
        part: list[str] = []
        for word in [*words, ";"]:
            if set(word) <= set("();<>|&"):
                yield from self.programs(part, nested + 1)
                part = []
            else:
                part.append(word)


def _begun(words: Sequence[str], alone: re.Pattern[str]) -> Iterator[Sequence[str]]:
    """Yield the words from each that may name the program: the first that is no option, and one more after each option.

    `alone` are the options that have no value: what follows one of them is no value, and so surely the program.
    """
    before = ""
    for number, word in enumerate(words):
        if _MODULE.fullmatch(word):
            yield words[number:]
            return
        if not word.startswith("-") and not _PASSED_OVER.fullmatch(word):
            yield words[number:]
            if not before.startswith("-") or alone.fullmatch(before):
                return
        before = word
