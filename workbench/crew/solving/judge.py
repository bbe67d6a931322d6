"""The judge of a task's answers: cheap checks, then its commands or its words, and the same with slips set right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.checks.syntax import check_syntax
from workbench.checks.trial_values import Trial
from workbench.crew.answers.names import undefined_names
from workbench.crew.answers.written_out import written_out
from workbench.crew.conversation import Conversation, Spent
from workbench.crew.failing import first_failure
from workbench.crew.judging.said_examples import Said
from workbench.crew.judging.task_words import MISFIT, WRONG, TaskWords
from workbench.crew.judging.trials import trials
from workbench.crew.slips.cases import nearer, with_old_rest
from workbench.crew.slips.finding import righted, without_evident
from workbench.crew.solving.near_tests import NearTests
from workbench.crew.solving.plan import Budget
from workbench.crew.solving.together import together
from workbench.crew.solving.work import Work
from workbench.errors import CheckFailed, NaniteError
from workbench.model import Check, FileEdit

HINT = "see the transcript; ask for less, or name a larger model"

PLAIN_SHARE = 0.2
"""Share of a task's seconds that changes without a model may take: a model is to have its tries."""


@dataclass(frozen=True)
class Found:
    """Edits that stood up to all that could be tried."""

    edits: tuple[FileEdit, ...]
    checks: tuple[Check, ...]
    is_checked: bool = False
    examples: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


