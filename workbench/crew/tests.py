"""Tests for what has none: a nanite writes one, and it is kept only if it passes and notices a fault in the code.

What a small model expects wrongly is dropped assertion by assertion, as long as the rest still notices a fault.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks.syntax import check_syntax
from workbench.context.budget import Part
from workbench.context.shown import around
from workbench.crew.aiming.naming import named
from workbench.crew.conversation import Conversation
from workbench.crew.excerpt import code_of
from workbench.crew.testing.layout_of_tests import TestPlace, reach, read_place
from workbench.crew.testing.mutation import mutants
from workbench.crew.testing.test_form import (
    TestCode,
    as_written,
    failing_lines,
    helped_by,
    is_of_another,
    test_code,
    with_test,
    without_lines,
)
from workbench.edits.symbols import Symbol, cut, symbols
from workbench.errors import AnswerRejected, CheckFailed, EditRefused, NaniteError
from workbench.model import Check, FileEdit, Proposal, Source, Verdict

MOST_SYMBOLS = 4
"""Symbols that a task which names none gets tests for."""

MOST_MUTANTS = 6
"""Wrong versions of a symbol that are tried on a test."""

MOST_DROPPED = 4
"""Assertions of one test that are dropped because the code does otherwise."""

_MODULES = re.compile(r"^\s*(?:import|from) [\w., ]+|(?<=[\"'])[\w.]+(?=[\"'])", re.MULTILINE)
"""What a test imports itself, and texts in it that may name modules."""

_NO_MODULE = re.compile(r"No module named '([\w.]+)'")

FENCE_END = "\n```\n"

NOTHING = """

import unittest


class TestNothing(unittest.TestCase):
    def test_nothing(self):
        pass
"""
"""Stands in for a test that is left out, for a command may fail where it finds no test at all."""


@dataclass
class _Suite:
    """One file's tests under work: where they go, and their text by now."""

    source: Source
    place: TestPlace
    text: str | None

    @property
    def code(self) -> str:
        return self.source.content.decode("utf-8")

    @property
    def is_changed(self) -> bool:
        """Whether a test was written."""
        return self.text != self.place.text

    def edit(self, text: str) -> FileEdit:
        """Return the change that makes the test file say `text`."""
        before = None if self.place.text is None else self.place.text.encode("utf-8")
        return FileEdit(path=self.place.path, before=before, after=text.encode("utf-8"))


async def tests(talk: Conversation) -> Proposal:
    """Return tests in the repository's own layout, each of which passes and fails on a mutation of its symbol.

    Raises:
        AnswerRejected: nothing is there to test (code `nothing-to-do`), or no test was worth keeping (`no-test`).
        CheckFailed: what runs the tests does not find the code (code `cannot-import`).
    """
    suites: list[_Suite] = []
    checks: list[Check] = []
    done: list[str] = []
    failed: list[NaniteError] = []
    for source in talk.brief.targets:
        found = talk.brief.found.get(source.path)
        if found is None:
            talk.note(f"{source.path}: left out: only Python that is no test itself is tested")
            continue
        place = read_place(found)
        if any(suite.place.path == place.path and suite.is_changed for suite in suites):
            talk.note(f"{source.path}: left out: its tests would go to {place.path} too; run it again for it"[:400])
            continue
        suite = _Suite(source, place, place.text)
        for symbol in _wanted(talk, suite):
            try:
                checks += await _test(talk, suite, symbol)
            except (AnswerRejected, EditRefused) as error:
                failed.append(error)
                talk.note(f"{symbol.name} in {source.path}: left out: {error.message}"[:400])
            else:
                done.append(symbol.name)
        suites.append(suite)
    edits = [suite.edit(suite.text) for suite in suites if suite.text is not None and suite.is_changed]
    if not edits:
        raise _nothing(failed)
    ran = all(suite.place.command for suite in suites)
    if not ran:
        path = shlex.quote("pytest -q {path}")
        talk.note(f"not run, for nanites.toml allows no command that runs them: nanites allow {path}")
    return Proposal(
        summary=f"Tests {', '.join(done)} in {', '.join(edit.path for edit in edits)}"[:400],
        edits=tuple(edits),
        checks=tuple(checks),
        verdict=Verdict.CHECKED if ran and checks and all(check.ok for check in checks) else Verdict.UNVERIFIED,
        notes=tuple(talk.notes),
    )


