"""Solving: a small model tries, machines judge, and the first answer with a proof is taken; else the most agreed upon.

Cheap checks come before commands, mending before asking afresh, asking afresh before a larger model. What was not
proved is not claimed: an answer that nothing checked stays `unverified`, however many answers agree with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.crew.conversation import Conversation
from workbench.crew.failing import nothing_usable
from workbench.crew.solving.branching import OVER
from workbench.crew.solving.judge import Found, Judge
from workbench.crew.solving.plan import Budget, Manner, Step, steps
from workbench.crew.solving.sense import Sense, sense
from workbench.crew.solving.vote import COLD, is_settled, majority
from workbench.crew.solving.work import Work
from workbench.errors import EngineUnavailable, NaniteError
from workbench.model import SUMMARY_LIMIT, Proposal, Verdict

HOPELESS = frozenset({"cut-off", "too-long-for-model"})
"""Faults that the same model would repeat."""

PLAIN = frozenset({"first", "mended", "afresh"})
"""Manners in which what is there is written anew, and not something around it."""

MOST_BETTER = 2
"""Most tries that look for something better than an answer that does what was asked, and more."""


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
        self._judge = Judge(talk, work, self.budget)
        self._tried: list[tuple[Step, NaniteError]] = []
        self._given_up: set[str] = set()
        self._no_branches: set[str] = set()
        self._missing: dict[str, str] = {}
        self._better_tries = 0
        self._noted: tuple[str, ...] = ()

    async def run(self) -> Proposal:
        if (plain := await self._judge.plain()) is not None:
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
        if self._judge.second_best is not None:
            found, missed = self._judge.second_best
            self.talk.notes = list(dict.fromkeys([*found.notes, *self.talk.notes]))
            # Commands were asked for what was asked; what they let through went further.
            what = "something else changed" if self._judge.commands else "perhaps not all that was asked"
            self.talk.note(f"{what}: {missed}"[:400])
            if not self._judge.commands:
                self._judge.offer_tests()
            return self._proposal(found, "")
        raise nothing_usable(self._tried, self._missing)

    async def _try(self, step: Step) -> Found | None:
        """Make one try; return what came of it, or None with the reason noted."""
        self._noted = tuple(self.talk.notes)
        self.budget.begin(self.talk.spent)
        looking = self.talk.looking
        is_better = self._judge.second_best is not None and bool(self._judge.commands)
        self._better_tries += is_better
        try:
            fault = await self.work.write(step)
            found = None
            if fault is None:
                found, fault = await self._judge.with_slips(self.work.edits)
            elif fault.code == "no-change" and self._judge.commands and step.manner == "first":
                # A model that changed nothing is shown how the check fails as things are.
                fault = await self._judge.failure_as_it_is() or fault
        except EngineUnavailable as error:
            if not step.rung and self._judge.second_best is None:
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

    async def _settle(self, step: Step, found: Found) -> Proposal:
        share = ""
        if not found.is_checked and not self._judge.commands:
            # What the task's own examples ask for is better known than by how many agree.
            found, share = (found, "") if found.examples else await self._most_agreed(step, found)
            self._judge.offer_tests(found)
        if share:
            self.talk.note(share)
        return self._proposal(found, share)

    def _proposal(self, found: Found, share: str) -> Proposal:
        said = f" ({share})" if share else ""
        return Proposal(
            summary=f"{self.work.summary(found.edits)[: SUMMARY_LIMIT - len(said)]}{said}",
            edits=found.edits,
            checks=found.checks,
            verdict=Verdict.CHECKED if found.is_checked else Verdict.UNVERIFIED,
            notes=tuple(self.talk.notes),
        )

    async def _most_agreed(self, step: Step, first: Found) -> tuple[Found, str]:
        """Ask again until most answers agree; return theirs, and how many of how many they are.

        What was noted of the answers that are not taken is not said of the one that is.
        """
        most = self.talk.brief.solving.samples
        task = self.talk.brief.task.spec.task
        # What the task's words name comes first of equals: where no two agree, it is right more often than any.
        host = await self._judge.likely() if most > 1 else None
        if host and host.is_checked:
            self.talk.notes = [*self._noted, *host.notes]
            return host, ""
        answers: list[Found | None] = [*([host] if host else []), first]
        notes = [*([[*self._noted, *host.notes]] if host else []), self.talk.notes]
        self.work.stay_with(first.edits)
        ended = ""
        known: list[Sense | None] = [sense(task, one.edits) for one in answers if one]
        votes = COLD if step.manner in PLAIN and step.temperature is None and not host else 1
        while not is_settled(known, most, votes):
            if not self.budget.allows(step.model):
                ended = f"no further answer within the budget: {self.budget}"
                break
            turn = len(answers) - (2 if host else 1)
            # Of a wrapper another one is the next opinion: two that write the function whole like to agree on a copy.
            manner: Manner = "unseen" if step.manner == "wrapped" and not turn else "sampled"
            self.talk.notes = list(self._noted)
            try:
                answer = await self._sample(Step.of(manner, step.model, step.number + turn + 1, step.rung, turn))
            except EngineUnavailable as error:
                ended = f"no further answer: {error.message}"[:400]
                break
            answers.append(answer)
            notes.append(self.talk.notes)
            known.append(sense(task, answer.edits) if answer else None)
        place, agreed = majority(known, votes)
        taken = answers[place]
        assert taken is not None
        self.talk.notes = notes[place]
        if ended:
            self.talk.note(ended)
        return taken, f"{agreed} of {len(answers)} answers agreed" if len(answers) > 1 else ""

    async def _sample(self, step: Step) -> Found | None:
        self.work.begin_again()
        self.budget.begin(self.talk.spent)
        try:
            fault = await self.work.write(step)
            found = None
            if fault is None:
                found, fault = await self._judge.judge(self.work.edits)
        finally:
            self.budget.end(step.model, self.talk.spent)
        if fault is not None:
            self.talk.refuse(fault.message)
        return found
