"""Whether changed files still parse: Python, JSON, TOML, YAML, and the languages a grammar is at hand for."""

from __future__ import annotations

import json
import time
import tomllib
import warnings
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from workbench.edits.foreign.grammars import first_new_fault
from workbench.model import Check, FileEdit

MAX_YAML_BYTES = 500_000
"""YAML beyond this is not read, and nothing is claimed of it: its parser is slow."""


def check_syntax(edits: Sequence[FileEdit]) -> tuple[Check, ...]:
    """Return one check for each changed or new file whose language is known, in order.

    A file that did not parse before and does not now is not held against the change: `ok` is None.
    """
    found = []
    for edit in edits:
        reader = _READERS.get(PurePosixPath(edit.path).suffix.lower())
        if reader is None and edit.after is not None:
            found += _check_by_grammar(edit, edit.after)
        if reader is None or edit.after is None or (reader is _read_yaml and len(edit.after) > MAX_YAML_BYTES):
            continue
        begun = time.perf_counter()
        fault = _fault(reader, edit.after)
        ok: bool | None = fault is None
        if fault is not None and edit.before is not None and (before := _fault(reader, edit.before)) is not None:
            ok, fault = None, f"{fault}; before the change: {before}"
        seconds = round(time.perf_counter() - begun, 4)
        found.append(Check(name=f"{edit.path} parses", ok=ok, output=fault or "", seconds=seconds))
    return tuple(found)


def _check_by_grammar(edit: FileEdit, after: bytes) -> list[Check]:
    """Return the check of a file in a language with a grammar: what did not parse before is not held against it."""
    begun = time.perf_counter()
    before, now = (content.decode("utf-8", "replace") for content in (edit.before or b"", after))
    line = first_new_fault(edit.path, before, now)
    if line is None:
        return []
    ok = True if line == 0 else None if line < 0 else False
    output = f"line {abs(line)}: does not parse" if line else ""
    seconds = round(time.perf_counter() - begun, 4)
    return [Check(name=f"{edit.path} parses", ok=ok, output=output, seconds=seconds)]


def _fault(reader: Callable[[bytes], None], content: bytes) -> str | None:
    """Return what is wrong with a file, naming the line, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader(content)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}" if error.lineno else str(error.msg)
    except (RecursionError, MemoryError):
        return "nested too deeply"
    except ValueError as error:
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    return None


def _read_python(content: bytes) -> None:
    # Compiling sees what parsing does not: a `return` outside a function, an argument named twice.
    compile(content, "<file>", "exec", dont_inherit=True)


def _read_json(content: bytes) -> None:
    try:
        json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error


def _read_toml(content: bytes) -> None:
    tomllib.loads(content.decode("utf-8-sig"))


def _read_yaml(content: bytes) -> None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Events only: nothing is built, so no tag acts and no alias grows.
        for _ in yaml.parse(content.decode("utf-8-sig"), Loader=loader):
            pass
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ValueError(f"{line}{error.problem or error.context or 'not YAML'}") from error
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


_READERS: dict[str, Callable[[bytes], None]] = {
    ".py": _read_python,
    ".pyi": _read_python,
    ".pyw": _read_python,
    ".json": _read_json,
    ".toml": _read_toml,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
}
