"""Linters: which command runs one, and what its report says, as data whatever its form.

A linter's command is a command like any other: nanites.toml allows it. Where none is allowed, the refusal names the one
that the repository's own settings ask for.
"""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from workbench.errors import CheckFailed

LINTERS = frozenset(
    """
    ruff flake8 pylint pycodestyle pyflakes mypy eslint biome oxlint golangci-lint staticcheck shellcheck rubocop
    """.split()  # noqa: SIM905 — a line of words reads better than a list
)
_RUNNERS = frozenset({"npx", "pnpm", "yarn", "uv", "uvx", "poetry", "pdm", "hatch", "bundle", "exec", "run", "-m"})
_MANY_HOLES = re.compile(r"\{(?:file|path)\}")


@dataclass(frozen=True)
class Edit:
    """A replacement that a linter offers: from one place to another, lines and columns from 1, ends exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """One thing a linter found.

    Attributes:
        fix: what it would do itself, where it calls that safe.
        unsafe_fix: what it would do itself, where it does not: a comment may go, or an odd case go another way.
    """

    path: str
    line: int
    code: str
    message: str
    fix: tuple[Edit, ...] = ()
    unsafe_fix: tuple[Edit, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same while lines move."""
        return self.path, self.code, re.sub(r"\d+", "0", self.message)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}".replace("  ", " ")


def linter_of(command: str) -> str | None:
    """Return the linter that a command runs, or None."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    for word in words[:4]:
        name = PurePosixPath(word).name
        if name in LINTERS:
            return name
        if name == "go" and "vet" in words[:3]:
            return "go vet"
        if name not in _RUNNERS and not name.startswith("python"):
            return None
    return None


def commands_for(root: Path, paths: Sequence[str], checks: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the commands that lint `paths`: those of the task's checks, else one that nanites.toml allows.

    Raises:
        CheckFailed: none is allowed (code `command-not-allowed`); the hint says what to allow.
    """
    named = tuple(command for command in checks if linter_of(command))
    if named:
        return named
    usual = _usual(root, paths)
    known = [command for command in allowed if linter_of(command) and not _changes_files(command)]
    known.sort(key=lambda command: (linter_of(command) != linter_of(usual), not _MANY_HOLES.search(command)))
    for command in known:
        if _MANY_HOLES.search(command):
            return tuple(_filled(command, path) for path in paths)
        if "{folder}" not in command:
            return (command,)
    raise CheckFailed(
        "nanites.toml allows no linter",
        code="command-not-allowed",
        hint=f"nanites allow {shlex.quote(usual)}",
    )


def _filled(command: str, path: str) -> str:
    return _MANY_HOLES.sub(lambda _: shlex.quote(path), command)


def _changes_files(command: str) -> bool:
    return any(word in {"--fix", "--fix-only", "--write", "format", "-a", "-A"} for word in command.split())


def _usual(root: Path, paths: Sequence[str]) -> str:
    """Return the command that the repository's own settings, or else the files' language, ask for."""
    suffixes = {PurePosixPath(path).suffix.lower() for path in paths}
    if suffixes & {".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".vue", ".svelte"}:
        if (root / "biome.json").is_file():
            return "npx biome lint {file}"
        return "npx eslint --format json {file}"
    if ".go" in suffixes:
        return "golangci-lint run" if any(root.glob(".golangci.*")) else "go vet ./..."
    if suffixes & {".sh", ".bash"}:
        return "shellcheck -f gcc {file}"
    if ".rb" in suffixes:
        return "rubocop --format emacs {file}"
    if _has_ruff(root):
        return "ruff check {file}"
    if (root / ".flake8").is_file():
        return "flake8 {file}"
    if (root / ".pylintrc").is_file():
        return "pylint {file}"
    return "ruff check {file}"


def _has_ruff(root: Path) -> bool:
    if (root / "ruff.toml").is_file() or (root / ".ruff.toml").is_file():
        return True
    try:
        return "ruff" in tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False


def read_report(output: str) -> tuple[Diagnostic, ...]:
    """Return what a linter found, from JSON of ruff and eslint, eslint's own form, or lines of `PATH:LINE:COLUMN:`."""
    value = _json(output)
    found = _from_json(value) if value is not None else _from_lines(output)
    return tuple(sorted(found, key=lambda one: (one.path, one.line)))


def _json(output: str) -> list[Any] | None:
    start = re.search(r"^\[", output, re.MULTILINE)
    if start is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(output[start.start() :])
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) and all(isinstance(item, dict) for item in value) else None


def _from_json(items: list[Any]) -> list[Diagnostic]:
    found = []
    for item in items:
        if "messages" in item:
            path = _relative(str(item.get("filePath", "")))
            found += [_of_eslint(path, said) for said in item["messages"] if isinstance(said, dict)]
        elif isinstance(item.get("location"), dict):
            found.append(_of_ruff(item))
    return found


def _of_ruff(item: dict[str, Any]) -> Diagnostic:
    fix = item.get("fix") or {}
    edits = tuple(_edit(edit) for edit in fix.get("edits", ()))
    applicability = fix.get("applicability")
    return Diagnostic(
        path=_relative(str(item.get("filename", ""))),
        line=int(item["location"].get("row") or 1),
        code=str(item.get("code") or "syntax"),
        message=str(item.get("message", "")),
        fix=edits if applicability == "safe" else (),
        unsafe_fix=edits if applicability == "unsafe" else (),
    )


def _edit(edit: dict[str, Any]) -> Edit:
    begin, end = edit["location"], edit["end_location"]
    return Edit(begin["row"], begin["column"], end["row"], end["column"], str(edit.get("content") or ""))


def _of_eslint(path: str, said: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        path=path,
        line=int(said.get("line") or 1),
        code=str(said.get("ruleId") or "syntax"),
        message=str(said.get("message", "")),
    )


def _relative(path: str) -> str:
    # The copy's own folder was taken out of the output already; what is left may begin with `./`.
    return re.sub(r"^(?:\./)+", "", path)


_LINE = re.compile(
    r"^(?P<path>[^\s:][^:\n]*?):(?P<line>\d+)(?::\d+)?:? +(?:(?P<level>error|warning|note|E|W|C):? +)?"
    r"(?:\[?(?P<code>[A-Za-z]{1,10}\d{1,5})\]?:? +)?(?P<message>\S.*)$"
)
_STYLISH = re.compile(r"^ +(?P<line>\d+):\d+ +(?:error|warning) +(?P<message>.+?)(?: {2,}(?P<code>[\w@/-]+))?$")


def _from_lines(output: str) -> list[Diagnostic]:
    found = []
    path = ""
    for row in output.splitlines():
        if match := _LINE.match(row):
            message = match["message"]
            code = match["code"] or (ending[1] if (ending := re.search(r"[\[(]([\w@/-]+)[\])]$", message)) else "")
            found.append(Diagnostic(_relative(match["path"]), int(match["line"]), code, message))
        elif (match := _STYLISH.match(row)) and path:
            found.append(Diagnostic(path, int(match["line"]), match["code"] or "", match["message"]))
        elif re.fullmatch(r"\S[^:]*\.\w+", row):
            path = _relative(row.strip())
    return found
