"""A change of behaviour: show the symbols it is about, have them written anew, splice, check, and mend what failed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks.syntax import check_syntax
from workbench.context.budget import Part, answer_tokens
from workbench.context.shown import unfold
from workbench.crew.aim import Aim, aim
from workbench.crew.conversation import Conversation
from workbench.crew.names import undefined_names
from workbench.crew.showing import Showing, language, show
from workbench.edits.answer import read
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.planning import plan
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, CheckFailed, EditRefused, NaniteError
from workbench.model import Check, FileEdit, Message, Proposal, Verdict

FENCE_END = "\n```\n"
"""Where an answer of one block ends; what comes after is prose nobody needs."""

MISPLACED = frozenset({"not-found", "ambiguous", "unclear-place", "indentation"})
"""Refusals after which the file's real lines help a model to try again."""

WORDS_KEPT = 800
"""Characters of a failed check's last words that a model is shown."""


@dataclass
class _Draft:
    """One file under work."""

    aim: Aim
    showing: Showing
    complaint: str = ""
    edit: FileEdit | None = None
    changed: tuple[str, ...] = ()


async def patch(talk: Conversation) -> Proposal:
    """Return a change of the targets that passed its checks, or say why there is none."""
    drafts = [_Draft(aimed, show(aimed, talk)) for aimed in await aim(talk)]
    tried: NaniteError | None = None
    for attempt in range(talk.repairs + 1):
        faults: dict[int, NaniteError] = {}
        for number, draft in enumerate(drafts):
            if draft.edit is None:
                fault = await _write(talk, draft, attempt)
                if fault is not None:
                    faults[number] = fault
        if any(draft.edit for draft in drafts):
            # Of several targets, some may have nothing to do with the task.
            faults = {number: fault for number, fault in faults.items() if fault.code != "no-change"}
        if not faults:
            edits = tuple(draft.edit for draft in drafts if draft.edit)
            checks, fault = await _check(talk, edits)
            if fault is None:
                return _proposal(talk, drafts, edits, checks)
            faults = dict.fromkeys(range(len(drafts)), fault)
        for number, fault in faults.items():
            seen = fault
            if fault.code == "no-change" and talk.brief.task.spec.check and attempt < talk.repairs:
                seen = await _failure_as_it_is(talk) or fault
            _complain(talk, drafts[number], seen)
            tried = fault
        if any(fault.code in {"cut-off", "too-long-for-model"} for fault in faults.values()):
            break
    assert tried is not None
    raise _given_up(tried, talk.repairs)


async def _write(talk: Conversation, draft: _Draft, attempt: int) -> NaniteError | None:
    """Ask for one file's change and keep it in the draft; return what was wrong with the answer, if anything."""
    showing = draft.showing = show(draft.aim, talk, attempt)
    again = (Part(name="what failed", text=draft.complaint),) if draft.complaint else ()
    try:
        _, answer = await talk.ask(
            _opening(talk, draft),
            (*showing.parts, *again),
            max_tokens=answer_tokens(showing.code, talk.recipe.max_tokens),
            attempt=attempt,
            stop=(FENCE_END,) if showing.one_block else (),
        )
        _take(talk, draft, answer)
    except (AnswerRejected, EditRefused) as error:
        return error
    return None


def _opening(talk: Conversation, draft: _Draft) -> tuple[Message, ...]:
    """Return the recipe's text with the language of the file in the place of Python."""
    path = draft.aim.source.path
    messages = talk.open(draft.showing.opening)
    if path.endswith(PYTHON_SUFFIXES):
        return messages
    return tuple(
        message.model_copy(update={"content": message.content.replace("```python", f"```{language(path)}")})
        for message in messages
    )


def _take(talk: Conversation, draft: _Draft, answer: str) -> None:
    aimed, showing, source = draft.aim, draft.showing, draft.aim.source
    if not answer.strip():
        raise AnswerRejected("the model answered nothing", code="empty-answer", hint="try again, or a larger model")
    whole = _closed(answer) if showing.one_block else answer
    planned = plan(
        {source.path: source.content},
        _in_class(whole, aimed) if aimed.owner and source.path.endswith(PYTHON_SUFFIXES) else whole,
        targets=(source.path,),
        in_play=showing.in_play,
    )
    after = planned.files.get(source.path, source.content)
    if after is not None and showing.folded and after != source.content:
        after = unfold(source.content.decode("utf-8"), after.decode("utf-8"), showing.folded).encode("utf-8")
    mode = planned.modes.get(source.path)
    if after == source.content and mode is None:
        raise EditRefused("the answer changes nothing", code="no-change", hint="make the change the task asks for")
    if planned.left_out:
        talk.note(f"{source.path}: left out of the answer: {', '.join(planned.left_out)}"[:400])
    for hunk in planned.hunks:
        talk.note(str(hunk))
    fuzzy = planned.is_fuzzy(source.path)
    draft.edit = FileEdit(path=source.path, before=source.content, after=after, mode=mode, fuzzy=fuzzy)
    draft.changed = _changed(aimed, after)


