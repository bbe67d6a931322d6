"""Solving: a small model tries, machines judge, and the first answer with a proof is taken; else the most agreed upon.

Cheap checks come before commands, mending before asking afresh, asking afresh before a larger model. What was not
proved is not claimed: an answer that nothing checked stays `unverified`, however many answers agree with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.checks.syntax import check_syntax
from workbench.checks.trial_values import Trial
from workbench.crew.answers.names import undefined_names
from workbench.crew.answers.written_out import written_out
from workbench.crew.conversation import Conversation, Spent
from workbench.crew.failing import first_failure, nothing_usable
from workbench.crew.judging.said_examples import Said
from workbench.crew.judging.task_words import MISFIT, WRONG, TaskWords
from workbench.crew.judging.trials import trials
from workbench.crew.slips.cases import nearer, with_old_rest
from workbench.crew.slips.finding import righted, without_evident
from workbench.crew.solving.branching import OVER
from workbench.crew.solving.near_tests import NearTests
from workbench.crew.solving.plan import Budget, Manner, Step, steps
from workbench.crew.solving.sense import Sense, sense
from workbench.crew.solving.together import together
from workbench.crew.solving.vote import is_settled, majority
from workbench.crew.solving.work import Work
from workbench.errors import CheckFailed, EngineUnavailable, NaniteError
from workbench.model import SUMMARY_LIMIT, Check, FileEdit, Proposal, Verdict

HINT = "see the transcript; ask for less, or name a larger model"

HOPELESS = frozenset({"cut-off", "too-long-for-model"})
"""Faults that the same model would repeat."""

MOST_BETTER = 2
"""Most tries that look for something better than an answer that does what was asked, and more."""

PLAIN_SHARE = 0.2
"""Share of a task's seconds that changes without a model may take: a model is to have its tries."""


@dataclass(frozen=True)
class _Found:
    """Edits that stood up to all that could be tried."""

    edits: tuple[FileEdit, ...]
    checks: tuple[Check, ...]
    is_checked: bool = False
    examples: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


async def solve(
    talk: Conversation,
    work: Work,
    *,
    wraps: bool = False,
    works_on: bool = False,
    leads: bool = False,
    branches: bool = False,
) -> Proposal:
    """Return the first answer that a check proves, else the one that most answers agree on.

    Args:
        talk: whose task it is.
        work: what is asked and answered.
        wraps: whether the answer may be asked for as a wrapper around what is there.
        works_on: whether, in the end, as one that works on what comes out of that.
        leads: whether the lines that come first may be asked for alone.
        branches: whether other ways on from an answer may be tried.

    Raises:
        AnswerRejected, EditRefused, CheckFailed: no try came to anything; the message lists them.
        EngineUnavailable: the first model cannot be asked. TaskStopped: see `Desk.ask`.
    """
    tries = steps(talk, wraps=wraps, works_on=works_on, leads=leads, branches=branches)
    return await _Solving(talk, work, tuple(tries)).run()


