"""Tests that have to do with a task: those its check commands name, and those that speak of what it is about.

The latter are found by git's own search, in files that git knows or does not ignore, and never run by that alone.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import NaniteError, TaskRefused
from workbench.model import Excerpt, Source, TestFile
from workbench.repository import Repository

MOST_SHOWN_BYTES = 60_000
"""A test file beyond this is not read for a prompt."""

MOST_FOUND = 3
_MOST_WORDS = 12
_SECONDS = 5.0
_WORD = re.compile(r"[A-Za-z_]\w{2,}")
_HOLE = re.compile(r"\{(?:file|path)\}")
_PLACES = (
    ":(glob)**/test_*.py",
    ":(glob)**/*_test.py",
    ":(glob)**/tests.py",
    ":(glob)**/*_test.go",
    ":(glob)**/*.test.*",
    ":(glob)**/*.spec.*",
    ":(glob)**/*_spec.rb",
    ":(glob)**/*_test.rb",
    ":(glob)**/*Test.java",
    ":(glob)**/tests/*.rs",
    ":(glob)**/test/*.js",
)
_COMMON = frozenset(
    # Words of requests that are names in many a file as well.
    """
    add all and any argument case change class code default empty error false first for from function get given given
    give index instead item items key let list make method must name new none not one only optional order other
    parameter pass raise raises return returns self sequence set should show string take test that the then there this
    true type use value values when where which with without
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)


def named_tests(repository: Repository, commands: Sequence[str]) -> tuple[Excerpt, ...]:
    """Return the files of the repository that check commands name and that git does not ignore, whole, the first three.

    A command may name anything: what cannot be read as source of this repository is passed over.
    """
    return read_tests(repository, [path for command in commands for path in _paths(command)])


def read_tests(repository: Repository, paths: Iterable[str]) -> tuple[Excerpt, ...]:
    """Return those of the paths that are files which git does not ignore, whole, the first three."""
    there = [path for path in dict.fromkeys(paths) if _is_file(repository, path)][:MOST_FOUND]
    ignored = repository.ignored(there)
    found = []
    for path in there:
        if path in ignored:
            continue
        try:
            text = repository.read(path).content.decode("utf-8").removeprefix("\ufeff")
        except TaskRefused:
            continue
        if len(text) <= MOST_SHOWN_BYTES:
            found.append(Excerpt(path=path, first=1, last=text.count("\n") + 1, text=text))
    return tuple(found)


