"""Linting: what the linter can mend it mends, the rest goes to a nanite one finding at a time.

A change is kept only if the linter says, of the tree with it, that the finding is gone and no new one came; and, since
a linter does not look at what code does, if nothing tells that it does something else than before.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.checks.linters import Diagnostic, linter_of, read_report
from workbench.checks.syntax import check_syntax
from workbench.context.budget import Part, answer_tokens
from workbench.crew.answers.names import undefined_names
from workbench.crew.conversation import Conversation
from workbench.crew.excerpt import Piece, answered_lines, code_of, one_line, piece_around, with_repeated
from workbench.crew.failing import first_failure
from workbench.crew.linting.as_before import HINT, AsBefore
from workbench.crew.linting.fixes import with_fixes
from workbench.crew.linting.form_only import UNUSED, says_otherwise, without_new_comments
from workbench.crew.linting.names import bad_name
from workbench.crew.renaming.words import NAME_SCHEMA, answered_name
from workbench.crew.solving.showing import language
from workbench.errors import AnswerRejected, CheckFailed, EditRefused
from workbench.model import Check, FileEdit, Proposal, Verdict

MOST_FINDINGS = 12
"""Findings that one task gives to a nanite; what is left is said."""

MOST_FIXES = 5
"""Rounds of the linter's own fixes: one often makes room for the next."""

MOST_LINES = 12
"""Lines that the answer to one finding may change."""

FENCE_END = "\n```\n"
_SILENCING = re.compile(
    r"noqa|type:\s*ignore|pylint:\s*disable|eslint-disable|ts-ignore|ts-expect-error|nolint|shellcheck disable"
    r"|rubocop:disable|ruff:\s*\w|flake8:",
    re.IGNORECASE,
)

_EMPTY_BLOCK = re.compile(r"```\w*\s*(?:```|$)")


@dataclass
class _Work:
    """The files as they are by now, and what the linter says of them."""

    commands: tuple[str, ...]
    behaviour: AsBefore
    before: dict[str, bytes]
    now: dict[str, bytes]
    found: tuple[Diagnostic, ...] = ()
    checks: tuple[Check, ...] = ()
    rules: frozenset[str] = frozenset()
    by_itself: int = 0
    unsafely: list[Diagnostic] = field(default_factory=list)
    mended: list[Diagnostic] = field(default_factory=list)

    def edits(self, now: Mapping[str, bytes] | None = None) -> tuple[FileEdit, ...]:
        """Return the change of the files so far, or to `now`."""
        texts = self.now if now is None else now
        return tuple(
            FileEdit(path=path, before=content, after=texts[path])
            for path, content in self.before.items()
            if texts[path] != content
        )


async def lint(talk: Conversation) -> Proposal:
    """Return a change of the targets after which the linter finds less in them and nothing new.

    Raises:
        AnswerRejected: there is nothing to mend (code `nothing-to-do`), or nothing could be.
        CheckFailed: the linter did not run (code `linter-failed`), or another check did not pass.
    """
    commands = tuple(json.loads(talk.brief.found.get("linter", "[]")))
    files = {source.path: source.content for source in talk.brief.targets}
    work = _Work(commands, AsBefore(talk), files, dict(files))
    work.found, work.checks = await _report(talk, work, work.now)
    words = set(re.findall(r"[\w@/-]+", talk.brief.task.spec.task))
    work.rules = frozenset(one.code for one in work.found if one.code in words and one.path in work.before)
    first = _meant(work)
    if not first:
        raise AnswerRejected(
            "the linter finds nothing in the targets", code="nothing-to-do", hint="name other targets, or other rules"
        )
    await _fix(talk, work)
    refused = await _mend_all(talk, work)
    if not work.edits():
        raise AnswerRejected(
            f"no finding could be mended; the last: {refused}"[:400], code="not-mended", hint="try a larger model"
        )
    return await _proposal(talk, work, len(first))