class _Solving:
    """One task's tries, in order, with what they cost."""

    def __init__(self, talk: Conversation, work: Work, tries: Sequence[Step]) -> None:
        self.talk = talk
        self.tries = tries
        self.work = work
        self.budget = Budget.of(talk)
        self._tried: list[tuple[Step, NaniteError]] = []
        self._given_up: set[str] = set()
        self._no_branches: set[str] = set()
        self._near = NearTests(talk, self._run)
        self._words = TaskWords(talk)
        self._missing: dict[str, str] = {}
        self._second_best: tuple[_Found, str] | None = None
        self._better_tries = 0
        self._runs = 0
        self._once = 0.0
        self._failed: list[tuple[FileEdit, ...]] = []
        self._as_it_is: tuple[Check, ...] | None = None

    async def run(self) -> Proposal:
        if (plain := await self._judge_plain()) is not None:
            return self._proposal(plain, "")
        for step in self.tries:
            if step.model in self._given_up or (step.manner == "branched" and step.model in self._no_branches):
                continue
            if self._better_tries >= MOST_BETTER:
                break
            if not self.budget.allows(step.model):
                self.talk.note(f"no further try within the budget: {self.budget}")
                break
            if step.rung and step.manner == "first":
                self.talk.note(f"climbed to {step.model}")
            found = await self._try(step)
            if found is not None:
                return await self._settle(step, found)
        if self._second_best is not None:
            found, missed = self._second_best
            self.talk.notes = list(dict.fromkeys([*found.notes, *self.talk.notes]))
            # Commands were asked for what was asked; what they let through went further.
            what = "something else changed" if self._commands else "perhaps not all that was asked"
            self.talk.note(f"{what}: {missed}"[:400])
            if not self._commands:
                self._near.offer()
            return self._proposal(found, "")
        raise nothing_usable(self._tried, self._missing)

    async def _try(self, step: Step) -> _Found | None:
        """Make one try; return what came of it, or None with the reason noted."""
        self.budget.begin(self.talk.spent)
        looking = self.talk.looking
        is_better = self._second_best is not None and bool(self._commands)
        self._better_tries += is_better
        try:
            fault = await self.work.write(step)
            found = None
            if fault is None:
                found, fault = await self._judge_with_slips(self.work.edits)
            elif fault.code == "no-change" and self._commands and step.manner == "first":
                # A model that changed nothing is shown how the check fails as things are.
                fault = await self._failure_as_it_is() or fault
        except EngineUnavailable as error:
            if not step.rung and self._second_best is None:
                raise
            self._given_up.add(step.model)
            self._missing[step.model] = error.code
            return None
        finally:
            self.budget.leave_out(self.talk.looking - looking)
            self.budget.end(step.model, self.talk.spent)
        if fault is None:
            return found
        if fault.code == OVER:
            self._better_tries -= is_better
            self._no_branches.add(step.model)
            return None
        if fault.code != "cut-off":
            self.talk.refuse(fault.message)
        self._tried.append((step, fault))
        if fault.code in HOPELESS and step.manner != "branched":
            self._given_up.add(step.model)
        self.work.complain(fault)
        return None

    @property
    def _commands(self) -> tuple[str, ...]:
        return self.talk.brief.task.spec.check

    async def _judge(
        self, edits: tuple[FileEdit, ...], *, is_own: bool = True
    ) -> tuple[_Found | None, NaniteError | None]:
        """Try the cheap checks first, then commands; an answer that is the model's own may be kept as second best."""
        checks = tuple(self.talk.report(check) for check in (*check_syntax(edits), *undefined_names(edits)))
        if wrong := first_failure(checks, HINT):
            return None, wrong
        if not self._commands:
            ran_near = await self._near.judge(edits, HINT)
            if ran_near.fault:
                return None, ran_near.fault
            found = _Found(edits, (*checks, *ran_near.checks), ran_near.asks_for_it)
            return await self._held_against_words(found, is_own=is_own)
        self._runs += 1
        ran = await self._run(edits, self._commands, self._trials(edits))
        asked, compared = ran[: len(self._commands)], ran[len(self._commands) :]
        if fault := first_failure(asked, HINT, self.talk.brief.tests):
            missed = self._words.unmet(edits)
            if missed:
                fault = CheckFailed(f"{fault.message}\n{missed}", code=fault.code, hint=fault.hint)
            return None, fault
        if any(not check.ok for check in asked):
            self.talk.note("some checks could not be run")
        found = _Found(edits, (*checks, *ran), is_checked=all(check.ok for check in ran))
        words = next((check.output for check in compared if check.ok is False), "")
        words = (
            words
            or self._words.lost(edits)
            or written_out(self.talk.brief.task.spec.task, edits, self.talk.brief.tests)
        )
        if words:
            # It does what was asked, and something that was not: kept, for a person to look at, if none does better.
            kept = _Found(found.edits, found.checks, notes=tuple(self.talk.notes))
            self._second_best = self._second_best or ((kept, words) if is_own else None)
            return None, CheckFailed(words, code="not-as-before", hint=HINT)
        return found, None

    async def _judge_with_slips(self, edits: tuple[FileEdit, ...]) -> tuple[_Found | None, NaniteError | None]:
        """Judge an answer; where a command or comparison fails, judge it with likely slips set right, one at a time."""
        near = await self._judge_nearer(edits)
        if near is not None:
            return near, None
        before, runs = self.talk.spent, self._runs
        found, fault = await self._judge(edits)
        if fault is not None and (kept := await self._judge_with_old_rest(edits)):
            return kept, None
        is_telling = self._runs > runs or (fault and not self._commands and fault.code in {MISFIT, WRONG})
        if fault is None or not is_telling or not self.talk.brief.solving.slips:
            return found, fault
        once, begun = (self.talk.spent - before).seconds, self.talk.spent
        try:
            for slip in righted(self.talk.brief.task.spec.task, edits, fault):
                if self.talk.spent.seconds + once > self.budget.seconds:
                    break
                found, _ = await self._judge(slip.edits, is_own=False)
                if found is not None:
                    self.talk.note(f"a slip of the answer was set right: {slip.what}"[:400])
                    return found, None
            if fault.code == "checks-failed" and (both := await self._judge_together(edits, once)):
                return both, None
        finally:
            # The next try need not cost as much.
            self.budget.leave_out(self.talk.spent - begun)
        return None, fault

    async def _judge_with_old_rest(self, edits: tuple[FileEdit, ...]) -> _Found | None:
        """Judge an answer that lost something with the old lines behind its new case; None where that is not so."""
        if not self.talk.brief.solving.slips or not self._words.lost(edits):
            return None
        if (righted := with_old_rest(self.talk.brief.task.spec.task, edits)) is None:
            return None
        found, _ = await self._judge(righted.edits, is_own=False)
        if found is not None:
            self.talk.note(righted.what)
        return found

    async def _judge_together(self, edits: tuple[FileEdit, ...], once: float) -> _Found | None:
        """Judge an answer that failed with what the ones before it changed; None where that does not hold either."""
        earlier = [other for other in self._failed if other != edits]
        self._failed = [*earlier, edits]
        for other in reversed(earlier):
            both = together(other, edits)
            if both is None or self.talk.spent.seconds + once > self.budget.seconds:
                continue
            found, _ = await self._judge(both, is_own=False)
            if found is not None:
                self.talk.note("two answers did a part each; this is both")
                return found
        return None

    async def _judge_nearer(self, edits: tuple[FileEdit, ...]) -> _Found | None:
        """Judge an answer that wrote old lines anew with these as they were; None where that does not hold.

        Commands tell, or examples of the task.
        """
        task = self.talk.brief.task.spec.task
        for near in nearer(task, edits) if self.talk.brief.solving.slips else ():
            if not self._commands and not (await self._words.examples(near.edits)).held:
                continue
            found, _ = await self._judge(without_evident(task, near.edits)[0], is_own=False)
            if found is not None:
                self.talk.note(near.what)
                return found
        return None

    async def _judge_plain(self) -> _Found | None:
        """Judge what the task's words name, before any model is asked; None where nothing holds."""
        if not self.talk.brief.solving.slips:
            return None
        if not self._commands:
            return await self._judge_surest()
        made = self.work.plain()
        if made and not await self._failure_as_it_is():
            self.talk.note("its commands pass as things are, so they say little of a change")
            return None
        for one in made:
            if self.talk.spent.seconds + self._once > self.budget.seconds * PLAIN_SHARE:
                break
            found, _ = await self._judge(one.edits, is_own=False)
            if found is not None:
                self.talk.note(f"no model was asked; the host changed what the task names: {one.what}"[:400])
                return found
        return None

    async def _judge_surest(self) -> _Found | None:
        """Judge what the task's words leave no doubt of, or its examples ask for, where no command could tell."""
        sure = self.work.surest()
        for one in (*([sure] if sure else ()), *self.work.plain(by_example=True)):
            if one is not sure and not (await self._words.examples(one.edits)).held:
                continue
            found, _ = await self._judge(one.edits, is_own=False)
            if found is not None:
                self.talk.note(f"no model was asked; the host changed what the task names: {one.what}"[:400])
                self._near.offer()
                self._words.say(found.examples)
                return found
        return None

    def _trials(self, edits: tuple[FileEdit, ...]) -> tuple[Trial, ...]:
        brief = self.talk.brief
        if not brief.solving.compare:
            return ()
        return trials(brief.task.spec.task, edits, brief.tests, self._commands)

    async def _held_against_words(self, found: _Found, *, is_own: bool) -> tuple[_Found | None, NaniteError | None]:
        """Refuse what does not do what the task says plainly, but keep a model's own: all answers may miss it."""
        if found.is_checked:
            return found, None
        fault, examples = await self._words.judge(found.edits, HINT)
        found = replace(found, examples=examples)
        if fault is None:
            return found, None
        if is_own and fault.code != MISFIT:
            self._second_best = self._second_best or (replace(found, notes=tuple(self.talk.notes)), fault.message)
        return None, fault

    async def _run(
        self, edits: Sequence[FileEdit], commands: Sequence[str], tried: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        ran = await self.talk.desk.try_commands(edits, commands, tried)
        self.talk.spend(spent := Spent(seconds=sum(check.seconds for check in ran)))
        self._once = max(self._once, spent.seconds)
        return ran

    async def _failure_as_it_is(self) -> CheckFailed | None:
        """Return how the task's commands fail while nothing is changed."""
        if self._as_it_is is None:
            self._as_it_is = await self._run((), self._commands)
        return first_failure(self._as_it_is, HINT, self.talk.brief.tests)

    async def _settle(self, step: Step, found: _Found) -> Proposal:
        share = ""
        if not found.is_checked and not self._commands:
            # What the task's own examples ask for is better known than by how many agree.
            found, share = (found, "") if found.examples else await self._most_agreed(step, found)
            self._near.offer()
            self._words.say(found.examples)
        if share:
            self.talk.note(share)
        return self._proposal(found, share)

    def _proposal(self, found: _Found, share: str) -> Proposal:
        said = f" ({share})" if share else ""
        return Proposal(
            summary=f"{self.work.summary(found.edits)[: SUMMARY_LIMIT - len(said)]}{said}",
            edits=found.edits,
            checks=found.checks,
            verdict=Verdict.CHECKED if found.is_checked else Verdict.UNVERIFIED,
            notes=tuple(self.talk.notes),
        )

    async def _most_agreed(self, step: Step, first: _Found) -> tuple[_Found, str]:
        """Ask again until most answers agree; return theirs, and how many of how many they are."""
        most = self.talk.brief.solving.samples
        answers: list[_Found | None] = [first]
        task = self.talk.brief.task.spec.task
        known: list[Sense | None] = [sense(task, first.edits)]
        while not is_settled(known, most):
            if not self.budget.allows(step.model):
                self.talk.note(f"no further answer within the budget: {self.budget}")
                break
            turn = len(answers) - 1
            # Of a wrapper another one is the next opinion: two that write the function whole like to agree on a copy.
            manner: Manner = "unseen" if step.manner == "wrapped" and not turn else "sampled"
            try:
                answer = await self._sample(Step.of(manner, step.model, step.number + turn + 1, step.rung, turn))
            except EngineUnavailable as error:
                self.talk.note(f"no further answer: {error.message}"[:400])
                break
            answers.append(answer)
            known.append(sense(task, answer.edits) if answer else None)
        place, agreed = majority(known)
        taken = answers[place]
        assert taken is not None
        return taken, f"{agreed} of {len(answers)} answers agreed" if len(answers) > 1 else ""

    async def _sample(self, step: Step) -> _Found | None:
        self.work.begin_again()
        self.budget.begin(self.talk.spent)
        try:
            fault = await self.work.write(step)
            found = None
            if fault is None:
                found, fault = await self._judge(self.work.edits)
        finally:
            self.budget.end(step.model, self.talk.spent)
        if fault is not None:
            self.talk.refuse(fault.message)
        return found