def _nothing(failed: Sequence[NaniteError]) -> NaniteError:
    if failed:
        last = failed[-1]
        return AnswerRejected(f"no test was worth keeping; the last: {last.message}", code="no-test", hint=last.hint)
    return AnswerRejected(
        "there is nothing to test in the targets that has no test already",
        code="nothing-to-do",
        hint="name a function by its name",
    )


def _wanted(talk: Conversation, suite: _Suite) -> list[Symbol]:
    """Return the functions to test: those the task names, else public ones that no test names yet."""
    try:
        every = [symbol for symbol in symbols(suite.code) if symbol.kind not in {"assignment", "class"}]
        classes = [symbol for symbol in symbols(suite.code) if symbol.kind == "class"]
    except EditRefused as error:
        talk.note(f"{suite.source.path}: left out: {error.message}")
        return []
    names = named(talk.brief.task.spec.task, [symbol.name for symbol in (*every, *classes)])
    if names:
        return [symbol for symbol in (*every, *classes) if symbol.name in names]
    known = suite.text or ""
    bare = [
        symbol
        for symbol in every
        if not any(part.startswith("_") for part in symbol.name.split("."))
        and symbol.name.rpartition(".")[2] not in known
    ]
    if len(bare) > MOST_SYMBOLS:
        talk.note(f"{len(bare) - MOST_SYMBOLS} more functions have no test: run it again for them")
    return bare[:MOST_SYMBOLS]


async def _test(talk: Conversation, suite: _Suite, symbol: Symbol) -> list[Check]:
    """Put a test for one symbol into the suite and return what was found out about it.

    Raises:
        AnswerRejected, EditRefused: no answer was worth keeping. CheckFailed: none can be.
    """
    shown = cut(suite.code.replace("\r\n", "\n"), symbol.name).rstrip()
    frame = around(suite.code, symbol.name) if "." in symbol.name else ""
    outer = symbol.name.partition(".")[0]
    if is_of_another(suite.text, suite.place.module, outer):
        raise EditRefused(
            f"{suite.place.path} has a {outer} of another module", code="import-conflict", hint="test it by hand"
        )
    task = " ".join(talk.brief.task.spec.task.split())
    asked = f"Task: {task}\n" if task else ""
    code = f"{frame}\n\n{shown}" if frame else shown
    parts = [
        Part(name=f"{symbol.name} in {suite.source.path}", text=f"```python\n{code}\n```"),
        Part(
            name="task",
            text=f"{asked}Test `{symbol.name}`. The test file has `from {suite.place.module} import {outer}`.",
        ),
    ]
    first = tuple(parts)
    for attempt in range(talk.repairs + 1):
        _, answer = await talk.ask(talk.open(), parts, attempt=attempt, stop=(FENCE_END,), in_part=True)
        try:
            written = helped_by(test_code(code_of(answer), symbol.name), suite.place.module, suite.code)
            return await _keep(talk, suite, symbol, written)
        except (AnswerRejected, EditRefused) as error:
            talk.refuse(f"{symbol.name}: {error.message}")
            if attempt == talk.repairs or error.code == "already-tested":
                raise
            again = f"{talk.recipe.texts['again']} {error.message}"
            parts = [*first, Part(name="complaint", text=again[:600])]
    raise AssertionError("the loop returns or raises")


async def _keep(talk: Conversation, suite: _Suite, symbol: Symbol, written: TestCode) -> list[Check]:
    """Put a test into the suite if it passes and notices a fault; without a command, if it parses."""
    command = suite.place.command
    text = with_test(suite.text, written, suite.place.module, symbol.name, as_class="unittest" in command)
    _check_cheaply(suite.edit(text))
    if not command:
        suite.text = text
        return []
    passed = await talk.desk.read_command([suite.edit(text)], command)
    dropped = 0
    while passed.ok is False and dropped < MOST_DROPPED:
        lines = failing_lines(passed.output, suite.place.path)
        shorter = without_lines(text, lines, known=suite.text or "")
        if shorter is None:
            break
        dropped += 1
        text = shorter
        passed = await talk.desk.read_command([suite.edit(text)], command)
    if not passed.ok:
        _check_import(suite, written, passed.output)
        raise AnswerRejected(
            f"the test does not pass: {as_written(passed.output)}", code="checks-failed", hint="name a simpler function"
        )
    if dropped:
        talk.note(f"{symbol.name}: {dropped} wrong expectations of the model were dropped")
    noticed = await _noticed(talk, suite, symbol, text)
    suite.text = text
    return [passed.model_copy(update={"output": ""}), noticed]