def _changed(aimed: Aim, after: bytes | None) -> tuple[str, ...]:
    """Return which of the symbols in play are not what they were, for the summary."""
    try:
        old, new = (_symbol_texts(aimed.source.path, content) for content in (aimed.source.content, after or b""))
    except EditRefused:
        return ()
    changed = [name for name, code in new.items() if old.get(name) != code]
    return tuple(name for name in changed if not any(other.startswith(f"{name}.") for other in changed))


def _symbol_texts(path: str, content: bytes) -> dict[str, list[str]]:
    text = content.decode("utf-8")
    lines = text.split("\n")
    found: dict[str, list[str]] = {}
    for symbol in symbols_of(path, text):
        found.setdefault(symbol.name, []).extend(lines[symbol.first - 1 : symbol.last])
    return found


def _closed(answer: str) -> str:
    """Return an answer that was stopped at its closing fence with that fence."""
    fences = sum(line.startswith("```") for line in answer.split("\n"))
    return f"{answer.rstrip()}\n```\n" if fences % 2 else answer


def _in_class(answer: str, aimed: Aim) -> str:
    """Return an answer that gives a new method alone as one with its class around it."""
    said = read(answer)
    found = said.blocks
    if said.changes or len(found) != 1 or re.search(rf"^\s*class {aimed.owner}\b", found[0].code, re.MULTILINE):
        return answer
    method = textwrap.indent(textwrap.dedent(found[0].code), "    ")
    return f"```python\nclass {aimed.owner}:\n{method}\n```\n"


async def _check(talk: Conversation, edits: Sequence[FileEdit]) -> tuple[tuple[Check, ...], CheckFailed | None]:
    """Try the cheap checks first, then the task's commands; return all that ran and the first that failed, if any."""
    checks = tuple(talk.report(check) for check in (*check_syntax(edits), *undefined_names(edits)))
    commands = talk.brief.task.spec.check
    if commands and not any(check.ok is False for check in checks):
        checks += await talk.desk.try_commands(edits, commands)
    failed = next((check for check in checks if check.ok is False), None)
    return checks, None if failed is None else _failure(failed)


async def _failure_as_it_is(talk: Conversation) -> CheckFailed | None:
    """Return how the task's commands fail while nothing is changed: what a model needs to see that changed nothing."""
    checks = await talk.desk.try_commands((), talk.brief.task.spec.check)
    failed = next((check for check in checks if check.ok is False), None)
    return None if failed is None else _failure(failed)


def _failure(check: Check) -> CheckFailed:
    last_words = check.output.strip()[-WORDS_KEPT + 100 :]
    return CheckFailed(
        f"{check.name} failed: {last_words}" if last_words else f"{check.name} failed",
        code="checks-failed",
        hint="see the transcript; ask for less, or name a larger model",
    )


def _complain(talk: Conversation, draft: _Draft, fault: NaniteError) -> None:
    """Say in the next question what was wrong. The wrong answer itself is not shown: a small model would repeat it."""
    if fault.code != "cut-off":
        talk.refuse(fault.message)
    what = talk.recipe.texts["again"].strip()
    said = fault.message[-WORDS_KEPT:]
    if isinstance(fault, EditRefused) and fault.code in MISPLACED and fault.nearest:
        said = f"{said}\n{fault.nearest[:WORDS_KEPT]}"
    draft.complaint = f"{what}\n{said}\n\n{draft.showing.wanted}"
    draft.edit = None


def _given_up(fault: NaniteError, repairs: int) -> NaniteError:
    tries = f"after {repairs + 1} tries" if repairs else "in one try"
    message = f"no usable change {tries}; the last: {fault.message}"
    if isinstance(fault, EditRefused):
        return EditRefused(message, code=fault.code, hint=fault.hint, nearest=fault.nearest)
    return type(fault)(message, code=fault.code, hint=fault.hint)


def _proposal(
    talk: Conversation, drafts: Sequence[_Draft], edits: tuple[FileEdit, ...], checks: tuple[Check, ...]
) -> Proposal:
    commands = len(talk.brief.task.spec.check)
    ran = [check for check in checks[len(checks) - commands :] if check.ok] if commands else []
    if len(ran) < commands:
        talk.note("some checks could not be run")
    names = [f"{name} in {draft.aim.source.path}" for draft in drafts for name in draft.changed]
    what = ", ".join(names) or ", ".join(edit.path for edit in edits)
    return Proposal(
        summary=f"Changes {what}: {' '.join(talk.brief.task.spec.task.split())}"[:400],
        edits=edits,
        checks=checks,
        verdict=Verdict.CHECKED if commands and len(ran) == commands else Verdict.UNVERIFIED,
        notes=tuple(talk.notes),
    )
