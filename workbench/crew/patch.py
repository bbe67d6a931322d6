"""A change of behaviour: show the symbols it is about, have them written anew, splice, check, and mend what failed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.context.budget import Part, answer_tokens
from workbench.context.shown import OTHER_METHODS, unfold
from workbench.crew.aiming.aim import aim
from workbench.crew.aiming.outlines import Aim, outline_of, owners
from workbench.crew.answers.as_method import in_its_class, with_class, with_first_parameter
from workbench.crew.answers.code_alone import code_alone
from workbench.crew.answers.decorators import with_decorators
from workbench.crew.answers.idle import is_idle
from workbench.crew.answers.misnamed import under_its_name
from workbench.crew.answers.new_parameters import with_new_ones_last
from workbench.crew.answers.script_forms import as_in_file
from workbench.crew.conversation import Conversation
from workbench.crew.judging.stated import as_stated
from workbench.crew.plain import by_rule
from workbench.crew.slips.finding import without_evident
from workbench.crew.slips.righted import Righted
from workbench.crew.solve import solve
from workbench.crew.solving.branching import Branches
from workbench.crew.solving.lines_ahead import with_lines_ahead
from workbench.crew.solving.marking import example, unmarked
from workbench.crew.solving.plan import SAMPLED, Step
from workbench.crew.solving.showing import Showing, can_be_led, can_be_worked_on, can_be_wrapped, language, show
from workbench.crew.wrapping.wrapper import put_in
from workbench.edits.answer import read
from workbench.edits.foreign.go_imports import imported_as_used
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.planning import plan
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EditRefused, NaniteError
from workbench.exchange import Message
from workbench.model import FileEdit, Proposal

FENCE_END = "\n```\n"
"""Where an answer of one block ends; what comes after is prose nobody needs."""

WORDS_KEPT = 800
"""Characters of what was wrong with an answer that a model is shown."""

MISPLACED = frozenset({"not-found", "ambiguous", "unclear-place", "indentation"})
"""Refusals after which the file's real lines help a model to try again."""


@dataclass
class _Draft:
    """One file under work: what was said of the last answer, what was noted of it, and the edit if it could be used."""

    aim: Aim
    showing: Showing | None = None
    complaint: str = ""
    notes: tuple[str, ...] = ()
    edit: FileEdit | None = None


async def patch(talk: Conversation) -> Proposal:
    """Return a change of the targets that passed its checks, or say why there is none."""
    drafts = [_Draft(aimed) for aimed in await aim(talk)]
    wraps = len(drafts) == 1 and can_be_wrapped(drafts[0].aim, talk)
    works_on = wraps and can_be_worked_on(drafts[0].aim, talk)
    leads = len(drafts) == 1 and can_be_led(drafts[0].aim, talk)
    branches = len(drafts) == 1 and not drafts[0].aim.is_whole
    return await solve(talk, _Patch(talk, drafts), wraps=wraps, works_on=works_on, leads=leads, branches=branches)


