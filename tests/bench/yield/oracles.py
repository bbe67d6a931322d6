"""Judges what was done: whether a tree, or words, are what a case asked for. The product has no say in it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from workbench.model import FileEdit

from . import preserved
from .cases import Case
from .place import edit, edits_of, program, run, run_command

Judge = Callable[[Case, Path, Mapping[str, str], str], Awaitable[str]]

CODE = frozenset({"patch", "rename", "lint"})
WORDS = frozenset({"summary", "explain", "chat", "review", "bughunt", "commit-message"})
LONGEST_SUBJECT = 72
_TEST_FILE = re.compile(r"(^|/)(test_[^/]*|[^/]*_test)\.py$")


async def judge(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    """Return what is wrong with the work on a case, or nothing.

    Args:
        case: what was asked.
        root: the tree as it was before.
        changed: files that were changed or added, with what they are now; an empty text where one was removed.
        words: what was said, for kinds that say something.
    """
    strangers = [name for name in changed if not _is_target(case, name)]
    if strangers:
        return f"changed what was not its to change: {', '.join(strangers)}"
    if case.kind in WORDS:
        return f"changed {', '.join(changed)}" if changed else judge_words(case, words)
    if not changed and not (case.kind == "changelog" and words):
        return "nothing was changed"
    judges: dict[str, Judge] = {
        "docstrings": _docstrings,
        "types": _types,
        "comments": _comments,
        "tests": _tests,
        "lint": _lint,
        "rename": _rename,
        "changelog": _changelog,
    }
    return await judges.get(case.kind, _behaviour)(case, root, changed, words)


def _is_target(case: Case, name: str) -> bool:
    if case.kind == "tests":
        return _TEST_FILE.search(name) is not None
    return name in case.target or any(name.startswith(f"{target}/") for target in case.target)


async def _behaviour(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    for name, after in changed.items():
        before = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
        if case.kind in {"patch", "lint"} and (lost := preserved.lost(name, before, after)):
            return f"lost from {name}: {', '.join(lost)[:300]}"
    its_program = program(case, oracle=True)
    if its_program is None:
        return ""
    check = await run(root, its_program, _edits(root, changed))
    return "" if check.ok else f"oracle: {check.output[-400:]}"


def _edits(root: Path, changed: Mapping[str, str]) -> tuple[FileEdit, ...]:
    return tuple(edit(root, name, text) for name, text in changed.items())


async def _docstrings(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    for name, after in changed.items():
        before = (root / name).read_text(encoding="utf-8")
        if complaint := preserved.docstrings(case, name, before, after):
            return complaint
    return await _behaviour(case, root, changed, words)


async def _types(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    (name,) = case.target
    before, after = (root / name).read_text(encoding="utf-8"), changed[name]
    if complaint := preserved.typed(case, before, after):
        return complaint
    files = {"uses_of_it.py": case.uses}
    # What the checker says of the package's own bodies was true before; only names and the users' lines count.
    options = "--no-error-summary --hide-error-context --show-error-codes --follow-imports=silent --no-incremental"
    command = f"python -m mypy {options} --ignore-missing-imports uses_of_it.py {name}"
    check = await run_command(root, command, files, _edits(root, changed))
    said = [line for line in check.output.splitlines() if ": error:" in line]
    counted = re.compile(r"^uses_of_it\.py:|\[(name-defined|valid-type|type-arg)\]")
    bad = [line for line in said if counted.search(line)]
    if bad:
        return f"types: {'; '.join(bad)[:400]}"
    if not said and not check.ok:
        return f"the type checker failed: {check.output[-200:]}"
    module = name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    place = "src" if name.startswith("src/") else "."
    text = f"import sys\nsys.path.insert(0, {place!r})\nimport {module}\n"
    check = await run_command(root, "python imports_it.py", {"imports_it.py": text}, _edits(root, changed))
    return "" if check.ok else f"does not import: {check.output[-300:]}"


async def _comments(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    for name, after in changed.items():
        before = (root / name).read_text(encoding="utf-8")
        if complaint := preserved.comments(case, name, before, after):
            return complaint
    return ""


async def _tests(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    """A test must pass on the code as it is and notice at least half of the faults it can be expected to notice."""
    options = ["-q", "-x", "-p", "no:cacheprovider", *changed]
    # Started by a script, for the runner of checks runs a failed pytest again to tell what else is flaky.
    script = {"run_the_tests.py": f"import sys\n\nimport pytest\n\nsys.exit(pytest.main({options!r}))\n"}
    command = "python run_the_tests.py"
    check = await run_command(root, command, script, _edits(root, changed))
    if not check.ok:
        return f"its test does not pass: {check.output[-300:]}"
    noticed = 0
    for mutant in case.mutants:
        faulty = edits_of(case, root, (mutant,))
        ran = await run_command(root, command, script, (*_edits(root, changed), *faulty))
        noticed += not ran.ok
    wanted = (len(case.mutants) + 1) // 2
    return "" if noticed >= wanted else f"its test notices {noticed} of {len(case.mutants)} faults"


async def _lint(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    before = "\n".join((root / name).read_text(encoding="utf-8") for name in changed)
    if "\n".join(changed.values()).count("noqa") > before.count("noqa"):
        return "silenced the linter"
    command = f"ruff check --isolated --no-cache --select E9,F82,{','.join(case.rules)} {' '.join(case.target)}"
    check = await run_command(root, command, {}, _edits(root, changed))
    if not check.ok:
        return f"lint: {check.output[-300:]}"
    return await _behaviour(case, root, changed, words)


async def _rename(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    for name in case.target:
        text = changed.get(name) or (root / name).read_text(encoding="utf-8")
        left = preserved.identifiers(name, text) & set(case.gone)
        if left:
            return f"still in {name}: {', '.join(sorted(left))}"
    return await _behaviour(case, root, changed, words)


async def _changelog(case: Case, root: Path, changed: Mapping[str, str], words: str) -> str:
    added = []
    for name, after in changed.items():
        before = (root / name).read_text(encoding="utf-8").splitlines() if (root / name).exists() else []
        lines = after.splitlines()
        if any(line not in lines for line in before if line.strip()):
            return f"lost lines of {name}"
        added += [line for line in lines if line not in before]
    return judge_words(case, "\n".join(added) or words)


def judge_words(case: Case, words: str) -> str:
    """Return what is wrong with an answer in words, or nothing."""
    if not words.strip():
        return "said nothing"
    missing = [wanted for wanted in case.says if not re.search(wanted, words, re.IGNORECASE)]
    if missing:
        return f"does not say: {' | '.join(missing)}"
    wrong = [unwanted for unwanted in case.unsaid if re.search(unwanted, words, re.IGNORECASE)]
    if wrong:
        return f"says: {' | '.join(wrong)}"
    if case.kind == "commit-message":
        return _judge_message(words)
    return ""


def _judge_message(words: str) -> str:
    lines: Sequence[str] = words.strip().splitlines()
    if len(lines[0]) > LONGEST_SUBJECT:
        return f"a subject of {len(lines[0])} characters"
    if "```" in words:
        return "a fence in the message"
    return "no blank line after the subject" if len(lines) > 1 and lines[1].strip() else ""
