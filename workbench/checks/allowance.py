"""Which commands may run: the exact text that nanites.toml lists, or a pattern there with holes for paths.

A hole is `{file}`, `{folder}` or `{path}`, in a word of its own or with text around it. What stands there must be a
path inside the repository, and cannot be taken for an option.
"""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from workbench.checks.programs import programs
from workbench.consent import Consent
from workbench.errors import CheckFailed, NaniteError, TaskRefused
from workbench.model import FileEdit, Proposal, Verdict
from workbench.repository import Repository

_HOLE = re.compile(r"\{(file|folder|path)\}")

_STEERING = re.compile(
    r"(?:conftest|sitecustomize|usercustomize|setup|noxfile|tasks|fabfile|manage)\.py"
    r"|pytest\.ini|\.?tox\.ini|setup\.cfg|pyproject\.toml|\.coveragerc|mypy\.ini|\.?ruff\.toml|.*\.pth"
    r"|(?:GNU)?[Mm]akefile|.*\.mk|CMakeLists\.txt|[Jj]ustfile|Rakefile|Gemfile|Taskfile\.ya?ml"
    r"|package\.json|\.npmrc|\.yarnrc(?:\.yml)?|\.mocharc.*|\.eslintrc.*|tsconfig.*\.json|deno\.jsonc?"
    r"|(?:jest|vitest|vite|babel|karma|webpack|rollup|eslint|playwright|cypress)\.config\..*"
    r"|go\.mod|go\.work|Cargo\.toml|build\.rs|pom\.xml|build\.gradle.*|settings\.gradle.*|build\.sbt|mix\.exs"
    r"|nanites\.toml|\.pre-commit-config\.yaml|\.envrc|\.env"
)
"""Names of files that say what a test command does. A proposal that changes one is its own judge."""


def allows(allowed: Iterable[str], command: str, root: Path, made: Collection[str] = ()) -> bool:
    """Return whether `command` is one of `allowed`, or fits one that has holes; `made` are files still to be made."""
    patterns = tuple(allowed)
    return command in patterns or any(
        _fits(pattern, command, root, made) for pattern in patterns if _HOLE.search(pattern)
    )


def _fits(pattern: str, command: str, root: Path, made: Collection[str]) -> bool:
    try:
        wanted, given = shlex.split(pattern), shlex.split(command)
    except ValueError:
        return False
    return len(wanted) == len(given) and all(
        _word_fits(form, word, root, made) for form, word in zip(wanted, given, strict=True)
    )


def _word_fits(form: str, word: str, root: Path, made: Collection[str]) -> bool:
    parts = _HOLE.split(form)
    if len(parts) == 1:
        return form == word
    # Text and names of holes take turns.
    regular = "".join("(.+)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    found = re.fullmatch(regular, word, re.DOTALL)
    return found is not None and all(
        _is_inside(kind, value, root, made) for kind, value in zip(parts[1::2], found.groups(), strict=True)
    )


def _is_inside(kind: str, value: str, root: Path, made: Collection[str]) -> bool:
    if value.startswith("-"):
        return False
    try:
        place = Repository(root).locate(value)
    except TaskRefused:
        return False
    if value in made and kind != "folder":
        return True
    return {"file": place.is_file, "folder": place.is_dir, "path": place.exists}[kind]()


def refuse_unless_allowed(
    commands: Iterable[str], allowed: Sequence[str], root: Path, made: Collection[str] = ()
) -> None:
    """Raise CheckFailed where a command is not allowed (`command-not-allowed`) or a person forbade it here.

    `made` are the files that the proposal under check makes: a path among them counts as there.
    """
    consent = Consent.of(root)
    for command in commands:
        if consent.forbids(command):
            raise CheckFailed(
                f"you forbade the command {command!r} in this repository",
                code="command-forbidden",
                hint=f"to think better of it: nanites allow {shlex.quote(command)}",
            )
        if not allows(allowed, command, root, made):
            listed = json.dumps(command, ensure_ascii=False)
            raise CheckFailed(
                f"nanites.toml does not allow the command {command!r}",
                code="command-not-allowed",
                hint=f"nanites allow {shlex.quote(command)} adds {listed} to checks.allow in nanites.toml",
            )


def steering(edits: Iterable[FileEdit], commands: Iterable[str]) -> tuple[str, ...]:
    """Return the files among `edits` that decide what `commands` do: settings, and programs that they run."""
    named = {path for command in commands for path in programs(command)}
    return tuple(
        edit.path
        for edit in edits
        if edit.path in named or _STEERING.fullmatch(PurePosixPath(edit.path).name) is not None
    )


def judged(proposal: Proposal, commands: Iterable[str]) -> Proposal:
    """Return a proposal that is not called `checked` where it changes what its own checks do, and says so."""
    changed = steering(proposal.edits, commands)
    if proposal.verdict is not Verdict.CHECKED or not changed:
        return proposal
    note = f"not counted as checked: it changes {', '.join(changed)}, which says what its checks do"
    return proposal.model_copy(update={"verdict": Verdict.UNVERIFIED, "notes": (*proposal.notes, note[:400])})


def with_allowed(text: str, command: str) -> str:
    """Return the text of a nanites.toml that allows `command` too; everything else in it stays as it is.

    Raises:
        NaniteError: the text is no TOML, or is written in a way that nothing can be added to (code `settings`).
    """
    try:
        before = tomllib.loads(text)
        changed = _added(text, before, json.dumps(command, ensure_ascii=False))
        after = tomllib.loads(changed)
    except tomllib.TOMLDecodeError as error:
        raise _by_hand(command) from error
    known = before.get("checks", {}).get("allow", [])
    checks = before.get("checks", {}) | {"allow": [command, *known]}
    if after != before | {"checks": checks}:
        raise _by_hand(command)
    return changed


def _added(text: str, before: dict[str, object], value: str) -> str:
    header = re.search(r"^[ \t]*\[[ \t]*checks[ \t]*\][^\n]*\n?", text, re.MULTILINE)
    if header is None:
        gap = "\n" if text and not text.endswith("\n") else ""
        return f"{text}{gap}{chr(10) if text else ''}[checks]\nallow = [{value}]\n"
    begun = text[: header.end()] + ("" if text[: header.end()].endswith("\n") else "\n")
    rest = text[header.end() :]
    following = re.search(r"^[ \t]*\[", rest, re.MULTILINE)
    allow = re.search(r"^[ \t]*allow[ \t]*=[ \t]*\[", rest, re.MULTILINE)
    if allow is None or (following is not None and following.start() < allow.start()):
        return f"{begun}allow = [{value}]\n{rest}"
    # First in the list: what comes after may be commented or end in a comma, as its author likes.
    empty = re.match(r"\s*\]", rest[allow.end() :]) is not None
    return f"{begun}{rest[: allow.end()]}{value}{'' if empty else ', '}{rest[allow.end() :]}"


def _by_hand(command: str) -> NaniteError:
    listed = json.dumps(command, ensure_ascii=False)
    return NaniteError(
        "nanites.toml is written in a way that nothing can be added to",
        code="settings",
        hint=f"write there by hand: [checks] allow = [{listed}]",
    )