class _Patch:
    """The files of one task; see `workbench.crew.solving.work.Work`."""

    def __init__(self, talk: Conversation, drafts: list[_Draft]) -> None:
        self._talk = talk
        self._drafts = drafts
        self._faults: dict[int, NaniteError] = {}
        self._failed = ""
        self._branches: dict[str, Branches] = {}

    @property
    def edits(self) -> tuple[FileEdit, ...]:
        """The files as they would be."""
        return tuple(draft.edit for draft in self._drafts if draft.edit)

    async def write(self, step: Step) -> NaniteError | None:
        """Have each file written that has no usable change yet; return what was wrong with the answers, if anything."""
        self._faults = {}
        for number, draft in enumerate(self._drafts):
            if draft.edit is None and (fault := await self._write(draft, step)):
                self._faults[number] = fault
        if self.edits:
            # Of several targets, some may have nothing to do with the task.
            self._faults = {number: fault for number, fault in self._faults.items() if fault.code != "no-change"}
        return next(reversed(self._faults.values()), None)

    async def _write(self, draft: _Draft, step: Step) -> NaniteError | None:
        is_branched, aimed = step.manner == "branched", self._aim_at(draft, step)
        showing = draft.showing = show(aimed, self._talk, step, "" if is_branched else self._failed)
        is_mended = step.manner == "mended" and draft.complaint
        again = (Part(name="what failed", text=draft.complaint),) if is_mended else ()
        opening = _opening(self._talk, aimed, showing)
        longest = answer_tokens(showing.code, self._talk.recipe.max_tokens)
        stop = (FENCE_END,) if showing.one_block else ()
        known = len(self._talk.notes)
        try:
            if is_branched:
                path, model = aimed.source.path, step.model
                branches = Branches(
                    self._talk, path, opening, showing.parts, model=model, max_tokens=longest, stop=stop
                )
                answer = await self._branches.setdefault(model, branches).next(step.number)
            else:
                _, answer = await self._talk.ask(
                    opening,
                    (*showing.parts, *again),
                    max_tokens=longest,
                    attempt=step.number,
                    stop=stop,
                    model=step.model,
                    temperature=self._warmth(step, showing, is_told=bool(again)),
                )
            draft.edit = _read(self._talk, aimed, showing, answer)
        except (AnswerRejected, EditRefused) as error:
            return error
        finally:
            draft.notes = tuple(self._talk.notes[known:])
        return None

    def _aim_at(self, draft: _Draft, step: Step) -> Aim:
        """Return what a try may change: more than the first ones, where it begins afresh and they may not reach it."""
        last = "afresh" if self._talk.brief.solving.retries else "mended"
        aimed = draft.aim
        return replace(aimed, names=aimed.wider) if aimed.wider and step.manner == last else aimed

    def _warmth(self, step: Step, showing: Showing, *, is_told: bool) -> float:
        """Return how warm an answer is: what would ask as the first try did, word for word, is not asked as coldly."""
        own = self._talk.recipe.temperature
        if step.temperature is not None:
            return step.temperature
        is_new = is_told or showing.is_marked or showing.has_example
        return own if step.manner == "first" or is_new else max(own, SAMPLED)

    def complain(self, fault: NaniteError) -> None:
        """Say in the next question what was wrong. The answer itself is not shown: a small model would repeat it."""
        for number, draft in enumerate(self._drafts):
            own = self._faults.get(number)
            if own is not None or not self._faults:
                _complain(self._talk, draft, fault if own is None or own.code == "no-change" else own)
        if fault.code == "checks-failed":
            self._failed = fault.message

    def begin_again(self) -> None:
        """Forget what was answered."""
        for draft in self._drafts:
            draft.edit, draft.complaint, draft.notes = None, "", ()

    def stay_with(self, edits: Sequence[FileEdit]) -> None:
        """Aim at what edits changed, where that is less and was there before.

        Of several functions a small model picks the right one when it is asked coldly; warm, or told what to do within
        one of them, it picks any.
        """
        if len(self._drafts) != 1 or len(edits) != 1:
            return
        (draft,), (edit,) = self._drafts, edits
        aimed = draft.aim
        if aimed.new or aimed.is_whole:
            return
        code = {symbol.name for symbol in outline_of(aimed.source).symbols if symbol.kind == "function"}
        if len({*aimed.names, *aimed.wider}) == 1 and code.issuperset(aimed.names):
            return
        changed = _changed(aimed, edit.after)
        within = {name for name in code if not code.isdisjoint(owners(name))}
        if changed and {*changed} <= code - within:
            draft.aim = replace(aimed, names=changed, wider=())

    def plain(self, *, by_example: bool = False) -> tuple[Righted, ...]:
        """Return changes of one place in the symbols that are there, then in others that a later try may change."""
        aimed = self._only_aim
        return by_rule.plain(self._talk.brief.task.spec.task, aimed, by_example=by_example) if aimed else ()

    def likely(self) -> tuple[Righted, ...]:
        """Return those of these whose words are of little else."""
        aimed = self._only_aim
        return by_rule.likely(self._talk.brief.task.spec.task, aimed) if aimed else ()

    def surest(self) -> Righted | None:
        """Return the change of one place that the task leaves no doubt of, if it is one of one symbol alone."""
        aimed = self._only_aim
        return by_rule.surest(self._talk.brief.task.spec.task, aimed) if aimed else None

    @property
    def _only_aim(self) -> Aim | None:
        """What is to be changed, where it is there and of one file."""
        return None if len(self._drafts) != 1 or self._drafts[0].aim.new else self._drafts[0].aim

    def summary(self, edits: Sequence[FileEdit]) -> str:
        """Name what is changed, and what was asked."""
        aims = {draft.aim.source.path: draft.aim for draft in self._drafts}
        names = [f"{name} in {edit.path}" for edit in edits for name in _changed(aims[edit.path], edit.after)]
        what = ", ".join(names) or ", ".join(edit.path for edit in edits)
        return f"Changes {what}: {' '.join(self._talk.brief.task.spec.task.split())}"


def _opening(talk: Conversation, aimed: Aim, showing: Showing) -> tuple[Message, ...]:
    """Return the recipe's text with the language of the file in the place of Python, and an example where one helps."""
    path = aimed.source.path
    messages = talk.open(showing.opening)
    if showing.has_example:
        messages += example(language(path), is_marked=showing.is_marked)
    if path.endswith(PYTHON_SUFFIXES):
        return messages
    return tuple(
        message.model_copy(update={"content": message.content.replace("```python", f"```{language(path)}")})
        for message in messages
    )