async def _report(
    talk: Conversation, work: _Work, now: Mapping[str, bytes]
) -> tuple[tuple[Diagnostic, ...], tuple[Check, ...]]:
    found: list[Diagnostic] = []
    checks: list[Check] = []
    for command in work.commands:
        check = await talk.desk.read_command(work.edits(now), command)
        said = read_report(check.output)
        if not check.ok and not said:
            raise CheckFailed(
                f"{command} failed: {check.output.strip()[-300:] or 'it said nothing'}",
                code="linter-failed",
                hint="run it by hand; it must print its findings with file and line",
            )
        found += said
        checks.append(check)
    return tuple(dict.fromkeys(found)), tuple(checks)


def _meant(work: _Work) -> tuple[Diagnostic, ...]:
    """Return the findings in the targets, of the rules that the task names if it names any."""
    return tuple(one for one in work.found if one.path in work.before and (not work.rules or one.code in work.rules))


async def _fix(talk: Conversation, work: _Work) -> None:
    """Let the linter mend what it can by itself, as long as that brings nothing new."""
    for _ in range(MOST_FIXES):
        fixed = with_fixes(work.now, _meant(work))
        if fixed == work.now:
            return
        if not all(check.ok is not False for check in check_syntax(work.edits(fixed))):
            return
        found, checks = await _report(talk, work, fixed)
        if _new(work.found, found):
            talk.note(f"left out, a fix of the linter's own: it brings {_new(work.found, found)[0]}"[:300])
            return
        step = [FileEdit(path=path, before=work.now[path], after=text) for path, text in fixed.items()]
        step = [edit for edit in step if edit.before != edit.after]
        if failed := await work.behaviour.fault(step, work.edits(fixed)):
            talk.note(f"left out, the fixes of the linter's own: {failed.message}"[:300])
            return
        work.by_itself += len(work.found) - len(found)
        work.now, work.found, work.checks = fixed, found, checks


async def _mend_all(talk: Conversation, work: _Work) -> str:
    """Give each finding that is left to a nanite; return why the last that failed did."""
    refused = ""
    tried: Counter[tuple[str, str, str]] = Counter()
    for _ in range(MOST_FINDINGS):
        ahead = Counter(one.key for one in _meant(work))
        left = [one for one in _meant(work) if tried[one.key] < ahead[one.key]]
        if not left:
            return refused
        same = [one for one in left if one.key == left[0].key]
        # Those of a kind that failed stand first: they are not tried again.
        finding = same[min(tried[left[0].key], len(same) - 1)]
        try:
            if not await _fix_unsafely(talk, work, finding) and not await _rename(talk, work, finding):
                await _mend(talk, work, finding)
        except (AnswerRejected, EditRefused) as error:
            tried[finding.key] += 1
            refused = f"{finding}: {error.message}"
            talk.note(f"left as it is: {refused}"[:300])
    left_over = sum(tried[one.key] == 0 for one in _meant(work))
    if left_over:
        talk.note(f"{left_over} more findings were not tried; run it again for them")
    return refused


async def _fix_unsafely(talk: Conversation, work: _Work, finding: Diagnostic) -> bool:
    """Take the fix that a linter offers without calling it safe, if it holds; return whether it did.

    It stays closer to the code than what a small model writes.
    """
    fixed = with_fixes(work.now, [replace(finding, fix=finding.unsafe_fix)])
    if fixed == work.now:
        return False
    try:
        await _keep_if_gone(talk, work, fixed, finding)
    except EditRefused as error:
        talk.note(f"left out, a fix that the linter offers: {error.message}"[:300])
        return False
    work.unsafely.append(finding)
    return True