def _paths(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:
        return []
    # `tests/test_text.py::test_cut` names a test in a file.
    return [word.partition("::")[0].removeprefix("./") for word in words if not word.startswith("-")]


def _is_file(repository: Repository, path: str) -> bool:
    try:
        return "." in path and repository.locate(path).is_file()
    except TaskRefused:
        return False


def near_tests(
    repository: Repository, task: str, targets: Sequence[Source], allowed: Iterable[str]
) -> tuple[TestFile, ...]:
    """Return tests that use names which the task takes from its targets, those that use most of them first.

    Args:
        repository: where to look.
        task: what is to be done, in words.
        targets: the files that may change.
        allowed: commands that nanites.toml allows, some with holes for paths.
    """
    return _tests_with(repository, _names(task, targets), targets, allowed)


def file_tests(repository: Repository, targets: Sequence[Source], allowed: Iterable[str]) -> tuple[TestFile, ...]:
    """Return tests that use what the targets define, those that use most of it first; see `near_tests`.

    Where a command is allowed that runs all tests, and none that runs one of these, it stands for that.
    """
    known = tuple(allowed)
    found = _tests_with(repository, tuple(_defined(targets))[:_MOST_WORDS], targets, known)
    if any(test.is_allowed for test in found):
        return found
    whole = {test.path: _whole(PurePosixPath(test.path).suffix, known) for test in found}
    return tuple(
        test.model_copy(update={"command": whole[test.path], "is_allowed": True}) if whole[test.path] else test
        for test in found
    )


def _whole(suffix: str, allowed: Sequence[str]) -> str:
    """Return the first command allowed that runs every test of a language."""
    running = next((pattern for suffixes, pattern in _RUN_ALL if suffix in suffixes), None)
    return next((command for command in allowed if running and running.fullmatch(command)), "")


def _tests_with(
    repository: Repository, words: Sequence[str], targets: Sequence[Source], allowed: Iterable[str]
) -> tuple[TestFile, ...]:
    """Return tests that use some of the words."""
    if not words:
        return ()
    patterns = [part for word in words for part in ("-e", word)]
    try:
        said = repository.git(
            *("grep", "--untracked", "-I", "-w", "-F", "-o", "-z", "-m", "50", *patterns, "--", *_PLACES),
            check=False,
            timeout=_SECONDS,
        ).stdout
    except NaniteError:
        # A search that takes too long finds nothing.
        return ()
    uses: dict[str, set[str]] = {}
    for row in said.decode("utf-8", "replace").split("\n"):
        path, _, word = row.partition("\0")
        if word:
            uses.setdefault(path, set()).add(word)
    changed = {source.path for source in targets}
    stems = {PurePosixPath(path).stem for path in changed}
    ranked = sorted(
        (path for path in uses if path not in changed),
        key=lambda path: (-len(uses[path]), not any(stem in path for stem in stems), path),
    )
    known = tuple(allowed)
    return tuple(
        TestFile(path=path, command=command, is_allowed=is_allowed)
        for path in ranked[:MOST_FOUND]
        for command, is_allowed in [_command(repository, path, known)]
        if command
    )


def _defined(targets: Sequence[Source]) -> Iterator[str]:
    """Yield the names that files define for others, those at the top before members."""
    found: dict[str, int] = {}
    for source in targets:
        try:
            symbols = symbols_of(source.path, source.content.decode("utf-8", "replace"))
        except NaniteError:
            continue
        for symbol in symbols:
            name = symbol.name.rpartition(".")[2]
            if _WORD.fullmatch(name) and not name.startswith("_") and name.lower() not in _COMMON:
                found.setdefault(name, symbol.name.count("."))
    yield from sorted(found, key=lambda name: found[name])


def _names(task: str, targets: Sequence[Source]) -> tuple[str, ...]:
    """Return the words of a task that are names in its targets."""
    words = [word for word in dict.fromkeys(_WORD.findall(task)) if word.lower() not in _COMMON]
    there = {name for source in targets for name in _WORD.findall(source.content.decode("utf-8", "replace"))}
    return tuple(word for word in words if word in there)[:_MOST_WORDS]


_RUNS_IT = re.compile(
    r"(?:^|[\s/])(?:pytest|py\.test|unittest|jest|vitest|mocha|rspec|test)(?=\s|$)"
    r"|^(?:\S*/)?(?:python[\d.]*|node|ruby|deno|bun|(?:ba|da|z)?sh)\s(?!.*-m\s+(?:ruff|mypy|flake8|pylint|black)\b)"
)
"""Commands that run a file of tests; a linter names it too, and says nothing of what it does."""


_RUN_ALL = tuple(
    (frozenset(suffixes.split()), re.compile(pattern))
    for suffixes, pattern in (
        (
            ".py",
            r"(?:(?:\S+/)?python[\d.]* -m )?(?:\S+/)?(?:pytest|unittest)(?: discover)?"
            r"(?: -[qvxslf]+| -p no:\w+| --?no-\S+)*(?: tests?/?)?",
        ),
        (".js .mjs .cjs .ts .tsx .jsx", r"(?:npm|yarn|pnpm)(?: run)? test"),
        (".go", r"go test \./\.\.\."),
        (".rs", r"cargo test"),
        (".rb", r"rspec"),
    )
)
"""Commands that run every test there is of a language."""


def _command(repository: Repository, path: str, allowed: Sequence[str]) -> tuple[str, bool]:
    """Return what runs a test file, and whether it is allowed.

    That is a command that is allowed and names it or has a hole for it, else the usual one of its language.
    """
    running = [command for command in allowed if _RUNS_IT.search(command)]
    for command in running:
        if path in _paths(command):
            return command, True
    for command in running:
        if _HOLE.search(command) and "{folder}" not in command:
            return _HOLE.sub(lambda _: shlex.quote(path), command), True
    command = _usual_command(repository, path)
    return command, command in allowed


def _usual_command(repository: Repository, path: str) -> str:
    quoted = shlex.quote(path)
    folder = PurePosixPath(path).parent
    suffix = PurePosixPath(path).suffix
    if suffix == ".py":
        return f"python -m pytest -q {quoted}"
    if suffix == ".go":
        return f"go test ./{shlex.quote(str(folder))}" if str(folder) != "." else "go test ."
    if suffix == ".rs":
        return "cargo test"
    if suffix == ".rb":
        return f"rspec {quoted}" if path.endswith("_spec.rb") else f"ruby {quoted}"
    if suffix in {".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx"}:
        return "npm test" if _is_file(repository, "package.json") else f"node --test {quoted}"
    return ""