def _read(talk: Conversation, aimed: Aim, showing: Showing, answer: str) -> FileEdit:
    """Return what an answer makes of a file.

    Raises:
        AnswerRejected, EditRefused: it says nothing, does not fit, or changes nothing (code `no-change`).
    """
    source = aimed.source
    if not answer.strip():
        raise AnswerRejected("the model answered nothing", code="empty-answer", hint="try again, or a larger model")
    whole = _as_it_is_meant(talk, aimed, showing, answer)
    planned = plan(
        {source.path: source.content},
        _in_class(whole, aimed) if aimed.owner and source.path.endswith(PYTHON_SUFFIXES) else whole,
        targets=(source.path,),
        in_play=showing.in_play,
    )
    after = planned.files.get(source.path, source.content)
    if after is not None and showing.folded and after != source.content:
        after = unfold(source.content.decode("utf-8"), after.decode("utf-8"), showing.folded).encode("utf-8")
    if after is not None and source.path.endswith(PYTHON_SUFFIXES) and talk.brief.solving.words:
        answered, after = after, as_stated(talk.brief.task.spec.task, source.content, after)
        if after != answered:
            talk.note(f"{source.path}: defaults of parameters set as the task states them")
        answered, after = after, with_new_ones_last(talk.brief.task.spec.task, source.content, after)
        if after != answered:
            talk.note(f"{source.path}: new parameters put behind those that were there")
    if after is not None:
        answered, after = after, imported_as_used(source.path, source.content, after)
        if after != answered:
            talk.note(f"{source.path}: imports set to what it uses")
    mode = planned.modes.get(source.path)
    if after == source.content and mode is None:
        raise EditRefused("the answer changes nothing", code="no-change", hint="make the change the task asks for")
    if planned.left_out:
        talk.note(f"{source.path}: left out of the answer: {', '.join(planned.left_out)}"[:400])
    for hunk in planned.hunks:
        talk.note(str(hunk))
    fuzzy = planned.is_fuzzy(source.path)
    edit = FileEdit(path=source.path, before=source.content, after=after, mode=mode, fuzzy=fuzzy)
    if is_idle(talk.brief.task.spec.task, (edit,)):
        raise EditRefused(
            "the answer does the same as before", code="no-change", hint="make the change the task asks for"
        )
    if not talk.brief.solving.slips:
        return edit
    (edit,), done = without_evident(talk.brief.task.spec.task, (edit,))
    for what in done:
        talk.note(f"{source.path}: a slip of the answer was set right: {what}"[:400])
    return edit


def _as_it_is_meant(talk: Conversation, aimed: Aim, showing: Showing, answer: str) -> str:
    """Return an answer as one that names what it changes: under its own name, in its class, the old one put in."""
    source = aimed.source
    whole = _closed(answer) if showing.one_block else answer
    if showing.one_block and source.path.endswith(PYTHON_SUFFIXES):
        whole = _without_talk(re.sub(rf"(?m)^[ \t]*{re.escape(OTHER_METHODS)}.*\n?", "", whole))
    if showing.leads:
        whole = with_lines_ahead(
            source.path, source.content.decode("utf-8").removeprefix("\ufeff"), showing.leads, whole
        )
    is_of_one = source.path.endswith(PYTHON_SUFFIXES) and len(aimed.names) == 1 and not aimed.new
    if is_of_one:
        whole = with_first_parameter(source.content, aimed.names[0], whole)
    if showing.wraps:
        whole = put_in(
            showing.code,
            showing.wraps,
            whole,
            unseen=showing.unseen,
            # A function written whole is as good as any where commands judge it, else no better than asked for plainly.
            must_call=not talk.brief.task.spec.check,
        )
    elif is_of_one:
        whole = with_decorators(talk.brief.task.spec.task, showing.code, aimed.names[0], whole)
    if source.path.endswith(PYTHON_SUFFIXES) and not aimed.new:
        whole = under_its_name(source.content, aimed.names, whole)
    whole = as_in_file(source.path, source.content.decode("utf-8"), aimed.names, whole)
    if showing.is_marked:
        whole = unmarked(source.path, whole, talk.brief.task.spec.task)
    if is_of_one:
        whole = in_its_class(source.content, aimed.names[0], whole)
    return whole


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


def _without_talk(answer: str) -> str:
    """Return an answer of one block without what is no Python behind its code."""
    said = read(answer)
    if said.changes or len(said.blocks) != 1:
        return answer
    code = textwrap.dedent(said.blocks[0].code)
    alone = code_alone(code)
    return answer if alone == code else f"```python\n{alone}\n```\n"


def _in_class(answer: str, aimed: Aim) -> str:
    """Return an answer that gives a new method alone as one with its class around it."""
    said = read(answer)
    found = said.blocks
    if said.changes or len(found) != 1 or re.search(rf"^\s*class {aimed.owner}\b", found[0].code, re.MULTILINE):
        return answer
    return with_class(aimed.owner or "", found[0].code)


def _complain(talk: Conversation, draft: _Draft, fault: NaniteError) -> None:
    what = talk.recipe.texts["again"].strip()
    said = fault.message[-WORDS_KEPT:]
    if isinstance(fault, EditRefused) and fault.code in MISPLACED and fault.nearest:
        said = f"{said}\n{fault.nearest[:WORDS_KEPT]}"
    wanted = draft.showing.wanted if draft.showing else ""
    draft.complaint = f"{what}\n{said}\n\n{wanted}"
    talk.forget(draft.notes)
    draft.edit, draft.notes = None, ()
