"""The tasks, read from `cases/*.toml`: what is asked of a third-party file, and what tells whether it was done.

A file holds the cases of one package. `check` is a small program that the task may name as its check command; `oracle`
is more of the same program, which only the judge runs, so it is never weaker than the check. docs/benchmarks.md says
how a case is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from workbench.model import Value

FOLDER = Path(__file__).with_name("cases")

MODULES = Path(__file__).parents[2] / "data" / "yield"
"""Modules of our own that cases are about, in a folder for each repository that they might be of."""

Language = Literal["python", "javascript", "go"]


class Swap(Value):
    """One small edit: `old`, which stands exactly once in the file, becomes `new`; without a file, in the target."""

    file: str = ""
    old: str
    new: str


class Commit(Value):
    """A commit made before the task, for kinds that read history; `staged` leaves it in the index instead."""

    message: str
    swaps: tuple[Swap, ...]
    staged: bool = False


class Package(Value):
    """Where a case's files come from.

    Attributes:
        source: who serves it: PyPI (a source archive), npm or the Go module proxy.
        keep: globs of the files that the scratch repository gets; all if empty.
        own: a folder of `MODULES` that the targets come from instead; the package lends its licence.
        prelude: what a check and an oracle of this package begin with.
    """

    name: str
    version: str
    source: Literal["pip", "npm", "go"]
    licence: str
    keep: tuple[str, ...] = ()
    own: str = ""
    prelude: str = ""

    @property
    def language(self) -> Language:
        """Return the language of its code."""
        languages: dict[str, Language] = {"pip": "python", "npm": "javascript", "go": "go"}
        return languages[self.source]


class Case(Value):
    """One task.

    Attributes:
        ask: the words of the task.
        target: files that may change.
        read: context that the task names.
        check, oracle: see above. For Go they are bodies of test functions, and `imports` names what they import.
        reference: a right change; without it the bench cannot know that the oracle lets one through.
        wrong: changes that look right and are not; the oracle must refuse each.
        symbols: what must come out documented, annotated or commented, as `name` or `Class.name`; for other languages
            than Python a regular expression that finds the line which begins it.
        uses: for `types`: code that must type-check against the annotated file, `misuses` what must not crash it.
        says, unsaid: for words: regular expressions that must and must not be found.
        gone: for `rename`: identifiers that must be nowhere in the targets.
        rules: for `lint`: the linter's rules that must be satisfied.
        mutants: for `tests`: faults that a written test must notice.
        files: other files that the scratch repository gets.
        commits: history made before the task.
    """

    name: str
    kind: str = "patch"
    ask: str = ""
    target: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    check: str = ""
    oracle: str = ""
    imports: tuple[str, ...] = ()
    reference: tuple[Swap, ...] = ()
    wrong: tuple[tuple[Swap, ...], ...] = ()
    symbols: tuple[str, ...] = ()
    uses: str = ""
    says: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    mutants: tuple[Swap, ...] = ()
    files: dict[str, str] = Field(default_factory=dict)
    commits: tuple[Commit, ...] = ()
    package: Package

    @field_validator("target", "read", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def language(self) -> Language:
        """Return the language of what it is about."""
        return self.package.language

    def file_of(self, swap: Swap) -> str:
        """Return the file that a swap is in."""
        return swap.file or self.target[0]


def load() -> tuple[Case, ...]:
    """Return all cases; two of one name are an error."""
    cases = tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in _read(path))
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"named twice: {', '.join(sorted(twice))}")
    return cases


def _read(path: Path) -> Iterator[Case]:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    package = Package.model_validate(values.pop("package"))
    target = values.pop("target", None)
    for fields in values.pop("case"):
        case = Case.model_validate({"target": target or ()} | fields | {"package": package})
        yield case.model_copy(update={"files": case.files | dict(_own(case))}) if package.own else case
    if values:
        raise ValueError(f"{path.name}: unknown: {', '.join(values)}")


def _own(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the targets that are modules of our own, each with what makes its folder a package."""
    folder = MODULES / case.package.own
    for target in case.target:
        for path in (folder / target, (folder / target).with_name("__init__.py")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def swapped(text: str, swap: Swap) -> str:
    """Return a text with a swap made.

    Raises:
        ValueError: what is to go stands there more than once, or not at all.
    """
    there = text.count(swap.old)
    if there != 1:
        raise ValueError(f"stands there {there} times: {swap.old[:60]!r}")
    return text.replace(swap.old, swap.new)