async def _rename(talk: Conversation, work: _Work, finding: Diagnostic) -> bool:
    """Give a variable whose name is found fault with the one that a nanite says, or that follows from the rule.

    Return False where the finding is about something else.

    Raises:
        AnswerRejected, EditRefused: no answer was a name that could be taken.
    """
    text = work.now[finding.path].decode("utf-8")
    bad = bad_name(finding, text)
    if bad is None:
        return False
    piece = piece_around(finding.path, text, finding.line)
    shown = Part(name=f"{finding.path}:{piece.first}-{piece.last}", text=piece.fenced(language(finding.path)))
    parts = [shown, Part(name="finding", text=f"Finding: {finding.code} {finding.message}\n{bad.wanted}")]
    for attempt in range(talk.repairs + 1):
        try:
            name = bad.follows or answered_name(
                (await talk.ask(talk.open(), parts, max_tokens=40, attempt=attempt, schema=NAME_SCHEMA))[1], bad.name
            )
            await _keep_if_gone(talk, work, work.now | {finding.path: bad.with_name(name).encode("utf-8")}, finding)
        except (AnswerRejected, EditRefused) as error:
            talk.refuse(error.message)
            if attempt == talk.repairs or bad.follows:
                raise
            parts = [*parts[:2], Part(name="complaint", text=f"{talk.recipe.texts['again']} {error.message}"[:500])]
        else:
            work.mended.append(finding)
            return True
    raise AssertionError("the loop returns or raises")


async def _mend(talk: Conversation, work: _Work, finding: Diagnostic) -> None:
    """Keep a change after which one finding is gone.

    Raises:
        AnswerRejected, EditRefused: no answer did it.
    """
    text = work.now[finding.path].decode("utf-8")
    spoken = language(finding.path)
    piece = piece_around(finding.path, text, finding.line)
    line = one_line(text, finding.line)
    shown = Part(name=f"{finding.path}:{piece.first}-{piece.last}", text=piece.fenced(spoken))
    said = f"Finding: {finding.code} {finding.message}"
    may_go = "\nWhere the line must go, answer with an empty block." if UNUSED.search(finding.message) else ""
    alone = Part(name="finding", text=f"{said}\nWrite this one line anew, mended:\n{line.fenced(spoken)}{may_go}")
    whole = Part(
        name="finding", text=f"{said}\nLine: `{line.shown}`\nWrite all of the code above anew, with this line mended."
    )
    complaint: tuple[Part, ...] = ()
    for attempt in range(talk.repairs + 1):
        # A small model asked for a whole function often copies it; one line leaves it no other choice. Some findings
        # are about more than a line, so the last try is for all of it.
        is_last = attempt == talk.repairs and attempt > 0
        wanted, code = (whole, piece) if is_last or line.last > piece.last else (alone, line)
        _, answer = await talk.ask(
            talk.open(),
            (shown, wanted, *complaint),
            max_tokens=answer_tokens(code.shown, talk.recipe.max_tokens),
            attempt=attempt,
            stop=(FENCE_END,),
        )
        try:
            meant = piece if _is_whole(answer, piece) else code
            meant = with_repeated(meant, piece, answer) if meant is line else meant
            taken = without_new_comments(finding.message, text, _taken(meant, answer, finding))
            await _keep_if_gone(talk, work, work.now | {finding.path: taken.encode("utf-8")}, finding)
        except (AnswerRejected, EditRefused) as error:
            talk.refuse(error.message)
            if attempt == talk.repairs:
                raise
            complaint = (Part(name="complaint", text=f"{talk.recipe.texts['again']} {error.message}"[:500]),)
        else:
            work.mended.append(finding)
            return


def _is_whole(answer: str, piece: Piece) -> bool:
    """Return whether an answer begins like all that was shown, where one line of it was asked for."""
    first, *rest = code_of(answer).split("\n")
    return bool(rest) and first.strip() == piece.lines[0].strip()