def _check_import(suite: _Suite, written: TestCode, output: str) -> None:
    """Refuse to go on where no test could pass, because what runs them does not find the code, or what that imports.

    Raises:
        CheckFailed: so it is (code `cannot-import`).
    """
    missing = [name.partition(".")[0] for name in _NO_MODULE.findall(output)]
    imports = (line for line in written.imports if not line.startswith(f"from {suite.place.module} "))
    own = "\n".join([*imports, *(name for text in written.functions for name in _MODULES.findall(text))])
    if not missing or any(re.search(rf"\b{re.escape(name)}\b", own) for name in missing):
        return
    top = suite.place.module.partition(".")[0]
    if top not in missing:
        raise CheckFailed(
            f"`{suite.place.command}` cannot import {top}: it wants {missing[-1]}, which is not there",
            code="cannot-import",
            hint=f"install {missing[-1]} where the tests run",
        )
    at_top = not suite.source.path.startswith(("src/", "lib/"))
    python = " or allow `python -m pytest -q {path}`, which finds what lies at the top" if at_top else ""
    raise CheckFailed(
        f"`{suite.place.command}` does not find {top}: no test of {suite.source.path} could pass",
        code="cannot-import",
        hint=f"install the repository where the tests run (pip install -e .){python}",
    )


async def _noticed(talk: Conversation, suite: _Suite, symbol: Symbol, text: str) -> Check:
    """Return the check that a test fails on a faulty version of its symbol.

    Raises:
        AnswerRejected: it notices none of those that were tried (code `notices-nothing`), or none that the tests there
            were do not notice too (`already-tested`).
    """
    withheld = suite.code.count("WITHHELD")
    # A fault in what stands in for a secret would be refused, and that must not count as noticed.
    tried = [one for one in mutants(suite.code, symbol.name, MOST_MUTANTS) if one.text.count("WITHHELD") == withheld]
    known = ""
    for mutant in tried:
        faulty = FileEdit(path=suite.source.path, before=suite.source.content, after=mutant.text.encode("utf-8"))
        check = await talk.desk.read_command([suite.edit(text), faulty], suite.place.command)
        if check.ok is not False:
            continue
        if await _is_new(talk, suite, faulty):
            return talk.report(
                Check(name=f"fails where {symbol.name} is wrong", ok=True, output=mutant.what, seconds=check.seconds)
            )
        known = mutant.what
    if known:
        raise AnswerRejected(
            f"the tests there are notice already what a new one of {symbol.name} does, such as {known}",
            code="already-tested",
            hint="name a function that has no test",
        )
    raise AnswerRejected(
        f"the test of {symbol.name} passes also where the code is wrong"
        if tried
        else f"{symbol.name} has nothing in it of which a test could be tried",
        code="notices-nothing",
        hint="assert what it returns",
    )


async def _is_new(talk: Conversation, suite: _Suite, faulty: FileEdit) -> bool:
    """Return whether a fault goes unnoticed without the test that is tried: another may be what noticed it."""
    command = suite.place.command
    if suite.text is None and reach(command, suite.place.path) == 0:
        return True
    without = suite.edit(f"{suite.text or ''}{NOTHING}")
    return (await talk.desk.read_command([without, faulty], command)).ok is True


def _check_cheaply(edit: FileEdit) -> None:
    from workbench.crew.answers.names import undefined_names

    for check in (*check_syntax([edit]), *undefined_names([edit])):
        if check.ok is False:
            raise AnswerRejected(f"{check.name}: {check.output}", code="checks-failed", hint="answer with one test")
