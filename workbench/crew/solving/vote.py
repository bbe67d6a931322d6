"""Which of several answers to trust where nothing checks them: the one that most of them agree on.

Two answers agree if they come to the same (see `sense`; self-consistency: Wang and others, 2022). That says how sure a
model is, never that it is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.crew.solving.sense import Sense

MORE = 2
"""Answers that are asked for where of the first no two agree."""


COLD = 2
"""Votes of an answer that was asked for plainly and coldly, before any other.

Of 67 tasks without a check the others outvoted such an answer wrongly six times, rightly once (docs/benchmarks.md).
"""


def majority(answers: Sequence[Sense | None], votes: int = 1) -> tuple[int, int]:
    """Return the place of the answer to take and how many agree with it: most votes of all, of equals the first.

    Args:
        answers: what each comes to; None for one that could not be used. At least one must be usable.
        votes: those of the first answer; each other has one.
    """
    usable = [place for place, answer in enumerate(answers) if answer is not None]
    best = max(usable, key=lambda place: (_votes(answers, answers[place], votes), -place))
    return best, answers.count(answers[best])


def is_settled(answers: Sequence[Sense | None], most: int, votes: int = 1) -> bool:
    """Return whether no further answer is to be asked for.

    That is where those still to come, up to `most` in all, could not change what the majority says, once there is a
    second opinion; and where no two agree by then, only once two of some more do, for the first is as likely wrong as
    the last, unless its votes say otherwise.

    Args:
        answers, votes: as for `majority`.
        most: how many answers are asked for at most; some more where none are agreed.
    """
    known = [answer for answer in answers if answer is not None]
    agreed = max(map(known.count, known), default=0)
    if votes > 1 and len(known) > 1:
        others = max((known.count(one) for one in known if one != answers[0]), default=0)
        if others + most - len(answers) <= _votes(answers, answers[0], votes):
            return True
    if len(answers) < most:
        return agreed > most // 2
    return agreed > 1 or most == 1 or len(answers) >= most + MORE


def _votes(answers: Sequence[Sense | None], answer: Sense | None, votes: int) -> int:
    return answers.count(answer) + (votes - 1 if answer == answers[0] else 0)