def _taken(piece: Piece, answer: str, finding: Diagnostic) -> str:
    """Return the file with the lines of an answer in the place of those that were shown."""
    gone = piece.first == piece.last and UNUSED.search(finding.message) and _EMPTY_BLOCK.search(answer)
    lines = [] if gone else answered_lines(answer, piece)
    if lines == list(piece.lines):
        raise EditRefused("the answer changes nothing", code="no-change", hint="mend the finding")
    changed = piece.changed(lines)
    if changed > MOST_LINES:
        raise EditRefused(
            f"the answer changes {changed} lines for one finding", code="too-much", hint="change only what it is about"
        )
    if len(_SILENCING.findall("\n".join(lines))) > len(_SILENCING.findall("\n".join(piece.lines))):
        raise EditRefused(
            f"the answer silences {finding.code} instead of mending it", code="silenced", hint="mend the code"
        )
    return piece.with_lines(lines)


async def _keep_if_gone(talk: Conversation, work: _Work, now: dict[str, bytes], finding: Diagnostic) -> None:
    """Keep a change for a finding, if the linter says so and all else is as before.

    Raises:
        CheckFailed: the linter did not run. EditRefused: the change is not wanted; why is said.
    """
    changed = FileEdit(path=finding.path, before=work.now[finding.path], after=now[finding.path])
    for check in (*check_syntax([changed]), *undefined_names([changed])):
        if check.ok is False:
            raise EditRefused(f"{check.name}: {check.output}", code="checks-failed", hint="try again")
    if fault := says_otherwise(finding.message, finding.line, changed):
        raise EditRefused(fault, code="not-as-before", hint=HINT)
    found, checks = await _report(talk, work, now)
    if new := _new(work.found, found):
        raise EditRefused(f"the change brings a new finding: {new[0]}"[:300], code="new-finding", hint="try again")
    if _count(found, finding) >= _count(work.found, finding):
        raise EditRefused(f"the finding is still there: {finding}"[:300], code="still-there", hint="try again")
    if failed := await work.behaviour.fault([changed], work.edits(now)):
        raise EditRefused(failed.message, code=failed.code, hint=HINT)
    work.now, work.found, work.checks = now, found, checks


def _count(found: Sequence[Diagnostic], finding: Diagnostic) -> int:
    return sum(one.key == finding.key for one in found)


def _new(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that were not there before: told apart by file, rule and words, for lines move."""
    known = Counter(one.key for one in before)
    seen: Counter[tuple[str, str, str]] = Counter()
    fresh = []
    for one in after:
        seen[one.key] += 1
        if seen[one.key] > known[one.key]:
            fresh.append(one)
    return fresh


async def _proposal(talk: Conversation, work: _Work, first: int) -> Proposal:
    edits = work.edits()
    left = _meant(work)
    gone = first - len(left)
    demanded = set(talk.brief.task.spec.check)
    checks = [
        # A command that the task demands must pass; of another it counts what it says.
        check.model_copy(update={"output": ""})
        if check.ok or check.name in demanded
        else Check(name=f"{check.name}: {gone} fewer, none new", ok=True, seconds=check.seconds, guard=check.guard)
        for check in work.checks
    ]
    others = [command for command in talk.brief.task.spec.check if not linter_of(command)]
    if others:
        ran = await talk.desk.try_commands(edits, others)
        if fault := first_failure(ran, "see the transcript; name fewer rules"):
            raise fault
        checks += ran
    for one in left[:5]:
        talk.note(f"still there: {one}"[:300])
    checks += work.behaviour.checks
    what = [f"{work.by_itself} by the linter's own fixes"] if work.by_itself else []
    for by, findings in (("by a fix that it calls unsafe", work.unsafely), ("by a nanite", work.mended)):
        codes = Counter(one.code or linter_of(work.commands[0]) or "" for one in findings)
        what += [f"{number} {code} {by}" for code, number in sorted(codes.items())]
    return Proposal(
        summary=f"Mends {gone} of {first} findings: {', '.join(what)}"[:400],
        edits=edits,
        checks=tuple(checks),
        verdict=Verdict.CHECKED if all(check.ok for check in checks) else Verdict.UNVERIFIED,
        notes=tuple(talk.notes),
    )