class Judge:
    """Says of each answer whether it will do, and what is wrong with it else.

    Args:
        talk: whose task it is.
        work: what is asked and answered.
        budget: what the task may cost.

    Attributes:
        second_best: an answer that does what was asked, and more, with what more it does.
    """

    def __init__(self, talk: Conversation, work: Work, budget: Budget) -> None:
        self._talk = talk
        self._budget = budget
        self.second_best: tuple[Found, str] | None = None
        self._work = work
        self._near = NearTests(talk, self._run)
        self._words = TaskWords(talk)
        self._runs = 0
        self._once = 0.0
        self._failed: list[tuple[FileEdit, ...]] = []

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of the task that judge it."""
        return self._talk.brief.task.spec.check

    def offer_tests(self, found: Found | None = None) -> None:
        """Note which tests would tell of a change that nothing checked, and which examples were worked out for it."""
        self._near.offer()
        self._words.say(found.examples if found else ())

    async def judge(
        self, edits: tuple[FileEdit, ...], *, is_own: bool = True
    ) -> tuple[Found | None, NaniteError | None]:
        """Try the cheap checks first, then commands; an answer that is the model's own may be kept as second best."""
        checks = tuple(self._talk.report(check) for check in (*check_syntax(edits), *undefined_names(edits)))
        if wrong := first_failure(checks, HINT):
            return None, wrong
        if not self.commands:
            ran_near = await self._near.judge(edits, HINT)
            if ran_near.fault:
                return None, ran_near.fault
            found = Found(edits, (*checks, *ran_near.checks), ran_near.asks_for_it)
            return await self._held_against_words(found, is_own=is_own)
        self._runs += 1
        ran = await self._run(edits, self.commands, self._trials(edits))
        asked, compared = ran[: len(self.commands)], ran[len(self.commands) :]
        if fault := first_failure(asked, HINT, self._talk.brief.tests):
            missed = self._words.unmet(edits)
            if missed:
                fault = CheckFailed(f"{fault.message}\n{missed}", code=fault.code, hint=fault.hint)
            return None, fault
        if any(not check.ok for check in asked):
            self._talk.note("some checks could not be run")
        found = Found(edits, (*checks, *ran), is_checked=all(check.ok for check in ran))
        words = next((check.output for check in compared if check.ok is False), "")
        words = (
            words
            or self._words.lost(edits)
            or written_out(self._talk.brief.task.spec.task, edits, self._talk.brief.tests)
        )
        if words:
            # It does what was asked, and something that was not: kept, for a person to look at, if none does better.
            kept = Found(found.edits, found.checks, notes=tuple(self._talk.notes))
            self.second_best = self.second_best or ((kept, words) if is_own else None)
            return None, CheckFailed(words, code="not-as-before", hint=HINT)
        return found, None

    async def with_slips(self, edits: tuple[FileEdit, ...]) -> tuple[Found | None, NaniteError | None]:
        """Judge an answer; where a command or comparison fails, judge it with likely slips set right, one at a time."""
        near = await self._put_nearer(edits)
        if near is not None:
            return near, None
        before, runs = self._talk.spent, self._runs
        found, fault = await self.judge(edits)
        if fault is not None and (kept := await self._with_old_rest(edits)):
            return kept, None
        is_telling = self._runs > runs or (fault and not self.commands and fault.code in {MISFIT, WRONG})
        if fault is None or not is_telling or not self._talk.brief.solving.slips:
            return found, fault
        once, begun = (self._talk.spent - before).seconds, self._talk.spent
        try:
            for slip in righted(self._talk.brief.task.spec.task, edits, fault):
                if self._talk.spent.seconds + once > self._budget.seconds:
                    break
                found, _ = await self.judge(slip.edits, is_own=False)
                if found is not None:
                    self._talk.note(f"a slip of the answer was set right: {slip.what}"[:400])
                    return found, None
            if fault.code == "checks-failed" and (both := await self._together(edits, once)):
                return both, None
        finally:
            # The next try need not cost as much.
            self._budget.leave_out(self._talk.spent - begun)
        return None, fault

    async def _with_old_rest(self, edits: tuple[FileEdit, ...]) -> Found | None:
        """Judge an answer that lost something with the old lines behind its new case; None where that is not so."""
        if not self._talk.brief.solving.slips or not self._words.lost(edits):
            return None
        if (righted := with_old_rest(self._talk.brief.task.spec.task, edits)) is None:
            return None
        found, _ = await self.judge(righted.edits, is_own=False)
        if found is not None:
            self._talk.note(righted.what)
        return found

    async def _together(self, edits: tuple[FileEdit, ...], once: float) -> Found | None:
        """Judge an answer that failed with what the ones before it changed; None where that does not hold either."""
        earlier = [other for other in self._failed if other != edits]
        self._failed = [*earlier, edits]
        for other in reversed(earlier):
            both = together(other, edits)
            if both is None or self._talk.spent.seconds + once > self._budget.seconds:
                continue
            found, _ = await self.judge(both, is_own=False)
            if found is not None:
                self._talk.note("two answers did a part each; this is both")
                return found
        return None

    async def _put_nearer(self, edits: tuple[FileEdit, ...]) -> Found | None:
        """Judge an answer that wrote old lines anew with these as they were; None where that does not hold.

        Commands tell, or examples of the task.
        """
        task = self._talk.brief.task.spec.task
        for near in nearer(task, edits) if self._talk.brief.solving.slips else ():
            if not self.commands and not (await self._words.examples(near.edits)).held:
                continue
            found, _ = await self.judge(without_evident(task, near.edits)[0], is_own=False)
            if found is not None:
                self._talk.note(near.what)
                return found
        return None

    async def plain(self) -> Found | None:
        """Judge what the task's words name, before any model is asked; None where nothing holds."""
        if not self._talk.brief.solving.slips:
            return None
        if not self.commands:
            return await self._surest()
        made = self._work.plain()
        if made and not await self.failure_as_it_is():
            self._talk.note("its commands pass as things are, so they say little of a change")
            return None
        for one in made:
            if self._talk.spent.seconds + self._once > self._budget.seconds * PLAIN_SHARE:
                break
            found, _ = await self.judge(one.edits, is_own=False)
            if found is not None:
                self._talk.note(f"no model was asked; the host changed what the task names: {one.what}"[:400])
                return found
        return None

    async def _surest(self) -> Found | None:
        """Judge what the task's words leave no doubt of, or its examples ask for, where no command could tell."""
        sure = self._work.surest()
        for one in (*([sure] if sure else ()), *self._work.plain(by_example=True)):
            if one is not sure and not (await self._words.examples(one.edits)).held:
                continue
            found, _ = await self.judge(one.edits, is_own=False)
            if found is not None:
                self._talk.note(f"no model was asked; the host changed what the task names: {one.what}"[:400])
                self.offer_tests(found)
                return found
        return None

    async def likely(self) -> Found | None:
        """Judge the one change that a task's words name where no command tells; None where they name none, or several.

        It is one more opinion beside the answers, and no more: words that leave no doubt are `plain`.
        """
        made = self._work.likely() if self._talk.brief.solving.slips and not self.commands else ()
        if len(made) != 1:
            return None
        before = list(self._talk.notes)
        found, _ = await self.judge(made[0].edits, is_own=False)
        # What was noted of it is said only where it is taken.
        said, self._talk.notes = self._talk.notes[len(before) :], before
        return found and replace(found, notes=(*said, f"one of the answers is the host's: {made[0].what}"[:400]))

    def _trials(self, edits: tuple[FileEdit, ...]) -> tuple[Trial, ...]:
        brief = self._talk.brief
        if not brief.solving.compare:
            return ()
        return trials(brief.task.spec.task, edits, brief.tests, self.commands)

    async def _held_against_words(self, found: Found, *, is_own: bool) -> tuple[Found | None, NaniteError | None]:
        """Refuse what does not do what the task says plainly, but keep a model's own: all answers may miss it."""
        if found.is_checked:
            return found, None
        fault, examples = await self._words.judge(found.edits, HINT)
        found = replace(found, examples=examples)
        if fault is None:
            return found, None
        if is_own and fault.code != MISFIT:
            self.second_best = self.second_best or (replace(found, notes=tuple(self._talk.notes)), fault.message)
        return None, fault

    async def _run(
        self, edits: Sequence[FileEdit], commands: Sequence[str], tried: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        ran = await self._talk.desk.try_commands(edits, commands, tried)
        self._talk.spend(spent := Spent(seconds=sum(check.seconds for check in ran)))
        self._once = max(self._once, spent.seconds)
        return ran

    async def failure_as_it_is(self) -> CheckFailed | None:
        """Return how the task's commands fail while nothing is changed."""
        ran = await self._talk.as_it_is()
        self._once = max(self._once, sum(check.seconds for check in ran))
        return first_failure(ran, HINT, self._talk.brief.tests)
