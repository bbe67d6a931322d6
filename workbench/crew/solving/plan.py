"""In which order a task is tried, and what it may cost: first, mended, afresh, and the same again on a larger model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from workbench.crew.conversation import Conversation, Spent
from workbench.crew.wrapping.wrapper import adds

AFRESH = 0.7
"""Temperature of a try that begins anew."""

SAMPLED = 0.5
"""Temperature of an answer that is asked for only to see whether it agrees with others."""

Manner = Literal["wrapped", "unseen", "ahead", "branched", "result", "first", "mended", "afresh", "sampled"]


@dataclass(frozen=True)
class Step:
    """One try.

    Attributes:
        model: who is asked.
        number: counts all tries from 0, so that no two ask with the same seed; but for branched ones, which are cold.
        manner: how: `wrapped` for what is new around the old function (`crew.wrapping.wrapper`), `unseen` likewise
            without showing that function's body, `ahead` for the lines that come first in it
            (`workbench.crew.solving.lines_ahead`), and `result` as what works on what comes out of it; `first` plainly;
            `branched` likewise, from where that answer hesitates on another way (`workbench.crew.solving.branching`);
            `mended` with the checker's words; `afresh` as if nothing had been said, but shown what the failing check
            tests; `sampled` for another opinion.
        rung: 0 for the model a task begins with, 1 for the one above.
        is_marked: whether the task stands in the code too, as a comment (`workbench.crew.solving.marking`).
        has_example: whether an example of a task well done comes first. What one way of asking misses another may see,
            more often than the same way asked again: so ways take turns, and only then does warmth.
        temperature: how warm the answer is; the recipe's own where None.
    """

    model: str
    number: int
    manner: Manner
    rung: int
    is_marked: bool = False
    has_example: bool = False
    temperature: float | None = None

    @classmethod
    def of(cls, manner: Manner, model: str, number: int, rung: int, turn: int) -> Step:
        """Return the `turn`-th try of a manner, from 0.

        All but the first are marked; what begins anew comes by example too, and so does every other opinion. Only what
        would ask the same again is warm.
        """
        match manner:
            case "wrapped" | "unseen" | "ahead" | "result" | "first" | "branched":
                return cls(model, number, manner, rung)
            case "mended":
                return cls(model, number, manner, rung, is_marked=True, temperature=SAMPLED if turn else None)
            case "afresh":
                warmth = AFRESH if turn else None
                return cls(model, number, manner, rung, is_marked=True, has_example=True, temperature=warmth)
            case "sampled":
                warmth, by_example = (SAMPLED if turn > 1 else None), turn % 2 == 1
                return cls(model, number, manner, rung, is_marked=True, has_example=by_example, temperature=warmth)


def steps(
    talk: Conversation, *, wraps: bool = False, works_on: bool = False, leads: bool = False, branches: bool = False
) -> Iterator[Step]:
    """Yield the tries that a brief allows, the cheap ones first; with `wraps`, wrappers are asked for too.

    They are asked for after what failed was mended, and where the task adds something and no command will judge it, at
    once: a wrapper leaves what is there alone, and a plain answer is right more often. With `works_on`, one that works
    on the result is the last try: a task need not say that it is about that. With `leads`, the lines that come first
    are asked for alone once the first answer was mended in vain. With `branches`, other ways on from the first answer
    come before what begins afresh.
    """
    brief = talk.brief
    manners: list[Manner] = ["first"]
    manners += ["mended" for _ in range(talk.repairs)]
    manners += ["afresh" for _ in range(brief.solving.retries)]
    if branches and brief.task.spec.check:
        manners[1 + talk.repairs : 1 + talk.repairs] = ["branched"] * brief.solving.branches
    number = 0
    wrapped = list(manners)
    if wraps:
        wrapped.insert(1 + talk.repairs, "unseen")
        if adds(brief.task.spec.task):
            wrapped.insert(1 + talk.repairs if brief.task.spec.check else 0, "wrapped")
    if leads and brief.solving.retries:
        wrapped.insert(wrapped.index("unseen") if "unseen" in wrapped else 1 + talk.repairs, "ahead")
    if works_on and brief.solving.retries:
        wrapped.append("result")
    for rung, model in enumerate((brief.model, *(brief.ladder if brief.solving.climb else ()))):
        turns = Counter[Manner]()
        for manner in manners if rung else wrapped:
            yield Step.of(manner, model, number, rung, turns[manner])
            turns[manner] += 1
            # Other ways on are cold: no seed tells them apart.
            number += manner != "branched"


@dataclass
class Budget:
    """What a task may cost and has cost. No try begins that could not end within it, if it costs what others did.

    All it goes by is in the answers and checks themselves, so that a task that goes on after a crash decides the same.
    """

    tokens: int
    seconds: float
    spent: Spent = field(default_factory=Spent)
    _dearest: dict[str, Spent] = field(default_factory=dict)
    _begun: Spent = field(default_factory=Spent)

    @classmethod
    def of(cls, talk: Conversation) -> Budget:
        """Return the budget of a task: its own words, else the settings', and never more time than it has at all."""
        spec, solving = talk.brief.task.spec, talk.brief.solving
        seconds = spec.budget_seconds or solving.seconds
        return cls(tokens=spec.budget_tokens or solving.tokens, seconds=min(seconds, spec.timeout))

    def begin(self, spent: Spent) -> None:
        """Note where a try begins."""
        self._begun = self.spent = spent

    def leave_out(self, spent: Spent) -> None:
        """Take what was spent since the try began as no part of what such a try costs."""
        self._begun = self._begun + spent

    def end(self, model: str, spent: Spent) -> None:
        """Note where a try of `model` ended."""
        self.spent = spent
        self._dearest[model] = (spent - self._begun).at_least(self._dearest.get(model, Spent()))

    def allows(self, model: str) -> bool:
        """Return whether another try of `model` can end within the budget. The first try of all always may."""
        if not self._dearest:
            return True
        known = self._dearest.get(model)
        if known is None:
            # Nothing is known of a larger model but that it is no cheaper.
            for other in self._dearest.values():
                known = other.at_least(known or Spent())
        assert known is not None
        after = self.spent + known
        return after.tokens <= self.tokens and after.seconds <= self.seconds

    def __str__(self) -> str:
        return (
            f"{self.spent.tokens:,} of {self.tokens:,} tokens and "
            f"{self.spent.seconds:.0f} of {self.seconds:g} s are spent"
        )
